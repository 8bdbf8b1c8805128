package discord

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/discord/discordtest"
	"kintsugi/flows"
	"kintsugi/store"
)

const post = "POST /channels/{channel}/messages"

func TestASplitMessageSentAgainArrivesOnce(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		text := strings.TrimSpace(strings.Repeat("all work and no play ", 400))
		w.FailNext(post, discordtest.Fault{Arrives: true, Reset: true}, 1)
		for i := range 12 {
			if i%3 == 2 {
				w.FailNext(post, discordtest.Fault{Arrives: true, Status: 502}, 1)
			}
			if p.trySay("a", text, func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") }) == nil {
				break
			}
		}
		q := New(w.options) // another program does not know how far it came
		if err := q.Send(context.Background(), bot.Outbound{To: w.Address(0), ID: "a", Message: flows.Message{Text: text, Buttons: buttons("Yes")}}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(w.heard(), " "); got != text {
			t.Errorf("%d bytes arrived, want %d", len(got), len(text))
		}
		last := w.Heard(0)
		for i, m := range last {
			if want := i == len(last)-1; (len(m.Buttons) > 0) != want {
				t.Errorf("part %d has buttons: %v", i, m.Buttons)
			}
		}
	})
}

func TestAMessageThatReplacesIsAnEdit(t *testing.T) {
	replaces := func(m *bot.Outbound) { m.Message.Replaces, m.Message.Buttons = true, buttons("✓ One", "Two") }
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("a", "Which?", func(m *bot.Outbound) { m.Message.Buttons = buttons("One", "Two") })
		p.say("b", "Which?", replaces) // nothing says what was pressed: it is the last one
		w.wantHeard("Which?")
		if got := w.Heard(0)[0].Buttons[0].Label; got != "✓ One" {
			t.Errorf("the button is %q", got)
		}
		w.Press(0, "Two")
		p.want("pressed q.1")
		p.say("c", "Which, then?", func(m *bot.Outbound) {
			replaces(m)
			m.Handle, m.Message.Buttons = p.inbound()[0].Handle, nil
		})
		w.wantHeard("Which, then?")
		if got := w.Heard(0)[0]; len(got.Buttons) != 0 {
			t.Errorf("the buttons are %v", got.Buttons)
		}
		q := New(w.options) // another program does not know the last one
		m := bot.Outbound{To: w.Address(0), ID: "d", Message: flows.Message{Text: "Which?"}}
		replaces(&m)
		if err := q.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
		w.wantHeard("Which, then?", "Which?")
	})
}

func TestAnEditOfWhatIsGoneIsANewMessage(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("b", "Which?", func(m *bot.Outbound) { m.Message.Replaces, m.Handle = true, "b:12345" })
		w.wantHeard("Which?")
	})
}

func TestAnEditCanFailAsASendCan(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("a", "Which?", func(m *bot.Outbound) { m.Message.Buttons = buttons("One") })
		w.FailNext("PATCH /channels/{channel}/messages/{message}", discordtest.Fault{Arrives: true, Reset: true}, 1)
		replaces := func(m *bot.Outbound) { m.Message.Replaces = true }
		if err := p.trySay("b", "That one.", replaces); !errors.Is(err, bot.ErrAmbiguous) {
			t.Errorf("the error is %v", err)
		}
		p.say("b", "That one.", replaces)
		w.wantHeard("That one.")
	})
}

func TestNewButtonsTakeThePlaceOfOldOnes(t *testing.T) {
	ask := func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") }
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("a", "One?", ask)
		p.say("b", "By the way.", nil)
		p.say("c", "A nudge.", func(m *bot.Outbound) { m.Lane = store.NudgeLane })
		after(time.Second)
		if len(w.Heard(0)[0].Buttons) != 1 {
			t.Fatal("the buttons went too soon")
		}
		p.say("d", "Two?", ask)
		after(time.Second)
		got := w.Heard(0)
		if len(got[0].Buttons) != 0 || got[0].Text != "One?" || len(got[3].Buttons) != 1 {
			t.Errorf("there stands %+v", got)
		}
	})
}

func TestWhatComesByItselfLeavesAQuestionsButtons(t *testing.T) {
	ask := func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") }
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("a", "One?", ask)
		p.say("b", "A nudge.", func(m *bot.Outbound) {
			ask(m)
			m.Lane = store.NudgeLane
		})
		after(time.Minute)
		if got := w.Heard(0); len(got[0].Buttons) != 1 || len(got[1].Buttons) != 1 {
			t.Errorf("there stands %+v", got)
		}
	})
}

