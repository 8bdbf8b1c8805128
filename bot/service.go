package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// Stepper takes the steps of conversations and knows what the service itself has
// to say. It is safe for concurrent use. *flows.Book is one.
type Stepper interface {
	// Step is pure: it may run more than once for one event.
	Step(flows.Turn) (flows.Session, []flows.Effect)
	// Phrase gives a wording by its key, in a language or the nearest one there is.
	// The service asks for "cannot-save", "went-wrong", "private-server", "moved-here",
	// "moved-away", "code-wrong", "move-same", "move-own", "link-same", and of each platform
	// that is [Inviting], "link-" with its name.
	Phrase(key, language string) string
	// Export is pure. It makes the document that a [flows.Message] names, for the
	// person and as of now, which is in their zone. It may panic.
	Export(p flows.Person, facts flows.Facts, session flows.Session, now time.Time, document string) (flows.Document, error)
	// Picture is pure. It gives what a picture shows that a [flows.Message] names, for the
	// person and as of now, which is in their zone. It may panic.
	Picture(p flows.Person, facts flows.Facts, now time.Time, spec flows.PictureSpec) (flows.Picture, error)
}

// Options say what a Service works with. Store, Steps and Platforms are needed.
type Options struct {
	Store     *store.Store
	Steps     Stepper
	Platforms []Platform     // with different names
	Clock     *Clock         // the real time if nil
	Zone      *time.Location // of people who have told none; UTC if nil
	Log       *slog.Logger   // nothing is logged if nil
	Limits    Limits
	Allow     Allow // who may come in; everybody if zero
}

// Limits bound what a Service does at a time. What is 0 takes its default.
type Limits struct {
	Replies int           // replies being sent at a time, a platform; 512
	Nudges  int           // nudges being sent at a time, a platform; 64
	InHand  int           // people with unsent messages before events wait, a platform; 4096
	Lapses  int           // people whose waits lapse at a time; 64
	Photos  int           // photos being fetched at a time; 2
	Send    time.Duration // for one message; a minute
	Stop    time.Duration // for stopping; 8 seconds
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Replies: orDefault(l.Replies, 512),
		Nudges:  orDefault(l.Nudges, 64),
		InHand:  orDefault(l.InHand, 4096),
		Lapses:  orDefault(l.Lapses, 64),
		Photos:  orDefault(l.Photos, 2),
		Send:    time.Duration(orDefault(int(l.Send), int(time.Minute))),
		Stop:    time.Duration(orDefault(int(l.Stop), int(8*time.Second))),
	}
}

