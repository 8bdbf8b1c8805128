package flows

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

const (
	// buttonLimit is how many buttons a message has at most: Discord has five rows of
	// five.
	buttonLimit = 25
	// pageLength is how many choices are shown at a time where there are more.
	pageLength = 20
	// stayLimit is how many choices beside items may be shown with each page.
	stayLimit = 4
)

// moreID is the button that shows the next choices.
const moreID = "show-more"

// page gives what is shown of a question's options. Where there are too many it is some
// of the choices, the way to the next ones, and what is there every time. The page is
// the one that the question shows already, or after [run.turnPage] the one after it.
func (r *run) page(p prompt) []option {
	all := p.options
	if len(all) <= buttonLimit {
		return all
	}
	var turns, stays []option
	for _, o := range all {
		if slices.Contains(ownOptions, o.id) || slices.Contains(p.stays, o.id) {
			stays = append(stays, o)
		} else {
			turns = append(turns, o)
		}
	}
	from := 0
	if q := r.s.Question; q.Form != "" && len(q.Options) > 0 {
		from = max(slices.IndexFunc(turns, func(o option) bool { return o.id == q.Options[0] }), 0)
		if r.turned {
			from += max(slices.Index(q.Options, moreID), 0)
		}
	}
	if from >= len(turns) {
		from = 0
	}
	to := min(from+pageLength, from+buttonLimit-1-len(stays), len(turns))
	return slices.Concat(turns[from:to], []option{r.more()}, stays)
}

func (r *run) more() option { return option{moreID, r.phrase("choices-more", nil)} }

// turnPage shows the next choices in place of those shown.
func (r *run) turnPage() {
	r.turned = true
	r.putAgain()
	r.turned = false
}

// onScreen gives those of the choices that are shown, as they are counted: the button
// for more among them.
func (r *run) onScreen(open []option) []option {
	q := r.s.Question
	if q.Form == "" || !slices.Contains(q.Options, moreID) {
		return open
	}
	var out []option
	for _, id := range q.Options {
		if id == moreID {
			out = append(out, r.more())
		} else if i := slices.IndexFunc(open, func(o option) bool { return o.id == id }); i >= 0 {
			out = append(out, open[i])
		}
	}
	return out
}

// pick reads which choice is meant: one on the screen, or in words any other.
func (r *run) pick(text string, open []option) (id string, ok bool) {
	shown := r.onScreen(open)
	if i, ok := r.reader().Choice(text, labelsOf(shown)); ok {
		return shown[i].id, true
	}
	if len(shown) == len(open) || !strings.ContainsFunc(text, unicode.IsLetter) {
		return "", false
	}
	if i, ok := r.reader().Choice(text, labelsOf(open)); ok {
		return open[i].id, true
	}
	return "", false
}

// pickSeveral reads which choices are meant, in the same way.
func (r *run) pickSeveral(text string, open []option) (ids []string, ok bool) {
	done := option{doneID, r.phrase("choices-done", nil)}
	options := append(slices.Clip(r.onScreen(open)), done)
	picked, ok := r.reader().Choices(text, labelsOf(options))
	if !ok && strings.ContainsFunc(text, unicode.IsLetter) {
		options = append(slices.Clip(open), done)
		picked, ok = r.reader().Choices(text, labelsOf(options))
	}
	for _, i := range picked {
		ids = append(ids, options[i].id)
	}
	return ids, ok
}

// buttonLabels gives what stands on the buttons: cut where it is too long, and with a number
// where it would read like another one.
func buttonLabels(options []option) []string {
	labels := make([]string, len(options))
	for i, o := range options {
		label := cutLabel(unmarked(o.label), "")
		for n := 2; slices.Contains(labels[:i], label); n++ {
			label = cutLabel(unmarked(o.label), " ("+strconv.Itoa(n)+")")
		}
		labels[i] = label
	}
	return labels
}

// cutLabel cuts a label that is too long for a button, so that there is room for what ends it.
func cutLabel(label, end string) string {
	room := labelLimit - utf8.RuneCountInString(end)
	if utf8.RuneCountInString(label) <= room {
		return label + end
	}
	left, to := room-1, 0
	for g := uniseg.NewGraphemes(label); g.Next(); {
		if left -= len(g.Runes()); left < 0 {
			break
		}
		_, to = g.Positions()
	}
	return strings.TrimSpace(label[:to]) + "…" + end
}

// listCut gives a line for each option whose label is cut, with its number among the
// buttons and all of its words.
func listCut(options []option) string {
	var lines []string
	for i, o := range options {
		if label := unmarked(o.label); cutLabel(label, "") != label {
			lines = append(lines, strconv.Itoa(i+1)+". "+label)
		}
	}
	return strings.Join(lines, "\n")
}
