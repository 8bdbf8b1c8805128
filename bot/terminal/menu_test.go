package terminal

import (
	"testing"

	"kintsugi/flows"
)

func TestWhatALinePresses(t *testing.T) {
	plain := flows.Message{Buttons: buttons("Yes", "Nothing today", "3")}
	scale := flows.Message{Numeric: true, Buttons: buttons("0", "1", "2", "Not sure", "A lot")}
	several := flows.Message{Several: true, Buttons: buttons("Sleep", "Work", "Done")}
	number := flows.Message{Numeric: true}
	tests := map[string]struct {
		m    flows.Message
		line string
		want string // the token; empty if it is said
	}{
		"a number":                       {plain, "1", "t0"},
		"another number":                 {plain, "2", "t1"},
		"with spaces":                    {plain, "  2 ", "t1"},
		"with brackets":                  {plain, "[2]", "t1"},
		"a number that is a label":       {plain, "3", ""},
		"a number too high":              {plain, "4", ""},
		"zero":                           {plain, "0", ""},
		"a negative number":              {plain, "-1", ""},
		"a number with more":             {plain, "1 please", ""},
		"two numbers":                    {plain, "1 2", ""},
		"a label":                        {plain, "Nothing today", ""},
		"a letter":                       {plain, "a", ""},
		"an empty line":                  {plain, "", ""},
		"a number on a scale":            {scale, "1", ""},
		"a letter on a scale":            {scale, "a", "t3"},
		"a capital letter on a scale":    {scale, "B", "t4"},
		"a letter too high":              {scale, "c", ""},
		"an empty line on a scale":       {scale, "", ""},
		"one of several":                 {several, "1", ""},
		"more of several":                {several, "1 3", ""},
		"a number asked for in words":    {number, "1", ""},
		"a number before any message":    {flows.Message{}, "1", ""},
		"an empty line before a message": {flows.Message{}, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			token, ok := pressed(test.m, test.line)
			if token != test.want || ok != (test.want != "") {
				t.Errorf("%q presses %q (%t), want %q", test.line, token, ok, test.want)
			}
		})
	}
}

func TestALineMeansTheLastMessage(t *testing.T) {
	question := flows.Message{Text: "Well?", Buttons: buttons("Yes")}
	tests := map[string]struct {
		shown []flows.Message
		want  flows.Event
	}{
		"its buttons":              {[]flows.Message{question}, flows.Event{Kind: flows.Pressed, Token: "t0"}},
		"not when more was said":   {[]flows.Message{question, {Text: "By the way."}}, flows.Event{Kind: flows.Said, Text: "1"}},
		"not when a number is due": {[]flows.Message{question, {Text: "How many?", Numeric: true}}, flows.Event{Kind: flows.Said, Text: "1"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := &screen{out: discard{}, width: 72, shown: map[string]flows.Message{}}
			for _, m := range test.shown {
				if err := s.show("", m); err != nil {
					t.Fatal(err)
				}
			}
			if got := s.event("1"); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
