package discordtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Routes that are sends.
const (
	postMessage  = "POST /channels/{channel}/messages"
	patchMessage = "PATCH /channels/{channel}/messages/{message}"
	patchAnswer  = "PATCH /webhooks/{app}/{token}/messages/{message}"
	postFollowUp = "POST /webhooks/{app}/{token}"
)

func (s *Server) routes() {
	for route, h := range map[string]handler{
		"GET /gateway/bot":                              s.getGatewayBot,
		"GET /users/@me":                                s.getMe,
		"GET /applications/@me":                         s.getApplication,
		"GET /oauth2/applications/@me":                  s.getApplication,
		"GET /applications/{app}/commands":              s.getCommands,
		"PUT /applications/{app}/commands":              s.putCommands,
		"POST /users/@me/channels":                      s.openChannel,
		"GET /channels/{channel}":                       s.inChannel(s.getChannel),
		"POST /channels/{channel}/typing":               s.inChannel(s.typing),
		"GET /channels/{channel}/messages":              s.inChannel(s.listMessages),
		postMessage:                                     s.inChannel(s.createMessage),
		"GET /channels/{channel}/messages/{message}":    s.onMessage(s.getMessage),
		patchMessage:                                    s.onMessage(s.editMessage),
		"DELETE /channels/{channel}/messages/{message}": s.onMessage(s.deleteMessage),
	} {
		s.handle(route, false, h)
	}
	for route, h := range map[string]handler{
		"GET /gateway": s.getGateway,
		"GET /attachments/{channel}/{attachment}/{name}":    s.getAttachment,
		"POST /interactions/{interaction}/{token}/callback": s.callback,
		postFollowUp: s.inAct(s.followUp),
		"GET /webhooks/{app}/{token}/messages/{message}": s.inAct(s.getAnswer),
		patchAnswer: s.inAct(s.editAnswer),
		"DELETE /webhooks/{app}/{token}/messages/{message}": s.inAct(s.deleteAnswer),
	} {
		s.handle(route, true, h)
	}
	s.handle("/", true, func(c *call) (any, error) {
		s.violate("there is no route " + c.Method + " " + c.URL.Path)
		return nil, refuse(http.StatusNotFound, 0, "404: Not Found")
	})
}

func (s *Server) gatewayURL() string {
	if s.base != "" {
		return s.base
	}
	return "ws://" + s.host + "/gateway"
}

func (s *Server) getGateway(*call) (any, error) {
	return map[string]any{"url": s.gatewayURL()}, nil
}

func (s *Server) getGatewayBot(*call) (any, error) {
	limit := map[string]any{"total": 1000, "remaining": s.gate.starts, "reset_after": s.gate.startsAfter.Milliseconds(), "max_concurrency": 1}
	return map[string]any{"url": s.gatewayURL(), "shards": 1, "session_start_limit": limit}, nil
}

func (s *Server) getMe(*call) (any, error) { return botUser(), nil }

func (s *Server) getApplication(*call) (any, error) {
	return map[string]any{
		"id": appID, "name": "kintsugi-test", "icon": nil, "description": "", "bot_public": true,
		"bot_require_code_grant": false, "verify_key": strings.Repeat("0", 64), "flags": 0, "bot": botUser(),
	}, nil
}

// inChannel is a handler for the channel of a person.
func (s *Server) inChannel(h func(*call, *chat) (any, error)) handler {
	return func(c *call) (any, error) {
		person, ok := personOf(c.PathValue("channel"), channelBase)
		if !ok {
			return nil, refuse(http.StatusNotFound, 10003, "Unknown Channel")
		}
		return h(c, s.chat(person))
	}
}

// onMessage is a handler for a message that is there.
func (s *Server) onMessage(h func(*call, *message) (any, error)) handler {
	return s.inChannel(func(c *call, to *chat) (any, error) {
		m := to.find(c.PathValue("message"))
		if m == nil {
			return nil, unknownMessage()
		}
		return h(c, m)
	})
}

func unknownMessage() error { return refuse(http.StatusNotFound, 10008, "Unknown Message") }

func (s *Server) openChannel(c *call) (any, error) {
	var body struct {
		Recipient string `json:"recipient_id"`
	}
	if err := json.Unmarshal(c.form.data, &body); err != nil {
		return nil, badJSON()
	}
	n, ok := personOf(body.Recipient, userBase)
	if !ok {
		return nil, refuse(http.StatusBadRequest, 50033, "Invalid Recipient(s)")
	}
	return channel(n), nil
}

func (s *Server) getChannel(_ *call, to *chat) (any, error) { return channel(to.person), nil }

func (s *Server) typing(*call, *chat) (any, error) { return nil, nil }

func channel(n int) map[string]any {
	return map[string]any{"id": channelOf(n), "type": 1, "recipients": []any{person(n)}, "last_message_id": nil, "flags": 0}
}

func (s *Server) listMessages(c *call, from *chat) (any, error) {
	limit := 50
	if given := c.URL.Query().Get("limit"); given != "" {
		n, err := strconv.Atoi(given)
		if err != nil || n < 1 || n > 100 {
			return nil, invalid("limit", "NUMBER_TYPE_MAX", "int value should be from 1 to 100.")
		}
		limit = n
	}
	list := []any{}
	for _, m := range from.page(c.URL.Query(), limit) {
		list = append(list, s.wire(m))
	}
	return list, nil
}

// page gives up to limit messages, the newest first: those next after one, those next
// before one, or the newest.
func (c *chat) page(query url.Values, limit int) []*message {
	after, before := number(query.Get("after")), number(query.Get("before"))
	var list []*message
	for _, m := range c.messages {
		if !m.deleted && m.id > after && (before == 0 || m.id < before) {
			list = append(list, m)
		}
	}
	if after != 0 {
		list = list[:min(len(list), limit)]
	}
	list = list[max(0, len(list)-limit):]
	slices.Reverse(list)
	return list
}

func (s *Server) getAttachment(c *call) (any, error) {
	gone := refuse(http.StatusNotFound, 0, "This content is no longer available.")
	if c.Header.Get("Authorization") != "" {
		s.violate("the token was sent along when an attachment was fetched")
	}
	until := c.URL.Query().Get("ex")
	at, err := strconv.ParseInt(until, 16, 64)
	if err != nil || time.Now().Unix() > at || c.URL.Query().Get("hm") != sign(c.URL.Path, until) {
		return nil, gone
	}
	n, _ := personOf(c.PathValue("channel"), channelBase)
	for _, m := range s.chat(n).messages {
		for _, f := range m.files {
			if !m.deleted && text(f.id) == c.PathValue("attachment") {
				return raw{f.kind, f.data}, nil
			}
		}
	}
	return nil, gone
}
