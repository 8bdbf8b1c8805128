package telegramtest

import (
	"slices"
	"time"
)

// edited finds the message that a call is to change.
func (s *Server) edited(c call) (*chat, *message, error) {
	in, err := s.chat(c)
	if err != nil {
		return nil, nil, err
	}
	m := in.find(c.int("message_id"))
	switch {
	case c.params["message_id"] == "":
		return nil, nil, badRequest("message identifier is not specified")
	case m == nil || m.deleted:
		return nil, nil, badRequest("message to edit not found")
	case !m.byBot:
		return nil, nil, badRequest("message can't be edited")
	}
	return in, m, nil
}

// edit gives a message new words and buttons.
func (s *Server) edit(c call, in *chat, m *message, w words) (any, error) {
	k, err := readKeyboard(c)
	if err != nil {
		return nil, err
	}
	if m.words.text == w.text && slices.Equal(m.words.entities, w.entities) && m.keyboard.equal(k) {
		return nil, badRequest("message is not modified: specified new message content and reply markup " +
			"are exactly the same as a current content and reply markup of the message")
	}
	m.change()
	m.words, m.keyboard = w, k
	return s.wire(in, m), nil
}

func (s *Server) editMessageText(c call) (any, error) {
	in, m, err := s.edited(c)
	if err != nil {
		return nil, err
	}
	if m.file != nil {
		return nil, badRequest("there is no text in the message to edit")
	}
	w, err := readText(c)
	if err != nil {
		return nil, err
	}
	return s.edit(c, in, m, w)
}

func (s *Server) editMessageCaption(c call) (any, error) {
	in, m, err := s.edited(c)
	if err != nil {
		return nil, err
	}
	if m.file == nil {
		return nil, badRequest("there is no caption in the message to edit")
	}
	w, err := readCaption(c)
	if err != nil {
		return nil, err
	}
	return s.edit(c, in, m, w)
}

func (s *Server) editMessageReplyMarkup(c call) (any, error) {
	in, m, err := s.edited(c)
	if err != nil {
		return nil, err
	}
	return s.edit(c, in, m, m.words)
}

func (s *Server) deleteMessage(c call) (any, error) {
	in, err := s.chat(c)
	if err != nil {
		return nil, err
	}
	m := in.find(c.int("message_id"))
	if m == nil || m.deleted {
		return nil, badRequest("message to delete not found")
	}
	if !m.deletable() {
		return nil, badRequest("message can't be deleted for everyone")
	}
	m.deleted = true
	return true, nil
}

func (s *Server) deleteMessages(c call) (any, error) {
	in, err := s.chat(c)
	if err != nil {
		return nil, err
	}
	ids, err := read[[]int](c, "message_ids")
	switch {
	case err != nil:
		return nil, err
	case len(ids) == 0:
		return nil, badRequest("message identifiers are not specified")
	case len(ids) > 100:
		return nil, badRequest("too many message identifiers specified")
	}
	var found []*message
	for _, id := range ids {
		if m := in.find(id); m != nil && !m.deleted {
			found = append(found, m)
		}
	}
	if slices.ContainsFunc(found, func(m *message) bool { return !m.deletable() }) {
		return nil, badRequest("message can't be deleted for everyone") // not one of them
	}
	for _, m := range found {
		m.deleted = true
	}
	return true, nil
}

func (m *message) deletable() bool { return time.Since(m.date) < mostAge }
