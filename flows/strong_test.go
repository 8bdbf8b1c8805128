package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kintsugi/flows"
)

// strongIn gives the words of a message that stand out.
func strongIn(m flows.Message) []string {
	var out []string
	for _, s := range m.Strong {
		out = append(out, m.Text[s.From:s.To])
	}
	return out
}

func TestWordsBetweenMarksStandOut(t *testing.T) {
	tests := map[string]struct {
		text, want string
		strong     []string
	}{
		"nothing":              {"Ring 999.", "Ring 999.", nil},
		"a few words":          {"Ring **999** or **112**.", "Ring 999 or 112.", []string{"999", "112"}},
		"all of it":            {"**Now**", "Now", []string{"Now"}},
		"space around":         {"a** b **c", "a b c", []string{"b"}},
		"nothing between":      {"a****b", "ab", nil},
		"one star":             {"2 * 3 * 4", "2 * 3 * 4", nil},
		"with the name":        {"Hello, **{{.person.name}}**.", "Hello, Ann.", []string{"Ann"}},
		"around an if":         {"**{{if .person.met}}yes{{else}}no{{end}}**", "yes", []string{"yes"}},
		"in an if":             {"{{if .person.met}}**yes**{{else}}no{{end}}", "yes", []string{"yes"}},
		"one in another":       {"**a {{with .person.name}}**{{.}}**{{end}} b** c", "a Ann b c", []string{"a Ann b"}},
		"in what is filled in": {`**a** {{"**b**"}} **c**`, "a **b** c", []string{"a", "c"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newChat(t, bookOf(t, fmt.Sprintf("{id: test.own, command: tryown, title: Own, does: own, steps: [{id: a, say: %q}]}", test.text)))
			if got := c.say("/tryown"); got != test.want || !slices.Equal(strongIn(c.last()), test.strong) {
				t.Errorf("said %q with %q, want %q with %q", got, strongIn(c.last()), test.want, test.strong)
			}
		})
	}
}

const markingFlow = `
id: test.own
command: tryown
title: "Own **things**"
does: own **things**
steps:
  - id: what
    ask: "**What** is it?"
    save: it
  - id: which
    ask: "You said {{.it}}. **Which** one?"
    type: choice
    choices: [{one: "The **one**"}, {other: "The other"}]
    skip: "**Neither**"
    save: one
  - id: kept
    record: thing
    text: "**{{.it}}** and {{.one}}"
  - id: made
    promise: "**{{.it}}**"
    as: mine
  - id: end
    end: "“{{.it}}” was **written** down, with {{.one}}."
`

func TestWhatAPersonWritesIsNotMarked(t *testing.T) {
	for _, words := range []string{"**bold** and **more", "\ufdd0bold\ufdd1 and \ufdd1more\ufdd0", "**", "\ufdd1"} {
		c := newChat(t, bookOf(t, markingFlow))
		c.say("/tryown")
		c.say(words + " words")
		plain := strings.NewReplacer("\ufdd0", "", "\ufdd1", "").Replace(words + " words")
		if got, want := strongIn(c.last()), []string{"Which"}; !slices.Equal(got, want) || !strings.Contains(c.last().Text, plain) {
			t.Errorf("after %q, %q stands out of %q", words, got, c.last().Text)
		}
		c.say("the one")
		if got, want := strongIn(c.last()), []string{"written", "one"}; !slices.Equal(got, want) {
			t.Errorf("after %q, %q stands out of %q", words, got, c.last().Text)
		}
	}
}

func TestNothingStandsOutButInMessages(t *testing.T) {
	c := newChat(t, bookOf(t, markingFlow))
	c.say("/tryown")
	c.say("tea")
	var labels []string
	for _, b := range c.last().Buttons {
		labels = append(labels, b.Label)
	}
	if want := []string{"The one", "The other", "Neither"}; !slices.Equal(labels, want) {
		t.Errorf("the buttons are %q, want %q", labels, want)
	}
	if text := c.say("/repeat"); text != "You said tea. Which one?" {
		t.Errorf("it says %q", text)
	}
	c.say("neither")
	if got := c.kept("thing"); !slices.Equal(got, []string{"tea and "}) {
		t.Errorf("kept was %q", got)
	}
	if got := c.items[0].Text; got != "tea" {
		t.Errorf("the item is %q", got)
	}
	i := slices.IndexFunc(c.book.Menu("en"), func(m flows.Command) bool { return m.Name == "tryown" })
	if got := c.book.Menu("en")[i].Does; got != "own things" {
		t.Errorf("in the menu stands %q", got)
	}
}

func TestWhatStandsOutFollowsThroughWhatIsPutTogether(t *testing.T) {
	c := newChat(t, bookOf(t, markingFlow))
	c.say("/tryown")
	c.say("/nonsense")
	if got := strongIn(c.last()); !slices.Equal(got, []string{"What"}) {
		t.Errorf("behind another text %q stands out of %q", got, c.last().Text)
	}
	c.say("/tryown")
	if got := strongIn(c.last()); !slices.Equal(got, []string{"What"}) {
		t.Errorf("in a quotation %q stands out of %q", got, c.last().Text)
	}
	c.say("/cancel")
	if got := strongIn(c.last()); len(got) > 1 {
		t.Errorf("%q stands out of %q", got, c.last().Text)
	}
}

func TestNoExportHasMarks(t *testing.T) {
	c := newChat(t, bookOf(t, markingFlow))
	c.say("/tryown")
	c.say("tea")
	session, err := flows.DecodeSession(c.session)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range []string{"export.txt", "export.json"} {
		d, err := c.book.Export(c.person, c, session, c.now, spec)
		if err != nil {
			t.Fatal(err)
		}
		if text := string(d.Data); !strings.Contains(text, "What is it?") || strings.ContainsAny(text, "\ufdd0\ufdd1") || strings.Contains(text, "**") {
			t.Errorf("%s is %q", spec, text)
		}
	}
}

func TestNumbersToRingStandOut(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.person.Country = "GB"
	c.say("/helpnow")
	if got := strongIn(c.shown[0]); !slices.Contains(got, "999") || !slices.Contains(got, "116 123") {
		t.Errorf("%q stands out of %q", got, c.shown[0].Text)
	}
}
