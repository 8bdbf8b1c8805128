package discordtest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const (
	answerBy  = 3 * time.Second  // an interaction is to be answered within this
	tokenGood = 15 * time.Minute // its token can be used for as long
)

// Kinds of interactions.
const (
	slashAct     = 2
	componentAct = 3
)

// Kinds of answers to an interaction.
const (
	sayNow      = 4
	sayLater    = 5
	changeLater = 6
	changeNow   = 7
)

// acts are the interactions whose tokens can still be used.
type acts struct {
	open map[string]*act // by token
	last time.Time       // when the old ones were dropped
}

// act is one interaction.
type act struct {
	id       uint64
	token    string
	person   int
	kind     int
	context  int
	name     string // of the command
	at       time.Time
	on       *message // on which a component was used
	answered int      // with which kind; 0 if not yet
	original *message // what @original stands for
}

// missed says whether the person saw that the bot did not respond.
func (a *act) missed(now time.Time) bool { return a.answered == 0 && now.Sub(a.at) > answerBy }

// newAct begins an interaction, and drops those that are over.
func (s *Server) newAct(person, kind, context int) *act {
	now := time.Now()
	if now.Sub(s.acts.last) > time.Minute {
		s.acts.last = now
		for token, a := range s.acts.open {
			if now.Sub(a.at) > tokenGood {
				delete(s.acts.open, token)
				if a.missed(now) {
					s.counts.unanswered++
				}
			}
		}
	}
	a := &act{id: s.ids.next(), person: person, kind: kind, context: context, at: now}
	// Real tokens are as long.
	a.token = base64.RawURLEncoding.EncodeToString([]byte("interaction:" + text(a.id) + ":" + strings.Repeat("x", 120)))
	s.acts.open[a.token] = a
	return a
}

// wire is the interaction as JSON.
func (s *Server) wireAct(a *act, data map[string]any) map[string]any {
	body := map[string]any{
		"id": text(a.id), "application_id": appID, "type": a.kind, "token": a.token, "version": 1,
		"locale": s.chat(a.person).locale, "context": a.context, "data": data, "entitlements": []any{},
		"app_permissions": "0", "attachment_size_limit": mostUpload,
	}
	who := person(a.person)
	switch a.context {
	case inGuild:
		body["guild_id"], body["guild_locale"], body["channel_id"] = guildID, "en-US", guildRoom
		body["channel"] = map[string]any{"id": guildRoom, "type": 0, "guild_id": guildID, "name": "general"}
		body["member"] = map[string]any{"user": who, "roles": []any{}, "joined_at": stamp(a.at), "permissions": "0"}
		body["authorizing_integration_owners"] = map[string]any{"0": guildID}
	case inPrivateChannel:
		body["channel_id"], body["user"] = groupRoom, who
		body["channel"] = map[string]any{"id": groupRoom, "type": 3}
		body["authorizing_integration_owners"] = map[string]any{"1": userOf(a.person)}
	default:
		body["channel_id"], body["user"] = channelOf(a.person), who
		body["channel"] = channel(a.person)
		body["authorizing_integration_owners"] = map[string]any{"0": "0"}
	}
	if a.on != nil {
		body["message"] = s.wire(a.on)
	}
	return body
}

// callback takes the first answer to an interaction.
func (s *Server) callback(c *call) (any, error) {
	a := s.acts.open[c.PathValue("token")]
	if a == nil || text(a.id) != c.PathValue("interaction") || a.missed(time.Now()) {
		return nil, refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	if a.answered != 0 {
		return nil, refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	}
	var body struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(c.form.data, &body); err != nil {
		return nil, badJSON()
	}
	data := form{data: []byte("{}"), files: c.form.files}
	if len(body.Data) > 0 {
		inner, err := decodeForm(body.Data, c.form.files)
		if err != nil {
			return nil, err
		}
		data = inner
	}
	err := s.answerAct(a, body.Type, data)
	if err == nil {
		a.answered = body.Type
	}
	return nil, err
}

func (s *Server) answerAct(a *act, kind int, f form) error {
	switch {
	case kind == sayNow:
		if err := f.check(); err != nil {
			return err
		}
		s.judge(f)
		m := s.reply(a, f)
		if m.empty() {
			return emptyMessage()
		}
		s.place(a, m)
	case kind == sayLater:
		m := s.reply(a, f)
		m.flags |= loading
		s.place(a, m)
	case kind == changeLater && a.on != nil:
		a.original = a.on
	case kind == changeNow && a.on != nil:
		a.original = a.on
		_, err := s.edit(a.on, f)
		return err
	default:
		return invalid("type", "BASE_TYPE_CHOICES", "There is no such answer to this interaction.")
	}
	return nil
}

// reply makes a message of the bot that answers an interaction.
func (s *Server) reply(a *act, f form) *message {
	m := &message{person: a.person, byBot: true, kind: slashKind}
	s.fill(m, f)
	if a.kind == componentAct {
		m.kind = replyKind
	}
	m.act = a
	return m
}

// place puts an answer where the person asked: those that nobody else can see, and those
// of other rooms, are not in the person's channel.
func (s *Server) place(a *act, m *message) {
	a.original = m
	hidden := m.flags&ephemeral != 0
	if a.context != inBotDM && !hidden {
		s.violate("an interaction was answered where others can read it")
	}
	if a.context == inBotDM && !hidden {
		s.add(m)
		return
	}
	m.id, m.at = s.ids.next(), time.Now()
	c := s.chat(a.person)
	c.private = append(c.private, m)
}

// inAct is a handler for an interaction that was answered, by its token.
func (s *Server) inAct(h func(*call, *act) (any, error)) handler {
	return func(c *call) (any, error) {
		a := s.acts.open[c.PathValue("token")]
		if a == nil || time.Since(a.at) > tokenGood {
			return nil, refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
		}
		if c.PathValue("app") != appID || a.answered == 0 {
			return nil, refuse(http.StatusNotFound, 10015, "Unknown Webhook")
		}
		return h(c, a)
	}
}

// answerOf gives the message that a call names.
func (s *Server) answerOf(c *call, a *act) (*message, error) {
	m := a.original
	if id := c.PathValue("message"); id != "@original" {
		m = s.chat(a.person).find(id)
	}
	if m == nil || m.deleted {
		return nil, unknownMessage()
	}
	return m, nil
}

func (s *Server) getAnswer(c *call, a *act) (any, error) {
	m, err := s.answerOf(c, a)
	if err != nil {
		return nil, err
	}
	return s.wire(m), nil
}

func (s *Server) editAnswer(c *call, a *act) (any, error) {
	m, err := s.answerOf(c, a)
	if err != nil {
		return nil, err
	}
	return s.edit(m, c.form)
}

func (s *Server) deleteAnswer(c *call, a *act) (any, error) {
	m, err := s.answerOf(c, a)
	if err != nil {
		return nil, err
	}
	s.remove(m)
	return nil, nil
}

// followUp says one more thing; the first after a deferred answer takes its place.
func (s *Server) followUp(c *call, a *act) (any, error) {
	if m := a.original; m != nil && !m.deleted && m.flags&loading != 0 {
		return s.edit(m, c.form)
	}
	if err := c.form.check(); err != nil {
		return nil, err
	}
	s.judge(c.form)
	m := s.reply(a, c.form)
	if m.empty() {
		return nil, emptyMessage()
	}
	first := a.original
	s.place(a, m)
	a.original = first
	return s.wire(m), nil
}
