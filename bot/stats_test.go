package bot_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/store"
)

// cutOff is a platform whose connection is down.
type cutOff struct{ bot.Platform }

func (cutOff) Health() bot.Health { return bot.Health{Reconnects: 3} }

// platform gives the stats of one platform.
func (p *process) platform(name string) bot.PlatformStats {
	p.w.t.Helper()
	for _, s := range p.Platforms() {
		if s.Name == name {
			return s
		}
	}
	p.w.t.Fatalf("no platform %s", name)
	return bot.PlatformStats{}
}

func TestATurnAndItsReplyAreTimed(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start(func(o *bot.Options, m *mortal) {
			m.before = func(int) { <-time.After(20 * time.Millisecond) }
		})
		release := w.server.Hold(0)
		w.server.Say(0, "hello")
		pass(2 * time.Second)
		fake := p.platform("fake")
		if fake.Turns != 1 || fake.Turn.Count != 1 || fake.Turn.Sum != 20*time.Millisecond {
			t.Errorf("%d turns, timed as %v", fake.Turns, fake.Turn)
		}
		reply := fake.Hands[store.ReplyLane]
		if reply.Messages != 1 || time.Since(reply.Oldest).Round(time.Second) != 2*time.Second {
			t.Errorf("in hand is %+v", reply)
		}
		release()
		pass(settling)
		fake = p.platform("fake")
		if fake.Reply.Count != 1 || fake.Reply.Sum != 2*time.Second {
			t.Errorf("the reply is timed as %v", fake.Reply)
		}
		if fake.Hands != [2]bot.InHand{} || fake.Sends[0] != (bot.Sends{Outcome: "delivered", Count: 1}) {
			t.Errorf("in hand is %+v, sends are %v", fake.Hands, fake.Sends)
		}
	})
}

func TestAReplyThatHadToWaitIsTimedFromItsTurn(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Fail(0, bottest.Later)
		w.server.Say(0, "hello")
		pass(time.Minute)
		fake := p.platform("fake")
		if sum := fake.Reply.Sum; fake.Reply.Count != 1 || sum < bottest.LaterBy || sum > time.Minute {
			t.Errorf("the reply is timed as %v", fake.Reply)
		}
		if fake.Sends[1] != (bot.Sends{Outcome: "later", Count: 1}) {
			t.Errorf("sends are %v", fake.Sends)
		}
	})
}

func TestStatsSayWhichPlatformIsDownOrHasEnded(t *testing.T) {
	inWorld(t, false, func(w *world) {
		bad, good := &ending{name: "bad", end: make(chan error, 1)}, &ending{name: "good", end: make(chan error, 1)}
		p := w.start(func(o *bot.Options, _ *mortal) {
			o.Platforms = append([]bot.Platform{cutOff{o.Platforms[0]}}, bad, good)
		})
		if s := p.platform("fake"); s.Health != (bot.Health{Reconnects: 3}) || s.Ended {
			t.Errorf("the one that is down: %+v", s)
		}
		if s := p.platform("bad"); !s.Health.Up || s.Ended {
			t.Errorf("one that says nothing of its health: %+v", s)
		}
		bad.end <- errors.New("the door is shut")
		good.end <- nil
		synctest.Wait()
		if s := p.platform("bad"); s.Health.Up || !s.Ended || !s.Failed {
			t.Errorf("the one that failed: %+v", s)
		}
		if s := p.platform("good"); s.Health.Up || !s.Ended || s.Failed {
			t.Errorf("the one that came to its end: %+v", s)
		}
	})
}

func TestNudgesAreCountedWhenTheirTimeHasCome(t *testing.T) {
	tests := map[string]struct {
		down         time.Duration // from 20:00 on
		late, missed int64
	}{
		"in time":  {0, 0, 0},
		"late":     {3 * time.Hour, 1, 0},
		"too late": {5 * time.Hour, 0, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				p := w.start()
				w.server.Say(0, "remind 30 21 * * *")
				pass(20 * time.Hour)
				if test.down > 0 {
					p.kill()
					pass(test.down)
					p = w.start()
				}
				pass(2 * time.Hour)
				s := p.Stats()
				if s.Nudges != 1 || s.LateNudges != test.late || s.MissedNudges != test.missed {
					t.Errorf("%d nudges, %d late, %d missed", s.Nudges, s.LateNudges, s.MissedNudges)
				}
			})
		})
	}
}