func orDefault(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// Service runs the conversations of everybody on some platforms. It runs once.
type Service struct {
	store   *store.Store
	steps   Stepper
	clock   *Clock
	log     *slog.Logger
	limits  Limits
	zones   *zones
	rules   *rules
	locks   *locks
	door    *door
	codes   *quota // wrong codes
	outage  *outage
	settler *settler
	alarm   *alarm
	fetcher *fetcher
	fetches fetchers           // set by Run
	senders map[string]*sender // by the name of their platform
	count   counters
	drawing chan struct{} // room for pictures to be drawn

	lookedFar time.Time // by a round, past queues that find no room

	asks chan chan error // for a round of what is due; see CatchUp
	over chan struct{}   // closed when no more rounds are made
}

// New makes a Service.
func New(o Options) *Service {
	s := &Service{
		store: o.Store, steps: o.Steps, clock: o.Clock, log: o.Log,
		limits:  o.Limits.withDefaults(),
		zones:   newZones(o.Zone),
		rules:   newRules(),
		locks:   newLocks(),
		door:    newDoor(o.Allow),
		codes:   newQuota(wrongGuesses, allWrongCodes),
		outage:  &outage{told: map[store.Address]bool{}},
		alarm:   newAlarm(),
		senders: map[string]*sender{},
		drawing: make(chan struct{}, mostDrawn),
		asks:    make(chan chan error),
		over:    make(chan struct{}),
	}
	if s.clock == nil {
		s.clock = &Clock{}
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.settler = newSettler(s)
	s.fetcher = newFetcher(s)
	for _, p := range o.Platforms {
		s.senders[p.Name()] = newSender(s, p)
	}
	return s
}

// Run recovers what an earlier run left in the outbox, and then serves all
// platforms until ctx is done or each of them has ended. It then takes no more
// events, finishes the turns under way, and leaves in the outbox what it has not
// sent; if the platforms ended by themselves it first sends what can be sent now.
// All that takes no longer than Limits.Stop.
//
// It returns the errors with which platforms ended, joined. A platform that ends
// or fails does not hurt the others.
func (s *Service) Run(ctx context.Context) error {
	e := s.newEnding(ctx)
	defer e.cancel()
	if err := s.recoverOutbox(ctx); err != nil {
		close(s.over)
		return ignoreEnd(ctx, err)
	}
	var settling, rounds sync.WaitGroup
	noMoreRows, stopSettling := context.WithCancel(e.work)
	defer stopSettling()
	noMoreEvents := make(chan struct{})
	network, stopNetwork := context.WithCancel(e.sends)
	defer stopNetwork()
	defer context.AfterFunc(ctx, stopNetwork)()
	s.fetches = fetchers{network: network, turns: e.work}
	s.startSenders(e)
	settling.Go(func() { s.settler.run(e.work, noMoreRows) })
	rounds.Go(func() { s.makeRounds(ctx, noMoreEvents) })
	rounds.Go(func() {
		if err := s.followZones(e.work); err != nil && ctx.Err() == nil {
			s.log.Error("following the time zones failed", "error", err)
		}
	})

	err := s.receive(ctx, e)

	e.begin()
	close(noMoreEvents)
	rounds.Wait()
	s.fetcher.work.Wait()
	s.stopSenders(ctx, e)
	stopSettling()
	settling.Wait()
	return err
}

// ending bounds the time that stopping takes.
type ending struct {
	work  context.Context // for transactions: ends when the time is up
	sends context.Context // for sends: ends a little before, so that there is time to note it
	begin func()          // the time begins to run, once
	// cancel ends both contexts.
	cancel func()
}

func (s *Service) newEnding(ctx context.Context) ending {
	work, endWork := context.WithCancel(context.WithoutCancel(ctx))
	sends, endSends := context.WithCancel(work)
	var once sync.Once
	var timers []*time.Timer
	begin := func() {
		once.Do(func() {
			timers = []*time.Timer{
				time.AfterFunc(s.limits.Stop, endWork),
				time.AfterFunc(s.limits.Stop*5/8, endSends),
			}
		})
	}
	cancel := func() {
		begin()
		for _, t := range timers {
			t.Stop()
		}
		endSends()
		endWork()
	}
	return ending{work: work, sends: sends, begin: begin, cancel: cancel}
}

// receive takes events from all platforms until none of them gives any more, or
// the time to stop is up.
func (s *Service) receive(ctx context.Context, e ending) error {
	type end struct {
		name string
		err  error
	}
	ended := make(chan end, len(s.senders))
	for name, from := range s.senders {
		go func() {
			err := from.platform.Receive(ctx, func(ctx2 context.Context, in Inbound) error {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				return s.handle(ctx2, from, in)
			})
			err = ignoreEnd(ctx, err)
			from.tally.failed.Store(err != nil)
			from.tally.ended.Store(true)
			ended <- end{name, err}
		}()
	}
	var errs []error
	done := ctx.Done()
	for left := len(s.senders); left > 0; {
		select {
		case <-done:
			e.begin()
			done = nil
		case <-e.sends.Done():
			return errors.Join(append(errs, fmt.Errorf("%d platforms did not stop in time", left))...)
		case p := <-ended:
			left--
			if p.err != nil {
				s.log.Error("platform ended", "platform", p.name, "error", p.err)
				errs = append(errs, fmt.Errorf("%s: %w", p.name, p.err))
			}
		}
	}
	return errors.Join(errs...)
}

// ignoreEnd leaves out an error that says no more than that ctx is done.
func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		return nil
	}
	return err
}

func (s *Service) startSenders(e ending) {
	for _, from := range s.senders {
		from.start(e)
	}
}

// stopSenders waits until all is sent if the platforms ended by themselves, and
// then for what is being sent. The rest goes back to the outbox.
func (s *Service) stopSenders(ctx context.Context, e ending) {
	var all sync.WaitGroup
	for _, from := range s.senders {
		all.Go(func() {
			if ctx.Err() == nil {
				_ = from.idle(e.sends) // its end is the end of waiting
			}
			from.stop()
		})
	}
	all.Wait()
}

// update is a store update whose success or failure is noted.
func (s *Service) update(ctx context.Context, fn func(*store.Records) error) error {
	err := s.store.Update(ctx, fn)
	s.outage.note(err, s.log)
	return err
}
