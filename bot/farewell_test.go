package bot_test

import (
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/store"
)

func TestSomebodyDeletedHearsTheLastWordAndLeavesNothing(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(1, "hello")
		w.server.Say(0, "remind 0 9 * * *")
		w.server.Say(0, "await a 1h")
		w.server.Say(0, "know name Ada")
		synctest.Wait()
		w.server.Say(0, "delete")
		synctest.Wait()
		w.wantHeard(0, "gone")
		pass(48 * time.Hour) // nothing of theirs falls due
		w.wantHeard(0, "gone")
		if w.server.Forgotten(0) == 0 || w.server.Forgotten(1) > 0 {
			t.Errorf("the platform forgot them %d times, and the other one %d times", w.server.Forgotten(0), w.server.Forgotten(1))
		}
		w.records(func(r *store.Records) error {
			if _, found, err := r.FindPerson(w.server.Address(0)); found || err != nil {
				t.Errorf("they are still known: %v, %v", found, err)
			}
			n, err := r.CountPeople()
			if n != 1 {
				t.Errorf("%d people are left, want the other one", n)
			}
			return err
		})
		w.server.Say(0, "hello again")
		synctest.Wait()
		w.wantHeard(0, "gone", "re: hello again")
		if s := w.book.last().Session; s.Begun != 0 || w.person(0).Name != "" {
			t.Error("they are remembered")
		}
		if n := p.Stats().Quarantined; n != 0 {
			t.Errorf("%d turns failed", n)
		}
	})
}

func TestTheMomentOfDeletingIsNotLostInACrash(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "hello")
		synctest.Wait()
		release := w.server.Hold(0)
		w.server.Say(0, "delete")
		synctest.Wait()
		p.kill()
		release()
		w.start()
		pass(time.Minute)
		w.records(func(r *store.Records) error {
			n, err := r.CountPeople()
			if n != 0 {
				t.Errorf("%d people are left", n)
			}
			return err
		})
	})
}
