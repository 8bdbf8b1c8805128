package bot_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/flows"
	"kintsugi/store"
)

// code has a code made for a person, and gives it.
func (w *world) code(person int) string {
	w.t.Helper()
	w.server.Say(person, "code move")
	synctest.Wait()
	texts := w.server.Texts(person)
	if len(texts) == 0 || strings.Count(texts[len(texts)-1], "-") != 3 {
		w.t.Fatalf("there is no code in %q", texts)
	}
	return texts[len(texts)-1]
}

// wantLast makes sure what was said to a person last.
func (w *world) wantLast(person int, want ...string) {
	w.t.Helper()
	got := w.server.Texts(person)
	got = got[max(0, len(got)-len(want)):]
	if strings.Join(got, "|") != strings.Join(want, "|") {
		w.t.Errorf("person %d heard %q last, want %q", person, got, want)
	}
}

func (w *world) wantPeople(want int) {
	w.t.Helper()
	w.records(func(r *store.Records) error {
		n, err := r.CountPeople()
		if n != want {
			w.t.Errorf("%d people are known, want %d", n, want)
		}
		return err
	})
}

const movedHere, movedAway = "moved-here in en", "moved-away in en"

func TestACodeMovesThePersonWithAllTheyKeep(t *testing.T) {
	for _, how := range []string{"/move ", "/start ", ""} {
		for _, begun := range []bool{false, true} {
			inWorld(t, false, func(w *world) {
				w.start()
				w.server.Say(0, "know name Ada")
				w.server.Say(0, "remind 0 9 * * *")
				synctest.Wait()
				if begun {
					w.server.Say(1, "hi")
				}
				code := w.code(0)
				w.server.Say(1, how+code)
				synctest.Wait()
				w.wantLast(0, code, movedAway)
				w.wantLast(1, movedHere, "opened")
				w.wantPeople(1)
				if w.server.Forgotten(0) != 1 || w.server.Forgotten(1) > 0 {
					t.Error("the old chat is remembered, or the new one is not")
				}
				if p := w.person(1); p.Name != "Ada" || w.person(0).ID != 0 {
					t.Errorf("%+v is there", p)
				}
				w.wantSaid(1, "know name Ada", "remind 0 9 * * *")
				heard := len(w.server.Texts(0))
				pass(24 * time.Hour)
				w.wantLast(1, "eat at 1 09:00")
				w.server.Say(1, "hello")
				synctest.Wait()
				w.wantLast(1, "re: hello")
				if n := len(w.server.Texts(0)); n != heard {
					t.Errorf("the old chat heard %q", w.server.Texts(0)[heard:])
				}
				w.server.Say(0, "who are you")
				synctest.Wait()
				w.wantSaid(0, "who are you")
				w.wantPeople(2)
			})
		}
	}
}

func TestACodeThatIsNotGoodMovesNobody(t *testing.T) {
	cases := map[string]func(w *world, code string){
		"used before": func(w *world, code string) {
			w.server.Say(2, "/move "+code)
			w.server.Say(2, "hello")
		},
		"an hour old":   func(w *world, _ string) { pass(time.Hour) },
		"not the last":  func(w *world, _ string) { w.code(0) },
		"taken back":    func(w *world, _ string) { w.server.Say(0, "uncode move") },
		"of the gone":   func(w *world, _ string) { w.server.Say(0, "delete") },
		"of other kind": func(w *world, _ string) { w.server.Say(0, "uncode move"); w.server.Say(0, "code pair") },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				w.start()
				w.server.Say(0, "hello")
				code := w.code(0)
				spoil(w, code)
				synctest.Wait()
				w.server.Say(1, code) // nobody yet
				w.server.Say(3, "hi")
				w.server.Say(3, code) // just begun
				w.server.Say(4, "hello")
				w.server.Say(4, code) // long here
				synctest.Wait()
				for _, person := range []int{1, 3, 4} {
					w.wantLast(person, "code-wrong in en")
				}
				if w.person(1).ID != 0 {
					t.Error("a stranger with a wrong code is known")
				}
				w.wantSaid(4, "hello")
			})
		})
	}
}

func TestAnAccountThatKeepsSomethingIsNotReplaced(t *testing.T) {
	for name, kept := range map[string]string{"an entry": "hello", "a nudge": "remind 0 9 * * *"} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				w.start()
				w.server.Say(0, "hello")
				code := w.code(0)
				w.server.Say(1, kept)
				w.server.Say(1, "/move "+code)
				synctest.Wait()
				w.wantLast(1, "move-own in en")
				w.wantSaid(1, kept)
				w.wantPeople(2)
				w.server.Say(1, "delete")
				w.server.Say(1, code) // it still works
				synctest.Wait()
				w.wantLast(1, movedHere, "opened")
				w.wantSaid(1, "hello")
				w.wantPeople(1)
			})
		})
	}
}

func TestAnAccountKnownForLongIsNotReplaced(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(1, "code other") // met, and nothing kept
		pass(25 * time.Hour)
		code := w.code(0)
		w.server.Say(1, code)
		synctest.Wait()
		w.wantLast(1, "move-own in en")
	})
}

func TestACodeSentWhereItWasMadeChangesNothing(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		code := w.code(0)
		w.server.Say(0, code)
		synctest.Wait()
		w.wantLast(0, "move-same in en")
		w.server.Say(1, code)
		synctest.Wait()
		w.wantLast(1, movedHere, "opened")
	})
}

func TestAMoveHandedOverAgainIsDoneOnce(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		id := w.server.Happen(1, flows.Event{Kind: flows.Said, Text: w.code(0)})
		synctest.Wait()
		w.server.Redeliver(id)
		synctest.Wait()
		w.wantHeard(1, movedHere, "opened")
	})
}

