package main

import (
	"testing"
	"time"
)

func TestReadSpan(t *testing.T) {
	day := 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"+1d": day, "+3w": 21 * day, "+30m": 30 * time.Minute, "+2h": 2 * time.Hour, "+1h30m": 90 * time.Minute,
		"1d": 0, "-1d": 0, "+": 0, "+d": 0, "+0d": 0, "+1": 0, "+1y": 0, "": 0, "+99999999d": 0, "+-3d": 0,
	} {
		got, err := readSpan(text)
		if (err == nil) != (want > 0) || err == nil && got != want {
			t.Errorf("readSpan(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestAColonAloneIsSaid(t *testing.T) {
	s := &steering{}
	for _, line := range []string{":)", ":-(", ":p", ":", ": and then he left", ":cloc", ":)help"} {
		if _, handled, quit := s.steer(line); handled || quit {
			t.Errorf("%q was taken for steering", line)
		}
	}
}