func TestAnAnswerInWordsTakesTheButtonsAway(t *testing.T) {
	said := map[string]func(*world){
		"words":     func(w *world) { w.Say(0, "yes, I do") },
		"a command": func(w *world) { w.Command(0, "journal", "") },
	}
	for name, say := range said {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				p := w.run(nil)
				p.say("a", "One?", func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") })
				say(w)
				after(time.Second)
				h := p.inbound()[0].Handle
				p.say("b", "Good.", func(m *bot.Outbound) { m.Handle = h })
				after(time.Second)
				w.wantHeard("One?", "Good.")
				if got := w.Heard(0)[0]; len(got.Buttons) != 0 {
					t.Errorf("there stands %+v", got)
				}
			})
		})
	}
}

func TestAnAnswerInWordsLeavesWhatWasAskedSince(t *testing.T) {
	ask := func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") }
	for _, more := range []bool{false, true} { // the reply asks something too
		in(t, func(w *world) {
			p := w.run(nil)
			w.Say(0, "an answer")
			after(time.Second)
			p.say("a", "A nudge?", func(m *bot.Outbound) {
				ask(m)
				m.Lane = store.NudgeLane
			})
			p.say("b", "Good.", func(m *bot.Outbound) {
				m.Handle = p.inbound()[0].Handle
				if more {
					ask(m)
				}
			})
			after(time.Minute)
			if got := w.Heard(0)[0]; len(got.Buttons) != 1 {
				t.Errorf("there stands %+v", got)
			}
		})
	}
}

func TestWhatIsNoAnswerLeavesTheButtons(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Say(0, "something")
		p.say("a", "One?", func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") })
		w.Edit(0, "something else")
		w.SendPhoto(0, []byte("\xff\xd8\xff"), "")
		after(time.Second)
		for i, in := range p.inbound()[1:] {
			p.say(string(rune('b'+i)), "I see.", func(m *bot.Outbound) { m.Handle = in.Handle })
		}
		after(time.Minute)
		if got := w.Heard(0); len(got) != 3 || len(got[0].Buttons) != 1 {
			t.Errorf("there stands %+v", got)
		}
	})
}

func TestWhatCantBeEditedIsReplacedByANewMessage(t *testing.T) {
	const patch = "PATCH /channels/{channel}/messages/{message}"
	for name, fault := range map[string]discordtest.Fault{
		"too old and too often": {Status: 429, Code: codeTooManyEdits, RetryAfter: 30 * time.Minute},
		"not ours":              {Status: 403, Code: codeNotOurs},
		"of another kind":       {Status: 400, Code: 50021},
	} {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				p := w.run(nil)
				ask := func(m *bot.Outbound) { m.Message.Buttons = buttons("One") }
				p.say("a", "Which?", ask)
				w.FailNext(patch, fault, 1)
				p.say("b", "This one?", func(m *bot.Outbound) {
					ask(m)
					m.Message.Replaces = true
				})
				after(time.Minute)
				w.wantHeard("Which?", "This one?")
				if got := w.Heard(0); len(got[0].Buttons) != 0 || len(got[1].Buttons) != 1 {
					t.Errorf("there stands %+v", got)
				}
			})
		})
	}
}

func TestPartsThatArrivedAreNotSentAgain(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		text := strings.Repeat("all work and no play ", 250) // three parts
		p.say("warm", text, nil)
		whole := w.Calls(post)
		p.sent.arrive("a", whole-1, whole)
		p.say("a", text, nil)
		if n := w.Calls(post); n != whole+1 {
			t.Errorf("%d calls, want %d", n, whole+1)
		}
		p.say("a", text, nil) // it is forgotten once all has arrived
		if n := w.Calls(post); n != 2*whole+1 {
			t.Errorf("%d calls, want %d", n, 2*whole+1)
		}
	})
}

func TestAStripThatFailsHurtsNobody(t *testing.T) {
	ask := func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") }
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("a", "One?", ask)
		w.FailNext("PATCH /channels/{channel}/messages/{message}", discordtest.Fault{Status: 403, Code: codeMissingAccess}, 1)
		p.say("b", "Two?", ask)
		after(time.Minute)
		p.say("c", "Three?", ask)
		after(time.Minute)
		got := w.Heard(0)
		if len(got[0].Buttons) != 1 || len(got[1].Buttons) != 0 || len(got[2].Buttons) != 1 {
			t.Errorf("there stands %+v", got)
		}
	})
}
