package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

// killEvery is after how many steps of two people the program is killed.
var killEvery = flag.Int("kill-every", 9, "kill the program after so many steps of two people")

// jointFlows are what two people do here, beside the content.
var jointFlows = map[string]string{
	"hopes.yaml": `
id: test.hopes
command: hopes
does: asks both
title: Hopes
for: both
steps:
  - id: hope
    ask: What would you like next month to have?
    type: text
    save: hope
  - {id: both, reveal: hope, from: hope}
  - {id: end, end: That's it.}
`,
	"agree.yaml": `
id: test.agree
command: tryagree
does: proposes something
title: Something to agree on
for: both
steps:
  - id: words
    ask: What would it be?
    type: text
    save: words
  - id: day
    ask: Until when?
    type: date
    which: future
    save: day
  - {id: propose, agreement: expectation, text: words, until: day}
`,
	"tell.yaml": `
id: test.tell
command: trytell
does: says something
title: Telling
for: both
steps:
  - id: what
    ask: What would you like to be heard on?
    type: text
    save: words
  - {id: relay, relay: words}
`,
}

// couple are two people on two platforms, and what they do one step after another.
type couple struct {
	*house
	mara, tom *guest
	code      string
	steps     int
	before    map[*guest]int // messages heard before the step
}

var codeLine = regexp.MustCompile(`^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$`)

