package flows

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// overlay brings a flow, or the phrases, in another language:
//
//	language: de
//	flow: recurring.gratitude
//	texts:
//	  what.ask: {of: "What is one small thing …?", is: "Was war heute …?"}
//
// `of` is the English it was made from, so that a text whose English has changed
// since is found to be stale. Several texts that take turns are lists on both sides.
type overlay struct {
	source
	line     int
	language string
	flow     string // empty: the phrases
	texts    []overlayText
	words    *yaml.Node
}

type overlayText struct {
	key    string
	line   int
	of, is []string
}

func readOverlay(s source, m *mapping) overlay {
	o := overlay{source: s, line: m.line, language: strings.ToLower(m.text("language")), flow: m.text("flow")}
	key := "texts"
	if o.flow == "" {
		key = "phrases"
		o.words = m.node("words")
	}
	if n := m.node(key); n != nil {
		if inner := s.mapping(n); inner != nil {
			for _, k := range inner.keys {
				o.texts = append(o.texts, readOverlayText(inner, k))
			}
		}
	}
	m.finish()
	return o
}

func readOverlayText(m *mapping, key string) overlayText {
	t := overlayText{key: key, line: m.lineOf(key)}
	if inner := m.mapping(m.node(key)); inner != nil {
		t.of, t.is = inner.texts("of"), inner.texts("is")
		inner.finish()
	}
	if len(t.is) == 0 {
		m.fault(t.line, "%q needs `of` (the English) and `is`", key)
	} else {
		m.checkEmpty(t.line, key, t.is)
	}
	return t
}

// lay puts an overlay over what it translates.
func (b *Book) lay(o overlay) {
	if o.flow == "" {
		b.layPhrases(o)
		return
	}
	f := b.flow(o.flow)
	if f == nil {
		o.mild(o.line, "there is no flow %q to translate", o.flow)
		return
	}
	b.layTexts(o, f.wordings, func(key string) scene { return sampleOf(f.vars, "said", "min", "max") })
}

func (b *Book) layPhrases(o overlay) {
	if o.words == nil {
		o.fault(o.line, "a language needs its words beside its phrases")
		return
	}
	reader, err := readWords(o.words)
	if err != nil {
		o.fault(o.words.Line, "%s", err)
		return
	}
	b.readers[o.language] = reader
	for _, t := range o.texts {
		o.checkCount(t.line, t.key, len(t.is))
	}
	b.layTexts(o, b.phrases, func(key string) scene { return sampleOf(nil, phraseFields[key]...) })
}

func (b *Book) layTexts(o overlay, wordings map[string]*wording, sample func(string) scene) {
	for _, t := range o.texts {
		w := wordings[t.key]
		if w == nil {
			o.mild(t.line, "there is no text %q to translate%s", t.key, didYouMean(t.key, slices.Collect(maps.Keys(wordings))))
			continue
		}
		if !slices.Equal(t.of, sources(w.texts[english])) {
			o.mild(t.line, "%q is stale: its English has changed since", t.key)
		}
		w.texts[o.language] = parseTexts(o.source, t.line, t.is, sample(t.key))
	}
}

func sources(texts []*text) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.source
	}
	return out
}

// checkTranslations finds what a language has no words for yet. People read the
// English there.
func (b *Book) checkTranslations() {
	for _, language := range b.languages() {
		for _, id := range b.order {
			b.checkTranslated(language, b.flow(id).File, b.flow(id).wordings)
		}
		b.checkTranslated(language, b.phraseFile, b.phrases)
	}
}

func (b *Book) checkTranslated(language, file string, wordings map[string]*wording) {
	for _, key := range slices.Sorted(maps.Keys(wordings)) {
		if w := wordings[key]; w.texts[language] == nil {
			source{file, &b.problems}.mild(w.line, "%q is not in %s yet", key, language)
		}
	}
}
