package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// catalog reads a compiled gettext catalogue (GNU gettext manual, "The Format of GNU
// MO Files"), little-endian.
func catalog(b []byte) (map[string]string, error) {
	le := binary.LittleEndian
	if len(b) < 20 || le.Uint32(b) != 0x950412de {
		return nil, errors.New("no little-endian catalogue")
	}
	n, from, to := int(le.Uint32(b[8:])), int(le.Uint32(b[12:])), int(le.Uint32(b[16:]))
	text := func(table, i int) string {
		size, at := le.Uint32(b[table+8*i:]), le.Uint32(b[table+8*i+4:])
		s, _, _ := bytes.Cut(b[at:at+size], []byte{0})
		return string(s)
	}
	out := make(map[string]string, n)
	for i := range n {
		out[text(from, i)] = text(to, i)
	}
	return out, nil
}
