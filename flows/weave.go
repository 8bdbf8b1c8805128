package flows

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"
	"unicode"
	"unicode/utf8"

	"kintsugi/flows/coach"
)

// What a person wrote or picked stands in a text with other words around it, and whoever wrote
// the text didn't know it. So it is marked while the text is put together, and woven in once
// its neighbours are there: its capital falls in the middle of a sentence, of two full stops
// one stays, quotes within quotes are single ones, and a list is written as people write one.
type (
	// words are a person's own, in one piece.
	words string
	// listed are several of a person's own.
	listed []words
	// picks are labels of choices.
	picks []string
)

// These stand around what is put in, and between the items of a list; see [strongBegin].
const (
	wordsBegin = "\uFDD2"
	listBegin  = "\uFDD3"
	picksBegin = "\uFDD4"
	itemEnd    = "\uFDD5"
	placeEnd   = "\uFDD6"

	placeBegins = wordsBegin + listBegin + picksBegin
)

func (p picks) String() string { return picksBegin + strings.Join(p, itemEnd) + placeEnd }

func (l listed) String() string {
	return listBegin + strings.Join(l.strings(), itemEnd) + placeEnd
}

func (l listed) strings() []string {
	out := make([]string, len(l))
	for i, w := range l {
		out[i] = string(w)
	}
	return out
}

func listOf(items []string) listed {
	out := make(listed, len(items))
	for i, item := range items {
		out[i] = words(item)
	}
	return out
}

// placeFunc is the name that texts know [placed] by.
const placeFunc = "placed"

// placed marks what a text puts in, if it is a person's.
func placed(v any) any {
	if w, ok := v.(words); ok && w != "" {
		return wordsBegin + string(w) + placeEnd
	}
	return v
}

// placeIn has a template mark all that it puts in.
func placeIn(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		if a, ok := n.(*parse.ActionNode); ok && len(a.Pipe.Decl) == 0 {
			a.Pipe.Cmds = append(a.Pipe.Cmds, &parse.CommandNode{
				NodeType: parse.NodeCommand, Pos: a.Pos,
				Args: []parse.Node{parse.NewIdentifier(placeFunc).SetPos(a.Pos)},
			})
		}
		for _, branch := range branches(n) {
			placeIn(branch)
		}
	}
}

// woven weaves in all that is marked in a text.
func (r *run) woven(s string) string {
	var before string
	for {
		at := strings.IndexAny(s, placeBegins)
		if at < 0 {
			return before + s
		}
		before += s[:at]
		sign := s[at : at+len(wordsBegin)]
		inside, after, _ := strings.Cut(s[at+len(sign):], placeEnd)
		items := strings.Split(inside, itemEnd)
		if sign != wordsBegin && inQuotes(before) {
			for i := range items {
				items[i] = singleQuotes(items[i])
			}
		}
		switch {
		case sign == wordsBegin:
			before, s = r.weaveWords(before, inside, after)
		case sign == picksBegin || r.areShort(items):
			before, s = before+r.series(before, items), after
		case len(items) == 1 && !withinSentence(before):
			before, s = r.weaveWords(before, inside, after)
		default:
			before, s = setBy(before, items, after)
		}
	}
}

// weaveWords puts words between what is before and after them, and gives both parts anew.
func (r *run) weaveWords(before, s, after string) (string, string) {
	s = strings.TrimSpace(s)
	if inQuotes(before) {
		s = singleQuotes(unquoted(s))
	}
	if withinSentence(before) && strings.Contains(s, " ") {
		s = r.withoutCapital(s)
	}
	switch {
	case !endsSentence(s):
	case strings.HasPrefix(after, "."):
		after = after[1:]
	case strings.HasPrefix(after, "”."):
		after = "”" + after[len("”."):]
	case continues(after):
		s = strings.TrimSuffix(s, ".")
	}
	return before + s, after
}

// series writes a list as people do: "a, b and c".
func (r *run) series(before string, items []string) string {
	items = slices.Clone(items)
	for i := range items {
		if i > 0 || !beginsSentence(before) {
			items[i] = r.withoutCapital(items[i])
		}
	}
	return r.join(items)
}

// setBy sets a list by, an item on a line, and what comes behind it on lines of its own.
// Within quotes, and at the very beginning, where more of it may be put into quotes, the lines
// are no more than lines.
func setBy(before string, items []string, after string) (string, string) {
	if before == "" || strings.HasSuffix(before, "“") {
		return before + strings.Join(items, "\n"), after
	}
	before = strings.TrimRight(before, " ")
	if last, _ := utf8.DecodeLastRuneInString(before); unicode.IsLetter(last) {
		before += ":"
	}
	if before != "" && !strings.HasSuffix(before, "\n") {
		before += "\n"
	}
	after = strings.TrimLeft(strings.TrimLeft(after, ".,;"), " ")
	if after != "" && !strings.HasPrefix(after, "\n") {
		after = "\n\n" + after
	}
	return before + "– " + strings.Join(items, "\n– "), after
}

