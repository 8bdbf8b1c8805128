package photo

import (
	"bytes"
	"encoding/binary"
)

const (
	tagOrientation = 0x0112
	typeShort      = 3
	entrySize      = 12
)

// exifOrientation finds how a picture is turned in the EXIF data of a JPEG (CIPA DC-008,
// 4.6.2: a header as in TIFF, then the entries of the first directory).
func exifOrientation(segment []byte) orientation {
	tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
	default:
		return upright
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < entrySize {
			break
		}
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == typeShort {
			return orientationOf(order.Uint16(entries[8:]))
		}
		entries = entries[entrySize:]
	}
	return upright
}

func orientationOf(n uint16) orientation {
	if n < 1 || n > 8 {
		return upright
	}
	return orientation(n)
}
