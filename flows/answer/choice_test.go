package answer_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// none stands for an answer that is not understood.
const none = -1

var (
	topics   = []string{"Sleep", "A little kindness", "Work and money", "Something else"}
	yesNo    = []string{"Yes", "No", "Not today"}
	declines = []string{"Not today", "Yes"}
	scale    = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}
	shuffled = []string{"3", "1", "10"}
	often    = []string{"1-2 times", "3-5 times", "6 or more"}
	told     = []string{"I have told them", "I have not told them", "Somebody else did"}
	safe     = []string{"Yes, I am safe", "No, I am not safe", "I'd rather not say"}
	moods    = []string{"Angry", "Numb", "Hopeful", "None of these"}
)

func TestChoice(t *testing.T) {
	r := reader(t, "en")
	for _, c := range []struct {
		labels []string
		s      string
		want   int
	}{
		// By place.
		{topics, "2", 1}, {topics, "2.", 1}, {topics, "2)", 1}, {topics, "#2", 1}, {topics, "(2)", 1}, {topics, "two", 1}, {topics, "number two", 1},
		{topics, "option 2 please", 1}, {topics, "second", 1}, {topics, "the second", 1}, {topics, "the second one", 1}, {topics, "2nd", 1}, {topics, "The 2nd one!", 1},
		{topics, "first", 0}, {topics, "last", 3}, {topics, "the last one", 3}, {topics, "one", 0}, {topics, "1️⃣", 0}, {topics, "i'll take 3", 2},
		{topics, "5", none}, {topics, "0", none}, {topics, "-1", none}, {topics, "1.5", none}, {topics, "fifth", none}, {topics, "2 or 3", none}, {topics, "about 2", none}, {topics, "1 3", none},
		// By letter.
		{topics, "b", 1}, {topics, "B", 1}, {topics, "b)", 1}, {topics, "(b)", 1}, {topics, "option b", 1}, {topics, "answer c.", 2}, {topics, "e", none}, {topics, "z", none},
		{topics, "d", 3}, {topics, "a", none /* the second label begins with it */}, {[]string{"Breathe", "Walk"}, "b", none}, {[]string{"Breathe", "Walk"}, "a", 0},
		{[]string{"Apple", "Pear"}, "a", 0}, {[]string{"A lot", "A bit", "No"}, "a", none},
		// By words.
		{topics, "sleep", 0}, {topics, "SLEEP!", 0}, {topics, "sleep 😴", 0}, {topics, "kindness", 1}, {topics, "the kindness one", 1}, {topics, "money", 2}, {topics, "work", 2},
		{topics, "work money", 2}, {topics, "something", 3}, {topics, "else", 3}, {topics, "kindnes", 1}, {topics, "kindenss", 1}, {topics, "kindnesss", 1}, {topics, "sonething else", 3},
		{topics, "slep", none}, {topics, "sleep work", none}, {topics, "food", none}, {topics, "not work", none}, {topics, "", none}, {topics, "please", none}, {topics, "the", none},
		{topics, "and", none}, {topics, "kind", none}, {topics, strings.Repeat("sleep ", 60), none},
		{[]string{"Talk to a friend", "Talk to a stranger"}, "talk", none}, {[]string{"Talk to a friend", "Talk to a stranger"}, "friend", 0},
		{[]string{"Stay", "Leave"}, "leave", 1}, {[]string{"Moral", "Amoral"}, "moral", 0}, {[]string{"Trust", "Trusts"}, "trusst", none},
		// Yes and no.
		{yesNo, "yes", 0}, {yesNo, "y", 0}, {yesNo, "yep", 0}, {yesNo, "no", 1}, {yesNo, "No.", 1}, {yesNo, "n", 1}, {yesNo, "not today", 2}, {yesNo, "not", none},
		{yesNo, "today", none}, {yesNo, "maybe", none}, {yesNo, "nope", 1}, {yesNo, "👍", 0},
		{declines, "no", 0}, {declines, "nope", 0}, {declines, "yes please", 1}, {declines, "no no", 0}, {declines, "today", none},
		{[]string{"Yes", "No"}, "nah", 1}, {[]string{"Yes", "No"}, "n", 1}, {[]string{"Yes", "No", "I'm not sure"}, "not sure", 2}, {[]string{"Yes", "No", "Not sure"}, "sure", 0},
		{safe, "yes", 0}, {safe, "no", 1}, {safe, "safe", 0}, {safe, "not safe", 1}, {safe, "i am safe", 0}, {safe, "rather not say", 2}, {safe, "yes i am safe", 0},
		{[]string{"Yes, now", "Yes, later", "No"}, "yes", none}, {[]string{"Yes, now", "Yes, later", "No"}, "later", 1}, {[]string{"No contact yet", "We talk"}, "no", none},
		{[]string{"No contact yet", "We talk"}, "talk", 1}, {[]string{"No contact yet", "We talk"}, "contact", none},
		{told, "not told them", 1}, {told, "told", 0}, {told, "told them", 0}, {told, "somebody else", 2}, {told, "i have", 0}, {told, "i haven't", none},
		{moods, "none", 3}, {moods, "none of them", 3}, {moods, "neither", 3}, {[]string{"Add one", "Nothing today"}, "nothing", 1}, {[]string{"Yes", "Not now", "Not today"}, "no", none}, {[]string{"Yes", "No", "Never"}, "nope", none}, {topics, "none", none}, {moods, "hopefull", 2}, {moods, "hungry", none},
		// Labels that are numbers.
		{scale, "7", 6}, {scale, "seven", 6}, {scale, "10", 9}, {scale, "ten", 9}, {scale, "11", none}, {scale, "0", none}, {scale, "7.5", none}, {scale, "7!", 6},
		{shuffled, "1", 1}, {shuffled, "3", 0}, {shuffled, "2", none}, {shuffled, "ten", 2}, {shuffled, "second", 1}, {shuffled, "last", 2},
		{often, "2", none}, {often, "1-2", 0}, {often, "1-2 times", 0}, {often, "6", 2}, {often, "4", none}, {often, "6 or more", 2}, {often, "third", 2}, {often, "b", 1},
		{[]string{"1 – not at all", "5 – completely"}, "5", 1}, {[]string{"1 – not at all", "5 – completely"}, "2", none},
		{[]string{"Two of us", "Me"}, "2", none}, {[]string{"Two of us", "Me"}, "1", 0}, {[]string{"One thing", "Nothing"}, "1", 0}, {[]string{"Ring 2 friends", "Walk"}, "2", 1},
		{[]string{"The second chance", "The first week"}, "second", none}, {[]string{"Last week", "Today"}, "last", none},
		// Labels alike, or odd.
		{[]string{"Same", "same"}, "same", none}, {[]string{"😊", "😢"}, "😢", 1}, {[]string{"😊 Good", "😢 Bad"}, "bad", 1}, {[]string{"!!!", "???"}, "???", 1}, {nil, "1", none}, {[]string{""}, "a", 0}, {[]string{"Rest", " ", "\xff"}, "1", 0},
		{[]string{"Über uns", "Straße"}, "STRASSE", 1}, {[]string{"Über uns", "Straße"}, "über", 0}, {[]string{"It’s fine", "It isn’t"}, "it's fine", 0},
	} {
		if got, ok := r.Choice(c.s, c.labels); ok != (c.want != none) || ok && got != c.want {
			t.Errorf("Choice(%q, %q) = %d, %v; want %d", c.s, c.labels, got, ok, c.want)
		}
	}
}

