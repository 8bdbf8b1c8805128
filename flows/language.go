package flows

import "slices"

// languageKind takes one of the languages that the book has, each named by itself.
type languageKind struct{}

func (languageKind) name() string   { return "language" }
func (languageKind) holds() varType { return languageVar }

func (languageKind) prompt(r *run, _ *ask) prompt {
	var p prompt
	for _, tag := range r.book.allLanguages() {
		p.options = append(p.options, option{tag, r.book.languageName(tag)})
	}
	return p
}

func (k languageKind) read(r *run, a *ask, h heard) reading {
	shown := k.prompt(r, a).options
	if h.option != "" && hasOption(shown, h.option) {
		return reading{value: textValue(h.option)}
	}
	if i, ok := r.reader().Choice(h.text, labelsOf(shown)); ok {
		return reading{value: textValue(shown[i].id)}
	}
	return reading{miss: "retry-choice"}
}

// allLanguages gives the tags of the languages there are, English first.
func (b *Book) allLanguages() []string {
	return slices.Concat([]string{english}, b.languages())
}

// languageName is what a language calls itself, or its tag if it doesn't say.
func (b *Book) languageName(tag string) string {
	if w := b.phrases["language-name"]; w != nil && len(w.texts[tag]) > 0 {
		return w.texts[tag][0].plain()
	}
	return tag
}
