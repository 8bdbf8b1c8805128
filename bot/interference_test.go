package bot_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

// The three of these lives. What is private is Mara's, Tom is the partner who must hear
// nothing of it, and Kim is a third one, or Mara's other phone.
const (
	mara = iota
	tom
	kim
)

// deed is something that somebody does at a time.
type deed struct {
	At   time.Duration
	Who  int
	What string
	Word string
	N    int
}

func (d deed) String() string {
	return fmt.Sprintf("%v %s: %s %q %d", d.At, []string{"Mara", "Tom", "Kim"}[d.Who], d.What, d.Word, d.N)
}

// alike are lives of Mara's that are alike: what she does in public, and all that Tom does,
// is the same.
type alike struct {
	Newcomer bool // Tom comes for the first time by the code
	Quiet    bool // he has quiet hours
	// Common is what is the same: what Mara does in public, and what Tom does.
	Common []deed
	// Answers are when Mara answers a question of Tom's in public: on which minute of a
	// quarter of an hour is private.
	Answers []deed
	// Falls are the times within which she takes back an answer that Tom has not come to.
	Falls []span
	// Stands are the times within which she must not.
	Stands []span
	// Open says that a question of hers is open at the end: in each life her answer to it
	// falls before Tom comes to it.
	Open bool
	// Early is before the last thing that she does in public: so long, nothing that she
	// does in private may stand in the way of it.
	Early time.Duration
	// Tied is until when Tom may do nothing that stands in the way of it either.
	Tied time.Duration
	// End is how long he is watched: what comes by itself may come later than all deeds.
	End   time.Duration
	Alone [][]deed // what is private, in each
}

// span is from one time to another.
type span struct{ From, To time.Duration }

func (s span) has(at time.Duration) bool { return s.From <= at && at <= s.To }

func within(at time.Duration, spans []span) bool {
	return slices.ContainsFunc(spans, func(s span) bool { return s.has(at) })
}

func (l alike) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "newcomer: %t, quiet: %t, early until %v, tied until %v\n", l.Newcomer, l.Quiet, l.Early, l.Tied)
	for i, deeds := range append([][]deed{l.Common}, l.Alone...) {
		fmt.Fprintf(&b, "%s:\n", []string{"common", "in one", "in another"}[min(i, 2)])
		for _, d := range deeds {
			fmt.Fprintf(&b, "  %v\n", d)
		}
	}
	return b.String()
}

// What people write at any time.
var (
	anyWords = []string{
		"/checkin", "/gratitude", "/journal", "/promises", "/goals", "/milestones", "/rephrase", "/today", "/finish",
		"/help", "/helpnow", "/privacy", "/settings", "/export", "/reminders", "/pictures", "/safety", "/pause", "/resume", "/exit",
		"/hopes", "/pace", "/trytell", "/p11_2",
		"/partner", "/start", "/back", "/skip", "/repeat", "/cancel", "/move", "/nothing-of-ours",
		"hello", "7", "3", "yes", "no", "tomorrow", "21:30", "xyzzy",
		"we saw his office from the bus", "I was angry today.", "I will be home at six on Friday",
		"I want to die", "he hits me and I am afraid of him", "I am going to kill him",
	}
	lateWords   = slices.Concat(anyWords, []string{"/unlink", "/unlink", "/delete", "/pause"})
	sharedWords = []string{"Good morning.", "I was late on Friday, and I am sorry.", "We could walk by the river on Sunday."}
	// endings are how Mara's lives part: all of them are alike for Tom.
	endings = []string{
		"nothing", "never again", "closed", "danger", "paused", "paused for days", "out of sight", "unlinked", "let go",
		"deleted", "deleted later", "blocked", "moved", "elsewhere", "read",
	}
	gaps = []time.Duration{5 * time.Minute, 40 * time.Minute, 3 * time.Hour, 17 * time.Hour}
	// longGaps are beyond the length of a pause, of what a closed check takes to open
	// again, and of what a clear one holds.
	longGaps = append(slices.Clone(gaps), 30*time.Hour, 5*24*time.Hour, 33*24*time.Hour)
)

// livesOf draws so many lives that are alike.
func livesOf(n int) *rapid.Generator[alike] {
	return rapid.Custom(func(rt *rapid.T) alike { return drawLives(rt, n) })
}

