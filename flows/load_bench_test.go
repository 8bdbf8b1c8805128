package flows_test

import (
	"testing"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// BenchmarkLoad reads all the content, as the program does when it starts.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := flows.Load(content.FS); err != nil {
			b.Fatal(err)
		}
	}
}
