package bot_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/store"
)

// realBook is what the program says, with some flows for two people, loaded once for all the
// lives that are lived with it.
var realBook = sync.OnceValues(func() (*flows.Book, error) { return flows.Load(content.FS, os.DirFS("testdata/flows")) })

// chat is one person's chat, on a server of their own: the lots that are drawn for them go
// by the ids of their events, which so are the same whatever others do.
type chat struct {
	*bottest.Fake

	mu      sync.Mutex // guards arrived
	arrived []arrival
}

// arrival is a message with the time at which it came. One without a message says that what
// was said before was taken out of sight.
type arrival struct {
	At time.Time
	*bot.Outbound
}

func (c *chat) note(m *bot.Outbound) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.arrived = append(c.arrived, arrival{time.Now(), m})
}

// newest gives the last such message that stands in the chat.
func (c *chat) newest(such func(flows.Message) bool) flows.Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range slices.Backward(c.arrived) {
		if a.Outbound == nil { // what came before is out of sight
			break
		}
		if such(a.Message) {
			return a.Message
		}
	}
	return flows.Message{}
}

func (c *chat) arrivals() []arrival {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.arrived)
}

// dated is a connection to a chat that notes what arrives there, and when.
type dated struct {
	bot.Platform
	c *chat
}

func (d *dated) Deduplicates() bool { return d.Platform.(bot.Deduplicating).Deduplicates() }

func (d *dated) Send(ctx context.Context, m bot.Outbound) error {
	before := d.c.Count(0)
	err := d.Platform.Send(ctx, m)
	if d.c.Count(0) > before {
		d.c.note(&m)
	}
	return err
}

func (d *dated) Hide(ctx context.Context, chat store.Address) {
	d.Platform.(bot.Hiding).Hide(ctx, chat)
	d.c.note(nil)
}

// company is a world with real conversations for some people.
type company struct {
	*world
	p     *process
	steps bot.Stepper
	chats []*chat
}

// meet starts a process for people who have never been there.
func (w *world) meet(steps bot.Stepper, dedups bool, names ...string) *company {
	c := &company{world: w, steps: steps}
	for _, name := range names {
		c.chats = append(c.chats, &chat{Fake: bottest.NewFake(name, dedups)})
	}
	c.start()
	return c
}

func (c *company) start() {
	c.p = c.world.start(func(o *bot.Options, _ *mortal) {
		o.Steps, o.Platforms = c.steps, nil
		for _, chat := range c.chats {
			o.Platforms = append(o.Platforms, &dated{chat.Connect(), chat})
		}
	})
}

func (c *company) crash() {
	for _, chat := range c.chats {
		chat.Crash()
	}
}

// restart kills the process, if that has not happened, and starts another.
func (c *company) restart() {
	c.crash()
	c.p.kill()
	c.start()
}

// revive starts another process if the one before has been killed.
func (c *company) revive() {
	synctest.Wait()
	if c.p.disk.isDead() {
		c.restart()
	}
}

func (c *company) say(who int, text string) {
	c.chats[who].Say(0, text)
	c.revive()
}

// question is the last message with buttons that stands in somebody's chat.
func (c *company) question(who int) flows.Message {
	return c.chats[who].newest(func(m flows.Message) bool { return len(m.Buttons) > 0 })
}

// last is the last message that stands in somebody's chat.
func (c *company) last(who int) flows.Message {
	return c.chats[who].newest(func(flows.Message) bool { return true })
}

func (c *company) press(who int, b flows.Button) {
	c.chats[who].Happen(0, flows.Event{Kind: flows.Pressed, Token: b.Token})
	c.revive()
}

// button finds a button by its label.
func button(m flows.Message, label string) (flows.Button, bool) {
	i := slices.IndexFunc(m.Buttons, func(b flows.Button) bool { return b.Label == label })
	if i < 0 {
		return flows.Button{}, false
	}
	return m.Buttons[i], true
}

func hasAny(m flows.Message, labels ...string) bool {
	return slices.ContainsFunc(labels, func(label string) bool { _, ok := button(m, label); return ok })
}

// reply is how somebody answers a question that has a button: they press it, or say
// something instead.
type reply struct{ label, words string }

