package flows_test

import (
	"testing"
	"time"

	"kintsugi/flows"
)

// due is what comes back by itself.
func due(id, flow string) flows.Event {
	return flows.Event{Kind: flows.Nudged, Nudge: id, Flow: flow}
}

// loose is the same, where nobody was promised the minute.
func loose(id, flow string) flows.Event {
	e := due(id, flow)
	e.Loose = true
	return e
}

var (
	checkInDue   = due("check-in", "recurring.check-in")
	gratitudeDue = due("gratitude", "recurring.gratitude")
	proposalDue  = loose("proposal", "programme.next")
)

// at brings a time of that day, or of the next one if it is past. It is a Thursday.
func (c *chat) at(clock string) {
	t, _ := time.Parse("15:04", clock)
	day := c.now
	if clock < c.now.Format("15:04") {
		day = day.AddDate(0, 0, 1)
	}
	c.now = time.Date(day.Year(), day.Month(), day.Day(), t.Hour(), t.Minute(), 0, 0, day.Location())
}

// putOff gives when something comes that doesn't come now, or "" if it came.
func (c *chat) putOff(e flows.Event) string {
	for _, effect := range c.step(e) {
		if s, ok := effect.(flows.Snooze); ok && s.ID == e.Nudge {
			return s.At.Format("2 15:04")
		}
	}
	return ""
}

func TestWhatIsBoundToNoTimeKeepsItsDistance(t *testing.T) {
	for name, e := range map[string]struct {
		came string // when the check-in came, and wasn't answered
		set  string // when something comes that was asked for at that time
		at   string
		want string // when it comes instead
	}{
		"nothing else":          {"", "", "18:00", ""},
		"long after another":    {"14:00", "", "15:30", ""},
		"soon after another":    {"14:00", "", "15:00", "8 15:30"},
		"long before another":   {"", "0 15 * * *", "13:30", ""},
		"soon before another":   {"", "0 15 * * *", "14:00", "8 16:30"},
		"between two":           {"12:00", "0 15 * * *", "14:00", "8 16:30"},
		"a second of the night": {"17:00", "", "19:00", ""},
		"a third":               {"17:00", "30 21 * * *", "19:00", "9 09:00"},
		"an afternoon's third":  {"10:00", "30 21 * * *", "14:00", ""},
		"too late for today":    {"20:30", "", "21:15", "9 09:15"},
	} {
		c := newChat(t, wholeBook(t))
		c.person.About = map[string]string{"quiet_from": "22:00", "quiet_to": "07:00"}
		c.at("08:00")
		if e.set != "" {
			c.nudges = []flows.Nudge{{ID: "gratitude", Rule: e.set, Flow: "recurring.gratitude"}}
		}
		if e.came != "" {
			c.at(e.came)
			c.now = c.now.Add(-time.Second)
			c.step(checkInDue)
		}
		c.at(e.at)
		c.now = c.now.Add(-time.Second)
		if got := c.putOff(proposalDue); got != e.want {
			t.Errorf("%s: it comes on %q, want %q", name, got, e.want)
		}
	}
}

func TestWhatWasAskedForAtATimeComesAtThatTime(t *testing.T) {
	c := newChat(t, wholeBook(t))
	for _, e := range []struct {
		clock string
		due   flows.Event
	}{{"19:30", checkInDue}, {"19:40", due("rephrase", "recurring.rephrase")}, {"20:30", due("follow-up", "recurring.milestone")}, {"21:15", gratitudeDue}} {
		c.at(e.clock)
		if at := c.putOff(e.due); at != "" {
			t.Errorf("%s comes on %s", e.due.Nudge, at)
		}
	}
}

// The words for it were "I'll come back at about".
func TestWhatWasPutOffComesWhenItWasSaid(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.at("16:00")
	c.step(proposalDue)
	c.press("Later today")
	c.at("17:30")
	c.step(checkInDue)
	c.at("18:01")
	if at := c.putOff(proposalDue); at != "" {
		t.Errorf("it comes on %s", at)
	}
}

func TestNewsKeepItsDistanceUnlessItKeepsNobodyWaiting(t *testing.T) {
	for kind, want := range map[string]string{
		flows.NewsShare: "8 09:35", flows.NewsProposal: "8 09:35", flows.NewsEnded: "8 09:35",
		flows.NewsRevealed: "", flows.NewsRelay: "", flows.NewsHeard: "", flows.NewsLinked: "",
		flows.NewsAccepted: "", flows.NewsDeclined: "", flows.NewsCounter: "", flows.NewsTakenUp: "",
	} {
		c := newChat(t, wholeBook(t))
		c.person.About = map[string]string{"quiet_from": "22:00", "quiet_to": "07:00"}
		c.news = []flows.News{{ID: 1, Kind: kind, At: c.now, Text: "Hello."}}
		c.at("21:00")
		c.step(checkInDue)
		c.at("21:35")
		if at := c.putOff(flows.Event{Kind: flows.Nudged, Nudge: flows.PartnerNudge, Flow: flows.OpensNews}); at != want {
			t.Errorf("%s: it comes on %q, want %q", kind, at, want)
		}
	}
}

func TestNoWordingComesTwiceWithinTwoDays(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.at("08:00")
	heard := map[string]time.Time{}
	lastTwo := map[string][]string{}
	for range 40 {
		for _, e := range []struct {
			clock string
			due   flows.Event
		}{{"09:00", due("journal-page", "gratitude.journal-page")}, {"19:30", checkInDue}, {"20:30", due("rephrase", "recurring.rephrase")}, {"21:15", gratitudeDue}} {
			if e.due.Nudge == "rephrase" && c.now.Weekday() != time.Sunday {
				continue
			}
			c.at(e.clock)
			text := c.answer(e.due)
			c.press("Not today")
			if day := heard[text].YearDay(); text == "" || day > 0 && day >= c.now.YearDay()-1 {
				t.Errorf("%s: %q has come on %s", c.now, text, heard[text])
			}
			heard[text] = c.now
			last := lastTwo[e.due.Nudge]
			for _, before := range last {
				if before == text {
					t.Errorf("%s: %s comes as %q once more", c.now, e.due.Nudge, text)
				}
			}
			lastTwo[e.due.Nudge] = append(last[max(0, len(last)-1):], text)
		}
	}
}
