package bot_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot/bottest"
)

func TestAFullDiskIsToldOnceAndTheEventAppliedLater(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.disk.Fail(true)
		w.server.Say(0, "hello")
		w.server.Say(0, "are you there")
		pass(10 * time.Minute)
		w.wantHeard(0, "cannot-save in en")
		w.wantSaid(0)
		if n := w.server.Unacknowledged(); n != 2 {
			t.Errorf("%d events are not acknowledged, want 2", n)
		}
		if n := strings.Count(w.logs.String(), "\n"); n != 1 {
			t.Errorf("the outage has %d log lines, want 1:\n%s", n, w.logs.String())
		}
		w.disk.Fail(false)
		pass(time.Minute)
		w.wantHeard(0, "cannot-save in en", "re: hello", "re: are you there")
		w.wantSaid(0, "hello", "are you there")
		w.wantOutbox(0, false)
		if s := p.Stats(); s.Turns != 2 || s.Unsaved == 0 {
			t.Errorf("the counts are %+v", s)
		}
	})
}

func TestTheNextOutageIsToldAgainInThePersonsLanguage(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "know language de")
		synctest.Wait()
		for range 2 {
			w.disk.Fail(true)
			w.server.Say(0, "hello")
			synctest.Wait()
			w.disk.Fail(false)
			pass(time.Minute)
		}
		w.wantHeard(0, "cannot-save in de", "re: hello", "cannot-save in de", "re: hello")
	})
}

func TestWhoCouldNotBeToldIsToldWithTheNextTry(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.disk.Fail(true)
		w.server.Fail(0, bottest.Temporary)
		w.server.Say(0, "hello")
		pass(time.Minute)
		w.wantHeard(0, "cannot-save in en")
		w.disk.Fail(false)
		pass(time.Minute)
		w.wantHeard(0, "cannot-save in en", "re: hello")
	})
}

func TestADuplicateDoesNotEndAnOutage(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "hello")
		synctest.Wait()
		w.disk.Fail(true)
		w.server.Say(0, "more")
		synctest.Wait()
		w.server.Redeliver("event-1")
		pass(time.Minute)
		w.wantHeard(0, "re: hello", "cannot-save in en")
	})
}

func TestWhatCantBeNotedDuringAnOutageIsNotedAfterIt(t *testing.T) {
	tests := map[string]struct {
		fault bottest.Ability
		want  []string
	}{
		"delivered":   {"", []string{"1", "2"}},
		"put off":     {bottest.Later, []string{"1", "2"}},
		"failed":      {bottest.Temporary, []string{"1", "2"}},
		"refused":     {bottest.Refused, []string{"2"}},
		"unreachable": {bottest.Unreachable, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				w.start()
				release := w.server.Hold(0)
				w.server.Say(0, "say 2")
				synctest.Wait()
				w.disk.Fail(true)
				if test.fault != "" {
					w.server.Fail(0, test.fault)
				}
				release()
				pass(time.Hour)
				w.wantOutbox(2, false)
				w.disk.Fail(false)
				pass(time.Hour)
				w.wantHeard(0, test.want...)
				w.wantOutbox(0, false)
			})
		})
	}
}

func TestAWaitThatLapsesDuringAnOutageIsTakenAfterIt(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await a 1h")
		synctest.Wait()
		w.disk.Fail(true)
		pass(10 * time.Hour)
		w.wantHeard(0)
		updates := p.disk.updates()
		pass(time.Hour)
		if n := p.disk.updates() - updates; n > 20 {
			t.Errorf("%d commits were tried in an hour", n)
		}
		w.disk.Fail(false)
		pass(10 * time.Minute)
		w.wantHeard(0, "lapsed a")
	})
}

func TestARecoveryWaitsForTheDisk(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Hold(0)
		w.server.Say(0, "hello")
		synctest.Wait()
		p.kill()
		w.disk.Fail(true)
		p = w.start()
		pass(time.Hour)
		w.wantHeard(0)
		w.disk.Fail(false)
		pass(time.Hour)
		w.wantHeard(0, "re: hello")
		if n := p.Stats().Recovered; n != 1 {
			t.Errorf("%d messages were recovered, want 1", n)
		}
	})
}
