package bot_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
)

func TestAWaitLapsesAtItsTime(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await b 2h")
		w.server.Say(0, "await a 1h")
		w.server.Say(0, "await c 3h")
		w.server.Say(0, "await d 100h")
		synctest.Wait()
		pass(time.Hour - time.Millisecond)
		w.wantHeard(0)
		pass(time.Millisecond)
		w.wantHeard(0, "lapsed a")
		w.server.Say(0, "unawait b")
		w.server.Say(0, "await c 30m")
		pass(29 * time.Minute)
		w.wantHeard(0, "lapsed a")
		pass(100 * time.Hour)
		w.wantHeard(0, "lapsed a", "lapsed c", "lapsed d")
		if s := p.Stats(); s.Lapses != 3 || s.Duplicates != 0 {
			t.Errorf("the counts are %+v", s)
		}
	})
}

func TestAWaitThatIsTakenBackAtTheLastMomentDoesNotLapse(t *testing.T) {
	tests := map[string]struct {
		text  string
		later []string // is heard of it in the end
	}{
		"taken back": {"unawait a", nil},
		"moved":      {"await a 2h", []string{"lapsed a"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				release := make(chan struct{})
				w.start(func(_ *bot.Options, d *mortal) {
					d.before = func(n int) {
						if n == 4 { // the turn of the text: it holds the person's lock
							<-release
						}
					}
				})
				w.server.Say(0, "await a 1h")
				w.server.Say(0, "await b 1h") // a row beside it that is still there
				w.server.Say(0, "await c 3h")
				pass(time.Hour - time.Second)
				w.server.Say(0, test.text)
				pass(time.Minute) // the wait is found to have lapsed, and waits for the lock
				close(release)
				synctest.Wait()
				w.wantHeard(0, "lapsed b")
				pass(2 * time.Hour)
				w.wantHeard(0, append(append([]string{"lapsed b"}, test.later...), "lapsed c")...)
			})
		})
	}
}

func TestAWaitLapsesAfterADowntime(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await a 1h")
		synctest.Wait()
		p.kill()
		pass(24 * time.Hour)
		w.start()
		w.wantHeard(0, "lapsed a")
	})
}

func TestAWaitLapsesWhenTheClockIsMoved(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await a 100h")
		synctest.Wait()
		p.clock.Move(99 * time.Hour)
		synctest.Wait()
		w.wantHeard(0)
		p.clock.Move(time.Hour)
		if err := p.CatchUp(w.t.Context()); err != nil {
			t.Fatal(err)
		}
		w.wantHeard(0, "lapsed a")
		if now := w.book.last().Now; !now.Equal(time.Now().Add(100 * time.Hour)) {
			t.Errorf("the step was told that it is %v", now)
		}
	})
}

func TestCatchingUpWithNothingToDoAndAfterTheEnd(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		if err := p.CatchUp(w.t.Context()); err != nil {
			t.Error(err)
		}
		p.stop()
		if err := p.CatchUp(w.t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestManyWaitsLapseAtOnce(t *testing.T) {
	inWorld(t, false, func(w *world) {
		const people = 400
		w.start()
		for i := range people {
			w.server.Say(i, "await a 1h")
			w.server.Say(i, "await b 1h")
		}
		synctest.Wait()
		pass(time.Hour + time.Second)
		for i := range people {
			w.wantHeard(i, "lapsed a", "lapsed b")
		}
		w.wantOutbox(0, false)
	})
}

func TestAWaitThatLapsesIntoAnotherDoesNotGoRoundForEver(t *testing.T) {
	inWorld(t, false, func(w *world) {
		turns := 0
		w.start(func(o *bot.Options, _ *mortal) {
			o.Steps = stepFunc(func(turn flows.Turn) (flows.Session, []flows.Effect) {
				turns++
				return turn.Session, []flows.Effect{flows.Await{ID: "a", At: turn.Now.Add(-time.Hour)}}
			})
		})
		w.server.Say(0, "hello")
		synctest.Wait()
		pass(10 * time.Second)
		if turns < 5 || turns > 15 {
			t.Errorf("%d turns in ten seconds, want about one a second", turns)
		}
	})
}

func TestAWaitOfManyWorksBesideMessages(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(func(o *bot.Options, _ *mortal) { o.Limits.Lapses = 1 })
		for i := range 10 {
			w.server.Say(i, fmt.Sprintf("await a %dm", 1+i%3))
		}
		for range 3 {
			pass(time.Minute)
			for i := range 10 {
				w.server.Say(i, "hello")
			}
		}
		synctest.Wait()
		for i := range 10 {
			if n := len(w.server.Heard(i)); n != 4 {
				t.Errorf("person %d heard %d messages, want 4", i, n)
			}
		}
	})
}
