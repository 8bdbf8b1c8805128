package coach

import (
	"strings"
	"testing"
)

func TestVerbsHaveTheirForms(t *testing.T) {
	odd := irregular{"lie": {"lied", "lied", "lying"}, "be": {"was", "been", "being", "is"}}
	for _, want := range []string{
		"call calls called called calling",
		"cry cries cried cried crying",
		"stop stops stopped stopped stopping",
		"hope hopes hoped hoped hoping",
		"agree agrees agreed agreed agreeing",
		"push pushes pushed pushed pushing",
		"open opens opened opened opening",
		"show shows showed showed showing",
		"need needs needed needed needing",
		"play plays played played playing",
		"lie lies lied lied lying",
		"be is was been being",
	} {
		base, _, _ := strings.Cut(want, " ")
		f := odd.verb(base)
		if got := strings.Join(f[:], " "); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
