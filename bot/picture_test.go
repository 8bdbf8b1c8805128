package bot_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot/bottest"
	"kintsugi/bot/picture"
	"kintsugi/store"
)

// A picture shows what is kept when it is sent, and not what was when it was asked for.
func TestAPictureIsDrawnWhenItsMessageIsSent(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Fail(0, bottest.Later)
		w.server.Say(0, "draw garden")
		synctest.Wait()
		w.server.Say(0, "meanwhile")
		pass(bottest.LaterBy + time.Second)
		files := w.server.Files(0)
		if len(files) != 1 || files[0].Name != "garden.png" || files[0].Type != "image/png" {
			t.Fatalf("%d files arrived", len(files))
		}
		shows, err := (&book{}).garden("garden", 2)
		if err != nil {
			t.Fatal(err)
		}
		want, err := picture.Draw(shows)
		if err != nil || !bytes.Equal(files[0].Data, want.Data) {
			t.Error("it is another picture", err)
		}
		w.wantHeard(0, "here", "after", "re: meanwhile")
		w.wantOutbox(0, false)
	})
}

// What stands in the outbox names a picture and holds none of it.
func TestTheOutboxKeepsNoPicture(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		release := w.server.Hold(0)
		defer release()
		w.server.Say(0, "draw garden")
		synctest.Wait()
		pass(settling)
		w.records(func(r *store.Records) error {
			found, err := r.Attempting(10)
			if err != nil || len(found) == 0 {
				t.Fatalf("%d messages are attempting: %v", len(found), err)
			}
			var kept struct{ Picture json.RawMessage }
			err = json.Unmarshal(found[0].Body, &kept)
			if string(kept.Picture) != `{"kind":"garden"}` {
				t.Errorf("the outbox holds %s", found[0].Body)
			}
			return err
		})
	})
}

func TestAPictureThatCanNotBeDrawnHoldsNothingUp(t *testing.T) {
	for _, kind := range []string{"fails", "panics"} {
		t.Run(kind, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				p := w.start()
				w.server.Say(0, "draw "+kind)
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

// With the whole content, from a check-in to the picture.
func TestTheWeeksArriveAsAPicture(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.startMet()
		for range 3 {
			for _, said := range []string{"/checkin", "5", "6", "work", "/skip"} {
				w.server.Say(0, said)
				synctest.Wait()
			}
			pass(25 * time.Hour)
		}
		w.server.Say(0, "/progress")
		synctest.Wait()
		w.server.Press(0, "Show me the weeks as a picture")
		synctest.Wait()
		files := w.server.Files(0)
		if len(files) != 1 {
			t.Fatalf("%d files arrived", len(files))
		}
		m, err := png.Decode(bytes.NewReader(files[0].Data))
		if err != nil || m.Bounds().Size() == (image.Point{}) {
			t.Error(err)
		}
	})
}