// shortWords is how many words an item has at most that is woven into a sentence.
const shortWords = 6

// areShort says whether all items are words or short phrases. What is a sentence or a
// question, or has a list within it, stands better by itself.
func (r *run) areShort(items []string) bool {
	return !slices.ContainsFunc(items, func(s string) bool {
		fields := strings.Fields(s)
		if len(fields) > shortWords || strings.ContainsAny(s, ".,;:?!…\n") || slices.Contains(fields, r.phrase("and", nil)) {
			return true
		}
		if r.language() != english || len(fields) < 3 { // "Tom's birthday" is no clause
			return false
		}
		switch coach.English().Opening(s) {
		case coach.OpensClause, coach.OpensQuestion, coach.OpensThat:
			return true
		}
		return false
	})
}

// withoutCapital gives words as they stand within a sentence. Names and titles keep their
// capitals, and so does every word that may be a name.
func (r *run) withoutCapital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	word, rest, _ := strings.Cut(s, " ")
	if !unicode.IsUpper(first) || r.language() != english || s == r.turn.Facts.Couple().Partner {
		return s
	}
	small := string(unicode.ToLower(first)) + word[size:]
	bare := strings.TrimRight(small, ".,;:?!…")
	if strings.ContainsFunc(small, unicode.IsUpper) || !r.isNoName(bare) || r.beginsName(bare, rest, s) {
		return s
	}
	return small + s[len(word):]
}

// beginsName says whether a word begins a name or a title, as in "North Street" and "The Coat",
// other than in "Ring Mara" and "The Shannon".
func (r *run) beginsName(word, rest, whole string) bool {
	second, _, _ := strings.Cut(strings.ReplaceAll(rest, "’", "'"), " ")
	next, size := utf8.DecodeRuneInString(second)
	if !unicode.IsUpper(next) || second == "I" || strings.HasPrefix(second, "I'") {
		return false
	}
	leads := r.reader().Small(word) || coach.English().Opening(whole) == coach.OpensVerb
	return !leads || r.isNoName(strings.TrimRight(string(unicode.ToLower(next))+second[size:], ".,;:?!…"))
}

// isNoName says whether a word, in small letters, is one of the language and nobody's name.
func (r *run) isNoName(word string) bool {
	if strings.EqualFold(word, r.turn.Person.Name) {
		return false
	}
	if r.reader().Small(word) {
		return true
	}
	word, _, _ = strings.Cut(strings.ReplaceAll(word, "’", "'"), "'")
	return !r.reader().Capital(word) && coach.English().Knows(word)
}

// withinSentence says whether a sentence is under way behind a text.
func withinSentence(before string) bool {
	before = strings.TrimRight(unmarked(before), " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	return unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(",;”’", last)
}

// beginsSentence says whether what comes behind a text begins a sentence, or a quote.
func beginsSentence(before string) bool {
	before = strings.TrimRight(unmarked(before), " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune("\n.?!…“‘", last)
}

// continues says whether a sentence goes on with a text.
func continues(after string) bool {
	if strings.HasPrefix(after, ",") || strings.HasPrefix(after, ";") || strings.HasPrefix(after, "?") {
		return true
	}
	rest, spaced := strings.CutPrefix(after, " ")
	next, _ := utf8.DecodeRuneInString(rest)
	return spaced && (unicode.IsLower(next) || strings.HasPrefix(rest, "I "))
}

func endsSentence(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "…")
}

// inQuotes says whether quotes are open behind a text.
func inQuotes(before string) bool {
	return strings.LastIndex(before, "“") > strings.LastIndex(before, "”")
}

// unquoted takes the quotes off words that are in quotes from end to end.
func unquoted(s string) string {
	for _, pair := range []string{"“”", `""`} {
		open, size := utf8.DecodeRuneInString(pair)
		inner, ok := strings.CutPrefix(s, string(open))
		inner, also := strings.CutSuffix(inner, pair[size:])
		if ok && also && !strings.ContainsAny(inner, pair) {
			return inner
		}
	}
	return s
}

// singleQuotes writes quotes as those within quotes.
func singleQuotes(s string) string {
	s = strings.NewReplacer("“", "‘", "”", "’").Replace(s)
	var out strings.Builder
	open := false
	for _, c := range s {
		if c == '"' {
			open = !open
			c = '’'
			if open {
				c = '‘'
			}
		}
		out.WriteRune(c)
	}
	return out.String()
}

// together gives several of a person's words as one text, to be put into others in quotes.
func (r *run) together(items []string) string {
	if r.areShort(items) {
		return r.series("", items)
	}
	return strings.Join(items, "\n")
}

// asWords gives a value that a text shows as a text by itself.
func (r *run) asWords(v any) string {
	if l, ok := v.(listed); ok {
		return r.together(l.strings())
	}
	return r.woven(fmt.Sprint(v))
}
