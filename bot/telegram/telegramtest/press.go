package telegramtest

import (
	"strconv"
	"time"
)

// mostWait is for how long a press can be answered.
const mostWait = 150 * time.Second

// queries are the presses that nobody answered yet.
type queries struct {
	at       map[string]time.Time
	order    []string // ids, the oldest one first; answered ones too
	last     int
	answered int
}

// wireQuery is a press as the API gives it. Message is a wireMessage or, if it is gone,
// an absentMessage.
type wireQuery struct {
	ID       string `json:"id"`
	From     user   `json:"from"`
	Message  any    `json:"message,omitempty"`
	Instance string `json:"chat_instance"`
	Data     string `json:"data"`
}

// absentMessage is what is left of a message that was deleted.
type absentMessage struct {
	Chat place `json:"chat"`
	ID   int   `json:"message_id"`
	Date int   `json:"date"`
}

// add gives a new press its id, and forgets those that are too old.
func (q *queries) add() string {
	for len(q.order) > 0 && !q.isOpen(q.order[0]) {
		delete(q.at, q.order[0])
		q.order = q.order[1:]
	}
	q.last++
	id := "48" + strconv.Itoa(1_000_000_000+q.last)
	q.at[id] = time.Now()
	q.order = append(q.order, id)
	return id
}

func (q *queries) isOpen(id string) bool {
	at, ok := q.at[id]
	return ok && time.Since(at) <= mostWait
}

// press lets a person press a button of a message.
func (s *Server) press(c *chat, m *message, data string) {
	q := wireQuery{
		ID: s.queries.add(), From: from(personOf(c.ID)), Data: data,
		Instance: strconv.FormatInt(c.ID*7919, 10),
		Message:  s.wire(c, m),
	}
	if m.deleted {
		q.Message = absentMessage{c.place, m.id, 0}
	}
	s.queue("callback_query", c.ID, q)
}

func (s *Server) answerCallbackQuery(c call) (any, error) {
	id := c.params["callback_query_id"]
	if !s.queries.isOpen(id) {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	delete(s.queries.at, id)
	s.queries.answered++
	return true, nil
}

// Unanswered says how many presses there were that the program never answered, so that
// the button went on turning.
func (s *Server) Unanswered() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queries.last - s.queries.answered
}
