package bot_test

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// secret is something that somebody wrote. It stays one unless it was given to somebody, and
// until then.
type secret struct {
	by    int
	words string
	given bool
	to    int
	from  time.Time
}

// wrote has somebody write words that nobody has written before.
func (c *trio) wrote(who int) *secret {
	s := &secret{by: who, words: c.someWords()}
	c.secrets = append(c.secrets, s)
	return s
}

func (s *secret) give(to int, from time.Time) { s.given, s.to, s.from = true, to, from }

// asked is a question for both.
type asked struct {
	m       *modelled
	by      int
	answers [modelPeople]*secret
	out     time.Time // when both read both; zero if they have not both answered
}

const revealQuarter = 15 * time.Minute

func (a *asked) over(now time.Time) bool { return !a.out.IsZero() && !now.Before(a.out) }

func (a *asked) done() bool { return !a.out.IsZero() }

// relayed is a relay under way.
type relayed struct {
	m        *modelled
	accepted bool
	speaker  int
	awaits   flows.Stage
	round    int
	swapped  bool
	opening  *secret
	back     time.Time
}

func (r *relayed) stage(who int) flows.Stage {
	listens := who != r.speaker
	switch {
	case !r.accepted && listens:
		return flows.RelayOffer
	case !r.accepted:
		return flows.RelayWaits
	case time.Now().Before(r.back):
		return flows.RelayBreak
	case listens != (r.awaits == flows.RelayEcho):
		return flows.RelayWaits
	}
	return r.awaits
}

func (m *modelled) across(who int) int { return m.people[1-m.side(who)] }

// stageOf gives the stage of the relay of the couple that somebody is linked in.
func (c *trio) stageOf(who int) flows.Stage {
	if m := c.at(who, store.Beside); m != nil && m.relay != nil {
		return m.relay.stage(who)
	}
	return flows.NoRelay
}

// open gives the questions of the other one that somebody may still answer, standing those
// that they have answered and that have not been handed out.
func (c *trio) open(who int) (open, standing []*asked) {
	m := c.at(who, store.Beside)
	if m == nil {
		return nil, nil
	}
	for _, a := range m.asked {
		switch {
		case a.over(time.Now()):
		case a.answers[who] != nil:
			standing = append(standing, a)
		case a.by != who:
			open = append(open, a)
		}
	}
	return open, standing
}

// tellThem puts something into an inbox, if they have not left.
func (c *trio) tellThem(who int, o owed) {
	if o.couple.places[o.couple.side(who)] == "" {
		return
	}
	if o.kind == flows.NewsRelay {
		c.inbox[who] = slices.DeleteFunc(c.inbox[who], func(old owed) bool {
			return old.kind == o.kind && old.couple == o.couple && !old.at.After(time.Now())
		})
	}
	c.inbox[who] = append(c.inbox[who], o)
}

// stays says whether there is still anything in what came of an exchange.
func (c *trio) stays(who int, o owed) bool {
	switch {
	case o.asked != nil:
		return !o.asked.over(time.Now()) && o.asked.answers[who] == nil
	case o.relay != nil:
		return o.couple.relay == o.relay &&
			(o.at.After(time.Now()) || o.at.Equal(o.relay.back) || o.relay.stage(who) != flows.RelayWaits)
	}
	return true
}

// takeAlong takes back what somebody has answered, unless both are about to read it.
func (m *modelled) takeAlong(who int) {
	for _, a := range m.asked {
		if !a.done() {
			a.answers[who] = nil
		}
	}
}

// offer is a question for both, with an answer that is offered or kept.
func (c *trio) offer(who int, what string) {
	last := map[string]string{"offer": sendsQuestion, "keep answer": keepsAnswer}[what]
	words := c.wrote(who)
	m := c.at(who, store.Beside)
	done := c.offers(who, "/hopes", words.words, 0, last)
	c.check(done == (m != nil), "%s came to %t, and they are linked: %t: %q", what, done, m != nil, c.last(who).Text)
	if !done || what != "offer" {
		return
	}
	a := &asked{m: m, by: who}
	a.answers[who] = words
	m.asked = append(m.asked, a)
	c.tellThem(m.across(who), owed{couple: m, kind: flows.NewsOffer, asked: a})
}

// answer answers the oldest question of the other one, or leaves that half done.
func (c *trio) answer(who int, what string) {
	open, _ := c.open(who)
	words, last := c.wrote(who), letsStand
	if what == "half answer" {
		last = "never said"
	}
	c.say(who, "/cancel")
	way := slices.Concat(presses(last, theirQuestion, "Begin again"), []reply{{"Nothing I can say", words.words}})
	answered := c.goes(who, "/partner", way...)
	found := slices.Contains(answered, "Nothing I can say")
	c.check(found == (len(open) > 0), "a question is found: %t, and there are %d: %q", found, len(open), c.last(who).Text)
	if !slices.Contains(answered, last) || !found || len(open) == 0 {
		c.check(what != "answer" || !found, "the answer came to nothing: %q", c.last(who).Text)
		return
	}
	a := open[0]
	a.answers[who] = words
	other := a.m.across(who)
	if a.answers[other] == nil {
		return
	}
	a.out = time.Now().Truncate(revealQuarter).Add(revealQuarter)
	for _, reader := range []int{who, other} {
		writer := a.m.across(reader)
		a.answers[writer].give(reader, a.out)
		both := a.answers[reader].words + "|" + a.answers[writer].words
		c.tellThem(reader, owed{couple: a.m, kind: flows.NewsRevealed, words: both, at: a.out})
	}
}

