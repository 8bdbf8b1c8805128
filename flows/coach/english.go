package coach

import (
	"sync"

	"kintsugi/flows/coach/english"
)

// English gives what the coach knows of English. It is read once and never changes.
var English = sync.OnceValue(openEnglish)

func openEnglish() *Language {
	l, err := open(english.Compiled, english.Real)
	if err != nil {
		panic(err) // the tests open it too
	}
	return l
}
