package bot_test

import (
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
)

func TestASettleIsNeverWaitedFor(t *testing.T) {
	inWorld(t, false, func(w *world) {
		settle := make(chan struct{})
		w.start(func(_ *bot.Options, d *mortal) {
			d.before = func(n int) {
				if n == 2 { // the first settles; the one before is the turn
					<-settle
				}
			}
		})
		w.server.Say(0, "say 3")
		synctest.Wait()
		w.wantHeard(0, "1", "2", "3")
		pass(settling)
		w.server.Say(0, "more")
		synctest.Wait()
		w.wantHeard(0, "1", "2", "3", "re: more")
		w.wantOutbox(1, false) // the turn has settled the three
		close(settle)
		w.wantOutbox(0, false)
	})
}

func TestATurnSettlesWhatItsPersonHeardBefore(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "say 3")
		w.server.Say(1, "say 2")
		synctest.Wait()
		w.server.Say(0, "more")
		synctest.Wait()
		p.kill()
		w.start()
		pass(time.Minute)
		w.wantHeard(0, "1", "2", "3", "re: more", "re: more")
		w.wantHeard(1, "1", "2") // settled with it, as long as there are few
	})
}

func TestWhatASendMeetsWith(t *testing.T) {
	tests := map[string]struct {
		dedups bool
		faults []bottest.Ability
		early  []string // what is heard within five seconds
		want   []string // what is heard in the end
		given  int64    // messages given up
	}{
		"a platform that says later": {
			faults: []bottest.Ability{bottest.Later},
			want:   []string{"1", "2"},
		},
		"a platform that says later again and again": {
			faults: repeat(bottest.Later, 20),
			want:   []string{"1", "2"},
		},
		"a failure": {
			faults: []bottest.Ability{bottest.Temporary},
			early:  []string{"1", "2"},
			want:   []string{"1", "2"},
		},
		"eleven failures": {
			faults: repeat(bottest.Temporary, 11),
			want:   []string{"1", "2"},
		},
		"twelve failures": {
			faults: repeat(bottest.Temporary, 12),
			want:   []string{"2"},
			given:  1,
		},
		"a refusal": {
			faults: []bottest.Ability{bottest.Refused},
			early:  []string{"2"},
			want:   []string{"2"},
			given:  1,
		},
		"ambiguous, and it arrived": {
			faults: []bottest.Ability{bottest.AmbiguousArrived},
			early:  []string{"1", "1", "2"},
			want:   []string{"1", "1", "2"},
		},
		"ambiguous, and it is lost": {
			faults: []bottest.Ability{bottest.AmbiguousLost},
			early:  []string{"1", "2"},
			want:   []string{"1", "2"},
		},
		"ambiguous three times": {
			faults: repeat(bottest.AmbiguousLost, 3),
			want:   []string{"1", "2"},
		},
		"ambiguous four times": {
			faults: repeat(bottest.AmbiguousLost, 4),
			want:   []string{"2"},
			given:  1,
		},
		"failures, and then ambiguous": {
			faults: append(repeat(bottest.Temporary, 3), bottest.AmbiguousLost),
			want:   []string{"1", "2"},
		},
		"ambiguous where it arrives once": {
			dedups: true,
			faults: append(repeat(bottest.AmbiguousArrived, 2), bottest.AmbiguousLost),
			want:   []string{"1", "2"},
			early:  []string{"1"},
		},
		"all kinds": {
			faults: []bottest.Ability{
				bottest.Temporary, bottest.Later, bottest.AmbiguousLost, bottest.Temporary, bottest.Later,
			},
			want: []string{"1", "2"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, test.dedups, func(w *world) {
				p := w.start()
				for _, f := range test.faults {
					w.server.Fail(0, f)
				}
				w.server.Say(0, "say 2")
				w.server.Say(1, "hello")
				synctest.Wait()
				w.wantHeard(1, "re: hello")
				pass(4 * time.Second)
				w.wantHeard(0, test.early...)
				pass(2 * time.Hour)
				w.wantHeard(0, test.want...)
				w.wantOutbox(0, false)
				if n := p.Stats().GivenUp; n != test.given {
					t.Errorf("%d messages were given up, want %d", n, test.given)
				}
			})
		})
	}
}

func repeat(a bottest.Ability, n int) []bottest.Ability {
	all := make([]bottest.Ability, n)
	for i := range all {
		all[i] = a
	}
	return all
}

