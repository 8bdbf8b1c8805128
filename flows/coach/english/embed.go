// Package english is what the coach knows of English: words, spellings and patterns.
package english

import "embed"

// FS has the files as they stand in this folder.
//
//go:embed *.yaml real.txt */*.yaml cues/*.txt
var FS embed.FS