// TestTwoPeopleOnTwoPlatforms lets somebody on Telegram and somebody on Discord be linked,
// give words, answer a question apart, take turns with a break, agree on something, keep and
// mend a promise, mark a day and celebrate it, and part without a word,
// while the program is killed between their steps.
func TestTwoPeopleOnTwoPlatforms(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts the program again and again")
	}
	h := newHouse(t)
	for name, flow := range jointFlows {
		if err := os.WriteFile(filepath.Join(h.dir, "flows", name), []byte(flow), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all := h.guests()
	c := &couple{house: h, mara: all[0], tom: all[1], before: map[*guest]int{}}
	h.ahead = untilMonday(time.Now())
	h.start()
	c.atHome()
	for _, g := range []*guest{c.mara, c.tom} {
		g.server.Say(g.person, "/start") // before the first kill: Discord tells of nobody unknown
		c.hears(g, "Are you 18 or older?")
	}
	c.meet()
	c.link()
	c.giveWords()
	c.answerApart()
	c.takeTurns()
	c.agree()
	c.promise()
	c.milestone()
	c.part()
	h.stop()
	h.checkLogs()
	t.Logf("%d steps, killed after every %d", c.steps, *killEvery)
}

// untilMonday is how long it is until ten on a Monday, so that what follows falls into the same
// hours and days whenever the test is run: an evening holds no more than two things that come by
// themselves.
func untilMonday(now time.Time) time.Duration {
	now = now.UTC()
	at := now.Truncate(24 * time.Hour).Add(34 * time.Hour) // tomorrow at ten
	for at.Weekday() != time.Monday {
		at = at.AddDate(0, 0, 1)
	}
	return at.Sub(now)
}

// atHome waits until the program has come to Discord.
func (c *couple) atHome() {
	c.t.Helper()
	if !c.discord.Await(patience) {
		c.t.Fatal("the program does not come to Discord")
	}
}

// does has somebody say words, or press the [Label] of a button, and waits for what they
// hear. Now and then the program is killed after that.
func (c *couple) does(g *guest, act string, hears ...string) {
	c.t.Helper()
	c.before[c.mara], c.before[c.tom] = len(c.mara.heard()), len(c.tom.heard())
	act = strings.ReplaceAll(act, "{code}", c.code)
	label, pressed := strings.CutPrefix(act, "[")
	switch label = strings.TrimSuffix(label, "]"); {
	case pressed && !g.words:
		g.must(g.await("the button "+label, func() bool {
			last := flows.Message{} // with buttons: one that was sent again may stand behind it for a moment
			for _, m := range g.heard() {
				if len(m.Buttons) > 0 {
					last = m
				}
			}
			return slices.ContainsFunc(last.Buttons, func(b flows.Button) bool { return b.Label == label })
		}))
		g.server.Press(g.person, label)
	case pressed: // in words: there is more than one way
		g.server.Say(g.person, label)
	default:
		g.server.Say(g.person, act)
	}
	for _, text := range hears {
		c.hears(g, text)
	}
	if c.steps++; c.steps%*killEvery == 0 {
		c.again(0)
	}
}

func (g *guest) heard() []flows.Message { return g.server.Heard(g.person) }

// hears waits until somebody hears a text.
func (c *couple) hears(g *guest, text string) {
	c.t.Helper()
	g.must(g.await(text, func() bool {
		return slices.ContainsFunc(g.heard()[min(c.before[g], len(g.heard())):], func(m flows.Message) bool { return strings.Contains(m.Text, text) })
	}))
}

// again kills the program, and starts it so much later. Before hours it is ended: how far a chat
// was read is saved every few seconds, and here a whole day's talk passes in fewer.
func (c *couple) again(later time.Duration) {
	c.t.Helper()
	if later > time.Hour {
		c.stop()
	} else {
		c.kill()
	}
	c.ahead += later
	c.start()
	c.atHome()
}

// later lets time pass, and waits for what tells that there is something.
func (c *couple) later(d time.Duration, who ...*guest) {
	c.t.Helper()
	c.before[c.mara], c.before[c.tom] = len(c.mara.heard()), len(c.tom.heard())
	c.again(d)
	for _, g := range who {
		c.noticed(g)
	}
}

// laterAt lets time pass until a time of day somewhere, and waits as later does.
func (c *couple) laterAt(zone, clock string, who ...*guest) {
	c.t.Helper()
	place, err := time.LoadLocation(zone)
	if err != nil {
		c.t.Fatal(err)
	}
	now := time.Now().Add(c.ahead).In(place)
	at, err := time.ParseInLocation(time.DateOnly+" 15:04", now.Format(time.DateOnly)+" "+clock, place)
	if err != nil {
		c.t.Fatal(err)
	}
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	c.later(at.Sub(now), who...)
}

// noticed waits until somebody is told that there is something.
func (c *couple) noticed(g *guest) {
	c.t.Helper()
	g.must(g.await("a notice", func() bool {
		return slices.ContainsFunc(g.heard()[min(c.before[g], len(g.heard())):], func(m flows.Message) bool {
			return slices.ContainsFunc(m.Buttons, func(b flows.Button) bool { return b.Label == "Now" })
		})
	}))
}

func (c *couple) meet() {
	for _, g := range []*guest{c.mara, c.tom} {
		name := map[*guest]string{c.mara: "Mara", c.tom: "Tom"}[g]
		c.does(g, "[Yes]", "What shall I call you?")
		c.does(g, name, "brings you here?")
		c.does(g, "/cancel", "Set aside")
		c.does(g, "/safety", "Is the screen private", "")
		c.does(g, "[Yes, it's private]", "frightens you?")
		c.does(g, "[No]", "Does anyone keep you from")
		c.does(g, "[No]", "Does anyone close to you hurt you")
		c.does(g, "[No]", "are you afraid that you might harm")
		c.does(g, "[No]", "Four questions can't see everything.")
	}
}

func (c *couple) link() {
	c.does(c.mara, "/partner", "Would you like to invite somebody?")
	c.does(c.mara, "[Yes, make an invitation]", "They would see you as")
	c.does(c.mara, "[That's all right]", "?start=", "client_id=", "Nothing is linked by that alone.")
	for _, m := range c.mara.heard() {
		if codeLine.MatchString(m.Text) {
			c.code = m.Text
		}
	}
	c.does(c.tom, "ABCDE-FGHJK-12345-MNPQR", "I couldn't do anything with that code.")
	c.does(c.tom, "{code}", "Mara would like to be linked with you", "shall your name there be")
	c.does(c.tom, "[Yes, that one]", "Do you want to be linked with Mara?")
	c.does(c.tom, "[Yes]", "Your yes is on its way.")
	c.noticed(c.mara)
	c.does(c.mara, "[Now]", "Tom has said yes to your invitation.")
	c.does(c.mara, "[Yes, link us]", "You're linked with Tom.")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "You're linked with Mara now.")
	c.does(c.tom, "{code}", "I couldn't do anything with that code.")
}

