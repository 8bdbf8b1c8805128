package flows

import (
	"slices"
	"strings"
	"time"

	"kintsugi/flows/schedule"
)

const (
	// mostStops is how many stand on a way: the latest.
	mostStops = 10
	// briefStop is how much of one a text has, in characters: all fit below a picture.
	briefStop = 45
)

// pictureJourney draws a way.
func (r *run) pictureJourney(p *Picture) {
	p.Title, p.Note, p.Empty = r.phrase("picture-journey", nil), r.phrase("picture-journey-note", nil), r.phrase("picture-journey-none", nil)
	p.Journey = r.journey()
}

// journey gives what was done and learnt, and the days that are looked back on gladly, the
// oldest first. Days that hurt have no place on it.
func (r *run) journey() []Stop {
	type dated struct {
		at   time.Time
		stop Stop
	}
	var all []dated
	add := func(at time.Time, kind, text string) {
		at = at.In(r.now().Location())
		first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
		all = append(all, dated{at, Stop{Day: r.day(at), Text: first, Kind: kind}})
	}
	for _, e := range r.practised() {
		if f := r.book.heading(e.Flow); f != nil && f.practice != nil && !f.practice.Unsuggested {
			add(e.At, "practice", r.titleIn(f))
		}
	}
	for _, e := range r.turn.Facts.Entries("lesson", 0, mostStops) {
		add(e.At, "lesson", e.Text)
	}
	for _, i := range r.turn.Facts.Items("milestone") {
		text, _ := i.Values["day"].(string)
		day, err := schedule.ParseDate(text)
		if err == nil && day <= r.today() && i.Values["feeling"] == "glad" && i.State != droppedState {
			add(r.dayOf(day), "milestone", i.Text)
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return a.at.Compare(b.at) })
	stops := []Stop{}
	for _, d := range all[max(0, len(all)-mostStops):] {
		stops = append(stops, d.stop)
	}
	return stops
}

// Journey gives the way, in words.
func (s scene) Journey() []Stop {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []Stop{{"Thursday 1 January", "A practice", "practice"}}
	}
	stops := r.journey()
	for i, stop := range stops {
		stops[i].Text = brief(stop.Text, briefStop)
	}
	return stops
}
