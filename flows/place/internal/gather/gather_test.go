package main

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// packTowns writes a table as GLib does: see towns.
func packTowns(all []town) []byte {
	var b []byte
	var ends []int
	le := binary.LittleEndian
	pad := func(b []byte, to int) []byte {
		for len(b)%to != 0 {
			b = append(b, 0)
		}
		return b
	}
	for _, t := range all {
		b = pad(b, 8)
		var e []byte
		for _, s := range []string{t.id, t.name, t.code, t.region, t.country, t.nation, t.zone} {
			e = append(append(e, s...), 0)
		}
		e = le.AppendUint32(pad(e, 4), t.people)
		e = le.AppendUint64(pad(e, 8), math.Float64bits(t.lat))
		e = le.AppendUint64(e, math.Float64bits(t.lon))
		b = append(b, append(e, "framing"...)...)
		ends = append(ends, len(b))
	}
	for _, end := range ends {
		b = le.AppendUint32(b, uint32(end))
	}
	return b
}

var two = []town{
	{id: "1", name: "Köln", code: "07", region: "North Rhine-Westphalia", country: "DE", nation: "Germany", zone: "Europe/Berlin", people: 963395, lat: 50.9, lon: 6.9},
	{id: "22", name: "Juárez", code: "06", region: "Chihuahua", country: "MX", nation: "Mexico", zone: "America/Ojinaga", people: 1321004, lat: 31.7, lon: -106.5},
}

func TestTownsReadsTheTable(t *testing.T) {
	got, err := towns(packTowns(two))
	if err != nil || !reflect.DeepEqual(got, two) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestTownsRefusesAnotherForm(t *testing.T) {
	whole := packTowns(two)
	for name, b := range map[string][]byte{
		"empty": nil, "short": {1, 2, 3}, "an end beyond": {9, 0, 0, 0},
		"a town without an end": append([]byte("Köln"), 4, 0, 0, 0),
		"a tail":                append(whole, 1, 2),
	} {
		if got, err := towns(b); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestCatalog(t *testing.T) {
	le := binary.LittleEndian
	head := []uint32{0x950412de, 0, 1, 28, 36, 0, 0, 2, 44, 3, 46}
	var b []byte
	for _, n := range head {
		b = le.AppendUint32(b, n)
	}
	got, err := catalog(append(b, "DEAch"...))
	if err != nil || len(got) != 1 || got["DE"] != "Ach" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := catalog([]byte("no catalogue at all, though long enough")); err == nil {
		t.Error("took a text for a catalogue")
	}
}

func TestZonesAreOfToday(t *testing.T) {
	for _, c := range []struct {
		town town
		want string
	}{
		{town{zone: "Europe/Kiev"}, "Europe/Kyiv"},
		{two[1], "America/Ciudad_Juarez"},
		{town{zone: "America/Ojinaga", lon: -104.4}, "America/Ojinaga"},
		{town{zone: "America/Santiago", country: "CL", code: "02"}, "America/Coyhaique"},
		{town{zone: "America/Santiago", country: "CL", code: "12"}, "America/Santiago"},
		{two[0], "Europe/Berlin"},
	} {
		if got := today(c.town); got != c.want {
			t.Errorf("%v: %s, want %s", c.town, got, c.want)
		}
	}
}

func TestShortNames(t *testing.T) {
	for _, c := range []struct{ text, lang, want string }{
		{"大阪市", "ja", "大阪"}, {"東京都", "ja", "東京"}, {"フランス共和国", "ja", "フランス"},
		{"서울특별시", "ko", "서울"}, {"津市", "ja", ""}, {"大阪市", "de", ""}, {"Berlin", "ja", ""},
	} {
		if got := short(name{c.text, c.lang}); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAlsoRefusesWhatItDoesNotKnow(t *testing.T) {
	for text, want := range map[string]string{
		"# only a comment\n": "", "town US New York: NYC; Big Apple": "",
		"city US New York: NYC": "no kind", "town US New York": "no colon",
	} {
		path := filepath.Join(t.TempDir(), "also.txt")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := readAlso(path)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestNamesByHandForNothingAreFound(t *testing.T) {
	for _, line := range []string{
		"town DE Kölln: Colonia", "region DE Rhineland: Rhine", "country XY: Nowhere", "call DE Kölln: Cologne",
	} {
		path := filepath.Join(t.TempDir(), "also.txt")
		if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		hand, err := readAlso(path)
		if err != nil {
			t.Fatal(err)
		}
		w := world{english: map[string]string{"DE": "Germany"}, also: hand}
		w.add(append([]town(nil), two...))
		if err := w.unused(); err == nil {
			t.Errorf("%q went through", line)
		}
	}
}
