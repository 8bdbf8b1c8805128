package store

import (
	"context"
	"fmt"
)

// The tables. What a row's key is made of stands beside each.
const (
	tableMeta       = "meta"         // a fixed word
	tableKeys       = "keys"         // person
	tablePeople     = "people"       // person
	tableAddresses  = "addresses"    // keyed hash
	tableClaims     = "claims"       // generation, source, 0, id
	tableSessions   = "sessions"     // person
	tableEntries    = "entries"      // person, time, hash of the id
	tableItems      = "items"        // person, hidden name
	tablePhotos     = "photos"       // person, hidden name
	tableFetches    = "fetches"      // person, hidden name
	tableFetchDue   = "fetch.due"    // time, person, hidden name
	tableNudges     = "nudges"       // person, hidden name
	tableDue        = "due"          // time, person, id
	tableDuePerson  = "due.person"   // person, id
	tableAttempting = "attempting"   // person, lane, seq
	tableWaiting    = "waiting"      // person, lane, seq
	tableWake       = "wake"         // lane, time, person
	tableCursors    = "cursors"      // a fixed word
	tableCodes      = "codes"        // keyed hash
	tableCodePerson = "codes.person" // person, hidden name of the kind
	tableCouples    = "couples"      // couple
	tableCoupleKeys = "couples.keys" // couple
	tableMembers    = "members"      // person, hidden name of the place
	tableInbox      = "inbox"        // person, number
	tableWords      = "words"        // person, hidden name of the exchange
	tableExchanges  = "exchanges"    // couple, number
	tableQuarantine = "quarantine"   // person, time, hash of source and id
)

// Rows of the meta table.
const (
	metaVersion = "version" // of the schema
	metaCheck   = "check"   // a known text, sealed: tells a wrong key
	metaPeople  = "people"  // how many there are
	metaLastID  = "last.id" // the PersonID given last
	metaLastSeq = "last.seq"

	metaLastCouple = "last.couple" // the CoupleID given last
	metaLastNews   = "last.news"   // the ID of the news that came last

	metaLastExchange = "last.exchange" // the ID of the exchange that was added last
)

// checkText is what the meta row "check" holds.
const checkText = "kintsugi"

// personTables are the tables whose rows begin with the person they belong to.
// The data key comes first: without it, the rest is noise.
func personTables() []string {
	return []string{tableKeys, tablePeople, tableSessions, tableEntries, tableItems, tablePhotos, tableFetches,
		tableNudges, tableDuePerson, tableAttempting, tableWaiting, tableQuarantine, tableCodePerson, tableMembers, tableInbox, tableWords}
}

func allTables() []string {
	return append(personTables(), tableMeta, tableAddresses, tableClaims, tableDue, tableFetchDue, tableWake, tableCursors, tableCodes,
		tableCouples, tableCoupleKeys, tableExchanges)
}

// migration brings the schema from one version to the next.
type migration func(*Records) error

// migrations lists the ways forward: entry i leads from version i+1 to i+2.
func migrations() []migration { return nil }

// prepare makes the schema in an empty backend and brings an older one forward,
// one version a transaction.
func (s *Store) prepare(ctx context.Context, steps []migration) error {
	current := uint64(len(steps) + 1)
	var version uint64
	err := s.Update(ctx, func(r *Records) (err error) {
		version, err = r.checkIn(current)
		return err
	})
	for ; err == nil && version < current; version++ {
		err = s.Update(ctx, func(r *Records) error {
			if err := steps[version-1](r); err != nil {
				return fmt.Errorf("migrating from version %d: %w", version, err)
			}
			return r.setNumber(metaVersion, version+1)
		})
	}
	return err
}

// checkIn gives the version of what is there, having made sure that it is ours and
// that the key fits. It makes the current schema where nothing is.
func (r *Records) checkIn(current uint64) (uint64, error) {
	version, err := r.version(current)
	if err == nil && version == 0 {
		return current, r.makeSchema(current)
	}
	return version, err
}

// version gives the version of what is there, 0 for no schema, having made sure that
// the key fits.
func (r *Records) version(current uint64) (uint64, error) {
	version, err := r.number(metaVersion)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNotOurs, err)
	}
	if version == 0 {
		return 0, nil
	}
	if version > current {
		return 0, fmt.Errorf("%w: it has version %d, and this program knows up to %d", ErrNewer, version, current)
	}
	return version, r.checkKey()
}

// nothing fails with [ErrNotOurs] if there is a row in any table.
func (r *Records) nothing() error {
	for _, table := range allTables() {
		key, _, err := r.first(table, Range{})
		if err != nil {
			return err
		}
		if key != nil {
			return ErrNotOurs
		}
	}
	return nil
}

func (r *Records) makeSchema(version uint64) error {
	if err := r.nothing(); err != nil {
		return err
	}
	check := r.keys.own.seal(tableMeta, []byte(metaCheck), []byte(checkText))
	if err := r.tx.Put(tableMeta, []byte(metaCheck), check); err != nil {
		return err
	}
	return r.setNumber(metaVersion, version)
}

func (r *Records) checkKey() error {
	check, err := r.tx.Get(tableMeta, []byte(metaCheck))
	if err != nil {
		return err
	}
	if check == nil {
		return ErrNotOurs
	}
	text, err := r.keys.own.open(tableMeta, []byte(metaCheck), check)
	if err != nil || string(text) != checkText {
		return ErrWrongKey
	}
	return nil
}
