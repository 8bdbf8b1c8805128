package bot_test

import (
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/flows"
	"kintsugi/store"
)

// said is an event with a handle.
func said(text, handle string) bot.Inbound {
	return bot.Inbound{Event: flows.Event{Kind: flows.Said, Text: text}, Handle: handle}
}

// handles gives the handles of what arrived at a person.
func (w *world) handles(person int) []string {
	var handles []string
	for _, m := range w.server.Arrived(person) {
		handles = append(handles, m.Handle)
	}
	return handles
}

func (w *world) wantHandles(person int, want ...string) {
	w.t.Helper()
	got := w.handles(person)
	if len(got) != len(want) {
		w.t.Fatalf("messages with the handles %q arrived, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			w.t.Errorf("message %d has the handle %q, want %q", i, got[i], want[i])
		}
	}
}

func TestTheFirstAnswerToAnEventHasItsHandle(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Bring(0, said("say 3", "a"))
		w.server.Bring(0, said("hello", "b"))
		w.server.Say(0, "hello")
		synctest.Wait()
		w.wantHandles(0, "a", "", "", "b", "")
	})
}

func TestAHandleWaitsWithItsMessage(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Fail(0, bottest.Later)
		w.server.Bring(0, said("say 2", "a"))
		synctest.Wait()
		p.kill()
		w.start()
		pass(2 * bottest.LaterBy)
		w.wantHeard(0, "1", "2")
		w.wantHandles(0, "a", "")
	})
}

func TestSomebodyWhoIsGoneIsLeftAlone(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await nap 1h")
		w.server.Say(0, "hello")
		synctest.Wait()
		w.server.Bring(0, bot.Inbound{Gone: true})
		synctest.Wait()
		if !w.person(0).Unreachable {
			t.Error("somebody who is gone counts as within reach")
		}
		pass(2 * time.Hour)
		w.wantHeard(0, "re: hello")
		w.server.Say(0, "back again")
		synctest.Wait()
		w.wantHeard(0, "re: hello", "re: back again")
		if n := w.server.Unacknowledged(); n != 0 || p.Stats().Quarantined != 0 {
			t.Errorf("%d events are not acknowledged, the counts are %+v", n, p.Stats())
		}
	})
}

func TestAStrangerWhoIsGoneIsNobody(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Bring(0, bot.Inbound{Gone: true})
		synctest.Wait()
		w.records(func(r *store.Records) error {
			if _, found, err := r.FindPerson(w.server.Address(0)); found || err != nil {
				t.Errorf("found: %t (%v)", found, err)
			}
			return nil
		})
		if n := w.server.Unacknowledged(); n != 0 {
			t.Errorf("%d events are not acknowledged", n)
		}
	})
}

func TestWhatCantBeReadIsPutAsideOnce(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		id := w.server.Bring(0, bot.Inbound{Unread: `{"secret": `})
		w.server.Redeliver(id)
		w.server.Say(0, "hello")
		synctest.Wait()
		w.wantHeard(0, "re: hello")
		found := w.quarantined()
		if len(found) != 1 || string(found[0].Payload) != `{"secret": ` || found[0].ID != id || found[0].Person != 0 {
			t.Errorf("in quarantine are %+v", found)
		}
		if n := p.Stats().Quarantined; n != 1 {
			t.Errorf("%d events count as quarantined, want 1", n)
		}
	})
}
