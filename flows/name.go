package flows

import (
	"strings"

	"kintsugi/flows/coach"
)

// nameIn gives the name in an answer, or "" if it is more than a name: a few words that
// are a sentence ("he lied to me"), or that say how somebody is ("I'm devastated").
func (r *run) nameIn(text string) string {
	name, plain, ok := r.reader().Name(text)
	if !ok || strings.Contains(name, " ") && coach.English().Opening(name) != coach.OpensOther {
		return ""
	}
	if (!plain || strings.Contains(name, " ")) && len(coach.English().Read(coach.Statement, text).Parts) > 0 {
		return ""
	}
	return name
}
