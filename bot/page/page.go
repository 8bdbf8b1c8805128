// Package page breaks texts into parts that fit what a platform takes in one message.
package page

import (
	"strings"
	"unicode/utf8"

	"kintsugi/flows"
)

// Part is a part of a text. Its Strong is measured in its own bytes.
type Part struct {
	Text   string
	Strong []flows.Span
}

// Split breaks a text into parts of which none is longer than limit, as size measures
// them: between paragraphs where that leaves parts of some length, then between lines,
// sentences and words, and never inside a character that is read as one, unless that
// one alone is too long. Space where it is broken is left out, and a text of nothing but
// space is no part at all.
//
// For size, a text must not be shorter than what it begins with.
func Split(text string, strong []flows.Span, limit int, size func(string) int) []Part {
	s := splitter{text: text, strong: strong, limit: limit, size: size}
	if size(text) <= limit {
		s.add(0, len(text))
		return s.parts
	}
	s.marks = scan(text)
	for s.skipSpace(); s.from < len(text); s.skipSpace() {
		s.cut()
	}
	return s.parts
}

// splitter is a text of which the parts before from are done.
type splitter struct {
	text   string
	strong []flows.Span
	limit  int
	size   func(string) int

	marks []mark // what is left of the text
	from  int    // where that begins
	parts []Part
}

// skipSpace leaves out the space before the next part.
func (s *splitter) skipSpace() {
	for len(s.marks) > 0 && s.marks[0].space {
		s.to(1)
	}
}

// to goes on behind n characters.
func (s *splitter) to(n int) {
	s.from, s.marks = s.marks[n-1].end, s.marks[n:]
}

// cut takes the next part off the text.
func (s *splitter) cut() {
	n := most(len(s.marks), s.limit, func(n int) bool { return s.fits(s.marks[n-1].end) })
	if n == 0 {
		s.cutCharacter()
		return
	}
	b := best(s.marks, n, s.from)
	s.add(s.from, b.end)
	s.to(b.marks)
}

// cutCharacter makes parts of the next character, each of as many code points as fit,
// or one.
func (s *splitter) cutCharacter() {
	for end := s.marks[0].end; s.from < end; {
		rest := s.text[s.from:end]
		n := most(len(rest), s.limit, func(n int) bool { return s.fits(s.from + runes(rest, n)) })
		if n = runes(rest, n); n == 0 {
			_, n = utf8.DecodeRuneInString(rest)
		}
		s.add(s.from, s.from+n)
		s.from += n
	}
	s.to(1)
}

// runes rounds n bytes down to whole code points.
func runes(text string, n int) int {
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}

func (s *splitter) fits(end int) bool {
	return s.size(s.text[s.from:end]) <= s.limit
}

// add makes a part of text[from:to], unless that is nothing but space.
func (s *splitter) add(from, to int) {
	if text := s.text[from:to]; strings.TrimSpace(text) != "" {
		s.parts = append(s.parts, Part{text, s.spans(from, to)})
	}
}

// spans gives the strong parts of text[from:to].
func (s *splitter) spans(from, to int) []flows.Span {
	var spans []flows.Span
	for len(s.strong) > 0 && s.strong[0].From < to {
		span := s.strong[0]
		if a, b := max(span.From, from), min(span.To, to); a < b {
			spans = append(spans, flows.Span{From: a - from, To: b - from})
		}
		if span.To > to {
			break
		}
		s.strong = s.strong[1:]
	}
	return spans
}

// most gives the largest k up to n for which fits holds, when it holds for all that are
// less. It begins at a guess, so as not to measure what is much too long.
func most(n, guess int, fits func(k int) bool) int {
	low, high := 0, max(guess, 1)
	for high <= n && fits(high) {
		low, high = high, 2*high
	}
	high = min(high, n+1)
	for high-low > 1 {
		if k := (low + high) / 2; fits(k) {
			low = k
		} else {
			high = k
		}
	}
	return low
}
