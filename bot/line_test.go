package bot

import (
	"encoding/base64"
	"math"
	"regexp"
	"testing"

	"kintsugi/store"
)

func TestAMessageHasAnIDThatFitsANonce(t *testing.T) {
	fits := regexp.MustCompile(`^[A-Za-z0-9_-]{23}$`)
	seen := map[string]bool{}
	for _, m := range []store.Message{
		{}, {Person: 1}, {Lane: store.NudgeLane}, {Seq: 1},
		{Person: math.MaxUint64, Lane: store.NudgeLane, Seq: math.MaxUint64},
	} {
		id := row{Message: m}.outbound().ID
		if !fits.MatchString(id) || seen[id] {
			t.Errorf("%+v has the ID %q", m, id)
		}
		seen[id] = true
		if again := (row{Message: store.Message{Person: m.Person, Lane: m.Lane, Seq: m.Seq, Attempts: 3}}).outbound().ID; again != id {
			t.Errorf("tried again it has the ID %q, not %q", again, id)
		}
	}
	if _, err := base64.RawURLEncoding.DecodeString(row{}.outbound().ID); err != nil {
		t.Error(err)
	}
}

func TestALineSendsRepliesFirst(t *testing.T) {
	l := &line{}
	if _, ok := l.next(); ok {
		t.Error("an empty line has something to send")
	}
	l.rows[store.NudgeLane] = []row{{}}
	if lane, ok := l.next(); !ok || lane != store.NudgeLane {
		t.Errorf("next is lane %d (%t)", lane, ok)
	}
	l.rows[store.ReplyLane] = []row{{}}
	if lane, ok := l.next(); !ok || lane != store.ReplyLane {
		t.Errorf("next is lane %d (%t)", lane, ok)
	}
}
