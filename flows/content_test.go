package flows_test

import (
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"testing/fstest"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// ofPractices are the folders of the fifteen steps. One practice is named by other flows.
var ofPractices = regexp.MustCompile(`^(0[1-9]|1[0-5])-`)

// namedPractice is how texts name practices, which are not in the small content.
var namedPractice = regexp.MustCompile(`\{\{\.p[0-9]+_[0-9]+\}\}`)

const kindMinute = "08-growth/compassion-break.yaml"

// smallContent is the content without the flows that nothing else needs. Tests that
// bring flows of their own read it anew each time.
var smallContent = sync.OnceValue(func() fs.FS {
	small := fstest.MapFS{}
	err := fs.WalkDir(content.FS, ".", func(name string, d fs.DirEntry, err error) error {
		folder, _, _ := strings.Cut(name, "/")
		if err != nil || d.IsDir() || folder == "97-ending" || ofPractices.MatchString(folder) && name != kindMinute {
			return err
		}
		data, err := fs.ReadFile(content.FS, name)
		small[name] = &fstest.MapFile{Data: namedPractice.ReplaceAll(data, []byte("Something"))}
		return err
	})
	if err != nil {
		panic(err)
	}
	return small
})

// contentBook is the content as it is. A book never changes.
var contentBook = sync.OnceValues(func() (*flows.Book, error) { return flows.Load(content.FS) })
