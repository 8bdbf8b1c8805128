package store

import (
	"bytes"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTimesInKeysKeepTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.Int64Range(-1<<45, 1<<45)
		a, b := time.UnixMilli(some.Draw(t, "a")), time.UnixMilli(some.Draw(t, "b"))
		if got := bytes.Compare(appendTime(nil, a), appendTime(nil, b)); got != a.Compare(b) {
			t.Fatalf("%v and %v compare %d as keys", a, b, got)
		}
		if back := readTime(appendTime(nil, a)); !back.Equal(a) {
			t.Fatalf("%v comes back as %v", a, back)
		}
	})
}

func TestTheZeroTimeComesBack(t *testing.T) {
	if !readTime(appendTime(nil, time.Time{})).IsZero() {
		t.Error("the zero time does not come back")
	}
}

func TestAfterIsBehindAllWithThePrefix(t *testing.T) {
	for _, c := range []struct{ prefix, want []byte }{
		{nil, nil},
		{[]byte{1}, []byte{2}},
		{[]byte{1, 0xff}, []byte{2}},
		{[]byte{1, 2, 0xff, 0xff}, []byte{1, 3}},
		{[]byte{0xff, 0xff}, nil},
	} {
		prefix := bytes.Clone(c.prefix)
		if got := after(prefix); !bytes.Equal(got, c.want) || (got == nil) != (c.want == nil) {
			t.Errorf("after %v comes %v, want %v", c.prefix, got, c.want)
		}
		if !bytes.Equal(prefix, c.prefix) {
			t.Errorf("%v was changed", c.prefix)
		}
	}
}

func TestUntilIncludesItsTime(t *testing.T) {
	at := time.UnixMilli(1_000_000)
	in := until([]byte{1}, at)
	for _, c := range []struct {
		key  []byte
		want bool
	}{
		{append(appendTime([]byte{1}, at), "anything"...), true},
		{appendTime([]byte{1}, at.Add(-time.Hour)), true},
		{appendTime([]byte{1}, at.Add(time.Millisecond)), false},
		{appendTime([]byte{0}, at), false},
		{appendTime([]byte{2}, at.Add(-time.Hour)), false},
	} {
		got := bytes.Compare(c.key, in.From) >= 0 && bytes.Compare(c.key, in.To) < 0
		if got != c.want {
			t.Errorf("%v is in the range: %t", c.key, got)
		}
	}
}
