package photo

import "image"

// orientation says how a picture lies, as EXIF numbers it: what the first row and the
// first column are when it is looked at.
type orientation int

// upright is how nearly all pictures lie.
const upright orientation = 1

// sideways says whether rows are columns.
func (o orientation) sideways() bool { return o >= 5 }

// source gives the pixel of a picture of w by h that belongs at x, y when it is upright.
func (o orientation) source(x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

// turn gives a picture upright.
func turn(m *image.RGBA, o orientation) *image.RGBA {
	if o == upright {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if o.sideways() {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			sx, sy := o.source(x, y, w, h)
			copy(out.Pix[y*out.Stride+4*x:][:4], m.Pix[sy*m.Stride+4*sx:][:4])
		}
	}
	return out
}