func TestAReplyWaitsBehindOneThatWasPutOff(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Fail(0, bottest.Later)
		w.server.Say(0, "one")
		synctest.Wait()
		w.server.Say(0, "two")
		w.server.Say(1, "three")
		synctest.Wait()
		w.wantHeard(0)
		w.wantHeard(1, "re: three")
		pass(bottest.LaterBy - time.Millisecond)
		w.wantHeard(0)
		pass(time.Millisecond)
		w.wantHeard(0, "re: one", "re: two")
	})
}

func TestWhatWasPutOffSurvivesARestart(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		for range 4 {
			w.server.Fail(0, bottest.AmbiguousLost)
		}
		w.server.Say(0, "one")
		synctest.Wait()
		p.kill()
		p = w.start()
		pass(time.Minute)
		w.wantHeard(0)
		if n := p.Stats().GivenUp; n != 1 {
			t.Errorf("%d messages were given up, want 1: it was ambiguous before the restart as well", n)
		}
	})
}

func TestSomebodyWhoCantBeReached(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await nudge 1h")
		w.server.Say(0, "await panic 2h")
		synctest.Wait()
		w.server.Fail(0, bottest.Unreachable)
		w.server.Say(0, "say 3")
		synctest.Wait()
		if !w.person(0).Unreachable {
			t.Error("they are not marked as unreachable")
		}
		w.wantOutbox(0, false)
		pass(time.Hour)
		w.wantHeard(0)
		if n := p.Stats().Lapses; n != 1 {
			t.Errorf("%d waits lapsed, want 1", n)
		}
		w.server.Say(0, "here again")
		synctest.Wait()
		if w.person(0).Unreachable {
			t.Error("they are still marked as unreachable")
		}
		pass(time.Hour)
		w.wantHeard(0, "re: here again", "lapsed panic")
	})
}

func TestADroppedLineTakesWhatWaitsWithIt(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Fail(0, bottest.Later)
		w.server.Fail(0, bottest.Unreachable)
		w.server.Say(0, "await nudge 30s")
		w.server.Say(0, "say 2")
		synctest.Wait()
		w.server.Say(0, "more")
		synctest.Wait()
		w.wantOutbox(0, true)
		pass(bottest.LaterBy)
		w.wantOutbox(0, false)
		w.wantHeard(0)
	})
}

func TestAReplyNeverWaitsBehindNudges(t *testing.T) {
	inWorld(t, false, func(w *world) {
		const people = 20
		w.start(func(o *bot.Options, _ *mortal) { o.Limits.Nudges = 2 })
		for i := range people {
			w.server.Say(i, "await nudge 1h")
		}
		synctest.Wait()
		var releases []func()
		for i := range people {
			releases = append(releases, w.server.Hold(i))
		}
		pass(time.Hour)
		w.wantOutbox(4, true) // taken in small groups: two being sent, two next
		for i := range people {
			w.server.Say(i, "hello")
		}
		synctest.Wait()
		// Those with a nudge under way wait for it, and those whose reply hangs; the
		// hold of everybody else is met by the reply.
		for _, release := range releases {
			release()
		}
		pass(time.Minute)
		nudged := 0
		for i := range people {
			if texts := w.server.Texts(i); len(texts) != 2 {
				t.Errorf("person %d heard %q", i, texts)
			} else if texts[0] == "lapsed nudge" {
				nudged++
			}
		}
		if nudged > 2 {
			t.Errorf("%d people heard the nudge before the reply, want those 2 at most whose nudge was under way", nudged)
		}
		w.wantOutbox(0, false)
	})
}

func TestNudgesFollowAsSoonAsThereIsRoom(t *testing.T) {
	inWorld(t, false, func(w *world) {
		const people = 50
		w.start(func(o *bot.Options, _ *mortal) { o.Limits.Nudges = 1 })
		for i := range people {
			w.server.Say(i, "await nudge 1h")
		}
		synctest.Wait()
		pass(time.Hour + 100*time.Millisecond)
		for i := range people {
			w.wantHeard(i, "lapsed nudge")
		}
	})
}