func presses(labels ...string) (replies []reply) {
	for _, label := range labels {
		replies = append(replies, reply{label: label})
	}
	return replies
}

// mostReplies is more than anything takes.
const mostReplies = 40

// goes has somebody say something and answer what comes of it by the first reply that fits,
// until none does. It gives the buttons that they answered to.
func (c *company) goes(who int, words string, replies ...reply) (answered []string) {
	c.say(who, words)
	return c.goesOn(who, replies...)
}

// goesOn has somebody answer what stands there.
func (c *company) goesOn(who int, replies ...reply) (answered []string) {
	for range mostReplies {
		m := c.last(who)
		i := slices.IndexFunc(replies, func(r reply) bool { return hasAny(m, r.label) })
		if i < 0 {
			return answered
		}
		if b, _ := button(m, replies[i].label); replies[i].words == "" {
			c.press(who, b)
		} else {
			c.say(who, replies[i].words)
		}
		answered = append(answered, replies[i].label)
	}
	return answered
}

// arrive has somebody greeted, with a name, also if they left the greeting before.
func (c *company) arrive(who int, name string) {
	c.goes(who, "/start", append(presses("Begin again", "Yes"), reply{"No name, thanks", name})...)
	c.say(who, "/cancel")
}

// The ways through what two people do, each with the private questions where they come up.
var (
	clearly  = presses("Ask me", "Yes, it's private", "No")
	inviting = slices.Concat(presses("Yes, make an invitation", "Invite somebody else", otherInvitation, "Make another", "That's all right"), clearly,
		[]reply{{"No name", "Nobody"}})
	agreeing  = slices.Concat(presses("Begin again", "Yes, that one", "Yes", otherInvitation), clearly, []reply{{"None", "Nobody"}})
	confirmed = slices.Concat(presses("Yes, link us", "Show it", "See what has come", "Not now", otherInvitation), clearly)
	reading   = presses("Show it", "See what has come", "Not now")
)

// otherInvitation leads somebody who is linked to an invitation that stands beside that.
const otherInvitation = "The other invitation"

// invites has somebody make an invitation. It gives its code, or "".
func (c *company) invites(who int) (code string) {
	c.say(who, "/cancel")
	before := len(c.chats[who].Heard(0))
	c.goes(who, "/partner", inviting...)
	for _, text := range c.chats[who].Texts(0)[before:] {
		if found := lifeCode.FindString(text); found == text && found != "" {
			code = found
		}
	}
	return code
}

// agrees has somebody say yes to the invitation that they came by.
func (c *company) agrees(who int) bool {
	c.say(who, "/cancel")
	before := len(c.chats[who].Heard(0))
	c.goes(who, "/partner", agreeing...)
	return slices.ContainsFunc(c.chats[who].Texts(0)[before:], func(text string) bool {
		return strings.HasPrefix(text, "Your yes is on its way.")
	})
}

// links has somebody say the last word. What else has come they read first: a question that
// was left is only put again once there is nothing else.
func (c *company) links(who int) bool {
	for range mostLooks {
		c.say(who, "/cancel")
		if slices.Contains(c.goes(who, "/partner", confirmed...), "Yes, link us") {
			return true
		}
	}
	return false
}

// mostLooks is more often than anybody has to look until they have seen all that came: a move
// in a relay comes with a conversation of its own, with which looking ends.
const mostLooks = 4

// gives has somebody give the other one words, or not, once they have seen them.
func (c *company) gives(who int, words, last string) bool {
	c.say(who, "/cancel")
	way := slices.Concat(presses(last, "Give them some words", "Now is fine"), clearly, []reply{{"Nothing after all", words}})
	return slices.Contains(c.goes(who, "/partner", way...), last)
}

// checksAsked says whether the command line says how often properties are checked. It is
// asked before the first of them changes that.
var checksAsked = sync.OnceValue(func() (asked bool) {
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == checksFlag })
	return asked
})

const checksFlag = "rapid.checks"

// checks has a property checked so many times, unless the command line says how many.
func checks(t *testing.T, n int) {
	t.Helper()
	if checksAsked() {
		return
	}
	before := flag.Lookup(checksFlag).Value.String()
	if err := flag.Set(checksFlag, strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set(checksFlag, before) })
}

