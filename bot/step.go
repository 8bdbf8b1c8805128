package bot

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"

	"kintsugi/flows"
	"kintsugi/store"
)

// step lets the engine take one step, and keeps the session it leaves.
func (s *Service) step(r *store.Records, t turn, p store.Person) ([]flows.Effect, error) {
	old, err := r.Session(p.ID)
	if err != nil {
		return nil, err
	}
	session, err := flows.DecodeSession(old)
	if err != nil {
		return nil, err
	}
	zone := s.zones.of(p.Zone)
	facts := &facts{r: r, person: p.ID, now: t.now, zone: zone}
	session, effects := s.steps.Step(flows.Turn{
		Session: session,
		Person:  personOf(p),
		Event:   t.Event,
		Now:     t.now.In(zone),
		Seed:    t.seed(p.ID),
		Facts:   facts,
	})
	if facts.err != nil {
		return nil, facts.err
	}
	kept, err := session.Encode()
	if err != nil || bytes.Equal(old, kept) {
		return effects, err
	}
	return effects, r.PutSession(p.ID, kept)
}

// seed is drawn from the person and the event, so that the same turn draws the
// same lots.
func (t turn) seed(p store.PersonID) uint64 {
	b := binary.BigEndian.AppendUint64(nil, uint64(p))
	b = append(b, t.source...)
	b = append(b, 0)
	b = append(b, t.ID...)
	sum := sha256.Sum256(b)
	return binary.BigEndian.Uint64(sum[:])
}

// payload is the event as it came, for whoever mends the program.
func (t turn) payload() []byte {
	b, err := json.Marshal(t.Inbound)
	if err != nil {
		return nil
	}
	return b
}
