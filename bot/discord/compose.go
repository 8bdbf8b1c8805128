package discord

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
	"kintsugi/bot/page"
	"kintsugi/flows"
)

const (
	maxContent = 2000 // code points
	maxNonce   = 25
	maxFile    = 10 << 20 // bytes that any server takes
	maxAlt     = 1024     // code points of what is said of a picture

	nonceLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

	// blank is a text for Discord that shows nothing: buttons alone are no message.
	blank = "\u200b"
)

// part is what fits in one message.
type part struct {
	content    string // markdown
	components []discordgo.MessageComponent
	file       *bot.File
	alt        string // what the file shows, if it is a picture
}

// compose makes the parts of a message. Buttons and file go with the last one.
func compose(m bot.Outbound) ([]part, error) {
	if m.File != nil && len(m.File.Data) > maxFile {
		return nil, fmt.Errorf("%w: the file has %d bytes, and Discord takes %d", bot.ErrRefused, len(m.File.Data), maxFile)
	}
	components, listed := componentsOf(m.Message.Buttons)
	var parts []part
	for _, p := range split(m.Message.Text+listed, m.Message.Strong) {
		parts = append(parts, part{content: p})
	}
	if len(parts) == 0 {
		if m.File == nil && len(components) == 0 {
			return nil, fmt.Errorf("%w: it is empty", bot.ErrRefused)
		}
		parts = []part{{content: blankUnless(m.File != nil)}}
	}
	last := &parts[len(parts)-1]
	last.components = components
	last.file = m.File
	if m.File != nil && isShown(m.File.Type) {
		last.alt = cut(m.Message.Text, maxAlt)
	}
	return parts, nil
}

func blankUnless(file bool) string {
	if file {
		return ""
	}
	return blank
}

// split breaks a text into pieces of markdown that fit in a message each.
func split(text string, strong []flows.Span) []string {
	limit := max(maxContent-2*len(strongMark)*len(strong), maxContent/2)
	var pieces []string
	for _, p := range page.Split(visible(text), strong, limit, escapedSize) {
		piece := render(p.Text, p.Strong)
		if utf8.RuneCountInString(piece) > maxContent {
			piece = escape(p.Text)
		}
		pieces = append(pieces, piece)
	}
	return pieces
}

// isShown says whether a file of a type is shown as a picture.
func isShown(kind string) bool { return kind == "image/jpeg" || kind == "image/png" }

// nonce is what Discord knows a part of a message by when it comes twice.
func nonce(id string, part int) string {
	if part < len(nonceLetters) && 0 < len(id) && len(id) < maxNonce {
		return id + nonceLetters[part:part+1]
	}
	sum := sha256.Sum256([]byte(id + "/" + strconv.Itoa(part)))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:maxNonce]
}

// attachment says of a file what it shows.
type attachment struct {
	ID          int    `json:"id"` // its place among the files
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

// message is a part as it is sent. The library's type lacks some fields.
type message struct {
	discordgo.MessageSend
	Nonce        string       `json:"nonce"`
	EnforceNonce bool         `json:"enforce_nonce"`
	Attachments  []attachment `json:"attachments,omitempty"`
}

func (p *part) message(nonce string) message {
	m := message{
		MessageSend: discordgo.MessageSend{
			Content: p.content, Components: p.shown(), AllowedMentions: noMentions(),
			Flags: discordgo.MessageFlagsSuppressEmbeds,
		},
		Nonce: nonce, EnforceNonce: true,
	}
	if p.file != nil {
		m.Attachments = []attachment{{Filename: fileName(p.file.Name), Description: p.alt}}
	}
	return m
}

// upload is the part's file as it is sent, nil if there is none.
func (p *part) upload() *discordgo.File {
	if p.file == nil {
		return nil
	}
	return &discordgo.File{
		Name: fileName(p.file.Name), ContentType: p.file.Type, Reader: bytes.NewReader(p.file.Data),
	}
}

// fileName keeps a name from breaking the line that it stands in.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, name)
}

// edit is a part as a message is changed into it. The content is always there: a message
// would lose it otherwise.
type edit struct {
	Content         string                            `json:"content"`
	Components      []discordgo.MessageComponent      `json:"components"`
	AllowedMentions *discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags            `json:"flags"`
}

func (p *part) edit() edit {
	return edit{
		Content: p.content, Components: p.shown(), AllowedMentions: noMentions(),
		Flags: discordgo.MessageFlagsSuppressEmbeds,
	}
}

// shown are the part's components, an empty list if it has none.
func (p *part) shown() []discordgo.MessageComponent {
	if p.components == nil {
		return []discordgo.MessageComponent{}
	}
	return p.components
}

// noMentions has nobody pinged.
func noMentions() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// cut cuts a text down to n code points.
func cut(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}
