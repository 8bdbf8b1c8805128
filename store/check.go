package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// Check looks whether the records in b agree with each other: each index row with
// its record and the other way round. It needs no key and so opens nothing; which
// addresses a person has is the one thing it can't compare. The error names every
// disagreement by its table, never by what is in it.
func Check(ctx context.Context, b Backend) error {
	var wrong error
	err := b.View(ctx, func(tx Tx) error {
		c := &checker{r: &Records{tx: tx}}
		c.people()
		c.owners()
		c.due()
		c.fetches()
		c.outbox()
		c.codes()
		c.couples()
		wrong = errors.Join(c.wrong...)
		return c.failed
	})
	return errors.Join(err, wrong)
}

type checker struct {
	r      *Records
	wrong  []error
	failed error // of the backend: then nothing more is looked at
}

// each calls fn for each row of a table.
func (c *checker) each(table string, fn func(key, value []byte)) {
	if c.failed != nil {
		return
	}
	err := c.r.tx.Scan(table, Range{}, func(k, v []byte) bool {
		fn(k, v)
		return c.failed == nil
	})
	if err != nil {
		c.failed = err
	}
}

// want notes a disagreement unless ok.
func (c *checker) want(ok bool, table, what string) {
	if !ok {
		c.wrong = append(c.wrong, fmt.Errorf("%s: %s", table, what))
	}
}

// wantRow notes a disagreement unless the row is there.
func (c *checker) wantRow(table string, key []byte, from string) {
	v, err := c.r.tx.Get(table, key)
	if err != nil {
		c.failed = err
	}
	c.want(v != nil, from, "a row without its row in "+table)
}

func (c *checker) people() {
	people := 0
	c.each(tablePeople, func(k, _ []byte) {
		people++
		c.wantRow(tableKeys, k, tablePeople)
	})
	c.each(tableKeys, func(k, _ []byte) { c.wantRow(tablePeople, k, tableKeys) })
	c.each(tableAddresses, func(_, id []byte) { c.wantRow(tablePeople, id, tableAddresses) })
	counted, err := c.r.CountPeople()
	if err != nil {
		c.failed = err
	}
	c.want(counted == people, tableMeta, "the count of people is wrong")
}

// owners looks for rows of people who do not exist.
func (c *checker) owners() {
	nobody := personKey(0)
	for _, table := range personTables() {
		c.each(table, func(k, _ []byte) {
			if len(k) < idSize {
				c.want(false, table, "a row without a person")
				return
			}
			if owner := k[:idSize]; table != tableQuarantine || !bytes.Equal(owner, nobody) {
				c.wantRow(tablePeople, owner, table)
			}
		})
	}
}

func (c *checker) due() {
	c.each(tableDue, func(k, _ []byte) {
		d, err := readDue(k)
		if err != nil {
			c.want(false, tableDue, "a row that cannot be read")
			return
		}
		at, _, err := c.r.Due(d.Person, d.ID)
		if err != nil && !errors.Is(err, ErrBroken) {
			c.failed = err
		}
		c.want(at.Equal(d.At), tableDue, "a row whose row in "+tableDuePerson+" says otherwise")
	})
	c.each(tableDuePerson, func(k, at []byte) {
		times, err := readDueRow(at)
		if len(k) < idSize || err != nil {
			c.want(false, tableDuePerson, "a row that cannot be read")
			return
		}
		row := string(k[idSize:])
		for i := range times {
			if times[i] != noTime {
				c.wantRow(tableDue, dueKey(time.UnixMilli(times[i]), readPerson(k), idAt(row, i)), tableDuePerson)
			}
		}
	})
}

func (c *checker) fetches() {
	c.each(tableFetchDue, func(k, _ []byte) {
		if len(k) != timeSize+idSize+nameSize {
			c.want(false, tableFetchDue, "a row that cannot be read")
			return
		}
		row, err := c.r.tx.Get(tableFetches, k[timeSize:])
		if err != nil {
			c.failed = err
		}
		c.want(len(row) >= timeSize && bytes.Equal(row[:timeSize], k[:timeSize]), tableFetchDue, "a row whose row in "+tableFetches+" says otherwise")
	})
	c.each(tableFetches, func(k, row []byte) {
		if len(k) != idSize+nameSize || len(row) < fetchHeadSize+sealOverhead {
			c.want(false, tableFetches, "a row that cannot be read")
			return
		}
		c.wantRow(tableFetchDue, fetchDueKey(readTime(row), k), tableFetches)
	})
}

func (c *checker) outbox() {
	last, err := c.r.number(metaLastSeq)
	if err != nil {
		c.failed = err
	}
	for _, table := range []string{tableAttempting, tableWaiting} {
		c.each(table, func(k, row []byte) {
			if len(k) != outboxKeySize || len(row) < outboxHeadSize+sealOverhead {
				c.want(false, table, "a row that cannot be read")
				return
			}
			c.want(readNumber(k[idSize+1:]) <= last, table, "a number that was not given yet")
		})
	}
	c.each(tableAttempting, func(k, _ []byte) {
		v, err := c.r.tx.Get(tableWaiting, k)
		if err != nil {
			c.failed = err
		}
		c.want(v == nil, tableAttempting, "a message that waits as well")
	})
	c.wakes()
}

// codes looks whether each code is the one that a row of somebody's leads to.
func (c *checker) codes() {
	led := map[string]bool{}
	c.each(tableCodePerson, func(_, row []byte) {
		_, hash, err := readCodePerson(row)
		if err != nil {
			c.want(false, tableCodePerson, "a row that cannot be read")
			return
		}
		if hash == nil { // it was used
			return
		}
		led[string(hash)] = true
		c.wantRow(tableCodes, hash, tableCodePerson)
	})
	c.each(tableCodes, func(hash, _ []byte) {
		c.want(led[string(hash)], tableCodes, "a row without its row in "+tableCodePerson)
	})
}

// couples looks whether each has its key, and the other way round.
func (c *checker) couples() {
	c.each(tableCouples, func(k, _ []byte) { c.wantRow(tableCoupleKeys, k, tableCouples) })
	c.each(tableCoupleKeys, func(k, _ []byte) { c.wantRow(tableCouples, k, tableCoupleKeys) })
	c.each(tableExchanges, func(k, _ []byte) {
		if len(k) != 2*idSize {
			c.want(false, tableExchanges, "a row that cannot be read")
			return
		}
		c.wantRow(tableCouples, k[:idSize], tableExchanges)
	})
}

// wakes looks whether each queue has the one row that wakes it.
func (c *checker) wakes() {
	var queued []byte // the queue of the row before
	c.each(tableWaiting, func(k, row []byte) {
		if len(k) != outboxKeySize || len(row) < outboxHeadSize || bytes.Equal(k[:idSize+1], queued) {
			return
		}
		queued = k[:idSize+1]
		c.wantRow(tableWake, wakeKey(Lane(k[idSize]), readTime(row[timeSize:]), readPerson(k)), tableWaiting)
	})
	c.each(tableWake, func(k, _ []byte) {
		w, err := readWake(k)
		if err != nil {
			c.want(false, tableWake, "a row that cannot be read")
			return
		}
		at, found, err := c.r.head(w.Person, w.Lane)
		if err != nil {
			c.failed = err
		}
		c.want(found && at.Equal(w.At), tableWake, "a row without a message of that time at the head")
	})
}
