package bot_test

import (
	"slices"
	"testing"
	"time"
)

// inCompany has two who are linked.
func inCompany(t *testing.T, test func(c *company)) {
	t.Helper()
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	inWorld(t, false, func(w *world) {
		c := w.meet(book, false, "one", "other")
		c.arrive(0, "Mara")
		c.arrive(1, "Tom")
		c.say(1, c.invites(0))
		if !c.agrees(1) || !c.links(0) {
			t.Fatal("they can't be linked")
		}
		test(c)
	})
}

func TestAQuestionIsFoundThoughACheckIsDue(t *testing.T) {
	const day = 24 * time.Hour
	inCompany(t, func(c *company) {
		pass(20 * day)
		c.goes(1, "/hopes", reply{"Nothing I can say", "A walk by the river."}, reply{label: "Yes, ask them"})
		c.goes(0, "/partner", presses("See what has come", "Not now")...)
		pass(11 * day)
		way := presses("Look at a question of theirs", "Go on", "Yes, it's private", "No", "It stands")
		answered := c.goes(0, "/partner", append(way, reply{"Nothing I can say", "Sleep."})...)
		for _, want := range []string{"Look at a question of theirs", "Go on", "It stands"} {
			if !slices.Contains(answered, want) {
				t.Errorf("she doesn't come to %q, but to %q: %q", want, answered, c.last(0).Text)
			}
		}
	})
}
