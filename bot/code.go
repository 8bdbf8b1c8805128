package bot

import (
	"crypto/rand"
	"maps"
	"slices"
	"strings"

	"kintsugi/flows"
)

// A code is four groups of five, of letters and digits that can't be taken for one
// another: 100 bits. With its hyphens it fits into the link of a platform.
const (
	codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength  = 20
	codeGroup   = 5
)

// surely are the digits that no letter is read as. Each code has one, so that words with
// hyphens between them are no code.
const surely = "23456789"

// newCode draws a code, as it is shown.
func newCode() string {
	for {
		if code := drawCode(); strings.ContainsAny(code, surely) {
			return code
		}
	}
}

func drawCode() string {
	random := make([]byte, codeLength)
	rand.Read(random)
	var b strings.Builder
	for i, n := range random {
		if i > 0 && i%codeGroup == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeLetters[int(n)%len(codeLetters)])
	}
	return b.String()
}

// plainCode gives a code as it is kept, however it was typed, or "" if the text is none.
func plainCode(text string) string {
	plain := strings.Map(func(c rune) rune {
		switch c {
		case ' ', '-', '–', '—', '_', '\n', '\u00a0':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return c
	}, strings.ToUpper(text))
	if len(plain) != codeLength || strings.Trim(plain, codeLetters) != "" {
		return ""
	}
	return plain
}

// looksLikeCode says whether a text can only be a code: four groups with hyphens.
func looksLikeCode(text string) bool {
	groups := strings.FieldsFunc(text, func(c rune) bool { return c == '-' || c == '–' || c == '—' })
	if len(groups) != codeLength/codeGroup || plainCode(text) == "" || !strings.ContainsAny(text, surely) {
		return false
	}
	for _, g := range groups {
		if len(g) != codeGroup {
			return false
		}
	}
	return true
}

// codeIn finds the code for moving that an event holds. It is "" if it was meant as one
// and can't be: words that look like a code are never an answer.
func codeIn(e flows.Event) (code string, ok bool) {
	if e.Kind != flows.Said {
		return "", false
	}
	name, payload, command := commandWith(e.Text)
	switch {
	case command && name == "move" && payload != "":
		return plainCode(payload), true
	case command && name == "start" && looksLikeCode(payload):
		return plainCode(payload), true
	case !command && looksLikeCode(strings.TrimSpace(e.Text)):
		return plainCode(e.Text), true
	}
	return "", false
}

// makeCode makes a code for the person and says it, in a message that can be copied
// whole.
func (w work) makeCode(e flows.MakeCode) error {
	code := newCode()
	if err := w.r.PutCode(w.p.ID, e.Kind, plainCode(code), e.Until); err != nil {
		return err
	}
	if err := w.say(flows.Say{Message: flows.Message{Text: code}}); err != nil || e.Kind != flows.LinkCode {
		return err
	}
	return w.sayLinks(code)
}

// sayLinks says by which links somebody comes with a code, one for each platform.
func (w work) sayLinks(code string) error {
	for _, name := range slices.Sorted(maps.Keys(w.s.senders)) {
		p, ok := w.s.senders[name].platform.(Inviting)
		if !ok {
			continue
		}
		link := p.Invite(code)
		if link == "" {
			continue
		}
		text := w.s.steps.Phrase("link-"+name, w.p.Language) + "\n" + link
		if err := w.say(flows.Say{Message: flows.Message{Text: text}}); err != nil {
			return err
		}
	}
	return nil
}
