package flows_test

import (
	"reflect"
	"testing"

	"kintsugi/flows"
)

// aiming is somebody with a goal, linked with Ben, with a safety check that came out so.
func aiming(t *testing.T, check string) *chat {
	t.Helper()
	c := newChat(t, wholeBook(t))
	c.person.Zone, c.person.About = "Europe/London", map[string]string{"safety": check}
	c.couple = flows.Couple{Linked: true, Partner: "Ben"}
	c.items = []flows.Item{{ID: "0a", Kind: "goal", State: "open", Text: "we eat together\nTo be seen by: two plates", At: c.now, Values: map[string]any{
		"wish": "we eat together", "sign": "two plates", "obstacle": "I come home tired", "plan": "lay the table", "step": "ask", "day": "2026-06-01",
	}}}
	return c
}

func TestOfAGoalTheWishAndItsSignGoOver(t *testing.T) {
	c := aiming(t, clearToday)
	c.say("/goals")
	c.press("we eat together")
	c.press("Show it to Ben")
	got := effectsOf[flows.Give](c, press(c, "Send it"))
	if want := []flows.Give{{Item: "0a", Text: "we eat together\ntwo plates"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("given is %+v, want %+v", got, want)
	}
}

func TestOfADayItsNameAndWhenItIsGoOver(t *testing.T) {
	c := markedByBoth(t, "painful", clearToday)
	c.items[0].Shared, c.items[0].Both = 0, false
	c.items[0].Values["comforts"] = []any{"tea"}
	c.say("/milestones")
	c.press("that day")
	c.press("Mark it with Ben")
	got := effectsOf[flows.Give](c, press(c, "Send it"))
	want := []flows.Give{{Item: "0a", Text: "that day", Values: map[string]any{"day": "2026-05-15", "repeat": "yearly"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("given is %+v, want %+v", got, want)
	}
}

// Where things aren't safe, and for somebody who is alone, a goal is one's own, and what has
// come from the other one is not there.
func TestAGoalIsForOneWhereThingsArentSafe(t *testing.T) {
	theirs := flows.Item{ID: "2a", Kind: "their-goal", State: "open", Text: "a week by the sea", Shared: 9, Values: map[string]any{"from": "Ben"}}
	for name, c := range map[string]*chat{"closed": aiming(t, "worrying 2026-05-07"), "alone": aiming(t, clearToday), "both": aiming(t, clearToday)} {
		if name == "alone" {
			c.couple = flows.Couple{}
		}
		c.items = append(c.items, theirs)
		c.say("/goals")
		if got, want := c.hasButton("From Ben"), name == "both"; got != want {
			t.Errorf("%s: what came from Ben is there: %v", name, got)
		}
		c.press("we eat together")
		if got, want := c.hasButton("Show it to Ben"), name == "both"; got != want || !want && c.hasButton("Show it to them") {
			t.Errorf("%s: showing is offered: %v", name, got)
		}
	}
}
