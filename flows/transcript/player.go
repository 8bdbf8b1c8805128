package transcript

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/schedule"
)

// player holds a conversation with a book, alone.
type player struct {
	book    *flows.Book
	person  flows.Person
	session []byte
	now     time.Time
	turns   uint64
	waits   map[string]time.Time
	nudges  []flows.Nudge
	entries []flows.Entry // newest first
	items   []flows.Item  // newest first
	shown   []flows.Message
	fetches []string // the ids of photos on their way
	out     strings.Builder
}

const nowForm = "2006-01-02T15:04"

func newPlayer(book *flows.Book, who person) (*player, error) {
	p := &player{book: book, waits: map[string]time.Time{}}
	p.person = flows.Person{Name: who.Name, Role: who.Role, Language: who.Language, Country: who.Country, Zone: who.Zone, Met: !who.Stranger, About: who.About}
	zone, err := time.LoadLocation(orElse(who.Zone, "Europe/London"))
	if err != nil {
		return nil, err
	}
	p.now, err = time.ParseInLocation(nowForm, orElse(who.Now, "2026-05-07T20:00"), zone)
	return p, err
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// act does one line of the person's.
func (p *player) act(line string) error {
	p.out.WriteString(line + "\n")
	said := strings.TrimPrefix(strings.TrimPrefix(line, ">"), " ")
	switch {
	case strings.HasPrefix(said, "(+") && strings.HasSuffix(said, ")"):
		return p.pass(said[2 : len(said)-1])
	case said == "(opened)":
		return p.step(flows.Event{Kind: flows.Opened})
	case strings.HasPrefix(said, "(nudge ") && strings.HasSuffix(said, ")"):
		return p.nudge(said[len("(nudge ") : len(said)-1])
	case strings.HasPrefix(said, "(photo") && strings.HasSuffix(said, ")"):
		return p.photo(strings.TrimSpace(said[len("(photo") : len(said)-1]))
	case strings.HasPrefix(said, "(") && strings.HasSuffix(said, ")"):
		return p.step(flows.Event{Kind: flows.Sent, Thing: said[1 : len(said)-1]})
	case strings.HasPrefix(said, "[") && strings.HasSuffix(said, "]"):
		return p.press(said[1 : len(said)-1])
	}
	return p.step(flows.Event{Kind: flows.Said, Text: strings.ReplaceAll(said, `\n`, "\n")})
}

// press finds the button in the newest message that has it.
func (p *player) press(label string) error {
	for _, m := range slices.Backward(p.shown) {
		for _, b := range m.Buttons {
			if b.Label == label {
				return p.step(flows.Event{Kind: flows.Pressed, Token: b.Token})
			}
		}
	}
	return fmt.Errorf("no message has had a button %q", label)
}

// pass lets time go by. Waits that run out meanwhile lapse, the earliest first.
func (p *player) pass(span string) error {
	d, err := pause(span)
	if err != nil {
		return fmt.Errorf("%q is no length of time: write 30s, 20m, 3h, 14d or 3w", span)
	}
	until := p.now.Add(d)
	for {
		id, at := p.nextWait()
		if id == "" || at.After(until) {
			break
		}
		delete(p.waits, id)
		p.now = at
		if err := p.step(flows.Event{Kind: flows.Lapsed, Wait: id}); err != nil {
			return err
		}
	}
	p.now = until
	return nil
}

func pause(span string) (time.Duration, error) {
	for unit, hours := range map[string]int{"d": 24, "w": 7 * 24} {
		if n, ok := strings.CutSuffix(span, unit); ok {
			count, err := strconv.Atoi(n)
			return time.Duration(count*hours) * time.Hour, err
		}
	}
	return time.ParseDuration(span)
}

func (p *player) nextWait() (string, time.Time) {
	var first string
	for id, at := range p.waits {
		if first == "" || at.Before(p.waits[first]) {
			first = id
		}
	}
	return first, p.waits[first]
}

func (p *player) step(e flows.Event) error {
	session, err := flows.DecodeSession(p.session)
	if err != nil {
		return err
	}
	p.turns++
	after, effects := p.book.Step(flows.Turn{
		Session: session, Person: p.person, Event: e, Now: p.now, Seed: p.turns * 0x9e3779b97f4a7c15, Facts: p,
	})
	if p.session, err = after.Encode(); err != nil {
		return err
	}
	for _, e := range effects {
		if err := p.do(e); err != nil {
			return err
		}
	}
	return nil
}

func (p *player) do(e flows.Effect) error {
	switch e := e.(type) {
	case flows.Say:
		p.shown = append(p.shown, e.Message)
		p.show(e.Message)
	case flows.Record:
		return p.record(e)
	case flows.Keep:
		return p.keep(e.Item)
	case flows.Know:
		fmt.Fprintf(&p.out, "  * %s: %s\n", e.Field, e.Value)
		p.person = p.person.With(e)
	case flows.Fetch:
		p.fetches = append(p.fetches, e.ID)
	case flows.KeepPhoto:
		p.out.WriteString("  * photo kept\n")
	case flows.DropPhoto:
		p.out.WriteString("  * photo gone\n")
	case flows.Hide:
		p.out.WriteString("  * what was said lately is hidden\n")
	case flows.Meet:
		p.person.Met = true
	case flows.SetNudge:
		fmt.Fprintf(&p.out, "  * comes back (%s): %s\n", e.ID, e.Rule)
		p.dropNudge(e.ID, e.About)
		p.nudges = append(p.nudges, flows.Nudge(e))
	case flows.DropNudge:
		if e.About != "" {
			fmt.Fprintf(&p.out, "  * comes no more (%s)\n", e.ID)
		}
		p.dropNudge(e.ID, e.About)
	case flows.Snooze:
		if e.At.IsZero() {
			return nil
		}
		fmt.Fprintf(&p.out, "  * comes again (%s) at %s\n", e.ID, e.At.Format("15:04"))
	case flows.Delete:
		p.out.WriteString("  * everything is deleted\n")
		p.person = flows.Person{Language: p.person.Language}
		p.entries, p.items, p.nudges, p.session = nil, nil, nil, nil
	case flows.MakeCode:
		fmt.Fprintf(&p.out, "  * a code (%s), good until %s\n", e.Kind, e.Until.Format("15:04"))
	case flows.DropCode:
		fmt.Fprintf(&p.out, "  * no code (%s)\n", e.Kind)
	case flows.Await:
		p.waits[e.ID] = e.At
	case flows.Unawait:
		delete(p.waits, e.ID)
	}
	return nil
}

func (p *player) record(r flows.Record) error {
	data, err := json.Marshal(r.Values)
	if err != nil {
		return err
	}
	entry := flows.Entry{ID: r.ID, At: r.At, Kind: r.Kind, Text: r.Text, Flow: r.Flow}
	if err := json.Unmarshal(data, &entry.Values); err != nil {
		return err
	}
	fmt.Fprintf(&p.out, "  * kept (%s): %s\n", r.Kind, strings.ReplaceAll(r.Text, "\n", " / "))
	p.entries = slices.DeleteFunc(p.entries, func(old flows.Entry) bool { return old.ID == r.ID && old.At.Equal(r.At) })
	p.entries = append(p.entries, entry)
	slices.SortStableFunc(p.entries, func(a, b flows.Entry) int { return b.At.Compare(a.At) })
	return nil
}

func (p *player) dropNudge(id, about string) {
	p.nudges = slices.DeleteFunc(slices.Clone(p.nudges), func(n flows.Nudge) bool { return n.ID == id && n.About == about })
}

// nudge has something come back that was set before: "ID", or of several under one
// id "ID about TEXT". One whose last time has come is gone by then, as the program
// has it.
func (p *player) nudge(name string) error {
	id, about, _ := strings.Cut(name, " about ")
	for _, n := range p.nudges {
		if n.ID != id || about != "" && p.textOf(n.About) != about {
			continue
		}
		rule, err := schedule.Parse(n.Rule)
		if err != nil {
			return err
		}
		if _, again := rule.Next(p.now, p.now.Location()); !again {
			p.dropNudge(n.ID, n.About)
		}
		return p.step(flows.Event{Kind: flows.Nudged, Nudge: id, About: n.About, Flow: n.Flow})
	}
	return fmt.Errorf("nothing was set to come back under %q", name)
}

// Nudges is part of [flows.Facts].
func (p *player) Nudges() []flows.Nudge { return p.nudges }

// marked gives the text of a message with ** around what stands out.
func marked(m flows.Message) string {
	text := m.Text
	for _, s := range slices.Backward(m.Strong) {
		text = text[:s.From] + "**" + text[s.From:s.To] + "**" + text[s.To:]
	}
	return text
}

// show writes a message as it is written in a transcript.
func (p *player) show(m flows.Message) {
	for _, line := range strings.Split(marked(m), "\n") {
		p.out.WriteString(strings.TrimRight("  "+line, " ") + "\n")
	}
	if m.Photo != "" {
		p.out.WriteString("  * photo\n")
	}
	if m.Picture != nil {
		p.out.WriteString(strings.TrimRight("  * picture: "+m.Picture.Kind+" "+m.Picture.From+" "+m.Picture.To, " ") + "\n")
	}
	if m.Document != "" {
		p.out.WriteString("  * file: " + m.Document + "\n")
	}
	var labels []string
	for _, b := range m.Buttons {
		labels = append(labels, "["+b.Label+"]")
	}
	if len(labels) > 0 {
		p.out.WriteString("  " + strings.Join(labels, " ") + "\n")
	}
}

// Entries is part of [flows.Facts].
func (p *player) Entries(kind string, skip, limit int) []flows.Entry {
	var out []flows.Entry
	for _, e := range p.entries {
		if kind != "" && e.Kind != kind {
			continue
		}
		if skip--; skip >= 0 {
			continue
		}
		if len(out) < limit {
			out = append(out, e)
		}
	}
	return out
}

// CountEntries is part of [flows.Facts].
func (p *player) CountEntries(kind string) int {
	return len(p.Entries(kind, 0, len(p.entries)))
}

// Couple is part of [flows.Facts]: a transcript is of one person alone.
func (p *player) Couple() flows.Couple { return flows.Couple{Invitation: flows.NoInvitation} }

// News is part of [flows.Facts].
func (p *player) News() []flows.News { return nil }

// Exchanges is part of [flows.Facts].
func (p *player) Exchanges() []flows.Exchange { return nil }

// Relay is part of [flows.Facts].
func (p *player) Relay() flows.Relay { return flows.Relay{Stage: flows.NoRelay} }