// few gives how often a property is checked if nobody says how often.
func few() int {
	if testing.Short() {
		return 15
	}
	return 60
}

func TestWhoeverLeavesAYesUnansweredIsAskedAgain(t *testing.T) {
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	inWorld(t, false, func(w *world) {
		c := w.meet(book, false, "one", "other")
		c.arrive(0, "Mara")
		c.arrive(1, "Tom")
		c.say(1, c.invites(0))
		if !c.agrees(1) {
			t.Fatal("there is no yes")
		}
		c.goes(0, "/partner", reading...)
		c.say(0, "/checkin")
		if !c.links(0) {
			t.Errorf("she can't answer any more: %q", c.last(0).Text)
		}
	})
}

// The people of a model: two who are mostly at it, and a third who comes between.
const modelPeople = 3

// step is one thing of a history of people who are linked and part.
type step struct {
	What string
	Who  int
	N    int
	// Dies is after how many more commits the process is killed; 0 for not.
	Dies int
}

func drawSteps(rt *rapid.T) []step {
	one := rapid.Custom(func(rt *rapid.T) step {
		s := step{
			What: rapid.SampledFrom([]string{
				"invite", "use code", "agree", "link", "pair", "pair", "read", "read",
				"share", "share", "share", "keep", "write", "unlink", "let go", "partner", "pass", "pass", "pass",
				"offer", "offer", "answer", "answer", "answer", "take back", "keep answer", "half answer",
				"both answer", "both answer", "both answer", "talk", "talk", "talk", "tell", "move", "move", "move", "move", "break", "half move", "keep telling", "old",
			}).Draw(rt, "what"),
			Who: rapid.SampledFrom([]int{0, 0, 0, 1, 1, 1, 2}).Draw(rt, "who"),
			N:   rapid.IntRange(0, 5).Draw(rt, "which"),
		}
		if rapid.IntRange(0, 4).Draw(rt, "dies") == 0 {
			s.Dies = rapid.IntRange(1, 6).Draw(rt, "commits")
		}
		return s
	})
	steps := rapid.SliceOfN(one, 12, 40).Draw(rt, "steps")
	if rapid.IntRange(0, 3).Draw(rt, "linked first") > 0 {
		steps = append([]step{{What: "pair", N: 1}}, steps...)
	}
	return steps
}

// modelled is a couple as it has to be.
type modelled struct {
	people         [2]int // who invited, and who came
	places         [2]store.Place
	code           string
	until          time.Time // when the invitation lapses
	agreed, linked bool
	asked          []*asked
	relay          *relayed // the one under way, if there is one
}

func (m *modelled) side(who int) int { return slices.Index(m.people[:], who) }

// owed is something that is to be told of.
type owed struct {
	couple *modelled
	kind   string
	words  string
	at     time.Time // when it is handed out; zero for at once
	asked  *asked
	relay  *relayed
}

// trio is a history under way, with what has to be so.
type trio struct {
	*company
	couples []*modelled
	codes   []string
	owner   map[string]int
	good    [modelPeople]string    // the code that works
	out     [modelPeople]string    // the code that stands as an invitation, used or not
	until   [modelPeople]time.Time // when that lapses
	guesses [modelPeople]int       // codes that led nowhere
	inbox   [modelPeople][]owed
	told    [modelPeople][]string // words of the other one that they have read
	secrets []*secret
	// revealed is what they have read of what both had answered.
	revealed [modelPeople][]string
	// crossed are words that came just before being linked with somebody else: in the turn
	// that takes that over, they may still be read.
	crossed [modelPeople][]string
	n       int
	wrong   []error
}

func (c *trio) check(good bool, format string, args ...any) {
	if !good {
		c.wrong = append(c.wrong, fmt.Errorf(format, args...))
	}
}

// at gives the couple that somebody stands at a place with.
func (c *trio) at(who int, place store.Place) *modelled {
	for _, m := range c.couples {
		if side := m.side(who); side >= 0 && m.places[side] == place {
			return m
		}
	}
	return nil
}

// place has somebody stand at a place with a couple, and there with no other.
func (c *trio) place(who int, place store.Place, m *modelled) {
	c.leave(who, place)
	m.places[m.side(who)] = place
}

func (c *trio) leave(who int, place store.Place) {
	if m := c.at(who, place); m != nil {
		m.places[m.side(who)] = ""
		m.takeAlong(who)
	}
}

