package place

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"kintsugi/flows/place/internal/fold"
)

// Place is a town, with what it is asked for.
type Place struct {
	Name    string // as GeoNames gives it, mostly in English
	Region  string // the first-level division, may be empty
	Country string // ISO 3166-1 alpha-2
	Zone    string // the IANA name
}

const (
	most    = 8    // places given at once
	longest = 200  // bytes of a question; no town is called more
	wordy   = 12   // words of a question
	known   = 15e3 // a misspelt town is guessed if it counts for as many people
)

// Find gives the places that query may mean, the likeliest first, at most eight.
//
// The query is a name in any spelling, perhaps with its region or country: "koeln",
// "St Petersburg", "springfield il", "Cork, Ireland". A country or region alone gives
// its biggest town in each of its zones. Where nothing bears the name, towns a letter
// away from it are given.
//
// Places are ordered by population, where one that has the name only in another
// language, in another spelling, or as the beginning of its own counts a tenth. A place
// that counts less than a tenth of the first is left out: "London" is one place,
// "london canada" another, "Springfield" is several. In another zone, the towns of a
// country stay, and those of a region down to a fiftieth: "Georgia" is two places.
func Find(query string) []Place {
	if len(query) > longest {
		return nil
	}
	key := fold.Key(query)
	if key == "" || strings.Count(key, " ") >= wordy {
		return nil
	}
	a := world()
	readings := a.readings(key)
	for _, look := range []func(string) found{
		func(k string) found {
			if k != key {
				return a.whole(k, "")
			}
			return a.whole(k, fold.Plain(query))
		},
		a.parted,
		a.near,
	} {
		for _, k := range readings {
			if f := look(k); len(f) > 0 {
				return a.best(f)
			}
		}
	}
	return nil
}

// readings gives key, and key without words that people put around a name.
func (a *atlas) readings(key string) []string {
	out := []string{key}
	bare := key
	for _, w := range a.after {
		if rest, ok := strings.CutSuffix(key, " "+w); ok && len(rest) < len(bare) {
			bare = rest
		}
	}
	start := bare
	for _, w := range a.before {
		if rest, ok := strings.CutPrefix(start, w+" "); ok && len(rest) < len(bare) {
			bare = rest
		}
	}
	if bare != key {
		out = append(out, bare)
	}
	return out
}

// found is what was found: towns, and for how many people each counts.
type found map[int]weight

type weight struct {
	people float64
	least  float64 // the share of the first at which it is left out
}

const (
	leastTown    = 1. / 10
	leastRegion  = 1. / 50 // and below a tenth, only for another zone
	leastCountry = 0
)

func (f found) add(town int, people, least float64) {
	if w, ok := f[town]; ok {
		people, least = max(people, w.people), min(least, w.least)
	}
	f[town] = weight{people, least}
}

// whole finds all that a key stands for: towns, countries, regions. plain is how it was
// written, which counts more than what it was folded to, or empty for no matter.
func (a *atlas) whole(key, plain string) found {
	f := a.named(key, plain)
	a.addCountry(f, key)
	a.addRegion(f, key)
	return f
}

// named finds the towns whose name is key or, if it is long enough to say something,
// begins with it.
func (a *atlas) named(key, plain string) found {
	f := found{}
	for i := a.from(key); i < a.keys.len(); i++ {
		k, field, _ := strings.Cut(a.keys.at(i), "\t")
		rest, ok := strings.CutPrefix(k, key)
		if !ok {
			break
		}
		if rest != "" && (rest[0] != ' ' || utf8.RuneCountInString(key) < 5) {
			continue
		}
		for _, r := range refs(field) {
			if rest == "" || r.own {
				t := a.town(r.town)
				f.add(r.town, counts(t, r.own && rest == "" && !differs(t.name, key, plain)), leastTown)
			}
		}
	}
	return f
}

// differs says that the town's name has the key by folding, but is written otherwise.
func differs(name, key, plain string) bool {
	p := fold.Plain(name)
	return plain != "" && fold.Key(name) == key && p != plain && fold.Bare(p) != plain
}

func counts(t town, full bool) float64 {
	people := float64(max(t.people, 1))
	if full {
		return people
	}
	return people / 10
}

// addCountry adds the biggest town of each zone of the countries that key names.
func (a *atlas) addCountry(f found, key string) {
	for _, line := range a.countries {
		c := strings.Split(line, "\t")
		if !among(c[3], key) {
			continue
		}
		for _, i := range a.biggest(func(r string) bool { return strings.HasPrefix(r, c[0]+"\t") }) {
			f.add(i, counts(a.town(i), true), leastCountry)
		}
	}
}

