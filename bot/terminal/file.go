package terminal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kintsugi/bot"
)

// mostFiles is how many files of one name there can be.
const mostFiles = 1000

// save writes a file into the folder, and gives where it is. No file is overwritten:
// a second "notes.txt" is "notes-2.txt". Its errors tell neither name nor folder.
func (t *Terminal) save(f bot.File) (string, error) {
	if t.options.Files == "" || !isBare(f.Name) {
		return "", bot.ErrRefused
	}
	if err := os.MkdirAll(t.options.Files, 0o700); err != nil {
		return "", nameless("making a folder for files", err)
	}
	for n := 1; n <= mostFiles; n++ {
		path := filepath.Join(t.options.Files, numbered(f.Name, n))
		err := writeNew(path, f.Data)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", nameless("writing a file", err)
		}
		return path, nil
	}
	return "", bot.ErrRefused
}

// isBare says whether a name stays in the folder.
func isBare(name string) bool {
	return filepath.IsLocal(name) && filepath.Base(name) == name && name != "."
}

// numbered gives the nth name: "notes.txt", "notes-2.txt".
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	end := filepath.Ext(name)
	return strings.TrimSuffix(name, end) + "-" + strconv.Itoa(n) + end
}

// writeNew writes a file that was not there before, for the owner alone. What could not
// be written whole is taken away again.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path) // the first error is the one that counts
	}
	return err
}

// nameless leaves the path out of an error.
func nameless(what string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("%s: %w", what, err)
}
