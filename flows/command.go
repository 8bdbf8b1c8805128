package flows

import (
	"slices"
	"strings"
	"unicode"
)

// The commands that work in every flow, without its author writing a line.
const (
	backCommand   = "back"
	skipCommand   = "skip"
	repeatCommand = "repeat"
	cancelCommand = "cancel"
)

var ownCommands = []string{backCommand, skipCommand, repeatCommand, cancelCommand}

// command is one that a person can type, with what it does.
type command struct{ Name, Does string }

// commandIn gives the command that a text begins with: "/Help@some_bot now" gives
// "help". A lone slash, or one before anything but a word, is text.
func commandIn(text string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "/")
	if !ok {
		return "", false
	}
	word := rest
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		word = rest[:i]
	}
	word, _, _ = strings.Cut(word, "@")
	if word == "" || len(word) > 32 || strings.ContainsFunc(word, notCommandRune) {
		return "", false
	}
	return strings.ToLower(word), true
}

func notCommandRune(c rune) bool {
	return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_')
}

func (r *run) command(name string) {
	if f := r.book.commands[name]; f != nil {
		r.start(f)
		return
	}
	if f := r.book.practiceBy(name); f != nil {
		r.start(f)
		return
	}
	switch name {
	case backCommand:
		r.goBack()
	case skipCommand:
		r.skipFront()
	case repeatCommand:
		r.repeat()
	case cancelCommand:
		r.cancel()
	default:
		r.unknown(name)
	}
}

func (r *run) unknown(name string) {
	near := Nearest(name, slices.Concat(ownCommands, r.book.commandNames()))
	if near != "" {
		near = "/" + near
	}
	r.lead(r.varied("unknown-command", scene{"near": near}))
	r.repeat()
}

func (r *run) goBack() {
	if r.s.Offer != nil {
		r.dropOffer()
	}
	switch {
	case r.s.Front == nil:
		r.tellVaried("nothing-open")
	case len(r.s.Front.Sure) > 0:
		r.s.Front.Sure = nil
		r.repeat()
	case r.back():
		r.lead(r.phrase("back", nil))
		r.s.Front.Form = ""
		r.again()
	default:
		r.lead(r.varied("back-none", nil))
		r.repeat()
	}
}

// again puts the question in front once more, as a new one.
func (r *run) again() {
	f := r.flow()
	if f == nil {
		r.here("")
		return
	}
	n := f.stands(r.frame().Step)
	switch {
	case n != nil && waits(n.block):
		r.frame().Step = n.id
		r.closeQuestion()
		r.rearm(n)
		r.put(n)
	case n != nil && isCall(n.block): // what it called left no trace
		r.advance(n)
		r.afterwards()
	default:
		r.here("")
	}
}

// rearm sets the time of a wait that is put again.
func (r *run) rearm(n *node) {
	if b, ok := n.block.(*wait); ok {
		b.take(r, n)
	}
}

func (r *run) skipFront() {
	if r.s.Offer != nil {
		r.leaveOffer()
		return
	}
	if r.s.Front == nil {
		r.tellVaried("nothing-open")
		return
	}
	n := r.here("")
	if n == nil {
		return
	}
	if a, ok := n.block.(*ask); ok {
		r.skip(n, a)
	} else {
		n.block.(waiter).hear(r, n, heard{})
	}
	r.afterwards()
}

// cancel sets aside what is in front. Nothing is deleted.
func (r *run) cancel() {
	if r.s.Offer != nil {
		r.dropOffer()
	}
	if r.s.Front == nil {
		r.tellVaried("nothing-open")
		return
	}
	r.setAside()
}

func (r *run) setAside() {
	flow := r.s.Front.bottom().Flow
	if r.fleeting() || !r.dropTraceless(r.s.Front.clone()) {
		r.park(false)
		r.tell("closed", nil)
		return
	}
	r.park(false)
	r.offer(&Offer{Kind: cancelledOffer, Flow: flow})
}

// start begins a flow, or offers to go on with it where it was left.
func (r *run) start(f *Heading) { r.startAbout(f, "") }

// startAbout begins a flow about an item, or offers to go on with it where it was left,
// unless that was about another one.
func (r *run) startAbout(f *Heading, about string) {
	if !r.mayOpen(f) {
		r.lead(r.varied("not-for-you", nil))
		r.repeat()
		return
	}
	if f.Aside {
		r.aside(f)
		return
	}
	if !r.turn.Person.Met && !f.Strangers && r.greets() {
		r.lead(r.varied("greet-first", nil))
		r.repeat()
		return
	}
	r.s.Offer = nil
	r.dropOther(f, about)
	if c := r.s.Front; c != nil && c.bottom().Flow == f.ID && !f.Fleeting && !f.Traceless {
		r.urge(f)
		r.offerReturn(c, about)
		return
	}
	if r.s.Front != nil {
		r.park(true)
	}
	if c := r.unpark(f.ID); c != nil {
		r.s.Front = c
		r.urge(f)
		r.offerReturn(c, about)
		return
	}
	r.begin(f, about)
}