func (c *trio) takeBack(who int) {
	_, standing := c.open(who)
	done := c.withdraws(who)
	c.check(done == (len(standing) > 0), "taking back came to %t, and there stood %d: %q", done, len(standing), c.last(who).Text)
	if done {
		c.at(who, store.Beside).takeAlong(who)
	}
}

// tell offers the other one to hear something, or does not.
func (c *trio) tell(who int, what string) {
	last := map[string]string{"tell": asksToHear, "keep telling": "Not now"}[what]
	words, m := c.wrote(who), c.at(who, store.Beside)
	may := m != nil && m.relay == nil
	before := len(c.chats[who].Heard(0))
	done := c.tells(who, words.words, last)
	// "Not now" may as well answer whether to go back to something.
	asked := slices.ContainsFunc(c.chats[who].Heard(0)[before:], func(m flows.Message) bool { return hasAny(m, asksToHear) })
	done = done && asked
	c.check(done == may, "%s came to %t, and should to %t: %q", what, done, may, c.last(who).Text)
	if !done || what != "tell" {
		return
	}
	m.relay = &relayed{m: m, speaker: who, awaits: flows.RelayEcho, opening: words}
	c.news(m, m.across(who), time.Now())
}

// news has somebody learn that a relay has gone on.
func (c *trio) news(m *modelled, who int, at time.Time) {
	c.tellThem(who, owed{couple: m, kind: flows.NewsRelay, relay: m.relay, at: at})
}

// accepted is a yes to hear what the other one says.
func (c *trio) accepted(who int) {
	r := c.at(who, store.Beside).relay
	r.accepted = true
	r.opening.give(who, time.Now())
}

// move does what a relay waits for, or nothing where it waits for nothing of somebody.
func (c *trio) move(who, n int) {
	stage, words := c.stageOf(who), c.wrote(who)
	answered := c.movesOn(who, words.words, n, false)
	c.checkWay(who, stage, answered)
	m, verdict := c.at(who, store.Beside), verdictLabels[n%3]
	sent := map[flows.Stage]string{
		flows.RelayOffer: "Send it", flows.RelayEcho: "Send it", flows.RelayWords: "Yes", flows.RelayRuling: verdict,
	}[stage]
	if sent == "" {
		return
	}
	c.check(slices.Contains(answered, sent), "at %s it came to %q: %q", stage, answered, c.last(who).Text)
	if stage == flows.RelayOffer {
		c.accepted(who)
	}
	if stage != flows.RelayRuling || n%3 > 0 {
		words.give(m.across(who), time.Now())
	}
	r := m.relay
	r.back = time.Time{}
	switch stage {
	case flows.RelayRuling:
		c.rule(m, who, n%3 == 0, words)
		return
	case flows.RelayWords:
		r.awaits = flows.RelayEcho
	default:
		r.round++
		r.awaits = flows.RelayRuling
	}
	c.news(m, m.across(who), time.Now())
}

// relayTries is how often a listener may try.
const relayTries = 3

// rule is what a speaker says of how they were heard.
func (c *trio) rule(m *modelled, who int, heard bool, missed *secret) {
	r, other := m.relay, m.across(who)
	switch {
	case !heard && r.round < relayTries:
		r.awaits = flows.RelayEcho
	case !r.swapped:
		r.swapped, r.speaker, r.awaits, r.round = true, other, flows.RelayWords, 0
	default:
		m.relay = nil
		c.tellThem(other, owed{couple: m, kind: flows.NewsHeard})
		return
	}
	c.news(m, other, time.Now())
}

// checkWay makes sure that /partner leads to a relay only where there is something to do.
func (c *trio) checkWay(who int, stage flows.Stage, answered []string) {
	leads := stage != flows.NoRelay && stage != flows.RelayWaits
	c.check(slices.Contains(answered, sayingBack) == leads, "/partner leads to a relay: %t, and it stands at %s", !leads, stage)
	for _, label := range slices.Concat([]string{"Send it"}, verdictLabels) {
		c.check(leads && stage != flows.RelayBreak || !slices.Contains(answered, label), "at %s they come to %q", stage, label)
	}
}

// halfMove leaves a relay at the last question before anything would go over.
func (c *trio) halfMove(who, n int) {
	stage, words := c.stageOf(who), c.wrote(who)
	c.checkWay(who, stage, c.movesOn(who, words.words, n, true))
}

