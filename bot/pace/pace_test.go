package pace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"kintsugi/bot"
	"kintsugi/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// crowd asks a pacer from many goroutines and writes down when each was let go.
type crowd struct {
	t     *testing.T
	p     *Pacer
	start time.Time
	wait  sync.WaitGroup

	mu   sync.Mutex // guards gone
	gone []going
}

type going struct {
	what string
	at   time.Duration
}

func newCrowd(t *testing.T, l Limits) *crowd {
	return &crowd{t: t, p: New(l, nil), start: time.Now()}
}

// ask asks and comes back when that asker waits, or has been let go.
func (c *crowd) ask(ctx context.Context, lane store.Lane, chat, what string) {
	c.wait.Go(func() {
		if err := c.p.Wait(ctx, lane, chat); err != nil {
			what += ": " + err.Error()
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.gone = append(c.gone, going{what, time.Since(c.start)})
	})
	synctest.Wait()
}

func (c *crowd) reply(chat, what string) { c.ask(c.t.Context(), store.ReplyLane, chat, what) }
func (c *crowd) nudge(chat, what string) { c.ask(c.t.Context(), store.NudgeLane, chat, what) }

// want waits for all and compares when they were let go.
func (c *crowd) want(want ...going) {
	c.t.Helper()
	c.wait.Wait()
	if !slices.Equal(c.gone, want) {
		c.t.Errorf("let go were %v, want %v", c.gone, want)
	}
}

const ms = time.Millisecond

func TestAFewRepliesToAChatGoAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerChat: 1})
		for i := range 5 {
			c.reply("a", strconv.Itoa(i))
		}
		c.reply("b", "other")
		c.want(going{"0", 0}, going{"1", 0}, going{"2", 0}, going{"other", 0}, going{"3", 1000 * ms}, going{"4", 2000 * ms})
	})
}

func TestNudgesToAChatGoOneByOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerChat: 1})
		for i := range 3 {
			c.nudge("a", strconv.Itoa(i))
		}
		c.want(going{"0", 0}, going{"1", 1000 * ms}, going{"2", 2000 * ms})
	})
}

func TestAReplyToAChatTakesTheNudgesBeforeItAlong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerSecond: 10, PerChat: 1})
		for i := range 20 {
			c.nudge(strconv.Itoa(i), strconv.Itoa(i))
		}
		c.nudge("a", "nudge")
		c.reply("a", "reply")
		c.wait.Wait()
		if got := []going{{"0", 0}, {"nudge", 0}, {"reply", 100 * ms}}; !slices.Equal(c.gone[:3], got) {
			t.Errorf("let go were %v", c.gone)
		}
	})
}

func TestWhoKeepsTheTimeMayBeLetGoBySomebodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerChat: 1})
		c.nudge("a", "first")
		c.nudge("a", "keeper")
		c.nudge("b", "third")
		c.nudge("b", "fourth")
		<-time.After(100 * ms)
		c.reply("a", "reply")
		c.wait.Wait()
		slices.SortFunc(c.gone, func(a, b going) int { return cmp.Compare(a.what, b.what) })
		c.want(going{"first", 0}, going{"fourth", 1000 * ms}, going{"keeper", 100 * ms}, going{"reply", 100 * ms}, going{"third", 0})
	})
}

func TestTheOrderOfAChatIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerSecond: 25, PerChat: 1})
		random := rand.New(rand.NewPCG(1, 2))
		asked := map[string][]string{}
		for i := range 300 {
			chat, what := strconv.Itoa(random.IntN(9)), strconv.Itoa(i)
			asked[chat] = append(asked[chat], what)
			c.ask(t.Context(), store.Lane(random.IntN(2)), chat, what)
			<-time.After(time.Duration(random.IntN(50)) * ms)
		}
		c.wait.Wait()
		at := map[string]time.Duration{}
		for _, g := range c.gone {
			at[g.what] = g.at
		}
		for chat, asked := range asked {
			if !slices.IsSortedFunc(asked, func(a, b string) int { return cmp.Compare(at[a], at[b]) }) {
				t.Errorf("those of chat %s, %v, were let go at %v", chat, asked, at)
			}
		}
	})
}

