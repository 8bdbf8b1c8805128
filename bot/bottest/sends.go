package bottest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"kintsugi/bot"
	"kintsugi/flows"
)

// squeeze leaves out all space: a platform may break lines and split messages.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// heardSince gives what a person heard but for the first n messages, as one text.
func (s *side) heardSince(person, n int) string {
	var b strings.Builder
	for _, m := range s.Heard(person)[n:] {
		b.WriteString(m.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

func texts() map[string]string {
	return map[string]string{
		"plain":      "Hello.",
		"paragraphs": "One.\n\nTwo,\nand a line.\n\nThree.",
		"markup":     "*bold* _so_ __under__ ~~gone~~ `code` ```block``` ||spoiler|| > quote\n> quote\n# head\n- item\n1. item",
		"html":       "<b>bold</b> <script>x</script> &amp; &lt; a < b > c && d",
		"links":      "[text](https://example.org/a_b_c) <https://example.org> https://example.org/?a=1&b=2",
		"mentions":   "@everyone @here <@123> <#456> :smile: /help \\* \\\\ {{.Name}} %s %d $HOME",
		"emoji":      "👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️ 🇫🇷 e\u0301",
		"rtl":        "שלום, זה טקסט מימין לשמאל. مرحبا بك (123)",
		"chinese":    strings.Repeat("今天有什么让你高兴的小事吗？", 30),
		"long":       strings.TrimSpace(strings.Repeat("all work and no play ", 500))[:10_000],
		"no spaces":  strings.Repeat("0123456789", 1_000),
		"emoji long": strings.Repeat("👨‍👩‍👧‍👦", 500),
	}
}

func testTexts(t *testing.T, s *side) {
	s.listen(handled)
	i := 0
	for name, text := range texts() {
		before := len(s.Heard(0))
		i++
		s.send(0, fmt.Sprintf("text-%d", i), flows.Message{Text: text})
		if got := s.heardSince(0, before); squeeze(got) != squeeze(text) {
			t.Errorf("%s: arrived as %.200q, want %.200q", name, got, text)
		}
	}
}

func testControl(t *testing.T, s *side) {
	s.listen(handled)
	s.send(0, "control", flows.Message{Text: "before\x00between\x1b[31m\x07after"})
	got := s.heardSince(0, 0)
	at := 0
	for _, part := range []string{"before", "between", "after"} {
		i := strings.Index(got[at:], part)
		if i < 0 {
			t.Fatalf("arrived as %q, without %q", got, part)
		}
		at += i + len(part)
	}
}

func testSendOrder(t *testing.T, s *side) {
	s.listen(handled)
	var want strings.Builder
	for i := range 20 {
		text := fmt.Sprintf("message number %d.", i)
		want.WriteString(text)
		s.send(0, fmt.Sprintf("order-%d", i), flows.Message{Text: text})
	}
	if got := s.heardSince(0, 0); squeeze(got) != squeeze(want.String()) {
		t.Errorf("arrived as %q", got)
	}
}

func testButtons(t *testing.T, s *side) {
	l := s.listen(handled)
	question := flows.Message{
		Text: "How are you?",
		Buttons: []flows.Button{
			{Token: "1.0", Label: "Well"},
			{Token: "1.1", Label: "Not so well, *really*"},
			{Token: strings.Repeat("z9.", 21), Label: "I'd rather not say 🙂"},
		},
	}
	s.send(0, "question", question)
	var labels []string
	for _, m := range s.Heard(0) {
		for _, b := range m.Buttons {
			labels = append(labels, b.Label)
		}
	}
	if len(labels) != len(question.Buttons) {
		t.Fatalf("these buttons arrived: %q", labels)
	}
	for i, b := range question.Buttons {
		if labels[i] != b.Label {
			t.Errorf("a button arrived as %q, want %q", labels[i], b.Label)
		}
		s.Press(0, b.Label)
		in := l.next()
		if want := (flows.Event{Kind: flows.Pressed, Token: b.Token}); in.Event != want {
			t.Errorf("pressing %q came as %+v, want %+v", b.Label, in.Event, want)
		}
	}
}

// faults are what sends can meet with: the error that tells, and whether the
// message arrives.
type fault struct {
	is      func(error) bool
	arrives bool
}

func faults() map[Ability]fault {
	is := func(target error) func(error) bool {
		return func(err error) bool { return errors.Is(err, target) && isOneOf(err) == 1 }
	}
	return map[Ability]fault{
		Later:            {is: func(err error) bool { return isLater(err) && isOneOf(err) == 1 }},
		Temporary:        {is: func(err error) bool { return err != nil && isOneOf(err) == 0 }},
		Refused:          {is: is(bot.ErrRefused)},
		Unreachable:      {is: is(bot.ErrUnreachable)},
		AmbiguousArrived: {is: is(bot.ErrAmbiguous), arrives: true},
		AmbiguousLost:    {is: is(bot.ErrAmbiguous)},
	}
}

func isLater(err error) bool {
	l := (*bot.LaterError)(nil)
	return errors.As(err, &l) && !l.At.IsZero()
}

// isOneOf counts which of the known errors err is.
func isOneOf(err error) int {
	n := 0
	for _, known := range []error{bot.ErrRefused, bot.ErrUnreachable, bot.ErrAmbiguous} {
		if errors.Is(err, known) {
			n++
		}
	}
	if errors.As(err, new(*bot.LaterError)) {
		n++
	}
	return n
}

func testOutcomes(t *testing.T, s *side) {
	s.listen(handled)
	tried := 0
	for ability, f := range faults() {
		if !s.Can(ability) {
			t.Logf("left out, since this platform or its fake lacks it: %s", ability)
			continue
		}
		tried++
		before := len(s.Heard(0))
		s.Fail(0, ability)
		err := s.trySend(0, fmt.Sprintf("fault-%d", tried), flows.Message{Text: "hello"})
		if !f.is(err) {
			t.Errorf("%s: the error is %v", ability, err)
		}
		if arrived := len(s.Heard(0)) > before; arrived != f.arrives {
			t.Errorf("%s: arrived: %t", ability, arrived)
		}
	}
	if tried == 0 {
		t.Skip("no send can fail here")
	}
}

func testOutcomeOfOne(t *testing.T, s *side) {
	s.need(ManyPeople)
	s.need(Later)
	s.listen(handled)
	s.Fail(0, Later)
	if s.trySend(0, "later", flows.Message{Text: "hello"}) == nil {
		t.Error("a send that was put off went through")
	}
	s.send(1, "now", flows.Message{Text: "hello"})
	if len(s.Heard(1)) != 1 {
		t.Error("nothing arrived at the other person")
	}
}

func testDeduplicates(t *testing.T, s *side) {
	if d, ok := s.p.(bot.Deduplicating); !ok || !d.Deduplicates() {
		t.Skip("this platform does not deduplicate")
	}
	s.listen(handled)
	for range 2 {
		s.send(0, "same", flows.Message{Text: "hello"})
	}
	if n := len(s.Heard(0)); n != 1 {
		t.Errorf("%d messages arrived, want 1", n)
	}
}