// drawLives draws how two people are linked, how far they come, and all the rest.
func drawLives(rt *rapid.T, n int) alike {
	l := alike{
		Newcomer: rapid.Bool().Draw(rt, "newcomer"),
		Quiet:    rapid.Bool().Draw(rt, "quiet"),
	}
	var now, free time.Duration
	wait := func(among []time.Duration) { now += rapid.SampledFrom(among).Draw(rt, "gap") }
	do := func(who int, what, word string) {
		l.Common = append(l.Common, deed{At: now, Who: who, What: what, Word: word})
	}
	far := rapid.SampledFrom([]int{3, 4, 1, 5, 2, 6, 0}).Draw(rt, "how far")
	if rapid.Bool().Draw(rt, "Mara invites") {
		do(mara, "invite", "")
		wait(gaps)
		do(tom, "use code", "")
		l.Early = now
		if far > 0 {
			wait(gaps)
			do(tom, "agree", "")
		}
	} else {
		l.Newcomer = false
		do(tom, "invite", "")
		free = now
		if far > 0 {
			wait(gaps)
			do(mara, "agree", "")
			l.Early = now
		}
	}
	if far > 1 {
		wait(longGaps[:len(longGaps)-1])
		inviter := l.Common[0].Who
		do(inviter, "link", "")
		if inviter == mara {
			l.Early = now
		}
	}
	l.Tied = now
	for range far - 2 {
		wait(longGaps)
		now = l.drawRound(rt, now)
	}
	if far > 1 && rapid.Bool().Draw(rt, "open") {
		wait(longGaps)
		do(mara, rapid.SampledFrom(questions).Draw(rt, "question"), rapid.SampledFrom(sharedWords).Draw(rt, "answer"))
		l.Early, l.Open = now, true
	}
	end := max(now, l.Early) + rapid.SampledFrom(longGaps).Draw(rt, "rest")
	for range rapid.IntRange(0, 12).Draw(rt, "deeds of Tom") {
		at := drawTime(rt, 0, end)
		what := rapid.SampledFrom([]string{
			"say", "press", "press", "press", "old", "share", "look", "read", "sticker", "paused", "answer", "offer", "offer pace", "tell", "relay", "break", "withdraw",
			"board", "take off",
		}).Draw(rt, "what")
		// What he answers too early would be read by both in one life, and not in the other.
		if what == "answer" && at < l.fallen() || what == "withdraw" && at < l.Tied {
			what = "look"
		}
		l.Common = append(l.Common, drawDeed(rt, tom, at, what, at < l.Tied))
	}
	l.End = end + 50*time.Hour
	for range n {
		l.Alone = append(l.Alone, drawAlone(rt, l, free, end))
	}
	return l
}

// fallen is from when on no answer of Mara's stands in either life.
func (l alike) fallen() time.Duration { return l.Early + longestEnding + time.Minute }

// questions are the ways to offer a question to the other one.
var questions = []string{"offer", "offer pace"}

// drawRound draws something that the two do in public, from a time on. It gives the time at
// which it is over.
func (l *alike) drawRound(rt *rapid.T, now time.Duration) time.Duration {
	within := longGaps[:len(longGaps)-1] // before anything lapses
	wait := func() { now += rapid.SampledFrom(within).Draw(rt, "gap") }
	words := func() string { return rapid.SampledFrom(sharedWords).Draw(rt, "words") }
	n := func() int { return rapid.IntRange(0, 5).Draw(rt, "which") }
	do := func(who int, what string) {
		l.Common = append(l.Common, deed{At: now, Who: who, What: what, Word: words(), N: n()})
		if who == mara {
			l.Early = now
		}
	}
	switch question := rapid.SampledFrom(questions).Draw(rt, "question"); rapid.SampledFrom(rounds).Draw(rt, "round") {
	case "share":
		do(mara, "share")
	case "promise":
		do(rapid.IntRange(mara, tom).Draw(rt, "who promises"), "promise")
	case "both answer":
		do(mara, question)
		from := now
		wait()
		do(tom, "answer")
		l.Early, l.Tied = now, now
		l.Stands = append(l.Stands, span{from, now})
	case "taken back":
		do(mara, question)
		from := now
		wait()
		l.Falls = append(l.Falls, span{from, now - time.Minute})
		do(tom, "answer")
		l.Early = now
	case "board":
		do(rapid.IntRange(mara, tom).Draw(rt, "who lays"), "board")
		if rapid.Bool().Draw(rt, "taken off") {
			wait()
			do(rapid.IntRange(mara, tom).Draw(rt, "who takes off"), "take off")
		}
	case "his question":
		do(tom, question)
		wait()
		l.Answers = append(l.Answers, deed{At: now, Who: mara, What: "answer", Word: words(), N: n()})
		now += lateness + time.Minute
		l.Early, l.Tied = now, now
	case "his question, left":
		do(tom, question)
	case "relay":
		who := rapid.IntRange(mara, tom).Draw(rt, "who begins")
		do(who, "tell")
		for range rapid.IntRange(1, 6).Draw(rt, "moves") {
			who = 1 - who
			wait()
			do(who, rapid.SampledFrom([]string{"relay", "relay", "relay", "break"}).Draw(rt, "move"))
		}
	}
	return now
}

