package bot_test

import (
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

func TestAnEventIsAnswered(t *testing.T) {
	inWorld(t, false, func(w *world) {
		now := time.Now()
		p := w.start()
		w.server.Say(0, "hello")
		synctest.Wait()
		w.wantHeard(0, "re: hello")
		w.wantSaid(0, "hello")
		w.wantOutbox(0, false)
		if n := w.server.Unacknowledged(); n != 0 {
			t.Errorf("%d events are not acknowledged", n)
		}
		who := w.person(0)
		if who.Language != "en" || !who.Since.Equal(now) || who.Met || len(who.Addresses) != 1 {
			t.Errorf("the person was added as %+v", who)
		}
		if s := p.Stats(); s != (bot.Stats{Turns: 1, Delivered: 1}) {
			t.Errorf("the counts are %+v", s)
		}
	})
}

func TestOneCommitStandsBetweenAnEventAndItsReply(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		for range 3 {
			before := p.disk.updates()
			release := w.server.Hold(0)
			w.server.Say(0, "and again")
			synctest.Wait()
			if n := p.disk.updates() - before; n != 1 {
				t.Errorf("%d commits before the reply was sent, want 1", n)
			}
			if n := w.server.Unacknowledged(); n != 0 {
				t.Error("the event is not acknowledged though it is committed")
			}
			release()
			pass(settling)
			if n := p.disk.updates() - before; n != 2 {
				t.Errorf("%d commits in all, want a second that settles", n)
			}
		}
	})
}

func TestAPressCarriesItsToken(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "ask")
		synctest.Wait()
		w.server.Press(0, "Yes")
		w.server.Send(0, "sticker")
		synctest.Wait()
		w.wantHeard(0, "Well?", "re: t1", "re: ")
	})
}

func TestAPersonIsRemembered(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		for _, text := range []string{
			"know name Ada", "know language de", "know zone Asia/Tokyo", "know country JP", "know role betrayed", "hello",
		} {
			w.server.Say(0, text)
		}
		synctest.Wait()
		turn := w.book.last()
		want := flows.Person{Name: "Ada", Language: "de", Country: "JP", Zone: "Asia/Tokyo", Role: "betrayed", Met: true}
		if !reflect.DeepEqual(turn.Person, want) {
			t.Errorf("the step was told of %+v, want %+v", turn.Person, want)
		}
		if turn.Now.Location().String() != "Asia/Tokyo" || !turn.Now.Equal(time.Now()) {
			t.Errorf("the step was told that it is %v", turn.Now)
		}
		if turn.Session.Begun != 5 {
			t.Errorf("the session was kept %d times, want 5", turn.Session.Begun)
		}
	})
}

func TestATurnReadsTheRecords(t *testing.T) {
	inWorld(t, false, func(w *world) {
		var entries []flows.Entry
		var count int
		look := stepFunc(func(turn flows.Turn) (flows.Session, []flows.Effect) {
			entries, count = turn.Facts.Entries("said", 1, 1), turn.Facts.CountEntries("")
			return turn.Session, []flows.Effect{flows.Record{
				ID: turn.Event.Text, At: turn.Now, Kind: "said", Text: turn.Event.Text,
				Values: map[string]any{"n": 7, "l": []string{"a"}},
			}}
		})
		w.start(func(o *bot.Options, _ *mortal) {
			o.Steps = look
			o.Zone = time.FixedZone("somewhere", 3600)
		})
		for _, text := range []string{"one", "two", "three"} {
			w.server.Say(0, text)
			pass(time.Minute)
		}
		if len(entries) != 1 || entries[0].Text != "one" || count != 2 {
			t.Errorf("read %+v and a count of %d", entries, count)
		}
		if entries[0].At.Location().String() != "somewhere" {
			t.Errorf("the time of an entry is in %v", entries[0].At.Location())
		}
		w.records(func(r *store.Records) error {
			all, err := r.Entries(1, "said", 0, 1)
			if err == nil && string(all[0].Values) != `{"l":["a"],"n":7}` {
				t.Errorf("the values were kept as %s", all[0].Values)
			}
			return err
		})
	})
}

// stepFunc is a Stepper of one function.
type stepFunc func(flows.Turn) (flows.Session, []flows.Effect)

func (f stepFunc) Step(t flows.Turn) (flows.Session, []flows.Effect) { return f(t) }
func (f stepFunc) Phrase(key, _ string) string                       { return key }

func (f stepFunc) Export(flows.Person, flows.Facts, flows.Session, time.Time, string) (flows.Document, error) {
	return flows.Document{}, nil
}

func (f stepFunc) Picture(flows.Person, flows.Facts, time.Time, flows.PictureSpec) (flows.Picture, error) {
	return flows.Picture{}, nil
}

func TestTheSameTurnDrawsTheSameLots(t *testing.T) {
	inWorld(t, false, func(w *world) {
		seeds := map[uint64]int{}
		tries := 0
		w.start(func(o *bot.Options, _ *mortal) {
			o.Steps = stepFunc(func(turn flows.Turn) (flows.Session, []flows.Effect) {
				seeds[turn.Seed]++
				if tries++; tries < 3 {
					panic("again")
				}
				return turn.Session, nil
			})
		})
		w.server.Say(0, "one")
		synctest.Wait()
		if len(seeds) != 1 {
			t.Errorf("three tries of a turn had %d seeds", len(seeds))
		}
		w.server.Say(0, "two")
		w.server.Say(1, "one")
		synctest.Wait()
		if len(seeds) != 3 {
			t.Errorf("three turns had %d seeds", len(seeds))
		}
	})
}

func TestNothingIsWrittenThatDidNotChange(t *testing.T) {
	inWorld(t, false, func(w *world) {
		puts := 0
		counted := &puttingBackend{Backend: w.disk, puts: &puts}
		w.start(func(o *bot.Options, _ *mortal) {
			s, err := store.Open(w.t.Context(), counted, w.key)
			if err != nil {
				t.Fatal(err)
			}
			o.Store = s
			o.Steps = stepFunc(func(turn flows.Turn) (flows.Session, []flows.Effect) {
				turn.Session.Begun = 1
				return turn.Session, nil
			})
		})
		w.server.Say(0, "one")
		synctest.Wait()
		puts = 0
		w.server.Say(0, "two")
		synctest.Wait()
		if puts != 1 {
			t.Errorf("%d rows were written, want the claim alone", puts)
		}
	})
}
