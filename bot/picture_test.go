package bot_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"
	"testing/synctest"
	"time"
)

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