// takeBreak is a time-out. The other one hears of it, and both when it is over.
func (c *trio) takeBreak(who, n int) {
	stage := c.stageOf(who)
	done := c.breaks(who, n)
	may := stage != flows.NoRelay && stage != flows.RelayWaits && stage != flows.RelayBreak
	c.check(done == may, "a break came to %t, and it stood at %s: %q", done, stage, c.last(who).Text)
	if !done {
		return
	}
	if stage == flows.RelayOffer {
		c.accepted(who)
		c.at(who, store.Beside).relay.awaits = flows.RelayEcho
	}
	m := c.at(who, store.Beside)
	other := m.across(who)
	m.relay.back = time.Now().Add([]time.Duration{20 * time.Minute, 2 * time.Hour, 24 * time.Hour}[n%3])
	c.news(m, other, m.relay.back)
	c.news(m, other, time.Now())
	c.news(m, who, m.relay.back)
}

// pressOld presses a button of the past that would give something away, with nothing open:
// it must not.
func (c *trio) pressOld(who, n int) {
	c.say(who, "/cancel")
	var old []flows.Button
	for _, m := range c.chats[who].Heard(0) {
		for _, b := range m.Buttons {
			if slices.Contains([]string{"Send it", letsStand, sendsQuestion, asksToHear, "Yes, that's it", "Twenty minutes"}, b.Label) {
				old = append(old, b)
			}
		}
	}
	if len(old) > 0 {
		c.press(who, old[max(0, len(old)-1-n)])
	}
}

// waits lets time go by, and makes sure that both are told of a break that is over then. A
// notice that finds the program down for hours goes stale, and is not looked for.
func (c *trio) waits(d time.Duration) {
	over := c.breaksOver(d)
	pass(d)
	if d > time.Hour && c.p.disk.isDead() {
		over = nil
	}
	c.revive()
	pass(time.Second)
	for who, had := range over {
		c.check(len(c.chats[who].arrivals()) > had, "%s isn't told that a break is over", trioNames[who])
	}
}

// inTheMiddle is for how long somebody who is in the middle of something is not told.
const inTheMiddle = 31 * time.Minute

// breaksOver gives who has to be told that a break is over, by the end of a span of time, and
// how much they had heard.
func (c *trio) breaksOver(d time.Duration) map[int]int {
	due := map[int]int{}
	for _, m := range c.couples {
		if m.relay == nil || !m.relay.back.After(time.Now()) || m.relay.back.After(time.Now().Add(d-inTheMiddle)) {
			continue
		}
		for side, who := range m.people {
			if m.places[side] == store.Beside {
				due[who] = len(c.chats[who].arrivals())
			}
		}
	}
	return due
}

// together has two go some of the way with each other. It gives who they are.
func (c *trio) together(s step) []int {
	m := c.at(s.Who, store.Beside)
	if m == nil {
		return nil
	}
	both := []int{s.Who, m.across(s.Who)}
	switch s.What {
	case "both answer":
		c.offer(both[0], "offer")
		if s.N == 0 {
			c.takeBack(both[0])
		}
		c.answer(both[1], "answer")
	case "talk":
		c.tell(both[0], "tell")
		for i := range s.N + 2 {
			if len(c.wrong) > 0 {
				break
			}
			c.move(both[(i+1)%2], s.N*i%4)
		}
		if s.N%2 > 0 {
			c.takeBreak(both[(s.N+1)%2], s.N/2)
		}
	}
	return both
}

// lapses lets everything lapse that is under way, and makes sure that all can be begun anew.
func (c *trio) lapses() {
	pass(15 * 24 * time.Hour)
	for _, m := range c.couples {
		m.asked, m.relay = nil, nil
	}
	for who := range trioNames {
		c.settle(who)
		c.offer(who, "offer")
		c.tell(who, "tell")
	}
}

var bothAnswers = regexp.MustCompile(`(?s)^You've both answered\.\n\nYou: “(.*)”\n\n.*: “(.*)”$`)

// checkSecrets makes sure that nobody was shown what was not given to them, nor too soon.
func (c *trio) checkSecrets(who int) {
	for _, a := range c.chats[who].arrivals() {
		if a.Outbound == nil {
			continue
		}
		for _, s := range c.secrets {
			if s.by == who || !strings.Contains(a.Message.Text, s.words) {
				continue
			}
			c.check(s.given && s.to == who && !a.At.Before(s.from), "%s hears what %s wrote (given: %t): %q",
				trioNames[who], trioNames[s.by], s.given, a.Message.Text)
		}
	}
}

// checkAnswers makes sure that somebody was shown what both had answered, each once.
func (c *trio) checkAnswers(who int) {
	var got []string
	for _, text := range c.chats[who].Texts(0) {
		if m := bothAnswers.FindStringSubmatch(text); m != nil {
			got = append(got, m[1]+"|"+m[2])
		}
	}
	crossed := func(words string) bool { return slices.Contains(c.crossed[who], words) }
	got, want := slices.DeleteFunc(got, crossed), slices.DeleteFunc(c.revealed[who], crossed)
	c.check(slices.Equal(got, want), "%s was shown %q, want %q", trioNames[who], got, want)
}
