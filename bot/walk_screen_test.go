package bot_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kintsugi/flows"
)

// screen is what one person of a walk has seen, and holds it to what is true of everything
// that the program says.
type screen struct {
	typed *[]string // by either of the two: it may stand on the screen, whatever it is
	seen  int       // of what has arrived
	last  string    // the last answer
	input string    // to what
	times int       // how often it was the answer, to what differed
	wrong []error
}

func (s *screen) fault(format string, args ...any) {
	s.wrong = append(s.wrong, fmt.Errorf(format, args...))
}

const (
	// mostText and mostLabel are what the lint allows.
	mostText  = 1600
	mostLabel = 80
	// mostButtons are Discord's five rows of five.
	mostButtons = 25
	// mostRepeats is how often an answer may be the same to the letter.
	mostRepeats = 2
)

var tokenOfButton = regexp.MustCompile(`^[a-z0-9.]{1,64}$`)

// see looks at a message.
func (s *screen) see(m flows.Message) {
	if invisible(m.Text) {
		s.fault("a message without a text: %q", m.Text)
	}
	if n := utf8.RuneCountInString(s.ours(m.Text)); n > mostText {
		s.fault("a text of %d characters of ours: %.300q", n, m.Text)
	}
	s.raw(m.Text)
	if len(m.Buttons) > mostButtons {
		s.fault("%d buttons under %.100q", len(m.Buttons), m.Text)
	}
	var labels, tokens []string
	for _, b := range m.Buttons {
		s.button(b)
		if slices.Contains(labels, strings.TrimSpace(b.Label)) {
			s.fault("two buttons %q under %.300q", b.Label, m.Text)
		}
		if slices.Contains(tokens, b.Token) {
			s.fault("two buttons with the token %q", b.Token)
		}
		labels, tokens = append(labels, strings.TrimSpace(b.Label)), append(tokens, b.Token)
	}
}

func (s *screen) button(b flows.Button) {
	if invisible(b.Label) {
		s.fault("a button without a label: %q", b.Label)
	}
	if n := utf8.RuneCountInString(b.Label); n > mostLabel {
		s.fault("a label of %d characters: %q", n, b.Label)
	}
	if !tokenOfButton.MatchString(b.Token) {
		s.fault("the token %q", b.Token)
	}
	s.raw(b.Label)
}

// invisible says whether nothing of a text can be seen.
func invisible(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.Is(unicode.C, r) && r != utf8.RuneError
	})
}

// ours leaves out what somebody typed, where that is long.
func (s *screen) ours(text string) string {
	if utf8.RuneCountInString(text) <= mostText {
		return text
	}
	for _, typed := range *s.typed {
		if typed = strings.TrimSpace(typed); len(typed) > 20 {
			text = strings.ReplaceAll(text, typed, "")
		}
	}
	return text
}

// rawForms are what a text has that was not made into one, and what one has in which
// something is missing.
var rawForms = []string{"{{", "}}", "<no value>", "%!", "map[", "<nil>", "“”", "[]", "\ufdd0", "\ufdd1"}

// raw looks for what nobody should see, unless somebody typed it.
func (s *screen) raw(text string) {
	for _, form := range rawForms {
		for at := 0; ; at++ {
			i := strings.Index(text[at:], form)
			if i < 0 {
				break
			}
			at += i
			if !s.typedLike(text, at, form) {
				s.fault("%q stands in %.400q", form, text)
				break
			}
		}
	}
}

// typedLike says whether what stands at a place is a part of something that was typed.
func (s *screen) typedLike(text string, at int, form string) bool {
	end := at + len(form)
	return slices.ContainsFunc(*s.typed, func(typed string) bool {
		return strings.Contains(strings.ToLower(typed), strings.ToLower(text[at:end]))
	})
}

// answers notes what came as an answer to something, and looks whether that has been said
// over and over. What asks for the same again, or is the same again, counts for nothing.
func (s *screen) answers(input string, came []flows.Message) {
	if len(came) == 0 {
		s.fault("no answer to %.200q", input)
		return
	}
	var texts []string
	for _, m := range came {
		if m.Replaces { // it is the message before, with a mark more
			s.last, s.input, s.times = "", input, 0
			return
		}
		texts = append(texts, m.Text)
	}
	if strings.HasPrefix(input, "/") { // "/BACK@some_bot now" is /back
		input, _, _ = strings.Cut(strings.ToLower(input), "@")
	}
	answer := strings.Join(texts, "\n\n")
	switch {
	case strings.HasPrefix(input, "/repeat"), answer == s.last && input == s.input:
		return
	case answer != s.last:
		s.times = 0
	}
	s.last, s.input = answer, input
	if s.times++; s.times > mostRepeats {
		s.fault("said %d times: %.400q", s.times, answer)
	}
}
