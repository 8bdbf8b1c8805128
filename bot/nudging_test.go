package bot_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot/bottest"
	"kintsugi/flows"
	"kintsugi/store"
)

// The bubble begins at midnight, 1 January 2000, in UTC; people are in UTC until they
// say otherwise.

func TestANudgeComesAtItsTimeEachDay(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 30 21 * * *")
		synctest.Wait()
		pass(21*time.Hour + 29*time.Minute)
		w.wantHeard(0)
		pass(2 * time.Minute) // within its minute
		w.wantHeard(0, "eat at 1 21:30")
		pass(48 * time.Hour)
		w.wantHeard(0, "eat at 1 21:30", "eat at 2 21:30", "eat at 3 21:30")
		w.server.Say(0, "forget")
		pass(48 * time.Hour)
		w.wantHeard(0, "eat at 1 21:30", "eat at 2 21:30", "eat at 3 21:30")
		w.records(func(r *store.Records) error {
			nudges, err := r.Nudges(w.person(0).ID)
			if len(nudges) > 0 {
				t.Errorf("%d nudges are left", len(nudges))
			}
			return err
		})
	})
}

func TestALateNudgeComesOnceWithinItsGrace(t *testing.T) {
	tests := map[string]struct {
		down time.Duration // from 20:00 on
		want []string
	}{
		"an hour":        {time.Hour, []string{"eat at 1 21:30"}},
		"two hours more": {2 * time.Hour, []string{"eat at 1 22:00"}},
		"too long":       {16 * time.Hour, []string{"eat at 2 21:30"}},
		"a day":          {25 * time.Hour, []string{"eat at 2 21:30"}},
		"a month":        {30*24*time.Hour + 2*time.Hour, []string{"eat at 31 22:00"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				p := w.start()
				w.server.Say(0, "remind 30 21 * * *")
				pass(20 * time.Hour)
				p.kill()
				pass(test.down)
				w.start()
				pass(2 * time.Minute)
				if name == "an hour" || name == "too long" || name == "a day" {
					w.wantHeard(0)
					pass(12 * time.Hour)
				}
				w.wantHeard(0, test.want...)
			})
		})
	}
}

func TestANudgeMovesWithTheZone(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "know zone Asia/Tokyo") // midnight is nine there
		w.server.Say(0, "remind 0 12 * * *")
		pass(3*time.Hour + time.Minute)
		w.wantHeard(0, "eat at 1 12:00")
		w.server.Say(0, "know zone America/Los_Angeles") // back to the evening before
		pass(24 * time.Hour)                             // 19:00 on the 1st there: the 1st has had its own
		w.wantHeard(0, "eat at 1 12:00")
		pass(18 * time.Hour)
		w.wantHeard(0, "eat at 1 12:00", "eat at 2 12:00")
	})
}

func TestANudgeThatIsPutOffComesOnceMore(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 0 9 * * *")
		pass(9*time.Hour + time.Minute)
		w.server.Say(0, "snooze 2h")
		pass(12 * time.Hour)
		w.wantHeard(0, "eat at 1 09:00", "eat at 1 11:01")
		w.server.Say(0, "snooze 2h")
		w.server.Say(0, "forget") // forgets what was put off as well
		pass(48 * time.Hour)
		w.wantHeard(0, "eat at 1 09:00", "eat at 1 11:01")
	})
}

func TestANudgeThatWasPutOffIsTakenBack(t *testing.T) {
	for name, remind := range map[string]string{"daily": "remind 0 9 * * *", "once": "remind once 2000-01-01 09:00"} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				w.start()
				w.server.Say(0, "wake") // there is nothing yet
				w.server.Say(0, remind)
				pass(9*time.Hour + time.Minute)
				w.server.Say(0, "snooze 2h")
				w.server.Say(0, "wake")
				pass(12 * time.Hour)
				w.wantHeard(0, "eat at 1 09:00")
				w.records(func(r *store.Records) error {
					nudges, err := r.Nudges(w.person(0).ID)
					if left := map[string]int{"daily": 1, "once": 0}[name]; len(nudges) != left {
						t.Errorf("%d nudges are left, want %d", len(nudges), left)
					}
					return err
				})
			})
		})
	}
}

func TestAConversationIsToldWhetherANudgeIsBoundToItsTime(t *testing.T) {
	for remind, loose := range map[string]bool{"remind 0 9 * * *": false, "hint 0 9 * * *": true} {
		inWorld(t, false, func(w *world) {
			w.start()
			w.server.Say(0, remind)
			pass(10 * time.Hour)
			if e := w.book.last().Event; e.Kind != flows.Nudged || e.Loose != loose {
				t.Errorf("%s: the event is %+v", remind, e)
			}
			w.server.Say(0, "snooze 1h")
			pass(2 * time.Hour)
			if e := w.book.last().Event; e.Kind != flows.Nudged || e.Loose != loose {
				t.Errorf("%s, put off: the event is %+v", remind, e)
			}
		})
	}
}

func TestNobodyIsNudgedWhoCannotBeReached(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 0 9 * * *")
		synctest.Wait()
		w.server.Fail(0, bottest.Unreachable)
		pass(9*time.Hour + time.Minute)
		if !w.person(0).Unreachable {
			t.Fatal("the person can be reached")
		}
		pass(24 * time.Hour)
		w.wantHeard(0)
		w.wantOutbox(0, false)
		w.server.Say(0, "remind 0 9 * * *") // they are back
		pass(24 * time.Hour)
		w.wantHeard(0, "eat at 3 09:00")
	})
}

