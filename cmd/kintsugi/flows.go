package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kintsugi/flows"
	"kintsugi/flows/transcript"
)

var errDiffers = errors.New("a talk differs from what is written")

// flowsCheckCommand is `kintsugi flows check`.
type flowsCheckCommand struct {
	Dir     string `arg:"" optional:"" help:"A folder of your own flows, checked together with ours." type:"existingdir"`
	Stories string `help:"A folder of transcripts: practices that none of them begins are named." type:"existingdir"`
}

// Run lists every problem, mild ones too.
func (c *flowsCheckCommand) Run(w world) error {
	book := flows.Read(flowSystems(c.Dir)...)
	if problems := book.Problems(); len(problems) > 0 {
		listProblems(w, problems)
		return toldError{&flows.BrokenError{Problems: problems}}
	}
	if c.Stories != "" {
		untold, err := c.untold(book)
		if err != nil {
			return err
		}
		if len(untold) > 0 {
			return fmt.Errorf("no story in %s begins: %s", c.Stories, strings.Join(untold, ", "))
		}
	}
	fmt.Fprintln(w.out, counted(len(book.IDs()), "flow", "flows")+", no mistakes.")
	return nil
}

// untold gives the practices that no transcript of a folder begins: of ours, or with a folder
// of somebody's own of those in it.
func (c *flowsCheckCommand) untold(book *flows.Book) ([]string, error) {
	begun := map[string]bool{}
	watch := func(flow, _ string) { begun[flow] = true }
	err := filepath.WalkDir(c.Stories, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".txtar" {
			return err
		}
		if err := c.tell(path, book, watch); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
	var ours []string
	if c.Dir != "" {
		ours = flows.Read(flowSystems("")...).Practices()
	}
	return slices.DeleteFunc(book.Practices(), func(id string) bool { return begun[id] || slices.Contains(ours, id) }), err
}

// tell plays a transcript, with flows of its own if it has some.
func (c *flowsCheckCommand) tell(path string, book *flows.Book, watch func(flow, step string)) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	story, err := transcript.Parse(data)
	if err != nil {
		return err
	}
	own, err := fs.Glob(story.Flows(), "*")
	if err == nil && len(own) > 0 {
		book, err = flows.Load(append(flowSystems(c.Dir), story.Flows())...)
	}
	if err != nil {
		return err
	}
	_, err = story.Play(book.Watched(watch))
	return err
}

// flowsPlayCommand is `kintsugi flows play`.
type flowsPlayCommand struct {
	Files  []string `arg:"" help:"Transcripts: txtar files with a section named talk." type:"existingfile"`
	Dir    string   `help:"A folder of your own flows." type:"existingdir"`
	Update bool     `help:"Write each talk into its file as it comes out."`
}

// Run plays each transcript, shows it and says whether it is as written.
func (c *flowsPlayCommand) Run(w world) error {
	differ := false
	for _, file := range c.Files {
		same, err := c.play(file, w)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		differ = differ || !same
	}
	if differ {
		return errDiffers
	}
	return nil
}

func (c *flowsPlayCommand) play(file string, w world) (same bool, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return false, err
	}
	written, err := transcript.Parse(data)
	if err != nil {
		return false, err
	}
	book, err := flows.Load(append(flowSystems(c.Dir), written.Flows())...)
	if err != nil {
		return false, err
	}
	talk, err := written.Play(book)
	fmt.Fprint(w.out, talk)
	if err != nil {
		return false, err
	}
	if c.Update {
		return true, os.WriteFile(file, written.With(talk), 0o644)
	}
	if line := firstDifference(written.Talk(), talk); line > 0 {
		fmt.Fprintf(w.errs, "%s: differs from what is written, first in line %d of the talk.\n", file, line)
		return false, nil
	}
	return true, nil
}

// firstDifference gives the first line in which two texts differ, from 1; 0 if
// they are the same.
func firstDifference(a, b string) int {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(x), len(y)) {
		if i >= len(x) || i >= len(y) || x[i] != y[i] {
			return i + 1
		}
	}
	return 0
}

// flowsGraphCommand is `kintsugi flows graph`.
type flowsGraphCommand struct {
	ID  string `arg:"" help:"The flow's id."`
	Dir string `help:"A folder of your own flows." type:"existingdir"`
}

// Run prints the flow's graph.
func (c *flowsGraphCommand) Run(w world) error {
	book, err := loadBook(c.Dir, w)
	if err != nil {
		return err
	}
	f := book.Flow(c.ID)
	if f == nil {
		why := "there is no flow " + c.ID
		if near := flows.Nearest(c.ID, book.IDs()); near != "" {
			why += "; did you mean " + near + "?"
		}
		return errors.New(why + "\nThere are: " + strings.Join(book.IDs(), ", "))
	}
	fmt.Fprint(w.out, f.Graph())
	return nil
}
