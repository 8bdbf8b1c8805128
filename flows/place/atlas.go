package place

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/places.gz
var packed []byte

// world is the data, unpacked when it is first asked for and the same ever after.
var world = sync.OnceValue(func() *atlas { return unpack(packed) })

// atlas is the data as internal/gather writes it, hardly parsed: lines are looked at
// when they are needed.
type atlas struct {
	zones     []string
	countries []string // code, name, other names, keys; a part's with a ~
	regions   []string // country, code, name, keys
	towns     lines    // name, region, zone, people; by falling population
	keys      lines    // key, towns; in order
	before    []string // what may stand before a town's name, and after it
	after     []string
}

// unpack panics when the data is broken: it is part of the program.
func unpack(b []byte) *atlas {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		panic("place: the data is broken: " + err.Error())
	}
	var text strings.Builder
	text.Grow(3 << 20)
	if _, err := io.Copy(&text, z); err != nil {
		panic("place: the data is broken: " + err.Error())
	}
	part := strings.Split(text.String(), "\n\n")
	return &atlas{
		zones:     strings.Split(part[0], "\n"),
		countries: strings.Split(part[1], "\n"),
		regions:   strings.Split(part[2], "\n"),
		towns:     newLines(part[3]),
		keys:      newLines(part[4]),
		before:    strings.Split(part[5], ";"),
		after:     strings.Split(part[6], ";"),
	}
}

// lines is a text and where its lines end: a quarter of what a slice of them takes.
type lines struct {
	text string
	ends []uint32
}

func newLines(text string) lines {
	l := lines{text, make([]uint32, 0, strings.Count(text, "\n")+1)}
	for at := 0; at < len(text); {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			n = len(text) - at
		}
		at += n
		l.ends = append(l.ends, uint32(at))
		at++
	}
	return l
}

func (l lines) len() int { return len(l.ends) }

func (l lines) at(i int) string {
	start := uint32(0)
	if i > 0 {
		start = l.ends[i-1] + 1
	}
	return l.text[start:l.ends[i]]
}

// town is a line of the towns. Its number is its rank by population.
type town struct {
	name         string
	region, zone int
	people       int
}

func (a *atlas) town(i int) town {
	f := strings.Split(a.towns.at(i), "\t")
	return town{f[0], number(f[1]), number(f[2]), number(f[3])}
}

func (a *atlas) place(i int) Place {
	t := a.town(i)
	r := strings.Split(a.regions[t.region], "\t")
	return Place{Name: t.name, Region: r[2], Country: r[0], Zone: a.zones[t.zone]}
}

// ref is a town that a key stands for.
type ref struct {
	town int
	own  bool // by its own or its English name, and not another language's
}

func refs(field string) []ref {
	var out []ref
	for s := range strings.SplitSeq(field, ",") {
		s, other := strings.CutPrefix(s, "~")
		out = append(out, ref{number(s), !other})
	}
	return out
}

// from gives the number of the first key that is not before key.
func (a *atlas) from(key string) int {
	n := a.keys.len()
	low, high := 0, n
	for low < high {
		mid := (low + high) / 2
		if k, _, _ := strings.Cut(a.keys.at(mid), "\t"); k < key {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// among says whether key is one of the keys of a field.
func among(field, key string) bool {
	for k := range strings.SplitSeq(field, ";") {
		if k == key {
			return true
		}
	}
	return false
}

// lastField gives the keys of a country or region.
func lastField(line string) string { return line[strings.LastIndexByte(line, '\t')+1:] }
