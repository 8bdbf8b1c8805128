package flows

import (
	"bytes"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"kintsugi/flows/answer"
)

// phraseFields lists every phrase that the program itself says, outside of any
// flow, with what its text may name. The phrase file holds the words.
var phraseFields = map[string][]string{
	// Asking again. Each may have several texts, of which a later try uses a later one.
	"retry-long": nil, "retry-text": nil, "retry-photo": nil, "retry-number": nil, "retry-range": {"min", "max"},
	"retry-whole": {"min", "max"}, "retry-scale": {"min", "max"}, "retry-choice": nil,
	"retry-choices": nil, "retry-most": {"most"}, "retry-yesno": nil, "retry-list": nil,
	"retry-date": nil, "retry-time": nil, "retry-no-such-day": nil, "retry-past": nil,
	"retry-future": nil, "retry-zone": nil, "retry-zone-time": nil, "retry-told": nil, "retry-country": nil, "stuck": nil, "required": nil,
	// Buttons.
	"yes": nil, "no": nil, "skip": nil, "leave": nil, "picked": {"label"}, "choices-done": nil, "choices-more": nil,
	"list-done": nil, "list-more": {"count"}, "done-words": nil,
	// Showing a date or a time back.
	"sure": {"value"}, "sure-clock": {"value"}, "which-clock": nil, "sure-yes": nil, "sure-no": nil, "which": nil, "which-none": nil,
	"date": {"weekday", "day", "month"}, "date-year": {"weekday", "day", "month", "year"},
	"weekdays": nil, "months": nil, "and": nil, "or": nil, "comma": nil,
	// Coming and going.
	"back": nil, "back-none": nil, "nothing-open": nil, "cancelled": {"title"}, "cancelled-back": nil, "closed": nil,
	"return": {"title", "question"}, "return-begun": {"title"}, "carry-on": nil, "start-again": nil, "leave-it": nil,
	"parked": {"title"}, "parked-back": nil, "parked-leave": nil, "left": {"title"},
	"welcome-back": nil, "held": {"question"}, "held-take": nil, "held-ask": nil,
	"changed": nil, "changed-words": {"said"}, "gone": nil,
	"not-for-you": nil, "greet-first": nil,
	// What comes back by itself.
	"nudge": nil, "nudge-plain": {"title"}, "nudge-now": nil, "nudge-later": nil, "nudge-skip": nil, "nudge-left": nil,
	"nudge-next": nil, "nudge-more": nil, "nudge-late": nil,
	"nudge-put-off": {"time"}, "rhythm-daily": {"time"}, "rhythm-weekdays": {"time"}, "rhythm-weekly": {"time", "weekday"},
	"rhythm-once": {"date", "time"}, "rhythm-fortnightly": {"weekday", "time"}, "rhythm-monthly": {"nth", "time"},
	"rhythm-yearly": {"day", "month", "time"}, "ordinals": nil,
	// Whatever else may come.
	"stale": nil, "idle": nil, "returned": nil, "opened": {"name", "leaving"}, "note": nil, "note-said": nil, "note-first": nil, "held-back": {"question"}, "note-keep": nil, "note-leave": nil,
	"noted": nil, "note-kept": nil, "note-dropped": nil, "unknown-command": {"near"}, "sent": nil, "sent-edit": nil, "sent-forward": nil,
	"choose-offer": nil,
	// The coach with a draft under way: of each part what is said when it is there, how it
	// is asked for, and how it is asked for again.
	"coach-praise-observation": {"words"}, "coach-ask-observation": nil, "coach-again-observation": nil,
	"coach-praise-feeling": {"words"}, "coach-ask-feeling": nil, "coach-again-feeling": nil,
	"coach-praise-request": {"words"}, "coach-ask-request": nil, "coach-again-request": nil,
	"coach-praise-responsibility": {"words"}, "coach-ask-responsibility": nil, "coach-again-responsibility": nil,
	"coach-praise-repair": {"words"}, "coach-ask-repair": nil, "coach-again-repair": nil,
	"coach-praise-harm": {"words"}, "coach-ask-harm": nil, "coach-again-harm": nil,
	"coach-praise-regret": {"words"}, "coach-ask-regret": nil, "coach-again-regret": nil,
	"coach-praise-change": {"words"}, "coach-ask-change": nil, "coach-again-change": nil,
	"coach-praise-what": {"words"}, "coach-ask-what": nil, "coach-again-what": nil,
	"coach-praise-when": {"words"}, "coach-ask-when": nil, "coach-again-when": nil,
	"coach-praise-refusable": {"words"}, "coach-ask-refusable": nil, "coach-again-refusable": nil,
	"coach-praise-act": {"words"}, "coach-ask-act": nil, "coach-again-act": nil,
	"coach-praise-cue": {"words"}, "coach-ask-cue": nil, "coach-again-cue": nil,
	"coach-praise-size": {"words"}, "coach-ask-size": nil, "coach-again-size": nil,
	"coach-praise-date": {"words"}, "coach-ask-date": nil, "coach-again-date": nil,
	"coach-practised": nil, "coach-ask-whole": nil, "coach-again-whole": nil, "coach-beneath": {"feelings"},
	"coach-leave": nil, "coach-own": nil, "coach-own-first": nil,
	"coach-keep": nil, "coach-change": nil, "coach-example": nil,
	"coach-anew": nil, "coach-remains": {"words"}, "coach-blocked": {"words"},
	"coach-review": nil, "coach-review-same": {"first", "now"}, "coach-review-changed": {"first", "now"},
	"coach-example-seen": {"seen"}, "coach-example-felt": {"felt"}, "held-draft": nil,
	"coach-reflect-statement": nil, "coach-examples-statement": nil, "coach-reflect-apology": nil,
	"coach-examples-apology": nil, "coach-reflect-request": nil, "coach-examples-request": nil,
	"coach-reflect-promise": nil, "coach-examples-promise": nil, "coach-shape-observation-verb": {"said"},
	"coach-shape-feeling": {"said"}, "coach-shape-request-verb": {"said"}, "coach-shape-request-question": {"said"}, "coach-shape-request-thing": {"said"},
	"coach-shape-request-that": {"said"}, "coach-shape-feeling-that": {"said"}, "coach-shape-responsibility": {"said"},
	"coach-shape-repair": {"said"}, "coach-shape-harm": {"said"}, "coach-shape-regret": {"said"},
	"coach-shape-change": {"said"},
	// Photos.
	"photo-offer": {"count"}, "photo-late": {"count"}, "photo-coming": nil, "photo-kept": nil, "photo-dropped": nil, "photo-not-now": nil,
	"photo-failed": nil, "photo-full": nil, "photo-large": nil, "photo-kind": nil, "photo-note": nil, "photo-note-gone": nil,
	"photo-caption": {"date", "kind", "text"}, "export-photo": nil,
	"picture-file": nil, "picture-day": {"day", "month"}, "picture-weeks": {"from", "to"}, "picture-weeks-note": nil, "picture-weeks-none": nil,
	"picture-mood": nil, "picture-stirred": nil, "picture-trust": nil,
	"picture-letters": nil, "picture-month-none": nil, "picture-dials": nil, "picture-dials-scale": nil, "picture-dials-note": nil, "picture-dials-none": nil, "picture-journey": nil, "picture-journey-note": nil, "picture-journey-none": nil,
	"picture-board": nil, "picture-board-none": nil, "picture-ours": nil, "picture-ours-none": nil, "piece-photo": {"date", "time"},
	"dial-time": nil, "dial-money": nil, "dial-small_truths": nil, "dial-large_truths": nil, "dial-friends": nil, "dial-children": nil,
	"picture-month": {"month", "year"}, "picture-month-note": nil, "picture-weekdays": nil,
	// Numbers to ring, and the kinds there are of them.
	"resources-emergency": {"numbers"}, "resources-emergency-anywhere": {"numbers"},
	"resources-country": {"country"}, "resources-line": {"kind", "name", "ways"},
	"resources-number": {"number"}, "resources-tty": {"number"}, "resources-sms": {"number", "word"},
	"resources-none": {"country"}, "resources-directory": {"web"}, "resources-trace": nil,
	helplinePrefix + "crisis": nil, helplinePrefix + "partner-violence": nil, helplinePrefix + "men": nil,
	helplinePrefix + "lgbt": nil, helplinePrefix + "respect": nil, helplinePrefix + "young": nil,
	"resources-everywhere": {"country", "name", "ways"},
	// What a language calls itself.
	"language-name": nil,
	// Words that may stand before a country's name.
	"country-leads": nil,
	// What a person can take along, and where a terminal put it.
	"export-file": nil, "export-head": {"date"}, "export-you": nil, "export-journal": nil, "export-open": nil, "export-nudges": nil,
	"export-person": {"name", "role", "language", "country", "zone"}, "export-when": {"date", "time", "title"}, "saved": nil,
	"role-betrayed": nil, "role-betrayer": nil, "role-mixed": nil,
	// When something is wrong with the program or its disk.
	"cannot-save": nil, "went-wrong": nil,
	// Who may come in, and coming in from another account.
	"private-server": nil, "code-wrong": nil, "link-same": nil, linkPrefix + "telegram": nil, linkPrefix + "discord": nil, "day-and-time": {"date", "time"}, "exchange-over": nil, "move-same": nil, "move-own": nil, "moved-here": nil, "moved-away": nil,
	// What the commands do that work everywhere, for a platform's own list.
	commandPrefix + "back": nil, commandPrefix + "skip": nil, commandPrefix + "repeat": nil, commandPrefix + "cancel": nil,
	// And of the one that leads from a server to the private chat.
	commandPrefix + "private": nil,
	// What a platform says by itself: where more than one person reads along, and of a
	// bot in a few words, shown before anybody has written to it.
	"in-group": nil, "about-bot": nil, "about-bot-short": nil,
	"item-open": nil, "item-done": nil, "item-dropped": nil, "export-items": nil, "export-item": {"kind", "state"},
	// What was done to an agreement, by the person themselves or by the other one.
	"agreement-proposed": {"mine", "name", "date"}, "agreement-countered": {"mine", "name", "date"}, "agreement-accepted": {"mine", "name", "date"},
	"agreement-declined": {"mine", "name", "date"}, "agreement-reviewed": {"mine", "name", "date"}, "agreement-ended": {"mine", "name", "date"},
	"agreement-expired": {"date"},
	"practice-named":    {"title", "command"},
	"practice-open":     {"title"}, "practice-half": {"title"}, "practice-done": {"title"},
	stepPrefix + "1": nil, stepPrefix + "2": nil, stepPrefix + "3": nil, stepPrefix + "4": nil, stepPrefix + "5": nil,
	stepPrefix + "6": nil, stepPrefix + "7": nil, stepPrefix + "8": nil, stepPrefix + "9": nil, stepPrefix + "10": nil,
	stepPrefix + "11": nil, stepPrefix + "12": nil, stepPrefix + "13": nil, stepPrefix + "14": nil, stepPrefix + "15": nil,
	kindPrefix + "agreement": nil, kindPrefix + noteKind: nil, kindPrefix + "promise": nil, kindPrefix + "goal": nil, kindPrefix + "milestone": nil, kindPrefix + pieceKind: nil,
}

