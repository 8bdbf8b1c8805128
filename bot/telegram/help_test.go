package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
	"kintsugi/store"
)

var errNotNow = errors.New("not now")

// inWorld runs a test in virtual time.
func inWorld(t *testing.T, test func(t *testing.T, w *world)) {
	synctest.Test(t, func(t *testing.T) { test(t, newWorld(t)) })
}

// handler keeps what is handed over. answer, if it is set, says what becomes of it.
type handler struct {
	answer func(ctx context.Context, in bot.Inbound) error

	mu  sync.Mutex // guards got
	got []bot.Inbound
}

func (h *handler) handle(ctx context.Context, in bot.Inbound) error {
	h.mu.Lock()
	h.got = append(h.got, in)
	h.mu.Unlock()
	if h.answer == nil {
		return nil
	}
	return h.answer(ctx, in)
}

// texts gives what was said, in the order of handing over.
func (h *handler) texts() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var texts []string
	for _, in := range h.got {
		texts = append(texts, in.Event.Text)
	}
	return fmt.Sprint(texts)
}

func (h *handler) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.got)
}

// receive begins to receive. stop ends it, and gives what it returned.
func receive(t *testing.T, tg *Telegram, h *handler) (stop func() error) {
	ctx, cancel := context.WithCancel(t.Context())
	var receiving sync.WaitGroup
	var err error
	receiving.Go(func() { err = tg.Receive(ctx, h.handle) })
	stop = func() error {
		cancel()
		receiving.Wait()
		return err
	}
	t.Cleanup(func() { _ = stop() })
	return stop
}

// pass lets virtual time pass.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// reply is a message to a person that answers an event.
func (w *world) reply(person int, id, handle string, m flows.Message) bot.Outbound {
	w.Open(person)
	return bot.Outbound{To: w.Address(person), ID: id, Handle: handle, Lane: store.ReplyLane, Message: m}
}

func mustSend(t *testing.T, tg *Telegram, m bot.Outbound) {
	t.Helper()
	if err := tg.Send(t.Context(), m); err != nil {
		t.Fatal("sending:", err)
	}
}

// last gives the last message that was sent to a person.
func (w *world) last(t *testing.T, person int) telegramtest.Sent {
	t.Helper()
	log := w.Log(person)
	if len(log) == 0 {
		t.Fatal("nothing was sent")
	}
	return log[len(log)-1]
}

func buttons(labels ...string) []flows.Button {
	var list []flows.Button
	for i, l := range labels {
		list = append(list, flows.Button{Token: fmt.Sprintf("1.%d", i), Label: l})
	}
	return list
}
