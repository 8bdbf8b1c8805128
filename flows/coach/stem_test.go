package coach

import (
	"strings"
	"testing"
)

func TestFormsShareAStem(t *testing.T) {
	s := newStems(whole().vocabulary)
	for _, forms := range []string{
		"hit hits hitting", "kill kills killed killing", "stop stops stopped stopping", "leave leaves left leaving", "marry marries married",
		"choke chokes choked choking", "be was were been is am are", "feeling feelings feel felt", "push pushes pushed", "kid kids",
		"hate hated hates hating", "fall falls fell falling",
	} {
		words := strings.Fields(forms)
		for _, w := range words[1:] {
			if s.stem(w) != s.stem(words[0]) {
				t.Errorf("%s is %q, and %s is %q", words[0], s.stem(words[0]), w, s.stem(w))
			}
		}
	}
	for _, pair := range []string{"us use", "his hit", "bed be", "thing think", "less let", "red read", "sing sin", "bus but"} {
		a, b, _ := strings.Cut(pair, " ")
		if s.stem(a) == s.stem(b) {
			t.Errorf("%s and %s have one stem", a, b)
		}
	}
}

// A stem stands for itself, so that a file can be written in stems or in words.
func TestAStemIsItsOwn(t *testing.T) {
	s := newStems(whole().vocabulary)
	for _, name := range s.names {
		if again := s.stem(name); again != name {
			t.Errorf("%q becomes %q", name, again)
		}
	}
}