func (c *couple) giveWords() {
	c.later(2 * time.Hour)
	c.does(c.tom, "/partner", "You're linked with Mara")
	c.does(c.tom, "[Give them some words]", "What would you like to give them?")
	c.does(c.tom, "I was not at work on Friday.", "Mara would see this", "Shall it go?")
	c.does(c.tom, "[Send it]")
	c.noticed(c.mara)
	c.does(c.mara, "[Now]", "“I was not at work on Friday.”")
}

func (c *couple) answerApart() {
	c.later(2 * time.Hour)
	c.does(c.mara, "/hopes", "What would you like next month to have?")
	c.does(c.mara, "An evening by the river.", "“An evening by the river.”", "Shall I put the same question to Tom?")
	c.does(c.mara, "[Yes, ask them]", "Then they're asked")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "Mara has a question for the two of you.")
	c.does(c.tom, "[Show me]", "What would you like next month to have?")
	c.does(c.tom, "More sleep.", "Shall it stand?")
	c.does(c.tom, "[It stands]", "It stands.")
	c.later(16*time.Minute, c.mara, c.tom)
	c.does(c.mara, "[Now]", "Tom: “More sleep.”")
	c.does(c.tom, "[Now]", "Mara: “An evening by the river.”")
}

func (c *couple) takeTurns() {
	c.later(2 * time.Hour)
	c.does(c.mara, "/trytell", "What would you like to be heard on?")
	c.does(c.mara, "I waited for your message on Friday and was sad.", "Shall I ask?")
	c.does(c.mara, "[Ask them]", "They're asked")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "Would you like to hear it?")
	c.does(c.tom, "[Yes]", "“I waited for your message on Friday and was sad.”")
	c.does(c.tom, "You were waiting.", "“You were waiting.”", "Shall it go?")
	c.does(c.tom, "[Send it]", "")
	c.noticed(c.mara)
	c.does(c.mara, "[Now]", "Tom heard:", "Is that it?")
	c.does(c.mara, "[I need a break]", "Until when?")
	c.does(c.mara, "[Twenty minutes]", "Then there's a break until")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "There's a break until")
	c.later(21*time.Minute, c.mara, c.tom)
	c.does(c.tom, "[Now]", "It's with Mara now")
	c.does(c.mara, "[Now]", "Tom heard:", "Is that it?")
	c.does(c.mara, "[Yes, that's it]", "")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "Mara says: yes, that's it. Now you speak")
	c.does(c.tom, "I had nothing good to tell you.", "Send it?")
	c.does(c.tom, "[Yes]", "They have it")
	c.noticed(c.mara)
	c.does(c.mara, "[Now]", "“I had nothing good to tell you.”")
	c.does(c.mara, "You had nothing good to tell.", "Shall it go?")
	c.does(c.mara, "[Send it]", "")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "Mara heard:")
	c.does(c.tom, "[Yes, that's it]", "")
	c.noticed(c.mara)
	c.does(c.mara, "[Now]", "You've both spoken now, and both listened.")
}

