package telegramtest

import (
	"slices"
	"strings"
)

// arrival is a message that arrived, and who is to be told.
type arrival struct {
	message wireMessage
	tell    func(person int, m Sent)
	person  int
	sent    Sent
}

func (a arrival) announce() {
	if a.tell != nil {
		a.tell(a.person, a.sent)
	}
}

// arrive puts a message of the bot into a chat.
func (s *Server) arrive(c *chat, m *message) any {
	m.byBot = true
	s.add(c, m)
	s.arrived++
	a := arrival{message: s.wire(c, m)}
	if s.onSend != nil && isPerson(c.ID) {
		a.tell, a.person, a.sent = s.onSend, personOf(c.ID), m.now()
	}
	return a
}

func (s *Server) sendMessage(c call) (any, error) {
	to, err := s.openChat(c)
	if err != nil {
		return nil, err
	}
	text, err := readText(c)
	if err != nil {
		return nil, err
	}
	k, err := readKeyboard(c)
	if err != nil {
		return nil, err
	}
	return s.arrive(to, &message{words: text, keyboard: k, silent: c.isTrue("disable_notification")}), nil
}

func readText(c call) (words, error) {
	if _, err := read[struct{}](c, "link_preview_options"); err != nil {
		return words{}, err
	}
	w, err := readWords(c, "text", "entities", "message", mostText)
	if err == nil && w.text == "" {
		err = badRequest("message text is empty")
	}
	return w, err
}

func readCaption(c call) (words, error) {
	return readWords(c, "caption", "caption_entities", "message caption", mostCaption)
}

// sendFile sends what get finds in the call, with its caption.
func (s *Server) sendFile(c call, get func(c call) ([]*file, error)) (any, error) {
	to, err := s.openChat(c)
	if err != nil {
		return nil, err
	}
	caption, err := readCaption(c)
	if err != nil {
		return nil, err
	}
	k, err := readKeyboard(c)
	if err != nil {
		return nil, err
	}
	sizes, err := get(c)
	if err != nil {
		return nil, err
	}
	m := &message{words: caption, keyboard: k, file: sizes[len(sizes)-1], silent: c.isTrue("disable_notification")}
	if m.file.sort == "photos" {
		m.sizes = sizes
	}
	return s.arrive(to, m), nil
}

func (s *Server) sendPhoto(c call) (any, error) {
	return s.sendFile(c, func(c call) ([]*file, error) {
		up, given, err := uploaded(c, "photo")
		if err != nil {
			return nil, err
		}
		if !given {
			return s.known(c.params["photo"], "photos", "Photo")
		}
		width, height, err := checkPhoto(up.data)
		if err != nil {
			return nil, err
		}
		return s.keepPhoto(up.data, width, height), nil
	})
}

func (s *Server) sendDocument(c call) (any, error) {
	return s.sendFile(c, func(c call) ([]*file, error) {
		up, given, err := uploaded(c, "document")
		if err != nil {
			return nil, err
		}
		if !given {
			return s.known(c.params["document"], "documents", "Document")
		}
		return []*file{s.keep(&file{sort: "documents", name: up.name, kind: up.kind, data: up.data})}, nil
	})
}

// uploaded finds the file that came with a call, in the field of that name or attached.
func uploaded(c call, field string) (upload, bool, error) {
	name := field
	if attached, ok := strings.CutPrefix(c.params[field], "attach://"); ok {
		name = attached
	}
	up, ok := c.files[name]
	if ok && len(up.data) == 0 {
		return up, ok, badRequest("file must be non-empty")
	}
	if !ok && c.params[field] == "" {
		return up, ok, badRequest("there is no " + field + " in the request")
	}
	return up, ok, nil
}

// known finds a file that was sent before.
func (s *Server) known(id, sort, as string) ([]*file, error) {
	f := s.files[id]
	if f == nil {
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	}
	if f.sort != sort {
		return nil, badRequest("can't use file of type " + f.sort + " as " + as)
	}
	return []*file{f}, nil
}

func (s *Server) sendChatAction(c call) (any, error) {
	if _, err := s.openChat(c); err != nil {
		return nil, err
	}
	actions := []string{
		"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
		"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
	}
	if !slices.Contains(actions, c.params["action"]) {
		return nil, badRequest("wrong parameter action in request")
	}
	return true, nil
}

func (s *Server) setMessageReaction(c call) (any, error) {
	in, err := s.openChat(c)
	if err != nil {
		return nil, err
	}
	if m := in.find(c.int("message_id")); m == nil || m.deleted {
		return nil, badRequest("message to react not found")
	}
	_, err = read[[]struct{ Type, Emoji string }](c, "reaction")
	return true, err
}
