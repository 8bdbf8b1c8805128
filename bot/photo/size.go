package photo

import (
	"image"
	"image/color"
)

// decodedSize is about how many bytes the decoders of the standard library take for a
// picture. One with a palette takes fewer, but as much time: a file of a hundred kilobytes
// can be one of 130 megapixels.
func decodedSize(c image.Config, head jpegHead) float64 {
	return float64(c.Width) * float64(c.Height) * bytesPerPixel(c.ColorModel, head)
}

func bytesPerPixel(m color.Model, head jpegHead) float64 {
	if head.samples > 0 {
		return head.bytesPerPixel()
	}
	switch m {
	case color.YCbCrModel:
		return 3
	case color.NYCbCrAModel: // the alpha of a WebP is decoded as a picture of its own
		return 7
	case color.Gray16Model, color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 4 // of grey too: a PNG may say behind its head that some of it is transparent
}

func (h jpegHead) bytesPerPixel() float64 {
	n := h.samples
	if h.progressive { // all coefficients are held, in four bytes each
		n *= 5
	}
	if h.converted {
		n += 4
	}
	return n
}
