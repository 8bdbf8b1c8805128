package picture

import (
	"strings"
	"testing"
)

// What has no letters is left out, and no box stands in its place; nor does what is left of a
// word that could be another.
func TestUnknownLettersAreLeftOut(t *testing.T) {
	for text, want := range map[string]string{
		"tea 🙂 with\nAna": "tea with Ana", "чай, καφές, Süßes": "чай, καφές, Süßes", "sun🙂": "sun",
		"茶": "", "🙂🏖️": "", "שקט בבוקר": "", "": "", " \t": "",
		"mint 茶 茶 today": "mint … today", "海 sea": "… sea", "茶x and": "… and", "5 ④": "5 …",
		"e\u0301te\u0301": "été", "với mẹ": "voi me", "zażółć": "zażółć",
	} {
		if got := known(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestTextStaysWithinItsWidth(t *testing.T) {
	f, s := fonts{}, style{size: body}
	long := "One two three four five six seven eight nine ten eleventwelvethirteenfourteenfifteensixteen"
	lines := f.wrap(long, s, 300, 3)
	if len(lines) != 3 {
		t.Errorf("%d lines: %q", len(lines), lines)
	}
	for _, line := range append(lines, f.cut(long, s, 300)) {
		if w := f.wide(line, s); w > 300 {
			t.Errorf("%q is %d wide", line, w)
		}
	}
	if got := f.wrap("One two", s, 300, 3); len(got) != 1 || got[0] != "One two" {
		t.Errorf("%q", got)
	}
}

func TestAWordThatIsTooLongGoesOnInTheNextLine(t *testing.T) {
	f, s := fonts{}, style{size: body}
	lines := f.wrap("die "+longWord, s, 400, 9)
	var whole strings.Builder
	for i, line := range lines {
		if w := f.wide(line, s); w > 400 {
			t.Errorf("%q is %d wide", line, w)
		}
		if i < len(lines)-1 {
			line = strings.TrimSuffix(line, "-")
		}
		whole.WriteString(line)
	}
	if got := whole.String(); got != "die"+longWord {
		t.Errorf("it is %q", lines)
	}
}

func TestWordsAreAsLargeAsTheyFit(t *testing.T) {
	f := fonts{}
	for text, want := range map[string]float64{"Calm": 58, "Sunday breakfast with no phones on the table": 50, longWord: small, strings.Repeat("on and on ", 40): small} {
		if _, s := f.fit(text, tileSizes(), true, 400, 260); s.size != want {
			t.Errorf("%q is %v high, want %v", text, s.size, want)
		}
	}
}