// greets says whether the flow that greets somebody is in front.
func (r *run) greets() bool {
	return r.s.Front != nil && slices.ContainsFunc(r.s.Front.Frames, func(f Frame) bool { return f.Flow == r.book.greeting })
}

// dropOther ends what is half done of a flow that is to be opened about an item, if it
// is not about that one: there is one place only where a flow can wait half done.
func (r *run) dropOther(f *Heading, about string) {
	if about == "" || f.about == "" {
		return
	}
	other := func(c *Conversation) bool {
		return c.bottom().Flow == f.ID && c.bottom().Vars.get(f.about).text != about
	}
	if r.s.Front != nil && other(r.s.Front) {
		r.unawait()
		r.s.Front = nil
		r.closeQuestion()
	}
	r.s.Parked = slices.DeleteFunc(r.s.Parked, other)
}

// mayOpen says whether a flow is for somebody of this person's role.
func (r *run) mayOpen(f *Heading) bool {
	role := r.turn.Person.Role
	return f.For == "both" || role != "betrayed" && role != "betrayer" || f.For == role
}

// begin starts a conversation. Somebody never met is greeted first, unless the flow
// is open to them.
func (r *run) begin(f *Heading, about string) {
	r.s.Begun++
	r.s.Front = &Conversation{ID: r.s.Begun, At: r.now().Unix()}
	r.closeQuestion()
	given := r.given
	r.given = nil
	if about != "" && f.about != "" {
		given = given.set(f.about, textValue(about))
	}
	first := r.push(f.ID, given)
	if !r.turn.Person.Met && !f.Strangers {
		r.unpark(r.book.greeting) // it begins anew, in front of what they came for
		first = r.push(r.book.greeting, nil)
	}
	r.advance(first)
	r.afterwards()
}

// urge says what an urgent flow says before its first question, when its command
// finds it half done: nobody has to choose how to go on before they read a number.
func (r *run) urge(f *Heading) {
	if !f.Urgent {
		return
	}
	front := r.s.Front
	r.s.Front = &Conversation{ID: front.ID}
	for n := r.push(f.ID, r.given); n != nil && speaks(n.block); n = n.after {
		if n.when == nil || n.when.true(r) {
			n.block.take(r, n)
		}
	}
	r.s.Front = front
}

// aside says what a flow has to say without touching what is in front, which is
// then shown again.
func (r *run) aside(f *Heading) {
	front, offer, question := r.s.Front, r.s.Offer, r.s.Question
	r.s.Front = &Conversation{}
	r.advance(r.push(f.ID, nil))
	r.s.Front, r.s.Offer, r.s.Question = front, offer, question
	if front != nil || offer != nil && offer.asks() {
		r.repeat()
	}
}

// fleeting says whether there is nothing to come back to in what is in front.
func (r *run) fleeting() bool {
	f := r.book.heading(r.s.Front.bottom().Flow)
	return f != nil && f.Fleeting
}

// traceless says whether what is in front leaves no trace.
func (r *run) traceless() bool {
	f := r.flow()
	return f != nil && f.Traceless
}

// park sets the conversation in front aside, or ends it if it is fleeting.
func (r *run) park(interrupted bool) {
	c := r.s.Front
	r.unawait()
	c.Interrupted = interrupted
	if !r.fleeting() && r.dropTraceless(c) {
		r.s.Parked = slices.DeleteFunc(r.s.Parked, func(p *Conversation) bool { return p.bottom().Flow == c.bottom().Flow })
		r.s.Parked = append(r.s.Parked, c)
	}
	r.s.Front = nil
	r.closeQuestion()
}

// unpark takes the conversation of a flow out of those set aside.
func (r *run) unpark(flow string) *Conversation {
	for i, c := range r.s.Parked {
		if c.bottom().Flow == flow {
			r.s.Parked = slices.Delete(r.s.Parked, i, i+1)
			return c
		}
	}
	return nil
}

// unawait takes back the wait of the conversation in front, if it stands at one.
func (r *run) unawait() {
	c := r.s.Front
	if c.Form == (&wait{}).form() {
		r.do(Unawait{awaitID(c)})
	}
}

// commands lists what can be started of a group, in the order of the book.
func (r *run) commands(group string) []command {
	var out []command
	for _, name := range r.book.commandNames() {
		if f := r.book.commands[name]; f.group == group && r.mayOpen(f) {
			out = append(out, command{name, f.does.say(r, nil)})
		}
	}
	return out
}

func (r *run) titleOf(c *Conversation) string {
	if f := r.book.heading(c.bottom().Flow); f != nil {
		return f.title.say(r, nil)
	}
	return ""
}
