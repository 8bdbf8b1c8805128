package flows

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kintsugi/flows/coach"
)

// draft is what the coach has of a draft under way. It is kept with the conversation,
// as its partial answer.
type draft struct {
	stage  string   // what the person is asked for, see below
	first  string   // what they wrote first
	text   string   // the draft as it stands
	pieces []piece  // the sentences that it is put together from, if it is
	asks   string   // the part that was asked for last; empty for the whole anew
	asked  []string // the parts asked for so far
	rounds int      // mends asked for so far
	misses int      // answers in a row that brought nothing
	shown  bool     // examples have been shown
}

// The stages of a draft: the person writes it, mends it, or looks at it.
const (
	writeStage  = ""
	anewStage   = "anew"
	mendStage   = "mend"
	reviewStage = "review"
)

// piece is a sentence of a draft, with the parts that it holds, or else with the place
// that it keeps.
type piece struct {
	parts []string
	text  string
}

// A sentence that holds no part and breaks no rule is the person's all the same: it stays
// in front of the parts, or behind those that a request does not come after.
const (
	standsBefore = "before"
	standsAfter  = "after"
)

// encode gives the draft as a partial answer: lines of a name and a value.
func (d *draft) encode() []string {
	out := []string{"stage=" + d.stage, "first=" + d.first, "text=" + d.text, "asks=" + d.asks}
	for _, p := range d.pieces {
		out = append(out, "piece="+strings.Join(p.parts, ",")+"|"+p.text)
	}
	for _, part := range d.asked {
		out = append(out, "asked="+part)
	}
	out = append(out, "rounds="+strconv.Itoa(d.rounds), "misses="+strconv.Itoa(d.misses))
	if d.shown {
		out = append(out, "shown=")
	}
	return out
}

// decodeDraft reads what encode wrote. Lines that it does not know it passes over.
func decodeDraft(lines []string) *draft {
	d := &draft{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		switch name {
		case "stage":
			d.stage = value
		case "first":
			d.first = value
		case "text":
			d.text = value
		case "asks":
			d.asks = value
		case "piece":
			parts, text, _ := strings.Cut(value, "|")
			d.pieces = append(d.pieces, piece{strings.Split(parts, ","), text})
		case "asked":
			d.asked = append(d.asked, value)
		case "rounds":
			d.rounds, _ = strconv.Atoi(value)
		case "misses":
			d.misses, _ = strconv.Atoi(value)
		case "shown":
			d.shown = true
		}
	}
	return d
}

// write takes a whole draft, the first or another one.
func (d *draft) write(mode coach.Mode, text string) {
	d.text, d.pieces, d.misses = text, nil, 0
	if inSentences(mode) {
		d.pieces = cleanPieces(mode, text)
	}
}

// inSentences says whether the parts of a draft are sentences that can be put together.
func inSentences(mode coach.Mode) bool { return mode == coach.Statement || mode == coach.Apology }

// cleanPieces gives the sentences of a draft that break no rule.
func cleanPieces(mode coach.Mode, text string) []piece {
	var out []piece
	place := standsBefore
	for _, s := range sentences(text) {
		r := coach.English().Read(mode, s)
		switch {
		case len(r.Parts) > 0:
			place = standsAfter
			if len(r.Findings) == 0 {
				out = append(out, piece{r.PartNames(), s})
			}
		case len(r.Findings) == 0 && strings.Contains(s, " "):
			out = append(out, piece{[]string{place}, s})
		}
	}
	return out
}

// holdsParts says whether a draft has a sentence that holds a part.
func (d *draft) holdsParts() bool {
	return slices.ContainsFunc(d.pieces, func(p piece) bool { return p.parts[0] != standsBefore && p.parts[0] != standsAfter })
}

// has says whether a piece holds the part.
func (d *draft) has(part string) bool {
	return slices.ContainsFunc(d.pieces, func(p piece) bool { return slices.Contains(p.parts, part) })
}

// pieceOf gives the sentence that holds a part.
func (d *draft) pieceOf(part string) string {
	for _, p := range d.pieces {
		if slices.Contains(p.parts, part) {
			return p.text
		}
	}
	return ""
}

// add puts a sentence with a part into the draft, in the place of one that held it.
func (d *draft) add(mode coach.Mode, parts []string, text string) {
	d.pieces = slices.DeleteFunc(d.pieces, func(p piece) bool {
		return !slices.ContainsFunc(p.parts, func(part string) bool { return !slices.Contains(parts, part) })
	})
	d.pieces = append(d.pieces, piece{parts, text})
	slices.SortStableFunc(d.pieces, func(a, b piece) int { return a.place(mode) - b.place(mode) })
	texts := make([]string, len(d.pieces))
	for i, p := range d.pieces {
		texts[i] = p.text
	}
	d.text = strings.Join(texts, " ")
}

// place is where a sentence stands among the others.
func (p piece) place(mode coach.Mode) int {
	order := partOrder[mode]
	if p.parts[0] == standsAfter {
		return 2*len(order) - 3 // behind all but the last
	}
	return 2 * slices.Index(order, p.parts[0])
}

// partOrder is the order in which the parts of a draft stand, and are asked for. What
// is not here is not asked for.
var partOrder = map[coach.Mode][]string{
	coach.Statement: {"observation", "feeling", "effect", "request"},
	coach.Apology:   {"responsibility", "repair", "harm", "regret", "change", "explanation"},
	coach.Request:   {"who", "what", "when", "refusable"},
	coach.Promise:   {"act", "cue", "size", "date"},
}

// unasked are the parts that a draft may lack without anybody asking for them.
var unasked = []string{"effect", "explanation", "who"}

// wants gives the next part to ask for, or "" if nothing is missing that was not asked
// for before.
func (d *draft) wants(mode coach.Mode, r coach.Reading) string {
	for _, part := range partOrder[mode] {
		if !r.Has(part) && !d.has(part) && !slices.Contains(d.asked, part) && !slices.Contains(unasked, part) {
			return part
		}
	}
	return ""
}

// sentences cuts a text into its sentences, each written as one.
func sentences(text string) []string {
	var out []string
	start := 0
	for i, c := range text {
		if c == '.' || c == '!' || c == '?' || c == '\n' {
			if next := i + utf8.RuneLen(c); next >= len(text) || unicode.IsSpace(rune(text[next])) || c == '\n' {
				out = append(out, sentence(text[start:next]))
				start = next
			}
		}
	}
	out = append(out, sentence(text[start:]))
	return slices.DeleteFunc(out, func(s string) bool { return strings.Trim(s, ".!? ") == "" })
}

// sentence writes words as a sentence: a capital, a mark at the end, and an I that is
// one.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		if w == "i" || strings.HasPrefix(w, "i'") || strings.HasPrefix(w, "i’") {
			words[i] = "I" + w[1:]
		}
	}
	s = strings.Join(words, " ")
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.IsLetter(last) || unicode.IsDigit(last) {
		s += "."
	}
	return s
}

// lowered writes words as they stand within a sentence.
func lowered(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), ".!?")
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	rest := s[size:]
	if next, _ := utf8.DecodeRuneInString(rest); first == 'I' && !unicode.IsLetter(next) || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(first)) + rest
}
