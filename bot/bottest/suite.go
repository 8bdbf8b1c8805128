package bottest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"kintsugi/bot"
	"kintsugi/flows"
)

// patience is after how long a case fails that waits for something.
const patience = 30 * time.Second

// Run runs the suite of the [bot.Platform] contract. start gives a platform and the
// other side of it, fresh each time; what it starts it ends in a cleanup.
func Run(t *testing.T, start func(t *testing.T) (bot.Platform, Peer)) {
	for name, test := range cases() {
		t.Run(name, func(t *testing.T) {
			running := goleak.IgnoreCurrent()
			t.Cleanup(func() { goleak.VerifyNone(t, running) })
			p, peer := start(t)
			test(t, &side{Peer: peer, t: t, p: p})
		})
	}
}

// RunVirtual is Run in virtual time, each case in a bubble of testing/synctest: for
// platforms that need no real socket.
func RunVirtual(t *testing.T, start func(t *testing.T) (bot.Platform, Peer)) {
	for name, test := range cases() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, peer := start(t)
				test(t, &side{Peer: peer, t: t, p: p})
			})
		})
	}
}

func cases() map[string]func(*testing.T, *side) {
	return map[string]func(*testing.T, *side){
		"one person's events come one after another":        testOrder,
		"another person does not wait":                      testAlongside,
		"what was not handled comes again":                  testComesAgain,
		"what was not acknowledged comes after a restart":   testRestart,
		"a text arrives whole and literally":                testTexts,
		"a control character does not hurt its neighbours":  testControl,
		"buttons arrive, and a press carries the token":     testButtons,
		"messages arrive in the order of their sending":     testSendOrder,
		"files arrive whole, each with its text":            testFiles,
		"a picture arrives, with its caption":               testPhotoOut,
		"a photo that somebody sends can be fetched":        testPhotoIn,
		"a send says what it met with":                      testOutcomes,
		"what one send meets with hurts nobody else":        testOutcomeOfOne,
		"a message sent again arrives once, if it says so":  testDeduplicates,
		"receiving ends with its context":                   testEnds,
		"receiving does not end before an event is handled": testEndsAfterHandling,
	}
}

// side is a platform under test with its peer.
type side struct {
	Peer
	t *testing.T
	p bot.Platform
}

// need skips the case if the peer lacks an ability.
func (s *side) need(a Ability) {
	s.t.Helper()
	if !s.Can(a) {
		s.t.Skipf("this platform or its fake lacks: %s", a)
	}
}

// listening is a Receive under way. Events of kind Opened are handled without being
// shown: not every platform has them.
type listening struct {
	t      *testing.T
	cancel func()
	done   chan struct{}
	err    error
	events chan bot.Inbound
}

// listen begins to receive, and calls handle for each event.
func (s *side) listen(handle func(context.Context, bot.Inbound) error) *listening {
	ctx, cancel := context.WithCancel(context.Background())
	l := &listening{
		t: s.t, done: make(chan struct{}), events: make(chan bot.Inbound, 1000),
		cancel: cancel,
	}
	platform := s.p
	go func() {
		defer close(l.done)
		l.err = platform.Receive(ctx, func(ctx context.Context, in bot.Inbound) error {
			if in.Event.Kind == flows.Opened {
				return nil
			}
			l.events <- in
			return handle(ctx, in)
		})
	}()
	s.t.Cleanup(l.stop)
	return l
}

// next waits for an event to be handed over.
func (l *listening) next() bot.Inbound {
	l.t.Helper()
	select {
	case in := <-l.events:
		return in
	case <-time.After(patience):
		l.t.Fatal("no event was handed over")
	case <-l.done:
		l.t.Fatalf("receiving ended: %v", l.err)
	}
	panic("not reached")
}

// stop ends the receiving, which must be no error.
func (l *listening) stop() {
	l.t.Helper()
	l.cancel()
	select {
	case <-l.done:
	case <-time.After(patience):
		l.t.Fatal("receiving does not end")
	}
	if l.err != nil && !errors.Is(l.err, context.Canceled) {
		l.t.Errorf("receiving ended with %v", l.err)
	}
}

func handled(context.Context, bot.Inbound) error { return nil }

// send sends a message that must arrive.
func (s *side) send(person int, id string, m flows.Message) {
	s.t.Helper()
	if err := s.trySend(person, id, m); err != nil {
		s.t.Fatalf("sending: %v", err)
	}
}

func (s *side) trySend(person int, id string, m flows.Message) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return s.p.Send(ctx, bot.Outbound{To: s.Address(person), ID: id, Message: m})
}

// gate is something to wait for that is opened once.
type gate struct {
	once sync.Once
	open chan struct{}
}

func newGate() *gate { return &gate{open: make(chan struct{})} }

func (g *gate) release() { g.once.Do(func() { close(g.open) }) }
