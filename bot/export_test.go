package bot_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/store"
)

func TestAFileIsMadeWhenItsMessageIsSent(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(func(o *bot.Options, _ *mortal) { o.Zone = time.FixedZone("HERE", 2*3600) })
		w.server.Say(0, "know name Ada")
		synctest.Wait()
		w.server.Fail(0, bottest.Later)
		w.server.Say(0, "file notes.txt")
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
		if len(files) != 1 || files[0].Name != "notes.txt" || files[0].Type != "text/plain" {
			t.Fatalf("these files arrived: %+v", files)
		}
		want := "Ada after 3 turns at 02:00 HERE: meanwhile, file notes.txt, know name Ada"
		if got := string(files[0].Data); got != want {
			t.Errorf("the file holds %q, want %q", got, want)
		}
		w.wantHeard(0, "here", "after", "re: meanwhile")
		w.wantOutbox(0, false)
	})
}

// What stands in the outbox names a file and holds none of it.
func TestTheOutboxKeepsNoFile(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "something to be kept")
		synctest.Wait()
		release := w.server.Hold(0)
		defer release()
		w.server.Say(0, "file notes.txt")
		synctest.Wait()
		pass(settling)
		w.records(func(r *store.Records) error {
			found, err := r.Attempting(10)
			if err != nil || len(found) == 0 {
				t.Fatalf("%d messages are attempting: %v", len(found), err)
			}
			if got := string(found[0].Body); !strings.Contains(got, "notes.txt") || strings.Contains(got, "something") {
				t.Errorf("the outbox holds %s", got)
			}
			return nil
		})
	})
}

func TestAFileThatCanNotBeMadeHoldsNothingUp(t *testing.T) {
	for _, document := range []string{"fails", "panics"} {
		t.Run(document, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				p := w.start()
				w.server.Say(0, "file "+document)
				synctest.Wait()
				w.wantHeard(0, "after")
				w.wantOutbox(0, false)
				if n := p.Stats().GivenUp; n != 1 {
					t.Errorf("%d messages were given up, want 1", n)
				}
				if n := strings.Count(w.logs.String(), "\n"); n != 1 {
					t.Errorf("%d lines were logged, want 1:\n%s", n, w.logs.String())
				}
			})
		})
	}
}

func TestNoFileIsMadeOfSomebodyDeletedMeanwhile(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "hello")
		synctest.Wait()
		release := w.server.Hold(0)
		w.server.Say(0, "say 1")
		w.server.Say(0, "file notes.txt")
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