func TestChoiceWordsAreData(t *testing.T) {
	r := reader(t, "de")
	labels := []string{"Schlaf", "Freundlichkeit", "Nicht heute"}
	for s, want := range map[string]int{"das zweite": 1, "2.": 1, "letzte": 2, "nein": 2, "Freundlichkeit bitte": 1, "freundlichkei": 1, "nummer eins": 0} {
		if got, ok := r.Choice(s, labels); !ok || got != want {
			t.Errorf("Choice(%q) = %d, %v; want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"second", "heute", "ja", "der"} {
		if got, ok := r.Choice(s, labels); ok {
			t.Errorf("Choice(%q) = %d, want none", s, got)
		}
	}
}

func TestChoiceAlwaysReadsALabelAsItStands(t *testing.T) {
	r := reader(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		labels := rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Za-z0-9 ,']{0,10}[a-z0-9]`), 1, 8, r.Fold).Draw(t, "labels")
		i := rapid.IntRange(0, len(labels)-1).Draw(t, "i")
		s := rapid.SampledFrom([]string{labels[i], strings.ToUpper(labels[i]), labels[i] + ".", " " + labels[i] + "!"}).Draw(t, "s")
		if got, ok := r.Choice(s, labels); !ok || got != i {
			t.Fatalf("Choice(%q, %q) = %d, %v; want %d", s, labels, got, ok, i)
		}
	})
}

func FuzzChoice(f *testing.F) {
	for _, s := range []string{"2", "b)", "the second one", "sleep, kindness", "all", "1 3", "\x00\xff", "no", "nein"} {
		f.Add(s, "Sleep", "A little kindness")
	}
	r := reader(f, "en")
	f.Fuzz(func(t *testing.T, s, first, second string) {
		labels := []string{first, second, "None of these"}
		if i, ok := r.Choice(s, labels); ok && (i < 0 || i >= len(labels)) {
			t.Errorf("Choice(%q) = %d", s, i)
		}
		if is, ok := r.Choices(s, labels); ok && (len(is) == 0 || !slices.IsSorted(is) || is[0] < 0 || is[len(is)-1] >= len(labels)) {
			t.Errorf("Choices(%q) = %v", s, is)
		}
	})
}

func BenchmarkChoice(b *testing.B) {
	r := reader(b, "en")
	for b.Loop() {
		r.Choice("the kindness one", topics)
	}
}