var rounds = []string{"share", "board", "board", "promise", "promise", "both answer", "taken back", "his question", "his question, left", "relay", "relay"}

// lateness is for how long Mara may put off an answer, and it comes on the same quarter of an
// hour: what happens in public happens on the five minutes.
const lateness = 4 * time.Minute

func drawTime(rt *rapid.T, from, to time.Duration) time.Duration {
	minutes := rapid.IntRange(int(from/time.Minute), int(to/time.Minute)).Draw(rt, "minute")
	return time.Duration(minutes) * time.Minute
}

func drawDeed(rt *rapid.T, who int, at time.Duration, what string, bound bool) deed {
	d := deed{At: at, Who: who, What: what}
	words := lateWords
	if bound {
		words = anyWords
	}
	switch what {
	case "say":
		d.Word = rapid.SampledFrom(words).Draw(rt, "words")
	case "share", "keep", "answer", "offer", "tell", "keep answer", "half answer", "half offer", "half tell", "half promise", "board", "half board":
		d.Word = rapid.SampledFrom(sharedWords).Draw(rt, "shared")
	case "relay", "half relay":
		d.Word = rapid.SampledFrom(sharedWords).Draw(rt, "shared")
		d.N = rapid.IntRange(0, 5).Draw(rt, "which")
	case "press", "old", "break", "offer pace":
		d.N = rapid.IntRange(0, 11).Draw(rt, "which")
	}
	return d
}

// drawAlone draws what Mara does in private: some of it at any time, and an ending.
func drawAlone(rt *rapid.T, l alike, free, end time.Duration) (deeds []deed) {
	for range rapid.IntRange(0, 14).Draw(rt, "private deeds") {
		at := drawTime(rt, 0, end)
		what := rapid.SampledFrom([]string{
			"say", "say", "say", "press", "press", "press", "press", "old", "sticker", "open", "keep", "read", "look", "close and open",
			"keep answer", "half answer", "half offer", "half promise", "half tell", "half relay", "withdraw", "gather", "half board",
		}).Draw(rt, "what")
		if what == "close and open" && !opensAgain(l, at) || what == "withdraw" && within(at, l.Stands) {
			what = "read"
		}
		deeds = append(deeds, drawDeed(rt, mara, at, what, at <= l.Early))
	}
	for _, d := range l.Answers {
		d.At += time.Duration(rapid.IntRange(0, int(lateness/time.Minute)).Draw(rt, "late")) * time.Minute
		deeds = append(deeds, d)
	}
	for _, fall := range l.Falls {
		deeds = append(deeds, deed{At: drawTime(rt, fall.From, fall.To), Who: mara, What: "take back"})
	}
	if first := l.Common[0]; first.Who == tom { // she comes by his code unseen
		until := free + 40*time.Hour
		for _, d := range l.Common {
			if d.What == "agree" {
				until = d.At - time.Minute
			}
		}
		deeds = append(deeds, deed{At: drawTime(rt, free, until), Who: mara, What: "use code"})
	}
	ending := deed{
		At: l.Early + rapid.SampledFrom([]time.Duration{0, 0, time.Minute, longestEnding}).Draw(rt, "when it ends"), Who: mara,
		What: rapid.SampledFrom(endings).Draw(rt, "ending"),
	}
	over := ending.At
	if ending.What == "never again" {
		over = l.Early
	}
	if ending.What == "never again" || ending.What == "closed" && l.Open {
		deeds = slices.DeleteFunc(deeds, func(d deed) bool {
			return d.At >= over && !slices.Contains([]string{"use code", "answer", "take back"}, d.What)
		})
	}
	if l.Open && !slices.Contains(falling, ending.What) {
		deeds = append([]deed{{At: l.Early, Who: mara, What: "take back"}}, deeds...)
	}
	return append(deeds, ending)
}

