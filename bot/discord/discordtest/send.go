package discordtest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (s *Server) createMessage(c *call, to *chat) (any, error) {
	if to.bar != 0 {
		return nil, refuse(http.StatusForbidden, to.bar, "Cannot send messages to this user")
	}
	if err := c.form.check(); err != nil {
		return nil, err
	}
	s.judge(c.form)
	nonce := c.form.nonce()
	if m := to.seenBefore(nonce); nonce != "" && c.form.EnforceNonce && m != nil {
		return s.wire(m), nil
	}
	m := &message{person: to.person, byBot: true, nonce: nonce}
	s.fill(m, c.form)
	if m.empty() {
		return nil, emptyMessage()
	}
	s.add(m)
	if nonce != "" {
		to.nonces[nonce] = known{m, m.at}
	}
	return s.wire(m), nil
}

// judge notes what a message of ours should not be like.
func (s *Server) judge(f form) {
	if !f.mentionsNobody() {
		s.violate("a message without allowed_mentions that parse nothing")
	}
}

// fill takes over into a message what a form holds.
func (s *Server) fill(m *message, f form) {
	if f.Content != nil {
		m.setContent(*f.Content)
	}
	if f.Components != nil {
		m.setRows(*f.Components)
	}
	if f.Flags != nil {
		m.flags = *f.Flags | m.flags&ephemeral
	}
	if f.Attachments != nil {
		m.files = slices.DeleteFunc(m.files, func(old file) bool {
			return !slices.ContainsFunc(*f.Attachments, func(a attachment) bool { return a.id() == text(old.id) })
		})
	}
	for n := range 10 {
		if u, ok := f.files[n]; ok {
			m.files = append(m.files, file{s.ids.next(), f.fileName(n), u.kind, u.data})
		}
	}
}

// fileName is the name under which a file is kept.
func (f *form) fileName(n int) string {
	name := f.files[n].name
	for _, a := range f.attachments() {
		if a.id() == strconv.Itoa(n) && a.Filename != "" {
			name = a.Filename
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', strings.ContainsRune("._-", r):
			return r
		}
		return '_'
	}, name)
}

func (s *Server) getMessage(_ *call, m *message) (any, error) { return s.wire(m), nil }

func (s *Server) editMessage(c *call, m *message) (any, error) {
	if !m.byBot {
		return nil, refuse(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
	}
	return s.edit(m, c.form)
}

// edit changes a message of the bot, if what is left of it may be.
func (s *Server) edit(m *message, f form) (any, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	s.judge(f)
	changed := *m
	changed.seen, changed.files = slices.Clone(m.seen), slices.Clone(m.files)
	changed.flags &^= loading
	s.fill(&changed, f)
	if changed.empty() {
		return nil, emptyMessage()
	}
	changed.edited = time.Now()
	*m = changed
	if m.flags&ephemeral == 0 {
		s.dispatch("MESSAGE_UPDATE", s.wire(m))
	}
	return s.wire(m), nil
}

func (s *Server) deleteMessage(_ *call, m *message) (any, error) {
	if !m.byBot {
		return nil, refuse(http.StatusForbidden, 50003, "Cannot execute action on a DM channel")
	}
	s.remove(m)
	return nil, nil
}

func (s *Server) remove(m *message) {
	m.deleted = true
	s.dispatch("MESSAGE_DELETE", map[string]any{"id": text(m.id), "channel_id": channelOf(m.person)})
}
