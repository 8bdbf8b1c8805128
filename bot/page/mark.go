package page

import (
	"strings"

	"github.com/rivo/uniseg"
)

// mark is the end of a character, as people count them, and what may happen there.
type mark struct {
	end      int // in bytes of the whole text
	space    bool
	newline  bool
	sentence bool // a sentence ends here
	breaks   bool // a line may be broken here
}

// scan finds the characters of a text.
func scan(text string) []mark {
	var marks []mark
	for end, state := 0, -1; text != ""; {
		var c string
		var found int
		c, text, found, state = uniseg.StepString(text, state)
		end += len(c)
		space, line := strings.TrimSpace(c) == "", found&uniseg.MaskLine
		marks = append(marks, mark{
			end:      end,
			space:    space,
			newline:  space && line == uniseg.LineMustBreak,
			sentence: found&uniseg.MaskSentence != 0,
			breaks:   line != uniseg.LineDontBreak,
		})
	}
	return marks
}

// kind is a kind of place to break a text at, a better one being greater.
type kind int

const (
	inside kind = iota // where a line may be broken although there is no space
	word
	sentence
	line
	paragraph
	kinds
)

// place is where a text can be broken: the part before it ends at end, and what comes
// after that begins behind so many marks.
type place struct{ end, marks int }

// best finds the best place to break a text that begins at from, when n marks of it
// fit. A place must leave a part of at least a third of what fits. Failing that it is the
// last space, and failing that the end of what fits. The first mark is no space.
func best(marks []mark, n, from int) place {
	words := n
	for marks[words-1].space {
		words--
	}
	end := marks[words-1].end
	if n == len(marks) {
		return place{end, n}
	}
	last := places(marks, n)
	for k := paragraph; k >= inside; k-- {
		if last[k].end-from > (end-from)/3 {
			return last[k]
		}
	}
	found := place{end, n}
	for k, at := word, from; k < kinds; k++ {
		if last[k].end > at {
			found, at = last[k], last[k].end
		}
	}
	return found
}

// places finds the last place of each kind behind at most n marks and the space that
// follows them.
func places(marks []mark, n int) (last [kinds]place) {
	var now spot
	for i, m := range marks {
		if i >= n && !m.space {
			break
		}
		now.pass(m)
		if m.breaks {
			last[now.kind(m)] = place{now.end, i + 1}
		}
	}
	return last
}

// spot is what lies around a mark.
type spot struct {
	end      int // where the last word before it ends
	newlines int // since then
	sentence bool
}

func (s *spot) pass(m mark) {
	if !m.space {
		*s = spot{end: m.end}
	}
	if m.newline {
		s.newlines++
	}
	s.sentence = s.sentence || m.sentence
}

// kind says what kind of place it is behind m.
func (s *spot) kind(m mark) kind {
	switch {
	case s.newlines > 1:
		return paragraph
	case s.newlines == 1:
		return line
	case s.sentence:
		return sentence
	case m.space:
		return word
	}
	return inside
}
