package coach

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What was put into blocks comes out of them.
func TestBlocksKeepWhatIsPutIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPacker()
		var rows []bitset
		var numbers []uint32
		for range rapid.IntRange(1, 20).Draw(t, "rows") {
			row := make(bitset, rapid.IntRange(0, 64).Draw(t, "width"))
			for _, n := range rapid.SliceOfN(rapid.IntRange(0, max(0, 64*len(row)-1)), 0, 9).Draw(t, "members") {
				if len(row) > 0 {
					row.add(n)
				}
			}
			rows, numbers = append(rows, row), append(numbers, p.add(row))
		}
		back := blocks{}
		c := &coder{writing: true}
		c.blocks(&p.blocks)
		c = &coder{in: string(c.out)}
		c.blocks(&back)
		if c.err != nil || !slices.Equal(back.list, p.list) || !slices.Equal(back.bits, p.bits) {
			t.Fatalf("%v: %v comes back as %v", c.err, p.blocks, back)
		}
		for i, row := range rows {
			whole := make(bitset, 64)
			back.orInto(whole, back.list[numbers[i]])
			for j := range 64 {
				want := uint64(0)
				if j < len(row) {
					want = row[j]
				}
				if got := back.word(back.list[numbers[i]], j); got != want || whole[j] != want {
					t.Fatalf("row %d has %x at %d, and should have %x", i, got, j, want)
				}
			}
		}
	})
}
