package bot

import (
	"regexp"
	"strings"
	"testing"

	"kintsugi/flows"
)

func TestACodeIsReadHoweverItIsTyped(t *testing.T) {
	form := regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`) // the payload of a link
	seen := map[string]bool{}
	for range 100 {
		code := newCode()
		plain := plainCode(code)
		if plain == "" || seen[plain] || !form.MatchString(code) {
			t.Fatal("a code that is none, was drawn twice or fits into no link")
		}
		seen[plain] = true
		typed := strings.NewReplacer("0", "o", "1", "l").Replace(strings.ToLower(code))
		for _, text := range []string{
			"/move " + code, "/MOVE@some_bot\n " + typed, "/start " + code, code, " " + typed + "\n",
			strings.ReplaceAll(code, "-", "–"), "/move " + strings.ReplaceAll(code, "-", " "), "/move " + plain,
		} {
			if got, ok := codeIn(flows.Event{Kind: flows.Said, Text: text}); !ok || got != plain {
				t.Fatalf("%q is read as %q (%t), want %q", text, got, ok, plain)
			}
		}
	}
}

func TestWhatIsNoCode(t *testing.T) {
	const code = "7K2MP-9X4QT-3HB8N-WJ6CD"
	cases := map[string]struct {
		event flows.Event
		tried bool // it was meant as one
	}{
		"the bare command":       {flows.Event{Kind: flows.Said, Text: "/move"}, false},
		"too short":              {flows.Event{Kind: flows.Said, Text: "/move 7K2MP-9X4QT"}, true},
		"a letter that none has": {flows.Event{Kind: flows.Said, Text: "/move U" + code[1:]}, true},
		"a start with a phrase":  {flows.Event{Kind: flows.Said, Text: "/start the river house"}, false},
		"a bare start":           {flows.Event{Kind: flows.Said, Text: "/start"}, false},
		"in the middle of words": {flows.Event{Kind: flows.Said, Text: "my code is " + code}, false},
		"words with hyphens":     {flows.Event{Kind: flows.Said, Text: "never-again-three-times"}, false},
		"groups of other sizes":  {flows.Event{Kind: flows.Said, Text: "7K2M-P9X4QT-3HB8N-WJ6CD"}, false},
		"a sentence":             {flows.Event{Kind: flows.Said, Text: "7 of them came here to me"}, false},
		"a button":               {flows.Event{Kind: flows.Pressed, Token: code}, false},
	}
	for name, c := range cases {
		if got, ok := codeIn(c.event); got != "" || ok != c.tried {
			t.Errorf("%s: read as %q (%t), want none (%t)", name, got, ok, c.tried)
		}
	}
}