// falling are the endings with which an answer falls that was not revealed.
var falling = []string{"closed", "unlinked", "deleted"}

// longestEnding is how long after the last thing in public lives may part.
const longestEnding = 2 * time.Hour

// opensAgain says whether what is closed at a time and checked again at once is open by the
// next time at which it has to be.
func opensAgain(l alike, at time.Duration) bool {
	if within(at, l.Stands) || within(at, l.Falls) {
		return false
	}
	for _, d := range slices.Concat(l.Common, l.Answers) {
		if d.Who == mara && isPublic(d.What) && at <= d.At+lateness && d.At-at <= 4*24*time.Hour {
			return false
		}
	}
	return true
}

func isPublic(what string) bool {
	return slices.Contains([]string{"invite", "agree", "link", "share", "offer", "offer pace", "answer", "tell", "relay", "break", "promise", "board", "take off"}, what)
}

// living is one life under way.
type living struct {
	*company
	l     alike
	start time.Time
	code  string
	wrong []error
}

// watched is a Stepper that notes what Mara gives away, and when, and can be made to do
// what must not be.
type watched struct {
	*flows.Book
	plant  plant
	public []string
}

func (w *watched) Step(t flows.Turn) (flows.Session, []flows.Effect) {
	s, effects := w.Book.Step(t)
	for _, e := range effects {
		if isOfMara(t) && isGiven(e, t.Facts.Couple()) {
			at := t.Now.UTC() // her zone is her own
			if _, ok := e.(flows.AnswerReveal); ok {
				at = at.Truncate(15 * time.Minute)
			}
			w.public = append(w.public, fmt.Sprintf("%v %T %v", at, e, e))
		}
	}
	if w.plant != nil {
		effects = w.plant(t, effects)
	}
	return s, effects
}

// isGiven says whether an effect gives something to Tom.
func isGiven(e flows.Effect, c flows.Couple) bool {
	switch e.(type) {
	case flows.Agree, flows.Link:
		return c.Other == "Tom"
	case flows.Give, flows.TakeBack, flows.TakeUp, flows.TakeOff, flows.Share, flows.BeginReveal, flows.AnswerReveal, flows.BeginRelay, flows.AcceptRelay, flows.SayRelay, flows.ReadRelay, flows.RuleRelay, flows.BreakRelay:
		return c.Partner == "Tom"
	}
	return false
}

// live lives one of the lives.
func (l alike) live(t *testing.T, alone []deed, plant plant) (came outcome) {
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	steps := &watched{Book: book, plant: plant}
	inWorld(t, false, func(w *world) {
		p := &living{company: w.meet(steps, false, "her", "him", "third"), l: l, start: time.Now()}
		p.arrive(mara, "Mara")
		if !l.Newcomer {
			p.arrive(tom, "Tom")
			p.quiet()
		}
		deeds := slices.Concat(l.Common, alone)
		slices.SortStableFunc(deeds, func(a, b deed) int { return cmp.Compare(a.At, b.At) })
		for _, d := range deeds {
			p.until(d.At)
			p.do(d)
		}
		p.until(l.End)
		came = outcome{p.received(tom), steps.public, errors.Join(p.wrong...)}
	})
	return came
}

func (p *living) until(at time.Duration) {
	if rest := time.Until(p.start.Add(at)); rest > 0 {
		pass(rest)
	}
}

func (p *living) must(d deed, done bool) {
	if !done {
		p.wrong = append(p.wrong, fmt.Errorf("this could not be done: %v; there stood %q", d, p.last(d.Who).Text))
	}
}

