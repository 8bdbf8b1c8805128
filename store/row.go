package store

import (
	"bytes"
	"encoding/binary"
	"time"
)

// Keys of rows are built from numbers of a fixed size, the most significant byte
// first, so that their order as bytes is their order as numbers.

// idSize and timeSize are the sizes of a PersonID and of a time in a key, in bytes.
const (
	idSize   = 8
	timeSize = 8
)

func personKey(p PersonID) []byte { return appendPerson(make([]byte, 0, idSize), p) }

func appendPerson(b []byte, p PersonID) []byte { return appendNumber(b, uint64(p)) }

func readPerson(b []byte) PersonID { return PersonID(readNumber(b)) }

// appendTime appends t in milliseconds, with the sign turned so that times before
// 1970 sort first.
func appendTime(b []byte, t time.Time) []byte {
	return appendNumber(b, uint64(t.UnixMilli())^1<<63)
}

func readTime(b []byte) time.Time {
	return time.UnixMilli(int64(readNumber(b) ^ 1<<63)).UTC()
}

func appendNumber(b []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(b, n) }

func readNumber(b []byte) uint64 { return binary.BigEndian.Uint64(b) }

// milli is t as it comes back from the store.
func milli(t time.Time) time.Time { return time.UnixMilli(t.UnixMilli()).UTC() }

// prefixed is the range of the keys that begin with prefix.
func prefixed(prefix []byte) Range { return Range{From: prefix, To: after(prefix)} }

// after is the first key behind all that begin with prefix, or nil if there is no
// end to them.
func after(prefix []byte) []byte {
	end := bytes.Clone(prefix)
	for len(end) > 0 {
		end[len(end)-1]++
		if end[len(end)-1] != 0 {
			return end
		}
		end = end[:len(end)-1]
	}
	return nil
}

// until is the range of the keys that begin with prefix and go on with a time no
// later than t.
func until(prefix []byte, t time.Time) Range {
	return Range{From: prefix, To: after(appendTime(bytes.Clone(prefix), t))}
}
