package coach

import (
	"sync"

	"kintsugi/flows/coach/english"
)

// English gives what the coach knows of English. It is read once and never changes.
var English = sync.OnceValue(loadEnglish)

func loadEnglish() *Language {
	l, err := Load(english.FS)
	if err != nil {
		panic(err) // the tests load it too
	}
	return l
}
