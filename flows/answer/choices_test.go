package answer_test

import (
	"slices"
	"testing"
)

func TestChoices(t *testing.T) {
	r := reader(t, "en")
	pair := []string{"Rest", "Walk"}
	joint := []string{"Rest and sleep", "Work", "Sleep, alone"}
	for _, c := range []struct {
		labels []string
		s      string
		want   []int
	}{
		{topics, "2", []int{1}}, {topics, "1 3", []int{0, 2}}, {topics, "1,3", []int{0, 2}}, {topics, "3, 1", []int{0, 2}}, {topics, "1 and 3", []int{0, 2}}, {topics, "1 & 3", []int{0, 2}},
		{topics, "1, 2 and 4", []int{0, 1, 3}}, {topics, "1;2", []int{0, 1}}, {topics, "1\n2", []int{0, 1}}, {topics, "1+2", []int{0, 1}}, {topics, "1 1 2", []int{0, 1}}, {topics, "a c", nil}, {topics, "b c", []int{1, 2}},
		{topics, "one and three", []int{0, 2}}, {topics, "one three", []int{0, 2}}, {topics, "the first and the last", []int{0, 3}}, {topics, "first, second", []int{0, 1}}, {topics, "1. 2.", []int{0, 1}},
		{topics, "sleep and work", []int{0, 2}}, {topics, "sleep, kindness", []int{0, 1}}, {topics, "Sleep, kindnes.", []int{0, 1}}, {topics, "- sleep\n- work", []int{0, 2}}, {topics, "sleep", []int{0}},
		{topics, "work and money", []int{2}}, {topics, "Work and money, sleep", []int{0, 2}}, {topics, "sleep and work and money", []int{0, 2}}, {topics, "sleep and 2", []int{0, 1}}, {topics, "sleep & kindness please", []int{0, 1}},
		{topics, "all", []int{0, 1, 2, 3}}, {topics, "All of them!", []int{0, 1, 2, 3}}, {topics, "everything", []int{0, 1, 2, 3}}, {topics, "both", nil}, {pair, "both", []int{0, 1}}, {pair, "both of them", []int{0, 1}}, {pair, "all", []int{0, 1}},
		{moods, "all", []int{0, 1, 2}}, {moods, "none", []int{3}}, {moods, "none of them", []int{3}}, {topics, "none", nil}, {topics, "nothing", nil},
		{[]string{"Rest", "Walk", "All of these"}, "all", []int{2}}, {[]string{"Rest", "Walk", "Everything"}, "all of them", []int{2}},
		{joint, "rest and sleep", []int{0}}, {joint, "rest and sleep, work", []int{0, 1}}, {joint, "Sleep, alone", []int{2}}, {joint, "work and rest", []int{0, 1}},
		{scale, "3 4", []int{2, 3}}, {scale, "3, 4 and 10", []int{2, 3, 9}},
		{topics, "sleep and food", nil}, {topics, "1, 9", nil}, {topics, "1 to 3", nil}, {topics, "1-3", nil}, {topics, "all except sleep", nil}, {topics, "not sleep", nil}, {topics, "sleep but not work", nil},
		{topics, "", nil}, {topics, ",", nil}, {topics, "and", nil}, {topics, ", ,", nil}, {nil, "all", nil}, {topics, "7 things", nil}, {topics, "twenty one", nil},
	} {
		if got, ok := r.Choices(c.s, c.labels); ok != (c.want != nil) || !slices.Equal(got, c.want) {
			t.Errorf("Choices(%q, %q) = %v, %v; want %v", c.s, c.labels, got, ok, c.want)
		}
	}
	de := reader(t, "de")
	if got, ok := de.Choices("Schlaf und das dritte", []string{"Schlaf", "Essen", "Arbeit"}); !ok || !slices.Equal(got, []int{0, 2}) {
		t.Errorf("German Choices = %v, %v", got, ok)
	}
}
