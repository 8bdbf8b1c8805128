package telegramtest

import (
	"encoding/json"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
)

// Sent is a message that the bot sent, as it was when it was sent.
type Sent struct {
	ID      int
	At      time.Time
	Text    string         // of a file, its caption
	Strong  []string       // what stands out in bold
	Buttons []flows.Button // the Token is the callback_data
	Rows    []int          // how many buttons there are in each row
	File    *bot.File      // a photo has no name
	Silent  bool           // it came without a sound
	Edited  bool           // it was changed since, if only its buttons
	Deleted bool           // it was taken away since
}

// sent gives a message of the bot as it was sent.
func (m *message) sent() Sent {
	s := m.now()
	if m.first != nil {
		s = *m.first
	}
	s.Edited, s.Deleted = m.first != nil, m.deleted
	return s
}

// now gives a message of the bot as it is now.
func (m *message) now() Sent {
	s := Sent{ID: m.id, At: m.date, Text: m.words.text, Buttons: m.keyboard.buttons(), Silent: m.silent}
	for _, span := range m.words.strong() {
		s.Strong = append(s.Strong, m.words.text[span.From:span.To])
	}
	if m.keyboard != nil {
		for _, row := range m.keyboard.Rows {
			s.Rows = append(s.Rows, len(row))
		}
	}
	if m.file != nil {
		s.File = m.file.content()
	}
	return s
}

// heard gives a message of the bot as it is now, in the program's own form.
func (m *message) heard() flows.Message {
	return flows.Message{Text: m.words.text, Strong: m.words.strong(), Buttons: m.keyboard.buttons()}
}

// strong gives the parts in bold, in bytes.
func (w words) strong() []flows.Span {
	var spans []flows.Span
	for _, e := range w.entities {
		if e.Type == "bold" {
			spans = append(spans, flows.Span{From: byteAt(w.text, e.Offset), To: byteAt(w.text, e.Offset+e.Length)})
		}
	}
	return spans
}

// change notes how a message was before it is changed.
func (m *message) change() {
	if m.first == nil {
		first := m.now()
		m.first = &first
	}
	m.edited = time.Now()
}

// wireMessage is a message as the API gives it.
type wireMessage struct {
	ID        int          `json:"message_id"`
	From      *user        `json:"from,omitempty"`
	Chat      place        `json:"chat"`
	Date      int64        `json:"date"`
	EditDate  int64        `json:"edit_date,omitempty"`
	Album     string       `json:"media_group_id,omitempty"`
	Text      string       `json:"text,omitempty"`
	Entities  []entity     `json:"entities,omitempty"`
	Photo     []wireFile   `json:"photo,omitempty"`
	Document  *wireFile    `json:"document,omitempty"`
	Caption   string       `json:"caption,omitempty"`
	InCaption []entity     `json:"caption_entities,omitempty"`
	Keyboard  *keyboard    `json:"reply_markup,omitempty"`
	More      wireAddition `json:"-"`
}

// wireAddition is what else a message has, by field.
type wireAddition map[string]any

// MarshalJSON puts what else there is beside the other fields.
func (w wireMessage) MarshalJSON() ([]byte, error) {
	type plain wireMessage
	body, err := json.Marshal(plain(w))
	if err != nil || len(w.More) == 0 {
		return body, err
	}
	more, err := json.Marshal(w.More)
	if err != nil {
		return nil, err
	}
	body[len(body)-1] = ','
	return append(body, more[1:]...), nil
}

// wire gives a message as the API gives it.
func (s *Server) wire(c *chat, m *message) wireMessage {
	w := wireMessage{ID: m.id, Chat: c.place, Date: m.date.Unix(), Keyboard: m.keyboard}
	if !m.edited.IsZero() {
		w.EditDate = m.edited.Unix()
	}
	author := s.me
	if !m.byBot {
		author = from(personOf(c.ID))
	}
	w.From = &author
	if m.file == nil {
		w.Text, w.Entities = m.words.text, m.words.entities
		return w
	}
	w.Caption, w.InCaption = m.words.text, m.words.entities
	if len(m.sizes) == 0 {
		document := m.file.wire()
		w.Document = &document
	}
	for _, size := range m.sizes {
		w.Photo = append(w.Photo, size.wire())
	}
	return w
}
