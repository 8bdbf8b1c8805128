package flows

import (
	"reflect"
	"slices"
	"testing"
)

func TestADraftOutlivesARestart(t *testing.T) {
	for _, d := range []*draft{
		{},
		{
			stage: mendStage, first: "a=b\nc|d", text: "=", asks: "feeling", asked: []string{"observation", "feeling"},
			pieces: []piece{{[]string{"observation", "effect"}, "One | two = three."}}, rounds: 2, misses: 1, shown: true,
		},
	} {
		if got := decodeDraft(d.encode()); !reflect.DeepEqual(got, d) {
			t.Errorf("got %+v, want %+v", got, d)
		}
	}
}

func TestADraftFromALaterProgramIsReadAllTheSame(t *testing.T) {
	if d := decodeDraft([]string{"stage=mend", "colour=blue", "nonsense"}); d.stage != mendStage {
		t.Errorf("got %+v", d)
	}
}

func TestWordsBecomeSentences(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"i was scared. and then angry", []string{"I was scared.", "And then angry."}},
		{"at 9.30 you left!\nno note", []string{"At 9.30 you left!", "No note."}},
		{"  ", nil},
		{"Would you ring me?", []string{"Would you ring me?"}},
		{"when i’m home", []string{"When I’m home."}},
		{"?!", nil},
	} {
		if got := sentences(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestWordsStandWithinASentence(t *testing.T) {
	for in, want := range map[string]string{
		"Scared. And then angry.": "scared. And then angry",
		"I was late!":             "I was late",
		"A text":                  "a text",
		"NASA":                    "NASA",
		"":                        "",
	} {
		if got := lowered(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// A sentence with a part takes the place of the one that held it before, and stands
// where such a part stands.
func TestSentencesOfADraftStandInOrder(t *testing.T) {
	d := &draft{}
	d.add(0, []string{"request"}, "Would you ring?")
	d.add(0, []string{"feeling"}, "I was sad.")
	d.add(0, []string{"observation"}, "You left at two.")
	d.add(0, []string{"feeling"}, "I was angry.")
	if want := "You left at two. I was angry. Would you ring?"; d.text != want {
		t.Errorf("got %q, want %q", d.text, want)
	}
}
