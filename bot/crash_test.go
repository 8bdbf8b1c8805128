package bot_test

import (
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
)

func TestAnEventHandedOverAgainIsAppliedOnce(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "hello")
		synctest.Wait()
		w.server.Redeliver("event-1")
		synctest.Wait()
		p.stop()
		p = w.start()
		w.server.Redeliver("event-1")
		synctest.Wait()
		w.wantSaid(0, "hello")
		w.wantHeard(0, "re: hello")
		if n := p.Stats().Duplicates; n != 1 {
			t.Errorf("%d duplicates were counted, want 1", n)
		}
	})
}

func TestKilledBeforeTheCommit(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start(func(_ *bot.Options, d *mortal) {
			d.before = func(int) { d.kill(); w.server.Crash() }
		})
		w.server.Say(0, "hello")
		synctest.Wait()
		p.kill()
		w.wantSaid(0)
		w.start()
		w.wantSaid(0, "hello")
		w.wantHeard(0, "re: hello")
	})
}

func TestKilledAfterTheCommit(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start(func(_ *bot.Options, d *mortal) {
			d.after = func(int) { d.kill(); w.server.Crash() }
		})
		w.server.Say(0, "hello")
		synctest.Wait()
		p.kill()
		w.wantSaid(0, "hello")
		w.wantHeard(0)
		w.wantOutbox(1, false)
		p = w.start()
		w.wantSaid(0, "hello")
		w.wantHeard(0, "re: hello")
		w.wantOutbox(0, false)
		if s := p.Stats(); s.Duplicates != 1 || s.Recovered != 1 {
			t.Errorf("the counts are %+v, want a duplicate and a recovered message", s)
		}
	})
}

func TestKilledBetweenSendingAndSettling(t *testing.T) {
	tests := map[string]struct {
		dedups bool
		want   []string
	}{
		"a reply is sent again":         {false, []string{"re: hello", "re: hello"}},
		"and arrives once where it may": {true, []string{"re: hello"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, test.dedups, func(w *world) {
				p := w.start(func(_ *bot.Options, d *mortal) {
					d.before = func(n int) {
						if n == 2 {
							d.kill()
						}
					}
				})
				w.server.Say(0, "hello")
				synctest.Wait()
				w.wantHeard(0, "re: hello")
				pass(settling)
				p.kill()
				w.start()
				w.wantHeard(0, test.want...)
				w.wantOutbox(0, false)
			})
		})
	}
}

func TestKilledBetweenSendingAndSettlingANudge(t *testing.T) {
	tests := map[string]struct {
		dedups bool
		given  int64 // messages given up
	}{
		"a nudge is not sent again":    {false, 1},
		"but where it can arrive once": {true, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, test.dedups, func(w *world) {
				p := w.start()
				w.server.Say(0, "await nudge 1h")
				synctest.Wait()
				release := w.server.Hold(0)
				pass(time.Hour)
				w.wantOutbox(1, false)
				p.kill()
				release()
				w.wantHeard(0)
				p = w.start()
				if n := p.Stats().GivenUp; n != test.given {
					t.Errorf("%d messages were given up, want %d", n, test.given)
				}
				if test.dedups {
					w.wantHeard(0, "lapsed nudge")
				} else {
					w.wantHeard(0)
				}
				w.wantOutbox(0, false)
			})
		})
	}
}

func TestARestartKeepsTheOrderOfWhatWasNotSent(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		release := w.server.Hold(0)
		w.server.Say(0, "say 3")
		w.server.Say(0, "more")
		synctest.Wait()
		p.kill()
		release()
		w.server.Say(0, "after")
		w.start()
		w.wantHeard(0, "1", "2", "3", "re: more", "re: after")
	})
}

func TestAMessageThatNoRestartDeliversIsGivenUp(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.server.Say(0, "hello")
		restarts := 0
		for ; restarts < 50; restarts++ {
			release := w.server.Hold(0)
			p := w.start()
			if p.Stats().GivenUp > 0 {
				release()
				break
			}
			p.kill()
			release()
		}
		if restarts != 12 {
			t.Errorf("given up after %d restarts, want 12", restarts)
		}
		w.wantHeard(0)
		w.wantOutbox(0, false)
	})
}

func TestManyMessagesAreRecovered(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		for i := range 4 {
			w.server.Hold(i)
			w.server.Say(i, "say 300")
		}
		synctest.Wait()
		p.kill()
		w.wantOutbox(1000, false) // 1,200, but it looks at no more
		p = w.start()
		if n := p.Stats().Recovered; n != 1200 {
			t.Errorf("%d messages were recovered, want 1200", n)
		}
		for i := range 4 {
			if n := len(w.server.Heard(i)); n != 300 {
				t.Errorf("person %d heard %d messages, want 300", i, n)
			}
		}
		w.wantOutbox(0, false)
	})
}
