package main

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"kintsugi/bot/terminal"
	"kintsugi/flows"
)

// The widths in which a chat is set, in columns.
const (
	narrowest = 32
	widest    = 80
)

// filesFolder is the folder beside the data that the chat in the terminal puts files
// into.
const filesFolder = "files"

// chatOptions finds out what the chat in the terminal has to do with. data is the
// folder of the data.
func chatOptions(w world, book *flows.Book, data string) terminal.Options {
	language := languageOf(w.env("LANG"))
	o := terminal.Options{
		Language: language,
		Files:    filepath.Join(data, filesFolder), Saved: book.Phrase("saved", language),
	}
	in, isFile := w.in.(*os.File)
	out, isFileToo := w.out.(*os.File)
	if isFile && isFileToo && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd())) {
		o.Interactive = true
		if columns, _, err := term.GetSize(int(out.Fd())); err == nil && columns > 0 {
			o.Width = max(narrowest, min(columns-1, widest))
		}
	}
	return o
}

// languageOf makes a language tag of a locale: "de_AT.UTF-8" is "de-AT".
func languageOf(locale string) string {
	tag, _, _ := strings.Cut(locale, ".")
	if tag == "C" || tag == "POSIX" {
		return ""
	}
	return strings.ReplaceAll(tag, "_", "-")
}