// addRegion does the same for regions. Names under four letters are too often something
// else.
func (a *atlas) addRegion(f found, key string) {
	if utf8.RuneCountInString(key) < 4 {
		return
	}
	for _, region := range a.regions {
		if !among(lastField(region), key) {
			continue
		}
		for _, i := range a.biggest(func(r string) bool { return r == region }) {
			f.add(i, counts(a.town(i), false), leastRegion)
		}
	}
}

// biggest gives the biggest town in each zone, of the regions that are in.
func (a *atlas) biggest(in func(region string) bool) []int {
	wanted := make([]bool, len(a.regions))
	for i, r := range a.regions {
		wanted[i] = in(r)
	}
	seen := map[int]bool{}
	var out []int
	for i := range a.towns.len() {
		if t := a.town(i); wanted[t.region] && !seen[t.zone] {
			seen[t.zone] = true
			out = append(out, i)
		}
	}
	return out
}

// parted finds a name with its region or country, behind or before it: the longest name
// that there is.
func (a *atlas) parted(key string) found {
	words := strings.Split(key, " ")
	for n := len(words) - 1; n > 0; n-- {
		behind := a.inside(a.within(strings.Join(words[:n], " ")), words[n:])
		if len(behind) > 0 {
			return behind
		}
		from := len(words) - n
		before := a.inside(a.within(strings.Join(words[from:], " ")), words[:from])
		if len(before) > 0 {
			return before
		}
	}
	return nil
}

// within finds what may lie in a region or country: towns and regions.
func (a *atlas) within(key string) found {
	f := a.named(key, "")
	a.addRegion(f, key)
	return f
}

// inside keeps the towns that lie where the words say: a region, a country or both.
func (a *atlas) inside(f found, words []string) found {
	kept := found{}
	for i, w := range f {
		if a.lies(a.town(i), words) {
			kept[i] = w
		}
	}
	return kept
}

func (a *atlas) lies(t town, words []string) bool {
	r := strings.Split(a.regions[t.region], "\t")
	region := func(key string) bool { return key != "" && (r[1] == key || among(r[3], key)) }
	country := func(key string) bool { return a.isCountry(r[0], key) }
	all := strings.Join(words, " ")
	if region(all) || country(all) {
		return true
	}
	for n := 1; n < len(words); n++ {
		left, right := strings.Join(words[:n], " "), strings.Join(words[n:], " ")
		if region(left) && country(right) || country(left) && region(right) {
			return true
		}
	}
	return false
}

// near finds the towns whose name is a letter away, with or without where they lie.
func (a *atlas) near(key string) found {
	if f := a.almost(key); len(f) > 0 {
		return f
	}
	words := strings.Split(key, " ")
	for n := len(words) - 1; n > 0; n-- {
		if f := a.inside(a.almost(strings.Join(words[:n], " ")), words[n:]); len(f) > 0 {
			return f
		}
	}
	return nil
}

func (a *atlas) almost(key string) found {
	f := found{}
	if utf8.RuneCountInString(key) < 5 { // shorter ones are near too much
		return f
	}
	_, first := utf8.DecodeRuneInString(key) // hardly anybody errs in the first letter
	for i := a.from(key[:first]); i < a.keys.len(); i++ {
		k, field, _ := strings.Cut(a.keys.at(i), "\t")
		if !strings.HasPrefix(k, key[:first]) {
			break
		}
		if !oneOff(k, key) {
			continue
		}
		for _, r := range refs(field) {
			if n := counts(a.town(r.town), r.own); n >= known {
				f.add(r.town, n, leastTown)
			}
		}
	}
	return f
}

// best gives the places in order, without those that the first one leaves far behind.
func (a *atlas) best(f found) []Place {
	order := slices.SortedFunc(maps.Keys(f), func(i, j int) int {
		return cmp.Or(cmp.Compare(f[j].people, f[i].people), cmp.Compare(i, j))
	})
	var out []Place
	zones := map[int]bool{}
	for _, i := range order {
		zone, first := a.town(i).zone, f[order[0]].people
		if len(out) < most && f[i].people > first*f[i].least && (f[i].people > first*leastTown || !zones[zone]) {
			out = append(out, a.place(i))
			zones[zone] = true
		}
	}
	return out
}