func TestGuessingACodeIsSlowed(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		code := w.code(0)
		for range 5 {
			w.server.Say(1, "/move 00002-00000-00000-00000")
		}
		w.server.Say(1, code)
		synctest.Wait()
		w.wantLast(1, "code-wrong in en")
		w.server.Say(2, code) // another's guesses are not counted
		synctest.Wait()
		w.wantLast(2, movedHere, "opened")
		pass(time.Hour)
		again := w.code(2)
		w.server.Say(1, again)
		synctest.Wait()
		w.wantLast(1, movedHere, "opened")
	})
}

func TestACodeLetsIn(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(allow(bot.Allow{People: []string{"fake:person-0"}}))
		code := w.code(0)
		for range 6 {
			w.server.Say(1, "/move 00002-00000-00000-00000")
		}
		w.server.Say(2, code)
		synctest.Wait()
		w.wantHeard(1, "code-wrong in en", "code-wrong in en", "code-wrong in en", "code-wrong in en", refused)
		w.wantHeard(2, movedHere, "opened")
		w.server.Say(2, "hello")
		w.server.Say(0, "hello") // named, and so welcome as somebody new
		synctest.Wait()
		w.wantLast(2, "re: hello")
		w.wantSaid(0, "hello")
	})
}

func TestAMoveGoesToAnotherPlatform(t *testing.T) {
	inWorld(t, false, func(w *world) {
		other := bottest.NewFake("other", false)
		w.start(func(o *bot.Options, _ *mortal) { o.Platforms = append(o.Platforms, other.Connect()) })
		w.server.Say(0, "await a 2h")
		other.Say(0, w.code(0))
		synctest.Wait()
		if got := strings.Join(other.Texts(0), "|"); got != movedHere+"|opened" {
			t.Errorf("the new chat heard %q", got)
		}
		w.wantLast(0, movedAway)
		pass(3 * time.Hour)
		if got := other.Texts(0); got[len(got)-1] != "lapsed a" {
			t.Errorf("the new chat heard %q", got)
		}
	})
}

// What was not sent yet goes to the new chat: what waits, and what a sender has in hand.
func TestWhatIsOwedGoesToTheNewChat(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		code := w.code(0)
		release := w.server.Hold(0)
		w.server.Say(0, "say 3")
		synctest.Wait()
		w.server.Say(1, code)
		synctest.Wait()
		release()
		pass(settling)
		w.wantLast(0, code, movedAway, "1") // it was on its way
		w.wantHeard(1, movedHere, "opened", "2", "3")
		w.wantOutbox(0, false)
		if n := p.Stats().GivenUp; n != 0 {
			t.Errorf("%d messages were given up", n)
		}
	})
}

func TestWhatWaitedForTheOldChatDoesNotWaitForTheNewOne(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(allow(bot.Allow{}))
		code := w.code(0)
		w.server.Fail(0, bottest.Later)
		w.server.Say(0, "say 2")
		synctest.Wait()
		w.server.Say(1, code)
		pass(time.Second) // the old chat was to wait for 30
		w.wantHeard(1, "1", "2", movedHere, "opened")
		for i, want := range []string{"", "", "handle of person-1", ""} {
			if got := w.server.Arrived(1)[i].Handle; got != want {
				t.Errorf("message %d answers %q, want %q", i, got, want)
			}
		}
	})
}

// Whoever can't be reached in the chat that they left can be in the other.
func TestABlockOfTheOldChatDoesNotReachTheNewOne(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		code := w.code(0)
		release := w.server.Hold(0)
		w.server.Fail(0, bottest.Unreachable)
		w.server.Fail(0, bottest.Unreachable)
		w.server.Say(0, "say 2")
		synctest.Wait()
		w.server.Say(1, code)
		synctest.Wait()
		release()
		pass(settling)
		if w.person(1).Unreachable {
			t.Error("they count as unreachable")
		}
		w.wantHeard(1, movedHere, "opened", "2")
		w.wantOutbox(0, false)
		w.server.Say(1, "hello")
		synctest.Wait()
		w.wantLast(1, "re: hello")
	})
}

func TestTheOldChatHearsOfItWhenItsPlatformFailsAtFirst(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		code := w.code(0)
		w.server.Fail(0, bottest.Temporary)
		w.server.Fail(0, bottest.Later)
		w.server.Say(1, code)
		pass(time.Minute)
		w.wantLast(0, code, movedAway)
	})
}

// A check on the new account that closed something is not undone by the old one's.
func TestWhatACheckClosedStaysClosed(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		code := w.code(0)
		w.server.Say(1, "hi")
		synctest.Wait()
		w.change(func(r *store.Records) error {
			id, _, err := r.FindPerson(w.server.Address(1))
			if err != nil {
				return err
			}
			p, err := r.Person(id)
			if err != nil {
				return err
			}
			p.About = map[string]string{"safety": "worrying 2000-01-01"}
			return r.PutPerson(p)
		})
		w.server.Say(1, code)
		synctest.Wait()
		if got := w.person(1).About["safety"]; got != "worrying 2000-01-01" {
			t.Errorf("the check is %q", got)
		}
	})
}

func TestACrashInAMoveLeavesOneOrTheOther(t *testing.T) {
	for after := range 4 {
		inWorld(t, false, func(w *world) {
			p := w.start()
			w.server.Say(0, "hello")
			code := w.code(0)
			p.disk.killAfter(after+1, w.server.Crash)
			w.server.Say(1, code)
			synctest.Wait()
			_ = p.stop()
			w.start()
			pass(time.Minute)
			w.wantPeople(1)
			w.wantSaid(1, "hello")
			w.wantLast(1, movedHere, "opened")
		})
	}
}
