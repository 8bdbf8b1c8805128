package coach

import "testing"

// Whoever is asked about danger says it like this, and has to be heard: it takes something back,
// and is none by itself.
func TestTakingBackIsNoDanger(t *testing.T) {
	l := whole()
	texts := []string{"ignore me", "forget i said that", "just tired, ignore me", "lol jk", "Sorry, bad joke. I didn't mean it like that."}
	for _, p := range l.books[crisisMode].patterns {
		if p.sign.name == retracted && !p.except {
			texts = append(texts, p.yes)
		}
	}
	for _, text := range texts {
		if d := l.Danger(text); d.Crisis != NoCrisis || !d.Retracted {
			t.Errorf("%q is read as %+v", text, d)
		}
	}
	if d := l.Danger("i want to die. just being dramatic"); d.Crisis != SelfHarm || !d.Retracted {
		t.Errorf("taking it back undoes a danger: %+v", d)
	}
}