// do does one thing. Only what the test itself has arranged has to come off.
func (p *living) do(d deed) {
	switch d.What {
	case "invite":
		p.code = p.invites(d.Who)
		p.must(d, p.code != "")
	case "use code":
		p.usesCode(d)
	case "agree":
		p.must(d, p.agrees(d.Who))
	case "link":
		p.must(d, p.links(d.Who))
	case "share":
		p.must(d, p.gives(d.Who, d.Word, "Send it") || d.Who == tom)
	case "offer":
		p.must(d, p.offers(d.Who, "/hopes", d.Word, 0, sendsQuestion) || d.Who == tom)
	case "offer pace":
		p.must(d, p.offers(d.Who, "/pace", "", d.N, sendsQuestion) || d.Who == tom)
	case "answer":
		p.must(d, p.answers(d.Who, d.Word, d.N, letsStand) || d.Who == tom)
	case "take back":
		p.withdraws(d.Who) // that may have happened before
	case "tell":
		p.tells(d.Who, d.Word, asksToHear)
	case "promise":
		p.must(d, p.promises(d.Who, d.Word, d.N, "Send it") || d.Who == tom)
	case "board":
		p.must(d, p.lays(d.Who, d.Word, false) || d.Who == tom)
	case "take off":
		p.takesOff(d.Who)
	case "relay":
		p.movesOn(d.Who, d.Word, d.N, false)
	case "break":
		p.breaks(d.Who, d.N)
	default:
		p.doAlone(d)
	}
}

// usesCode sends the code, and greets whoever comes for the first time by it.
func (p *living) usesCode(d deed) {
	p.say(d.Who, p.code)
	if d.Who == tom && p.l.Newcomer {
		p.arrive(tom, "Tom")
		p.quiet()
	}
}

// quiet gives Tom his quiet hours.
func (p *living) quiet() {
	if !p.l.Quiet {
		return
	}
	p.change(func(r *store.Records) error {
		id, _, err := r.FindPerson(p.chats[tom].Address(0))
		if err != nil {
			return err
		}
		him, err := r.Person(id)
		if err != nil {
			return err
		}
		him.About = map[string]string{flows.QuietFrom: "22:00", flows.QuietTo: "07:00"}
		return r.PutPerson(him)
	})
}

// doAlone does something that has to come off only where it can.
func (p *living) doAlone(d deed) {
	p.beCareful(d)
	chat := p.chats[d.Who]
	switch d.What {
	case "say":
		p.say(d.Who, d.Word)
	case "press":
		if q := p.question(d.Who); len(q.Buttons) > 0 {
			p.press(d.Who, q.Buttons[d.N%len(q.Buttons)])
		}
	case "old":
		p.pressOld(d)
	case "sticker":
		chat.Send(0, "sticker")
		synctest.Wait()
	case "open":
		chat.Happen(0, flows.Event{Kind: flows.Opened})
		synctest.Wait()
	case "keep":
		p.gives(d.Who, d.Word, "Not now")
	case "look":
		p.say(d.Who, "/partner")
	case "keep answer":
		p.offers(d.Who, "/hopes", d.Word, 0, keepsAnswer)
	case "half offer":
		p.offers(d.Who, "/hopes", d.Word, 0, "never said")
	case "half answer":
		p.answers(d.Who, d.Word, d.N, "never said")
	case "half promise":
		p.promises(d.Who, d.Word, 2, "Not now")
	case "half tell":
		p.tells(d.Who, d.Word, "never said")
	case "half board":
		p.lays(d.Who, d.Word, true)
	case "half relay":
		p.movesOn(d.Who, d.Word, d.N, true)
	case "withdraw":
		p.withdraws(d.Who)
	case "gather":
		p.gathers(d.Who)
	case "read":
		p.goes(d.Who, "/partner", reading...)
	case "close and open":
		p.goes(d.Who, "/safety", presses("Yes, it's private", "Yes, or sometimes", "I'd rather not say")...)
		p.goes(d.Who, "/safety", presses("Yes, it's private", "No")...)
	default:
		p.ends(d)
	}
}

// pressOld presses a button of a message that is no longer the last one.
func (p *living) pressOld(d deed) {
	heard := p.chats[d.Who].Heard(0)
	heard = slices.DeleteFunc(heard, func(m flows.Message) bool { return len(m.Buttons) == 0 })
	if len(heard) < 2 {
		return
	}
	m := heard[max(0, len(heard)-2-d.N%4)]
	p.press(d.Who, m.Buttons[d.N%len(m.Buttons)])
}

