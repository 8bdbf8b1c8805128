package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/store"
	"kintsugi/store/memory"
)

// serve runs the whole program but for its command line, on a store of its own.
func (w *world) serve(book *flows.Book, s *store.Store) (stop func()) {
	w.options.Words = book
	service := bot.New(bot.Options{Store: s, Steps: book, Platforms: []bot.Platform{New(w.options)}, Log: w.options.Log})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- service.Run(ctx) }()
	if !w.Await(time.Minute) {
		w.t.Fatal("the bot does not connect")
	}
	return func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Error(err)
		}
	}
}

func TestAConversationGoesOnOverRestarts(t *testing.T) {
	book, err := flows.Open(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	in(t, func(w *world) {
		s, err := store.Open(context.Background(), memory.New(), store.NewMasterKey())
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		stop := w.serve(book, s)
		w.Command(0, "start", "")
		for range 20 { // whatever is asked, the first choice, or a word
			after(3 * time.Second)
			said := w.Heard(0)
			if len(said) == 0 {
				t.Fatalf("nothing was said: %s", w.log)
			}
			if last := said[len(said)-1]; len(last.Buttons) > 0 {
				w.Press(0, last.Buttons[0].Label)
			} else {
				w.Say(0, "Berlin")
			}
		}
		after(time.Minute)
		before := len(w.Heard(0))
		stop()
		w.Say(0, "/help")
		stop = w.serve(book, s)
		defer stop()
		after(time.Minute)
		heard := w.Heard(0)
		if len(heard) <= before || !strings.Contains(heard[len(heard)-1].Text+heard[before].Text, "/") {
			t.Errorf("after the restart was said %+v", heard[before:])
		}
		w.Command(0, "export", "")
		after(time.Minute)
		last := w.Heard(0)[len(w.Heard(0))-1]
		w.Press(0, last.Buttons[0].Label)
		after(time.Minute)
		if len(w.Files(0)) != 2 || w.Thinking(0) != 0 || w.Unanswered() != 0 {
			t.Errorf("%d files, %d are thinking, %d not answered", len(w.Files(0)), w.Thinking(0), w.Unanswered())
		}
		for _, m := range w.Heard(0) {
			if len(m.Buttons) > 0 {
				t.Errorf("what was answered still has buttons: %+v", m)
			}
		}
		if text := w.log.String(); strings.Contains(text, "level=ERROR") {
			t.Errorf("the log has errors: %s", text)
		}
	})
}
