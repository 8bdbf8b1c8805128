package photo

import (
	"image"
	"image/draw"
)

// scale gives a picture on white that is at most side pixels wide and high. It goes
// through the rows once and averages all pixels that fall onto one, so that it needs
// little more than the result: the kernels of x/image/draw would take 32 bytes for each
// pixel of a column of the source.
func scale(m image.Image, side int) *image.RGBA {
	from := m.Bounds()
	w, h := fit(from.Dx(), from.Dy(), side)
	if same, ok := m.(*image.RGBA); ok && w == from.Dx() && h == from.Dy() && same.Opaque() {
		return same
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	row := image.NewRGBA(image.Rect(0, 0, from.Dx(), 1))
	sums := make([]uint32, 4*w) // red, green, blue and how many
	for y := range h {
		clear(sums)
		for sy := y * from.Dy() / h; sy < (y+1)*from.Dy()/h; sy++ {
			draw.Draw(row, row.Rect, image.White, image.Point{}, draw.Src)
			draw.Draw(row, row.Rect, m, image.Pt(from.Min.X, from.Min.Y+sy), draw.Over)
			add(sums, row.Pix, w)
		}
		average(out.Pix[y*out.Stride:], sums)
	}
	return out
}

// fit gives the size within side that keeps the shape, and never more than there is.
func fit(w, h, side int) (int, int) {
	long := max(w, h)
	if long <= side {
		return w, h
	}
	return max(1, w*side/long), max(1, h*side/long)
}

// add adds a row of pixels to the sums of the w pixels that they fall onto.
func add(sums []uint32, pixels []byte, w int) {
	n := len(pixels) / 4
	for x := range w {
		s := sums[4*x : 4*x+4]
		for sx := x * n / w; sx < (x+1)*n/w; sx++ {
			p := pixels[4*sx : 4*sx+4]
			s[0] += uint32(p[0])
			s[1] += uint32(p[1])
			s[2] += uint32(p[2])
			s[3]++
		}
	}
}

func average(out []byte, sums []uint32) {
	for i := 0; i < len(sums); i += 4 {
		n := sums[i+3]
		out[i] = byte((sums[i] + n/2) / n)
		out[i+1] = byte((sums[i+1] + n/2) / n)
		out[i+2] = byte((sums[i+2] + n/2) / n)
		out[i+3] = 255
	}
}
