package flows

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// readingLimit is how many characters a message may have, so that it can be taken in on a
// bad evening. What people wrote themselves comes on top of it.
const readingLimit = 600

var (
	templateAction = regexp.MustCompile(`\{\{[^}]*\}\}`)
	templateBranch = regexp.MustCompile(`\{\{-? *else[^}]*\}\}`)
	quotedWords    = regexp.MustCompile(`“[^”]*”`)
)

// checkReading looks whether messages can be taken in: not too long, and one question each.
// Of a text with branches each is looked at by itself, which is a rough measure.
func (b *Book) checkReading(f *Flow) {
	for key, w := range f.wordings {
		if isLabel(key) {
			continue
		}
		for _, t := range w.texts[english] {
			b.checkOneText(f, w, strings.HasSuffix(key, ".ask"), t)
		}
	}
}

func (b *Book) checkOneText(f *Flow, w *wording, asks bool, t *text) {
	branches := templateBranch.Split(t.plain(), -1)
	length, questions := 0, 0
	for _, branch := range branches {
		words := templateAction.ReplaceAllString(branch, "")
		length = max(length, utf8.RuneCountInString(words))
		questions = max(questions, strings.Count(quotedWords.ReplaceAllString(words, ""), "?"))
	}
	if len(branches) == 1 && length > readingLimit && length <= textLimit {
		b.fault(f.Heading, w.line, "this message has %d characters: more than %d can't be taken in on a bad evening", length, readingLimit)
	}
	if asks && len(branches) == 1 && questions > 1 {
		b.fault(f.Heading, w.line, "this asks %d questions: one is enough for a message", questions)
	}
}

// checkLeaving looks whether there is a way to leave each question of a practice in words:
// it can always be skipped, and not everybody knows.
func (b *Book) checkLeaving(f *Flow) {
	if f.practice == nil {
		return
	}
	for _, n := range f.nodes {
		a, ok := n.block.(*ask)
		if !ok || a.skip != nil || a.required {
			continue
		}
		switch a.kind.name() {
		case "choice", "yesno":
		default:
			b.fault(f.Heading, n.line, "there is no `skip` for whoever doesn't know: some words for leaving it")
		}
	}
}
