package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"
)

// Lane tells messages that answer a person from those that come unasked. Each
// person has a queue in each.
type Lane byte

// The lanes.
const (
	ReplyLane Lane = 0
	NudgeLane Lane = 1
)

func lanes() []Lane { return []Lane{ReplyLane, NudgeLane} }

// Message is one message owed to a person.
//
// It is either attempting, which means in the hands of a sender, so that after a
// crash nobody knows whether it was sent; or waiting in its queue for its time.
type Message struct {
	Person PersonID
	Lane   Lane
	// Seq orders a queue and, with Person and Lane, names the message. It only
	// grows, and none is given twice.
	Seq  uint64
	Born time.Time
	// NotBefore is the earliest time at which it may be sent.
	NotBefore time.Time
	// Attempts counts how often sending was tried; the caller does the counting.
	Attempts int
	Body     []byte
}

// Wake is a queue with waiting messages, and when its first may be sent.
type Wake struct {
	At     time.Time
	Person PersonID
	Lane   Lane
}

// placeOutbox is the table that bodies are sealed for: a message keeps its key when
// it goes from one table to the other, and must open in both.
const placeOutbox = "outbox"

// A row of the outbox is born, not before, attempts, and the sealed body.
const (
	outboxKeySize  = idSize + 1 + 8
	outboxHeadSize = timeSize + timeSize + 4
)

// Attempt adds a message that is sent at once: it is born attempting. It fails
// with [ErrNotFound] if there is no such person.
func (r *Records) Attempt(p PersonID, lane Lane, body []byte, now time.Time) (Message, error) {
	m, row, err := r.newMessage(p, lane, body, now, now)
	if err != nil {
		return Message{}, err
	}
	return m, r.tx.Put(tableAttempting, outboxKey(p, lane, m.Seq), row)
}

// Enqueue adds a message that waits: last in its queue, and for notBefore. It fails
// with [ErrNotFound] if there is no such person.
func (r *Records) Enqueue(p PersonID, lane Lane, body []byte, now, notBefore time.Time) (Message, error) {
	m, row, err := r.newMessage(p, lane, body, now, notBefore)
	if err != nil {
		return Message{}, err
	}
	return m, r.changeQueue(p, lane, func() error {
		return r.tx.Put(tableWaiting, outboxKey(p, lane, m.Seq), row)
	})
}

func (r *Records) newMessage(p PersonID, lane Lane, body []byte, now, notBefore time.Time) (Message, []byte, error) {
	if lane > NudgeLane {
		return Message{}, nil, errors.New("outbox: no such lane")
	}
	b, err := r.box(p)
	if err != nil {
		return Message{}, nil, err
	}
	seq, err := r.nextSeq(now)
	if err != nil {
		return Message{}, nil, err
	}
	m := Message{Person: p, Lane: lane, Seq: seq, Born: milli(now), NotBefore: milli(notBefore), Body: body}
	return m, outboxRow(m, b.seal(placeOutbox, outboxKey(p, lane, seq), body)), nil
}

// nextSeq counts on from the time in microseconds, so that even a store brought
// back from a backup gives no number again that was given since.
func (r *Records) nextSeq(now time.Time) (uint64, error) {
	last, err := r.number(metaLastSeq)
	if err != nil {
		return 0, err
	}
	seq := max(last+1, uint64(max(now.UnixMicro(), 0)))
	return seq, r.setNumber(metaLastSeq, seq)
}

// Waiting says whether a queue has waiting messages.
func (r *Records) Waiting(p PersonID, lane Lane) (bool, error) {
	key, _, err := r.first(tableWaiting, queue(p, lane))
	return key != nil, err
}

// Take makes a whole queue attempting and gives its messages in order. It takes
// nothing from a queue whose first message may not be sent by now.
func (r *Records) Take(p PersonID, lane Lane, now time.Time) ([]Message, error) {
	at, found, err := r.head(p, lane)
	if err != nil || !found || at.After(milli(now)) {
		return nil, err
	}
	messages, err := r.messages(tableWaiting, queue(p, lane), math.MaxInt)
	if err != nil {
		return nil, err
	}
	return messages, r.changeQueue(p, lane, func() error {
		for _, m := range messages {
			if err := r.move(m, tableWaiting, tableAttempting); err != nil {
				return err
			}
		}
		return nil
	})
}

