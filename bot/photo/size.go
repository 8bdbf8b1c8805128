package photo

import (
	"image"
	"image/color"
)

// decodedSize is about how many bytes the decoders of the standard library take for a
// picture.
func decodedSize(c image.Config, head jpegHead) float64 {
	return float64(c.Width) * float64(c.Height) * bytesPerPixel(c.ColorModel, head)
}

func bytesPerPixel(m color.Model, head jpegHead) float64 {
	if head.samples > 0 {
		if head.progressive { // all coefficients are held, in four bytes each
			return 5 * head.samples
		}
		return head.samples
	}
	switch m {
	case color.GrayModel, color.AlphaModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}