// stands says how an invitation stands for somebody, as conversations have it.
func (c *trio) stands(who int) flows.Invitation {
	c.lapse(who)
	m := c.at(who, store.Before)
	if m != nil && !time.Now().Before(m.until) {
		m = nil
	}
	switch {
	case m == nil && c.out[who] != "":
		return flows.InviteOut
	case m == nil:
		return flows.NoInvitation
	case m.people[0] == who:
		return flows.InviteYes
	case m.agreed:
		return flows.InviteWaits
	}
	return flows.InviteCame
}

// The times for which a code and a yes hold.
const (
	codeHolds = 48 * time.Hour
	yesHolds  = 14 * 24 * time.Hour
)

// lapse has somebody's code work no more once its time is over.
func (c *trio) lapse(who int) {
	if !time.Now().Before(c.until[who]) {
		c.out[who], c.good[who] = "", ""
	}
}

// settle takes over what came: being linked, and being so no more.
func (c *trio) settle(who int) {
	c.inbox[who] = slices.DeleteFunc(c.inbox[who], func(o owed) bool {
		side := o.couple.side(who)
		if o.kind == flows.NewsLinked && o.couple.places[side] == store.Before {
			c.place(who, store.Beside, o.couple)
		}
		if o.kind == flows.NewsYes {
			return o.couple.places[side] != store.Before
		}
		gone := o.couple.places[side] != store.Beside || !c.stays(who, o)
		if gone && c.at(who, store.Beside) != nil {
			c.crossed[who] = append(c.crossed[who], o.words)
		}
		return gone
	})
}

// come gives the oldest thing that came and that is handed out, or -1.
func (c *trio) come(who int) int {
	return slices.IndexFunc(c.inbox[who], func(o owed) bool { return !o.at.After(time.Now()) })
}

// glance is looking at the oldest thing that came. It gives its kind.
func (c *trio) glance(who int) (kind string) {
	c.settle(who)
	i := c.come(who)
	if i < 0 {
		if c.stands(who) == flows.InviteYes {
			return flows.NewsYes
		}
		return ""
	}
	first := c.inbox[who][i]
	c.inbox[who] = slices.Delete(slices.Clone(c.inbox[who]), i, i+1)
	switch first.kind {
	case flows.NewsShare:
		c.told[who] = append(c.told[who], first.words)
	case flows.NewsRevealed:
		c.revealed[who] = append(c.revealed[who], first.words)
	}
	return first.kind
}

// look is looking at all that came, up to a yes that is not answered, and up to a relay, with
// which looking ends: link and decline answer a yes.
func (c *trio) look(who int, answer string) {
	for c.settle(who); ; c.settle(who) {
		more := c.come(who) >= 0
		kind := c.glance(who)
		switch yes := kind == flows.NewsYes; {
		case yes && answer == "link":
			c.link(who)
		case yes && answer == "decline":
			c.leave(who, store.Before)
		case yes || !more || kind == flows.NewsRelay:
			return
		}
		if c.settle(who); c.come(who) < 0 {
			return
		}
	}
}

func (c *trio) link(who int) {
	m := c.at(who, store.Before)
	m.linked = true
	m.places[0] = ""
	c.place(who, store.Beside, m)
	if other := m.people[1]; m.places[1] == store.Before {
		c.inbox[other] = append(c.inbox[other], owed{couple: m, kind: flows.NewsLinked})
	}
}

// reaches says whether /partner leads somebody to what came for them.
func (c *trio) reaches(who int) bool { return c.linked(who) || c.stands(who) == flows.InviteYes }

// linked says whether somebody is linked, and so may give words.
func (c *trio) linked(who int) bool { return c.at(who, store.Beside) != nil }

// TestTwoPeopleInAnyOrder lives through random histories of people who invite each other,
// are linked, give words, keep them, answer the same question, say something and have it said
// back, and leave, while the process is killed now and then: somebody gets what the other one
// gave with a yes of its own, once, and not too soon, and nothing else.
func TestTwoPeopleInAnyOrder(t *testing.T) {
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	checks(t, few())
	rapid.Check(t, func(rt *rapid.T) {
		steps := drawSteps(rt)
		var wrong error
		inWorld(t, true, func(w *world) {
			c := &trio{company: w.meet(book, true, "one", "other", "third"), owner: map[string]int{}}
			wrong = c.live(steps)
		})
		if wrong != nil {
			rt.Fatal(wrong)
		}
	})
}

