package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// Exchange is something that the two of a couple do with each other. What it stands at
// holds no words: those are rows of whoever wrote them, under their key, until they are
// given away.
type Exchange struct {
	ID     uint64 // never given twice
	Couple CoupleID
	Kind   string
	State  json.RawMessage
}

type exchangeRow struct {
	Kind  string          `json:"k"`
	State json.RawMessage `json:"s"`
}

// AddExchange adds an exchange and gives it back with the ID that it was given. It fails
// with [ErrNotFound] if there is no such couple.
func (r *Records) AddExchange(e Exchange) (Exchange, error) {
	last, err := r.number(metaLastExchange)
	if err != nil {
		return Exchange{}, err
	}
	e.ID = last + 1
	return e, errors.Join(r.PutExchange(e), r.setNumber(metaLastExchange, e.ID))
}

// PutExchange keeps an exchange as it stands now.
func (r *Records) PutExchange(e Exchange) error {
	b, err := r.coupleBox(e.Couple)
	if err != nil {
		return err
	}
	key := exchangeKey(e.Couple, e.ID)
	sealed, err := sealJSON(b, tableExchanges, key, &exchangeRow{e.Kind, e.State})
	if err != nil {
		return err
	}
	return r.tx.Put(tableExchanges, key, sealed)
}

// Exchange gives an exchange of a couple, if there is one.
func (r *Records) Exchange(c CoupleID, id uint64) (e Exchange, found bool, err error) {
	key := exchangeKey(c, id)
	sealed, err := r.tx.Get(tableExchanges, key)
	if err != nil || sealed == nil {
		return Exchange{}, false, err
	}
	e, err = r.openExchange(key, sealed)
	return e, err == nil, err
}

// Exchanges gives those of a couple, the oldest first.
func (r *Records) Exchanges(c CoupleID) ([]Exchange, error) {
	var found []Exchange
	keys, err := r.keysIn(tableExchanges, prefixed(coupleKey(c)), math.MaxInt)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		sealed, err := r.tx.Get(tableExchanges, key)
		if err != nil {
			return nil, err
		}
		e, err := r.openExchange(key, sealed)
		if err != nil {
			return nil, err
		}
		found = append(found, e)
	}
	return found, nil
}

func (r *Records) openExchange(key, sealed []byte) (Exchange, error) {
	if len(key) != 2*idSize {
		return Exchange{}, fmt.Errorf("exchange: %w", ErrBroken)
	}
	e := Exchange{Couple: CoupleID(readNumber(key)), ID: readNumber(key[idSize:])}
	b, err := r.coupleBox(e.Couple)
	if err != nil {
		return Exchange{}, err
	}
	var row exchangeRow
	err = openJSON(b, tableExchanges, key, sealed, &row)
	e.Kind, e.State = row.Kind, row.State
	return e, err
}

// DropExchange deletes an exchange, and the words of both that were not given away.
func (r *Records) DropExchange(c CoupleID, id uint64) error {
	couple, err := r.Couple(c)
	if err != nil {
		return err
	}
	for _, p := range couple.People {
		if err := r.DropWords(p, id); err != nil {
			return err
		}
	}
	return r.tx.Delete(tableExchanges, exchangeKey(c, id))
}

// PutWords keeps what a person wrote for an exchange, in place of what they wrote before.
// It fails with [ErrNotFound] if there is no such person.
func (r *Records) PutWords(p PersonID, exchange uint64, words []string) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	key := r.keys.wordsKey(p, exchange)
	sealed, err := sealJSON(b, tableWords, key, words)
	if err != nil {
		return err
	}
	return r.tx.Put(tableWords, key, sealed)
}

// Words gives what a person wrote for an exchange; nil if they wrote nothing, or are gone.
func (r *Records) Words(p PersonID, exchange uint64) (words []string, err error) {
	key := r.keys.wordsKey(p, exchange)
	sealed, err := r.tx.Get(tableWords, key)
	if err != nil || sealed == nil {
		return nil, err
	}
	b, err := r.box(p)
	if err != nil {
		return nil, err
	}
	return words, openJSON(b, tableWords, key, sealed, &words)
}

// DropWords takes back what a person wrote for an exchange. Taking back nothing does
// nothing.
func (r *Records) DropWords(p PersonID, exchange uint64) error {
	return r.tx.Delete(tableWords, r.keys.wordsKey(p, exchange))
}

// dropWordsOf takes back what a person wrote for the exchanges of a couple.
func (r *Records) dropWordsOf(p PersonID, c CoupleID) error {
	exchanges, err := r.Exchanges(c)
	if err != nil {
		return err
	}
	for _, e := range exchanges {
		if err := r.DropWords(p, e.ID); err != nil {
			return err
		}
	}
	return nil
}

// dropExchanges deletes all exchanges of a couple, which nobody stands with any more.
func (r *Records) dropExchanges(c CoupleID) error {
	keys, err := r.keysIn(tableExchanges, prefixed(coupleKey(c)), math.MaxInt)
	if err != nil {
		return err
	}
	return r.deleteAll(tableExchanges, keys)
}

func exchangeKey(c CoupleID, id uint64) []byte { return appendNumber(coupleKey(c), id) }

func (k *keys) wordsKey(p PersonID, exchange uint64) []byte {
	return append(personKey(p), k.nameKey(p, tableWords, string(appendNumber(nil, exchange)))...)
}
