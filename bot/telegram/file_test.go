package telegram

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"

	"kintsugi/bot"
	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
)

func picture(t *testing.T) *bot.File { return pictureOf(t, 20, 10) }

func pictureOf(t *testing.T, width, height int) *bot.File {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return &bot.File{Name: "chart.png", Type: "image/png", Data: b.Bytes()}
}

func (w *world) withFile(id, text string, f *bot.File) bot.Outbound {
	m := w.reply(0, id, "", flows.Message{Text: text, Strong: []flows.Span{{From: 0, To: 3}}})
	m.File = f
	return m
}

func TestAPictureIsUploadedOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		mustSend(t, tg, w.withFile("a", "Two weeks of it.", picture(t)))
		id := tg.pictures.ids.order.Front()
		if id == nil {
			t.Fatal("no picture is remembered")
		}
		mustSend(t, tg, w.withFile("b", "Two weeks of it.", picture(t)))
		w.ForgetFiles()
		mustSend(t, tg, w.withFile("c", "Two weeks of it.", picture(t)))
		if n := w.Calls("sendPhoto"); n != 4 {
			t.Errorf("%d calls, want one more than pictures", n)
		}
		for i, m := range w.Log(0) {
			if m.Text != "Two weeks of it." || m.File == nil || len(m.Strong) != 1 || m.Strong[0] != "Two" {
				t.Errorf("picture %d arrived as %+v", i, m)
			}
		}
	})
}

func TestFilesGoOutAsWhatTheyAre(t *testing.T) {
	noise := pictureOf(t, 20, 10)
	noise.Data = append(noise.Data, make([]byte, pictureLimit)...)
	for name, c := range map[string]struct {
		file   *bot.File
		method string
	}{
		"a picture":                  {picture(t), "sendPhoto"},
		"text":                       {&bot.File{Name: "a.txt", Type: "text/plain", Data: []byte("a")}, "sendDocument"},
		"a picture that is too much": {noise, "sendDocument"},
		"a picture that is too long": {pictureOf(t, 2100, 100), "sendDocument"},
		"no picture after all":       {&bot.File{Name: "a.png", Type: "image/png", Data: []byte("a")}, "sendDocument"},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				mustSend(t, w.start(), w.withFile("a", "A file.", c.file))
				if w.Calls(c.method) != 1 || len(w.Log(0)) != 1 {
					t.Errorf("%d calls of %s, %d messages", w.Calls(c.method), c.method, len(w.Log(0)))
				}
				if got := w.Files(0); !bytes.Equal(got[0].Data, c.file.Data) {
					t.Error("it arrived changed")
				}
			})
		})
	}
}

func TestALongTextGoesBeforeItsFile(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		fits, long := strings.Repeat("🙂", captionUnits/2), strings.Repeat("🙂", captionUnits/2)+"."
		mustSend(t, tg, w.withFile("a", fits, picture(t)))
		mustSend(t, tg, w.withFile("b", long, picture(t)))
		log := w.Log(0)
		if len(log) != 3 || log[0].Text != fits || log[1].Text != long || log[1].File != nil || log[2].Text != "" || log[2].File == nil {
			t.Errorf("arrived as %d messages", len(log))
		}
	})
}

func TestAPhotoIsFetched(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		h := &handler{}
		receive(t, tg, h)
		w.SendPhoto(0, []byte("not quite a picture"), "a caption")
		pass(1)
		if h.count() != 1 || h.got[0].Event.Text != "a caption" {
			t.Fatalf("handed over %+v", h.got)
		}
		photo := h.got[0].Event.Photo
		for limit, want := range map[int64]string{1000: "not quite a picture", 2: "not"} {
			if got, err := tg.Fetch(t.Context(), photo, limit); err != nil || string(got) != want {
				t.Errorf("fetched %q: %v", got, err)
			}
		}
		if _, err := tg.Fetch(t.Context(), "nonsense", 10); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("fetching what is none: %v", err)
		}
		for _, method := range []string{"getFile", "file"} {
			for _, fault := range []telegramtest.Fault{telegramtest.ServerError, telegramtest.Unauthorized, telegramtest.BadGateway} {
				w.FailNext(method, fault, 1)
				if _, err := tg.Fetch(t.Context(), photo, 10); err == nil || kindOf(err) == bot.ErrRefused {
					t.Errorf("%s with fault %d: %v", method, fault, err)
				}
			}
		}
	})
}