func (c *trio) live(steps []step) error {
	for who, name := range trioNames {
		c.arrive(who, name)
	}
	for i, s := range steps {
		c.take(s)
		if len(c.wrong) > 0 {
			return fmt.Errorf("%w, at step %d: %+v", errors.Join(c.wrong...), i, s)
		}
	}
	c.finish()
	return errors.Join(c.wrong...)
}

var trioNames = [modelPeople]string{"Mara", "Tom", "Kim"}

// take takes one step, and makes sure that nobody hears anything to whom nothing came.
func (c *trio) take(s step) {
	var heard, news [modelPeople]int
	for who := range trioNames {
		c.settle(who)
		heard[who], news[who] = len(c.chats[who].arrivals()), len(c.inbox[who])
	}
	if s.Dies > 0 {
		c.p.disk.killAfter(s.Dies, c.crash)
	}
	acts := []int{s.Who}
	switch s.What {
	case "pair":
		acts = []int{s.Who, s.other()}
		c.pair(s.Who, s.other())
	case "both answer", "talk":
		acts = c.together(s)
	case "pass":
		acts = nil
		c.waits([]time.Duration{time.Minute, 10 * time.Minute, 31 * time.Minute, time.Hour, 3 * time.Hour, 25 * time.Hour}[s.N%6])
	default:
		c.act(s)
	}
	pass(time.Second)
	if s.Dies > 0 {
		c.restart()
	}
	for who := range trioNames {
		c.settle(who)
		if news[who]+len(c.inbox[who]) == 0 && !slices.Contains(acts, who) {
			c.check(len(c.chats[who].arrivals()) == heard[who], "%s hears %q, and nothing had come", trioNames[who], c.last(who).Text)
		}
	}
}

// other is whom somebody pairs with: mostly the one of the two that they are not.
func (s step) other() int {
	if s.N == 0 || s.Who == 2 {
		return (s.Who + 2) % modelPeople
	}
	return 1 - s.Who
}

// pair takes two people all the way, as far as they may go.
func (c *trio) pair(inviter, other int) {
	c.invite(inviter)
	if c.good[inviter] == "" {
		return
	}
	c.act(step{What: "use code", Who: other})
	c.agree(other)
	c.act(step{What: "link", Who: inviter})
}

func (c *trio) act(s step) {
	who := s.Who
	stood := c.stands(who)
	switch s.What {
	case "invite":
		c.invite(who)
	case "use code":
		c.useCode(who, s.N)
	case "agree":
		c.agree(who)
	case "link":
		c.say(who, "/cancel")
		done := c.links(who)
		c.check(done == (stood == flows.InviteYes), "linking came to %t, and it stood at %s: %q", done, stood, c.last(who).Text)
		for range mostLooks {
			if c.reaches(who) && c.stands(who) == stood {
				c.look(who, "link")
			}
		}
	case "read":
		c.goes(who, "/partner", reading...)
		if c.reaches(who) {
			c.look(who, "")
		}
	case "share", "keep":
		c.give(who, s.What)
	case "write":
		c.write(who, s.N)
	case "unlink":
		c.unlink(who)
	case "let go":
		c.letGo(who)
	case "partner":
		c.partner(who)
	default:
		c.exchange(s)
	}
}

// exchange is something of a reveal or a relay.
func (c *trio) exchange(s step) {
	who := s.Who
	switch s.What {
	case "offer", "keep answer":
		c.offer(who, s.What)
	case "answer", "half answer":
		c.answer(who, s.What)
	case "take back":
		c.takeBack(who)
	case "tell", "keep telling":
		c.tell(who, s.What)
	case "move":
		c.move(who, s.N)
	case "half move":
		c.halfMove(who, s.N)
	case "break":
		c.takeBreak(who, s.N)
	case "old":
		c.pressOld(who, s.N)
	}
}

