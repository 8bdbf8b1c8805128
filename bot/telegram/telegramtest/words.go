package telegramtest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	mostText    = 4096 // UTF-16 units
	mostCaption = 1024
)

// entity is a part of a text that looks different, in UTF-16 units.
type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
}

// words are a text with its entities, as they arrived.
type words struct {
	text     string
	entities []entity
}

// readWords reads a text and its entities as the API does: control characters become
// spaces, and space around the text goes.
func readWords(c call, name, entitiesName, what string, most int) (words, error) {
	raw := c.params[name]
	if c.params["parse_mode"] != "" {
		return words{}, badRequest("can't parse entities: this server knows no parse mode")
	}
	if !utf8.ValidString(raw) {
		return words{}, badRequest("strings must be encoded in UTF-8")
	}
	entities, err := read[[]entity](c, entitiesName)
	if err != nil {
		return words{}, badRequest("can't parse entities: not a list of them")
	}
	for _, e := range entities {
		if err := e.check(raw); err != nil {
			return words{}, err
		}
	}
	text := strings.Map(visible, raw)
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	trimmed := strings.TrimRightFunc(left, unicode.IsSpace)
	if width(trimmed) > most {
		return words{}, badRequest(what + " is too long")
	}
	return words{trimmed, moved(entities, len(text)-len(left), width(trimmed))}, nil
}

// visible leaves out what the API leaves out of every text.
func visible(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\r', r >= 0x2028 && r <= 0x202e, r == 0x333, r == 0x33f, r == 0x30a:
		return -1
	case r < ' ':
		return ' '
	}
	return r
}

// moved gives entities as they are in a text whose beginning was cut off: white space,
// of which a character is a unit.
func moved(entities []entity, by, width int) []entity {
	var kept []entity
	for _, e := range entities {
		end := min(e.Offset+e.Length-by, width)
		e.Offset = max(e.Offset-by, 0)
		e.Length = end - e.Offset
		if e.Length > 0 {
			kept = append(kept, e)
		}
	}
	return kept
}

// width is the length of a text in UTF-16 units.
func width(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// check says whether an entity is within a text and splits no character.
func (e entity) check(text string) error {
	switch end := e.Offset + e.Length; {
	case e.Type == "":
		return badRequest(`can't parse entities: field "type" is missing`)
	case e.Offset < 0 || e.Length <= 0:
		return badRequest("can't parse entities: an entity has a wrong offset or length")
	case end > width(text):
		return badRequest(fmt.Sprintf("entity beginning at UTF-16 offset %d ends after the end of the text at UTF-16 offset %d",
			e.Offset, width(text)))
	case byteAt(text, e.Offset) < 0 || byteAt(text, end) < 0:
		return badRequest(fmt.Sprintf("entity beginning at UTF-16 offset %d begins or ends in a middle of a UTF-16 symbol", e.Offset))
	}
	return nil
}

// byteAt gives where in bytes something is that is so many UTF-16 units into a text, or
// a negative number within a character.
func byteAt(text string, units int) int {
	at := 0
	for i, r := range text {
		if at >= units {
			if at > units {
				return -1
			}
			return i
		}
		at += utf16.RuneLen(r)
	}
	if at != units {
		return -1
	}
	return len(text)
}
