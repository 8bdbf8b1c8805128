package bot

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"sync"
	"time"

	"kintsugi/bot/crew"
	"kintsugi/flows"
	"kintsugi/store"
)

// row is a row of the outbox in the hands of a sender.
type row struct {
	store.Message
	to    store.Address
	say   said
	began time.Time // when the event came in that it answers; zero if it waited in the outbox
}

// said is what stands in a row of the outbox.
type said struct {
	flows.Message
	Handle string        `json:"handle,omitempty"` // see [Inbound.Handle]
	Chat   store.Address `json:"chat,omitzero"`    // the handle's; elsewhere it means nothing
}

// outbound is the row as a platform gets it. Its ID is made of what names the row.
func (w row) outbound() Outbound {
	b := binary.BigEndian.AppendUint64(nil, uint64(w.Person))
	b = append(b, byte(w.Lane))
	b = binary.BigEndian.AppendUint64(b, w.Seq)
	m := Outbound{To: w.to, ID: base64.RawURLEncoding.EncodeToString(b), Lane: w.Lane, Message: w.say.Message}
	if w.say.Chat == w.to {
		m.Handle = w.say.Handle
	}
	return m
}

// line is what one person is owed, by lane. Only one message of it is sent at a
// time, replies first.
type line struct {
	person store.PersonID
	rows   [2][]row
	busy   bool       // a message is being sent, or its fate being written down
	lane   store.Lane // of that message, if it is busy
	queued [2]bool    // stands in the sender's queue of that lane
}

// next gives the lane from which the next message is to be sent.
func (l *line) next() (lane store.Lane, ok bool) {
	for lane := range l.rows {
		if len(l.rows[lane]) > 0 {
			return store.Lane(lane), true
		}
	}
	return 0, false
}

// sender sends to one platform. What it has in hand is attempting in the store.
type sender struct {
	*Service
	name     string
	platform Platform
	dedups   bool
	limit    [2]int // messages being sent at a time, by lane
	e        ending
	tally    tally

	sending crew.Crew

	mu      sync.Mutex // guards what follows
	lines   map[store.PersonID]*line
	ready   [2][]*line    // lines that can send, by lane
	flying  [2]int        // messages being sent, by lane
	nudges  int           // in hand
	starved bool          // a round found no room
	stopped bool          // no more messages are sent
	changed chan struct{} // closed when there is room again, or nothing in hand
}

func newSender(s *Service, p Platform) *sender {
	d, ok := p.(Deduplicating)
	return &sender{
		Service:  s,
		name:     p.Name(),
		platform: p,
		dedups:   ok && d.Deduplicates(),
		limit:    [2]int{s.limits.Replies, s.limits.Nudges},
		lines:    map[store.PersonID]*line{},
		changed:  make(chan struct{}),
	}
}

func (s *sender) start(e ending) { s.e = e }

// handOver gives committed rows to the senders of their platforms.
func (s *Service) handOver(rows []row) {
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].to.Platform == rows[0].to.Platform {
			n++
		}
		s.senders[rows[0].to.Platform].push(rows[:n])
		rows = rows[n:]
	}
}

// push puts rows at the end of their lines, all of them before the first is sent: a
// message that fails at once must find behind it what is to wait with it.
func (s *sender) push(rows []row) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range rows {
		l := s.lines[w.Person]
		if l == nil {
			l = &line{person: w.Person}
			s.lines[w.Person] = l
		}
		l.rows[w.Lane] = append(l.rows[w.Lane], w)
		if w.Lane == store.NudgeLane {
			s.nudges++
		}
		s.enqueue(l)
	}
	s.dispatch()
}

// enqueue lets a line that is free wait for its next message to be sent.
func (s *sender) enqueue(l *line) {
	lane, ok := l.next()
	if !ok || l.busy || l.queued[lane] {
		return
	}
	l.queued[lane] = true
	s.ready[lane] = append(s.ready[lane], l)
}

// dispatch begins to send as many messages as the limits allow.
func (s *sender) dispatch() {
	for lane := range s.ready {
		for s.flying[lane] < s.limit[lane] && len(s.ready[lane]) > 0 {
			if s.stopped || s.e.sends.Err() != nil {
				return
			}
			l := s.ready[lane][0]
			s.ready[lane] = s.ready[lane][1:]
			l.queued[lane] = false
			// A line can be sending already, or have got a reply that goes first. It
			// stands in the other queue then, or comes back when it is free.
			if next, ok := l.next(); !ok || l.busy || next != store.Lane(lane) {
				continue
			}
			l.busy, l.lane = true, store.Lane(lane)
			s.flying[lane]++
			w := l.rows[lane][0]
			s.sending.Go(func() { s.deliver(l, w) })
		}
	}
}

// deliver sends the first message of a line and writes down what became of it.
func (s *sender) deliver(l *line, w row) {
	m, err := s.withFile(s.e.sends, w)
	if errors.Is(err, errNoFile) {
		s.letGo(l, w)
		return
	}
	if err == nil {
		err = s.send(s.e.sends, m)
	}
	o := outcomeOf(err)
	s.noteSend(w, o)
	if o == failed && s.e.sends.Err() != nil {
		s.release(l, w.Lane) // stopping: it goes back to the outbox with the rest
		return
	}
	f := fateOf(w.Message, o, laterAt(err), s.dedups, s.clock.Now(), jitter())
	switch f.kind {
	case settled:
		s.drop(l, w.Lane, 1)
		s.settler.add(w.Message)
	case givenUp:
		s.giveUp(w.Lane, o)
		s.settler.now(s.e, w.Message)
		s.drop(l, w.Lane, 1)
	case parked:
		s.park(l, w, f)
	case gone:
		s.partFrom(l, w)
	}
	s.release(l, w.Lane)
}

// send is one send, bounded in time. A panic of the platform leaves open whether
// the message arrived.
func (s *sender) send(ctx context.Context, m Outbound) error {
	ctx, cancel := context.WithTimeout(ctx, s.limits.Send)
	defer cancel()
	err := guard(func() error { return s.platform.Send(ctx, m) })
	if p, ok := err.(*panicError); ok {
		s.log.Error("platform panicked", "platform", s.name, "panic", p.Error())
		return ErrAmbiguous
	}
	return err
}

// drop takes the first n rows off a lane of a line.
func (s *sender) drop(l *line, lane store.Lane, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l.rows[lane] = l.rows[lane][n:]
	if lane == store.NudgeLane {
		s.nudges -= n
	}
}

// release frees a line after a message of the given lane.
func (s *sender) release(l *line, lane store.Lane) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l.busy = false
	s.flying[lane]--
	s.enqueue(l)
	s.dispatch()
	s.forget(l)
	s.feed()
}

// rowsOf gives the rows of a lane of a line, in order.
func (s *sender) rowsOf(l *line, lane store.Lane) []row {
	s.mu.Lock()
	defer s.mu.Unlock()
	return l.rows[lane]
}
