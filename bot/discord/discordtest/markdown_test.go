package discordtest

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatAClientShows(t *testing.T) {
	tests := map[string]struct{ content, want string }{
		"plain words":               {"Hello, you. 1 + 1 = 2; a-b, 12:30:45", "Hello, you. 1 + 1 = 2; a-b, 12:30:45"},
		"paragraphs":                {"One.\n\nTwo,\nthree.", "One.\n\nTwo,\nthree."},
		"bold":                      {"so **very** so", "so very so"},
		"italic by stars":           {"so *very* so", "so very so"},
		"italic by lines":           {"so _very_ so", "so very so"},
		"bold and italic":           {"***x***", "x"},
		"underlined":                {"__x__", "x"},
		"struck out":                {"~~x~~", "x"},
		"one wave":                  {"~x~", "~x~"},
		"a spoiler":                 {"||x||", "x"},
		"marks around nothing":      {"~~~~ ||||", "~~~~ ||||"},
		"code":                      {"`a*b*` and ``c`d``", "a*b* and c`d"},
		"code keeps backslashes":    {"`\\*`", "\\*"},
		"a block of code":           {"```go\na *b*\n```", "a *b*"},
		"marks within marks":        {"**a _b_ c**", "a b c"},
		"bold over lines":           {"**a\nb**", "a\nb"},
		"a star alone":              {"2 * 3 * 4", "2 * 3 * 4"},
		"a star that is not closed": {"*so", "*so"},
		"stars apart from words":    {"* so*", "• so*"},
		"snake case":                {"a_b_c and d__e", "a_b_c and d__e"},
		"escaped marks":             {`\*a\* \_b\_ \~\~c\~\~ \|\|d\|\| \` + "`e`", "*a* _b_ ~~c~~ ||d|| `e`"},
		"escaped within bold":       {`**a\*\*b**`, "a**b"},
		"an escaped backslash":      {`\\`, `\`},
		"a backslash before words":  {`\a \ b \` + "\n" + `\1`, `\a \ b \` + "\n" + `\1`},
		"a backslash before others": {`\é\🙂`, "é🙂"},
		"a backslash at the end":    {`so\`, `so\`},
		"a shrug":                   {`¯\_(ツ)_/¯`, `¯\_(ツ)_/¯`},
		"a heading":                 {"# So\n## so\n### so\n#### so\n#so", "So\nso\nso\n#### so\n#so"},
		"a heading within a line":   {"so # so", "so # so"},
		"small print":               {"-# so", "so"},
		"an escaped heading":        {`\# so`, "# so"},
		"a list":                    {"- a\n* b\n  - c\n-d", "• a\n• b\n• c\n-d"},
		"an escaped list":           {`\- a`, "- a"},
		"a list with numbers":       {"3. a\n7. b\n\n1. c", "3. a\n4. b\n\n1. c"},
		"an escaped number":         {`3. a` + "\n" + `7\. b`, "3. a\n7. b"},
		"a quote":                   {"> a\n> - b\nc > d\n>e", "a\n• b\nc > d\n>e"},
		"a long quote":              {">>> a\nb", "a\nb"},
		"an escaped quote":          {`\> a`, "> a"},
		"a link":                    {"https://example.org/a_b_c?d=*e*f*", "https://example.org/a_b_c?d=*e*f*"},
		"a link in brackets":        {"(https://example.org/_a_)", "(https://example.org/_a_)"},
		"escaped within a link":     {`https://example.org/a\_b`, `https://example.org/a\_b`},
		"a link without preview":    {"<https://example.org>", "https://example.org"},
		"an escaped one":            {`\<https://example.org>`, "<https://example.org>"},
		"a masked link":             {"[here](https://example.org/a_b)", "here"},
		"half escaped":              {`[here\](https://example.org)`, `here\`},
		"an escaped masked link":    {`\[here](https://example.org/a_b_c)`, "[here](https://example.org/a_b_c)"},
		"brackets alone":            {"[a](b) [c]", "[a](b) [c]"},
		"a mention":                 {"<@123> <@!1> <@&2> @everyone", "@someone @someone @someone @everyone"},
		"a room":                    {"<#456>", "#room"},
		"an escaped mention":        {`\<@123>`, "<@123>"},
		"a time":                    {"<t:123:R>", "1 January 2026"},
		"a command":                 {"</start:123>", "/start"},
		"an emoji":                  {":smile: <:own:123>", "☺ :own:"},
		"an escaped emoji":          {`\:smile: \<\:own:123>`, ":smile: <:own:123>"},
		"html":                      {"<b>a</b> &amp;", "<b>a</b> &amp;"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Render(test.content); got != test.want {
				t.Errorf("%q is shown as %q, want %q", test.content, got, test.want)
			}
		})
	}
}

func TestEverythingThatIsEscapedIsShownAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab1é *_~`|>#-+.:@<()[]!\\\n/"))).Draw(t, "text")
		escaped := ""
		for _, r := range text {
			if !isAlnum(r) && r != ' ' && r != '\n' {
				escaped += `\`
			}
			escaped += string(r)
		}
		if got := Render(escaped); got != text {
			t.Fatalf("%q is shown as %q, want %q", escaped, got, text)
		}
	})
}

func FuzzRender(f *testing.F) {
	f.Add("**a** _b_ `c` [d](https://example.org) > e\n- f")
	f.Fuzz(func(_ *testing.T, content string) { Render(content) })
}

func BenchmarkRender(b *testing.B) {
	content := strings.Repeat("All *work* and no play \\* https://example.org/a_b_c.\n", 40)
	for b.Loop() {
		Render(content)
	}
}
