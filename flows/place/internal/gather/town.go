package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
)

type town struct {
	id, name, code, region, country, nation, zone string
	people                                        uint32
	lat, lon                                      float64
	others                                        []string // names
}

// towns reads libgeonames' compiled table, a GVariant of the type a(sssssssudd): the
// elements one after another, aligned to 8, then the end of each as a 32-bit number.
func towns(b []byte) ([]town, error) {
	le := binary.LittleEndian
	if len(b) < 4 {
		return nil, errors.New("the table of towns is empty")
	}
	ends := int(le.Uint32(b[len(b)-4:]))
	if ends > len(b) || (len(b)-ends)%4 != 0 {
		return nil, errors.New("the table of towns has another form")
	}
	var out []town
	start := 0
	for at := ends; at < len(b); at += 4 {
		end := int(le.Uint32(b[at:]))
		t, err := one(b[aligned(start, 8):end])
		if err != nil {
			return nil, err
		}
		out = append(out, t)
		start = end
	}
	return out, nil
}

func one(b []byte) (town, error) {
	var t town
	p := 0
	for _, to := range []*string{&t.id, &t.name, &t.code, &t.region, &t.country, &t.nation, &t.zone} {
		n := bytes.IndexByte(b[p:], 0)
		if n < 0 {
			return t, errors.New("a town has another form")
		}
		*to = string(b[p : p+n])
		p += n + 1
	}
	p = aligned(p, 4)
	q := aligned(p+4, 8)
	if len(b) < q+16 {
		return t, errors.New("a town is cut short")
	}
	t.people = binary.LittleEndian.Uint32(b[p:])
	t.lat = math.Float64frombits(binary.LittleEndian.Uint64(b[q:]))
	t.lon = math.Float64frombits(binary.LittleEndian.Uint64(b[q+8:]))
	return t, nil
}

func aligned(n, to int) int { return (n + to - 1) / to * to }
