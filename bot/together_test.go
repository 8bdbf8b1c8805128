package bot_test

import (
	"slices"
)

// The ways through what two people do together, for both tests: the flows /hopes, /pace and
// /trytell of testdata/flows lie over the content.

const (
	sendsQuestion = "Yes, ask them"
	keepsAnswer   = "Keep it to myself"
	letsStand     = "It stands"
	takesBack     = "Take back what I answered"
	theirQuestion = "Look at a question of theirs"
	asksToHear    = "Ask them"
	sayingBack    = "Saying and saying back"
	notSaidBack   = "I'd rather not say it back"
	unspoken      = "Not now" // at the question for words of one's own
	wouldHear     = "Would you like to hear it?"
	laysThere     = "Lay it there"
	takesOff      = "Take it off"
)

var (
	verdictLabels = []string{"Yes, that's it", "Nearly", "Not yet"}
	breakLabels   = []string{"Twenty minutes", "Two hours", "Tomorrow, this time"}
	paceLabels    = []string{"Slow", "Steady", "Quick"}
	walkLabels    = []string{"A walk", "Holding hands", "A film"}
)

// replying is how questions of the test flows are answered, which differ by n.
func replying(words string, n int) []reply {
	return slices.Concat(
		[]reply{{"Nothing I can say", words}},
		presses(paceLabels[n%3], walkLabels[n%3], "That's it"),
	)
}

// offers has somebody answer a question and offer it to the other one, or not: last is what
// they say to what the other one would read.
func (c *company) offers(who int, flow, words string, n int, last string) bool {
	c.say(who, "/cancel")
	way := slices.Concat(presses(last, "Begin again", "Yes"), clearly, replying(words, n))
	return slices.Contains(c.goes(who, flow, way...), last)
}

// answers has somebody answer what the other one has asked, as far as last, all there is of
// it.
func (c *company) answers(who int, words string, n int, last string) bool {
	c.say(who, "/cancel")
	way := slices.Concat(presses(last, theirQuestion, "Let me see it", "Begin again", "Go on"), clearly, replying(words, n))
	return slices.Contains(c.goes(who, "/partner", way...), last)
}

// withdraws has somebody take back what they have answered.
func (c *company) withdraws(who int) bool {
	c.say(who, "/cancel")
	return slices.Contains(c.goes(who, "/partner", presses(takesBack)...), takesBack)
}

// tells has somebody offer the other one to hear something, or not.
func (c *company) tells(who int, words, last string) bool {
	c.say(who, "/cancel")
	way := slices.Concat(presses(last, "Begin again", "Yes"), clearly, []reply{{"Nothing", words}})
	return slices.Contains(c.goes(who, "/trytell", way...), last)
}

// promises has somebody promise something, and put it anew or take it back before it can have
// been told.
func (c *company) promises(who int, words string, n int, last string) bool {
	c.say(who, "/cancel")
	course := []string{"In other words", "Taken back", "That's enough of it"}[n%3]
	way := slices.Concat(presses(last, "Begin again", "Now is fine"), clearly, presses(course), []reply{{"Nothing promised", words}, {"Nothing new", words + " Soon."}})
	return slices.Contains(c.goes(who, "/trypromise", way...), last)
}

// toBoard leads to the board of both.
var toBoard = presses("Begin again", "The one we both see")

// lays has somebody lay words on the board of both, or come as far as being asked. It says
// whether they were asked, or have as much on it as there can be.
func (c *company) lays(who int, words string, half bool) bool {
	c.say(who, "/cancel")
	c.goes(who, "/p11_2", slices.Concat(presses("Lay something on it", "A few words"), toBoard, presses("Now"), clearly, []reply{{"I've none", words}})...)
	lay, asked := button(c.last(who), laysThere)
	if asked && !half {
		c.press(who, lay)
	}
	return asked || hasAny(c.last(who), "Take something off")
}

// takesOff has somebody take off what has been longest on the board of both, if anything is.
func (c *company) takesOff(who int) {
	c.say(who, "/cancel")
	c.goes(who, "/p11_2", slices.Concat(presses("Take something off"), toBoard)...)
	if m := c.last(who); hasAny(m, "None of them") {
		c.press(who, m.Buttons[0])
		c.goesOn(who, presses(takesOff)...)
	}
}

// movesOn has somebody do what a relay waits for, if it waits for them. With half, they come
// as far as the last question before anything would go over.
func (c *company) movesOn(who int, words string, n int, half bool) (answered []string) {
	if !half {
		return c.comesToRelay(who, slices.Concat(presses("Send it", verdictLabels[n%3]), []reply{{"They'll find it", words}}, presses("Yes"),
			[]reply{{notSaidBack, words}, {unspoken, words}})...)
	}
	answered = c.comesToRelay(who, presses("Nearly")...)
	if m := c.last(who); len(m.Buttons) == 1 && hasAny(m, notSaidBack, unspoken) {
		c.say(who, words)
	}
	return answered
}

// breaks has somebody take a break, if a relay waits for them. What is offered they say yes
// to first: "Not now" stands there too, and leaves it.
func (c *company) breaks(who, n int) bool {
	length := breakLabels[n%3]
	return slices.Contains(c.comesToRelay(who, presses(length, notSaidBack, "I need a break", "Yes", unspoken)...), length)
}

// comesToRelay has somebody answer what a relay asks, if /partner leads them to one.
func (c *company) comesToRelay(who int, replies ...reply) (answered []string) {
	c.say(who, "/cancel")
	if answered = c.goes(who, "/partner", presses(sayingBack)...); len(answered) == 0 {
		return nil
	}
	return append(answered, c.goesOn(who, slices.Concat(replies, presses("Now", "Begin again"), clearly)...)...)
}