func TestThePaceInAll(t *testing.T) {
	tests := map[string]struct {
		lane        store.Lane
		limits      Limits
		first, tens time.Duration // when the first ten and the hundred are gone
	}{
		"replies":         {store.ReplyLane, Limits{PerSecond: 25}, 5 * 40 * ms, 95 * 40 * ms},
		"nudges":          {store.NudgeLane, Limits{PerSecond: 25}, 9 * 50 * ms, 99 * 50 * ms},
		"a slow platform": {store.ReplyLane, Limits{PerSecond: 2}, 9 * 500 * ms, 99 * 500 * ms},
		"no limit in all": {store.NudgeLane, Limits{PerChat: 1}, 0, 0},
		"no limit at all": {store.NudgeLane, Limits{}, 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newCrowd(t, test.limits)
				for i := range 100 {
					c.ask(t.Context(), test.lane, strconv.Itoa(i), "")
				}
				c.wait.Wait()
				if got := []time.Duration{c.gone[9].at, c.gone[99].at}; !slices.Equal(got, []time.Duration{test.first, test.tens}) {
					t.Errorf("ten and a hundred were gone after %v", got)
				}
			})
		})
	}
}

func TestAReplyIsNotHeldUpByAStormOfNudges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerSecond: 25, PerChat: 1})
		const storm = 20_000
		ctx, cancel := context.WithCancel(t.Context())
		nudges := 0
		for i := range storm {
			c.wait.Go(func() {
				if c.p.Wait(ctx, store.NudgeLane, "n"+strconv.Itoa(i)) == nil {
					c.mu.Lock()
					nudges++
					c.mu.Unlock()
				}
			})
		}
		synctest.Wait()
		random, longest := rand.New(rand.NewPCG(3, 4)), time.Duration(0)
		for i := range 2_000 {
			<-time.After(time.Duration(random.ExpFloat64() * float64(time.Second) / 5))
			asked := time.Now()
			if err := c.p.Wait(t.Context(), store.ReplyLane, fmt.Sprint("r", i)); err != nil {
				t.Fatal(err)
			}
			longest = max(longest, time.Since(asked))
		}
		took := time.Since(c.start)
		cancel()
		c.wait.Wait()
		if longest >= 50*ms {
			t.Errorf("a reply waited for %v", longest)
		}
		if rate := float64(nudges) / took.Seconds(); rate < 10 || rate > 20.1 {
			t.Errorf("%.1f nudges a second went", rate)
		}
	})
}

func TestSeveralRepliesAtOnceAreNotHeldUpByNudges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerSecond: 25, PerChat: 1})
		for i := range 40 {
			c.nudge("n"+strconv.Itoa(i), "nudge")
		}
		<-time.After(time.Second)
		for i := range 4 {
			c.reply("r"+strconv.Itoa(i), "reply")
		}
		c.wait.Wait()
		for _, g := range c.gone {
			if g.what == "reply" && g.at != time.Second {
				t.Errorf("a reply went at %v", g.at)
			}
		}
	})
}

func TestNudgesRestWhileRepliesTakeThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerSecond: 10})
		c.reply("a", "a")
		c.reply("b", "b")
		c.reply("c", "c")
		c.nudge("d", "nudge")
		c.reply("e", "e")
		c.want(going{"a", 0}, going{"b", 0}, going{"c", 100 * ms}, going{"e", 200 * ms}, going{"nudge", 400 * ms})
	})
}

func TestNothingGoesWhileItIsHeld(t *testing.T) {
	for _, l := range []Limits{{}, {PerSecond: 25}, {PerChat: 1}} {
		synctest.Test(t, func(t *testing.T) {
			c := newCrowd(t, l)
			c.reply("a", "before")
			c.p.Hold(c.start.Add(2 * time.Second))
			c.reply("b", "meanwhile")
			c.p.Hold(c.start.Add(3 * time.Second)) // while somebody waits
			c.p.Hold(c.start.Add(time.Second))     // takes nothing back
			<-time.After(10 * time.Second)
			c.nudge("c", "after")
			c.want(going{"before", 0}, going{"meanwhile", 3 * time.Second}, going{"after", 10 * time.Second})
		})
	}
}

func TestAHoldThatIsOverCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{})
		c.p.Hold(c.start.Add(-time.Second))
		c.reply("a", "a")
		if c.p.held.Load() {
			t.Error("it is still looked at")
		}
	})
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	for _, l := range []Limits{{}, {PerSecond: 25}} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := New(l, nil).Wait(ctx, store.ReplyLane, "a"); !errors.Is(err, context.Canceled) {
			t.Errorf("with %v, the error is %v", l, err)
		}
	}
}

