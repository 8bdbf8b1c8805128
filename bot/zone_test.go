package bot

import (
	"testing"
	"time"
)

func TestZones(t *testing.T) {
	home := time.FixedZone("home", 3600)
	z := newZones(home)
	for range 2 { // the second time it is known
		for name, want := range map[string]string{"": "home", "Europe/Berlin": "Europe/Berlin", "Nowhere/At/All": "home"} {
			if got := z.of(name).String(); got != want {
				t.Errorf("the zone of %q is %q, want %q", name, got, want)
			}
		}
	}
	if got := newZones(nil).of(""); got != time.UTC {
		t.Errorf("without a zone it is %v", got)
	}
}
