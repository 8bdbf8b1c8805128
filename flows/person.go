package flows

import (
	"maps"
	"time"

	"kintsugi/flows/schedule"
)

// Person is what a conversation knows of the one it is with.
type Person struct {
	Name     string // what to call them; empty when they would rather not say
	Language string // IETF tag; empty means English
	Country  string // ISO 3166-1 alpha-2, in capitals; empty if they haven't said
	Zone     string // IANA name; empty if they haven't said
	Role     string // "betrayed", "betrayer", "mixed", "unsaid"; empty before they were asked
	Met      bool   // they have been greeted and told what this is
	// About are further facts, by name: those of aboutFields and the ones below. What
	// is not there is not known.
	About map[string]string
}

// The names of facts that the engine and its caller look at themselves.
const (
	// QuietFrom and QuietTo are the hours in which nothing comes by itself, as "22:00".
	QuietFrom = "quiet_from"
	QuietTo   = "quiet_to"
	// Pause says until when nothing comes by itself: a date, [PauseOpen] or [PauseAway].
	Pause = "pause"
	// Leaving is the date on which everything about them is deleted.
	Leaving = "leaving"
	// wordingFact is how what comes by itself reads: plainWording, or telling nothing.
	wordingFact = "wording"
	// Unasked is the last date on which something came that they did not set.
	Unasked = "unasked"
	// pausedBefore is what Pause was before they went away; see [run.goesAway].
	pausedBefore = "paused"
	// ShownName is what the other one sees as their name.
	ShownName = "shown"
	// safetyFact is what is kept of the private safety check; see safety.
	safetyFact = "safety"
	// gatheringFact is that they were asked whether thanks are to be gathered for them.
	gatheringFact = "gathering"
	// proposedFact is what was proposed to them lately; see [run.proposed].
	proposedFact = "proposed"
	// begunFact is which practices they began and didn't finish; see [run.noteBegun].
	begunFact = "begun"
	// easingFact is the last day on which only light things are proposed to them.
	easingFact = "easing"
)

// plainWording says what it is that comes by itself, for whoever has asked for that.
const plainWording = "plain"

// What [Pause] may be beside a date.
const (
	PauseOpen = "open" // until they say otherwise
	PauseAway = "away" // until they do anything at all
)

// personFields are the facts about a person that a flow may save, with their types.
var personFields = map[string]varType{
	"person.name": textVar, "person.language": languageVar, "person.country": countryVar, "person.zone": zoneVar, "person.met": truthVar,
	"person.role": choiceVar, "person.recent": choiceVar, "person.breach": choiceVar, "person.situation": choiceVar,
	"person.stage": choiceVar, "person." + themeFact: choiceVar, "person.shown": textVar, "person." + wordingFact: choiceVar, "person." + QuietFrom: clockVar, "person." + QuietTo: clockVar, "person." + gatheringFact: choiceVar, "person." + proposedFact: textVar, "person." + easingFact: dateVar,
}

// aboutFields are the facts that stand in [Person.About] and that flows may look at.
var aboutFields = []string{"recent", "breach", "situation", "stage", ShownName, QuietFrom, QuietTo, Pause, Leaving, wordingFact, gatheringFact, themeFact}

// Quiet gives the hours in which nothing comes by itself.
func (p Person) Quiet() schedule.Quiet {
	from, ok := clockMinute(p.About[QuietFrom])
	to, ok2 := clockMinute(p.About[QuietTo])
	if !ok || !ok2 {
		return schedule.Quiet{}
	}
	return schedule.Quiet{From: from, To: to}
}

// inQuiet says whether a time of day, "21:30", is within the person's quiet hours.
func (r *run) inQuiet(clock string) bool {
	minute, ok := clockMinute(clock)
	return ok && r.turn.Person.Quiet().HoldsAt(minute)
}

// clockMinute reads a time of day, "21:30", as a minute of it.
func clockMinute(text string) (minute int, ok bool) {
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil
}

// FreeToday says whether something may come that the person did not set: of such, one
// a day.
func (p Person) FreeToday(now time.Time) bool {
	last, _ := schedule.ParseDate(p.About[Unasked])
	return schedule.Day{Last: last}.Free(now, now.Location())
}

// With gives the person as they are known once a fact has changed. The one they were
// stays as it is.
func (p Person) With(k Know) Person {
	switch k.Field {
	case "name":
		p.Name = k.Value
	case "language":
		p.Language = k.Value
	case "zone":
		p.Zone = k.Value
	case "country":
		p.Country = k.Value
	case "role":
		p.Role = k.Value
	default:
		p.About = withFact(p.About, k)
	}
	return p
}

func withFact(about map[string]string, k Know) map[string]string {
	about = maps.Clone(about)
	if k.Value == "" {
		delete(about, k.Field)
		return about
	}
	if about == nil {
		about = map[string]string{}
	}
	about[k.Field] = k.Value
	return about
}

// know changes a fact about the person, here and for good.
func (r *run) know(field string, v Value) {
	if field == "met" {
		r.meet(v)
		return
	}
	k := Know{field, v.text}
	if field == "zone" {
		r.moveTo(v.text)
	} else {
		r.turn.Person = r.turn.Person.With(k)
	}
	r.do(k)
}

// meet marks the person as met.
func (r *run) meet(v Value) {
	if v.truth() && !r.turn.Person.Met {
		r.turn.Person.Met = true
		r.do(Meet{})
	}
}

// personMap is the person as expressions see them.
func (r *run) personMap() map[string]any {
	p, s, today := r.turn.Person, r.safety(), r.today()
	m := map[string]any{
		"name": p.Name, "role": p.Role, "language": p.Language, "country": r.country(), "zone": p.Zone, "met": p.Met,
		"safe": s.safe(today), "closed": s.closed(today), "checked": s.age(today),
		"reopening": s.closed(today) && s.reopens != 0,
	}
	for _, name := range aboutFields {
		m[name] = p.About[name]
	}
	return m
}

func (r *run) today() schedule.Date { return schedule.DateOf(r.now(), r.now().Location()) }