// ends does that by which lives of Mara's part.
func (p *living) ends(d deed) {
	switch d.What {
	case "nothing", "never again":
	case "closed":
		p.goes(d.Who, "/safety", presses("Yes, it's private", "Yes, or sometimes", "I'd rather not say")...)
	case "danger":
		p.say(d.Who, "he hits me and I am afraid of him")
	case "paused":
		p.goes(d.Who, "/pause", presses("Until I say so")...)
	case "paused for days":
		p.goes(d.Who, "/pause", presses("A few days")...)
	case "out of sight":
		p.say(d.Who, "/exit")
	case "unlinked":
		p.say(d.Who, "/unlink")
	case "let go":
		p.goes(d.Who, "/partner", presses("Take it back", "Take my yes back", "No, let it go", "No, or I'm not sure", "Stop being linked")...)
	case "deleted":
		p.goes(d.Who, "/delete", presses("Delete all of it now", "Delete it now", "Yes, delete it all")...)
	case "deleted later":
		p.goes(d.Who, "/delete", presses("In 30 days, so I can change my mind")...)
	case "blocked":
		p.chats[d.Who].Bring(0, bot.Inbound{Gone: true})
		synctest.Wait()
	case "moved":
		p.moves()
	case "elsewhere":
		p.linksElsewhere()
	default:
		panic("no such deed: " + d.What)
	}
}

// moves has Mara go on from another account.
func (p *living) moves() {
	p.goes(mara, "/move", presses("Yes, make one")...)
	for _, text := range p.chats[mara].Texts(0) {
		if code := lifeCode.FindString(text); code != "" && code != p.code {
			p.say(kim, code)
		}
	}
	p.goes(kim, "/partner", reading...)
}

// linksElsewhere has Mara be linked with somebody else, as far as she may.
func (p *living) linksElsewhere() {
	code := p.invites(mara)
	if code == "" {
		return
	}
	p.arrive(kim, "Kim")
	p.say(kim, code)
	p.agrees(kim)
	p.links(mara)
}

// Buttons of questions that are answered in public, and of those that stand in the way of
// it: as long as something is to come off, they are set aside.
var (
	publicLabels = []string{
		"Send it", "Yes, link us", "No, let it go", sendsQuestion, letsStand, asksToHear,
		"Say it anew", "Yes, that's it", "Taken back", "They'll find it", "Twenty minutes", laysThere, takesOff,
	}
	bindingLabels = []string{
		"Stop being linked", "Delete all of it now", "Delete it now", "Yes, delete it all", "Take it back", "Take my yes back",
		"Yes, make an invitation", "Yes, or sometimes", "Not yet", takesBack,
	}
)

// beCareful keeps what is done at random from answering a question by which Mara would do
// something in public, or be kept from it.
func (p *living) beCareful(d deed) {
	if !slices.Contains([]string{"say", "press", "old", "sticker", "open"}, d.What) {
		return
	}
	bound := d.Who == mara && d.At <= p.l.Early || d.Who == tom && d.At < p.l.Tied
	q := p.question(d.Who)
	public := hasAny(q, publicLabels...) || strings.Contains(q.Text, wouldHear)
	if (d.Who == mara || bound) && public || bound && hasAny(q, bindingLabels...) || hasAny(q, letsStand) {
		p.say(d.Who, "/cancel")
	}
}

// received gives all that somebody received, with the time since the beginning. Codes are
// drawn by lot, and stand here in a form of their own.
func (p *living) received(who int) (all []string) {
	for _, a := range p.chats[who].arrivals() {
		if a.Outbound == nil {
			all = append(all, fmt.Sprint(a.At.Sub(p.start), " out of sight"))
			continue
		}
		m, err := json.Marshal(a.Message)
		if err != nil {
			p.t.Fatal(err)
		}
		line := fmt.Sprint(a.At.Sub(p.start), " ", a.Lane, " ", lifeCode.ReplaceAllString(string(m), "XXXXX-XXXXX-XXXXX-XXXXX"))
		if a.File != nil {
			line += fmt.Sprintf(" %s %s %s", a.File.Name, a.File.Type, a.File.Data)
		}
		all = append(all, line)
	}
	return all
}

// plant makes something of a turn's effects that must not be.
type plant func(flows.Turn, []flows.Effect) []flows.Effect

// outcome is what came of a life: what Tom received, and what Mara gave away.
type outcome struct {
	received, public []string
	wrong            error
}

// compare lives them all. It gives the first of the others that Tom could tell from the one
// before them.
func (l alike) compare(t *testing.T, plant plant) (other int, err error) {
	one := l.live(t, l.Alone[0], plant)
	for i, alone := range l.Alone[1:] {
		if err := l.only(i+1).differ(one, l.live(t, alone, plant)); err != nil {
			return i + 1, err
		}
	}
	return 0, nil
}

