package picture

import (
	"fmt"
	"testing"
)

// Photos keep their order and, where others don't stand alone for it, their width.
func TestAPanoramaHasARowForItselfIfTheOthersPairOff(t *testing.T) {
	const high, wide, words = 0.75, 4.0, 0.0
	for _, c := range []struct {
		shapes []float64
		want   string
	}{
		{nil, "[]"},
		{[]float64{wide}, "[[0]]"},
		{[]float64{high, wide}, "[[0] [1]]"},
		{[]float64{high, wide, words}, "[[0 2] [1]]"},
		{[]float64{high, wide, words, high}, "[[0 1] [2 3]]"},
		{[]float64{wide, high, wide, words}, "[[0] [1 3] [2]]"},
		{[]float64{wide, wide, wide, wide, wide, wide}, "[[0] [1] [2 3] [4 5]]"},
		{[]float64{high, high, high, high, words}, "[[0 1] [2 3] [4]]"},
	} {
		var tiles []*tile
		for i, shape := range c.shapes {
			tiles = append(tiles, &tile{shape: shape, tint: i})
		}
		rows := [][]int{}
		for _, row := range rowsOf(tiles) {
			var of []int
			for _, t := range row {
				of = append(of, t.tint)
			}
			rows = append(rows, of)
		}
		if got := fmt.Sprint(rows); got != c.want {
			t.Errorf("%v: the rows are %s, want %s", c.shapes, got, c.want)
		}
	}
}
