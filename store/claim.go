package store

import (
	"encoding/binary"
	"time"
)

// Claims are kept by generations of a week. One is looked for in this generation, and
// in the one before while that can hold claims of the last 48 hours: so most are found
// missing with one look-up.
const (
	generation = 7 * 24 * time.Hour
	remembered = 48 * time.Hour
	// clockSkew is by how much a clock may be behind one that claimed before.
	clockSkew = time.Hour
)

// Claim takes an event of a source ("telegram", "due" …) for good. It says whether
// the event is fresh; one that was claimed before, in the last 48 hours at least,
// is not. The id is readable on disk.
func (r *Records) Claim(source, id string, now time.Time) (fresh bool, err error) {
	// A claim made just after the turn of a generation must be seen by one whose now
	// is a little earlier.
	newest, current, oldest := generationOf(now.Add(clockSkew)), generationOf(now), generationOf(now.Add(-remembered))
	for g := newest; g >= oldest; g-- {
		v, err := r.tx.Get(tableClaims, claimKey(g, source, id))
		if err != nil || v != nil {
			return false, err
		}
	}
	return true, r.tx.Put(tableClaims, claimKey(current, source, id), nil)
}

// PruneClaims forgets claims of generations that Claim no longer looks at, limit of them
// at most, and says whether there are more.
func (r *Records) PruneClaims(now time.Time, limit int) (more bool, err error) {
	old := Range{To: appendGeneration(nil, generationOf(now.Add(-remembered)))}
	rows, err := r.keysIn(tableClaims, old, limit)
	if err != nil {
		return false, err
	}
	if err := r.deleteAll(tableClaims, rows); err != nil {
		return false, err
	}
	left, _, err := r.first(tableClaims, old)
	return left != nil, err
}

// generationOf counts generations since 1970.
func generationOf(t time.Time) int64 { return t.Unix() / int64(generation/time.Second) }

func claimKey(g int64, source, id string) []byte {
	key := appendGeneration(make([]byte, 0, 4+len(source)+1+len(id)), g)
	key = append(key, source...)
	key = append(key, 0)
	return append(key, id...)
}

func appendGeneration(b []byte, g int64) []byte {
	return binary.BigEndian.AppendUint32(b, uint32(max(g, 0)))
}
