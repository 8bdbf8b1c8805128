package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
)

func TestTheDoctorSaysWhatToDo(t *testing.T) {
	var out bytes.Buffer
	d := &doctor{out: &out, env: noEnv, now: func() time.Time { return time.Unix(0, 0) }}
	d.finding("telegram", bot.Finding{OK: true, What: "the token works"})
	if d.mend {
		t.Error("what is fine is to be mended")
	}
	d.finding("telegram", bot.Finding{What: "another program asks for updates", Do: "stop it"})
	d.clock()
	want := "ok   telegram: the token works\n" +
		"fix  telegram: another program asks for updates — stop it\n" +
		"fix  the clock says 1970-01-01 — set it, and have it kept right by NTP\n"
	if out.String() != want || !d.mend {
		t.Errorf("said\n%s", out.String())
	}
}

func TestAFileIsFoundToBeInAFolder(t *testing.T) {
	for path, want := range map[string]bool{
		"data/k": true, "data/a/b": true, "data": true, "k": false, "data2/k": false, "../data/k": false, "data/../k": false, "data/..k": true,
	} {
		if got := isInside(path, "data"); got != want {
			t.Errorf("%s in data: %t", path, got)
		}
	}
}

func TestLittleRoomIsSaid(t *testing.T) {
	if free, known := freeSpace(t.TempDir()); known && free == 0 {
		t.Error("there is no room at all")
	}
	var out strings.Builder
	d := &doctor{out: &out, env: noEnv}
	d.space("/no/such/folder")
	if out.Len() > 0 {
		t.Errorf("said %q of a folder that isn't there", out.String())
	}
}
