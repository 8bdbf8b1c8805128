package flows

import (
	"strconv"

	"kintsugi/flows/answer"
)

// numberKind takes any number, or one between limits.
type numberKind struct{}

func (numberKind) name() string             { return "number" }
func (numberKind) holds() varType           { return numberVar }
func (numberKind) prompt(*run, *ask) prompt { return prompt{numeric: true} }

func (numberKind) read(r *run, a *ask, h heard) reading {
	v, ok := r.reader().Number(h.text)
	switch {
	case !ok:
		return reading{miss: "retry-number"}
	case a.limited && (v < a.min || v > a.max):
		return reading{miss: "retry-range"}
	}
	return reading{value: numberValue(v)}
}

func (l *flowLoader) limits(m *mapping, a *ask) {
	a.limited = m.has("min") || m.has("max")
	a.min, a.max = m.number("min", 0), m.number("max", 1e12)
	if a.min >= a.max {
		l.fault(m.lineOf("max"), "max has to be more than min")
	}
}

// scaleKind takes a whole number from a few, such as 1 to 10.
type scaleKind struct{}

// scaleButtons is the longest scale that is shown as buttons.
const scaleButtons = 11

func (l *flowLoader) scale(m *mapping, a *ask) kind {
	a.limited, a.min, a.max = true, m.number("min", 1), m.number("max", 10)
	if a.min >= a.max || a.min != float64(int(a.min)) || a.max != float64(int(a.max)) {
		l.fault(m.lineOf("max"), "a scale goes from a whole number to a larger one")
		a.min, a.max = 1, 10
	}
	return scaleKind{}
}

func (scaleKind) name() string   { return "scale" }
func (scaleKind) holds() varType { return wholeVar }

func (scaleKind) prompt(_ *run, a *ask) prompt {
	p := prompt{numeric: true}
	if a.max-a.min < scaleButtons {
		p.options = make([]option, 0, scaleButtons+1)
		for i := int(a.min); i <= int(a.max); i++ {
			p.options = append(p.options, option{strconv.Itoa(i), strconv.Itoa(i)})
		}
	}
	return p
}

func (scaleKind) read(r *run, a *ask, h heard) reading {
	said := h.text
	if h.option != "" {
		said = h.option
	}
	n, res := r.reader().Scale(said, int(a.min), int(a.max))
	switch res {
	case answer.OK:
		return reading{value: numberValue(float64(n))}
	case answer.Fraction:
		return reading{miss: "retry-whole"}
	case answer.OutOfRange:
		return reading{miss: "retry-range"}
	}
	return reading{miss: "retry-scale"}
}
