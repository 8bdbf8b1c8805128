package main

import (
	"fmt"
	"os"
	"strings"
)

// also is what the file of names by hand says: names that GeoNames' translations lack.
type also struct {
	towns     map[[2]string][]string // by country and GeoNames name
	regions   map[[2]string][]string // by country and GeoNames name
	countries map[string][]string
	call      map[[2]string]string // what a country or town is called instead
	before    []string
	after     []string
}

func readAlso(path string) (also, error) {
	a := also{map[[2]string][]string{}, map[[2]string][]string{}, map[string][]string{}, map[[2]string]string{}, nil, nil}
	b, err := os.ReadFile(path)
	if err != nil {
		return a, err
	}
	for n, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		what, said, ok := strings.Cut(line, ": ")
		if !ok {
			return a, fmt.Errorf("%s:%d: no colon", path, n+1)
		}
		names := strings.Split(said, "; ")
		kind, of, _ := strings.Cut(what, " ")
		country, name, _ := strings.Cut(of, " ")
		switch kind {
		case "town":
			a.towns[[2]string{country, name}] = names
		case "region":
			a.regions[[2]string{country, name}] = names
		case "country":
			a.countries[country] = names
		case "call":
			a.call[[2]string{country, name}] = said
		case "before":
			a.before = append(a.before, names...)
		case "after":
			a.after = append(a.after, names...)
		default:
			return a, fmt.Errorf("%s:%d: %q is no kind of line", path, n+1, kind)
		}
	}
	return a, nil
}
