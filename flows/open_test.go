package flows_test

import (
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// opening asks what to open, and opens it.
const opening = `
id: test.opening
command: opening
does: open something else
title: Opening
fleeting: true
vars: {left: ""}
steps:
  - {id: look, set: {left: parked(14)}}
  - id: which
    ask: "Left: {{.left}}."
    type: choice
    choices: [checkin: A check-in, read: The list, back: What was left, role: Not for everybody, none: Nothing]
    save: which
  - id: fork
    branch:
      - {when: which == "checkin", then: [{id: open-checkin, open: recurring.check-in}]}
      - {when: which == "read", then: [{id: open-help, open: start.help}]}
      - {when: which == "back", then: [{id: open-left, open: parked}]}
      - {when: which == "role", then: [{id: open-role, open: test.role}]}
    else: continue
  - {id: end, end: Over.}
`

const otherRole = `
id: test.role
title: For one side
for: betrayer
steps: [{id: say, say: Here.}]
`

func openingChat(t *testing.T, said ...string) *chat {
	t.Helper()
	book, err := flows.Load(content.FS, files("opening.yaml", opening, "role.yaml", otherRole))
	if err != nil {
		t.Fatal(err)
	}
	c := newChat(t, book)
	for _, s := range said {
		c.say(s)
	}
	return c
}

const moodQuestion = "1 (very low) to 10 (very good)"

func TestOpeningAFlowIsLikeItsCommand(t *testing.T) {
	c := openingChat(t, "/opening")
	if got := c.say("a check-in"); !strings.Contains(got, moodQuestion) {
		t.Errorf("it begins with %q", got)
	}
	c = openingChat(t, "/checkin", "7", "/cancel", "/opening")
	if got := c.say("a check-in"); !strings.HasPrefix(got, "Last time you stopped at this") {
		t.Errorf("half done it is met with %q", got)
	}
	c = openingChat(t, "/opening")
	if got := c.say("the list"); !strings.Contains(got, "/help –") {
		t.Errorf("an aside says %q", got)
	}
	c = openingChat(t, "/opening")
	c.person.Role = "betrayed"
	if got := c.say("not for everybody"); !strings.Contains(got, "for somebody on the other side") {
		t.Errorf("for another role it says %q", got)
	}
}

func TestOpeningWhatWasLeftGoesOnAtItsQuestion(t *testing.T) {
	c := openingChat(t, "/checkin", "7", "/cancel")
	if got := c.say("/opening"); got != "Left: A check-in." {
		t.Fatalf("it says %q", got)
	}
	if got := c.press("What was left"); !strings.HasPrefix(got, "And how stirred up") {
		t.Errorf("it goes on with %q", got)
	}
	if got := c.say("/back"); !strings.Contains(got, moodQuestion) {
		t.Errorf("and back to %q", got)
	}
}

// What a flow opens comes before the way back to what the flow interrupted.
func TestTheWayBackIsOfferedOnceWhatWasOpenedIsThrough(t *testing.T) {
	c := openingChat(t, "/gratitude", "something, yes", "/opening", "a check-in", "7", "2", "work")
	if got := c.say("/skip"); !strings.Contains(got, "Before that we were in the middle of") {
		t.Errorf("after it: %q", got)
	}
}

func TestWhatWasLeftIsNamedForTwoWeeksUnlessTheWayBackComesAnyway(t *testing.T) {
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		said []string
		away time.Duration
		want string
	}{
		"nothing":         {want: "Left: ."},
		"14 days":         {said: []string{"/checkin", "7", "/cancel"}, away: 14 * day, want: "Left: A check-in."},
		"15 days":         {said: []string{"/checkin", "7", "/cancel"}, away: 15 * day, want: "Left: ."},
		"the last of two": {said: []string{"/checkin", "7", "/cancel", "/gratitude", "/cancel"}, want: "Left: One good thing."},
		"interrupted":     {said: []string{"/checkin", "7"}, want: "Left: ."},
		"unexported":      {said: []string{"/checkin", "7", "/cancel", "/helpnow", "/cancel"}, want: "Left: A check-in."},
	} {
		chat := openingChat(t, c.said...)
		chat.now = chat.now.Add(c.away)
		if got := chat.say("/opening"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A wait that runs out behind a reminder opens its flow in place of the reminder.
func TestAWaitThatRunsOutOpensAFlowToo(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.opening
command: opening
does: open something later
title: Opening
steps:
  - {id: rest, wait: Rest., for: 20m, done: I'm back, lapse: on}
  - {id: on, open: recurring.check-in}
`))
	c.say("/opening")
	c.now = c.now.Add(40 * time.Minute)
	c.step(flows.Event{Kind: flows.Nudged, Nudge: "gratitude", Flow: "recurring.gratitude"})
	for id := range c.waits {
		if got := c.answer(flows.Event{Kind: flows.Lapsed, Wait: id}); !strings.Contains(got, moodQuestion) {
			t.Errorf("it says %q", got)
		}
		return
	}
	t.Fatal("it waits for nothing")
}

func TestOpeningWhatIsNoLongerLeftSaysSo(t *testing.T) {
	c := openingChat(t, "/opening")
	if got := c.press("What was left"); got != c.book.Phrase("nothing-open", "") {
		t.Errorf("it says %q", got)
	}
}

func TestEachCommandStandsInHelpOnce(t *testing.T) {
	c := openingChat(t)
	got := c.say("/help")
	for _, name := range c.book.Commands() {
		if n := strings.Count(got, "/"+name+" – "); n != 1 {
			t.Errorf("/%s stands there %d times", name, n)
		}
	}
}
