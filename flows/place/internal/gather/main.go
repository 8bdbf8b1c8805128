// Command gather makes the data of the package place from what two Debian
// packages hold of GeoNames: see the script fetch beside it, which gets them.
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"kintsugi/flows/place/internal/fold"
)

func main() {
	log.SetFlags(0)
	table := flag.String("towns", "", "the compiled table of towns")
	older := flag.String("capitals", "", "an older table of GeoNames, for what the first leaves out")
	locales := flag.String("locales", "", "the folder with the translations")
	also := flag.String("also", "", "the names by hand")
	out := flag.String("out", "", "the file to write")
	flag.Parse()
	if err := run(*table, *older, *locales, *also, *out); err != nil {
		log.Fatal(err)
	}
}

func run(table, older, locales, alsoFile, out string) error {
	b, err := os.ReadFile(table)
	if err != nil {
		return err
	}
	all, err := towns(b)
	if err != nil {
		return err
	}
	more, err := capitals(older, all)
	if err != nil {
		return err
	}
	all = append(all, more...)
	words, english, err := translations(locales)
	if err != nil {
		return err
	}
	hand, err := readAlso(alsoFile)
	if err != nil {
		return err
	}
	w := world{words: words, english: english, also: hand}
	w.add(all)
	if err := w.unused(); err != nil {
		return err
	}
	text := w.text()
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if _, err := z.Write([]byte(text)); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Printf("%d towns, %d keys, %d bytes, %d packed\n", len(w.towns), len(w.keys), len(text), packed.Len())
	return os.WriteFile(out, packed.Bytes(), 0o644)
}

// common is how many names a language needs for its names of countries and regions
// to be kept.
const common = 2000

// big is how many people a town needs for its names in all languages to be kept.
// Smaller ones keep those of their country.
const big = 100_000

// beside are languages of a country beside the most likely one, which
// x/text/language knows.
var beside = map[string]string{
	"BE": "fr de", "BY": "ru", "CA": "fr", "CH": "fr it", "ES": "ca eu gl", "FI": "sv",
	"GB": "cy gd", "IE": "ga", "IL": "ar", "IN": "bn gu kn ml mr pa ta te ur", "IQ": "ckb ku",
	"KG": "ru", "KZ": "kk", "UA": "ru", "AF": "ps", "LK": "ta", "SG": "zh", "MY": "zh",
}

// name is a name in a language.
type name struct{ text, lang string }

// translations gives, for each id, its names in all languages, and in English. Of
// countries and regions it keeps those in common languages.
func translations(folder string) (map[string][]name, map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*", "LC_MESSAGES", "geonames.mo"))
	if err != nil || len(files) == 0 {
		return nil, nil, errors.New("no translations found")
	}
	all := map[string][]name{}
	var english map[string]string
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		names, err := catalog(b)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		locale := filepath.Base(filepath.Dir(filepath.Dir(file)))
		lang, _, part := strings.Cut(locale, "_")
		if locale == "en" {
			english = names
		}
		for id, text := range names {
			if isTown(id) || part || len(names) >= common {
				all[id] = append(all[id], name{text, lang})
			}
		}
	}
	if english == nil {
		return nil, nil, errors.New("no English names found")
	}
	return all, english, nil
}

// isTown tells a town's number from a country's code, "DE", and a region's, "DE.01".
func isTown(id string) bool { return id != "" && id[0] >= '0' && id[0] <= '9' }

type world struct {
	words   map[string][]name
	english map[string]string
	also    also

	zones   []string
	regions []string // country, code
	names   map[string]string
	towns   []town
	keys    map[string]map[int]bool // the towns of a key; true: their own name
}

