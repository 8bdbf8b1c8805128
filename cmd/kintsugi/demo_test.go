package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"
	"go.uber.org/goleak"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// played plays a script with our own conversations.
func played(t *testing.T, text string) ([]moment, error) {
	t.Helper()
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	script, err := readDemo(text)
	if err != nil {
		return nil, err
	}
	book, err := flows.Open(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return script.play(t.Context(), book)
}

// pageOf gives a page that is shown at once, and what is on it.
func pageOf(width int) (*demoPage, *bytes.Buffer) {
	var out bytes.Buffer
	p := newDemoPage(&out, [2]string{"Mara", "Tom"})
	p.width = width
	return p, &out
}

func TestTheDemoTakesAboutAMinuteAndFitsAnyWidth(t *testing.T) {
	moments, err := played(t, demoText)
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{narrowest, demoSplit - 1, demoSplit, demoSplit + 1, demoPiped, demoWidest} {
		p, out := pageOf(width)
		var took time.Duration
		p.pause = func(_ context.Context, d time.Duration) error {
			took += d
			return nil
		}
		if err := p.show(t.Context(), moments); err != nil {
			t.Fatal(err)
		}
		if took < 45*time.Second || took > 75*time.Second {
			t.Errorf("it takes %v", took)
		}
		for line := range strings.Lines(out.String()) {
			if w := uniseg.StringWidth(strings.TrimRight(line, "\n")); w > width {
				t.Errorf("a line has %d columns of %d: %s", w, width, line)
			}
		}
	}
}

// someMoments is one of each kind, and then some in turns.
func someMoments() []moment {
	return []moment{
		{told: "Two people."},
		{at: time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC)},
		{who: 0, said: "Good morning to you, over there in the kitchen."},
		{who: 0, came: &flows.Message{Text: "Shall it go over to Tom, as it is?", Buttons: []flows.Button{{Label: "Yes"}, {Label: "No"}}}},
		{who: 0, said: "Yes"},
		{who: 1, came: &flows.Message{Text: "From Mara:\n\n“Good morning.”"}},
		{told: "That was all."},
	}
}

const twoColumns = `Two people.

── Tuesday 3 March, 08:00 ──────────────────────────────────

Mara                         │ Tom
                             │
> Good morning to you, over  │
  there in the kitchen.      │
                             │
Shall it go over to Tom, as  │
it is?                       │
                             │
[1] Yes                      │
[2] No                       │
                             │
> Yes                        │
                             │
                             │ From Mara:
                             │
                             │ “Good morning.”

That was all.
`

const oneColumn = `Two people.

── Tuesday 3 March, 08:00 ────

Mara:
> Good morning to you, over
  there in the kitchen.

Shall it go over to Tom, as it
is?

[1] Yes
[2] No

> Yes

Tom:
From Mara:

“Good morning.”

That was all.
`

func TestTheChatsStandBesideOneAnotherIfThereIsRoom(t *testing.T) {
	for width, want := range map[int]string{60: twoColumns, 30: oneColumn} {
		p, out := pageOf(width)
		if err := p.show(t.Context(), someMoments()); err != nil {
			t.Fatal(err)
		}
		if out.String() != want {
			t.Errorf("in %d columns:\n%s\nwant:\n%s", width, out, want)
		}
	}
}

func TestOneCanLeaveInTheMiddleOfTheDemo(t *testing.T) {
	p, out := pageOf(60)
	p.pause = func(context.Context, time.Duration) error { return context.Canceled }
	if err := p.show(t.Context(), someMoments()); err != nil {
		t.Error(err)
	}
	if want := "Two people.\n"; out.String() != want {
		t.Errorf("shown: %q, want %q", out, want)
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if err := playDemo(ctx, world{out: out, errs: out}); err != nil {
		t.Error(err)
	}
	if err := pauseFor(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("a pause ended with %v", err)
	}
}

func TestAMistakeInADemoHasItsLine(t *testing.T) {
	const begin = "with Mara betrayed\nwith Tom betrayer\n@ 2026-03-02 19:40\n"
	tests := map[string]struct{ text, want string }{
		"a line of no kind":     {begin + "mara: hello", "line 4: it should begin with"},
		"somebody unknown":      {begin + "\n# Ben?\nben> hello", `line 6: nobody is called "ben"`},
		"nothing said":          {begin + "mara> ", "line 4: write what they say"},
		"somebody with no role": {"with Mara", "line 1: write a name and a role"},
		"one person":            {"with Mara betrayed", "the demo has 1 people"},
		"no time":               {begin + "@ tomorrow", `line 4: "tomorrow" is no time: write it as @ 2006-01-02 15:04`},
		"a time that goes back": {begin + "@ 2026-03-02 19:00", "line 4: 2026-03-02 19:00 is before"},
		"no time to speak":      {"with Mara betrayed\nwith Tom betrayer\nmara> hello", "line 3: a time has to come"},
		"no buttons":            {begin + "mara> [Yes]", "line 4: Mara can't press [Yes]: no buttons have come yet"},
		"another button":        {begin + "mara> /partner\nmara> [Yes]", "line 5: Mara can't press [Yes], only [Yes, make an invitation] ["},
		"no code":               {begin + "tom> {code}", "line 4: no code has come yet"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := played(t, test.text)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got the error %v, want %q in it", err, test.want)
			}
		})
	}
}
