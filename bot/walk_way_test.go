package bot_test

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// walkedFlows are those of the content, in the order of the book.
func walkedFlows(book *flows.Book) []string {
	return slices.DeleteFunc(book.IDs(), func(id string) bool { return strings.HasPrefix(id, "test.") })
}

// wayTo is how somebody comes to a flow: what they say, for the flow itself or for one that
// leads there.
type wayTo struct {
	words  []string
	nudged bool // it comes back by itself
	about  bool // and then about something
}

var leads = regexp.MustCompile(`\b(call|open|opens|then): ([a-z][a-z-]*\.[a-z-]+)`)

// numbered is what says which of the fifteen steps a practice is of.
var numbered = regexp.MustCompile(`(?m)^practice: {step: (\d+), number: (\d+)`)

// waysTo finds how somebody comes to each flow.
func waysTo(t *testing.T, book *flows.Book) map[string]wayTo {
	t.Helper()
	parents, nudged, about, own := map[string][]string{}, map[string]bool{}, map[string]bool{}, map[string]string{}
	for _, id := range walkedFlows(book) {
		data, err := fs.ReadFile(content.FS, book.Flow(id).File)
		if err != nil {
			t.Fatal(err)
		}
		about[id] = strings.Contains(string(data), "\nabout: ")
		if m := numbered.FindSubmatch(data); m != nil {
			own[id] = fmt.Sprintf("/p%s_%s", m[1], m[2])
		} else if command := book.Flow(id).Command; command != "" {
			own[id] = "/" + command
		}
		for _, m := range leads.FindAllStringSubmatch(string(data), -1) {
			parents[m[2]] = append(parents[m[2]], id)
			nudged[m[2]] = nudged[m[2]] || m[1] == "opens"
		}
	}
	ways := map[string]wayTo{}
	for _, id := range walkedFlows(book) {
		ways[id] = wayTo{slices.Sorted(maps.Keys(wordsFor(id, own, parents, map[string]bool{}))), nudged[id], about[id]}
	}
	return ways
}

// wordsFor gives what begins a flow, or those that lead to it.
func wordsFor(id string, own map[string]string, parents map[string][]string, seen map[string]bool) map[string]bool {
	words := map[string]bool{}
	switch {
	case seen[id]:
	case own[id] != "":
		words[own[id]] = true
	default:
		seen[id] = true
		for _, parent := range parents[id] {
			maps.Copy(words, wordsFor(parent, own, parents, seen))
		}
	}
	return words
}

// knock is what makes a flow come back to whoever says it.
const knock = "\x01knock "

// door lets a flow come back when somebody knocks, as if it were due.
type door struct {
	*flows.Book
	plant planted
}

func (d *door) Step(t flows.Turn) (flows.Session, []flows.Effect) {
	flow, knocks := strings.CutPrefix(t.Event.Text, knock)
	if knocks {
		t.Event = flows.Event{Kind: flows.Nudged, Nudge: "walk", Flow: flow}
		for _, n := range t.Facts.Nudges() {
			if n.Flow == flow {
				t.Event.Nudge, t.Event.About = n.ID, n.About
			}
		}
	}
	s, effects := d.Book.Step(t)
	for i, effect := range effects {
		if say, ok := effect.(flows.Say); ok && knocks { // it comes at once
			say.Unasked = false
			effects[i] = say
		}
	}
	if d.plant != nil {
		return d.plant(t, s, effects)
	}
	return s, effects
}

// coverage is which steps were gone through.
type coverage struct {
	mu    sync.Mutex // guards taken
	taken map[string]bool
}

func (c *coverage) take(flow, step string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken[flow+" "+step] = true
}

func (c *coverage) report(t *testing.T, book *flows.Book) {
	all := 0
	for _, id := range book.IDs() {
		for _, step := range book.Steps(id) {
			all++
			if *walksShow && !c.taken[id+" "+step] {
				t.Logf("nobody came to %s %s", id, step)
			}
		}
	}
	t.Logf("%d of %d steps were gone through", len(c.taken), all)
}
