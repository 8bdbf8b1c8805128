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
	if got, want := fmt.Sprint(w.Ticks), "[{0 29 September} {14 13 October} {28 27 October} {42 10 November}]"; got != want {
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
