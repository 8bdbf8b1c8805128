package telegram

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"kintsugi/bot"
)

const notModified = "message is not modified"

var errNoAnswer = errors.New("no answer, or none that tells")

// edit puts a piece in place of the message that it replaces. It is not done when there
// is none, or none that can be changed any more.
//
// An edit can be repeated without harm. So it is never ambiguous: it failed, and is tried
// again.
func (t *Telegram) edit(ctx context.Context, m bot.Outbound, p piece) (done bool, err error) {
	id := pressed(m.Handle)
	if id == 0 {
		id = t.recent.keyboard(m.To.ID)
	}
	if id == 0 {
		return false, nil
	}
	err = t.editPiece(ctx, m, id, p)
	f := (*failure)(nil)
	switch {
	case err == nil, refused(err, notModified):
		t.noteKeyboard(m.To.ID, id, p)
		return true, nil
	case !errors.As(err, &f):
		return false, err
	case f.ambiguous():
		return false, &failure{method: f.method, cause: errNoAnswer}
	case f.answered && f.code == http.StatusBadRequest && !f.says("chat not found"):
		return false, nil
	}
	return false, err
}

func (t *Telegram) noteKeyboard(chat string, id int, p piece) {
	if len(p.buttons) > 0 {
		t.recent.setKeyboard(chat, id)
	} else {
		t.recent.stripped(chat, id)
	}
}

// editPiece changes the text and the buttons of a message; of one with a file, only the
// buttons.
func (t *Telegram) editPiece(ctx context.Context, m bot.Outbound, id int, p piece) error {
	for {
		if err := t.pacer.Wait(ctx, m.Lane, m.To.ID); err != nil {
			return err
		}
		method, params := "editMessageText", p.params(m.To.ID)
		params["message_id"] = strconv.Itoa(id)
		if p.file != nil {
			method = "editMessageReplyMarkup"
		} else {
			params["text"], params["link_preview_options"] = p.text, noPreview
			addEntities(params, "entities", p)
		}
		_, err := t.wire.call(ctx, method, params)
		if err == nil {
			return nil
		}
		plainer, ok := p.plainer(err)
		if p.file == nil && refused(err, "no text in the message") {
			plainer, ok = piece{buttons: p.buttons, file: &bot.File{}}, true
		}
		if !ok {
			return err
		}
		p = plainer
	}
}
