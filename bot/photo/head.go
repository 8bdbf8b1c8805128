package photo

import "encoding/binary"

// jpegHead is what stands before the picture in a JPEG.
type jpegHead struct {
	turned      orientation
	progressive bool
	samples     float64 // for each pixel, over all components; 0 if it is no JPEG
	converted   bool    // it is decoded once more, into four bytes a pixel
}

// worst is what a JPEG may be of which too little can be told.
const worst = 4 // samples

// The markers that matter here (ITU-T T.81, table B.1).
const (
	markerSOF0 = 0xc0 // the first of the frame headers
	markerSOF2 = 0xc2 // progressive
	markerRST0 = 0xd0 // the first of eight that stand alone
	markerRST7 = 0xd7
	markerSOS  = 0xda // the picture begins, or a step of it
	markerAPP1 = 0xe1 // EXIF stands in one
	markerAPPE = 0xee // Adobe says what the colours are
)

// readJPEGHead reads as much as it can: what is damaged is for the decoder to say. Where
// the decoder might read it otherwise, it expects the worst.
func readJPEGHead(data []byte) jpegHead {
	head := jpegHead{turned: upright}
	head.readSegments(data)
	if head.samples == 0 {
		head.progressive, head.converted, head.samples = true, true, worst
	}
	return head
}

func (h *jpegHead) readSegments(data []byte) {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff { // padding
			at++
			continue
		}
		if marker < markerSOF0 || markerRST0 <= marker && marker <= markerRST7 {
			break
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == markerSOS || end < at+4 || end > len(data) {
			break
		}
		h.read(marker, data[at+4:end])
		at = end
	}
}

func (h *jpegHead) read(marker byte, segment []byte) {
	switch {
	case marker == markerAPP1 && h.turned == upright:
		h.turned = exifOrientation(segment)
	case marker == markerAPPE:
		h.converted = h.converted || len(segment) >= 12 && segment[11] == 0
	case marker >= markerSOF0 && marker <= markerSOF2:
		h.progressive = marker == markerSOF2
		h.samples = samplesPerPixel(segment)
		h.converted = h.converted || isConverted(segment)
	}
}

// isConverted says whether the components are no luma and chroma: four of them, or those
// that are named as red, green and blue.
func isConverted(segment []byte) bool {
	return len(segment) >= 6+3*4 || len(segment) >= 6+3*3 && segment[6] == 'R' && segment[9] == 'G' && segment[12] == 'B'
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
