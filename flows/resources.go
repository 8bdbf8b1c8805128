package flows

import (
	"slices"
	"strings"
)

// resources shows numbers to ring: those of some kinds in the person's country, with
// the emergency number. Where there are none, it says where to look.
type resources struct {
	kinds      []string
	everywhere bool // those of every country, in place of the person's
}

func (l *flowLoader) resources(_ *node, m *mapping) block {
	b := &resources{kinds: m.texts("resources"), everywhere: m.flag("everywhere")}
	if len(b.kinds) == 0 {
		l.fault(m.lineOf("resources"), "resources wants a kind of number, or several")
	}
	if b.everywhere && len(b.kinds) > 1 {
		l.fault(m.lineOf("everywhere"), "everywhere lists the numbers of one kind")
	}
	for _, kind := range b.kinds {
		if !slices.Contains(helplineKinds, kind) {
			l.fault(m.lineOf("resources"), "%s", noSuchKind(kind))
		}
	}
	return b
}

func noSuchKind(kind string) string {
	return `there is no kind of number "` + kind + `": ` + strings.Join(helplineKinds, ", ") + didYouMean(kind, helplineKinds)
}

func (b *resources) take(r *run, n *node) (*node, bool) {
	texts := r.helplineTexts
	if b.everywhere {
		texts = r.everywhereTexts
	}
	for _, text := range texts(b.kinds) {
		r.say(Message{Text: text})
	}
	return n.after, false
}

func (b *resources) leads(n *node) []lead { return onward(n) }

// helplineTexts gives the numbers of some kinds in one message, or in one for each
// kind where that would be too long.
func (r *run) helplineTexts(kinds []string) []string {
	first, last := r.emergency(), r.phrase("resources-trace", nil)
	groups := r.helplineGroups(kinds)
	elsewhere := r.directory(kinds, len(groups) == 0)
	whole := joinNonempty("\n\n", first, r.underCountry(strings.Join(groups, "\n")), elsewhere, last)
	if shownLength(whole) <= textLimit {
		return []string{whole}
	}
	out := []string{first}
	for _, group := range groups {
		out = append(out, cutLines(r.underCountry(group), textLimit)...)
	}
	return append(out, joinNonempty("\n\n", elsewhere, last))
}

// underCountry puts the country's name above its numbers, so that a wrong country
// is seen.
func (r *run) underCountry(lines string) string {
	if lines == "" {
		return ""
	}
	return r.phrase("resources-country", scene{"country": r.countryName(r.country())}) + "\n" + lines
}

// helplineGroups gives the numbers of each kind that has any in the person's country,
// a line each; those in the person's language come first.
func (r *run) helplineGroups(kinds []string) []string {
	language, _ := splitTag(r.turn.Person.Language)
	var groups []string
	for _, kind := range kinds {
		found := r.helplines(kind)
		if len(found) == 0 || !isOfItsOwn(kind) {
			continue
		}
		slices.SortStableFunc(found, func(x, y helpline) int {
			return order(y.speaks(language)) - order(x.speaks(language))
		})
		lines := make([]string, len(found))
		for i, h := range found {
			lines[i] = r.helplineText(h, len(kinds) > 1)
		}
		groups = append(groups, strings.Join(lines, "\n"))
	}
	return groups
}

// isOfItsOwn says whether a kind is not one of the two that are shown in sentences of
// their own.
func isOfItsOwn(kind string) bool { return kind != emergencyKind && kind != directoryKind }

func order(first bool) int {
	if first {
		return 1
	}
	return 0
}

// helplines gives the entries of a kind in the person's country.
func (r *run) helplines(kind string) []helpline {
	if code := r.country(); code != "" {
		return r.book.helplinesOf(code, kind)
	}
	return nil
}

// hasResources says whether there are numbers of a kind in the person's country.
func (r *run) hasResources(kind string) bool { return len(r.helplines(kind)) > 0 }

// helplineText writes an entry on one line. What it is for is said where several
// kinds stand together, or where it has no name.
func (r *run) helplineText(h helpline, several bool) string {
	kind := ""
	if several || h.name == "" {
		kind = r.phrase(helplinePrefix+h.kind, nil)
	}
	return r.phrase("resources-line", scene{"kind": kind, "name": h.name, "ways": r.ways(h)})
}

// ways gives every way to reach a line.
func (r *run) ways(h helpline) string {
	var ways []string
	if h.number != "" {
		ways = append(ways, r.phrase("resources-number", scene{"number": h.number}))
	}
	if h.tty != "" {
		ways = append(ways, r.phrase("resources-tty", scene{"number": h.tty}))
	}
	if h.sms != "" {
		ways = append(ways, r.phrase("resources-sms", scene{"number": h.sms, "word": h.word}))
	}
	if h.web != "" {
		ways = append(ways, h.web)
	}
	return strings.Join(ways, r.phrase("comma", nil)+" ")
}

// emergency says which number to ring in danger: the country's, or those that are
// common and to use the local one.
func (r *run) emergency() string {
	if found := r.helplines(emergencyKind); len(found) > 0 {
		return r.phrase("resources-emergency", scene{"numbers": r.joinBy("or", reaches(found))})
	}
	common := r.book.helplinesOf(anyCountry, emergencyKind)
	return r.phrase("resources-emergency-anywhere", scene{"numbers": r.join(reaches(common))})
}

func reaches(found []helpline) []string {
	out := make([]string, len(found))
	for i, h := range found {
		out[i] = h.reach()
	}
	return out
}

// directory says where to look for numbers that are not listed here, if that is asked
// for or if there are none.
func (r *run) directory(kinds []string, none bool) string {
	missing := none && slices.ContainsFunc(kinds, isOfItsOwn)
	if !missing && !slices.Contains(kinds, directoryKind) {
		return ""
	}
	found := r.helplines(directoryKind)
	if len(found) == 0 {
		found = r.book.helplinesOf(anyCountry, directoryKind)
	}
	var texts []string
	if code := r.country(); code != "" && missing {
		texts = append(texts, r.phrase("resources-none", scene{"country": r.countryName(code)}))
	}
	for _, h := range found {
		texts = append(texts, r.phrase("resources-directory", scene{"web": r.ways(h)}))
	}
	return strings.Join(texts, "\n")
}

func joinNonempty(between string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), between)
}

// cutLines cuts a text between its lines, so that no piece is longer than limit
// characters.
func cutLines(text string, limit int) []string {
	var out []string
	piece := ""
	for _, line := range strings.Split(text, "\n") {
		longer := joinNonempty("\n", piece, line)
		if piece != "" && shownLength(longer) > limit {
			out = append(out, piece)
			longer = line
		}
		piece = longer
	}
	return append(out, piece)
}
