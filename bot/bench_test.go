package bot_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/store"
	"kintsugi/store/bolt"
)

// benchFlow goes round for ever: three answers and an entry each time.
const benchFlow = `
id: bench.round
command: round
does: goes round
title: A round
strangers: true
steps:
  - {id: mood, ask: "How is your mood, 1 to 10?", type: scale, save: mood}
  - {id: colour, ask: Pick a colour, type: choice, save: colour, choices: [{red: Red}, {green: Green}, {blue: Blue}]}
  - {id: note, ask: Tell me about your day, type: text, save: note}
  - {id: keep, record: round, text: "Mood {{.mood}}, {{.colour}}. {{.note}}", values: [mood]}
  - {id: again, goto: mood}
`

const benchPeople = 20_000

// BenchmarkTurn takes durable turns through the whole service on bolt: claim, step,
// session, journal, outbox and settling, sealing on, with 20,000 people stored, of
// whom 2,000 drawn by lot are talking. people is how many turns are under way at
// once; one event's turn is over when its reply has been handed to the platform.
func BenchmarkTurn(b *testing.B) {
	for _, people := range []int{1, 64, 256} {
		b.Run(fmt.Sprint("people=", people), func(b *testing.B) { benchTurns(b, people) })
	}
}

func benchTurns(b *testing.B, people int) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(context.Background(), db, store.NewMasterKey())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	populate(b, s)
	book, err := flows.Load(content.FS, fstest.MapFS{"bench.yaml": {Data: []byte(benchFlow)}})
	if err != nil {
		b.Fatal(err)
	}
	crowd := newCrowd(b, people)
	service := bot.New(bot.Options{Store: s, Steps: book, Platforms: []bot.Platform{crowd}})
	if err := service.Run(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

// populate stores everybody, each with a session of the usual size. Those who are to
// talk begin a new one.
func populate(b *testing.B, s *store.Store) {
	err := s.Update(context.Background(), func(r *store.Records) error {
		for i := range benchPeople {
			p, err := r.AddPerson(store.Person{
				Name: "Somebody", Language: "en", Zone: "Europe/Berlin", Role: "betrayed", Met: true,
				Addresses: []store.Address{{Platform: "crowd", ID: strconv.Itoa(i)}},
			})
			if err == nil && i >= talkers {
				err = r.PutSession(p.ID, make([]byte, 300))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// crowd is a platform with many people, who answer as soon as they are asked.
type crowd struct {
	b      *testing.B
	atOnce int
	people []*talker
	events atomic.Int64
}

// talker is one of them.
type talker struct {
	id      string
	said    int
	replied chan struct{}
}

const talkers = 2_000

func newCrowd(b *testing.B, atOnce int) *crowd {
	c := &crowd{b: b, atOnce: atOnce, people: make([]*talker, talkers)}
	for i := range c.people {
		c.people[i] = &talker{id: strconv.Itoa(i), replied: make(chan struct{}, 4)}
	}
	return c
}

func (c *crowd) Name() string { return "crowd" }

func (c *crowd) Send(_ context.Context, m bot.Outbound) error {
	i, err := strconv.Atoi(m.To.ID)
	if err != nil {
		return err
	}
	c.people[i].replied <- struct{}{}
	return nil
}

// Receive lets everybody begin, and then has b.N turns taken, atOnce at a time.
func (c *crowd) Receive(ctx context.Context, handle func(context.Context, bot.Inbound) error) error {
	c.share(talkers, func(w, n int) { c.say(ctx, c.people[n], handle, "/round") })
	answers := []string{"7", "green", "It was long, thank you for asking."}
	c.b.ResetTimer()
	c.share(c.b.N, func(w, _ int) {
		mine := talkers / c.atOnce // people are dealt out, so that each is one at a time
		p := c.people[w*mine+rand.IntN(mine)]
		c.say(ctx, p, handle, answers[(p.said-1)%len(answers)])
	})
	c.b.StopTimer()
	return nil
}

// share has n things done by atOnce workers.
func (c *crowd) share(n int, do func(worker, i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for w := range c.atOnce {
		all.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				do(w, int(i-1))
			}
		})
	}
	all.Wait()
}

func (c *crowd) say(ctx context.Context, p *talker, handle func(context.Context, bot.Inbound) error, text string) {
	p.said++
	err := handle(ctx, bot.Inbound{
		ID:    fmt.Sprintf("%012d", c.events.Add(1)), // they rise, as on real platforms
		From:  store.Address{Platform: "crowd", ID: p.id},
		Event: flows.Event{Kind: flows.Said, Text: text},
	})
	if err != nil {
		c.b.Error(err)
		return
	}
	<-p.replied
}