// agree has one propose, the other put it another way, and the first say yes.
func (c *couple) agree() {
	c.later(2 * time.Hour)
	c.does(c.mara, "/tryagree", "What would it be?")
	c.does(c.mara, "A message when one of us is late.", "Until when?")
	c.does(c.mara, "in 20 days", "Is that right?")
	c.does(c.mara, "[That's right]", "Which town are you in or near?")
	c.does(c.mara, "Leeds", "Is that right?")
	c.does(c.mara, "[That's right]", "Tom would read this", "Shall it go?")
	c.does(c.mara, "[Send it]", "/agreements has it")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "“A message when one of us is late.”", "What do you say?")
	c.does(c.tom, "[Something else instead]", "")
	c.does(c.tom, "A message when one of us is later than nine.", "")
	c.does(c.tom, "in 20 days", "Is that right?")
	c.does(c.tom, "[That's right]", "Which town are you in or near?")
	c.does(c.tom, "Ghent", "Is that right?")
	c.does(c.tom, "[That's right]", "Mara would read this", "Shall it go?")
	c.does(c.tom, "[Send it]", "in place of theirs")
	c.noticed(c.mara)
	c.does(c.mara, "[Now]", "Tom would put it this way:", "What do you say?")
	c.does(c.mara, "[Yes]", "your yes goes over to Tom")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "Mara says yes to this:")
	c.does(c.tom, "/agreements", "")
	c.does(c.tom, "A message", "Mara said yes")
	c.does(c.tom, "[Leave it as it is]", "")
}

// promise has one promise something to the other, miss it, and own that before it is found.
func (c *couple) promise() {
	c.later(2 * time.Hour)
	c.does(c.tom, "/promises", "Shall we put one into words?")
	c.does(c.tom, "[Yes, one]", "Finish the line, “I …”")
	c.does(c.tom, "put the phone in the kitchen at ten", "Finish the line, “When …")
	c.does(c.tom, "[Nothing fixed]", "Finish the line, “If …”")
	c.does(c.tom, "[Nothing I can think of]", "Is it for one day")
	c.does(c.tom, "[Every day]", "At what time shall I ask")
	c.does(c.tom, "21:00", "Is that right?")
	c.does(c.tom, "[That's right]", "Keep it so, or change something?")
	c.does(c.tom, "[Keep it]", "I ask on")
	c.does(c.tom, "/promises", "I put the phone in the kitchen at ten.")
	c.does(c.tom, "I put the phone", "What about it?")
	c.does(c.tom, "[Give it to Mara]", "Mara would read this")
	c.does(c.tom, "[Send it]", "")
	c.noticed(c.mara)
	c.does(c.mara, "[Now]", "Tom promises you this:", "Only you would see what you say.")
	c.does(c.mara, "[Every day]", "At what time?")
	c.does(c.mara, "21:30", "Is that right?")
	c.does(c.mara, "[That's right]", "I ask on")

	c.laterAt("Europe/Brussels", "12:00") // far enough from when Mara was told last
	c.laterAt("Europe/Brussels", "21:01", c.tom)
	c.does(c.tom, "[Now]", "“I put the phone in the kitchen at ten.”")
	c.does(c.tom, "[Missed]", "")
	c.does(c.tom, "[I forgot]", "Finish the line, “When …")
	c.does(c.tom, "I let the dog out", "“When I let the dog out, I put the phone in the kitchen at ten.”")
	c.does(c.tom, "[Yes, like that]", "Mara")
	c.does(c.tom, "[Let me see it first]", "Mara would read this, in place of what it said before")
	c.does(c.tom, "[Send it]", "You see it before it goes.")
	c.does(c.tom, "I forgot it last night. That was mine to do, and I am sorry.", "Mara would see this")
	c.does(c.tom, "[Send it]", "")
	// What the other one begins is told once an hour, and a notice may be lost when the program
	// is killed: she looks by herself.
	c.does(c.mara, "/partner", "You're linked with Tom")
	c.does(c.mara, "[See what has come]", "“When I let the dog out, I put the phone in the kitchen at ten.”", "Something else has come.")
	c.does(c.mara, "[Show it]", "“I forgot it last night. That was mine to do, and I am sorry.”")
	c.laterAt("Europe/London", "21:31", c.mara)
	c.does(c.mara, "[Now]", "“When I let the dog out, I put the phone in the kitchen at ten.”")
	c.does(c.mara, "[I couldn't tell]", "")
	c.does(c.mara, "[No line]", "")
	c.does(c.tom, "/promises", "When I let the dog out")
	c.does(c.tom, "When I let", "What about it?")
	c.does(c.tom, "[Let it go]", "No reason goes with it.")
	c.does(c.tom, "[Yes, tell them]", "It goes over")
	c.laterAt("Europe/London", "10:00", c.mara)
	c.does(c.mara, "[Now]", "Tom takes this back, openly:")
}

