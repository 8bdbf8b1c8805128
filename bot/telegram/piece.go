package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
	"kintsugi/bot/page"
	"kintsugi/flows"
)

const (
	textUnits    = 4096 // of UTF-16, in a message
	captionUnits = 1024
)

// piece is what goes out in one message: a whole one, or a part of a long one.
type piece struct {
	text    string
	strong  []flows.Span
	buttons []flows.Button
	file    *bot.File
	// document says that the file is not to be shown as a picture.
	document bool
}

// piecesOf gives the pieces of a message. The buttons are on the last one, and so is a
// file; a text that is too long for it goes before.
func piecesOf(m bot.Outbound) ([]piece, error) {
	text, strong := m.Message.Text, m.Message.Strong
	if !utf8.ValidString(text) {
		text, strong = toValid(text), nil // where it stood out can't be told any more
	}
	var pieces []piece
	switch {
	case m.File != nil && len(m.File.Data) > fileLimit:
		return nil, fmt.Errorf("%w: the file is too large", bot.ErrRefused)
	case m.File != nil && units(text) <= captionUnits:
		pieces = []piece{{text: text, strong: strong, file: m.File}}
	default:
		for _, p := range page.Split(text, strong, textUnits, units) {
			pieces = append(pieces, piece{text: p.Text, strong: p.Strong})
		}
		if m.File != nil {
			pieces = append(pieces, piece{file: m.File})
		}
	}
	if len(pieces) == 0 {
		return nil, fmt.Errorf("%w: there is nothing in it", bot.ErrRefused)
	}
	pieces[len(pieces)-1].buttons = m.Message.Buttons
	return pieces, nil
}

func toValid(text string) string { return string([]rune(text)) }

// units is the length of a text as Telegram counts it.
func units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// params begins the parameters of a call that sends or edits.
func (p piece) params(chat string) tgbotapi.Params {
	params := tgbotapi.Params{"chat_id": chat}
	if len(p.buttons) > 0 {
		params["reply_markup"] = keyboard(p.buttons)
	}
	return params
}

// addEntities adds what stands out.
func addEntities(params tgbotapi.Params, field string, p piece) {
	if len(p.strong) == 0 {
		return
	}
	list := make([]tgbotapi.MessageEntity, 0, len(p.strong))
	at, offset := 0, 0
	for _, s := range p.strong {
		if s.From < at || s.To <= s.From || s.To > len(p.text) {
			continue
		}
		offset += units(p.text[at:s.From])
		length := units(p.text[s.From:s.To])
		list = append(list, tgbotapi.MessageEntity{Type: "bold", Offset: offset, Length: length})
		at, offset = s.To, offset+length
	}
	if b, err := json.Marshal(list); err == nil {
		params[field] = string(b)
	}
}

// plainer gives the piece without what Telegram refused, if there is such a thing: the
// words have to arrive.
func (p piece) plainer(err error) (piece, bool) {
	switch {
	case refused(err, notModified): // it names the reply markup too
		return p, false
	case len(p.strong) > 0 && refused(err, "can't parse entities", "entity", "entities"):
		p.strong = nil
	case len(p.buttons) > 0 && refused(err, "button_", "reply markup", "reply_markup", "keyboard"):
		p.buttons = nil
	case p.isPhoto() && refused(err, "photo", "image"):
		p.document = true
	default:
		return p, false
	}
	return p, true
}

// isPhoto says whether the file is to be shown as a picture.
func (p piece) isPhoto() bool {
	return p.file != nil && !p.document && len(p.file.Data) <= pictureLimit &&
		slices.Contains([]string{"image/jpeg", "image/png"}, p.file.Type)
}

func methodOf(err error) string {
	f := (*failure)(nil)
	if errors.As(err, &f) {
		return f.method
	}
	return ""
}