func (w *world) add(all []town) {
	slices.SortFunc(all, func(a, b town) int {
		return cmp.Or(cmp.Compare(b.people, a.people), cmp.Compare(a.id, b.id))
	})
	w.keys, w.names = map[string]map[int]bool{}, map[string]string{}
	zones := map[string]bool{}
	for i := range all {
		t := &all[i]
		t.zone = today(*t)
		zones[t.zone] = true
		w.names[t.country+"."+t.code] = t.region
	}
	w.zones = slices.Sorted(maps.Keys(zones))
	w.regions = slices.Sorted(maps.Keys(w.names))
	w.towns = all
	for i, t := range all {
		w.addNames(i, t)
	}
}

func (w *world) addNames(i int, t town) {
	called := [2]string{t.country, t.name}
	if name, ok := w.also.call[called]; ok {
		w.towns[i].name = name
		delete(w.also.call, called)
	}
	own := append([]string{t.name, w.towns[i].name, w.english[t.id]}, w.also.towns[[2]string{t.country, t.name}]...)
	delete(w.also.towns, [2]string{t.country, t.name}) // the biggest of the name is meant
	for _, name := range own {
		for _, k := range fold.Keys(name) {
			w.key(k, i, true)
		}
	}
	for _, n := range t.others {
		for _, k := range fold.Keys(n) {
			w.key(k, i, false)
		}
	}
	for _, n := range w.words[t.id] {
		if t.people < big && !spoken(t.country, n.lang) {
			continue
		}
		for _, text := range []string{n.text, short(n)} {
			for _, k := range fold.Keys(text) {
				w.key(k, i, false)
			}
		}
	}
}

// short takes the word for city, prefecture or republic off a Chinese, Japanese or Korean
// name, or gives "".
func short(n name) string {
	if !slices.Contains([]string{"zh", "ja", "ko"}, n.lang) {
		return ""
	}
	for _, kind := range []string{
		"特別市", "特别市", "特別行政区", "特别行政区", "市", "都", "府", "県", "省",
		"連邦共和国", "人民共和国", "共和国", "王国", "특별시", "광역시", "시",
	} {
		if bare, ok := strings.CutSuffix(n.text, kind); ok && utf8.RuneCountInString(bare) > 1 {
			return bare
		}
	}
	return ""
}

func spoken(country, lang string) bool {
	likely, _ := language.Make("und-" + country).Base()
	return likely.String() == lang || slices.Contains(strings.Fields(beside[country]), lang)
}

func texts(names []name) []string {
	var out []string
	for _, n := range names {
		out = append(out, n.text, short(n))
	}
	return out
}

func (w *world) key(k string, i int, own bool) {
	if k == "" {
		return
	}
	if w.keys[k] == nil {
		w.keys[k] = map[int]bool{}
	}
	w.keys[k][i] = w.keys[k][i] || own
}

// unused finds names by hand for what does not exist.
func (w *world) unused() error {
	for k := range w.also.towns {
		return fmt.Errorf("no town %s %s", k[0], k[1])
	}
	regions := map[[2]string]bool{}
	for id, name := range w.names {
		regions[[2]string{id[:2], name}] = true
	}
	for k := range w.also.call {
		if k[1] != "" {
			return fmt.Errorf("no town %s %s to call otherwise", k[0], k[1])
		}
	}
	for k := range w.also.regions {
		if !regions[k] {
			return fmt.Errorf("no region %s %s", k[0], k[1])
		}
	}
	for k := range w.also.countries {
		if w.english[k] == "" {
			return fmt.Errorf("no country %s", k)
		}
	}
	return nil
}

// today gives the zone of a town where the time zone database has named or divided
// zones since the table was made in 2022 (its NEWS for 2022b, 2022g and 2025b).
func today(t town) string {
	switch {
	case t.zone == "Europe/Kiev" || t.zone == "Europe/Uzhgorod" || t.zone == "Europe/Zaporozhye":
		return "Europe/Kyiv"
	case t.zone == "America/Ojinaga" && t.lon < -105.5:
		return "America/Ciudad_Juarez"
	case t.country == "CL" && t.code == "02":
		return "America/Coyhaique"
	}
	return t.zone
}

