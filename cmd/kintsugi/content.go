package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// flowSystems gives our flows and, if there is one, the operator's folder over them.
func flowSystems(dir string) []fs.FS {
	systems := []fs.FS{content.FS}
	if dir != "" {
		systems = append(systems, os.DirFS(dir))
	}
	return systems
}

// loadBook loads all flows, or opens ours if they are all. Every mistake is listed for the
// operator, and then nothing starts.
func loadBook(dir string, w world) (*flows.Book, error) {
	if dir == "" {
		return flows.Open(content.FS)
	}
	book, err := flows.Load(flowSystems(dir)...)
	var broken *flows.BrokenError
	if errors.As(err, &broken) {
		listProblems(w, broken.Problems)
		return nil, toldError{err}
	}
	return book, err
}

func listProblems(w world, problems []flows.Problem) {
	for _, p := range problems {
		fmt.Fprintln(w.errs, p)
	}
	fmt.Fprintln(w.errs, counted(len(problems), "mistake", "mistakes"), "in the flows.")
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