// linkPrefix begins the phrases that stand before the link of a platform.
const linkPrefix = "link-"

// kindPrefix begins the phrases that name a kind of entry.
const kindPrefix = "kind-"

// loadPhrases reads the phrases in English.
func (b *Book) loadPhrases(s source, m *mapping) {
	inner := s.mapping(m.node("phrases"))
	m.finish()
	if inner == nil {
		return
	}
	for _, key := range inner.keys {
		names, known := phraseFields[key]
		if !known && !isKindPhrase(key) {
			s.fault(inner.lineOf(key), "there is no phrase %q%s", key, didYouMean(key, slices.Sorted(maps.Keys(phraseFields))))
			continue
		}
		texts := inner.texts(key)
		s.checkEmpty(inner.lineOf(key), key, texts)
		w := &wording{key: key, line: inner.lineOf(key), texts: map[string][]*text{}}
		w.texts[english] = parseTexts(s, w.line, texts, sampleOf(nil, names...))
		b.phrases[key] = w
	}
	b.phraseFile = s.file
	for _, key := range slices.Sorted(maps.Keys(phraseFields)) {
		if b.phrases[key] == nil {
			s.fault(inner.line, "the phrase %q is missing", key)
		}
	}
	for key := range phraseCounts {
		if w := b.phrases[key]; w != nil {
			s.checkCount(inner.lineOf(key), key, len(w.texts[english]))
		}
	}
}

