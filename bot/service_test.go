package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
)

// panicking is a platform whose first sends panic.
type panicking struct {
	bot.Platform
	left int
}

func (p *panicking) Send(ctx context.Context, m bot.Outbound) error {
	if p.left > 0 {
		p.left--
		panic("a secret: " + m.Message.Text)
	}
	return p.Platform.Send(ctx, m)
}

// ending is a platform that ends with an error as soon as it is told to.
type ending struct {
	name string
	end  chan error
}

func (e *ending) Name() string { return e.name }
func (e *ending) Receive(ctx context.Context, _ func(context.Context, bot.Inbound) error) error {
	return <-e.end
}
func (e *ending) Send(context.Context, bot.Outbound) error { return bot.ErrRefused }

func TestAPlatformThatFailsDoesNotHurtTheOthers(t *testing.T) {
	inWorld(t, false, func(w *world) {
		broken := errors.New("the door is shut")
		bad := &ending{name: "bad", end: make(chan error, 1)}
		p := w.start(func(o *bot.Options, _ *mortal) { o.Platforms = append(o.Platforms, bad) })
		bad.end <- broken
		synctest.Wait()
		if !strings.Contains(w.logs.String(), "the door is shut") {
			t.Error("nothing of it is in the log")
		}
		w.server.Say(0, "hello")
		synctest.Wait()
		w.wantHeard(0, "re: hello")
		if err := p.stop(); !errors.Is(err, broken) || !strings.Contains(err.Error(), "bad: ") {
			t.Errorf("Run ended with %v", err)
		}
	})
}

func TestRunEndsWhenEveryPlatformHasEnded(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await a 1h")
		synctest.Wait()
		release := w.server.Hold(0)
		w.server.Say(0, "say 3")
		w.server.Close()
		synctest.Wait()
		select {
		case err := <-p.done:
			t.Fatalf("it ended before all was sent: %v", err)
		default:
		}
		release()
		if err := p.wait(); err != nil {
			t.Error(err)
		}
		w.wantHeard(0, "1", "2", "3")
		w.wantOutbox(0, false)
	})
}

func TestWhatIsDueWhenTheInputEndsStillHappens(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await a 0s")
		w.server.Close()
		if err := p.wait(); err != nil {
			t.Error(err)
		}
		w.wantHeard(0, "lapsed a")
	})
}

func TestStoppingLeavesTheRestInTheOutbox(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await a 1h")
		w.server.Say(0, "await b 1h")
		synctest.Wait()
		release := w.server.Hold(0)
		pass(time.Hour)
		w.server.Hold(1)
		w.server.Say(1, "say 2")
		synctest.Wait()
		w.wantOutbox(4, false)
		start := time.Now()
		p.end()
		pass(time.Second)
		release() // what is being sent may still arrive
		if err := p.wait(); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 8*time.Second {
			t.Errorf("stopping took %v", took)
		}
		w.wantHeard(0, "lapsed a")
		w.wantHeard(1)
		w.wantOutbox(0, true)
		p = w.start()
		w.wantHeard(0, "lapsed a", "lapsed b") // never sent, so not ambiguous: not even a nudge is given up
		w.wantHeard(1, "1", "2")
		if s := p.Stats(); s.Recovered != 0 || s.GivenUp != 0 {
			t.Errorf("the counts are %+v", s)
		}
	})
}

func TestStoppingDoesNotWaitForAPlatformThatHangs(t *testing.T) {
	inWorld(t, false, func(w *world) {
		bad := &ending{name: "bad", end: make(chan error, 1)}
		p := w.start(func(o *bot.Options, _ *mortal) { o.Platforms = append(o.Platforms, bad) })
		w.server.Say(0, "hello")
		synctest.Wait()
		start := time.Now()
		if err := p.stop(); err == nil {
			t.Error("Run says nothing of it")
		}
		if took := time.Since(start); took > 8*time.Second {
			t.Errorf("stopping took %v", took)
		}
		bad.end <- nil
	})
}

func TestStoppingIsSoonOverOnAFullDisk(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Fail(0, bottest.Later)
		release := w.server.Hold(0)
		w.server.Say(0, "say 2")
		w.server.Say(1, "hello")
		synctest.Wait()
		w.disk.Fail(true)
		release()
		pass(time.Minute)
		start := time.Now()
		if err := p.stop(); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 8*time.Second {
			t.Errorf("stopping took %v", took)
		}
		w.disk.Fail(false)
		w.start()
		w.wantHeard(0, "1", "2")
	})
}

func TestStoppingTwiceAndBeforeAnythingHappened(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		p.end()
		p.end()
		if err := p.wait(); err != nil {
			t.Error(err)
		}
	})
}

func TestAnEventIsNotTakenOnceStopping(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		p.stop()
		w.server.Say(0, "hello")
		synctest.Wait()
		w.wantSaid(0)
		w.start()
		w.wantSaid(0, "hello")
	})
}

func TestPeopleOnTwoPlatformsAreApart(t *testing.T) {
	inWorld(t, false, func(w *world) {
		other := bottest.NewFake("other", true)
		w.start(func(o *bot.Options, _ *mortal) { o.Platforms = append(o.Platforms, other.Connect()) })
		w.server.Say(0, "hello")
		other.Say(0, "servus")
		synctest.Wait()
		w.wantHeard(0, "re: hello")
		if got := other.Texts(0); len(got) != 1 || got[0] != "re: servus" {
			t.Errorf("on the other platform arrived %q", got)
		}
	})
}
