package flows_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// kept are records to be exported.
type kept struct {
	entries []flows.Entry // newest first
	items   []flows.Item  // newest first
	nudges  []flows.Nudge
}

func (k kept) Items(string) []flows.Item { return k.items }

func (k kept) Nudges() []flows.Nudge { return k.nudges }

func (k kept) CountEntries(string) int { return len(k.entries) }

func (k kept) Couple() flows.Couple { return flows.Couple{Invitation: flows.NoInvitation} }

func (k kept) News() []flows.News { return nil }

func (k kept) Exchanges() []flows.Exchange { return nil }

func (k kept) Relay() flows.Relay { return flows.Relay{Stage: flows.NoRelay} }

func (k kept) Entries(_ string, skip, limit int) []flows.Entry {
	return k.entries[min(skip, len(k.entries)):min(skip+limit, len(k.entries))]
}

// london is when and where exports are made here: in winter, while some entries are
// from the summer.
func london(t failer) time.Time {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatalf("%v", err)
	}
	return time.Date(2026, 11, 23, 21, 5, 7, 0, zone)
}

// threeEvenings are a journal.
func threeEvenings(t failer) kept {
	now := london(t)
	return kept{
		entries: []flows.Entry{
			{ID: "9/secret-id", At: now.AddDate(0, 0, -1), Kind: "gratitude", Text: "the tea <at the window> & \"quiet\"\nI sat down", Values: map[string]any{"source": "any"}},
			{ID: "8/secret-id", At: now.AddDate(0, -4, 0), Kind: "check-in", Text: "Mood 4, stirred up 5. It was sleep and work", Values: map[string]any{"mood": 4.0, "stirred": 5.0, "shaped": []any{"sleep", "work"}}},
			{ID: "7/secret-id", At: now.AddDate(-1, 0, 0), Kind: "unheard-of", Text: "שלום 🙂"},
		},
		items: []flows.Item{
			{ID: "02", Kind: "milestone", State: "open", Text: "the day we moved in", At: now.AddDate(0, 0, -2), Values: map[string]any{"day": "2026-12-24"}},
			{ID: "01", Kind: "promise", State: "dropped", Text: "write if it gets late", At: now.AddDate(0, -1, 0)},
		},
		nudges: []flows.Nudge{
			{ID: "day", About: "02", Rule: "yearly 12-24 09:00", Flow: "recurring.gratitude"},
			{ID: "gratitude", Rule: "30 21 * * *", Flow: "recurring.gratitude"},
			{ID: "gone", Rule: "30 21 * * *", Flow: "no.such-flow"},
			{ID: "help", Rule: "30 21 * * *", Flow: "start.help-now"},
		},
	}
}

func mara() flows.Person {
	return flows.Person{Name: "Mara", Language: "en-GB", Country: "GB", Zone: "Europe/London", Role: "betrayer", Met: true}
}

func exported(t failer, book *flows.Book, p flows.Person, facts flows.Facts, s flows.Session, spec string) flows.Document {
	d, err := book.Export(p, facts, s, london(t), spec)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return d
}

// fullSession has something half done of every sort.
func fullSession(t failer, book *flows.Book) flows.Session {
	c := newChat(t, book)
	for _, said := range []string{
		"/checkin", "4", "9", "not sure", "/helpnow", "quiet", "/settings", "country", "/journal",
		"/everything", "words\nof mine", "8", "one", "1, 2", "yes", "milk", "bread",
	} {
		c.say(said)
	}
	session, err := flows.DecodeSession(c.session)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return session
}

const everythingAsked = `
id: test.everything
command: everything
does: asks for all there is
title: Everything
steps:
  - {id: text, ask: "What, {{.person.name}}?", save: text}
  - {id: number, ask: "How many?", type: number, save: number}
  - {id: choice, ask: "Which?", type: choice, save: choice, choices: [{one: The one}, {two: The other}]}
  - {id: choices, ask: "Which ones?", type: choices, save: several, choices: [{one: The one}, {two: The other}]}
  - {id: yesno, ask: "Yes?", type: yesno, save: truth}
  - {id: list, ask: "What else?", type: list, save: things}
`