func TestANudgeThatFailsSaysNothingAndComesAgain(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "remind 0 9 * * *")
		synctest.Wait()
		w.book.mu.Lock()
		w.book.panics = 3
		w.book.mu.Unlock()
		pass(10 * time.Hour)
		w.wantHeard(0)
		pass(24 * time.Hour)
		w.wantHeard(0, "eat at 2 09:00") // the next one comes
		if n := p.Stats().Quarantined; n != 1 {
			t.Errorf("%d events were put aside, want 1", n)
		}
	})
}

func TestANudgeInQuietHoursComesWhenTheyEnd(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "know quiet_from 22:00")
		w.server.Say(0, "know quiet_to 07:00")
		w.server.Say(0, "remind 30 23 * * *")
		pass(24*time.Hour + time.Minute)
		w.wantHeard(0)
		pass(7 * time.Hour)
		w.wantHeard(0, "eat at 2 07:00")
		w.server.Say(0, "know quiet_to")
		pass(17 * time.Hour)
		w.wantHeard(0, "eat at 2 07:00", "eat at 2 23:30")
	})
}

func TestQuietHoursThatBeginMeanwhileHoldANudgeBack(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 30 6 * * *")
		w.server.Say(0, "know quiet_from 06:00")
		w.server.Say(0, "know quiet_to 08:00")
		pass(7 * time.Hour) // it waits for eight
		w.server.Say(0, "know quiet_to 09:00")
		pass(2*time.Hour + time.Minute)
		w.wantHeard(0, "eat at 1 09:00")
	})
}

func TestOfWhatNobodyAskedForOneComesADay(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "suggest 0 9 * * *")
		w.server.Say(0, "think 0 10 1,15 * *")
		pass(24 * time.Hour)
		w.wantHeard(0, "suggestion at 1 09:00")
		w.server.Say(0, "forget")
		pass(24 * time.Hour) // what found the first day taken comes on the second
		w.wantHeard(0, "suggestion at 1 09:00", "thought at 2 10:00")
	})
}

func TestWhatSomebodySetThemselvesComesBesideIt(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 0 9 * * *")
		w.server.Say(0, "think 0 10 1,15 * *")
		pass(12 * time.Hour)
		w.wantHeard(0, "eat at 1 09:00", "thought at 1 10:00")
	})
}

// Downtime over several rules: each kind comes late once at most, and what nobody asked
// for once altogether.
func TestAfterDowntimeEachKindComesOnce(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "remind 0 * * * *") // every hour
		w.server.Say(0, "think 0 * * * *")
		synctest.Wait()
		p.kill()
		pass(30*24*time.Hour + 10*time.Minute)
		w.start()
		pass(time.Minute)
		if heard := w.server.Texts(0); len(heard) != 2 {
			t.Errorf("heard %q after a month, want one of each kind", heard)
		}
	})
}

func TestANudgeThatCannotBeReadSleepsAndHoldsUpNobody(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.Say(0, "remind 0 9 * * *")
		w.server.Say(1, "remind 0 9 * * *")
		synctest.Wait()
		first := w.person(0).ID
		w.change(func(r *store.Records) error {
			n := store.Nudge{ID: "meal", Rule: "a secret, not a rule", Flow: "eat"}
			return r.PutNudge(first, n, time.Now().Add(time.Hour))
		})
		pass(10 * time.Hour)
		w.wantHeard(0)
		w.wantHeard(1, "eat at 1 09:00")
		if !strings.Contains(w.logs.String(), "nudge put to sleep") {
			t.Error("nobody was told")
		}
	})
}

// More fall due at once than go into one commit, and each person's two in different
// ones.
func TestAStampedeIsCalledInGroups(t *testing.T) {
	inWorld(t, false, func(w *world) {
		const people = 8300
		w.change(func(r *store.Records) error {
			for i := range people {
				p, err := r.AddPerson(store.Person{Addresses: []store.Address{w.server.Address(i)}})
				if err != nil {
					return err
				}
				for _, id := range []string{"meal", "walk"} {
					// All of one kind are due before the first of the other.
					n := store.Nudge{ID: id, Rule: "0 9 * * *", Flow: id}
					at := time.Now().Add(9*time.Hour + time.Duration(len(id))*time.Millisecond)
					if id == "walk" {
						at = at.Add(time.Second)
					}
					if err := r.PutNudge(p.ID, n, at); err != nil {
						return err
					}
				}
			}
			return nil
		})
		p := w.start()
		p.clock.Move(9*time.Hour + time.Minute) // so that all are found at once
		pass(time.Minute)
		for _, person := range []int{0, people - 1} { // in whichever order
			heard := w.server.Texts(person)
			slices.Sort(heard)
			if strings.Join(heard, ", ") != "meal at 1 09:01, walk at 1 09:01" {
				t.Errorf("person %d heard %q", person, heard)
			}
		}
		if n := p.Stats().Delivered; n != 2*people {
			t.Errorf("%d arrived, want %d", n, 2*people)
		}
	})
}