func (c *trio) invite(who int) {
	stood := c.stands(who)
	code := c.invites(who)
	may := stood == flows.NoInvitation || stood == flows.InviteOut
	c.check((code != "") == may, "the code is %q, and it stood at %s: %q", code, stood, c.last(who).Text)
	if code != "" {
		c.codes, c.owner[code], c.good[who], c.out[who] = append(c.codes, code), who, code, code
		c.until[who] = time.Now().Add(codeHolds)
	}
	if stood == flows.InviteYes {
		c.glance(who)
	}
}

// mostGuesses is how many codes that lead nowhere somebody may send.
const mostGuesses = 4

func (c *trio) useCode(who, n int) {
	if len(c.codes) == 0 || c.guesses[who] == mostGuesses {
		return
	}
	code := c.codes[max(0, len(c.codes)-1-n%3)]
	inviter := c.owner[code]
	c.lapse(inviter)
	c.say(who, code)
	none := strings.HasPrefix(c.last(who).Text, "I couldn't do anything with that code.")
	works := c.good[inviter] == code
	c.check(none != works, "the code worked: %t, and should: %t: %q", !none, works, c.last(who).Text)
	switch {
	case none:
		c.guesses[who]++
	case who != inviter:
		c.good[inviter] = ""
		m := &modelled{people: [2]int{inviter, who}, code: code, until: c.until[inviter]}
		c.couples = append(c.couples, m)
		c.place(who, store.Before, m)
	}
}

func (c *trio) agree(who int) {
	stood := c.stands(who)
	done := c.agrees(who)
	c.check(done == (stood == flows.InviteCame), "the yes came to %t, and it stood at %s: %q", done, stood, c.last(who).Text)
	if stood == flows.InviteYes && c.glance(who) == flows.NewsRelay && c.stageOf(who) == flows.RelayOffer {
		c.accepted(who) // the yes was to that
	}
	if !done {
		return
	}
	m := c.at(who, store.Before)
	c.lapse(m.people[0])
	m.agreed, m.until = true, time.Now().Add(yesHolds)
	if inviter := m.people[0]; c.out[inviter] == m.code {
		c.out[inviter], c.good[inviter] = "", ""
		c.place(inviter, store.Before, m)
		c.inbox[inviter] = append(c.inbox[inviter], owed{couple: m, kind: flows.NewsYes})
	}
}

// someWords are words that nobody has said before.
func (c *trio) someWords() string {
	c.n++
	return fmt.Sprintf("I thought of number %d today.", c.n)
}

func (c *trio) give(who int, what string) {
	wrote, may := c.wrote(who), c.linked(who)
	words := wrote.words
	last := map[string]string{"share": "Send it", "keep": "Not now"}[what]
	done := c.gives(who, words, last)
	if !may && c.stands(who) == flows.InviteYes {
		c.glance(who)
	}
	if !may && what == "keep" { // "Not now" answers another question
		done = false
	}
	c.check(done == may, "%s came to %t, and should to %t: %q", what, done, may, c.last(who).Text)
	if !done || what == "keep" {
		return
	}
	m := c.at(who, store.Beside)
	wrote.give(m.across(who), time.Now())
	c.tellThem(m.across(who), owed{couple: m, kind: flows.NewsShare, words: words})
}

// write is words that go nowhere: a note, an answer, or half of what is to be given.
func (c *trio) write(who, n int) {
	words := c.wrote(who).words
	c.say(who, "/cancel")
	switch n % 3 {
	case 0:
		c.say(who, words)
	case 1:
		c.goes(who, "/gratitude", append(presses("Begin again", "Something, yes", "Not much"), reply{"I'd rather not say", words})...)
	case 2:
		c.goes(who, "/partner", append(presses("Give them some words"), reply{"Nothing after all", words})...)
		if !c.linked(who) && c.stands(who) == flows.InviteYes {
			c.glance(who)
		}
	}
}

func (c *trio) unlink(who int) {
	c.say(who, "/unlink")
	c.leave(who, store.Beside)
	c.leave(who, store.Before)
	c.out[who], c.good[who] = "", ""
	c.settle(who)
	c.say(who, "/partner")
	c.check(strings.HasPrefix(c.last(who).Text, "Would you like to invite somebody?"), "after unlinking, /partner says %q", c.last(who).Text)
}

