package main

import (
	"errors"
	"fmt"
)

// checkCommand is `kintsugi check`.
type checkCommand struct {
	Config string `help:"The configuration." type:"path" placeholder:"FILE" env:"KINTSUGI_CONFIG"`
}

// Run lists every mistake in the configuration and in the operator's flows.
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
	if _, flowsErr := loadBook(config.Flows.Dir, w); flowsErr != nil {
		return errors.Join(flowsErr, err)
	}
	if wrong != nil {
		return toldError{err}
	}
	fmt.Fprintln(w.out, "The configuration and the flows have no mistakes.")
	return nil
}
