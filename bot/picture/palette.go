package picture

import (
	"cmp"
	"encoding/binary"
	"image"
	"image/color"
	"maps"
	"slices"
)

// mostColours is how many a byte can name.
const mostColours = 256

// paletted gives a picture in 256 colours: those that it has most of, and for each of the
// others, which are shades at the edges of letters, the nearest. As a PNG it is a third as
// large and quicker to write.
func paletted(m *image.RGBA) *image.Paletted {
	counts := map[uint32]int{}
	for pixel, n := range runs(m.Pix) {
		counts[pixel] += n
	}
	all := slices.SortedFunc(maps.Keys(counts), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	out := image.NewPaletted(m.Rect, nil)
	index := map[uint32]byte{}
	for i, pixel := range all {
		if i < mostColours {
			out.Palette = append(out.Palette, colourOf(pixel))
			index[pixel] = byte(i)
		} else {
			index[pixel] = byte(out.Palette.Index(colourOf(pixel)))
		}
	}
	at := 0
	for pixel, n := range runs(m.Pix) {
		i := index[pixel]
		for j := range n {
			out.Pix[at+j] = i
		}
		at += n
	}
	return out
}

// runs gives the pixels from the first on, and how many there are of each behind one another.
func runs(pix []byte) func(yield func(pixel uint32, n int) bool) {
	return func(yield func(uint32, int) bool) {
		for at := 0; at < len(pix); {
			pixel, from := binary.LittleEndian.Uint32(pix[at:]), at
			for at < len(pix) && binary.LittleEndian.Uint32(pix[at:]) == pixel {
				at += 4
			}
			if !yield(pixel, (at-from)/4) {
				return
			}
		}
	}
}

func colourOf(pixel uint32) color.RGBA {
	return color.RGBA{byte(pixel), byte(pixel >> 8), byte(pixel >> 16), byte(pixel >> 24)}
}