func TestAReplyOvertakesANudgeOfTheSamePerson(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(func(o *bot.Options, _ *mortal) { o.Limits.Nudges = 1 })
		w.server.Say(0, "await nudge 1h")
		w.server.Say(1, "await nudge 1h")
		synctest.Wait()
		first, second := w.server.Hold(0), w.server.Hold(1)
		pass(time.Hour)
		// One of the two nudges hangs, the other waits for its place. Both say hello.
		w.server.Say(0, "hello")
		w.server.Say(1, "hello")
		synctest.Wait()
		first()
		second()
		synctest.Wait()
		overtaken := 0
		for i := range 2 {
			if w.server.Texts(i)[0] == "re: hello" {
				overtaken++
			}
		}
		if overtaken != 1 {
			t.Errorf("%d replies overtook a nudge, want 1", overtaken)
		}
	})
}

func TestANudgeDoesNotOvertakeAReplyThatWaitsForItsTurn(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(func(o *bot.Options, _ *mortal) { o.Limits.Nudges, o.Limits.Replies = 1, 1 })
		w.server.Say(0, "await nudge 1h")
		pass(time.Second)
		w.server.Say(1, "await nudge 1h")
		synctest.Wait()
		nudge, reply := w.server.Hold(0), w.server.Hold(2)
		pass(time.Hour) // the nudge of 0 hangs, and that of 1 waits behind it
		w.server.Say(2, "hello")
		synctest.Wait()
		w.server.Say(1, "hello")
		synctest.Wait()
		nudge()
		synctest.Wait()
		w.wantHeard(1)
		reply()
		synctest.Wait()
		w.wantHeard(1, "re: hello", "lapsed nudge")
	})
}

func TestANudgeThatIsAmbiguousIsGivenUp(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await nudge 1h")
		synctest.Wait()
		w.server.Fail(0, bottest.AmbiguousArrived)
		pass(2 * time.Hour)
		w.wantHeard(0, "lapsed nudge")
		if n := p.Stats().GivenUp; n != 1 {
			t.Errorf("%d messages were given up, want 1", n)
		}
	})
}

func TestEventsWaitWhenASenderHasTooMuchInHand(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(func(o *bot.Options, _ *mortal) { o.Limits.InHand = 2 })
		releases := []func(){w.server.Hold(0), w.server.Hold(1)}
		for i := range 4 {
			w.server.Say(i, "hello")
			synctest.Wait()
		}
		if n := w.server.Unacknowledged(); n != 2 {
			t.Errorf("%d events wait, want 2", n)
		}
		w.wantSaid(2)
		releases[1]()
		synctest.Wait()
		for i := 1; i < 4; i++ {
			w.wantHeard(i, "re: hello")
		}
		releases[0]()
		synctest.Wait()
		w.wantHeard(0, "re: hello")
	})
}

func TestWhatIsOwedOnAPlatformThatDoesNotRunIsPutOff(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "await nudge 1h")
		synctest.Wait()
		p.stop()
		other := bottest.NewFake("other", false)
		p = w.start(func(o *bot.Options, _ *mortal) { o.Platforms = []bot.Platform{other.Connect()} })
		pass(time.Hour + time.Minute)
		w.wantOutbox(0, true)
		p.stop()
		w.start()
		w.wantHeard(0)
		pass(time.Hour)
		w.wantHeard(0, "lapsed nudge")
	})
}

func TestAPlatformWithoutRoomDoesNotHoldUpAnother(t *testing.T) {
	inWorld(t, false, func(w *world) {
		const people = 300
		other := bottest.NewFake("other", false)
		p := w.start(func(o *bot.Options, _ *mortal) {
			o.Platforms = append(o.Platforms, other.Connect())
			o.Limits.Nudges = 2
			o.Limits.Send = 10 * time.Hour
		})
		for i := range people {
			w.server.Say(i, "await nudge 1h")
		}
		synctest.Wait()
		pass(time.Second)
		other.Say(0, "await nudge 1h")
		synctest.Wait()
		for i := range people {
			w.server.Hold(i)
		}
		pass(time.Hour + 2*time.Minute)
		if got := other.Texts(0); len(got) != 1 {
			t.Errorf("on the other platform arrived %q", got)
		}
		p.stop()
	})
}

func TestAPlatformThatPanicsIsAmbiguous(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start(func(o *bot.Options, _ *mortal) {
			o.Platforms = []bot.Platform{&panicking{Platform: w.server.Connect(), left: 1}}
		})
		w.server.Say(0, "hello")
		pass(time.Minute)
		w.wantHeard(0, "re: hello")
		if n := p.Stats().Ambiguous; n != 1 {
			t.Errorf("%d sends were ambiguous, want 1", n)
		}
	})
}
