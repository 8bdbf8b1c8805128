package photo

import "encoding/binary"

// jpegHead is what stands before the picture in a JPEG.
type jpegHead struct {
	turned      orientation
	progressive bool
	samples     float64 // for each pixel, over all components; 0 if it is unknown
}

// The markers that matter here (ITU-T T.81, table B.1).
const (
	markerSOF0 = 0xc0 // the first of the frame headers
	markerSOF2 = 0xc2 // progressive
	markerSOS  = 0xda // the picture begins
	markerAPP1 = 0xe1 // EXIF stands in one
)

// readJPEGHead reads as much as it can: what is damaged is for the decoder to say.
func readJPEGHead(data []byte) jpegHead {
	head := jpegHead{turned: upright}
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff { // padding
			at++
			continue
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == markerSOS || end < at+4 || end > len(data) {
			break
		}
		head.read(marker, data[at+4:end])
		at = end
	}
	return head
}

func (h *jpegHead) read(marker byte, segment []byte) {
	switch {
	case marker == markerAPP1 && h.turned == upright:
		h.turned = exifOrientation(segment)
	case marker >= markerSOF0 && marker <= markerSOF2:
		h.progressive = marker == markerSOF2
		h.samples = samplesPerPixel(segment)
	}
}

// samplesPerPixel reads a frame header: components can be sampled more coarsely than
// the picture is.
func samplesPerPixel(segment []byte) float64 {
	if len(segment) < 6 || len(segment) < 6+3*int(segment[5]) {
		return 0
	}
	sum, most := 0, 1
	for i := range int(segment[5]) {
		sampling := segment[6+3*i+1]
		n := int(sampling>>4) * int(sampling&15)
		sum, most = sum+n, max(most, n)
	}
	return float64(sum) / float64(most)
}
