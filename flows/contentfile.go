package flows

import (
	"bytes"
	"io/fs"
	"path"
	"sync"
)

// contentFile is a file of content. Flows, which are most of it, are read on all
// processors: each by itself, with the problems of its own.
type contentFile struct {
	name     string
	fsys     fs.FS
	data     []byte
	heading  *Heading // of the flow in it, once it is read; nil if it holds something else
	line     int      // of the flow's id
	whole    func() *Flow
	problems []Problem
}

// contentFiles gives the files in the order of their names, those before one that
// can't be read with its error.
func contentFiles(fsys fs.FS) (files []*contentFile, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err == nil {
			files = append(files, &contentFile{name: name, fsys: fsys, data: data})
		}
		return err
	})
	return files, err
}

// stepsBegin is where the heading of a flow ends, in the files of the program.
var stepsBegin = []byte("\nsteps:")

// looksLikeFlow is a guess that costs nothing if it is wrong.
func (f *contentFile) looksLikeFlow() bool { return bytes.Contains(f.data, stepsBegin) }

func (f *contentFile) source() source { return source{f.name, &f.problems} }

// load reads the flow with its steps.
func (f *contentFile) load() {
	if m := f.source().parse(f.data); m != nil && isFlow(m) {
		f.take(m)
		return
	}
	f.problems = nil // it is read again, as whatever it is
}

// take reads the flow out of what the file says.
func (f *contentFile) take(m *mapping) {
	f.heading, f.line = readHeading(f.source(), m), m.lineOf("id")
	flow := loadFlow(f.source(), m, f.heading)
	f.whole = func() *Flow { return flow }
}

// open reads the heading of the flow, and its steps once they are asked for.
func (f *contentFile) open() {
	head, _, _ := bytes.Cut(f.data, stepsBegin)
	m := f.source().parse(head)
	if m == nil || !isFlow(m) {
		f.problems = nil
		return
	}
	f.heading, f.line = readHeading(f.source(), m), m.lineOf("id")
	f.whole = sync.OnceValue(func() *Flow { return readWhole(f.fsys, f.name, f.heading) })
}

// readWhole reads a flow with its steps under the heading that was read before. Whoever left
// the steps until now knew them to be sound.
func readWhole(fsys fs.FS, name string, h *Heading) *Flow {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		panic(err)
	}
	f := contentFile{name: name}
	m := f.source().parse(data)
	readHeading(f.source(), m) // so that its keys are known
	flow := loadFlow(f.source(), m, h)
	if len(f.problems) > 0 {
		panic(&BrokenError{f.problems})
	}
	return flow
}
