package telegramtest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// What a photo measures whose bytes are no picture.
const (
	unknownWidth  = 1280
	unknownHeight = 960
)

// SendPhoto lets a person send a photo: whatever bytes are to be fetched as it.
func (s *Server) SendPhoto(person int, data []byte, caption string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.photo(s.open(person), data, caption, "")
}

// SendAlbum lets a person send several photos at once. The first one has the caption.
func (s *Server) SendAlbum(person int, caption string, photos ...[]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(person)
	album := strconv.Itoa(13_000_000_000 + s.lastMessage)
	for _, data := range photos {
		s.photo(c, data, caption, album)
		caption = ""
	}
}

func (s *Server) photo(c *chat, data []byte, caption, album string) {
	w, h, err := checkPhoto(data)
	if err != nil {
		w, h = unknownWidth, unknownHeight
	}
	sizes := s.keepPhoto(data, w, h)
	m := s.add(c, &message{words: words{caption, marks(caption)}, file: sizes[len(sizes)-1], sizes: sizes})
	wire := s.wire(c, m)
	wire.Album = album
	s.queue("message", c.ID, wire)
}

// SendDocument lets a person send a file as a document: any file, a picture too.
func (s *Server) SendDocument(person int, name, kind string, data []byte, caption string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(person)
	f := s.keep(&file{sort: "documents", name: name, kind: kind, data: data})
	m := s.add(c, &message{words: words{caption, marks(caption)}, file: f})
	s.queue("message", c.ID, s.wire(c, m))
}

// SendThing lets a person send something of the given kind, out of [Things]. A "live
// location" is one that moves: a message and an edit of it.
func (s *Server) SendThing(person int, kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	more, ok := s.things(person)[kind]
	if !ok {
		panic(fmt.Sprintf("no such thing: %q", kind))
	}
	c := s.open(person)
	m := s.add(c, &message{})
	w := s.wire(c, m)
	w.More = more
	s.queue("message", c.ID, w)
	if kind == "live location" {
		w.EditDate = time.Now().Unix()
		s.queue("edited_message", c.ID, w)
	}
}

// Things gives the kinds that [Server.SendThing] knows, in order.
func (s *Server) Things() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.things(0)))
}

// things gives the fields of a message for each kind of thing.
func (s *Server) things(person int) map[string]wireAddition {
	all := s.recordings()
	maps.Copy(all, s.fields())
	maps.Copy(all, s.forms(person))
	return all
}

// recordings are the things that have a file. Few are kept: all of a kind are the same.
func (s *Server) recordings() map[string]wireAddition {
	all := map[string]wireAddition{}
	for kind, more := range map[string]wireAddition{
		"voice":      {"duration": 7, "mime_type": "audio/ogg"},
		"audio":      {"duration": 180, "mime_type": "audio/mpeg", "performer": "Somebody", "title": "Something"},
		"video":      {"duration": 12, "width": 640, "height": 480, "mime_type": "video/mp4"},
		"video_note": {"duration": 5, "length": 240},
		"sticker": {
			"width": 512, "height": 512, "emoji": "🙂", "set_name": "some_set", "type": "regular",
			"is_animated": false, "is_video": false,
		},
		"document":  {"file_name": "letter.pdf", "mime_type": "application/pdf"},
		"animation": {"duration": 3, "width": 320, "height": 240, "mime_type": "video/mp4"},
	} {
		f := s.recording(kind)
		more["file_id"], more["file_unique_id"], more["file_size"] = f.id, f.unique, len(f.data)
		all[kind] = wireAddition{kind: more}
	}
	f := s.recording("animation")
	all["animation"]["document"] = wireFile{ID: f.id, Unique: f.unique, Kind: "video/mp4", Size: len(f.data)}
	return all
}

// recording gives the file of all things of a kind.
func (s *Server) recording(kind string) *file {
	for _, f := range s.files {
		if f.sort == kind {
			return f
		}
	}
	return s.keep(&file{sort: kind, data: []byte("a " + kind)})
}

// fields are the things that are only fields.
func (s *Server) fields() map[string]wireAddition {
	at := wireAddition{"latitude": 52.5, "longitude": 13.4}
	venue := wireAddition{"location": at, "title": "A café", "address": "Some street 7"}
	live := wireAddition{"latitude": 52.5, "longitude": 13.4, "live_period": 900}
	option := func(text string) wireAddition {
		return wireAddition{"persistent_id": text, "text": text, "voter_count": 0}
	}
	return map[string]wireAddition{
		"location":      {"location": at},
		"live location": {"location": live},
		"venue":         {"venue": venue, "location": at},
		"contact":       {"contact": wireAddition{"phone_number": "+4930000000", "first_name": "Somebody"}},
		"dice":          {"dice": wireAddition{"emoji": "🎲", "value": 4}},
		"story":         {"story": wireAddition{"id": 3, "chat": place{ID: 77, Type: "private", FirstName: "Somebody"}}},
		"poll": {"poll": wireAddition{
			"id": "5", "question": "Yes or no?", "options": []any{option("Yes"), option("No")},
			"total_voter_count": 0, "is_closed": false, "is_anonymous": true, "type": "regular",
			"allows_multiple_answers": false, "allows_revoting": true, "members_only": false,
		}},
	}
}

// forms are ways in which a message can come to be that are not writing it, and messages
// of the app itself.
func (s *Server) forms(person int) map[string]wireAddition {
	now := time.Now().Unix()
	somebody := user{ID: 99, FirstName: "Somebody"}
	said := wireMessage{ID: 1, From: &s.me, Chat: place{ID: chatOf(person), Type: "private"}, Date: now, Text: "An old one."}
	return map[string]wireAddition{
		"forward": {
			"text":           "What somebody else wrote.",
			"forward_origin": wireAddition{"type": "user", "date": now, "sender_user": somebody},
		},
		"forward of the hidden": {
			"text":           "What somebody else wrote.",
			"forward_origin": wireAddition{"type": "hidden_user", "date": now, "sender_user_name": "Somebody"},
		},
		"reply":        {"text": "An answer to that.", "reply_to_message": said},
		"via bot":      {"text": "Through another bot.", "via_bot": user{ID: 98, IsBot: true, FirstName: "Other", Username: "other_bot"}},
		"pinned":       {"pinned_message": said},
		"timer set":    {"message_auto_delete_timer_changed": wireAddition{"message_auto_delete_time": 86400}},
		"write access": {"write_access_allowed": wireAddition{}},
		"unheard of":   {"something_new": wireAddition{"since": 2031}},
	}
}