// Park makes an attempting message wait until notBefore, with Attempts as in m and
// at its old place in the queue. It fails with [ErrNotFound] if the message is no
// longer attempting: it was settled, or its person deleted.
func (r *Records) Park(m Message, notBefore time.Time) error {
	m.NotBefore = notBefore
	return r.changeQueue(m.Person, m.Lane, func() error {
		return r.move(m, tableAttempting, tableWaiting)
	})
}

// move takes a row from one table to the other, with the NotBefore and Attempts of
// m. The body goes along as it is sealed.
func (r *Records) move(m Message, from, to string) error {
	key := outboxKey(m.Person, m.Lane, m.Seq)
	row, err := r.tx.Get(from, key)
	if err != nil {
		return err
	}
	if row == nil {
		return fmt.Errorf("message: %w", ErrNotFound)
	}
	if len(row) < outboxHeadSize {
		return fmt.Errorf("message: %w", ErrBroken)
	}
	m.Born = readTime(row)
	if err := r.tx.Put(to, key, outboxRow(m, row[outboxHeadSize:])); err != nil {
		return err
	}
	return r.tx.Delete(from, key)
}

// Settle removes a message that was delivered or given up. Settling twice is fine.
func (r *Records) Settle(m Message) error {
	return r.tx.Delete(tableAttempting, outboxKey(m.Person, m.Lane, m.Seq))
}

// Attempting gives messages that are attempting, at most limit: at the start of
// the program, those of which a crash left nobody knowing.
func (r *Records) Attempting(limit int) ([]Message, error) {
	return r.messages(tableAttempting, Range{}, limit)
}

// DropWaiting removes what waits in a queue, and says how much it was.
func (r *Records) DropWaiting(p PersonID, lane Lane) (n int, err error) {
	rows, err := r.keysIn(tableWaiting, queue(p, lane), math.MaxInt)
	if err != nil {
		return 0, err
	}
	return len(rows), r.changeQueue(p, lane, func() error { return r.deleteAll(tableWaiting, rows) })
}

// messages reads messages, at most limit.
func (r *Records) messages(table string, in Range, limit int) ([]Message, error) {
	keys, err := r.keysIn(table, in, limit)
	if err != nil {
		return nil, err
	}
	var found []Message
	for _, key := range keys {
		row, err := r.tx.Get(table, key)
		if err != nil {
			return nil, err
		}
		m, err := r.openMessage(key, row)
		if err != nil {
			return nil, err
		}
		found = append(found, m)
	}
	return found, nil
}

func (r *Records) openMessage(key, row []byte) (Message, error) {
	if len(key) != outboxKeySize || len(row) < outboxHeadSize {
		return Message{}, fmt.Errorf("message: %w", ErrBroken)
	}
	m := Message{
		Person: readPerson(key), Lane: Lane(key[idSize]), Seq: readNumber(key[idSize+1:]),
		Born: readTime(row), NotBefore: readTime(row[timeSize:]),
		Attempts: int(binary.BigEndian.Uint32(row[2*timeSize:])),
	}
	b, err := r.box(m.Person)
	if err != nil {
		return Message{}, err
	}
	m.Body, err = b.open(placeOutbox, key, row[outboxHeadSize:])
	if err != nil {
		return Message{}, fmt.Errorf("message: %w", err)
	}
	return m, nil
}

func outboxRow(m Message, sealed []byte) []byte {
	row := make([]byte, 0, outboxHeadSize+len(sealed))
	row = appendTime(appendTime(row, m.Born), m.NotBefore)
	row = binary.BigEndian.AppendUint32(row, uint32(m.Attempts))
	return append(row, sealed...)
}

func outboxKey(p PersonID, lane Lane, seq uint64) []byte {
	return appendNumber(queueKey(p, lane), seq)
}

func queueKey(p PersonID, lane Lane) []byte {
	return append(appendPerson(make([]byte, 0, outboxKeySize), p), byte(lane))
}

func queue(p PersonID, lane Lane) Range { return prefixed(queueKey(p, lane)) }
