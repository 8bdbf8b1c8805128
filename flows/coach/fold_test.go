package coach

import (
	"testing"
	"unicode/utf8"
)

func TestFoldingMakesPlain(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Don’t SHOUT", "don't shout"},
		{"“Café”…", `"cafe"...`},
		{"a\u200db", "ab"},
		{"ﬁne", "fine"},
		{"e\u0301toile", "etoile"},
		{"so — so", "so - so"},
		{"\u00a0x\ty", " x y"},
	} {
		if got := string(foldText(tt.in).text); got != tt.want {
			t.Errorf("%q is %q folded, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFoldingKnowsWhereEachByteCameFrom(t *testing.T) {
	s := "“É”ﬁ"
	f := foldText(s)
	if len(f.text) != len(f.from) || len(f.text) != len(f.to) {
		t.Fatal("a place is missing")
	}
	for i := range f.text {
		part := s[f.from[i]:f.to[i]]
		if utf8.RuneCountInString(part) != 1 {
			t.Errorf("byte %d came from %q", i, part)
		}
	}
}
