package bot_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"golang.org/x/tools/txtar"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/flows/exchange"
	"kintsugi/store"
)

// insisting takes steps as the content has them, but does whatever effect it is told to:
// the flows ask for no move that can't be made.
type insisting struct {
	bot.Stepper
	effects map[string]flows.Effect // by what is said
}

func (s insisting) Step(t flows.Turn) (flows.Session, []flows.Effect) {
	if e, ok := s.effects[t.Event.Text]; ok {
		return t.Session, []flows.Effect{e}
	}
	return s.Stepper.Step(t)
}

// linkedPair lets Mara and Tom be linked, as in their life, and then plays a script.
func linkedPair(w *world, script string, effects map[string]flows.Effect) *lived {
	return pairUpTo(w, "\n@ 2026-03-03", script, effects)
}

// pairUpTo plays their life up to a line, and then a script.
func pairUpTo(w *world, line, script string, effects map[string]flows.Effect) *lived {
	w.t.Helper()
	book, err := flows.Load(content.FS, os.DirFS("testdata/flows"))
	if err != nil {
		w.t.Fatal(err)
	}
	life, err := txtar.ParseFile("testdata/lives/agreement.txtar")
	if err != nil {
		w.t.Fatal(err)
	}
	linking, _, _ := strings.Cut(string(life.Files[0].Data), line)
	l := &lived{world: w}
	l.p = w.start(func(o *bot.Options, _ *mortal) { o.Steps = insisting{book, effects} })
	l.play(linking)
	l.play(script)
	return l
}

const (
	marasProposal = `
@ 2026-03-03 18:00
> /tryagree
> [Something to count on]
> A message when it gets late.
> 30 March
> yes
> Ghent
> yes
> [Send it]
>> [Now]
`
	tomLooks = "\n>> [Now]\n" // which ends it
	tomsYes  = `
>> [Yes]
>> Ghent
>> yes
@ 2026-03-03 20:00
> [Now]
`
)

// record gives the one agreement that the couple keeps, as it stands there.
func (w *world) record() (state string, a exchange.Agreement, found bool) {
	w.t.Helper()
	w.records(func(r *store.Records) error {
		id, _, err := r.FindPerson(w.server.Address(0))
		if err != nil {
			return err
		}
		m, _, err := r.Member(id, store.Beside)
		if err != nil {
			return err
		}
		all, err := r.Exchanges(m.Couple)
		if err == nil && len(all) > 0 {
			state, found = string(all[0].State), true
			err = json.Unmarshal(all[0].State, &a)
		}
		return err
	})
	return state, a, found
}

// agreements gives somebody's copies, each as text, state and values.
func (w *world) agreements(person int) (copies []string) {
	w.t.Helper()
	w.records(func(r *store.Records) error {
		id, _, err := r.FindPerson(w.server.Address(person))
		if err != nil {
			return err
		}
		items, err := r.Items(id, "agreement")
		for _, i := range items {
			copies = append(copies, fmt.Sprint(i.ID, i.State, i.Text, string(i.Values)))
		}
		return err
	})
	return copies
}

func TestACoupleKeepsNoWordsOfAnAgreement(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, marasProposal+tomsYes, nil)
		state, a, found := w.record()
		if !found || a.Standing != exchange.Agreed || len(a.History) != 2 {
			t.Fatalf("kept is %+v", a)
		}
		if strings.Contains(state, "message") || strings.Contains(state, "text") {
			t.Errorf("it holds words: %s", state)
		}
		for person := range 2 {
			if all := w.agreements(person); len(all) != 1 || !strings.Contains(all[0], "A message when it gets late.") {
				t.Errorf("the copy of %d is %q", person, all)
			}
		}
	})
}

func TestAMoveThatIsOldOrNotTheirsChangesNothing(t *testing.T) {
	moves := map[string]flows.Effect{
		"old yes":     flows.AcceptAgreement{ID: 1, Version: 1},
		"old no":      flows.DeclineAgreement{ID: 1, Version: 1},
		"old end":     flows.EndAgreement{ID: 1, Version: 1},
		"old words":   flows.CounterAgreement{ID: 1, Version: 1, Text: "Other words.", Until: "2026-03-20"},
		"old day":     flows.RenewAgreement{ID: 1, Version: 1, Until: "2026-04-20"},
		"own yes":     flows.AcceptAgreement{ID: 1, Version: 2},
		"own no":      flows.DeclineAgreement{ID: 1, Version: 2},
		"own words":   flows.CounterAgreement{ID: 1, Version: 2, Text: "Other words.", Until: "2026-03-20"},
		"no such yes": flows.AcceptAgreement{ID: 7, Version: 1},
	}
	const tomsWords = `
>> [Something else instead]
>> A message when it gets very late.
>> [That day is fine]
>> Ghent
>> yes
>> [Send it]
`
	inWorld(t, false, func(w *world) {
		l := linkedPair(w, marasProposal+tomsWords, moves)
		l.play("> /agreements\n") // Mara's copy has Tom's words
		state, _, _ := w.record()
		copies := [2][]string{w.agreements(0), w.agreements(1)}
		inbox := w.newsOf(0)
		for said := range moves {
			who := 0
			if strings.HasPrefix(said, "own") {
				who = 1 // Tom has spoken last
			}
			l.act(who, said)
			if now, _, _ := w.record(); now != state {
				t.Errorf("%q has changed the record: %s", said, now)
			}
			for person, had := range copies {
				if now := w.agreements(person); strings.Join(now, "") != strings.Join(had, "") {
					t.Errorf("%q has changed the copy of %d: %s", said, person, now)
				}
			}
			if w.newsOf(1) != 0 || w.newsOf(0) != inbox {
				t.Errorf("%q was told", said)
			}
		}
	})
}

