package flows_test

import (
	"testing"
	"testing/fstest"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// tenSteps is a flow with one of most things in it.
const tenSteps = `
id: bench.ten
command: ten
does: ten steps
title: Ten steps
steps:
  - {id: hello, say: Hello there.}
  - {id: name, ask: "What shall I call you?", type: text, save: name}
  - {id: mood, ask: "How is your mood, {{.name}}?", type: scale, save: mood, retry: "Please send 1 to 10 (you sent {{.said}})"}
  - id: fork
    branch:
      - {when: mood < 3, then: low}
    else: continue
  - {id: colour, ask: Pick a colour, type: choice, save: colour, choices: [{red: Red}, {green: Green}, {blue: Blue}]}
  - {id: low, say: "Noted, {{.name}}.", when: mood < 5}
  - {id: note, ask: Tell me about your day, type: text, save: note}
  - {id: keep, record: bench, text: "{{.name}}, mood {{.mood}}, {{.colour}}: {{.note}}"}
  - {id: glad, when: mood > 8, say: "A good one, then."}
  - {id: bye, end: "Bye, {{.name}}."}
`

func benchBook(tb testing.TB) *flows.Book {
	book, err := flows.Load(content.FS, fstest.MapFS{"ten.yaml": {Data: []byte(tenSteps)}})
	if err != nil {
		tb.Fatal(err)
	}
	return book
}

// noFacts is an empty journal.
type noFacts struct{}

func (noFacts) Entries(string, int, int) []flows.Entry { return nil }
func (noFacts) Items(string) []flows.Item              { return nil }
func (noFacts) Nudges() []flows.Nudge                  { return nil }
func (noFacts) Couple() flows.Couple                   { return flows.Couple{} }
func (noFacts) News() []flows.News                     { return nil }

func (noFacts) Exchanges() []flows.Exchange { return nil }

func (noFacts) Relay() flows.Relay      { return flows.Relay{Stage: flows.NoRelay} }
func (noFacts) CountEntries(string) int { return 0 }

// BenchmarkStep takes steps of a ten-step flow, the session decoded before each and
// encoded after it.
func BenchmarkStep(b *testing.B) {
	book := benchBook(b)
	said := []string{"/ten", "Ann", "eleven", "7", "green", "It was long, thank you for asking."}
	turn := flows.Turn{Person: flows.Person{Met: true}, Now: time.Unix(1_790_000_000, 0), Facts: noFacts{}}
	turn.Event.Kind = flows.Said
	var kept []byte
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		session, err := flows.DecodeSession(kept)
		if err != nil {
			b.Fatal(err)
		}
		turn.Session, turn.Event.Text = session, said[i%len(said)]
		after, effects := book.Step(turn)
		if kept, err = after.Encode(); err != nil || len(effects) == 0 {
			b.Fatal(err, effects)
		}
		i++
	}
	b.ReportMetric(float64(len(kept)), "session-bytes")
}
