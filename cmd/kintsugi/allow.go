package main

import (
	"slices"

	"kintsugi/bot"
)

// AllowConfig says who may come in.
type AllowConfig struct {
	People     []string `yaml:"people"`
	Phrase     Secret   `yaml:"phrase"`
	PhraseFile string   `yaml:"phrase_file"`
}

// atTerminal names whoever writes in the terminal.
const atTerminal = "terminal:you"

// allow leaves the terminal open: whoever sits there runs the program.
func (c AllowConfig) allow() bot.Allow {
	a := bot.Allow{People: c.People, Phrase: string(c.Phrase)}
	if len(a.People) > 0 || a.Phrase != "" {
		a.People = append(slices.Clip(a.People), atTerminal)
	}
	return a
}
