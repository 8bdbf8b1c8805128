package flows

import (
	"cmp"
	"slices"
	"strings"

	"kintsugi/flows/coach"
)

// write takes what the person wrote: a draft, or the part that was asked for.
func (b *coaching) write(r *run, n *node, d *draft, text string) {
	switch d.stage {
	case writeStage:
		d.first = text
		if b.from != "" {
			d.first = r.frame().Vars.get(b.from).text
		}
		d.write(b.mode, text)
	case mendStage:
		if !b.mended(r, d, text) {
			d.misses++
			if d.misses < patience {
				if d.misses == patience-1 {
					b.sayExamples(r, d)
				}
				b.ask(r, n, d)
				return
			}
		}
	case reviewStage:
		if len(strings.Fields(text)) < fullAnswer && len(b.read(text).Parts) == 0 {
			r.lead(r.varied("retry-choice", nil))
			r.put(n)
			return
		}
		if !inSentences(b.mode) && !b.carries(b.read(text)) {
			d.text = joined(d.text, text)
			break
		}
		d.write(b.mode, text)
	default: // they wrote it anew, with no word about the one shown
		d.write(b.mode, text)
	}
	b.next(r, n, d)
}

// next asks for the next mend, or shows the draft if there is none to ask for.
func (b *coaching) next(r *run, n *node, d *draft) {
	d.misses = 0
	if d.text != d.first {
		d.text = r.withDays(d.text)
	}
	reading := b.read(d.text)
	d.stage = reviewStage
	if d.rounds < b.rounds {
		if f, ok := b.open(d, reading); ok {
			d.stage, d.asks = mendStage, f.Asks
			if d.has(f.Asks) {
				d.asks = ""
			}
		} else if part := d.wants(b.mode, reading); part != "" {
			d.stage, d.asks = mendStage, part
		}
	}
	if d.stage == reviewStage && b.from != "" { // it was practice, and nothing to keep
		if reading.Good() {
			r.lead(r.phrase("coach-practised", nil))
		}
		b.finish(r, n, d, draftKept)
		return
	}
	if d.stage == mendStage {
		d.rounds++
		d.asked = append(d.asked, b.asked(d))
	}
	b.ask(r, n, d)
}

// mended takes an answer to what was asked for, and says whether it brought anything.
func (b *coaching) mended(r *run, d *draft, text string) bool {
	reading := b.read(text)
	before := b.read(d.text)
	if f, ok := before.First(); ok && b.replaced(d, f, before, text) {
		return true
	}
	if part := b.fragment(d, reading); part != "" {
		d.add(b.mode, []string{part}, cmp.Or(b.shaped(r, part, text), sentence(text)))
		return true
	}
	if d.asks == "" || len(reading.Parts) > 1 || !inSentences(b.mode) && b.carries(reading) {
		d.write(b.mode, asked(text))
		return true
	}
	if !inSentences(b.mode) {
		d.text = joined(d.text, text)
		return true
	}
	if s := b.shaped(r, d.asks, text); s != "" {
		d.add(b.mode, b.read(s).PartNames(), s)
		return true
	}
	if slices.ContainsFunc(reading.Findings, func(f coach.Finding) bool { return f.Asks != d.asks }) {
		return false
	}
	if len(reading.Parts) == 1 && len(reading.Findings) == 0 { // another part than the one asked for
		part := reading.Parts[0].Part
		d.add(b.mode, []string{part}, cmp.Or(b.shaped(r, part, text), sentence(text)))
		return true
	}
	if len(strings.Fields(text)) >= fullAnswer || d.misses > 0 && d.asks == feelingPart { // they know better than a pattern
		s := sentence(text)
		if shapes := b.shapes(r, d.asks, text); len(shapes) > 0 && !isSentence(text) {
			s = shapes[0]
		}
		d.add(b.mode, []string{d.asks}, s)
		return true
	}
	return false
}

// feelingPart is the part for which a word will do: one that is said twice is taken, in
// the lexicon or not.
const feelingPart = "feeling"

// fullAnswer is how many words an answer has that is taken as it is, whatever the
// patterns find in it.
const fullAnswer = 5

// fragment gives the part that an answer holds, if it is one more sentence for the draft
// and not the whole of it written anew.
func (b *coaching) fragment(d *draft, reading coach.Reading) string {
	if d.asks != "" || !d.holdsParts() || len(reading.Parts) != 1 || d.has(reading.Parts[0].Part) {
		return ""
	}
	return reading.Parts[0].Part
}

// open gives the finding to mend first, if there is one. What looks like an accusation
// and is the answer to "what happened?" is none.
func (b *coaching) open(d *draft, reading coach.Reading) (coach.Finding, bool) {
	reading.Findings = slices.DeleteFunc(slices.Clone(reading.Findings), func(f coach.Finding) bool {
		return f.Alone && d.has(f.Asks)
	})
	return reading.First()
}

// replaced puts a word or two in the place of those that a finding names, where that
// leaves a draft with one finding less and what was asked for: "I felt ignored", "lonely".
func (b *coaching) replaced(d *draft, f coach.Finding, before coach.Reading, text string) bool {
	words := lowered(text)
	if n := len(strings.Fields(words)); f.Asks == "" || !f.Ends || n == 0 || n > 3 {
		return false
	}
	candidate := d.text[:f.Start] + words + d.text[f.End:]
	reading := b.read(candidate)
	if len(reading.Findings) >= len(before.Findings) || !reading.Has(f.Asks) {
		return false
	}
	d.write(b.mode, sentence(candidate))
	return true
}

// asked writes words as a sentence, with a question mark if they begin as a question.
func asked(text string) string {
	if strings.ContainsAny(text, ".!?\n") || coach.English().Opening(text) != coach.OpensQuestion {
		return sentence(text)
	}
	return sentence(text + "?")
}

// carries says whether a text holds the part that a draft of this kind is about.
func (b *coaching) carries(reading coach.Reading) bool {
	return b.mode == coach.Request && reading.Has("what") || b.mode == coach.Promise && reading.Has("act")
}

// joined puts words behind a draft, before the mark at its end.
func joined(text, words string) string {
	bare := strings.TrimRight(text, ".!? ")
	end := strings.TrimSpace(text[len(bare):])
	return sentence(bare + " " + lowered(words) + end)
}

// shaped makes a sentence of an answer, so that it holds the part that was asked for and
// breaks no rule; or nothing, if it can't.
func (b *coaching) shaped(r *run, part, text string) string {
	candidates := append(b.shapes(r, part, text), sentence(text))
	if isSentence(text) {
		slices.Reverse(candidates)
	}
	for _, c := range candidates {
		if reading := b.read(c); reading.Has(part) && len(reading.Findings) == 0 {
			return c
		}
	}
	return ""
}

// isSentence says whether an answer is a sentence as it stands.
func isSentence(text string) bool { return coach.English().Opening(text) == coach.OpensClause }

// shapes gives the sentences that an answer can be made, by how it begins.
func (b *coaching) shapes(r *run, part, text string) []string {
	var out []string
	opening := string(coach.English().Opening(text))
	for _, key := range []string{b.phrase(part, "shape") + "-" + opening, b.phrase(part, "shape")} {
		w := r.book.phrases[key]
		if w == nil {
			continue
		}
		for i := range w.in(r.language()) {
			out = append(out, sentence(r.phraseAt(key, i, scene{"said": lowered(text)})))
		}
	}
	return out
}