// text writes everything, a section each: zones, countries, regions, towns by falling
// population, keys in order, the words left out before and after a name. Sections are
// apart by an empty line; lines and fields refer to each other by number.
func (w *world) text() string {
	var b strings.Builder
	section := func(lines []string) {
		b.WriteString(strings.Join(lines, "\n"))
		b.WriteString("\n\n")
	}
	section(w.zones)
	section(w.countryLines())
	section(w.regionLines())
	section(w.townLines())
	section(w.keyLines())
	section([]string{keyed(w.also.before)})
	section([]string{keyed(w.also.after)})
	return b.String()
}

// keyed gives the keys of names, each once.
func keyed(names []string) string {
	var keys []string
	for _, n := range names {
		keys = append(keys, fold.Keys(n)...)
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	keys = slices.DeleteFunc(keys, func(k string) bool { return k == "" })
	return strings.Join(keys, ";")
}

func (w *world) countryLines() []string {
	var lines []string
	for id, name := range w.english {
		if len(id) != 2 || isTown(id) || id == "AN" || id == "CS" { // these two are dissolved
			continue
		}
		called := cmp.Or(w.also.call[[2]string{id, ""}], name)
		all := append(texts(w.words[id]), name, called)
		var more, keys []string
		for _, other := range w.also.countries[id] {
			other, part := strings.CutPrefix(other, "~")
			more = append(more, other)
			if part {
				keys = append(keys, ";~"+fold.Key(other))
			} else {
				all = append(all, other)
			}
		}
		lines = append(lines, strings.Join([]string{id, called, strings.Join(more, ";"), keyed(all) + strings.Join(keys, "")}, "\t"))
	}
	slices.Sort(lines)
	return lines
}

func (w *world) regionLines() []string {
	var lines []string
	for _, id := range w.regions {
		country, code, _ := strings.Cut(id, ".")
		name := w.names[id]
		more := slices.Concat([]string{name}, texts(w.words[id]), w.also.regions[[2]string{country, name}])
		if strings.Trim(code, "0123456789") == "" {
			code = ""
		}
		more = append(more, bareRegion(name), unsaid(name))
		lines = append(lines, strings.Join([]string{country, strings.ToLower(code), bareRegion(name), keyed(more)}, "\t"))
	}
	return lines
}

// bareRegion takes off what a region is and leaves its name.
func bareRegion(name string) string {
	for _, what := range []string{"Free and Sovereign State of ", "State of ", "Estado de ", "Departamento de ", "Canton of "} {
		name = strings.TrimPrefix(name, what)
	}
	return name
}

// unsaid leaves out what people don't say of a region: its kind, behind its name.
func unsaid(name string) string {
	for _, kind := range []string{"Province", "Region", "Governorate", "Oblast", "County", "District",
		"Department", "Prefecture", "Municipality", "Voivodeship", "Voivodship", "Emirate", "Territory"} {
		name = strings.TrimSuffix(name, " "+kind)
	}
	return name
}

func (w *world) townLines() []string {
	var lines []string
	for _, t := range w.towns {
		region, _ := slices.BinarySearch(w.regions, t.country+"."+t.code)
		zone, _ := slices.BinarySearch(w.zones, t.zone)
		lines = append(lines, fmt.Sprintf("%s\t%d\t%d\t%d", t.name, region, zone, t.people))
	}
	return lines
}

// keyLines gives a key and its towns, those that bear the name otherwise with a ~.
func (w *world) keyLines() []string {
	var lines []string
	for k, of := range w.keys {
		var refs []string
		for _, i := range slices.Sorted(maps.Keys(of)) {
			ref := strconv.Itoa(i)
			if !of[i] {
				ref = "~" + ref
			}
			refs = append(refs, ref)
		}
		lines = append(lines, k+"\t"+strings.Join(refs, ","))
	}
	slices.Sort(lines)
	return lines
}
