package discord

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kintsugi/bot"
	"kintsugi/flows"
)

func TestAPictureIsShownWithWhatItShows(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("a", "Your month: *better*.", func(m *bot.Outbound) {
			m.File = &bot.File{Name: "month.png", Type: "image/png", Data: []byte("\x89PNG")}
		})
		w.wantHeard("Your month: *better*.")
		if f := w.Files(0); len(f) != 1 || f[0].Name != "month.png" || f[0].Type != "image/png" {
			t.Errorf("the files are %+v", f)
		}
		p.say("b", "", func(m *bot.Outbound) { m.File = &bot.File{Name: "x", Type: "text/plain", Data: []byte("x")} })
		if err := p.trySay("c", "too large", func(m *bot.Outbound) { m.File = &bot.File{Data: make([]byte, maxFile+1)} }); !isRefused(err) {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestWhatIsNoMessageIsRefused(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		for _, text := range []string{"", " \n "} {
			if err := p.trySay("a", text, nil); !isRefused(err) {
				t.Errorf("%q: the error is %v", text, err)
			}
		}
		err := p.Send(context.Background(), bot.Outbound{To: addressOf("../x"), ID: "a", Message: flows.Message{Text: "x"}})
		if !errors.Is(err, bot.ErrUnreachable) {
			t.Errorf("the error is %v", err)
		}
		p.say("b", "", func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") })
	})
}

func TestNoncesAreShortAndDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range []string{"", "a", "b", strings.Repeat("x", 23), strings.Repeat("x", 24), strings.Repeat("x", 25), strings.Repeat("y", 60)} {
		for part := range 200 {
			n := nonce(id, part)
			if len(n) == 0 || len(n) > maxNonce || seen[n] {
				t.Fatalf("the nonce of %q, %d is %q", id, part, n)
			}
			seen[n] = true
			if again := nonce(id, part); again != n {
				t.Errorf("%q and then %q", n, again)
			}
		}
	}
}
