package discordtest

import (
	"regexp"
	"strings"
)

// What stands for a link or a mention, at the front of a content.
var (
	bareURL    = regexp.MustCompile(`^https?://[^\s<]+[^<.,:;"'\]\s]`)
	angledURL  = regexp.MustCompile(`^<(https?://[^\s>]+)>`)
	maskedURL  = regexp.MustCompile(`^\[((?:\[[^\]]*\]|[^\[\]])+)\]\(\s*<?https?://(?:\([^)]*\)|[^\s)])+?>?(?:\s+['"][^'"]*['"])?\s*\)`)
	anyone     = regexp.MustCompile(`^<@[!&]?\d+>`)
	room       = regexp.MustCompile(`^<(?:#\d+|id:\w+)>`)
	ownEmoji   = regexp.MustCompile(`^<a?:(\w+):\d+>`)
	timestamp  = regexp.MustCompile(`^<t:-?\d+(?::[tTdDfFR])?>`)
	slash      = regexp.MustCompile(`^<(/[^:>]+):\d+>`)
	namedEmoji = regexp.MustCompile(`^:(?:[a-zA-Z]\w*|\+1|-1|100|1234):`)
	codeBlock  = regexp.MustCompile("(?s)^```(?:[a-zA-Z0-9_+.#-]+\n)?\n*([^\n].*?)\n*```")
)

// link takes a link. Within an address nothing is escaped or marked up.
func (r *renderer) link() bool {
	if !strings.ContainsRune("h<[", rune(r.rest[0])) { // none of them begins with anything else
		return false
	}
	if url := bareURL.FindString(r.rest); url != "" {
		for strings.HasSuffix(url, ")") && strings.Count(url, ")") > strings.Count(url, "(") {
			url = url[:len(url)-1]
		}
		return r.take(len(url), url)
	}
	if m := angledURL.FindStringSubmatch(r.rest); m != nil {
		return r.take(len(m[0]), m[1])
	}
	if m := maskedURL.FindStringSubmatch(r.rest); m != nil {
		return r.take(len(m[0]), r.inner(m[1]))
	}
	return false
}

// mention takes what a client shows as a name, a date or a picture.
func (r *renderer) mention() bool {
	if r.rest[0] != '<' && r.rest[0] != ':' {
		return false
	}
	if m := slash.FindStringSubmatch(r.rest); m != nil {
		return r.take(len(m[0]), m[1])
	}
	if m := ownEmoji.FindStringSubmatch(r.rest); m != nil {
		return r.take(len(m[0]), ":"+m[1]+":")
	}
	for shown, form := range map[string]*regexp.Regexp{"@someone": anyone, "#room": room, "1 January 2026": timestamp, "☺": namedEmoji} {
		if found := form.FindString(r.rest); found != "" {
			return r.take(len(found), shown)
		}
	}
	return false
}

// mark takes what stands between marks.
func (r *renderer) mark() bool {
	switch r.rest[0] {
	case '`':
		return r.code()
	case '*':
		return r.emphasis('*', closesStar) || r.pair("**", true)
	case '_':
		return r.emphasis('_', closesLine) || r.pair("__", true)
	case '~':
		return r.pair("~~", false)
	case '|':
		return r.pair("||", false)
	}
	return false
}

// code takes code, in which nothing is escaped.
func (r *renderer) code() bool {
	if m := codeBlock.FindStringSubmatch(r.rest); m != nil {
		return r.take(len(m[0]), m[1])
	}
	ticks := r.rest[:len(r.rest)-len(strings.TrimLeft(r.rest, "`"))]
	for i := len(ticks); i < len(r.rest); i++ {
		run := len(r.rest[i:]) - len(strings.TrimLeft(r.rest[i:], "`"))
		if run == len(ticks) {
			return r.take(i+run, r.rest[run:i])
		}
		i += run
	}
	return false
}

// emphasis takes what stands between two single marks.
func (r *renderer) emphasis(mark byte, closes func(before, after string) bool) bool {
	if len(r.rest) < 3 || mark == '*' && strings.ContainsRune(" \n\t", rune(r.rest[1])) {
		return false
	}
	for i := 1; i < len(r.rest); i++ {
		switch {
		case r.rest[i] == '\\', strings.HasPrefix(r.rest[i:], string([]byte{mark, mark})):
			i++
		case r.rest[i] == mark:
			if i == 1 || !closes(r.rest[1:i], r.rest[i+1:]) {
				return false
			}
			return r.take(i+1, r.inner(r.rest[1:i]))
		}
	}
	return false
}

func closesStar(before, _ string) bool { return strings.TrimRight(before, " \n\t") == before }

// closesLine keeps the lines in snake_case.
func closesLine(_, after string) bool {
	return after == "" || !isAlnum(rune(after[0]))
}

// pair takes what stands between two double marks.
func (r *renderer) pair(mark string, escapes bool) bool {
	if !strings.HasPrefix(r.rest, mark) {
		return false
	}
	for i := len(mark); i < len(r.rest); i++ {
		if escapes && r.rest[i] == '\\' {
			i++
			continue
		}
		after, closes := strings.CutPrefix(r.rest[i:], mark)
		if closes && i > len(mark) && !(escapes && strings.HasPrefix(after, mark[:1])) {
			return r.take(i+len(mark), r.inner(r.rest[len(mark):i]))
		}
	}
	return false
}
