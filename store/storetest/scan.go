package storetest

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kintsugi/store"
)

// scanned gives the keys of a range, one after another.
func scanned(tx store.Tx, r store.Range) (string, error) {
	var keys []string
	err := tx.Scan(table, r, func(k, v []byte) bool {
		keys = append(keys, string(k))
		if string(v) != "value of "+string(k) {
			keys = append(keys, "with a wrong value")
		}
		return true
	})
	return strings.Join(keys, " "), err
}

func testScan(t *testing.T, b store.Backend) {
	key := func(s string) []byte { return []byte(s) }
	cases := []struct {
		name string
		in   store.Range
		want string
	}{
		{"all", store.Range{}, "a b bb c d"},
		{"from a key", store.Range{From: key("b")}, "b bb c d"},
		{"from between keys", store.Range{From: key("ba")}, "bb c d"},
		{"from behind all", store.Range{From: key("e")}, ""},
		{"to a key, without it", store.Range{To: key("c")}, "a b bb"},
		{"to between keys", store.Range{To: key("bc")}, "a b bb"},
		{"to before all", store.Range{To: key("a")}, ""},
		{"to nothing", store.Range{To: []byte{}}, ""},
		{"from and to", store.Range{From: key("b"), To: key("d")}, "b bb c"},
		{"from equal to to", store.Range{From: key("b"), To: key("b")}, ""},
		{"from behind to", store.Range{From: key("d"), To: key("b")}, ""},
		{"one key", store.Range{From: key("b"), To: key("b\x00")}, "b"},
	}
	check := func(tx store.Tx) error {
		for _, c := range cases {
			up, err := scanned(tx, c.in)
			if err != nil {
				return err
			}
			if up != c.want {
				t.Errorf("%s: %q, want %q", c.name, up, c.want)
			}
			c.in.Reverse = true
			down, err := scanned(tx, c.in)
			if err != nil {
				return err
			}
			keys := strings.Fields(c.want)
			slices.Reverse(keys)
			if want := strings.Join(keys, " "); down != want {
				t.Errorf("%s, backwards: %q, want %q", c.name, down, want)
			}
		}
		none, err := scanned(tx, store.Range{From: key("x"), Reverse: true})
		if none != "" {
			t.Errorf("a scan of nothing gives %q", none)
		}
		return err
	}
	view(t, b, func(tx store.Tx) error {
		return tx.Scan(table, store.Range{}, func(k, _ []byte) bool {
			t.Errorf("a table that is not there has the key %q", k)
			return true
		})
	})
	update(t, b, func(tx store.Tx) error {
		for _, k := range []string{"d", "b", "a", "c", "bb"} {
			if err := tx.Put(table, key(k), key("value of "+k)); err != nil {
				return err
			}
		}
		return check(tx)
	})
	view(t, b, check)
}

func testScanEnds(t *testing.T, b store.Backend) {
	put(t, b, "a", "1")
	put(t, b, "b", "2")
	put(t, b, "c", "3")
	for _, reverse := range []bool{false, true} {
		seen := 0
		view(t, b, func(tx store.Tx) error {
			return tx.Scan(table, store.Range{Reverse: reverse}, func(_, _ []byte) bool {
				seen++
				return seen < 2
			})
		})
		if seen != 2 {
			t.Errorf("a scan (backwards: %t) that was to end after 2 rows gave %d", reverse, seen)
		}
	}
}

// testScanAfterDelete empties whole pages of a page-based store before it scans.
func testScanAfterDelete(t *testing.T, b store.Backend) {
	const rows = 2000
	key := func(i int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(i)) }
	update(t, b, func(tx store.Tx) error {
		for i := range rows {
			if err := tx.Put(table, key(i), []byte("some value to fill the page with")); err != nil {
				return err
			}
		}
		return nil
	})
	left := map[string]func(i int) bool{
		"both ends":  func(i int) bool { return i < 10 || i >= rows-10 },
		"the start":  func(i int) bool { return i < 10 },
		"the end":    func(i int) bool { return i >= rows-10 },
		"the middle": func(i int) bool { return i == rows/2 },
		"nothing":    func(int) bool { return false },
	}
	undo := fmt.Errorf("undo")
	for name, keep := range left {
		err := b.Update(t.Context(), func(tx store.Tx) error {
			var want [][]byte
			for i := range rows {
				if keep(i) {
					want = append(want, key(i))
				} else if err := tx.Delete(table, key(i)); err != nil {
					return err
				}
			}
			if err := wantScan(tx, want); err != nil {
				return fmt.Errorf("with %s left: %w", name, err)
			}
			return undo
		})
		if err != undo {
			t.Error(err)
		}
	}
}

// wantScan makes sure that a scan either way gives these keys.
func wantScan(tx store.Tx, want [][]byte) error {
	for _, reverse := range []bool{false, true} {
		var got [][]byte
		err := tx.Scan(table, store.Range{Reverse: reverse}, func(k, _ []byte) bool {
			got = append(got, k)
			return true
		})
		if err != nil {
			return err
		}
		if reverse {
			slices.Reverse(got)
		}
		if !slices.EqualFunc(got, want, slices.Equal) {
			return fmt.Errorf("a scan (backwards: %t) gives %d keys, want %d", reverse, len(got), len(want))
		}
	}
	return nil
}