// The documents are as they stand in testdata/export.
func TestExportsComeOutAsWritten(t *testing.T) {
	book := bookOf(t, everythingAsked)
	for _, spec := range []string{"export.txt", "export.json"} {
		d := exported(t, book, mara(), threeEvenings(t), fullSession(t, book), spec)
		if want := "notes-2026-11-23" + filepath.Ext(spec); d.Name != want {
			t.Errorf("it is named %q, want %q", d.Name, want)
		}
		golden := filepath.Join("testdata", "export", spec)
		if *update {
			if err := os.WriteFile(golden, d.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || string(d.Data) != string(want) {
			t.Errorf("it has changed (go test ./flows -update writes it anew), %v:\n%s", err, d.Data)
		}
	}
}

func TestAnExportLeavesOutWhatIsToLeaveNoTrace(t *testing.T) {
	book := bookOf(t, everythingAsked)
	session := fullSession(t, book)
	if n := len(session.Parked); n < 2 {
		t.Fatalf("%d conversations are parked, want the check-in and the numbers to ring", n)
	}
	for _, spec := range []string{"export.txt", "export.json"} {
		data := string(exported(t, book, mara(), threeEvenings(t), session, spec).Data)
		for _, trace := range []string{"danger", "Help now", "help-now", "Your journal", "Settings", "secret-id", "betrayer", "no.such-flow"} {
			if strings.Contains(data, trace) {
				t.Errorf("%s tells of %q", spec, trace)
			}
		}
	}
}

const twoAsked = `
id: test.two
command: two
does: asks twice
title: Two questions
%s
steps:
  - {id: first, ask: "The first?", save: first}
  - {id: second, ask: "The second?", save: second%s}
  - {id: third, ask: "The third?", save: third}
`

func TestWhichAnswersAreInAnExport(t *testing.T) {
	tests := map[string]struct {
		flow, second string // more keys of the flow, and of its second question
		said         []string
		want         string // of the words "title", "milk" and "tea", those that are in it
	}{
		"answers":                        {"", "", []string{"milk", "tea"}, "title milk tea"},
		"not without an answer":          {"", "", nil, ""},
		"not if the flow is unexported":  {"unexported: true", "", []string{"milk", "tea"}, ""},
		"not if the flow is fleeting":    {"fleeting: true", "", []string{"milk", "tea"}, ""},
		"not to an unexported question":  {"", ", unexported: true", []string{"milk", "tea"}, "title milk"},
		"not to a question that is left": {"", "", []string{"milk", "/skip"}, "title milk"},
		"not what /back took back":       {"", "", []string{"milk", "tea", "/back"}, "title milk"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			book := bookOf(t, fmt.Sprintf(twoAsked, test.flow, test.second))
			c := newChat(t, book)
			for _, said := range append([]string{"/two"}, test.said...) {
				c.say(said)
			}
			session, err := flows.DecodeSession(c.session)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range []string{"export.txt", "export.json"} {
				data := string(exported(t, book, mara(), kept{}, session, spec).Data)
				var got []string
				for _, look := range [][2]string{{"title", "Two questions"}, {"milk", "milk"}, {"tea", "tea"}} {
					if strings.Contains(data, look[1]) {
						got = append(got, look[0])
					}
				}
				if strings.Join(got, " ") != test.want {
					t.Errorf("%s tells of %q, want %q:\n%s", spec, got, test.want, data)
				}
			}
		})
	}
}

func TestWhatAUnexportedFlowHasCalledIsUnexportedToo(t *testing.T) {
	const calls = "id: test.%[1]s\ncommand: %[1]s\ndoes: calls\ntitle: Calling\n%[2]s\nsteps:\n" +
		"  - {id: name, ask: \"Which?\", save: which}\n  - {id: call, call: test.%[3]s}\n"
	book, err := flows.Load(content.FS, files(
		"outer.yaml", fmt.Sprintf(calls, "outer", "", "middle"),
		"middle.yaml", fmt.Sprintf(calls, "middle", "unexported: true", "two"),
		"two.yaml", fmt.Sprintf(twoAsked, "", ""),
	))
	if err != nil {
		t.Fatal(err)
	}
	c := newChat(t, book)
	for _, said := range []string{"/outer", "milk", "tea", "bread"} {
		c.say(said)
	}
	session, err := flows.DecodeSession(c.session)
	if err != nil || len(session.Front.Frames) != 3 {
		t.Fatalf("%+v, %v: want three flows under way", session.Front, err)
	}
	text := string(exported(t, book, mara(), kept{}, session, "export.txt").Data)
	if !strings.Contains(text, "milk") || strings.Contains(text, "tea") || strings.Contains(text, "bread") {
		t.Errorf("want the milk alone:\n%s", text)
	}
}

func TestAnExportOfNothingIsStillADocument(t *testing.T) {
	book := bookOf(t, everythingAsked)
	text := exported(t, book, flows.Person{}, kept{}, flows.Session{}, "export.txt")
	want := "Notes, Monday 23 November 2026\n==============================\n\nAbout you\n---------\n\nLanguage: English\n"
	if string(text.Data) != want {
		t.Errorf("got\n%s\nwant\n%s", text.Data, want)
	}
	data := exported(t, book, flows.Person{}, kept{}, flows.Session{}, "export.json")
	for _, list := range []string{`"journal": []`, `"open": []`, `"nudges": []`} {
		if !strings.Contains(string(data.Data), list) {
			t.Errorf("%s is not there:\n%s", list, data.Data)
		}
	}
}

func TestThereAreNoOtherDocuments(t *testing.T) {
	if _, err := bookOf(t, everythingAsked).Export(mara(), kept{}, flows.Session{}, london(t), "export.pdf"); err == nil {
		t.Error("made")
	}
}

func TestWhateverIsWrittenIsInBothDocumentsInItsOrder(t *testing.T) {
	book, err := flows.Open(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringN(1, 60, -1), 0, 20).Draw(rt, "texts")
		var k kept
		for i, text := range texts {
			k.entries = append(k.entries, flows.Entry{At: london(t).Add(-time.Duration(i) * time.Hour), Kind: "note", Text: text})
		}
		var read struct {
			Journal []struct{ At, Text string }
		}
		if err := json.Unmarshal(exported(rt, book, mara(), k, flows.Session{}, "export.json").Data, &read); err != nil {
			rt.Fatal(err)
		}
		text, at := string(exported(rt, book, mara(), k, flows.Session{}, "export.txt").Data), 0
		for i, e := range read.Journal {
			want := k.entries[len(texts)-1-i]
			if e.Text != want.Text || e.At != want.At.Format(time.RFC3339) {
				rt.Fatalf("entry %d is %+v, want %+v", i, e, want)
			}
			found := strings.Index(text[at:], want.Text)
			if found < 0 {
				rt.Fatalf("entry %d is not in the text, or not in its place", i)
			}
			at += found + len(want.Text)
		}
		if len(read.Journal) != len(texts) {
			rt.Fatalf("%d entries, want %d", len(read.Journal), len(texts))
		}
	})
}

func TestTenThousandEntriesAreNotTooMany(t *testing.T) {
	book := bookOf(t, everythingAsked)
	var k kept
	for i := range 10_000 {
		k.entries = append(k.entries, flows.Entry{
			At: london(t).Add(-time.Duration(i) * time.Hour), Kind: "check-in", Text: fmt.Sprintf("%d %s", i, strings.Repeat("so much ", 37)),
			Values: map[string]any{"mood": 4.0, "stirred": 5.0},
		})
	}
	for _, spec := range []string{"export.txt", "export.json"} {
		d := exported(t, book, mara(), k, flows.Session{}, spec)
		t.Logf("%s: %d bytes", spec, len(d.Data))
		if n := strings.Count(string(d.Data), "so much so much"); n < 10_000 || len(d.Data) > 8_000_000 {
			t.Errorf("%s has %d bytes", spec, len(d.Data))
		}
	}
}
