package coach

import (
	"strings"
	"testing"
)

// wordsOf gives the words that a text is read as, "?" for those that nobody knows.
func wordsOf(s string) string {
	l := whole()
	var out []string
	for _, t := range l.tokens(s).tokens {
		w := l.vocabulary.words[t.id]
		if t.id == 0 {
			w = "?"
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

func TestWrittenWordsBecomeWords(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"I don’t", "i do not"},
		{"i dont", "i do not"},
		{"i don't", "i do not"},
		{"WON'T", "will not"},
		{"he's", "he 's"},
		{"hes", "he 's"},
		{"youre", "you are"},
		{"ur always late", "you are always late"},
		{"ur phone", "your phone"},
		{"your lying", "you are lying"},
		{"your mum", "your mum"},
		{"ill call", "i will call"},
		{"i was ill", "i was ill"},
		{"id love that", "i 'd love that"},
		{"gonna", "going to"},
		{"it is 10:30", "it is #"},
		{"sooooo", "so"},
		{"neverrrr", "never"},
		{"alwyas", "always"},
		{"lisen", "listen"},
		{"should", "should"},
		{"mould", "mould"},
		{"moult", "?"},
		{"you & me", "you and me"},
	} {
		if got := wordsOf(tt.in); got != tt.want {
			t.Errorf("%q is read as %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Each word's place is that of its own letters, also where one written word is several.
func TestEachWordKeepsItsPlace(t *testing.T) {
	s := "Well “I DON’T” know, dont u? cannot é youre"
	end := 0
	for _, tok := range whole().tokens(s).tokens {
		if int(tok.start) < end || tok.end <= tok.start || int(tok.end) > len(s) {
			t.Fatalf("a word at %d to %d, behind one that ends at %d", tok.start, tok.end, end)
		}
		end = int(tok.end)
	}
	toks := whole().tokens("youre").tokens
	if got := "youre"[toks[0].start:toks[0].end] + "|" + "youre"[toks[1].start:toks[1].end]; got != "you|re" {
		t.Errorf("cut as %s", got)
	}
}

func TestWhatStandsInQuotationMarksIsQuoted(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want string // q for each word that is quoted
	}{
		{`he said "you are lazy" to me`, "..qqq.."},
		{"she said ‘you are lazy’ again", "..qqq."},
		{"you said 'never' and left", "..q.."},
		{"the kids' room isn't tidy", "......"},
		{`"you never listen"`, "..."},
	} {
		got := ""
		for _, tok := range whole().tokens(tt.in).tokens {
			if tok.flags&quoted != 0 {
				got += "q"
			} else {
				got += "."
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.in, got, tt.want)
		}
	}
}
