package answer

import (
	"math"
	"strconv"
	"strings"
)

// maxNumber is the largest number, either side of zero, that counts as an answer.
const maxNumber = 1e12

// amount is a number with the maximum it was given against: 7 of 10. Without one,
// of is zero.
type amount struct{ value, of float64 }

// Number reads a number: "7", "7,5", "about a seven", "minus three", "7/10",
// "7 out of 10". It reads no range, no ordinal, no alternative, and nothing
// beyond 1e12. The maximum in "7 out of 10" is left out; see [Reader.Scale].
func (r *Reader) Number(s string) (float64, bool) {
	a, ok := r.amount(s)
	return a.value, ok
}

// Scale reads a whole number from min to max. A maximum that the person names
// ("7/5") must be max. The number is given with OutOfRange too, unless it is too
// large for an int; with Fraction it is rounded down.
func (r *Reader) Scale(s string, min, max int) (int, Reason) {
	a, ok := r.amount(s)
	if !ok || a.of != 0 && a.of != float64(max) {
		return 0, NotUnderstood
	}
	n := int(math.Floor(a.value))
	switch {
	case a.value < float64(min), a.value > float64(max):
		return n, OutOfRange
	case a.value != math.Floor(a.value):
		return n, Fraction
	}
	return n, OK
}

func (r *Reader) amount(s string) (amount, bool) {
	parts := joinNumbers(r.counts.read(tokens(s)))
	if n := len(parts); n > 1 {
		if _, ok := parts[n-1].is(counted); ok {
			parts = parts[:n-1]
		}
	}
	var found []amount
	shapes(parts, string([]byte{filler, hedge}), func(shape []byte, args []arg) {
		if a, ok := r.shapedAmount(string(shape), args); ok {
			found = append(found, a)
		}
	})
	if len(found) != 1 || math.Abs(found[0].value) > maxNumber {
		return amount{}, false
	}
	return found[0], true
}

func (r *Reader) shapedAmount(shape string, args []arg) (amount, bool) {
	switch shape {
	case "n":
		return amount{value: r.value(args[0])}, true
	case "n+":
		return amount{value: r.value(args[0]) + 0.5}, true
	case "-n":
		return amount{value: -r.value(args[1])}, true
	case "-n+":
		return amount{value: -r.value(args[1]) - 0.5}, true
	case "n/n":
		a := amount{r.value(args[0]), r.value(args[2])}
		return a, a.of > 0
	case "q":
		n, of, _ := strings.Cut(args[0].text, "/")
		a := amount{}
		a.value, _ = r.decimal(n)
		a.of, _ = r.decimal(of)
		return a, a.of > 0
	}
	return amount{}, false
}

// value is the number that a part stands for. Numerals are read again, for the
// sake of fractions.
func (r *Reader) value(a arg) float64 {
	if a.kind == numeral {
		if v, ok := r.decimal(a.text); ok {
			return v
		}
	}
	return float64(a.meaning.value)
}

// countNumeral gives the meanings of a numeral where numbers are expected.
func (r *Reader) countNumeral(t token) []meaning {
	if v, ok := r.decimal(t.text); ok {
		return []meaning{{number, int(v)}}
	}
	n, of, found := strings.Cut(t.text, "/")
	_, ok := r.decimal(n)
	if d, dok := r.decimal(of); found && ok && dok && scaleMaximum(d) {
		return []meaning{{ratio, 0}}
	}
	return nil
}

// scaleMaximum says whether x/d is more likely "x out of d" than a fraction or a
// date: 3/4 is a fraction of one.
func scaleMaximum(d float64) bool { return d >= 5 && math.Mod(d, 5) == 0 }

// decimal reads digits with at most one decimal mark, and with marks between
// groups of three. A mark before the last three digits groups them unless it is
// the language's decimal mark.
func (r *Reader) decimal(s string) (float64, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	if len(digits) > 20 || strings.Trim(digits, "0123456789.,") != "" {
		return 0, false
	}
	whole, fraction := digits, ""
	if i := strings.LastIndexAny(digits, ".,"); i >= 0 && !r.groups(digits[:i], digits[i], digits[i+1:]) {
		if strings.Contains(digits[:i], digits[i:i+1]) {
			return 0, false
		}
		whole, fraction = digits[:i], digits[i+1:]
	}
	groups := strings.FieldsFunc(whole, func(c rune) bool { return c == '.' || c == ',' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(strings.Join(groups, "")+"."+fraction+"0", 64)
	if err != nil || strings.Contains(whole, ".") && strings.Contains(whole, ",") {
		return 0, false
	}
	if negative {
		v = -v
	}
	return v, true
}

// groups says whether the last mark of a numeral groups thousands.
func (r *Reader) groups(before string, mark byte, after string) bool {
	return len(after) == 3 && string(mark) != r.decimalMark && before != "" && before[0] != '0' &&
		len(before) <= 3+4*strings.Count(before, string(mark))
}

// joinNumbers puts together what is one number in several words or pieces:
// "twenty one", "two hundred", "3" and "rd".
func joinNumbers(parts []part) []part {
	out := parts[:0:len(parts)]
	for _, p := range parts {
		if len(out) > 0 {
			if m, ok := joined(out[len(out)-1], p); ok {
				out[len(out)-1].meanings = []meaning{m}
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

func joined(a, b part) (meaning, bool) {
	first, ok := a.is(number)
	if !ok {
		return meaning{}, false
	}
	if _, ok := b.is(ending); ok && a.kind == numeral && first > 0 {
		return meaning{ordinal, first}, true
	}
	second, ok := b.is(number)
	if !ok || a.kind != word || b.kind != word {
		return meaning{}, false
	}
	switch {
	case first >= 20 && first <= 90 && first%10 == 0 && second >= 1 && second <= 9:
		return meaning{number, first + second}, true
	case first >= 1 && first <= 9 && second == 100:
		return meaning{number, first * second}, true
	}
	return meaning{}, false
}
