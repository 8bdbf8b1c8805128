package bot_test

import (
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/store"
)

func TestNothingComesDuringAPause(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 0 9 * * *")
		w.server.Say(0, "know pause open")
		pass(48 * time.Hour)
		w.wantHeard(0)
		w.wantNothingDue()
		w.server.Say(0, "know pause")
		pass(24 * time.Hour)
		w.wantHeard(0, "eat at 3 09:00")
	})
}

func TestAPauseEndsAsItsDayBegins(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 0 9 * * *")
		w.server.Say(0, "know zone Asia/Tokyo") // it is nine in the morning of the 1st
		w.server.Say(0, "know pause 2000-01-04")
		pass(3*24*time.Hour + time.Minute)
		w.wantHeard(0, "eat at 4 09:00")
		if paused := w.person(0).About["pause"]; paused != "" {
			t.Errorf("it is still a pause: %q", paused)
		}
	})
}

func TestWhatIsSetDuringAPauseWaitsForItsEnd(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "know pause open")
		w.server.Say(0, "remind 0 9 * * *")
		pass(24 * time.Hour)
		w.wantHeard(0)
		w.server.Say(0, "know pause")
		pass(24 * time.Hour)
		w.wantHeard(0, "eat at 2 09:00")
	})
}

func TestWhatWouldHaveComeOnceInAPauseIsLeftOut(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind once 2000-01-02 09:00")
		w.server.Say(0, "know pause 2000-01-05")
		pass(10 * 24 * time.Hour)
		w.wantHeard(0)
		w.records(func(r *store.Records) error {
			nudges, err := r.Nudges(w.person(0).ID)
			if len(nudges) > 0 {
				t.Errorf("%d nudges are left", len(nudges))
			}
			return err
		})
	})
}

func TestSomebodyWhoLeavesIsDeletedWhenTheDayComes(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 0 9 1 2 *")
		w.server.Say(0, "know leaving 2000-01-31")
		w.server.Say(1, "know leaving 2000-01-31")
		pass(29 * 24 * time.Hour)
		w.server.Say(1, "know leaving") // and thinks better of it
		synctest.Wait()
		if w.person(0).ID == 0 {
			t.Fatal("the person is gone too early")
		}
		pass(24 * time.Hour)
		if w.person(0).ID != 0 || w.person(1).ID == 0 {
			t.Errorf("left are %d and %d, want only the second", w.person(0).ID, w.person(1).ID)
		}
		w.wantHeard(0)
		w.wantNothingDue()
	})
}

// elsewhere starts a process that does not reach the people of the world.
func (w *world) elsewhere() *process {
	return w.start(func(o *bot.Options, _ *mortal) {
		o.Platforms = []bot.Platform{bottest.NewFake("other", false).Connect()}
	})
}

func TestWhatCouldNotBeSentIsNoPileAfterwards(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "remind 0 9 * * *")
		synctest.Wait()
		p.stop()
		p = w.elsewhere()
		pass(3*24*time.Hour + 10*time.Hour)
		p.stop()
		w.start()
		pass(2 * time.Hour)
		w.wantHeard(0, "eat at 4 09:00")
	})
}

func TestQuietHoursAreLookedAtAgainBeforeSending(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "know quiet_from 22:00")
		w.server.Say(0, "know quiet_to 07:00")
		w.server.Say(0, "remind 30 21 * * *")
		synctest.Wait()
		p.stop()
		p = w.elsewhere()
		pass(22 * time.Hour)
		p.stop()
		w.start()
		pass(2 * time.Hour)
		w.wantHeard(0)
		pass(8 * time.Hour)
		w.wantHeard(0, "eat at 1 21:30")
	})
}

func TestWhatWasSaidIsHiddenBeforeTheAnswer(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "hello")
		synctest.Wait()
		w.server.Say(0, "hide")
		synctest.Wait()
		w.wantHeard(0, "hidden")
	})
}

func TestANudgeThatHadNotLeftDoesNotComeDuringAPause(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 0 9 * * *")
		synctest.Wait()
		w.server.Fail(0, bottest.Later)
		pass(9*time.Hour + 59*time.Second)
		w.wantHeard(0)
		w.wantOutbox(0, true)
		w.server.Say(0, "know pause away")
		pass(48 * time.Hour)
		w.wantHeard(0)
		w.wantOutbox(0, false)
	})
}

// wantNothingDue makes sure that nothing is going to happen by itself.
func (w *world) wantNothingDue() {
	w.t.Helper()
	w.records(func(r *store.Records) error {
		at, found, err := r.NextDue()
		if found {
			w.t.Errorf("something is due on %v", at)
		}
		return err
	})
}
