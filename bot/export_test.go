package bot_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/bot/picture"
	"kintsugi/store"
)

// made is something that the outbox names, and that is made when it is sent: a document or a
// picture.
type made struct {
	ask        string // what has it sent
	name, kind string // of the file
	holds      string // what the outbox has of it
	data       func() (string, error)
}

func everythingMade() []made {
	return []made{
		{"file notes.txt", "notes.txt", "text/plain", `"notes.txt"`, func() (string, error) {
			return "Ada after 3 turns at 02:00 HERE: meanwhile, file notes.txt, know name Ada", nil
		}},
		{"draw garden", "garden.png", "image/png", `"picture":{"kind":"garden"}`, func() (string, error) {
			shows, err := (&book{}).garden("garden", 3)
			if err != nil {
				return "", err
			}
			drawn, err := picture.Draw(shows)
			return string(drawn.Data), err
		}},
	}
}

// eachMade runs a test in a world of its own for each.
func eachMade(t *testing.T, test func(t *testing.T, w *world, m made)) {
	for _, m := range everythingMade() {
		t.Run(m.name, func(t *testing.T) {
			inWorld(t, false, func(w *world) { test(t, w, m) })
		})
	}
}

// It shows what is kept when it is sent, and not what was when it was asked for.
func TestAFileIsMadeWhenItsMessageIsSent(t *testing.T) {
	eachMade(t, func(t *testing.T, w *world, m made) {
		w.start(func(o *bot.Options, _ *mortal) { o.Zone = time.FixedZone("HERE", 2*3600) })
		w.server.Say(0, "know name Ada")
		synctest.Wait()
		w.server.Fail(0, bottest.Later)
		w.server.Say(0, m.ask)
		synctest.Wait()
		w.records(func(r *store.Records) error {
			waiting, err := r.Waiting(w.person(0).ID, store.ReplyLane)
			if !waiting {
				t.Error("nothing waits to be sent later")
			}
			return err
		})
		w.server.Say(0, "meanwhile")
		pass(bottest.LaterBy + time.Second)
		files := w.server.Files(0)
		if len(files) != 1 || files[0].Name != m.name || files[0].Type != m.kind {
			t.Fatalf("%d files arrived", len(files))
		}
		if want, err := m.data(); err != nil || string(files[0].Data) != want {
			t.Errorf("another one was made than of all there is: %v", err)
		}
		w.wantHeard(0, "here", "after", "re: meanwhile")
		w.wantOutbox(0, false)
	})
}

func TestTheOutboxNamesAFileAndHoldsNoneOfIt(t *testing.T) {
	eachMade(t, func(t *testing.T, w *world, m made) {
		w.start()
		w.server.Say(0, "something to be kept")
		synctest.Wait()
		release := w.server.Hold(0)
		defer release()
		w.server.Say(0, m.ask)
		synctest.Wait()
		pass(settling)
		w.records(func(r *store.Records) error {
			found, err := r.Attempting(10)
			if err != nil || len(found) == 0 {
				t.Fatalf("%d messages are attempting: %v", len(found), err)
			}
			if got := string(found[0].Body); !strings.Contains(got, m.holds) || strings.Contains(got, "something") {
				t.Errorf("the outbox holds %s", got)
			}
			return nil
		})
	})
}

func TestAFileThatCanNotBeMadeHoldsNothingUp(t *testing.T) {
	for _, ask := range []string{"file fails", "file panics", "draw fails", "draw panics"} {
		t.Run(ask, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				p := w.start()
				w.server.Say(0, ask)
				synctest.Wait()
				w.wantHeard(0, "after")
				w.wantOutbox(0, false)
				if n := p.Stats().GivenUp; n != 1 {
					t.Errorf("%d messages were given up, want 1", n)
				}
				if got := w.logs.String(); strings.Count(got, "\n") != 1 || strings.Contains(got, "secret that") {
					t.Errorf("these lines were logged:\n%s", got)
				}
			})
		})
	}
}

func TestNoFileIsMadeOfSomebodyDeletedMeanwhile(t *testing.T) {
	eachMade(t, func(t *testing.T, w *world, m made) {
		p := w.start()
		w.server.Say(0, "hello")
		synctest.Wait()
		release := w.server.Hold(0)
		w.server.Say(0, "say 1")
		w.server.Say(0, m.ask)
		synctest.Wait()
		w.delete(0)
		release()
		synctest.Wait()
		if files := w.server.Files(0); len(files) != 0 {
			t.Errorf("these files arrived: %+v", files)
		}
		if n := p.Stats().GivenUp; n != 1 || w.logs.String() != "" {
			t.Errorf("%d messages were given up, want 1, and the log says %q", n, w.logs.String())
		}
	})
}

// delete deletes a person, past the service.
func (w *world) delete(person int) {
	w.t.Helper()
	id := w.person(person).ID
	s, err := store.Open(w.t.Context(), w.disk, w.key)
	if err == nil {
		err = s.Update(w.t.Context(), func(r *store.Records) error { return r.DeletePerson(id) })
	}
	if err != nil {
		w.t.Fatal(err)
	}
}
