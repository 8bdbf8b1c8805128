package flows_test

import (
	"fmt"
	"strings"
	"testing"

	"kintsugi/flows"
)

const layingOut = `id: test.board
title: Board
command: lay
does: lay something out
for: both
vars: {words: "", it: {type: item}}
steps:
  - {id: words, ask: "What?", type: text, save: words, skip: Off}
  - id: way
    branch:
      - {when: answered.words, then: put}
    else: which
  - {id: put, piece: put, words: words}
  - {id: there, goto: seen}
  - {id: which, ask: "Which?", type: choice, choices: {items: ours, and: [none: None]}, save: it}
  - {id: off, piece: "off", item: it}
  - {id: seen, say: "{{len .Ours}} of both, {{len (.Items \"piece\")}} own:{{range .Ours}} {{.Text}}{{end}}"}
`

// besideTom is somebody who is linked, and whose safety check was clear lately.
func besideTom(t *testing.T) *chat {
	t.Helper()
	c := newChat(t, bookOf(t, layingOut))
	c.couple = flows.Couple{Linked: true, Partner: "Tom"}
	c.person.About = map[string]string{"safety": "clear " + c.now.Format("2006-01-02")}
	return c
}

// lay says something to the flow and gives what it does to the board.
func (c *chat) lay(words ...string) (done []string) {
	c.step(flows.Event{Kind: flows.Said, Text: "/lay"})
	for _, w := range words {
		for _, e := range c.step(flows.Event{Kind: flows.Said, Text: w}) {
			switch e := e.(type) {
			case flows.Give:
				done = append(done, "give "+e.Text)
			case flows.TakeOff:
				done = append(done, "off")
			}
		}
	}
	return done
}

func TestEachLaysThreeOnTheBoardOfBoth(t *testing.T) {
	c := besideTom(t)
	for i, words := range []string{"one", "two", "three", "four"} {
		want := "[give " + words + "]"
		if i == 3 {
			want = "[]"
		}
		if got := fmt.Sprint(c.lay(words)); got != want {
			t.Errorf("laying the %dth does %s, want %s", i+1, got, want)
		}
	}
}

func TestNothingGoesOnTheBoardThatCanNotBeGiven(t *testing.T) {
	for name, change := range map[string]func(*chat){
		"alone":       func(c *chat) { c.couple = flows.Couple{} },
		"closed":      func(c *chat) { c.person.About["safety"] = "worrying 2026-05-01" },
		"long ago":    func(c *chat) { c.person.About["safety"] = "clear 2026-01-01" },
		"not checked": func(c *chat) { c.person.About = nil },
	} {
		c := besideTom(t)
		change(c)
		if got := c.lay("a garden"); len(got) > 0 {
			t.Errorf("%s: it does %q", name, got)
		}
	}
	if got := besideTom(t).lay("show me your phone or I'll leave you"); len(got) > 0 {
		t.Errorf("a threat does %q", got)
	}
}

// linkedSeen are the records of somebody who is linked.
type linkedSeen struct{ seen }

func (linkedSeen) Couple() flows.Couple { return flows.Couple{Linked: true, Partner: "Tom"} }

// What lies there is the other one's as well, in the order in which it was put there: the
// person's own board and what they gave in another way are not.
func TestTheBoardOfBothHasWhatBothLaidAlone(t *testing.T) {
	s := linkedSeen{seen{kinds: map[string][]flows.Entry{}}}
	s.add("tile", london(t), "my own door", nil)
	for _, i := range []flows.Item{
		{ID: "a", Kind: "their-piece", Text: "second", Shared: 5}, {ID: "b", Kind: "piece", Text: "first", Shared: 4, Values: map[string]any{"photo": "p"}},
		{ID: "c", Kind: "piece", Text: "not given"}, {ID: "d", Kind: "goal", Text: "a goal", Shared: 3, Both: true}, {ID: "e", Kind: "their-goal", Text: "another", Shared: 2},
	} {
		i.State = "open"
		s.items = append(s.items, i)
	}
	s.items = append(s.items, flows.Item{ID: "f", Kind: "piece", State: "dropped", Text: "off", Shared: 1})
	shows := pictured(t, s, mara(), flows.PictureSpec{Kind: "ours"})
	if got, want := fmt.Sprint(shows.Board), "[{first p []} {second  []}]"; got != want {
		t.Errorf("it is %s, want %s", got, want)
	}
	closed := mara()
	closed.About = map[string]string{"safety": "worrying 2026-11-20"}
	if shows := pictured(t, s, closed, flows.PictureSpec{Kind: "ours"}); len(shows.Board) > 0 || strings.Contains(fmt.Sprint(shows), "first") {
		t.Errorf("while it is closed, it is %v", shows.Board)
	}
}
