package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// helpline is one number to ring in one country, or another way to reach somebody.
type helpline struct {
	source
	line      int
	country   string // a country's code, or anyCountry
	kind      string
	name      string // empty: it goes by its kind
	number    string
	tty       string // for text telephones
	sms, word string // the number to text, and what to send
	web       string
	languages []string
	verified  time.Time // the day; zero if nobody has looked it up
	gone      bool      // it takes an entry away and is none itself
}

// The kinds that every resources step shows by itself, if they are needed.
const (
	emergencyKind = "emergency"
	directoryKind = "directory" // a place that lists lines by country
)

// helplineKinds are the kinds of number there are. Each but the two above has a
// phrase that names it: "line-" and the kind.
var helplineKinds = []string{emergencyKind, directoryKind, "crisis", "partner-violence", "men", "lgbt", "respect", "young"}

// helplinePrefix begins the phrases that name a kind of number.
const helplinePrefix = "line-"

// loadResources reads numbers and countries. What an earlier file has of the same
// country, kind and number is replaced; a later file's entries come first.
func (b *Book) loadResources(s source, m *mapping) {
	b.loadCountries(s, m.list("countries"))
	b.lastResources, b.lastLine = s, m.lineOf("resources")
	var own []helpline
	for _, y := range m.list("resources") {
		for _, h := range s.helplines(y) {
			if i := slices.IndexFunc(own, h.same); i >= 0 {
				s.fault(h.line, "%s is listed for %s as %s already, in line %d", h.reach(), h.country, h.kind, own[i].line)
				continue
			}
			own = append(own, h)
		}
	}
	m.finish()
	for _, old := range b.helplines {
		if !slices.ContainsFunc(own, old.same) {
			own = append(own, old)
		}
	}
	b.helplines = own
}

// helplines reads an entry, which stands for one in each of its countries.
func (s source) helplines(y *yaml.Node) []helpline {
	m := s.mapping(y)
	if m == nil {
		return nil
	}
	if !m.has("country") || !m.has("kind") || !m.has("source") {
		s.fault(m.line, "an entry needs country, kind and source")
	}
	m.text("source") // for whoever looks it up again
	h := helpline{
		source: s, line: m.line, kind: oneOf(m, "kind", "", helplineKinds), name: m.text("name"),
		number: m.text("number"), tty: m.text("tty"), sms: m.text("sms"), word: m.text("word"), web: m.text("web"),
		languages: m.texts("languages"), verified: m.day("verified_on"), gone: m.flag("gone"),
	}
	if h.reach() == "" {
		s.fault(m.line, "an entry needs a number, an sms number or a web address")
	}
	if h.word != "" && h.sms == "" {
		s.fault(m.lineOf("word"), "a word to send needs an sms number")
	}
	for _, text := range []string{h.name, h.number, h.tty, h.sms, h.word, h.web} {
		if utf8.RuneCountInString(text) > labelLimit {
			s.fault(m.line, "%q is too long for an entry: %d characters at most", text, labelLimit)
		}
	}
	var out []helpline
	for _, code := range m.texts("country") {
		h.country = code
		out = append(out, h)
	}
	m.finish()
	return out
}

// day reads a date.
func (m *mapping) day(key string) time.Time {
	text := m.text(key)
	if text == "" {
		return time.Time{}
	}
	day, err := time.Parse(dateForm, text)
	if err != nil {
		m.fault(m.lineOf(key), "%q is no date: write it as 2026-11-22", text)
	}
	return day
}

// reach is what an entry is known by in its country.
func (h helpline) reach() string {
	for _, way := range []string{h.number, h.sms, h.web} {
		if way != "" {
			return way
		}
	}
	return ""
}

func (h helpline) same(other helpline) bool {
	return h.country == other.country && h.kind == other.kind && h.reach() == other.reach()
}

// checkHelplines holds the numbers against the countries there are, and wants
// something to fall back on where a flow shows numbers.
func (b *Book) checkHelplines() {
	for _, h := range b.helplines {
		if h.country != anyCountry && b.countryAt(h.country) < 0 {
			h.fault(h.line, "%q is none of the countries listed: two capital letters, as in ISO 3166, or any", h.country)
		}
	}
	if b.showsHelplines() && (len(b.helplinesOf(anyCountry, emergencyKind)) == 0 || len(b.helplinesOf(anyCountry, directoryKind)) == 0) {
		b.lastResources.fault(b.lastLine, "every country falls back on the kinds emergency and directory of country any, and one of them has no entry")
	}
}

func (b *Book) showsHelplines() bool {
	for _, s := range b.flows {
		for _, n := range s.whole().nodes {
			if _, ok := n.block.(*resources); ok {
				return true
			}
		}
	}
	return false
}

// helplinesOf gives the entries of a kind in a country, in their order.
func (b *Book) helplinesOf(country, kind string) []helpline {
	var out []helpline
	for _, h := range b.helplines {
		if h.country == country && h.kind == kind && !h.gone {
			out = append(out, h)
		}
	}
	return out
}

// speaks says whether a language is spoken there, as far as the entry says.
func (h helpline) speaks(language string) bool { return slices.Contains(h.languages, language) }

// Unverified lists the numbers to ring that nobody has looked up in the year before
// now, each with the file and line of its entry. All are mild: people are shown them.
func (b *Book) Unverified(now time.Time) []Problem {
	var out []Problem
	for _, h := range b.helplines {
		why := ""
		switch {
		case h.gone:
		case h.verified.IsZero():
			why = "no verified_on"
		case h.verified.AddDate(1, 0, 0).Before(now):
			why = "last looked up on " + h.verified.Format(dateForm)
		case h.verified.After(now):
			why = "a verified_on to come: " + h.verified.Format(dateForm)
		}
		if why != "" {
			out = append(out, Problem{File: h.file, Line: h.line, Mild: true, Text: fmt.Sprintf("%s %s, %s: %s", h.country, h.kind, h.reach(), why)})
		}
	}
	slices.SortStableFunc(out, func(x, y Problem) int {
		if c := strings.Compare(x.File, y.File); c != 0 {
			return c
		}
		return x.Line - y.Line
	})
	return out
}
