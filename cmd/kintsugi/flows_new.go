package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kintsugi/flows"
)

// newFlow is what a flow begins as.
//
//go:embed flows_new.yaml
var newFlow string

// newStory is what its story begins as.
const newStory = `Somebody goes through it. Write the lines that they say, and run "kintsugi flows play --update".
-- person --
name: Mara
role: betrayed
-- talk --
> /%s
> write here what they'd say
`

// flowsNewCommand is `kintsugi flows new`.
type flowsNewCommand struct {
	ID  string `arg:"" help:"The id of the new flow, such as growth.small-walk."`
	Dir string `help:"The folder to write it into." default:"." type:"existingdir"`
}

// Run writes a flow to begin with and a story of it, and overwrites nothing.
func (c *flowsNewCommand) Run(w world) error {
	_, name, ok := strings.Cut(c.ID, ".")
	if !ok || !flows.IsID(c.ID) {
		return errors.New("a flow's id is two words in small letters with a dot between, such as growth.small-walk")
	}
	command := strings.ReplaceAll(name, "-", "_")
	flow := strings.NewReplacer("{{id}}", c.ID, "{{command}}", command).Replace(newFlow)
	for _, f := range []struct{ path, text string }{
		{filepath.Join(c.Dir, name+".yaml"), flow},
		{filepath.Join(c.Dir, name+".txtar"), fmt.Sprintf(newStory, command)},
	} {
		file, err := os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, os.ErrExist) {
			return fmt.Errorf("%s is there already, and I overwrite nothing", f.path)
		}
		if err != nil {
			return err
		}
		_, err = file.WriteString(f.text)
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
		fmt.Fprintln(w.out, "written:", f.path)
	}
	fmt.Fprintf(w.out, "\nkintsugi flows check %s\nkintsugi try --flows %s, and then /%s\n", c.Dir, c.Dir, command)
	return nil
}
