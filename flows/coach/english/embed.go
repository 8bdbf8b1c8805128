// Package english is what the coach knows of English: words, spellings and patterns.
package english

import "embed"

// FS has the files as they stand in this folder, as people read and edit them.
//
//go:embed *.yaml real.txt */*.yaml cues/*.txt doubts/*.txt hunches/*.txt
var FS embed.FS

// Compiled is made from FS, for programs to read in no time: what is changed there comes
// to them when it is made anew, with go test ./flows/coach -run Compiled -update.
//
//go:embed compiled.bin
var Compiled string

// Real is real.txt.
//
//go:embed real.txt
var Real string