// checkEmpty wants at least one text, and none that says nothing.
func (s source) checkEmpty(line int, key string, texts []string) {
	if len(texts) == 0 || slices.Contains(texts, "") {
		s.fault(line, "%q is empty", key)
	}
}

func isKindPhrase(key string) bool {
	return len(key) > len(kindPrefix) && key[:len(kindPrefix)] == kindPrefix
}

// phraseCounts are the phrases with a text for each of so many.
var phraseCounts = map[string]int{"weekdays": 7, "months": 12, "ordinals": 31}

func (s source) checkCount(line int, key string, n int) {
	if want, counted := phraseCounts[key]; counted && n != want {
		s.fault(line, "%q wants %d words, and has %d", key, want, n)
	}
}

// loadWords reads the English words that answers are made of.
func (b *Book) loadWords(m *mapping) {
	n := m.node("words")
	m.finish()
	reader, err := readWords(n)
	if err != nil {
		m.fault(n.Line, "%s", err)
		return
	}
	b.readers[english] = reader
}

func readWords(n *yaml.Node) (*answer.Reader, error) {
	data, err := yaml.Marshal(n)
	if err != nil {
		return nil, err
	}
	var words answer.Words
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&words); err != nil {
		return nil, err
	}
	return answer.New(words)
}

// phrase says what the program itself has to say.
func (r *run) phrase(key string, extra scene) string {
	w := r.book.phrases[key]
	if w == nil { // a kind of entry that has no name of its own
		w = r.book.phrases[kindPrefix+noteKind]
	}
	return w.say(r, extra)
}

