package store

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"math"
	"time"
)

// A code stands for the person who had it made, once and for a while. A person has one
// of a kind at most. The code itself is not kept: a row in the table of codes, found by
// its keyed hash, holds sealed whose it is; a row of the person's leads to that one, and
// says until when. Of a code that was used only the time is left.

// hashSize is the size of the hash of a code, in bytes.
const hashSize = sha256.Size

// codeRow is what is sealed of a code.
type codeRow struct {
	Person PersonID `json:"p"`
	Kind   string   `json:"k"`
}

// PutCode keeps a code that a person had made, good until a time, in place of an
// earlier one of the same kind. It fails with [ErrNotFound] if there is no such person.
func (r *Records) PutCode(p PersonID, kind, code string, until time.Time) error {
	if _, err := r.box(p); err != nil {
		return err
	}
	if err := r.DropCode(p, kind); err != nil {
		return err
	}
	hash := r.keys.codeKey(kind, code)
	sealed, err := sealJSON(r.keys.own, tableCodes, hash, &codeRow{Person: p, Kind: kind})
	if err != nil {
		return err
	}
	if err := r.tx.Put(tableCodes, hash, sealed); err != nil {
		return err
	}
	row := appendTime(make([]byte, 0, timeSize+hashSize), until)
	return r.tx.Put(tableCodePerson, r.keys.codePersonKey(p, kind), append(row, hash...))
}

// FindCode gives the person whom a code of a kind stands for, if it is good at now.
func (r *Records) FindCode(kind, code string, now time.Time) (p PersonID, found bool, err error) {
	hash := r.keys.codeKey(kind, code)
	sealed, err := r.tx.Get(tableCodes, hash)
	if err != nil || sealed == nil {
		return 0, false, err
	}
	var whose codeRow
	if err := openJSON(r.keys.own, tableCodes, hash, sealed, &whose); err != nil {
		return 0, false, fmt.Errorf("code: %w", err)
	}
	row, err := r.tx.Get(tableCodePerson, r.keys.codePersonKey(whose.Person, kind))
	if err != nil {
		return 0, false, err
	}
	until, last, err := readCodePerson(row)
	if err != nil || whose.Kind != kind || !bytes.Equal(last, hash) || !now.Before(until) {
		return 0, false, err
	}
	return whose.Person, true, nil
}

// UseCode lets a code of a kind stand for nobody any more, while the one who had it made
// still finds it to be out: they are not told that it was used.
func (r *Records) UseCode(kind, code string) error {
	hash := r.keys.codeKey(kind, code)
	sealed, err := r.tx.Get(tableCodes, hash)
	if err != nil || sealed == nil {
		return err
	}
	var whose codeRow
	if err := openJSON(r.keys.own, tableCodes, hash, sealed, &whose); err != nil {
		return fmt.Errorf("code: %w", err)
	}
	key := r.keys.codePersonKey(whose.Person, kind)
	row, err := r.tx.Get(tableCodePerson, key)
	if err != nil {
		return err
	}
	if _, last, err := readCodePerson(row); err == nil && bytes.Equal(last, hash) {
		if err := r.tx.Put(tableCodePerson, key, row[:timeSize]); err != nil {
			return err
		}
	}
	return r.tx.Delete(tableCodes, hash)
}

// CodeUntil gives until when a person's code of a kind is good, used or not, if they had
// one made.
func (r *Records) CodeUntil(p PersonID, kind string) (until time.Time, found bool, err error) {
	row, err := r.tx.Get(tableCodePerson, r.keys.codePersonKey(p, kind))
	if err != nil || row == nil {
		return time.Time{}, false, err
	}
	until, _, err = readCodePerson(row)
	return until, err == nil, err
}

// DropCode lets a person's code of a kind stand for nobody any more: it was used, or
// taken back. Dropping one that was never made does nothing.
func (r *Records) DropCode(p PersonID, kind string) error {
	return r.dropCodeRow(r.keys.codePersonKey(p, kind))
}

// PruneCodes removes codes that are no longer good, limit of them at most, and says
// whether there are more.
func (r *Records) PruneCodes(now time.Time, limit int) (more bool, err error) {
	var old [][]byte
	err = r.tx.Scan(tableCodePerson, Range{}, func(k, row []byte) bool {
		until, _, err := readCodePerson(row) // a damaged one must not keep the others
		if err == nil && !now.Before(until) {
			old = append(old, k)
		}
		return len(old) <= limit
	})
	if err != nil {
		return false, err
	}
	for _, key := range old[:min(len(old), limit)] {
		if err := r.dropCodeRow(key); err != nil {
			return false, err
		}
	}
	return len(old) > limit, nil
}

// dropCodes removes all codes of a person, without any key.
func (r *Records) dropCodes(p PersonID) error {
	keys, err := r.keysIn(tableCodePerson, prefixed(personKey(p)), math.MaxInt)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := r.dropCodeRow(key); err != nil {
			return err
		}
	}
	return nil
}

// dropCodeRow removes a row of a person's, and the code that it leads to.
func (r *Records) dropCodeRow(key []byte) error {
	row, err := r.tx.Get(tableCodePerson, key)
	if err != nil || row == nil {
		return err
	}
	if _, hash, err := readCodePerson(row); err == nil && hash != nil {
		if err := r.tx.Delete(tableCodes, hash); err != nil {
			return err
		}
	}
	return r.tx.Delete(tableCodePerson, key)
}

// readCodePerson reads a row of a person's. A nil row gives what fits no code.
func readCodePerson(row []byte) (until time.Time, hash []byte, err error) {
	if row == nil {
		return time.Time{}, nil, nil
	}
	switch len(row) {
	case timeSize + hashSize:
		return readTime(row), row[timeSize:], nil
	case timeSize: // it was used
		return readTime(row), nil, nil
	}
	return time.Time{}, nil, fmt.Errorf("code: %w", ErrBroken)
}

// codeKey hides a code: only whoever has it and the master key finds its row.
func (k *keys) codeKey(kind, code string) []byte {
	mac := hmac.New(sha256.New, k.codes)
	mac.Write([]byte(kind))
	mac.Write([]byte{0})
	mac.Write([]byte(code))
	return mac.Sum(nil)
}

func (k *keys) codePersonKey(p PersonID, kind string) []byte {
	return append(personKey(p), k.nameKey(p, tableCodePerson, kind)...)
}
