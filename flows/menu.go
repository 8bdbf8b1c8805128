package flows

import "strings"

// Command is one that a person can type, with what it does in a few words.
type Command struct{ Name, Does string }

// commandPrefix begins the phrases that say what a command does that is no flow's.
const commandPrefix = "command-"

// Menu gives the commands for a platform that lists them, in a language or the nearest
// one there is: those of flows in the order of the book, and then those that work in
// every flow. Each Does is plain text.
func (b *Book) Menu(language string) []Command {
	tag := b.nearestLanguage(language)
	var menu []Command
	for _, name := range b.commandNames() {
		menu = append(menu, Command{name, oneLine(b.commands[name].does.in(tag)[0].plain())})
	}
	for _, name := range ownCommands {
		menu = append(menu, Command{name, oneLine(b.Phrase(commandPrefix+name, tag))})
	}
	return menu
}

// Languages gives the tags of the languages there are, English first.
func (b *Book) Languages() []string { return b.allLanguages() }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