// newsOf counts what is in somebody's inbox.
func (w *world) newsOf(person int) (n int) {
	w.t.Helper()
	w.records(func(r *store.Records) error {
		id, _, err := r.FindPerson(w.server.Address(person))
		if err != nil {
			return err
		}
		news, err := r.NewsOf(id, 100)
		n = len(news)
		return err
	})
	return n
}

// Both see the same question, and press at the same time: one of them is first, and the
// other hears that something has changed.
func TestWhenBothPressAtOnceOneOfThemIsFirst(t *testing.T) {
	const review = `
@ 2026-03-29 18:30
> [Now]
> [Go on with it]
>> [Now]
>> [Go on with it]
`
	inWorld(t, false, func(w *world) {
		l := linkedPair(w, marasProposal+tomsYes+review, nil)
		l.server.Press(0, "Two more weeks")
		l.server.Press(1, "Four more weeks")
		synctest.Wait()
		pass(settling)
		_, a, _ := w.record()
		if a.Version != 3 {
			t.Fatalf("it was moved to version %d, want 3", a.Version)
		}
		told := strings.Join(append(w.server.Texts(0), w.server.Texts(1)...), "\n")
		if strings.Count(told, "It goes on, and its last day is") != 1 || strings.Count(told, "has changed in the meantime") != 1 {
			t.Errorf("they hear:\n%s", told)
		}
		l.play("> /agreements\n>> /agreements\n")
		until := "2026-04-13"
		if strings.Contains(w.agreements(0)[0], "2026-04-27") {
			until = "2026-04-27"
		}
		for person := range 2 {
			if own := w.agreements(person)[0]; !strings.Contains(own, `"until":"`+until) || !strings.Contains(own, `"version":3`) {
				t.Errorf("the copy of %d is %s", person, own)
			}
		}
	})
}

func TestACopyStaysWhenTheOtherOneIsDeleted(t *testing.T) {
	inWorld(t, false, func(w *world) {
		l := linkedPair(w, marasProposal+tomsYes, nil)
		had := w.agreements(0)
		tom := w.person(1).ID
		l.p.stop()
		w.change(func(r *store.Records) error { return r.DeletePerson(tom) })
		if now := w.agreements(0); strings.Join(now, "") != strings.Join(had, "") {
			t.Errorf("it is %s now", now)
		}
	})
}

// Whoever rests takes no turn when news comes: the first one has all of it.
func TestAProposalMayComeWithTheNewsOfBeingLinked(t *testing.T) {
	inWorld(t, false, func(w *world) {
		rest := map[string]flows.Effect{"rest": flows.Know{Field: flows.Pause, Value: flows.PauseOpen}}
		proposal, _ := strings.CutSuffix(marasProposal, tomLooks)
		l := pairUpTo(w, "\n> [Yes, link us]", "\n>> rest\n> [Yes, link us]\n"+proposal, rest)
		l.play(">> /partner\n>> [See what has come]\n>> [Show it]\n>> [No]\n")
		if told := strings.Join(w.server.Texts(1), "\n"); !strings.Contains(told, "You're linked with Mara now") || !strings.Contains(told, "“A message when it gets late.”") {
			t.Errorf("Tom hears:\n%s", told)
		}
		if _, a, found := w.record(); found {
			t.Errorf("it stands after a no: %+v", a)
		}
	})
}

func TestOfAnAgreementOnlyTheLastMoveIsTold(t *testing.T) {
	const takenBack = `
> /agreements
> A message
> [Take it back]
`
	inWorld(t, false, func(w *world) {
		before, _ := strings.CutSuffix(marasProposal, tomLooks)
		l := linkedPair(w, before+takenBack, nil)
		l.play(">> /partner\n")
		if n := w.newsOf(1); n != 0 {
			t.Errorf("there are %d things to tell of what was taken back unseen", n)
		}
	})
	inWorld(t, false, func(w *world) {
		l := linkedPair(w, marasProposal+">> [Not now]\n"+takenBack, nil)
		l.play(">> /partner\n>> [See what has come]\n")
		if told := w.server.Texts(1); !strings.Contains(told[len(told)-1], "Mara has taken this back") {
			t.Errorf("Tom hears %q", told[len(told)-1])
		}
	})
}

// Whether Mara has left, rests, or has had it closed by the safety check: what Tom does with
// what she proposed looks the same to him.
func TestTheOtherSideLooksTheSameWhateverBecameOfWhoProposed(t *testing.T) {
	const tomGoesOn = `
>> [Yes]
>> Ghent
>> yes
>> /agreements
>> A message
>> [Leave it as it is]
@ 2026-03-29 18:30
>> [Now]
>> [Go on with it]
>> [Two more weeks]
>> /agreements
>> A message
>> [End it now]
>> /agreements
@ 2026-03-31 12:00
`
	fates := map[string]flows.Effect{
		"stays": flows.Know{}, "leaves": flows.Unlink{}, "is deleted": flows.Delete{},
		"rests":     flows.Know{Field: flows.Pause, Value: flows.PauseOpen},
		"is closed": flows.Know{Field: "safety", Value: "worrying 2026-03-03"},
	}
	heard := map[string]string{}
	for fate := range fates {
		inWorld(t, false, func(w *world) {
			l := linkedPair(w, marasProposal, fates)
			l.play("> " + fate + "\n" + tomGoesOn)
			heard[fate] = strings.Join(w.server.Texts(1), "\n")
		})
	}
	if !strings.Contains(heard["stays"], "It has ended.") {
		t.Fatalf("Tom hears:\n%s", heard["stays"])
	}
	for fate, what := range heard {
		if what != heard["stays"] {
			t.Errorf("Mara %s, and Tom hears:\n%s", fate, what)
		}
	}
}
