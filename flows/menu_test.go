package flows_test

import (
	"slices"
	"testing"

	"kintsugi/flows"
)

func TestTheMenuHasEveryCommandWithWhatItDoes(t *testing.T) {
	book := benchBook(t)
	menu := book.Menu("xx")
	var names []string
	for _, c := range menu {
		names = append(names, c.Name)
		if c.Does == "" || len(c.Does) > 100 { // Discord's limit; Telegram takes more
			t.Errorf("/%s does %q", c.Name, c.Does)
		}
	}
	for _, name := range append(book.Commands(), "back", "skip", "repeat", "cancel") {
		if !slices.Contains(names, name) {
			t.Errorf("/%s is not in the menu", name)
		}
	}
	if !slices.Equal(menu, book.Menu(book.Languages()[0])) {
		t.Error("a language that there is none of does not get the first")
	}
	if !slices.ContainsFunc(menu, func(c flows.Command) bool { return c.Name == "start" }) {
		t.Error("/start is not in the menu")
	}
}
