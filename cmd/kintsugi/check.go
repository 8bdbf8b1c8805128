package main

import (
	"errors"
	"fmt"
	"time"

	"kintsugi/flows"
)

// checkCommand is `kintsugi check`.
type checkCommand struct {
	Config string `help:"The configuration." type:"path" placeholder:"FILE" env:"KINTSUGI_CONFIG"`
}

// Run lists every mistake in the configuration and in the operator's flows, and the
// numbers to ring that should be looked up again.
func (c *checkCommand) Run(w world) error {
	config, err := loadConfig(c.Config, w.env)
	var wrong *configError
	if err != nil && !errors.As(err, &wrong) {
		return err
	}
	if wrong != nil {
		for _, m := range wrong.mistakes {
			fmt.Fprintln(w.errs, m)
		}
	}
	book, flowsErr := loadBook(config.Flows.Dir, w)
	if flowsErr != nil {
		return errors.Join(flowsErr, err)
	}
	if wrong != nil {
		return toldError{err}
	}
	fmt.Fprintln(w.out, "The configuration and the flows have no mistakes.")
	noteNumbers(w, book, time.Now())
	return nil
}

// noteNumbers names the numbers to ring that nobody has looked up in the year before
// now, and says what to do about them. They are no mistakes: people are shown them.
func noteNumbers(w world, book *flows.Book, now time.Time) {
	notes := book.Unverified(now)
	if len(notes) == 0 {
		return
	}
	fmt.Fprintln(w.out, "\nNumbers to ring that nobody has looked up in the last year:")
	for _, note := range notes {
		fmt.Fprintln(w.out, note)
	}
	fmt.Fprintln(w.out, `Look each up where the service itself gives it. Then put its entry, with today's date
as verified_on, into a resources.yaml in flows.dir; an entry of the same country, kind
and number takes the old one's place, and "gone: true" takes a dead number away.`)
}
