package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

func TestNumbersToLookUpAreNotedWithWhatToDo(t *testing.T) {
	own := fstest.MapFS{"own.yaml": {Data: []byte(
		"resources:\n  - {country: FR, kind: men, number: \"1\", source: a wall, verified_on: 2026-11-22}\n",
	)}}
	book, err := flows.Load(content.FS, own)
	if err != nil {
		t.Fatal(err)
	}
	noted := func(now time.Time) string {
		var out bytes.Buffer
		noteNumbers(world{out: &out}, book, now)
		return out.String()
	}
	day := time.Date(2027, 11, 22, 0, 0, 0, 0, time.UTC)
	const line = "own.yaml:2: FR men, 1: last looked up on 2026-11-22\n"
	if got := noted(day); strings.Contains(got, line) {
		t.Errorf("noted on the day itself:\n%s", got)
	}
	if got := noted(day.AddDate(0, 0, 1)); !strings.Contains(got, line) || !strings.HasSuffix(got, "dead number away.\n") {
		t.Errorf("not noted the day after:\n%s", got)
	}
}

func TestNothingIsSaidWhereEveryNumberWasLookedUp(t *testing.T) {
	var out bytes.Buffer
	noteNumbers(world{out: &out}, flows.Read(), time.Now())
	if out.Len() > 0 {
		t.Errorf("said %q", out.String())
	}
}
