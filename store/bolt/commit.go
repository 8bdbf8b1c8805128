package bolt

import (
	"fmt"
	"runtime"

	"kintsugi/store"
)

// lead commits one group, the caller's own call first in it, and then passes the
// lead on to the first call that waits. So nobody waits for a goroutine that only
// commits, and no call leads for longer than its own group.
//
// A call that failed after others of its group had written is tried again in the
// next group, before any new one: what it saw was not committed yet and might never
// have been. So each group answers its first call at least.
func (db *DB) lead() {
	defer db.queue.passOn() // even if a function ends this goroutine
	// Those whom the last commit woke may have their next call at hand. Let them
	// come too; if there are none, this costs nothing.
	runtime.Gosched()
	for group := db.queue.take(); len(group) > 0; {
		group = db.attempt(group)
	}
}

// attempt is one try to run a group in one transaction, and to commit it.
type attempt struct {
	tx      *tx
	rest    []*call // still to be run
	good    []*call // ran well, and not yet answered
	later   []*call // to be tried again in the next group
	spoiled bool    // a call left writes behind and then failed
}

// attempt tries a group, and gives those of it that are to be tried at once.
func (db *DB) attempt(group []*call) []*call {
	a := &attempt{rest: group}
	defer func() { db.queue.putBack(a.later) }()
	b, err := db.bolt.Begin(true)
	if err != nil {
		a.answer(a.rest, commitError(err))
		return nil
	}
	defer b.Rollback() // does nothing after a commit
	a.tx = newTx(b)
	a.runAll()
	if !a.spoiled {
		a.commit()
	}
	return append(a.good, a.rest...)
}

func (a *attempt) runAll() {
	for len(a.rest) > 0 && !a.spoiled {
		c := a.rest[0]
		a.rest = a.rest[1:]
		if err := c.ctx.Err(); err != nil {
			c.answer(outcome{err: err})
			continue
		}
		a.run(c)
	}
}

// run runs a call, and sorts it where it belongs even if it panics or ends the
// goroutine.
func (a *attempt) run(c *call) {
	before := a.tx.writes
	o := outcome{exited: true}
	defer func() {
		if o.exited {
			if v := recover(); v != nil {
				o = outcome{panicked: v}
			}
		}
		a.sort(c, o, before)
	}()
	o = outcome{err: c.fn(a.tx)}
}

// sort puts a call that has run where it belongs. before is how many writes there
// were when it began.
func (a *attempt) sort(c *call, o outcome, before int) {
	if !o.failed() {
		a.good = append(a.good, c)
		return
	}
	a.spoiled = a.tx.writes > before
	if before > 0 {
		a.later = append(a.later, c)
		return
	}
	c.answer(o) // it saw only what is committed
}

// commit commits what was written, if anything was, and answers.
func (a *attempt) commit() {
	var o outcome
	if a.tx.writes > 0 {
		if err := a.tx.bolt.Commit(); err != nil {
			o = commitError(err)
		}
	}
	a.answer(a.good, o)
	a.good = nil
}

func (a *attempt) answer(calls []*call, o outcome) {
	for _, c := range calls {
		c.answer(o)
	}
}

func commitError(err error) outcome {
	return outcome{err: fmt.Errorf("%w: %w", store.ErrCommit, withoutPath(err))}
}