// only leaves the first life and another one.
func (l alike) only(other int) alike {
	l.Alone = [][]deed{l.Alone[0], l.Alone[other]}
	return l
}

func (l alike) differ(one, other outcome) error {
	public := difference(one.public, other.public)
	if d := difference(one.received, other.received); d != "" {
		if public != "" {
			d += "\nwhich is no wonder, as she gave away different things: " + public
		}
		return fmt.Errorf("he can tell these lives from each other:\n%v\n%s", l, d)
	}
	if err := errors.Join(one.wrong, other.wrong); err != nil {
		return fmt.Errorf("%w, in\n%v", err, l)
	}
	if public != "" {
		return fmt.Errorf("these lives are not alike:\n%v\n%s", l, public)
	}
	return nil
}

// difference gives the first one, or "".
func difference(a, b []string) string {
	for i := range max(len(a), len(b)) {
		x, y := "nothing", "nothing"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return fmt.Sprintf("at %d, in one:\n  %s\nin the other:\n  %s", i, x, y)
		}
	}
	return ""
}

// TestThePartnerHearsNothingOfWhatIsPrivate compares lives that are alike in public: all
// that the partner receives is equal, byte for byte and in time.
func TestThePartnerHearsNothingOfWhatIsPrivate(t *testing.T) {
	if *interference > 0 {
		longRun(t, *interferenceFrom/comparisons, (*interference+comparisons-1)/comparisons)
		return
	}
	checks(t, few())
	lives := livesOf(2)
	rapid.Check(t, func(rt *rapid.T) {
		if _, err := lives.Draw(rt, "lives").compare(t, nil); err != nil {
			rt.Fatal(err)
		}
	})
}

// TestHoweverALifePartsItLooksAlike goes through all endings, from where two are linked, from
// a yes that the other one has not heard of, since he rests, from an answer that only one has
// given, from a board with something of hers on it, and from a relay that waits for her.
func TestHoweverALifePartsItLooksAlike(t *testing.T) {
	const minute = time.Minute
	linked := []deed{
		{0, mara, "invite", "", 0},
		{5 * minute, tom, "use code", "", 0},
		{10 * minute, tom, "agree", "", 0},
		{15 * minute, mara, "link", "", 0},
	}
	lives := map[string]alike{
		"linked": {Early: 20 * minute, Tied: 15 * minute, Common: []deed{
			{0, mara, "invite", "", 0},
			{5 * minute, tom, "use code", "", 0},
			{10 * minute, tom, "agree", "", 0},
			{15 * minute, mara, "link", "", 0},
			{20 * minute, mara, "share", "Good morning.", 0},
			{30 * minute, tom, "share", "Good morning to you.", 0},
			{40 * minute, tom, "read", "", 0},
			{20 * time.Hour, tom, "share", "And another one.", 0},
			{30 * time.Hour, tom, "read", "", 0},
			{40 * time.Hour, tom, "say", "/unlink", 0},
		}},
		"a yes that waits": {Early: 10 * minute, Tied: 10 * minute, Common: []deed{
			{0, tom, "invite", "", 0},
			{4 * minute, tom, "paused", "", 0},
			{5 * minute, mara, "use code", "", 0},
			{10 * minute, mara, "agree", "", 0},
			{20 * time.Hour, tom, "link", "", 0},
			{30 * time.Hour, tom, "share", "Good morning.", 0},
		}},
		"an answer of hers": {Early: 20 * minute, Tied: 15 * minute, Open: true, Common: append(slices.Clone(linked), []deed{
			{20 * minute, mara, "offer", "A walk.", 0},
			{30 * minute, tom, "answer", "Sleep.", 0},
			{10 * time.Hour, tom, "read", "", 0},
			{20 * time.Hour, tom, "withdraw", "", 0},
			{30 * time.Hour, tom, "offer", "A film.", 0},
			{40 * time.Hour, tom, "withdraw", "", 0},
		}...)},
		"a board of both": {Early: 30 * minute, Tied: 15 * minute, Common: append(slices.Clone(linked), []deed{
			{20 * minute, mara, "board", "Good morning.", 0},
			{30 * minute, mara, "board", "A shed.", 0},
			{50 * minute, tom, "board", "A lamp.", 0},
			{2 * time.Hour, tom, "read", "", 0},
			{20 * time.Hour, tom, "take off", "", 0},
			{21 * time.Hour, tom, "look", "", 0},
			{30 * time.Hour, tom, "board", "A bench.", 0},
			{31 * time.Hour, tom, "take off", "", 0},
		}...)},
		"a relay of hers": {Early: 30 * minute, Tied: 30 * minute, Common: append(slices.Clone(linked), []deed{
			{20 * minute, tom, "tell", "I was late.", 0},
			{30 * minute, mara, "relay", "You were late.", 0},
			{40 * minute, tom, "break", "", 0},
			{50 * minute, tom, "look", "", 0},
			{2 * time.Hour, tom, "relay", "I was ashamed.", 1},
			{20 * time.Hour, tom, "tell", "I slept badly.", 0},
			{21 * time.Hour, tom, "relay", "Never mind.", 0},
			{10 * 24 * time.Hour, tom, "tell", "I slept well.", 0},
		}...)},
		"a relay of his that waits": {Early: 40 * minute, Tied: 30 * minute, Common: append(slices.Clone(linked), []deed{
			{20 * minute, mara, "tell", "I missed you.", 0},
			{30 * minute, tom, "relay", "You missed me.", 0},
			{40 * minute, mara, "break", "", 0},
			{2 * time.Hour, tom, "read", "", 0},
			{3 * time.Hour, tom, "tell", "I slept badly.", 0},
		}...)},
	}
	for name, l := range lives {
		l.End = max(60*time.Hour, l.Common[len(l.Common)-1].At+time.Hour)
		before := []deed{}
		if l.Open {
			before = append(before, deed{At: l.Early, Who: mara, What: "take back"})
		}
		as := l.live(t, before, nil)
		if as.wrong != nil {
			t.Fatal(as.wrong)
		}
		for _, ending := range endings {
			alone := []deed{{At: l.Early + minute, Who: mara, What: ending}}
			if !slices.Contains(falling, ending) {
				alone = append(slices.Clone(before), alone...)
			}
			other := l.live(t, alone, nil)
			if d := difference(as.received, other.received); d != "" || other.wrong != nil {
				t.Errorf("%s, and then %s: %v %s", name, ending, other.wrong, d)
			}
		}
	}
}

