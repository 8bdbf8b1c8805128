package flows

import (
	"errors"
	"strings"
	"text/template/parse"
	"unicode"
	"unicode/utf8"
)

// strongMark is what stands around the words that a text makes stand out.
const strongMark = "**"

// Between these two such words stand while a text is put together. They are characters
// of no script (Unicode 23.7, "Noncharacters"), and what people write is freed of them.
const (
	strongBegin = "\uFDD0"
	strongEnd   = "\uFDD1"
)

var errOddMark = errors.New("a ** has no other: what stands out has one before and one behind it, both in or both out of an {{if}}")

// marker replaces marks by beginnings and ends in turn.
type marker struct{ open bool }

func (m *marker) mark(s string) string {
	before, after, found := strings.Cut(s, strongMark)
	if !found {
		return s
	}
	sign := strongBegin
	if m.open {
		sign = strongEnd
	}
	m.open = !m.open
	return before + sign + m.mark(after)
}

// markText marks what is to stand out in a text that is no template.
func markText(s string) (string, error) {
	var m marker
	s = m.mark(s)
	if m.open {
		return "", errOddMark
	}
	return s, nil
}

// markTemplate marks it in the words of a template, each branch for itself. What is
// filled in is not looked at.
func markTemplate(list *parse.ListNode) error {
	if list == nil {
		return nil
	}
	var m marker
	for _, n := range list.Nodes {
		if text, ok := n.(*parse.TextNode); ok {
			text.Text = []byte(m.mark(string(text.Text)))
		}
		for _, branch := range branches(n) {
			if err := markTemplate(branch); err != nil {
				return err
			}
		}
	}
	if m.open {
		return errOddMark
	}
	return nil
}

func branches(n parse.Node) []*parse.ListNode {
	switch n := n.(type) {
	case *parse.IfNode:
		return []*parse.ListNode{n.List, n.ElseList}
	case *parse.RangeNode:
		return []*parse.ListNode{n.List, n.ElseList}
	case *parse.WithNode:
		return []*parse.ListNode{n.List, n.ElseList}
	}
	return nil
}

// plain gives a text as it was written, with nothing standing out.
func (t *text) plain() string { return strings.ReplaceAll(t.source, strongMark, "") }

// marks takes out the signs that texts are put together with.
var marks = strings.NewReplacer(strongBegin, "", strongEnd, "", wordsBegin, "", listBegin, "", picksBegin, "", itemEnd, "", placeEnd, "")

// unmarked gives a text with nothing standing out.
func unmarked(s string) string { return marks.Replace(s) }

// shownLength counts the characters of a text as people read it.
func shownLength(s string) int { return utf8.RuneCountInString(unmarked(s)) }

// withStrong gives a message with what stands out as spans. Space at the ends of one
// does not. What was cut off its end stands out as far as there is text, and an end
// without a beginning is left out.
func (m Message) withStrong() Message {
	if !strings.Contains(m.Text, strongBegin) && !strings.Contains(m.Text, strongEnd) {
		return m
	}
	var text strings.Builder
	var begun []int // where; one within another adds nothing
	for _, c := range m.Text {
		switch string(c) {
		case strongBegin:
			begun = append(begun, text.Len())
		case strongEnd:
			if len(begun) == 1 {
				m.Strong = addSpan(m.Strong, text.String(), begun[0])
			}
			begun = begun[:max(len(begun)-1, 0)]
		default:
			text.WriteRune(c)
		}
	}
	m.Text = text.String()
	if len(begun) > 0 {
		m.Strong = addSpan(m.Strong, m.Text, begun[0])
	}
	return m
}

// addSpan adds the span from there to the end of a text, but for the space around it.
func addSpan(spans []Span, text string, from int) []Span {
	words := strings.TrimLeftFunc(text[from:], unicode.IsSpace)
	from = len(text) - len(words)
	words = strings.TrimRightFunc(words, unicode.IsSpace)
	if words == "" {
		return spans
	}
	return append(spans, Span{From: from, To: from + len(words)})
}

// withoutMarks gives an effect as it leaves the engine: in messages what stands out is
// told in spans, and in what is kept nothing does.
func withoutMarks(e Effect) Effect {
	switch e := e.(type) {
	case Say:
		e.Message = e.withStrong()
		return e
	case Record:
		e.Text = unmarked(e.Text)
		return e
	case Keep:
		e.Text = unmarked(e.Text)
		return e
	}
	return e
}
