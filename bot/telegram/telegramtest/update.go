package telegramtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// update is something that happened, until the program confirms that it knows.
type update struct {
	id   int
	chat int64 // 0 if it is in none
	body []byte
}

// unusual are the kinds of updates that come only if they are asked for.
var unusual = [...]string{"chat_member", "message_reaction", "message_reaction_count"}

// queue lets the program know of something, if it wants that kind.
func (s *Server) queue(kind string, chat int64, what any) {
	if !s.wants(kind) {
		return
	}
	body, err := json.Marshal(what)
	if err != nil {
		panic(err)
	}
	s.put(chat, `"`+kind+`":`, body)
}

// put queues an update under the next number.
func (s *Server) put(chat int64, field string, value []byte) int {
	id := s.nextUpdate
	s.nextUpdate++
	body := make([]byte, 0, len(field)+len(value)+32)
	body = append(body, `{"update_id":`...)
	body = strconv.AppendInt(body, int64(id), 10)
	body = append(body, ',')
	body = append(body, field...)
	body = append(body, value...)
	s.push(&update{id, chat, append(body, '}')})
	return id
}

func (s *Server) push(u *update) {
	s.updates = append(s.updates, u)
	if s.hook != nil {
		s.hook.take(s, u)
	}
	if s.poller != nil {
		s.poller.wakeUp()
	}
	s.tell()
}

func (s *Server) wants(kind string) bool {
	if s.allowed == nil {
		return !slices.Contains(unusual[:], kind)
	}
	return slices.Contains(s.allowed, kind)
}

// allow sets the kinds of updates that a call asks for. A call that says nothing of it
// changes nothing; an empty list is for the usual ones.
func (s *Server) allow(c call) error {
	if c.params["allowed_updates"] == "" {
		return nil
	}
	kinds, err := read[[]string](c, "allowed_updates")
	if err != nil {
		return err
	}
	s.allowed = nil
	if len(kinds) > 0 {
		s.allowed = kinds
	}
	return nil
}

// PutRaw queues an update as it is given, one JSON value, and gives its number. An
// object gets the number as its update_id; anything else is left without one, as no
// server does.
func (s *Server) PutRaw(text string) int {
	if !json.Valid([]byte(text)) {
		panic("not JSON")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	fields, isObject := strings.CutPrefix(strings.TrimSpace(text), "{")
	switch fields = strings.TrimSpace(fields); {
	case !isObject:
		s.nextUpdate++
		s.push(&update{id: s.nextUpdate - 1, body: []byte(text)})
		return s.nextUpdate - 1
	case fields == "}":
		fields = `"nothing":null}`
	}
	return s.put(0, fields[:len(fields)-1], nil)
}

// Number sets the number of the next update, which is lower than those before only
// while none waits.
func (s *Server) Number(next int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if next < s.nextUpdate && len(s.updates) > 0 {
		panic("updates with higher numbers wait")
	}
	s.nextUpdate = next
}

// Unconfirmed says how many updates the program has not confirmed.
func (s *Server) Unconfirmed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}

// forget drops the first n updates.
func (s *Server) forget(n int) {
	clear(s.updates[:n])
	s.updates = s.updates[n:]
	if len(s.updates) == 0 {
		s.updates = nil
	}
	if n > 0 {
		s.tell()
	}
}
