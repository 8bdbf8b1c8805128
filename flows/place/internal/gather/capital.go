package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// capitals reads towns from GeoNames' own table (its readme.txt has the columns): those
// that libgeonames leaves out because they lie in no region. They are the capitals, and
// all towns of countries that have none in have.
func capitals(path string, have []town) ([]town, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	countries, ids, names := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, t := range have {
		countries[t.country], ids[t.id], names[t.country+t.name] = true, true, true
	}
	var out []town
	for line := range strings.Lines(string(b)) {
		f := strings.Split(line, "\t")
		if len(f) < 18 {
			return nil, fmt.Errorf("%s: a line has another form", path)
		}
		if ids[f[0]] || names[f[8]+f[1]] || countries[f[8]] && f[7] != "PPLC" {
			continue
		}
		people, err := strconv.ParseUint(f[14], 10, 32)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, town{
			id: f[0], name: f[1], country: f[8], zone: f[17], people: uint32(people),
			others: strings.Split(f[3], ","),
		})
	}
	return out, nil
}
