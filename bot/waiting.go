package bot

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"kintsugi/store"
)

const (
	// pageSize is how many people or rows one commit takes on.
	pageSize = 256
	// awayPause puts off what is owed on a platform that is not running.
	awayPause = time.Hour
	// stale is how old something unasked may be that could not be sent: a person gets no
	// pile of it when their platform is back.
	stale = 12 * time.Hour
)

// takeWaiting takes queues that may be sent by now out of the outbox, many in one
// commit, and hands them to the senders. It says how many queues it dealt with.
func (s *Service) takeWaiting(ctx context.Context, lane store.Lane, now time.Time) (int, error) {
	rooms := s.rooms(lane)
	if sum(rooms) == 0 {
		return 0, nil
	}
	queues, err := s.sendable(ctx, lane, now, rooms)
	if err != nil || len(queues) == 0 {
		return 0, err
	}
	n, err := s.takeQueues(ctx, queues, now)
	if err == nil || !isOwn(err) {
		return n, err
	}
	return s.takeOneByOne(ctx, queues, now)
}

// isOwn says that an update failed by what it found, so that it will again.
func isOwn(err error) bool { return !isOutside(err) && !errors.Is(err, store.ErrCommit) }

// takeOneByOne is for queues of which one is damaged: that one is dropped.
func (s *Service) takeOneByOne(ctx context.Context, queues []store.Wake, now time.Time) (int, error) {
	total := 0
	for _, q := range queues {
		n, err := s.takeQueues(ctx, []store.Wake{q}, now)
		if err != nil && isOwn(err) {
			n, err = 1, s.dropQueue(ctx, q, reasonOf(err))
		}
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

func (s *Service) dropQueue(ctx context.Context, q store.Wake, reason string) error {
	dropped := 0
	err := s.update(ctx, func(r *store.Records) (err error) {
		dropped, err = r.DropWaiting(q.Person, q.Lane)
		return err
	})
	if err == nil {
		s.count.givenUp.Add(int64(dropped))
		s.log.Error("messages given up", "lane", laneName(q.Lane), "reason", reason, "count", dropped)
	}
	return err
}

// taking is what one transaction takes out of the outbox.
type taking struct {
	s    *Service
	r    *store.Records
	now  time.Time
	room map[*sender]int // queues that each may still be given
	rows []row
	n    int // queues taken or put off
	old  int // messages dropped because they are stale
}

// takeQueues takes queues under the locks of their people.
func (s *Service) takeQueues(ctx context.Context, queues []store.Wake, now time.Time) (int, error) {
	people := make([]store.PersonID, len(queues))
	for i, q := range queues {
		people[i] = q.Person
	}
	unlock, err := s.lockPeople(ctx, people)
	if err != nil {
		return 0, err
	}
	defer unlock()
	var k taking
	err = s.update(ctx, func(r *store.Records) error {
		k = taking{s: s, r: r, now: now, room: s.rooms(queues[0].Lane)}
		return k.take(queues)
	})
	if errors.Is(err, errDone) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	s.count.givenUp.Add(int64(k.old))
	s.handOver(k.rows)
	return k.n, nil
}

// lockPeople locks people one by one, each of whom is given once. Only rounds lock more than one, so nobody waits
// for one who waits for them.
func (s *Service) lockPeople(ctx context.Context, people []store.PersonID) (unlock func(), err error) {
	var held []func()
	unlock = func() {
		for _, u := range held {
			u()
		}
	}
	for _, p := range people {
		u, err := s.locks.person(ctx, p)
		if err != nil {
			unlock()
			return nil, err
		}
		held = append(held, u)
	}
	return unlock, nil
}

// take fails with errDone if there is nothing to commit.
func (k *taking) take(queues []store.Wake) error {
	for _, q := range queues {
		if err := k.takeOne(q); err != nil {
			return err
		}
	}
	if k.n == 0 {
		return errDone
	}
	return nil
}

func (k *taking) takeOne(q store.Wake) error {
	p, err := k.r.Person(q.Person)
	if err != nil {
		return err
	}
	from := k.s.senderOf(p)
	if from == nil {
		return k.putOff(q, awayPause)
	}
	if k.room[from] <= 0 {
		return nil
	}
	if until := k.quietUntil(q, p); until.After(k.now) {
		return k.putOff(q, until.Sub(k.now))
	}
	k.room[from]--
	k.n++
	messages, err := k.r.Take(q.Person, q.Lane, k.now)
	if err != nil {
		return err
	}
	for _, m := range messages {
		if m.Lane == store.NudgeLane && k.now.Sub(m.Born) > stale {
			if err := k.r.Settle(m); err != nil {
				return err
			}
			k.old++
			continue
		}
		w := row{Message: m, to: p.Addresses[0]}
		if err := json.Unmarshal(m.Body, &w.say); err != nil {
			return store.ErrBroken
		}
		k.rows = append(k.rows, w)
	}
	return nil
}

// quietUntil gives the end of a person's quiet hours if it is one of them now: a reply
// never waits for that.
func (k *taking) quietUntil(q store.Wake, p store.Person) time.Time {
	if q.Lane != store.NudgeLane {
		return k.now
	}
	return personOf(p).Quiet().Until(k.now, k.s.zones.of(p.Zone))
}

// putOff makes a queue wait for a while.
func (k *taking) putOff(q store.Wake, pause time.Duration) error {
	k.n++
	messages, err := k.r.Take(q.Person, q.Lane, k.now)
	if err != nil {
		return err
	}
	for _, m := range messages {
		if err := k.r.Park(m, k.now.Add(pause)); err != nil {
			return err
		}
	}
	return nil
}
