package discord

import (
	"testing"

	"kintsugi/bot/discord/discordtest"
)

func TestAPhotoIsFetched(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		data := []byte("\x89PNG\r\n\x1a\n and so on")
		w.SendPhoto(0, data, "the lake")
		p.want("sent photo")
		photo := p.inbound()[0].Event.Photo
		after(48 * 60 * 60e9) // its first address is long stale
		got, err := p.Fetch(w.t.Context(), photo, 1000)
		if err != nil || string(got) != string(data) {
			t.Errorf("fetched %q, %v", got, err)
		}
		if got, err := p.Fetch(w.t.Context(), photo, 4); err != nil || len(got) != 5 {
			t.Errorf("fetched %d bytes of 4 and one, %v", len(got), err)
		}
		w.Unsay(0)
		for _, gone := range []string{photo, "", "x", "1/2/x", "1/2", "../../x/2/3", aPhoto} {
			if _, err := p.Fetch(w.t.Context(), gone, 10); !isRefused(err) {
				t.Errorf("fetching %q: %v", gone, err)
			}
		}
	})
}

func TestAPhotoThatCantBeHadNowIsToBeTriedAgain(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.SendPhoto(0, []byte("\xff\xd8\xff"), "")
		p.want("sent photo")
		w.FailNext("GET /channels/{channel}/messages/{message}", discordtest.Fault{Status: 502}, 1)
		if _, err := p.Fetch(w.t.Context(), p.inbound()[0].Event.Photo, 10); err == nil || isRefused(err) {
			t.Errorf("the error is %v", err)
		}
	})
}
