// Package content holds the conversations: every word that a person reads.
//
// A YAML file is a flow, the phrase file, or a translation of either; the package
// flows says what each may hold. Writing one needs no Go.
package content

import "embed"

// FS has the files as they stand in this folder.
//
//go:embed *.yaml */*.yaml
var FS embed.FS
