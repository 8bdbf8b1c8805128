// Package photo makes any picture that somebody sends into a small JPEG that holds
// nothing but what is to be seen on it.
//
// It reads JPEG, PNG, GIF (the first picture of it) and WebP, turns a JPEG the way its
// EXIF data says, and writes it anew: at most 1600 pixels wide and high, at most 400 KB,
// on white, and without any metadata. Behind the end of the JPEG, where whoever opens one
// doesn't look, stands the same picture at 800 pixels: what is put onto a board beside
// others is read from there, in a fifth of the time.
//
// # Caveats
//
// What a picture takes once it is decoded is worked out from its head first, and one that
// would take more than 128 MB is not opened: a JPEG as phones make them may have about 85
// megapixels, a progressive one 17, a PNG or a GIF 32. A progressive JPEG in more than 100 steps is
// not opened either: it could take hours. One picture at a time is for the caller to
// see to.
package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // to be read
	"image/jpeg"
	_ "image/png" // to be read

	_ "golang.org/x/image/webp" // to be read
)

const (
	// MaxSide is the most pixels that a picture is wide or high afterwards.
	MaxSide = 1600
	// MaxSize is the most bytes that it takes.
	MaxSize = 400_000
	// SmallSide is the most pixels that [Small] is wide or high.
	SmallSide = 800
	// maxSmall is the most of MaxSize that goes to it.
	maxSmall = 80_000
	// maxDecoded is the most bytes that a picture may take while it is decoded.
	maxDecoded = 128 << 20
	// maxSteps is the most steps in which a progressive JPEG may come: each goes through the
	// whole picture and can be a few bytes long. Ten are usual.
	maxSteps = 100
)

var (
	// ErrUnreadable says that it is no picture of a kind that can be read, or a damaged one.
	ErrUnreadable = errors.New("not a readable picture")
	// ErrTooLarge says that it would take too much memory or time to open.
	ErrTooLarge = errors.New("picture too large")
)

// Shrink gives the picture small and without metadata. It may panic on data made to
// break a decoder.
func Shrink(data []byte) ([]byte, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width < 1 || config.Height < 1 {
		return nil, ErrUnreadable
	}
	head := jpegHead{turned: upright}
	if format == "jpeg" {
		head = readJPEGHead(data)
	}
	if decodedSize(config, head) > maxDecoded || head.progressive && steps(data) > maxSteps {
		return nil, ErrTooLarge
	}
	m, err := reduced(data)
	if err != nil {
		return nil, err
	}
	return withSmall(turn(m, head.turned))
}

// withSmall writes a picture, and behind it a small one if it is not small already.
func withSmall(m *image.RGBA) ([]byte, error) {
	if max(m.Rect.Dx(), m.Rect.Dy()) <= SmallSide {
		return write(m, MaxSize)
	}
	small, err := write(scale(m, SmallSide), maxSmall)
	if err != nil {
		return nil, err
	}
	data, err := write(m, MaxSize-len(small))
	return append(data, small...), err
}

// jpegStart begins a JPEG, and can't stand within one that is written here: there is no
// other marker behind 0xff in a scan than one that ends it.
var jpegStart = []byte{0xff, 0xd8, 0xff}

// Small gives a photo that [Shrink] has made at no more than [SmallSide] pixels; one that it
// made before there was a small one behind it as it is.
func Small(data []byte) []byte {
	return data[max(0, bytes.LastIndex(data, jpegStart)):]
}

// steps counts the steps of a JPEG, and those of pictures that are hidden in its head.
func steps(data []byte) int { return bytes.Count(data, []byte{0xff, markerSOS}) }

// reduced decodes a picture and gives it at the size that it is to have. The big one is
// garbage when it returns.
func reduced(data []byte) (*image.RGBA, error) {
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil || full.Bounds().Empty() {
		return nil, ErrUnreadable // what the decoder says may quote the data
	}
	return scale(full, MaxSide), nil
}

// write encodes a picture within so many bytes: coarser first, and then smaller.
func write(m *image.RGBA, most int) ([]byte, error) {
	var b bytes.Buffer
	for side := max(m.Rect.Dx(), m.Rect.Dy()); side > 0; side = side * 4 / 5 {
		m = scale(m, side)
		for _, quality := range []int{85, 75, 65, 55} {
			b.Reset()
			if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
				return nil, fmt.Errorf("writing a picture: %w", err)
			}
			if b.Len() <= most {
				return bytes.Clone(b.Bytes()), nil
			}
		}
	}
	return nil, ErrTooLarge
}
