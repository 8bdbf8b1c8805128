package flows

import (
	"strconv"
	"strings"
)

// kind is the kind of answer that a question takes.
type kind interface {
	name() string
	holds() varType
	// prompt gives what there is to choose; the text is the question's own.
	prompt(r *run, a *ask) prompt
	// read makes something of an answer. It may have looked at the partial answer
	// and changed it.
	read(r *run, a *ask, h heard) reading
}

var kindNames = []string{"text", "number", "scale", "choice", "choices", "yesno", "list", "date", "time", "photo", "country", "zone", "language"}

func (l *flowLoader) kind(n *node, m *mapping, a *ask) kind {
	switch oneOf(m, "type", "text", kindNames) {
	case "number":
		l.limits(m, a)
		return numberKind{}
	case "scale":
		return l.scale(m, a)
	case "choice":
		return l.choice(n, m)
	case "choices":
		a.most = int(m.number("most", 0))
		if m.has("most") && a.most < 1 {
			l.fault(m.lineOf("most"), "most is how many can be picked: 1 or more")
		}
		k := &choicesKind{l.options(n, m)}
		if k.items != "" {
			l.fault(m.lineOf("choices"), "items are chosen one at a time: type choice")
		}
		return k
	case "yesno":
		return l.yesno(n, m)
	case "list":
		return listKind{}
	case "date":
		a.want = l.want(m)
		return dateKind{}
	case "time":
		return clockKind{}
	case "photo":
		return photoKind{}
	case "country":
		return countryKind{}
	case "zone":
		return zoneKind{}
	case "language":
		return languageKind{}
	}
	return textKind{}
}

// textKind takes whatever is written.
type textKind struct{}

func (textKind) name() string             { return "text" }
func (textKind) holds() varType           { return textVar }
func (textKind) prompt(*run, *ask) prompt { return prompt{} }

func (textKind) read(r *run, a *ask, h heard) reading {
	text := strings.TrimSpace(h.text)
	if text == "" || a.sayings && r.addressed(text) {
		return reading{miss: "retry-text"}
	}
	return reading{value: textValue(text)}
}

// photoKind takes a photo.
type photoKind struct{}

func (photoKind) name() string             { return "photo" }
func (photoKind) holds() varType           { return photoVar }
func (photoKind) prompt(*run, *ask) prompt { return prompt{} }

func (photoKind) read(_ *run, _ *ask, h heard) reading {
	if h.photo == "" {
		return reading{miss: "retry-photo"}
	}
	return reading{value: textValue(h.photo)}
}

// plain writes a number without a needless fraction.
func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
