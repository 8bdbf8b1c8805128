package telegramtest

import "strings"

// marks gives the entities that the API finds in what a person writes: commands and
// mentions.
func marks(text string) []entity {
	var found []entity
	before := rune(' ')
	for i, r := range text {
		kind := markOf(r)
		if kind != "" && !isName(before) && before != '/' {
			if name := name(text[i+1:], kind); name != "" {
				found = append(found, entity{Type: kind, Offset: width(text[:i]), Length: 1 + len(name)})
			}
		}
		before = r
	}
	return found
}

func markOf(r rune) string {
	switch r {
	case '/':
		return "bot_command"
	case '@':
		return "mention"
	}
	return ""
}

// name gives the name that a text begins with: of a command, with the bot that it is
// meant for.
func name(text, kind string) string {
	n := strings.IndexFunc(text, func(r rune) bool { return !isName(r) && (r != '@' || kind == "mention") })
	if n < 0 {
		n = len(text)
	}
	return text[:n]
}

func isName(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
