package bot

import (
	"sync"
	"time"
)

// zones are time zones by their IANA names, each loaded once.
type zones struct {
	otherwise *time.Location // for no name, and one that is not known

	mu    sync.Mutex // guards known
	known map[string]*time.Location
}

func newZones(otherwise *time.Location) *zones {
	if otherwise == nil {
		otherwise = time.UTC
	}
	return &zones{otherwise: otherwise, known: map[string]*time.Location{"": otherwise}}
}

func (z *zones) of(name string) *time.Location {
	z.mu.Lock()
	defer z.mu.Unlock()
	if zone := z.known[name]; zone != nil {
		return zone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = z.otherwise
	}
	z.known[name] = zone
	return zone
}
