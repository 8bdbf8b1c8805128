package main

import (
	"fmt"

	"kintsugi/store"
)

// keyCommand is `kintsugi key`: for where the program can't write its key itself, as
// under a service manager that hands it over.
type keyCommand struct {
	File string `arg:"" help:"The file to make. One that exists is left alone." type:"path"`
}

// Run makes a key in a new file.
func (c *keyCommand) Run(w world) error {
	if _, err := store.CreateKeyFile(c.File); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	fmt.Fprintln(w.out, "A new key is in "+c.File+". Keep a copy of it apart from the data.")
	return nil
}
