package coach

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever a coder writes it reads again.
func TestCoderReadsWhatItWrites(t *testing.T) {
	type all struct {
		plain  []uint64
		signed []int32
		texts  []string
		weight []float32
		named  map[string]wordID
	}
	walk := func(c *coder, a *all) {
		numbers(c, &a.plain)
		each(c, &a.signed, func(n *int32) { signed(c, n, -1) })
		each(c, &a.texts, c.string)
		each(c, &a.weight, c.weight)
		mapping(c, &a.named, c.string, func(id *wordID) { plain(c, id) })
	}
	rapid.Check(t, func(t *rapid.T) {
		var a, b all
		a.plain = rapid.SliceOf(rapid.Uint64()).Draw(t, "plain")
		a.signed = rapid.SliceOf(rapid.Int32()).Draw(t, "signed")
		a.texts = rapid.SliceOf(rapid.String()).Draw(t, "texts")
		a.weight = rapid.SliceOf(rapid.OneOf(rapid.Float32(), rapid.Map(rapid.IntRange(-999, 999), func(n int) float32 { return float32(n) / 100 }))).Draw(t, "weight")
		a.named = rapid.MapOf(rapid.String(), rapid.Map(rapid.Int32Range(0, math.MaxInt32), func(n int32) wordID { return wordID(n) })).Draw(t, "named")
		w := &coder{writing: true}
		walk(w, &a)
		r := &coder{in: string(w.out)}
		walk(r, &b)
		if r.err != nil || r.left() > 0 {
			t.Fatal(r.err, r.left())
		}
		if !slices.Equal(a.plain, b.plain) || !slices.Equal(a.signed, b.signed) || !slices.Equal(a.texts, b.texts) || !slices.Equal(a.weight, b.weight) || len(a.named) != len(b.named) {
			t.Fatalf("%+v comes back as %+v", a, b)
		}
		for k, v := range a.named {
			if b.named[k] != v {
				t.Fatalf("%q is %d and comes back as %d", k, v, b.named[k])
			}
		}
	})
}