func TestACancelledWaitGivesItsPlaceBack(t *testing.T) {
	// The one who leaves is the first or the last of those who wait, so that either it
	// or another keeps the time.
	for _, leaving := range []int{1, 2, 3} {
		synctest.Test(t, func(t *testing.T) {
			c := newCrowd(t, Limits{PerSecond: 5, PerChat: 1})
			ctx, cancel := context.WithCancel(t.Context())
			var want []going
			for i := range 4 {
				of := t.Context()
				if i == leaving {
					of = ctx
				} else {
					want = append(want, going{strconv.Itoa(i), time.Duration(len(want)) * 200 * ms})
				}
				c.ask(of, store.ReplyLane, strconv.Itoa(i), strconv.Itoa(i))
			}
			<-time.After(100 * ms)
			cancel()
			want = slices.Insert(want, 1, going{strconv.Itoa(leaving) + ": context canceled", 100 * ms})
			c.want(want...)
		})
	}
}

func TestACancelledReplyLetsTheNudgesBeforeItWaitAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerChat: 1})
		ctx, cancel := context.WithCancel(t.Context())
		for range 3 {
			c.reply("a", "first")
		}
		c.nudge("a", "nudge")
		c.ask(ctx, store.ReplyLane, "a", "reply")
		<-time.After(100 * ms)
		cancel()
		c.want(going{"first", 0}, going{"first", 0}, going{"first", 0}, going{"reply: context canceled", 100 * ms}, going{"nudge", 3000 * ms})
	})
}

func TestWaitingGoesByTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := &bot.Clock{}
		c := newCrowd(t, Limits{})
		c.p = New(Limits{PerSecond: 1}, clock)
		c.p.Hold(clock.Now().Add(time.Hour))
		c.reply("a", "a")
		clock.Move(2 * time.Hour)
		c.want(going{"a", 0})
	})
}

func TestEverybodyIsLetGoHoweverManyLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerSecond: 20, PerChat: 1})
		random := rand.New(rand.NewPCG(5, 6))
		for range 2_000 {
			ctx, lane, chat := t.Context(), store.Lane(random.IntN(2)), strconv.Itoa(random.IntN(99))
			patience := time.Duration(random.IntN(60_000)) * ms
			if random.IntN(3) > 0 {
				patience = time.Hour
			}
			c.wait.Go(func() {
				ctx, cancel := context.WithTimeout(ctx, patience)
				defer cancel()
				if err := c.p.Wait(ctx, lane, chat); err != nil && time.Since(c.start) > 2*time.Minute {
					t.Error("somebody was left behind")
				}
			})
		}
		c.wait.Wait()
		if p := c.p; p.asking.Len() > 0 || p.keeper != nil || p.ready[0].Len()+p.ready[1].Len()+p.later.Len() > 0 {
			t.Error("somebody is left in the queues")
		}
	})
}

func TestChatsAtRestAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Limits{PerSecond: 1e6, PerChat: 1}, nil)
		most := 0
		for i := range 50_000 {
			if err := p.Wait(t.Context(), store.ReplyLane, strconv.Itoa(i)); err != nil {
				t.Fatal(err)
			}
			most = max(most, len(p.chats))
			<-time.After(ms)
		}
		if most > 3*fewChats {
			t.Errorf("%d chats were kept", most)
		}
	})
}

func TestAChatForWhichSomebodyWaitsIsNotForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, Limits{PerSecond: 1e6, PerChat: 1})
		c.p.Hold(c.start.Add(time.Second))
		c.nudge("a", "first")
		for i := range 2 * fewChats {
			c.p.chat(strconv.Itoa(i), c.start)
		}
		c.nudge("a", "second")
		c.want(going{"first", 1000 * ms}, going{"second", 2000 * ms})
	})
}

func BenchmarkWait(b *testing.B) {
	for name, l := range map[string]Limits{"no limits": {}, "limits": {PerSecond: 1e9, PerChat: 1e9}} {
		b.Run(name, func(b *testing.B) {
			p, ctx := New(l, nil), b.Context()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := p.Wait(ctx, store.ReplyLane, "a"); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
