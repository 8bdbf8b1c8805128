package coach

import "strings"

// form is one form of a verb. A class can be narrowed to one: "@hit:past".
type form uint8

const (
	baseForm  form = iota // "lie", and every word that is no verb
	sForm                 // "lies"
	pastForm              // "lied"
	partForm              // "lied", "broken"
	ingForm               // "lying"
	formCount = iota
)

var formNames = map[string]form{"base": baseForm, "s": sForm, "past": pastForm, "part": partForm, "ing": ingForm}

// irregular verbs, by their base form: past, participle and, if they are odd, ing and s.
// What stands behind is further forms of no name: "am", "are".
type irregular map[string][]string

// verb gives the forms of a verb, in the order of the constants.
func (irr irregular) verb(base string) [formCount]string {
	f := [formCount]string{base, third(base), "", "", ing(base)}
	if odd, ok := irr[base]; ok {
		f[pastForm], f[partForm] = odd[0], odd[1]
		if len(odd) > 2 {
			f[ingForm] = odd[2]
		}
		if len(odd) > 3 {
			f[sForm] = odd[3]
		}
		return f
	}
	f[pastForm] = past(base)
	f[partForm] = f[pastForm]
	return f
}

// more gives the forms of a verb that have no name.
func (irr irregular) more(base string) []string {
	if odd := irr[base]; len(odd) > 4 {
		return odd[4:]
	}
	return nil
}

func third(base string) string {
	switch {
	case endsAny(base, "s", "x", "z", "ch", "sh"):
		return base + "es"
	case consonantY(base):
		return base[:len(base)-1] + "ies"
	case base == "go" || base == "do" || base == "forgo":
		return base + "es"
	}
	return base + "s"
}

func past(base string) string {
	switch {
	case strings.HasSuffix(base, "e"):
		return base + "d"
	case consonantY(base):
		return base[:len(base)-1] + "ied"
	case doubles(base):
		return base + base[len(base)-1:] + "ed"
	}
	return base + "ed"
}

func ing(base string) string {
	switch {
	case strings.HasSuffix(base, "ie"):
		return base[:len(base)-2] + "ying"
	case strings.HasSuffix(base, "e") && !endsAny(base, "ee", "oe", "ye") && len(base) > 2:
		return base[:len(base)-1] + "ing"
	case doubles(base):
		return base + base[len(base)-1:] + "ing"
	}
	return base + "ing"
}

// plural gives the plural of a noun.
func plural(noun string) string { return third(noun) }

// doubles says whether the last letter is doubled before an ending: in words of one
// syllable that end in one vowel and one consonant.
func doubles(w string) bool {
	n := len(w)
	if n < 3 || vowel(w[n-1]) || strings.IndexByte("wxy", w[n-1]) >= 0 || !vowel(w[n-2]) || vowel(w[n-3]) && !strings.HasSuffix(w[:n-2], "qu") {
		return false
	}
	groups := 0
	for i := range n {
		if vowel(w[i]) && (i == 0 || !vowel(w[i-1])) {
			groups++
		}
	}
	return groups == 1
}

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

func consonantY(w string) bool {
	n := len(w)
	return n > 1 && w[n-1] == 'y' && !vowel(w[n-2])
}

func endsAny(w string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}
