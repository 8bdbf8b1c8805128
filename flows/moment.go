package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kintsugi/flows/answer"
)

// dateKind takes a day. It is shown back before it is used.
type dateKind struct{}

func (dateKind) name() string             { return "date" }
func (dateKind) holds() varType           { return dateVar }
func (dateKind) prompt(*run, *ask) prompt { return prompt{} }

// wants are what `when:` of a date question may say.
var wants = map[string]answer.Want{"any": answer.Any, "future": answer.Future, "past": answer.Past}

func (l *flowLoader) want(m *mapping) answer.Want {
	return wants[oneOf(m, "which", "any", []string{"any", "future", "past"})]
}

func (dateKind) read(r *run, a *ask, h heard) reading {
	got := r.reader().Date(h.text, r.now(), a.want)
	switch got.Reason {
	case answer.OK, answer.Ambiguous:
		var sure []string
		for _, day := range got.Dates {
			sure = append(sure, day.Format(dateForm))
		}
		return reading{sure: sure}
	case answer.NoSuchDay:
		return reading{miss: "retry-no-such-day"}
	case answer.InPast:
		return reading{miss: "retry-past"}
	case answer.InFuture:
		return reading{miss: "retry-future"}
	}
	return reading{miss: "retry-date"}
}

// clockKind takes a time of day. It too is shown back.
type clockKind struct{}

func (clockKind) name() string             { return "time" }
func (clockKind) holds() varType           { return clockVar }
func (clockKind) prompt(*run, *ask) prompt { return prompt{} }

func (clockKind) read(r *run, _ *ask, h heard) reading {
	got := r.reader().Time(h.text)
	if !got.OK && got.Reason != answer.Ambiguous {
		return reading{miss: "retry-time"}
	}
	var sure []string
	for _, m := range got.Minutes {
		sure = append(sure, fmt.Sprintf("%02d:%02d", m/60, m%60))
	}
	return reading{sure: sure}
}

// Options of the question whether a reading is right.
const (
	rightID = "right"
	wrongID = "wrong"
)

// surePrompt shows a reading back, or asks which of several is meant.
func (r *run) surePrompt(a *ask, sure []string) prompt {
	one, several := "sure", "which"
	if byClock(sure[0]) {
		one, several = "sure-clock", "which-clock"
	}
	if len(sure) == 1 {
		return prompt{
			text: r.phrase(one, scene{"value": r.reading(a, sure[0])}),
			options: []option{
				{rightID, r.phrase("sure-yes", nil)},
				{wrongID, r.phrase("sure-no", nil)},
			},
		}
	}
	p := prompt{text: r.phrase(several, nil)}
	for _, s := range sure {
		p.options = append(p.options, option{s, r.reading(a, s)})
	}
	p.options = append(p.options, option{wrongID, r.phrase("which-none", nil)})
	return p
}

func (r *run) reading(a *ask, value string) string {
	switch a.kind.holds() {
	case dateVar:
		return r.date(value)
	case zoneVar:
		return value[strings.LastIndex(value, zoneMark)+1:]
	}
	return value
}

// hearSure takes the answer to it. Anything that is neither yes nor no is read as
// a new answer to the question itself.
func (r *run) hearSure(n *node, a *ask, h heard) {
	sure := r.s.Front.Sure
	picked, ok := r.pickSure(a, sure, h)
	switch {
	case ok && picked == "":
		r.s.Front.Sure = nil
		r.put(n)
	case ok:
		r.keep(n, a, textValue(r.zoneIn(picked)))
	case r.saysYes(h.text): // to which of them?
		r.lead(r.phrase("choose-offer", nil))
		r.put(n)
	default:
		r.s.Front.Sure = nil
		r.settle(n, a, h, a.kind.read(r, a, h))
	}
}

// pickSure gives the reading that is meant, or "" for none of them.
func (r *run) pickSure(a *ask, sure []string, h heard) (string, bool) {
	if slices.Contains(sure, h.option) {
		return h.option, true
	}
	if h.option == rightID {
		return sure[0], true
	}
	if h.option == wrongID {
		return "", true
	}
	if yes, ok := r.reader().YesNo(h.text); ok && len(sure) == 1 {
		if yes {
			return sure[0], true
		}
		return "", true
	} else if ok && !yes {
		return "", true
	}
	p := r.surePrompt(a, sure)
	if i, ok := r.reader().Choice(h.text, labelsOf(p.options)); ok {
		return r.pickSure(a, sure, heard{option: p.options[i].id})
	}
	return "", false
}

// date writes a stored date as people read it, with the year when it is not this
// one.
func (r *run) date(value string) string {
	t, err := time.ParseInLocation(dateForm, value, r.now().Location())
	if err != nil {
		return ""
	}
	return r.day(t)
}

func (r *run) day(t time.Time) string {
	key := "date"
	if t.Year() != r.now().Year() {
		key = "date-year"
	}
	return r.dayAs(key, t)
}

// dayAs writes a day in one of the forms that there are for it.
func (r *run) dayAs(key string, t time.Time) string {
	return r.phrase(key, scene{
		"weekday": r.phraseAt("weekdays", int(t.Weekday()), nil),
		"month":   r.phraseAt("months", int(t.Month())-1, nil),
		"day":     t.Day(), "year": t.Year(),
	})
}
