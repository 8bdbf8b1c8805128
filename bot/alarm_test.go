package bot

import (
	"testing"
	"time"
)

func TestAnAlarmRingsForWhatIsEarlier(t *testing.T) {
	noon := time.Unix(43_200, 0)
	tests := map[string]struct {
		set  func(*alarm)
		by   time.Time
		want bool
	}{
		"during a round":                {func(*alarm) {}, noon, true},
		"earlier than the next round":   {func(a *alarm) { a.at(noon) }, noon.Add(-1), true},
		"at the next round":             {func(a *alarm) { a.at(noon) }, noon, false},
		"later than the next round":     {func(a *alarm) { a.at(noon) }, noon.Add(1), false},
		"during the round after":        {func(a *alarm) { a.at(noon); a.off() }, noon.Add(1), true},
		"for nothing":                   {func(*alarm) {}, time.Time{}, false},
		"for nothing, before the round": {func(a *alarm) { a.at(noon) }, time.Time{}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := newAlarm()
			test.set(a)
			a.by(test.by)
			a.by(test.by) // twice rings once
			if got := len(a.bell) == 1; got != test.want {
				t.Errorf("rings: %t, want %t", got, test.want)
			}
		})
	}
}
