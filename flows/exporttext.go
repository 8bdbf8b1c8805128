package flows

import (
	"strings"
	"time"

	"github.com/rivo/uniseg"
)

// exportText writes an export for reading. Nothing in it is wrapped: whatever shows it
// does that.
func (r *run) exportText(e export) string {
	parts := []string{underlined(r.phrase("export-head", scene{"date": r.fullDay(e.made)}), "=")}
	for _, section := range []struct{ key, text string }{
		{"export-you", r.personText(e.Person)},
		{"export-journal", r.journalText(e.Journal)},
		{"export-items", r.itemsText(e.Items)},
		{"export-open", r.openText(e.Open)},
		{"export-nudges", nudgesText(e.Nudges)},
	} {
		if section.text != "" {
			parts = append(parts, underlined(r.phrase(section.key, nil), "-"), section.text)
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// underlined makes a heading.
func underlined(heading, line string) string {
	heading = unmarked(heading)
	return heading + "\n" + strings.Repeat(line, uniseg.StringWidth(heading))
}

func (r *run) personText(p exportPerson) string {
	return r.phrase("export-person", scene{
		"name": p.Name, "language": r.phrase("language-name", nil), "country": r.countryName(p.Country),
		"zone": p.Zone, "role": p.Role,
	})
}

func (r *run) journalText(entries []exportEntry) string {
	out := make([]string, len(entries))
	for i, e := range entries {
		text := e.Text
		if e.photo {
			text = joinNonempty("\n", text, r.phrase("export-photo", nil))
		}
		out[i] = r.headed(e.at, e.Title, text)
	}
	return strings.Join(out, "\n\n")
}

func (r *run) itemsText(items []exportItem) string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = r.headed(item.at, item.Title, item.Text)
	}
	return strings.Join(out, "\n\n")
}

func (r *run) openText(open []exportConversation) string {
	out := make([]string, len(open))
	for i, c := range open {
		answers := make([]string, len(c.Answers))
		for j, a := range c.Answers {
			answers[j] = a.Question + "\n" + indented(a.words)
		}
		out[i] = r.headed(c.at, c.Title, strings.Join(answers, "\n\n"))
	}
	return strings.Join(out, "\n\n")
}

func nudgesText(nudges []exportNudge) string {
	out := make([]string, len(nudges))
	for i, n := range nudges {
		out[i] = joinNonempty(", ", n.Title, n.When)
	}
	return strings.Join(out, "\n")
}

// headed puts a line with the time and a title above a text.
func (r *run) headed(at time.Time, title, text string) string {
	head := r.phrase("export-when", scene{"date": r.fullDay(at), "time": at.Format("15:04"), "title": title})
	return joinNonempty("\n", head, text)
}

// indented sets an answer apart from its question.
func indented(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }

// fullDay writes a day with its year, whichever it is: a file is kept for long.
func (r *run) fullDay(t time.Time) string { return r.dayAs("date-year", t) }
