package page

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"kintsugi/flows"
)

// units counts UTF-16 units, as Telegram does.
func units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// escaped counts code points when markup has a backslash before it, as for Discord.
func escaped(text string) int {
	n := utf8.RuneCountInString(text)
	for _, mark := range []string{"*", "_", "`"} {
		n += strings.Count(text, mark)
	}
	return n
}

func TestSplit(t *testing.T) {
	family := "👨‍👩‍👧‍👦" // 11 units
	tests := map[string]struct {
		text  string
		limit int
		want  []string
	}{
		"nothing":              {"", 5, nil},
		"space":                {" \n\n ", 2, nil},
		"what fits":            {"One.\n\nTwo.", 20, []string{"One.\n\nTwo."}},
		"space around":         {"  \n one \n two \n ", 6, []string{"one", "two"}},
		"paragraphs":           {"One two.\n\nThree. Four\nfive", 20, []string{"One two.", "Three. Four\nfive"}},
		"paragraphs of spaces": {"One two.\n  \n\n Three. Four\nfive", 20, []string{"One two.", "Three. Four\nfive"}},
		"a short paragraph":    {"No.\n\nThree and\nfour and five", 20, []string{"No.\n\nThree and", "four and five"}},
		"lines":                {"One two.\nThree. Four five", 20, []string{"One two.", "Three. Four five"}},
		"lines of a machine":   {"One two.\r\nThree. Four five", 20, []string{"One two.", "Three. Four five"}},
		"sentences":            {"One two. Three four five", 20, []string{"One two.", "Three four five"}},
		"quoted sentences":     {"“One two?” Three four five", 20, []string{"“One two?”", "Three four five"}},
		"words":                {"one two three four five", 20, []string{"one two three four", "five"}},
		"many spaces":          {"one two three      four five", 13, []string{"one two three", "four five"}},
		"words that just fit":  {"one two three four", 13, []string{"one two three", "four"}},
		"a word near the end":  {"I like supercalifragilistic things", 21, []string{"I like", "supercalifragilistic", "things"}},
		"a long word":          {"a supercalifragilistic thing", 10, []string{"a", "supercalif", "ragilistic", "thing"}},
		"no spaces":            {"01234567890123456789x", 10, []string{"0123456789", "0123456789", "x"}},
		"Chinese sentences":    {"今天好吗？今天有什么高兴的小事吗", 14, []string{"今天好吗？", "今天有什么高兴的小事吗"}},
		"Chinese words":        {"Hi 今天有什么高兴的小事吗", 10, []string{"Hi 今天有什么高兴", "的小事吗"}},
		"a hard space":         {"one two three\u00a0four five", 14, []string{"one two", "three\u00a0four", "five"}},
		"characters":           {family + family + family, 23, []string{family + family, family}},
		"accents":              {strings.Repeat("e\u0301", 5), 5, []string{"e\u0301e\u0301", "e\u0301e\u0301", "e\u0301"}},
		"flags":                {"🇫🇷🇩🇪🇪🇸", 8, []string{"🇫🇷🇩🇪", "🇪🇸"}},
		"a character too long": {"ab" + strings.Repeat("\u0301", 7) + " cd", 4, []string{"a", "b\u0301\u0301\u0301", "\u0301\u0301\u0301\u0301", "cd"}},
		"no room at all":       {"a👍", 1, []string{"a", "👍"}},
		"no text at all":       {"a\xff\xfeb", 2, []string{"a\xff", "\xfeb"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range Split(test.text, nil, test.limit, units) {
				got = append(got, p.Text)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestStrongPartsAreCutWithTheText(t *testing.T) {
	text := "  One two three. Four five six. Seven."
	strong := []flows.Span{{From: 0, To: 5}, {From: 12, To: 21}, {From: 22, To: 26}}
	want := []Part{
		{"One two three.", []flows.Span{{From: 0, To: 3}, {From: 10, To: 14}}},
		{"Four five six.", []flows.Span{{From: 0, To: 4}, {From: 5, To: 9}}},
		{"Seven.", nil},
	}
	if got := Split(text, strong, 16, units); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func strongOf(text string, spans []flows.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(squeeze(text[s.From:s.To]))
	}
	return b.String()
}

// check checks what holds of every split.
func check(t interface {
	Helper()
	Errorf(string, ...any)
}, text string, strong []flows.Span, limit int, size func(string) int) {
	t.Helper()
	var all, allStrong strings.Builder
	for _, p := range Split(text, strong, limit, size) {
		if strings.TrimSpace(p.Text) == "" {
			t.Errorf("a part is %q", p.Text)
		}
		if size(p.Text) > limit && utf8.RuneCountInString(p.Text) > 1 {
			t.Errorf("%q is longer than %d", p.Text, limit)
		}
		checkSpans(t, p)
		all.WriteString(squeeze(p.Text))
		allStrong.WriteString(strongOf(p.Text, p.Strong))
	}
	if all.String() != squeeze(text) {
		t.Errorf("got %q, want %q", all.String(), text)
	}
	if want := strongOf(text, strong); allStrong.String() != want {
		t.Errorf("strong are %q, want %q", allStrong.String(), want)
	}
}

func checkSpans(t interface{ Errorf(string, ...any) }, p Part) {
	at := 0
	for _, s := range p.Strong {
		if s.From < at || s.To <= s.From || s.To > len(p.Text) {
			t.Errorf("the spans of %q are %v", p.Text, p.Strong)
			return
		}
		at = s.To
	}
}

// spansOf cuts a text at some places, every other piece being strong.
func spansOf(text string, cuts []int) []flows.Span {
	var spans []flows.Span
	at := 0
	for i, c := range cuts {
		from := at
		at = min(at+c, len(text))
		for at < len(text) && !utf8.RuneStart(text[at]) {
			at++
		}
		if i%2 == 1 && from < at {
			spans = append(spans, flows.Span{From: from, To: at})
		}
	}
	return spans
}

func pieces() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{
		"a", "word", "longer-word", " ", "  ", "\n", "\n\n", "\r\n", ". ", "?", "今天", "。", "*", "_", "`code`",
		"👨‍👩‍👧‍👦", "🇫🇷", "e\u0301", "\u0301", "\u00a0", "\u2028", "\t", "https://example.org/a_b", "\xff", "\u200b", "ש",
	})
}

func TestNothingIsLostAndNothingIsTooLong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces(), 0, 60).Draw(t, "text"), "")
		strong := spansOf(text, rapid.SliceOfN(rapid.IntRange(0, 30), 0, 10).Draw(t, "strong"))
		limit := rapid.IntRange(1, 60).Draw(t, "limit")
		size := rapid.SampledFrom([]func(string) int{units, escaped}).Draw(t, "size")
		check(t, text, strong, limit, size)
	})
}

func TestCharactersStayWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces(), 1, 60).Draw(t, "text"), "")
		whole := map[int]bool{}
		for g := uniseg.NewGraphemes(text); g.Next(); {
			from, _ := g.Positions()
			whole[from] = true
		}
		at := 0
		for _, p := range Split(text, nil, rapid.IntRange(40, 80).Draw(t, "limit"), units) {
			at += strings.Index(text[at:], p.Text)
			if !whole[at] {
				t.Errorf("%q begins inside of a character", p.Text)
			}
			at += len(p.Text)
		}
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("One two.\n\nThree four.", uint8(3), uint8(4), uint8(12))
	f.Add("👨‍👩‍👧‍👦 今天有什么*高兴*", uint8(0), uint8(20), uint8(5))
	f.Fuzz(func(t *testing.T, text string, a, b, limit uint8) {
		check(t, text, spansOf(text, []int{int(a), int(b)}), int(limit)+1, units)
		check(t, text, nil, int(limit)+1, escaped)
	})
}

func TestLittleIsMeasured(t *testing.T) {
	texts := map[string]string{
		"words":         strings.Repeat("all work and no play ", 5_000),
		"one word":      strings.Repeat("0", 100_000),
		"one character": "a" + strings.Repeat("\u0301", 50_000),
		"space":         strings.Repeat(" \n", 50_000) + "end",
		"lines":         strings.Repeat("\n", 100_000) + "end",
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			for _, limit := range []int{1, 40, 4096} {
				measured := 0
				Split(text, nil, limit, func(s string) int {
					measured += len(s)
					return units(s)
				})
				if most := 60 * len(text); measured > most {
					t.Errorf("with a limit of %d, %d bytes were measured of %d", limit, measured, len(text))
				}
			}
		})
	}
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("All work and no *play* makes nobody any the happier.\n", 200)
	for b.Loop() {
		Split(text, nil, 2000, escaped)
	}
}
