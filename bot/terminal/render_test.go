package terminal

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"kintsugi/flows"
)

func buttons(labels ...string) []flows.Button {
	var b []flows.Button
	for i, l := range labels {
		b = append(b, flows.Button{Token: "t" + string(rune('0'+i)), Label: l})
	}
	return b
}

func TestRender(t *testing.T) {
	tests := map[string]struct {
		m    flows.Message
		want []string
	}{
		"text alone": {flows.Message{Text: "Hello."}, []string{"Hello."}},
		"words are wrapped": {
			flows.Message{Text: "What was the best small moment of this day?"},
			[]string{"What was the best", "small moment of this", "day?"},
		},
		"paragraphs and lines stay": {
			flows.Message{Text: "One.\n\nTwo,\n  and more."},
			[]string{"One.", "", "Two,", "  and more."},
		},
		"a long address breaks where it may": {
			flows.Message{Text: "See https://example.org/a/long/path now"},
			[]string{"See https://", "example.org/a/long/", "path now"},
		},
		"a long word breaks anywhere": {
			flows.Message{Text: "aaaaaaaaaaaaaaaaaaaaaaaaa b"},
			[]string{"aaaaaaaaaaaaaaaaaaaa", "aaaaa b"},
		},
		"wide characters count twice": {
			flows.Message{Text: "今天有什么让你高兴的小事吗"},
			[]string{"今天有什么让你高兴的", "小事吗"},
		},
		"characters are not torn": {
			flows.Message{Text: "1234567890123456789👨‍👩‍👧‍👦"},
			[]string{"1234567890123456789", "👨‍👩‍👧‍👦"},
		},
		"buttons are numbered": {
			flows.Message{Text: "Well?", Buttons: buttons("Yes", "Nothing today")},
			[]string{"Well?", "", "[1] Yes", "[2] Nothing today"},
		},
		"a long label is wrapped beside its number": {
			flows.Message{Text: "Well?", Buttons: buttons("Something that takes long to say")},
			[]string{"Well?", "", "[1] Something that", "    takes long to", "    say"},
		},
		"buttons alone": {flows.Message{Buttons: buttons("Yes")}, []string{"[1] Yes"}},
		"a scale is a row": {
			flows.Message{Text: "How much?", Numeric: true, Buttons: buttons("0", "1", "2", "3", "4", "5", "Not sure", "Skip")},
			[]string{"How much?", "", "0   1   2   3   4", "5", "[a] Not sure", "[b] Skip"},
		},
		"a label has one line": {flows.Message{Buttons: buttons("a\nb\x00")}, []string{"[1] a b␀"}},
		"control characters are seen": {
			flows.Message{Text: "a\x00b\x1b[31mc\x07d\x7fe\u0085f\r\ng\rh"},
			[]string{"a␀b␛[31mc␇d␡e\uFFFDf", "g␍h"},
		},
		"markup is left alone": {flows.Message{Text: "*a* <b> &c;"}, []string{"*a* <b> &c;"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, want := render(test.m, 20, false), strings.Join(test.want, "\n"); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestWrappingKeepsEveryCharacterAndTheWidth(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := visible(rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("ab \n今👍🏽é-/")))).Draw(rt, "text"))
		width := rapid.IntRange(2, 30).Draw(rt, "width")
		wrapped := wrap(text, width)
		squeeze := strings.NewReplacer(" ", "", "\n", "")
		if squeeze.Replace(wrapped) != squeeze.Replace(text) {
			rt.Fatalf("%q became %q", text, wrapped)
		}
		for _, line := range strings.Split(wrapped, "\n") {
			// Indentation is kept, whatever its width.
			if w := uniseg.StringWidth(line); w > width && !strings.HasPrefix(line, " ") && uniseg.GraphemeClusterCount(line) > 1 {
				rt.Fatalf("%q is %d wide, want at most %d", line, w, width)
			}
		}
	})
}

func TestNoTextSteersTheTerminal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(rt, "text"))
		for _, r := range render(flows.Message{Text: text, Buttons: buttons(text)}, 30, false) {
			if r != '\n' && (r < 0x20 || r >= 0x7f && r < 0xa0) {
				rt.Fatalf("%q holds the control character %U", text, r)
			}
		}
	})
}

func TestWhatStandsOutIsBoldAndTakesNoRoom(t *testing.T) {
	m := flows.Message{
		Text:   "In danger now? Ring 116 123 at once, or 999.",
		Strong: []flows.Span{{From: 20, To: 27}, {From: 40, To: 43}},
	}
	bold := strings.Join([]string{"In danger now? Ring", "\x1b[1m116 123\x1b[22m at once, or", "\x1b[1m999\x1b[22m."}, "\n")
	if got := render(m, 19, true); got != bold {
		t.Errorf("got %q, want %q", got, bold)
	}
	if got, want := render(m, 19, false), strings.NewReplacer("\x1b[1m", "", "\x1b[22m", "").Replace(bold); got != want {
		t.Errorf("on a pipe: got %q, want %q", got, want)
	}
}

func TestATextCannotMakeItselfBold(t *testing.T) {
	text := "\x01a\x02\x1b[1m b"
	m := flows.Message{Text: text, Strong: []flows.Span{{From: len(text) - 1, To: len(text)}}}
	if got, want := render(m, 40, true), "␁a␂␛[1m \x1b[1mb\x1b[22m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
