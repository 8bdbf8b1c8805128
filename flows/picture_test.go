package flows_test

import (
	"fmt"
	"testing"
	"time"

	"kintsugi/flows"
)

// seen are a person's records for pictures.
type seen struct {
	kept
	kinds map[string][]flows.Entry // newest first
}

func (s seen) Entries(kind string, skip, limit int) []flows.Entry {
	all := s.kinds[kind]
	return all[min(skip, len(all)):min(skip+limit, len(all))]
}

func (s seen) add(kind string, at time.Time, text string, values map[string]any) {
	s.kinds[kind] = append(s.kinds[kind], flows.Entry{At: at, Kind: kind, Text: text, Values: values})
}

func pictured(t *testing.T, facts flows.Facts, p flows.Person, spec flows.PictureSpec) flows.Picture {
	t.Helper()
	shows, err := wholeBook(t).Picture(p, facts, london(t), spec)
	if err != nil {
		t.Fatal(err)
	}
	return shows
}

func TestWeeksHaveAPointForEachDayWithANumber(t *testing.T) {
	now, s := london(t), seen{kinds: map[string][]flows.Entry{}}
	moods := map[int][]float64{0: {4, 7}, 1: {6}, 2: {5}, 9: {3}, 55: {2}, 56: {1}, 80: {1}}
	for ago := range 90 {
		for _, v := range moods[ago] {
			s.add("check-in", now.AddDate(0, 0, -ago), "", map[string]any{"mood": v})
		}
	}
	s.add("trust", now, "Left blank", nil)
	w := pictured(t, s, mara(), flows.PictureSpec{Kind: "weeks", From: "2026-09-29", To: "2026-11-23"}).Weeks
	if w.Days != 56 || len(w.Lines) != 1 {
		t.Fatalf("%d days, %d lines", w.Days, len(w.Lines))
	}
	if got, want := fmt.Sprint(w.Lines[0]), "{Mood [{0 2} {46 3} {53 5} {54 6} {55 5.5}] 1}"; got != want {
		t.Errorf("the line is %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(w.Ticks), "[{0 29 September} {21 20 October} {42 10 November}]"; got != want {
		t.Errorf("the days named are %s, want %s", got, want)
	}
}

// Whoever comes once a week leaves no gap between two weeks, and one where three are missing.
func TestWhatIsUsualIsNoGap(t *testing.T) {
	now, s := london(t), seen{kinds: map[string][]flows.Entry{}}
	for _, week := range []int{0, 1, 2, 6, 7} {
		s.add("trust", now.AddDate(0, 0, -7*week), "", map[string]any{"trust": 5.0})
	}
	w := pictured(t, s, mara(), flows.PictureSpec{Kind: "weeks", From: "2026-09-29", To: "2026-11-23"}).Weeks
	if joins := w.Lines[0].Joins; joins != 10 {
		t.Errorf("%d days are joined, want 10", joins)
	}
}

func TestACalendarIsOfItsMonthAlone(t *testing.T) {
	now, s := london(t), seen{kinds: map[string][]flows.Entry{}}
	for day := range 60 {
		if at := now.AddDate(0, 0, -day); at.Day()%3 == 0 {
			s.add("gratitude", at, fmt.Sprintf("good %d\nand what it did", at.Day()), nil)
		}
	}
	p := mara()
	p.About = map[string]string{"theme": "dark"}
	shows := pictured(t, s, p, flows.PictureSpec{Kind: "calendar", Of: "gratitude", From: "2026-10-01", To: "2026-10-31"})
	if shows.Title != "October 2026" || !shows.Dark {
		t.Errorf("it is %q, dark %v", shows.Title, shows.Dark)
	}
	c := shows.Calendar
	if c.First != 3 || c.Days != 31 { // 1 October 2026 is a Thursday
		t.Errorf("the month begins in column %d and has %d days", c.First, c.Days)
	}
	if got, want := fmt.Sprint(c.Marked), "map[3:true 6:true 9:true 12:true 15:true 18:true 21:true 24:true 27:true 30:true]"; got != want {
		t.Errorf("marked are %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(c.Words), "[{15 good 15} {18 good 18} {21 good 21} {24 good 24} {27 good 27} {30 good 30}]"; got != want {
		t.Errorf("the words are %s, want %s", got, want)
	}
}

func TestASpecThatMakesNoSenseIsAnError(t *testing.T) {
	for _, spec := range []flows.PictureSpec{
		{}, {Kind: "weeks"}, {Kind: "selfie"}, {Kind: "weeks", From: "2026-10-02", To: "2026-10-01"}, {Kind: "calendar", Of: "gratitude", From: "x", To: "y"},
	} {
		if _, err := wholeBook(t).Picture(mara(), kept{}, london(t), spec); err == nil {
			t.Errorf("%+v is a picture", spec)
		}
	}
}

func TestDialsShowWhatTheyWereBefore(t *testing.T) {
	now, s := london(t), seen{kinds: map[string][]flows.Entry{}}
	s.add("dials", now, "", map[string]any{"time": 6.0, "money": 3.0})
	s.add("dials", now.AddDate(0, -1, 0), "", map[string]any{"time": 4.0})
	s.add("dials", now.AddDate(0, -2, 0), "", map[string]any{"money": 9.0})
	spec := flows.PictureSpec{Kind: "dials", Of: "dials", Values: []string{"time", "children", "money"}}
	if got, want := fmt.Sprint(pictured(t, s, mara(), spec).Dials), "[{Time 6 4} {Money 3 0}]"; got != want {
		t.Errorf("the dials are %s, want %s", got, want)
	}
	if shows := pictured(t, seen{}, mara(), spec); shows.Dials == nil || len(shows.Dials) > 0 || shows.Empty == "" {
		t.Errorf("nothing kept is %+v", shows)
	}
}

// A day that hurts, one that is let go and one still to come have no place on the way.
func TestTheWayHasGladDaysAlone(t *testing.T) {
	now, s := london(t), seen{kinds: map[string][]flows.Entry{}}
	s.add("lesson", now.AddDate(0, 0, -3), "Say it early\nand short", nil)
	for _, m := range []struct{ text, day, feeling, state string }{
		{"moved back", "2026-11-01", "glad", "open"}, {"found out", "2026-03-01", "painful", "open"},
		{"let go", "2026-11-02", "glad", "dropped"}, {"to come", "2026-12-24", "glad", "open"},
	} {
		s.items = append(s.items, flows.Item{Kind: "milestone", Text: m.text, State: m.state, At: now, Values: map[string]any{"day": m.day, "feeling": m.feeling}})
	}
	want := "[{Sunday 1 November moved back milestone} {Friday 20 November Say it early lesson}]"
	if got := fmt.Sprint(pictured(t, s, mara(), flows.PictureSpec{Kind: "journey"}).Journey); got != want {
		t.Errorf("the way is %s, want %s", got, want)
	}
}

func TestABoardHasPhotosAndGoalsByTurns(t *testing.T) {
	now, s := london(t), seen{kinds: map[string][]flows.Entry{}}
	for i := range 5 {
		s.add("tile", now.AddDate(0, 0, -i), fmt.Sprint("tile ", i), map[string]any{"photo": fmt.Sprint("p", i)})
		s.items = append(s.items, flows.Item{Kind: "goal", State: "open", Text: fmt.Sprint("goal ", i)})
	}
	got := fmt.Sprint(pictured(t, s, mara(), flows.PictureSpec{Kind: "board", Of: "tile"}).Board)
	if want := "[{tile 0 p0 []} {goal 0  []} {tile 1 p1 []} {goal 1  []} {tile 2 p2 []} {goal 2  []}]"; got != want {
		t.Errorf("the board is %s, want %s", got, want)
	}
	s.kinds = nil
	if n := len(pictured(t, s, mara(), flows.PictureSpec{Kind: "board", Of: "tile"}).Board); n != 5 {
		t.Errorf("goals alone make %d tiles, want 5", n)
	}
}
