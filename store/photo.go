package store

import (
	"fmt"
	"math"
	"slices"
)

// PutPhoto keeps a photo, whole, in place of one with the same ID. It fails with
// [ErrNotFound] if there is no such person.
func (r *Records) PutPhoto(p PersonID, id string, data []byte) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	key := r.keys.photoKey(p, id)
	return r.tx.Put(tablePhotos, key, b.seal(tablePhotos, key, data))
}

// Photo gives a person's photo, if they have it.
func (r *Records) Photo(p PersonID, id string) (data []byte, found bool, err error) {
	key := r.keys.photoKey(p, id)
	sealed, err := r.tx.Get(tablePhotos, key)
	if err != nil || sealed == nil {
		return nil, false, err
	}
	b, err := r.box(p)
	if err != nil {
		return nil, false, err
	}
	data, err = b.open(tablePhotos, key, sealed)
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", tablePhotos, err)
	}
	return data, true, nil
}

// DeletePhoto lets a photo go. Letting go of one that is not there does nothing.
func (r *Records) DeletePhoto(p PersonID, id string) error {
	return r.tx.Delete(tablePhotos, r.keys.photoKey(p, id))
}

// CountPhotos says how many photos a person has and how many bytes they take together.
// It opens none.
func (r *Records) CountPhotos(p PersonID) (n, bytes int, err error) {
	err = r.tx.Scan(tablePhotos, prefixed(personKey(p)), func(_, sealed []byte) bool {
		n++
		bytes += max(len(sealed)-sealOverhead, 0)
		return true
	})
	return n, bytes, err
}

// KeepPhotos lets go of all photos of a person but those with the given IDs, and says
// how many went.
func (r *Records) KeepPhotos(p PersonID, ids []string) (dropped int, err error) {
	kept := make(map[string]bool, len(ids))
	for _, id := range ids {
		kept[string(r.keys.photoKey(p, id))] = true
	}
	keys, err := r.keysIn(tablePhotos, prefixed(personKey(p)), math.MaxInt)
	if err != nil {
		return 0, err
	}
	keys = slices.DeleteFunc(keys, func(key []byte) bool { return kept[string(key)] })
	return len(keys), r.deleteAll(tablePhotos, keys)
}

func (k *keys) photoKey(p PersonID, id string) []byte {
	return append(personKey(p), k.nameKey(p, tablePhotos, id)...)
}