func (c *trio) letGo(who int) {
	stood := c.stands(who)
	way := presses("Take it back", "Take my yes back", "No, let it go", otherInvitation)
	if stood != flows.InviteYes {
		c.goes(who, "/partner", slices.Concat(way, agreeing)...)
	}
	switch stood {
	case flows.InviteCame, flows.InviteWaits:
		c.leave(who, store.Before)
	case flows.InviteOut:
		c.out[who], c.good[who] = "", ""
	}
	if c.reaches(who) {
		c.goes(who, "/partner", slices.Concat(reading, presses("No, or I'm not sure", otherInvitation))...)
		c.look(who, "decline")
	}
	c.settle(who)
}

// partner makes sure that /partner says how things stand.
func (c *trio) partner(who int) {
	stood, m := c.stands(who), c.at(who, store.Beside)
	if m == nil && (stood == flows.InviteYes || stood == flows.InviteCame) {
		return // it opens something else
	}
	says := "Would you like to invite somebody?"
	switch {
	case m != nil:
		says = "You're linked with " + trioNames[m.people[1-m.side(who)]]
	case stood == flows.InviteWaits:
		says = "You said yes to "
	case stood == flows.InviteOut:
		says = "An invitation of yours is out"
	}
	c.say(who, "/cancel")
	c.say(who, "/partner")
	menu := c.last(who)
	c.check(strings.HasPrefix(menu.Text, says), "/partner says %q, want %q", menu.Text, says)
	if m == nil {
		return
	}
	c.offered(menu, "Give them some words", true)
	c.offered(menu, "See what has come", c.come(who) >= 0)
	open, standing := c.open(who)
	c.offered(menu, theirQuestion, len(open) > 0)
	c.offered(menu, takesBack, len(standing) > 0)
	stage := c.stageOf(who)
	c.offered(menu, sayingBack, stage != flows.NoRelay && stage != flows.RelayWaits)
	c.offered(menu, otherInvitation, stood != flows.NoInvitation)
	c.offered(menu, "Invite somebody else", stood == flows.NoInvitation)
}

// offered makes sure that a button is there, or not.
func (c *trio) offered(m flows.Message, label string, want bool) {
	c.check(hasAny(m, label) == want, "[%s] is offered: %t, want %t: %q", label, !want, want, m.Text)
}

var givenWords = regexp.MustCompile(`(?s)^From (.*), on .*“(.*)”`)

// finish has everybody read what is left for them, and makes sure that they got what they
// were given, once, and nothing of what was kept.
func (c *trio) finish() {
	c.waits(25 * time.Hour) // all is handed out
	for who, name := range trioNames {
		if s := c.stands(who); s == flows.InviteCame || s == flows.InviteWaits {
			c.letGo(who)
		}
		for range mostLooks {
			if c.reaches(who) {
				c.letGo(who)
			}
		}
		c.check(len(c.inbox[who]) == 0, "%s can't come to what is theirs: %+v", name, c.inbox[who])
		var got []string
		for _, text := range c.chats[who].Texts(0) {
			if m := givenWords.FindStringSubmatch(text); m != nil {
				got = append(got, m[2])
			}
		}
		crossed := func(words string) bool { return slices.Contains(c.crossed[who], words) }
		c.check(len(firsts(got)) == len(got), "%s was given something twice: %q", name, got)
		got, want := slices.DeleteFunc(got, crossed), slices.DeleteFunc(c.told[who], crossed)
		c.check(slices.Equal(got, want), "%s was given %q, want %q", name, got, want)
		c.checkAnswers(who)
		c.checkPlaces(who)
	}
	c.lapses()
	for who := range trioNames {
		c.checkSecrets(who)
	}
}

// checkPlaces makes sure that the disk has somebody beside the one whom they are linked with.
func (c *trio) checkPlaces(who int) {
	c.records(func(r *store.Records) error {
		id, _, err := r.FindPerson(c.chats[who].Address(0))
		if err != nil {
			return err
		}
		_, found, err := r.Member(id, store.Beside)
		m := c.at(who, store.Beside)
		c.check(found == (m != nil), "%s stands beside somebody: %t, and should: %t", trioNames[who], found, m != nil)
		c.check(m == nil || m.agreed && m.linked, "%s is linked, and there were no two yeses", trioNames[who])
		return err
	})
}
