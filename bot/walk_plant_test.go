package bot_test

import (
	"slices"
	"strings"
	"testing"

	"kintsugi/flows"
)

// planted makes something of a step that must not be.
type planted func(t flows.Turn, s flows.Session, effects []flows.Effect) (flows.Session, []flows.Effect)

// oddEffect is one that nobody knows.
type oddEffect struct{ flows.Effect }

// altered gives a plant that changes each message.
func altered(change func(m *flows.Message)) planted {
	return func(_ flows.Turn, s flows.Session, effects []flows.Effect) (flows.Session, []flows.Effect) {
		for i, e := range effects {
			if say, ok := e.(flows.Say); ok {
				say.Buttons = slices.Clone(say.Buttons)
				change(&say.Message)
				effects[i] = say
			}
		}
		return s, effects
	}
}

// plantedInWalks are what must not be, with what is said of it.
var plantedInWalks = map[string]struct {
	plant planted
	says  string
}{
	"a raw template": {altered(func(m *flows.Message) { m.Text = strings.Replace(m.Text, "today", "{{.today}}", 1) }), `"{{" stands in`},
	"a value that is missing": {altered(func(m *flows.Message) {
		for i, b := range m.Buttons {
			m.Buttons[i].Label = strings.Replace(b.Label, "Not", "%!s(MISSING)", 1)
		}
	}), `"%!" stands in`},
	"a third time": {altered(func(m *flows.Message) {
		if strings.HasPrefix(m.Text, "That button is from further up") {
			m.Text = strings.Replace(m.Text, "That button is from further up, and changes nothing now.", "That button belongs to an earlier question.", 1)
		}
	}), "said 3 times"},
	"a label that is too long": {altered(func(m *flows.Message) {
		for i, b := range m.Buttons {
			if b.Label == "Another time" {
				m.Buttons[i].Label = strings.Repeat("Another time ", 7)
			}
		}
	}), "a label of "},
	"a text that is too long": {altered(func(m *flows.Message) {
		if len(m.Buttons) > 4 {
			m.Text += strings.Repeat(" and so on", 160)
		}
	}), "characters of ours"},
	"an empty message":   {altered(func(m *flows.Message) { m.Text = strings.TrimPrefix(m.Text, "Closed.") }), "without a text"},
	"a label of nothing": {altered(func(m *flows.Message) { blank(m, 1) }), "without a label"},
	"two alike": {altered(func(m *flows.Message) {
		if len(m.Buttons) > 2 {
			m.Buttons[2].Label = m.Buttons[1].Label
		}
	}), "two buttons"},
	"silence": {func(t flows.Turn, s flows.Session, effects []flows.Effect) (flows.Session, []flows.Effect) {
		if t.Event.Text == "/back" {
			return s, slices.DeleteFunc(effects, func(e flows.Effect) bool { _, ok := e.(flows.Say); return ok })
		}
		return s, effects
	}, "no answer to"},
	"no end": {func(t flows.Turn, s flows.Session, effects []flows.Effect) (flows.Session, []flows.Effect) {
		if before := t.Session; before.Front != nil && s.Front == nil && t.Event.Kind != flows.Nudged {
			return before, []flows.Effect{say("What else? " + t.Now.String())}
		}
		return s, effects
	}, "does not end"},
	"an effect that nobody knows": {func(t flows.Turn, s flows.Session, effects []flows.Effect) (flows.Session, []flows.Effect) {
		if t.Event.Text == "/repeat" {
			effects = append(effects, oddEffect{})
		}
		return s, effects
	}, "put aside"},
	"a panic": {func(t flows.Turn, s flows.Session, effects []flows.Effect) (flows.Session, []flows.Effect) {
		if t.Event.Text == "/help" {
			panic("here")
		}
		return s, effects
	}, "put aside"},
}

func blank(m *flows.Message, i int) {
	if len(m.Buttons) > i {
		m.Buttons[i].Label = " \u200b"
	}
}

// mostPlantedWalks is how many walks it may take to find out what must not be.
const mostPlantedWalks = 400

func TestWalksFindOutWhatMustNotBe(t *testing.T) {
	g := newGround(t)
	for name, test := range plantedInWalks {
		t.Run(name, func(t *testing.T) {
			g.plant = test.plant
			for seed := range mostPlantedWalks {
				w := g.walk(t, seed)
				if len(w.wrong) == 0 {
					continue
				}
				if got := w.wrong[0].Error(); !strings.Contains(got, test.says) {
					t.Errorf("found out %q, want %q", got, test.says)
				}
				t.Logf("found after %d walks", seed+1)
				return
			}
			t.Errorf("%d walks tell nothing of it", mostPlantedWalks)
		})
	}
}
