package transcript

import (
	"errors"
	"strconv"

	"kintsugi/flows"
)

// photo sends a photo, with a caption or none, or lets the one that was asked for first
// come through, or fail.
func (p *player) photo(what string) error {
	e := flows.Event{Kind: flows.PhotoReady}
	switch what {
	case "ready":
		e.Photo = "photo-" + strconv.FormatUint(p.turns, 10)
	case "failed":
		e.Kind = flows.PhotoFailed
	case flows.PhotoFull, flows.PhotoTooLarge, flows.PhotoUnknown:
		e.Kind, e.Thing = flows.PhotoFailed, what
	default:
		sent := "sent-" + strconv.FormatUint(p.turns, 10)
		return p.step(flows.Event{Kind: flows.Sent, Thing: "photo", Photo: sent, Text: what})
	}
	if len(p.fetches) == 0 {
		return errors.New("no photo was asked for")
	}
	e.Fetch, p.fetches = p.fetches[0], p.fetches[1:]
	return p.step(e)
}