// plants are what must not be: each tells Tom something.
var plants = map[string]plant{
	"leaving says a word": func(t flows.Turn, effects []flows.Effect) []flows.Effect {
		return tellingOf(t, effects, func(e flows.Effect) bool { return e == flows.Effect(flows.Unlink{}) })
	},
	"reading says a word": func(t flows.Turn, effects []flows.Effect) []flows.Effect {
		return tellingOf(t, effects, func(e flows.Effect) bool { _, ok := e.(flows.TakeNews); return ok })
	},
	"a check says a word": func(t flows.Turn, effects []flows.Effect) []flows.Effect {
		return tellingOf(t, effects, func(e flows.Effect) bool { k, ok := e.(flows.Know); return ok && k.Field == "safety" })
	},
	"resting keeps words back": func(t flows.Turn, effects []flows.Effect) []flows.Effect {
		return slices.DeleteFunc(effects, func(e flows.Effect) bool {
			_, ok := e.(flows.Share)
			return ok && isOfMara(t) && t.Person.About[flows.Pause] != ""
		})
	},
}

func isOfMara(t flows.Turn) bool { return t.Person.About[flows.ShownName] == "Mara" }

// tellingOf has a word go over before anything else, if Mara does such a thing.
func tellingOf(t flows.Turn, effects []flows.Effect, such func(flows.Effect) bool) []flows.Effect {
	if !isOfMara(t) || t.Facts.Couple().Partner != "Tom" || !slices.ContainsFunc(effects, such) {
		return effects
	}
	return append([]flows.Effect{flows.Share{Text: "a word"}}, effects...)
}

// mostLives is how many pairs of lives it may take to find out what must not be.
const mostLives = 300

func TestLivesFindOutWhatMustNotBe(t *testing.T) {
	lives := livesOf(2)
	for name, plant := range plants {
		t.Run(name, func(t *testing.T) {
			for seed := range mostLives {
				l := lives.Example(seed)
				one, other := l.live(t, l.Alone[0], plant), l.live(t, l.Alone[1], plant)
				if difference(one.received, other.received) != "" {
					t.Logf("found after %d pairs of lives", seed+1)
					return
				}
			}
			t.Errorf("%d pairs of lives tell nothing of it", mostLives)
		})
	}
}
