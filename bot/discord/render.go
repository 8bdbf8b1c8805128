package discord

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"kintsugi/flows"
)

const strongMark = "**"

// links are what Discord makes links of by itself. Nothing in them is read as markup,
// nor as an escape.
var links = regexp.MustCompile(`https?://[^\s<]+[^\s<.,:;"'\]]`)

// linkTail is what a link does not end with, though it may go on behind it.
const linkTail = `.,:;"']`

// scheme is what makes a link of what stands around it.
var scheme = regexp.MustCompile(`^://[^\s<]`)

// emoji is a name that Discord would show as one.
var emoji = regexp.MustCompile(`^:[\w+-][^\s:]*:`)

// visible puts a space in place of each control character but for line breaks and tabs.
// The text keeps its length, so that spans still fit.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}

// escape gives a text as markdown that is shown as the text stands.
func escape(text string) string { return render(text, nil) }

// escapedSize is how many code points the markdown has at most. Links count as though
// they were escaped, since a text must not get shorter when it goes on and becomes one.
func escapedSize(text string) int {
	r := renderer{text: text, start: true}
	return utf8.RuneCountInString(r.all())
}

// render gives a text as markdown in which some parts stand out.
func render(text string, strong []flows.Span) string {
	r := renderer{text: text, links: linksIn(text), start: true}
	r.marks = r.marksOf(strong)
	return r.all()
}

// linksIn gives where links begin and end that can stay links. A "<" that follows has to
// be escaped, and the escape would become a part of the link.
func linksIn(text string) [][]int {
	return slices.DeleteFunc(links.FindAllStringIndex(text, -1), func(l []int) bool {
		return strings.HasPrefix(strings.TrimLeft(text[l[1]:], linkTail), "<")
	})
}

// renderer is a text being rendered, up to at.
type renderer struct {
	text  string
	links [][]int      // those to come
	marks map[int]bool // where something begins or ends to stand out
	at    int
	start bool // nothing but space stands before at in its line
	out   strings.Builder
}

func (r *renderer) all() string {
	for r.at < len(r.text) {
		r.mark()
		r.next()
	}
	r.mark()
	return r.out.String()
}

// marksOf gives where parts begin and end that can stand out: what holds a link, or
// nothing but space, can't.
func (r *renderer) marksOf(strong []flows.Span) map[int]bool {
	marks := map[int]bool{}
	for _, s := range strong {
		s = r.trimmed(s)
		if s.From < s.To && !r.nearLink(s) && !marks[s.From] {
			marks[s.From], marks[s.To] = true, true
		}
	}
	return marks
}

func (r *renderer) trimmed(s flows.Span) flows.Span {
	s.From, s.To = max(s.From, 0), min(s.To, len(r.text))
	if s.From >= s.To {
		return flows.Span{}
	}
	part := r.text[s.From:s.To]
	s.From += len(part) - len(strings.TrimLeft(part, " \n\t"))
	s.To -= len(part) - len(strings.TrimRight(part, " \n\t"))
	return s
}

// nearLink says whether a link, or what could be one, stands in a part or in the words at
// its ends: a mark would become a part of it.
func (r *renderer) nearLink(s flows.Span) bool {
	from, to := strings.LastIndexAny(r.text[:s.From], " \n\t")+1, len(r.text)
	if n := strings.IndexAny(r.text[s.To:], " \n\t"); n >= 0 {
		to = s.To + n
	}
	return strings.Contains(r.text[from:to], "://")
}

func (r *renderer) mark() {
	if r.marks[r.at] {
		r.out.WriteString(strongMark)
	}
}

// next renders a link, or what stands at the beginning of a line, or one character.
func (r *renderer) next() {
	if r.link() || r.start && r.number() {
		return
	}
	c, size := utf8.DecodeRuneInString(r.text[r.at:])
	if r.isMarkup(c) {
		r.out.WriteByte('\\')
	}
	r.out.WriteString(r.text[r.at : r.at+size])
	r.at += size
	switch c {
	case '\n':
		r.start = true
	case ' ', '\t':
	default:
		r.start = false
	}
}

func (r *renderer) link() bool {
	if len(r.links) == 0 || r.links[0][0] != r.at {
		return false
	}
	r.out.WriteString(r.text[r.at:r.links[0][1]])
	r.at, r.links, r.start = r.links[0][1], r.links[1:], false
	return true
}

// number renders the number at the beginning of a line, which a point would make part of
// a list.
func (r *renderer) number() bool {
	rest := r.text[r.at:]
	after := strings.TrimLeft(rest, "0123456789")
	n := len(rest) - len(after)
	if n == 0 || after == "" || after[0] != '.' {
		return false
	}
	for i := r.at + 1; i <= r.at+n; i++ {
		if r.marks[i] {
			return false // what stands out is no list
		}
	}
	r.out.WriteString(rest[:n] + `\` + after[:1])
	r.at, r.start = r.at+n+1, false
	return true
}

// isMarkup says whether the character at hand would be read as markup.
func (r *renderer) isMarkup(c rune) bool {
	switch c {
	case '\\', '*', '_', '~', '`', '|', '<', '[':
		return true
	case '>', '#', '-', '+':
		return r.start
	case ':':
		return emoji.MatchString(r.text[r.at:]) || scheme.MatchString(r.text[r.at:])
	}
	return false
}
