package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"image"
	_ "image/jpeg" // so that the size of a photo is told
	_ "image/png"
	"slices"
	"strconv"
	"strings"
	"time"

	"kintsugi/bot/bottest"
)

// Flags of messages.
const (
	ephemeral = 1 << 6
	loading   = 1 << 7
	voiceNote = 1 << 13
)

// Kinds of messages.
const (
	ordinary  = 0
	callKind  = 3
	pinKind   = 6
	replyKind = 19
	slashKind = 20
)

const (
	nonceKept = 5 * time.Minute // a message is known by its nonce for as long
	signature = 24 * time.Hour  // the address of an attachment is good for as long
)

// chat is a person and what was said between them and the bot.
type chat struct {
	person   int
	locale   string
	messages []*message // by id; those that were deleted too
	private  []*message // that only the person sees, wherever they asked
	nonces   map[string]known
	faults   []Fault
	bar      int // the code with which every send is refused
}

// known is a message that may be sent again by its nonce.
type known struct {
	m  *message
	at time.Time
}

type message struct {
	id      uint64
	person  int
	byBot   bool
	kind    int
	content string
	flags   int
	nonce   string
	rows    []row
	seen    []choice // all that could ever be picked on it
	files   []file
	extra   map[string]any // what else stands in its JSON
	act     *act           // that it answers; nil if none
	at      time.Time
	edited  time.Time
	deleted bool

	rendered *string // the content as a client shows it, once somebody asked
}

type file struct {
	id   uint64
	name string
	kind string
	data []byte
}

var _ bottest.Peer = (*peer)(nil)

func (s *Server) chat(person int) *chat {
	if person < 0 || person >= mostPeople {
		panic("no such person")
	}
	c := s.chats[person]
	if c == nil {
		c = &chat{person: person, locale: "en-US", nonces: map[string]known{}}
		s.chats[person] = c
	}
	return c
}

// find gives a message that was not deleted, or nil.
func (c *chat) find(id string) *message {
	i, ok := slices.BinarySearchFunc(c.messages, number(id), func(m *message, id uint64) int {
		return compare(m.id, id)
	})
	if !ok || c.messages[i].deleted {
		return nil
	}
	return c.messages[i]
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// number reads an id; one that is none is no message's.
func number(id string) uint64 {
	n, _ := strconv.ParseUint(id, 10, 64)
	return n
}

// seenBefore gives the message that was sent with a nonce lately, or nil.
func (c *chat) seenBefore(nonce string) *message {
	for key, k := range c.nonces {
		if time.Since(k.at) > nonceKept {
			delete(c.nonces, key)
		}
	}
	return c.nonces[nonce].m
}

func (m *message) setRows(rows []row) {
	m.rows = rows
	for _, c := range choices(rows) {
		if !slices.Contains(m.seen, c) {
			m.seen = append(m.seen, c)
		}
	}
}

func (m *message) setContent(content string) {
	m.content, m.rendered = strings.TrimSpace(content), nil
}

func (m *message) empty() bool {
	return m.content == "" && len(m.files) == 0 && m.extra == nil && m.flags&loading == 0
}

// add puts a message into the person's channel, and tells the bot.
func (s *Server) add(m *message) *message {
	m.id, m.at = s.ids.next(), time.Now()
	c := s.chat(m.person)
	c.messages = append(c.messages, m)
	body := s.wire(m)
	if m.nonce != "" {
		body["nonce"] = m.nonce
	}
	s.dispatch("MESSAGE_CREATE", body)
	return m
}

// author is the JSON of whoever wrote a message.
func (m *message) author() map[string]any {
	if m.byBot {
		return botUser()
	}
	return person(m.person)
}

func botUser() map[string]any {
	return map[string]any{"id": appID, "username": "kintsugi-test", "discriminator": "0001", "global_name": nil, "avatar": nil, "bot": true}
}

func person(n int) map[string]any {
	return map[string]any{
		"id": userOf(n), "username": "person" + strconv.Itoa(n), "discriminator": "0",
		"global_name": "Person " + strconv.Itoa(n), "avatar": nil, "public_flags": 0,
	}
}

// wire is a message as JSON.
func (s *Server) wire(m *message) map[string]any {
	files := []any{}
	for _, f := range m.files {
		files = append(files, s.wireFile(m, f))
	}
	body := map[string]any{
		"id": text(m.id), "channel_id": channelOf(m.person), "author": m.author(), "content": m.content,
		"timestamp": stamp(m.at), "edited_timestamp": nil, "tts": false, "mention_everyone": false,
		"mentions": []any{}, "mention_roles": []any{}, "attachments": files, "embeds": []any{},
		"pinned": false, "type": m.kind, "flags": m.flags, "components": m.rows,
	}
	if m.rows == nil {
		body["components"] = []any{}
	}
	if !m.edited.IsZero() {
		body["edited_timestamp"] = stamp(m.edited)
	}
	if a := m.act; a != nil && a.kind == slashAct {
		body["interaction"] = map[string]any{"id": text(a.id), "type": a.kind, "name": a.name, "user": person(a.person)}
	}
	for name, value := range m.extra {
		body[name] = value
	}
	return body
}

// wireFile is an attachment as JSON, with an address that is good for a day.
func (s *Server) wireFile(m *message, f file) map[string]any {
	path := "/attachments/" + channelOf(m.person) + "/" + text(f.id) + "/" + f.name
	until := strconv.FormatInt(time.Now().Add(signature).Unix(), 16)
	url := "http://" + s.host + path + "?ex=" + until + "&hm=" + sign(path, until) + "&"
	body := map[string]any{
		"id": text(f.id), "filename": f.name, "size": len(f.data), "url": url, "proxy_url": url,
		"content_type": f.kind,
	}
	if size, _, err := image.DecodeConfig(bytes.NewReader(f.data)); err == nil {
		body["width"], body["height"] = size.Width, size.Height
	}
	if m.flags&voiceNote != 0 {
		body["duration_secs"], body["waveform"] = 1.5, "AAAA"
	}
	return body
}

func sign(path, until string) string {
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, path, until)
	return strconv.FormatUint(h.Sum64(), 16)
}

// encode is json.Marshal of what can be written as JSON.
func encode(value any) []byte {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return data
}
