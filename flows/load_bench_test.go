package flows_test

import (
	"io/fs"
	"testing"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// BenchmarkOpen opens the program's own content, as it does when it starts.
func BenchmarkOpen(b *testing.B) { benchmarkReading(b, flows.Open) }

// BenchmarkLoad reads all of it and looks for mistakes, as the lint does.
func BenchmarkLoad(b *testing.B) {
	benchmarkReading(b, func(fsys fs.FS) (*flows.Book, error) { return flows.Load(fsys) })
}

func benchmarkReading(b *testing.B, read func(fs.FS) (*flows.Book, error)) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(content.FS); err != nil {
			b.Fatal(err)
		}
	}
}
