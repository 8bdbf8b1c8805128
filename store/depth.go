package store

import "time"

// Depth is how much waits in a lane of the outbox.
type Depth struct {
	Queues int       // people with waiting messages, up to the limit that was given
	Next   time.Time // when the first of them may be sent; zero if none waits
}

// Depth looks how much waits in a lane, and counts to limit at most. It reads an index,
// and opens nothing.
func (r *Records) Depth(lane Lane, limit int) (Depth, error) {
	var d Depth
	var broken error
	err := r.tx.Scan(tableWake, prefixed([]byte{byte(lane)}), func(key, _ []byte) bool {
		if d.Queues == 0 {
			w, err := readWake(key)
			d.Next, broken = w.At, err
		}
		d.Queues++
		return broken == nil && d.Queues < limit
	})
	if err == nil {
		err = broken
	}
	return d, err
}