// milestone has both mark a day, be reminded of it, tell each other how they would meet it,
// and celebrate.
func (c *couple) milestone() {
	c.does(c.mara, "/milestones", "the day you moved out")
	c.does(c.mara, "the day we met", "What kind of day is it for you?")
	c.does(c.mara, "[A glad one]", "Which date?")
	c.does(c.mara, "in 4 days", "Is that right?")
	c.does(c.mara, "[That's right]", "Does it come round?")
	c.does(c.mara, "[Every year]", "How long before")
	c.does(c.mara, "[Three days before]", "“the day we met” is marked, every year.")
	c.does(c.mara, "/milestones", "Which one? Or another day?")
	c.does(c.mara, "the day we met", "What would you like?")
	c.does(c.mara, "[Mark it with Tom]", "Tom would read this")
	c.does(c.mara, "[Send it]", "")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "Mara marks a day", "“the day we met”")
	c.does(c.tom, "[Mark it too]", "What kind of day is it for you?")
	c.does(c.tom, "[A glad one]", "say something to you?")
	c.does(c.tom, "[The day before]", "It's marked here too")
	c.noticed(c.mara)
	c.does(c.mara, "[Now]", "Tom has marked this day too:")

	c.laterAt("Europe/London", "09:01", c.mara)
	c.does(c.mara, "[Now]", "“the day we met”")
	c.does(c.mara, "[Celebrate it]", "A small thing counts.")
	c.does(c.mara, "dinner at the harbour", "at what time?")
	c.does(c.mara, "19:00", "Is that right?")
	c.does(c.mara, "[That's right]", "Shall I put the same question to Tom?")
	c.does(c.mara, "[Yes, ask them]", "Then they're asked")
	c.noticed(c.tom)
	c.does(c.tom, "[Now]", "Mara has a question for the two of you.")
	c.does(c.tom, "[Show me]", "How would you like to meet it")
	c.does(c.tom, "[Celebrate it]", "Shall it stand?")
	c.does(c.tom, "[It stands]", "It stands.")
	c.later(16*time.Minute, c.mara, c.tom)
	for _, g := range []*guest{c.mara, c.tom} {
		c.does(g, "[Now]", "How you'd each meet “the day we met”:", "the same", "this time.")
	}
	c.laterAt("Europe/Brussels", "09:01")
	c.laterAt("Europe/Brussels", "09:01", c.tom)
	c.does(c.tom, "[Now]", "“the day we met” is tomorrow.")
	c.does(c.tom, "/cancel", "")
	c.laterAt("Europe/London", "19:01")
	c.laterAt("Europe/London", "19:01", c.mara)
	c.does(c.mara, "[Now]", "“the day we met”", "You wanted to celebrate it: “dinner at the harbour”.")
}

func (c *couple) part() {
	c.later(2 * time.Hour)
	c.does(c.mara, "/unlink", "You're linked with nobody")
	heard := len(c.mara.heard())
	c.does(c.tom, "/partner", "You're linked with Mara")
	c.does(c.tom, "[Give them some words]", "What would you like to give them?")
	c.does(c.tom, "Good morning.", "Shall it go?")
	c.does(c.tom, "[Send it]", "")
	c.does(c.tom, "/hopes", "What would you like next month to have?")
	c.does(c.tom, "Rain.", "Shall I put the same question to Mara?")
	c.does(c.tom, "[Yes, ask them]", "Then they're asked")
	c.later(26 * time.Hour)
	c.does(c.tom, "/partner", "You're linked with Mara")
	c.does(c.mara, "/partner", "Would you like to invite somebody?")
	for _, m := range c.mara.heard()[heard:] {
		if strings.Contains(m.Text, "Rain") || strings.Contains(m.Text, "Good morning") {
			c.t.Errorf("she has left and hears %q", m.Text)
		}
	}
}