// phraseAt says the i-th of a phrase's texts, or the last.
func (r *run) phraseAt(key string, i int, extra scene) string {
	return r.book.phrases[key].at(r, i, extra)
}

// varied says, in other words each time, what answers something that leads nowhere: an old
// button, a word that fits nothing. Nobody is told the same over and over.
func (r *run) varied(key string, extra scene) string {
	r.s.Varied++
	return r.variedBy(r.s.Varied, key, extra)
}

// variedBy says it as the n-th time, from 1.
func (r *run) variedBy(n uint64, key string, extra scene) string {
	return r.phraseAt(key, int((n-1)%uint64(len(r.book.phrases[key].in(r.language())))), extra)
}

// join writes a list as people do: "a, b and c".
func (r *run) join(items []string) string { return r.joinBy("and", items) }

// joinBy writes a list with the word of a phrase before its last item.
func (r *run) joinBy(word string, items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	out := items[0]
	for _, item := range items[1 : len(items)-1] {
		out += r.phrase("comma", nil) + " " + item
	}
	return out + " " + r.phrase(word, nil) + " " + items[len(items)-1]
}

// Phrase gives a phrase that needs no conversation: the service says a few things
// itself, when the program or its disk is in trouble. The language may be any
// tag; English is the fallback.
func (b *Book) Phrase(key, language string) string {
	w := b.phrases[key]
	if w == nil {
		return ""
	}
	return w.in(b.nearestLanguage(language))[0].plain()
}
