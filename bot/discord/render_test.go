package discord

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kintsugi/bot/discord/discordtest"
	"kintsugi/flows"
)

func TestMarkupIsEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"plain words, 21:30 and a-b":    "plain words, 21:30 and a-b",
		"*bold* _so_ ~~no~~ `x` ||y||":  `\*bold\* \_so\_ \~\~no\~\~ \` + "`x\\`" + ` \|\|y\|\|`,
		"# head\n-# small\n> quote":     "\\# head\n\\-# small\n\\> quote",
		"- item\n + item\n12. item":     "\\- item\n \\+ item\n12\\. item",
		"1.5 and 3. x":                  `1\.5 and 3. x`,
		"<@1> <#2> a < b":               `\<@1> \<#2> a \< b`,
		":smile: but not : this:":       `\:smile: but not : this:`,
		"https://e.org/a_b_c and a_b":   `https://e.org/a_b_c and a\_b`,
		"[x](https://e.org/a_b)":        `\[x](https://e.org/a_b)`,
		`back\slash`:                    `back\\slash`,
		"I'd say #1 is > 2 - and more":  "I'd say #1 is > 2 - and more",
		"@everyone":                     "@everyone",
		"line\n\n* star":                "line\n\n\\* star",
		"(https://example.org/x).":      "(https://example.org/x).",
		"http:// is no link _":          `http:// is no link \_`,
		"https://e.org/*a*_b_\n*after*": "https://e.org/*a*_b_\n\\*after\\*",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestStrongPartsStandOut(t *testing.T) {
	for _, c := range []struct {
		text   string
		strong []flows.Span
		want   string
	}{
		{"all of it", []flows.Span{{From: 0, To: 9}}, "**all of it**"},
		{"a *b* c", []flows.Span{{From: 2, To: 5}}, `a **\*b\*** c`},
		{"one two", []flows.Span{{From: 0, To: 4}, {From: 4, To: 7}}, "**one** **two**"},
		{"onetwo", []flows.Span{{From: 0, To: 3}, {From: 3, To: 6}}, "**one**two"},
		{"112 or 12. x", []flows.Span{{From: 0, To: 3}}, "**112** or 12. x"},
		{"12. x", []flows.Span{{From: 0, To: 1}}, "**1**2. x"},
		{"12. x", []flows.Span{{From: 0, To: 5}}, `**12\. x**`},
		{"see https://e.org now", []flows.Span{{From: 0, To: 21}}, "see https://e.org now"},
		{"x", []flows.Span{{From: -4, To: 40}, {From: 9, To: 2}}, "**x**"},
		{" \n ", []flows.Span{{From: 0, To: 3}}, " \n "},
	} {
		if got := render(c.text, c.strong); got != c.want {
			t.Errorf("%q became %q, want %q", c.text, got, c.want)
		}
	}
}

// anyText is made of pieces that mean something in markdown.
func anyText() *rapid.Generator[string] {
	pieces := []string{
		"*", "**", "_", "__", "~~", "`", "```", "||", "|", "\\", "<", ">", ">>> ", "#", "# ", "-", "-# ", "- ", "+ ",
		"1", "12", ". ", ".", ")", "(", "[", "]", "](", ":", ":a:", "@", "<@1>", "<#2>", "<:a:1>", "<t:1>", "</a:1>",
		"https://e.org", "http://", "/", "x", "wörd", " ", "  ", "\n", "\n\n", "\t", "🙂", "שלום", "今", "¯\\_(ツ)_/¯",
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 30).Draw(t, "pieces"), "")
	})
}

func TestAnyTextIsShownAsItStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		if got := discordtest.Render(escape(text)); got != text {
			t.Fatalf("%q became %q and is shown as %q", text, escape(text), got)
		}
	})
}

func TestAnyStrongPartIsShownAsItStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		runes := []rune(text)
		a := rapid.IntRange(0, len(runes)).Draw(t, "from")
		b := rapid.IntRange(a, len(runes)).Draw(t, "to")
		span := flows.Span{From: len(string(runes[:a])), To: len(string(runes[:b]))}
		if got := discordtest.Render(render(text, []flows.Span{span})); got != text {
			t.Fatalf("%q became %q and is shown as %q", text, render(text, []flows.Span{span}), got)
		}
	})
}

func TestALongerTextIsNotEscapedToLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		last := 0
		for i := range text {
			n := escapedSize(text[:i])
			if n < last {
				t.Fatalf("%q has %d, one less %d", text[:i], n, last)
			}
			if exact := utf8.RuneCountInString(escape(text[:i])); exact > n {
				t.Fatalf("%q has %d, and not %d", text[:i], exact, n)
			}
			last = n
		}
	})
}

func TestNoPieceIsTooLong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(anyText().Draw(t, "text"), rapid.IntRange(1, 400).Draw(t, "times"))
		var strong []flows.Span
		for i := 0; i+2 <= len(text) && len(strong) < 300; i += 20 {
			strong = append(strong, flows.Span{From: i, To: i + 2})
		}
		for _, piece := range split(text, strong) {
			if n := utf8.RuneCountInString(piece); n > maxContent || n == 0 {
				t.Fatalf("a piece has %d code points", n)
			}
		}
	})
}

func FuzzRender(f *testing.F) {
	for _, text := range []string{"*a*", "1. x", "https://e.org/_a_)", "\x00\x1b[m", "\xff", ":a:", "<@1>"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		text = visible(text)
		if got := discordtest.Render(escape(text)); got != text {
			t.Errorf("%q became %q and is shown as %q", text, escape(text), got)
		}
	})
}
