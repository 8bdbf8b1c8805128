package store

import "fmt"

// Session gives a person's session as it was put, or nil if there is none.
func (r *Records) Session(p PersonID) ([]byte, error) {
	at := personKey(p)
	sealed, err := r.tx.Get(tableSessions, at)
	if err != nil || sealed == nil {
		return nil, err
	}
	b, err := r.box(p)
	if err != nil {
		return nil, err
	}
	plain, err := b.open(tableSessions, at, sealed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", tableSessions, err)
	}
	return plain, nil
}

// PutSession replaces a person's session. It fails with [ErrNotFound] if there is
// no such person.
func (r *Records) PutSession(p PersonID, session []byte) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	at := personKey(p)
	return r.tx.Put(tableSessions, at, b.seal(tableSessions, at, session))
}
