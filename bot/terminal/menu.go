package terminal

import (
	"strconv"
	"strings"

	"kintsugi/flows"
)

// keys gives what is to be typed to press each button of a message. Where a number
// is an answer in itself, buttons that are numbers have no key, and the others have
// letters.
func keys(m flows.Message) []string {
	keys := make([]string, len(m.Buttons))
	letter := 'a'
	for i, b := range m.Buttons {
		switch {
		case !m.Numeric:
			keys[i] = strconv.Itoa(i + 1)
		case !isNumber(b.Label) && letter <= 'z':
			keys[i] = string(letter)
			letter++
		}
	}
	return keys
}

// pressed says which button of a message a line presses, if any. The words of a
// label are left to whoever reads words, and so are numbers where several can be
// picked at once.
func pressed(m flows.Message, line string) (token string, ok bool) {
	typed := strings.TrimSpace(line)
	for _, b := range m.Buttons {
		if b.Label == typed {
			return "", false
		}
	}
	if m.Several && !m.Numeric {
		return "", false
	}
	typed = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(typed, "["), "]"))
	for i, key := range keys(m) {
		if key != "" && key == typed {
			return m.Buttons[i].Token, true
		}
	}
	return "", false
}

func isNumber(label string) bool {
	_, err := strconv.Atoi(label)
	return err == nil
}
