package bot_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

// quarantined reads the quarantine.
func (w *world) quarantined() (found []store.Quarantined) {
	w.t.Helper()
	w.records(func(r *store.Records) (err error) {
		found, err = r.Quarantined(100)
		return err
	})
	return found
}

func TestATurnThatPanicsTwiceIsTriedAgain(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.book.panics = 2
		p := w.start()
		w.server.Say(0, "panic now")
		synctest.Wait()
		w.wantHeard(0, "re: panic now")
		w.wantSaid(0, "panic now")
		if s := p.Stats(); s.Quarantined != 0 || s.Turns != 1 {
			t.Errorf("the counts are %+v", s)
		}
	})
}

func TestAnEventWhoseTurnPanicsThreeTimesIsQuarantined(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.book.panics = 3
		p := w.start()
		w.server.Say(0, "panic now")
		w.server.Say(0, "hello")
		synctest.Wait()
		w.wantHeard(0, "went-wrong in en", "re: hello")
		w.wantSaid(0, "hello")
		if n := w.server.Unacknowledged(); n != 0 {
			t.Errorf("%d events are not acknowledged", n)
		}
		found := w.quarantined()
		if len(found) != 1 {
			t.Fatalf("%d events are in quarantine, want 1", len(found))
		}
		q := found[0]
		var in bot.Inbound
		if err := json.Unmarshal(q.Payload, &in); err != nil || in.Event.Text != "panic now" || in.ID != q.ID {
			t.Errorf("the payload is %s (%v)", q.Payload, err)
		}
		if q.Person != w.person(0).ID || q.Source != "fake" {
			t.Errorf("it is kept as %+v", q)
		}
		for _, want := range []string{"panic: string at ", "book).panic:"} {
			if !strings.Contains(q.Reason, want) || !strings.Contains(w.logs.String(), want) {
				t.Errorf("the reason is %q, want it to hold %q, and the log too", q.Reason, want)
			}
		}
		w.server.Redeliver("event-1")
		synctest.Wait()
		w.wantHeard(0, "went-wrong in en", "re: hello")
		if s := p.Stats(); s.Quarantined != 1 || s.Turns != 1 || s.Duplicates != 1 {
			t.Errorf("the counts are %+v", s)
		}
	})
}

func TestAStepThatAsksForTheImpossibleIsQuarantined(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind a-secret")
		synctest.Wait()
		w.wantHeard(0, "went-wrong in en")
		w.wantSaid(0)
		if found := w.quarantined(); len(found) != 1 || strings.Contains(found[0].Reason, "secret") {
			t.Errorf("in quarantine is %+v", found)
		}
	})
}

func TestAWaitWhoseTurnPanicsIsQuarantined(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.book.panics = 3
		p := w.start()
		w.server.Say(0, "await panic 1h")
		synctest.Wait()
		pass(time.Hour)
		w.wantHeard(0, "went-wrong in en")
		found := w.quarantined()
		if len(found) != 1 || found[0].Source != "due" || !strings.Contains(string(found[0].Payload), `"Wait":"panic"`) {
			t.Errorf("in quarantine is %+v", found)
		}
		pass(100 * time.Hour)
		if s := p.Stats(); s.Quarantined != 1 || s.Lapses != 0 {
			t.Errorf("the counts are %+v", s)
		}
	})
}

func TestAPersonWhoseRecordIsDamagedHurtsNobodyElse(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "await a 1h")
		w.server.Say(1, "await a 1h")
		synctest.Wait()
		key := []byte{0, 0, 0, 0, 0, 0, 0, byte(w.person(0).ID)}
		err := w.disk.Update(w.t.Context(), func(tx store.Tx) error {
			return tx.Put("people", key, []byte("damaged"))
		})
		if err != nil {
			t.Fatal(err)
		}
		w.server.Say(0, "hello")
		w.server.Say(1, "hello")
		synctest.Wait()
		w.wantHeard(1, "re: hello")
		pass(time.Hour)
		w.wantHeard(0)
		w.wantHeard(1, "re: hello", "lapsed a")
		if n := len(w.quarantined()); n != 2 {
			t.Errorf("%d events are in quarantine, want 2", n)
		}
	})
}

func TestAMessageThatIsDamagedHurtsNobodyElse(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		for i := range 3 {
			w.server.Fail(i, "a send put off")
			w.server.Say(i, "hello")
		}
		synctest.Wait()
		damage(t, w, "waiting", w.person(1).ID)
		pass(time.Minute)
		w.wantHeard(0, "re: hello")
		w.wantHeard(1)
		w.wantHeard(2, "re: hello")
		if n := p.Stats().GivenUp; n != 1 {
			t.Errorf("%d messages were given up, want 1", n)
		}
		w.wantOutbox(0, false)
	})
}

// damage changes the last byte of a row of a person.
func damage(t *testing.T, w *world, table string, p store.PersonID) {
	t.Helper()
	found := false
	err := w.disk.Update(w.t.Context(), func(tx store.Tx) error {
		var key, value []byte
		from := []byte{0, 0, 0, 0, 0, 0, 0, byte(p)}
		err := tx.Scan(table, store.Range{From: from}, func(k, v []byte) bool {
			key, value = append(key, k...), append(value, v...)
			return false
		})
		if err != nil || key == nil {
			return err
		}
		found = true
		value[len(value)-1] ^= 1
		return tx.Put(table, key, value)
	})
	if err != nil || !found {
		t.Fatalf("found: %t, error: %v", found, err)
	}
}

func TestAnEffectNobodyKnowsIsQuarantined(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start(func(o *bot.Options, _ *mortal) {
			o.Steps = stepFunc(func(turn flows.Turn) (flows.Session, []flows.Effect) {
				return turn.Session, []flows.Effect{nil}
			})
		})
		w.server.Say(0, "hello")
		synctest.Wait()
		w.wantHeard(0, "went-wrong")
		if n := p.Stats().Quarantined; n != 1 {
			t.Errorf("%d events were quarantined, want 1", n)
		}
	})
}
