package place

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"kintsugi/flows/place/internal/fold"
)

func TestEveryZoneLoads(t *testing.T) {
	zones := world().zones
	if len(zones) < 330 {
		t.Errorf("%d zones only", len(zones))
	}
	for _, zone := range zones {
		if _, err := time.LoadLocation(zone); err != nil || !strings.Contains(zone, "/") {
			t.Errorf("zone %q: %v", zone, err)
		}
	}
}

func TestTownsAndKeysAreInOrder(t *testing.T) {
	a := world()
	if a.towns.len() < 24_000 || a.keys.len() < 60_000 {
		t.Fatalf("%d towns and %d keys only", a.towns.len(), a.keys.len())
	}
	most := a.town(0).people
	for i := range a.towns.len() {
		town := a.town(i)
		if town.people > most || town.name == "" || town.region >= len(a.regions) || town.zone >= len(a.zones) {
			t.Fatalf("town %d: %v", i, town)
		}
		most = town.people
	}
	before := ""
	for i := range a.keys.len() {
		key, field, _ := strings.Cut(a.keys.at(i), "\t")
		if key <= before {
			t.Fatalf("%q comes behind %q", key, before)
		}
		before = key
		for _, r := range refs(field) {
			if r.town >= a.towns.len() {
				t.Fatalf("%q stands for town %d", key, r.town)
			}
		}
	}
}

// Every town is found by its own name: every one's key is there and leads to it.
func TestEveryTownHasItsKeys(t *testing.T) {
	a := world()
	for i := range a.towns.len() {
		name := a.town(i).name
		for _, key := range fold.Keys(name) {
			k, field, _ := strings.Cut(a.keys.at(a.from(key)), "\t")
			if k != key || !slices.Contains(refs(field), ref{i, true}) {
				t.Fatalf("%s has no key %q", name, key)
			}
		}
	}
}

// With its country, the biggest town of every country comes first and finds it.
func TestEveryCountrysBiggestTownFindsTheCountry(t *testing.T) {
	a := world()
	without := []string{"AQ", "BV", "HM", "IO", "TK", "UM"} // no towns in the data
	for _, c := range Countries() {
		i := slices.IndexFunc(a.regions, func(r string) bool { return r[:2] == c.Code })
		if (i < 0) != slices.Contains(without, c.Code) {
			t.Errorf("%s %s: towns: %v", c.Code, c.Name, i >= 0)
		}
		if i < 0 {
			continue
		}
		towns := a.biggest(func(r string) bool { return r[:2] == c.Code })
		biggest := a.place(towns[0])
		got := Find(biggest.Name + ", " + c.Name)
		if len(got) == 0 || got[0] != biggest {
			t.Errorf("%s, %s: %v, want %v", biggest.Name, c.Name, got, biggest)
		}
		if countries := FindCountry(c.Name); len(countries) != 1 || countries[0].Code != c.Code {
			t.Errorf("%s: %v", c.Name, countries)
		}
	}
}

func TestTheDataIsSmallInMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	a := unpack(packed)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if n := int64(after.HeapAlloc) - int64(before.HeapAlloc); n > 10<<20 {
		t.Errorf("%d bytes", n)
	}
	runtime.KeepAlive(a)
	if len(packed) > 1_500_000 {
		t.Errorf("%d bytes in the program", len(packed))
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		unpack(packed)
	}
}
