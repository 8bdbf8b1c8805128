package bot_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
	"kintsugi/store/memory"
)

var (
	walks     = flag.Int("walks", 0, "how many walks through the flows to take (0 for ten in each)")
	walksFrom = flag.Int("walks-from", 0, "the walk to begin with, where a run before has ended")
	walksShow = flag.Bool("walks-show", false, "with -v: write down each walk")
)

// TestWalks has people who answer as they like walk through every flow, with the whole
// service: they press and write this and that, go away and come back, and the program is
// killed meanwhile. Whatever they do, they are answered, in words that change, and once they
// answer plainly the conversation ends. Walk number n is through flow n of the book, begun
// anew behind the last, and is the same each time.
func TestWalks(t *testing.T) {
	g := newGround(t)
	from, n := *walksFrom, *walks
	if n == 0 {
		n = walksEach * len(g.ids)
	}
	var next atomic.Int64
	var failed atomic.Int32
	t.Run("all", func(t *testing.T) {
		for i := range runtime.GOMAXPROCS(0) {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				for k := int(next.Add(1)) - 1; k < n && failed.Load() < mostFaults; k = int(next.Add(1)) - 1 {
					w := g.walk(t, from+k)
					if *walksShow {
						t.Log(w.log.String())
					}
					if len(w.wrong) > 0 {
						failed.Add(1)
						t.Errorf("through %s (-walks 1 -walks-from %d): %v\n%s", w.flow, from+k, w.wrong[0], w.told())
					}
					if k > 0 && k%walksProgress == 0 {
						fmt.Fprintf(os.Stderr, "%d walks are taken, the last about -walks-from %d\n", k, from+k)
					}
				}
			})
		}
	})
	g.steps.report(t, g.book)
}

const (
	// walksEach is how often each flow is walked through, unless somebody says how many walks.
	walksEach = 10
	// mostFaults is after how many that go wrong a run ends.
	mostFaults = 10
	// walksProgress is after how many a long run says how far it is.
	walksProgress = 5000
)

// ground is what all walks have in common.
type ground struct {
	book  *flows.Book
	ids   []string
	ways  map[string]wayTo
	known map[string]acquaintance
	steps *coverage
	plant planted // nil but where something is to be found out
}

func newGround(t *testing.T) *ground {
	t.Helper()
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	g := &ground{book: book, ids: walkedFlows(book), ways: waysTo(t, book), known: acquaint(t, book), steps: &coverage{taken: map[string]bool{}}}
	g.book = book.Watched(g.steps.take)
	return g
}

// walk takes a walk.
func (g *ground) walk(t *testing.T, seed int) *walk {
	w := &walk{ground: g, flow: g.ids[seed%len(g.ids)], rng: rand.New(rand.NewPCG(19, uint64(seed)))}
	w.take(t)
	return w
}

// acquaintance is a disk with people whom the program knows.
type acquaintance struct {
	disk *memory.Backend
	key  store.MasterKey
}

// How far people have come before a walk.
const (
	strangers = "strangers"
	alone     = "alone"
	linked    = "linked"
)

// acquaint has people come that far.
func acquaint(t *testing.T, book *flows.Book) map[string]acquaintance {
	t.Helper()
	known := map[string]acquaintance{}
	inWorld(t, true, func(w *world) {
		keep := func(name string) { known[name] = acquaintance{w.disk.Backend.(*memory.Backend).Clone(), w.key} }
		keep(strangers)
		c := w.meet(book, true, walkNames...)
		for who, name := range walkNames {
			c.arrive(who, name)
		}
		pass(settling)
		keep(alone)
		c.say(1, c.invites(0))
		if !c.agrees(1) || !c.links(0) {
			t.Fatal("the two are not linked")
		}
		pass(settling)
		keep(linked)
	})
	return known
}

// walkNames are the two, and their servers.
var walkNames = []string{"Mara", "Tom"}

// walk is one under way.
type walk struct {
	*company
	*ground
	flow    string
	rng     *rand.Rand
	kind    string // how far they had come
	screens [2]*screen
	typed   []string // by both of them
	store   *store.Store
	log     strings.Builder
	wrong   []error
	doomed  bool // the program is killed now and then
}

// pick draws one of some.
func pick[T any](rng *rand.Rand, of ...T) T { return of[rng.IntN(len(of))] }

// take takes the walk.
func (w *walk) take(t *testing.T) {
	w.kind = pick(w.rng, alone, alone, alone, alone, linked, linked, linked, linked, strangers)
	inWorld(t, true, func(in *world) {
		in.disk.Backend, in.key = w.known[w.kind].disk.Clone(), w.known[w.kind].key
		var err error
		if w.store, err = store.Open(t.Context(), in.disk, in.key); err != nil {
			t.Fatal(err)
		}
		for i := range w.screens {
			w.screens[i] = &screen{typed: &w.typed}
		}
		w.typed = slices.Clone(walkNames)
		w.company = in.meet(&door{w.book, w.plant}, true, walkNames...)
		pass(time.Duration(pick(w.rng, 16, 20, 45, 60, 75)) * 24 * time.Hour) // what was said before is long claimed
		w.settle()
		w.live()
		w.finish()
		if logged := w.logs.String(); !w.doomed && strings.Contains(logged, "level=ERROR") {
			w.wrong = append(w.wrong, fmt.Errorf("something went wrong: %s", logged))
		}
	})
}

// live is the walk itself.
func (w *walk) live() {
	w.dress(0)
	if w.kind == linked {
		w.dress(1)
	}
	for range pick(w.rng, 0, 0, 0, 0, 1) { // they have been about
		w.do(0, pick(w.rng, "/checkin", "/gratitude", "/promises", "/goals", "/milestones", "/p1_1", "/p11_3"))
		w.plainly(0, 12, nil)
		w.do(0, "/cancel")
	}
	if words := w.ways[w.flow].words; len(words) > 0 && w.rng.IntN(6) == 0 { // and here before
		for range 2 {
			w.do(0, words[0])
			w.plainly(0, 14, nil)
			w.do(0, "/cancel")
		}
	}
	w.begin()
	for range 3 + w.rng.IntN(10) {
		if len(w.wrong) > 0 {
			return
		}
		w.step()
	}
}

// begin comes to the flow of the walk.
func (w *walk) begin() {
	way := w.ways[w.flow]
	if len(way.words) > 0 {
		w.do(0, pick(w.rng, way.words...))
	}
	if w.flow == "safety.floor" {
		w.do(0, pick(w.rng, dangers[:4]...))
	}
	own := len(way.words) == 1 && !way.nudged
	if own || w.flow == "safety.floor" {
		return
	}
	w.plainly(0, 6+w.rng.IntN(12), func(buttons int) int { return w.rng.IntN(buttons) })
	if way.nudged && w.rng.IntN(4) > 0 {
		w.do(0, "/cancel")
		w.pass(pick(w.rng, time.Hour, 5*time.Hour, 3*24*time.Hour))
		w.knock()
	}
}

// knock has the flow come back, and is ready for it. Without anything that it would be about,
// it does not.
func (w *walk) knock() {
	if w.ways[w.flow].about && !w.set(w.flow) {
		return
	}
	w.note("(%s comes back)", w.flow)
	w.say(0, knock+w.flow)
	w.settle()
	w.look(0, "")
	if b, ok := button(w.last(0), "Now"); ok {
		w.pressed(0, b)
	}
}

// set says whether something was set by which a flow comes back.
func (w *walk) set(flow string) (set bool) {
	w.reads(0, func(r *store.Records, id store.PersonID) error {
		nudges, err := r.Nudges(id)
		set = slices.ContainsFunc(nudges, func(n store.Nudge) bool { return n.Flow == flow })
		return err
	})
	return set
}

// reads reads what is kept of somebody.
func (w *walk) reads(who int, fn func(*store.Records, store.PersonID) error) {
	err := w.store.View(w.t.Context(), func(r *store.Records) error {
		id, found, err := r.FindPerson(w.chats[who].Address(0))
		if err != nil || !found {
			return err
		}
		return fn(r, id)
	})
	if err != nil {
		w.wrong = append(w.wrong, err)
	}
}

// dress gives somebody a role, a place and a day of their last private check.
func (w *walk) dress(who int) {
	today := time.Now()
	day := func(ago int) string { return today.AddDate(0, 0, -ago).Format(time.DateOnly) }
	err := w.store.Update(w.t.Context(), func(r *store.Records) error {
		id, found, err := r.FindPerson(w.chats[who].Address(0))
		if err != nil || !found {
			return err
		}
		p, err := r.Person(id)
		if err != nil {
			return err
		}
		if p.About == nil {
			p.About = map[string]string{}
		}
		p.Role = pick(w.rng, "betrayed", "betrayer", "mixed", "unsaid", "")
		p.Country = pick(w.rng, "", "US", "DE", "NZ", "GB", "FJ")
		p.Zone = pick(w.rng, "", "Europe/Brussels", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata")
		p.About["safety"] = pick(w.rng, "", "clear "+day(1), "clear "+day(1), "clear "+day(1), "clear "+day(40), "worrying "+day(2), "worrying "+day(2)+" "+day(-1), "unsaid "+day(3))
		if p.About["safety"] == "" {
			delete(p.About, "safety")
		}
		if w.rng.IntN(4) == 0 {
			p.About[flows.QuietFrom], p.About[flows.QuietTo] = "22:00", "07:00"
		}
		w.note("(person %d: %s, role %q, country %q, zone %q, safety %q)", who, w.kind, p.Role, p.Country, p.Zone, p.About["safety"])
		return r.PutPerson(p)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// note writes into the log.
func (w *walk) note(format string, args ...any) {
	fmt.Fprintf(&w.log, format+"\n", args...)
}

// told is the end of the log.
func (w *walk) told() string {
	lines := strings.SplitAfter(w.log.String(), "\n")
	return strings.Join(lines[max(0, len(lines)-mostTold):], "")
}

const mostTold = 90

// session reads where somebody stands.
func (w *walk) session(who int) (s flows.Session) {
	w.reads(who, func(r *store.Records, id store.PersonID) error {
		data, err := r.Session(id)
		if err != nil {
			return err
		}
		s, err = flows.DecodeSession(data)
		return err
	})
	return s
}

// settle lets all be done that is to be done at once, and the program be started again if it
// was killed.
func (w *walk) settle() {
	w.revive()
	pass(settling)
	w.revive()
	pass(settling)
	if n := w.p.Stats().Quarantined; n > 0 {
		w.wrong = append(w.wrong, fmt.Errorf("an event was put aside: %s", w.logs.String()))
	}
}

// look looks at what has come for somebody since, as the answer to something or by itself.
func (w *walk) look(who int, input string) {
	s := w.screens[who]
	arrived := w.chats[who].arrivals()
	var came []flows.Message
	for _, a := range arrived[s.seen:] {
		if a.Outbound == nil {
			w.note("%s* out of sight", margin(who))
			continue
		}
		came = append(came, a.Message)
		w.heard(who, a.Message)
		s.see(a.Message)
	}
	s.seen = len(arrived)
	if input != "" && !(len(came) == 0 && w.doomed && w.deleted(who)) { // a last word is not kept
		s.answers(input, came)
	}
	w.wrong = append(w.wrong, s.wrong...)
	s.wrong = nil
}

func margin(who int) string { return []string{"  ", "  | "}[who] }

// heard writes a message into the log.
func (w *walk) heard(who int, m flows.Message) {
	for _, line := range strings.Split(m.Text, "\n") {
		w.note("%s%.300s", margin(who), line)
	}
	var labels []string
	for _, b := range m.Buttons {
		labels = append(labels, "["+b.Label+"]")
	}
	if len(labels) > 0 {
		w.note("%s%.1500s", margin(who), strings.Join(labels, " "))
	}
}

// deleted says whether nothing is kept of somebody.
func (w *walk) deleted(who int) bool {
	kept := false
	w.reads(who, func(*store.Records, store.PersonID) error { kept = true; return nil })
	return !kept
}

// both looks at what has come for the other one, too.
func (w *walk) both(who int, input string) {
	w.look(who, input)
	w.look(1-who, "")
}

// do has somebody say something.
func (w *walk) do(who int, text string) {
	w.note("%s %.200q", []string{">", ">>"}[who], text)
	w.typed = append(w.typed, text)
	w.say(who, text)
	w.settle()
	w.both(who, text)
}

// pressed has somebody press a button.
func (w *walk) pressed(who int, b flows.Button) {
	w.note("%s [%s]", []string{">", ">>"}[who], b.Label)
	w.press(who, b)
	w.settle()
	w.both(who, "["+b.Label+"]")
}

// pass lets time go by.
func (w *walk) pass(d time.Duration) {
	w.note("(+%v)", d)
	pass(d)
	w.settle()
	w.look(0, "")
	w.look(1, "")
}

var spans = []time.Duration{time.Minute, 10 * time.Minute, 31 * time.Minute, 2 * time.Hour, 9 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 8 * 24 * time.Hour, 3 * 7 * 24 * time.Hour}

// step is one thing that happens.
func (w *walk) step() {
	if w.kind == linked && w.rng.IntN(5) == 0 {
		w.person(1)
		return
	}
	switch n := w.rng.IntN(100); {
	case n < 8:
		w.pass(pick(w.rng, spans...))
	case n < 13:
		w.p.disk.killAfter(1+w.rng.IntN(4), w.crash)
		w.doomed = true
		w.note("(the program is about to be killed)")
		w.person(0)
		w.settle()
	case n < 15 && w.ways[w.flow].nudged:
		w.knock()
	case n < 23:
		w.burst(0)
	default:
		w.person(0)
	}
}

// burst has somebody do the same kind of thing some times over.
func (w *walk) burst(who int) {
	kind := w.rng.IntN(5)
	for range 3 + w.rng.IntN(4) {
		if len(w.wrong) > 0 {
			return
		}
		switch kind {
		case 0:
			w.do(who, odd(w.rng))
		case 1:
			w.do(who, pick(w.rng, slashes...))
		case 2:
			w.stale(who)
		case 3:
			w.sends(who, pick(w.rng, things...))
		case 4:
			w.do(who, fits(w.rng, "text"))
		}
	}
}

// person has somebody do something.
func (w *walk) person(who int) {
	buttons := w.question(who).Buttons
	s := w.session(who)
	if s.Front == nil && s.Offer == nil && w.rng.IntN(2) == 0 {
		w.do(who, pick(w.rng, append([]string{"/partner", "/today"}, w.ways[w.flow].words...)...))
		return
	}
	switch n := w.rng.IntN(100); {
	case n < 40 && len(buttons) > 0:
		w.pressed(who, pick(w.rng, buttons...))
	case n < 45 && len(buttons) > 0:
		w.do(who, pick(w.rng, strings.ToLower(pick(w.rng, buttons...).Label), strconv.Itoa(1+w.rng.IntN(len(buttons)+1))))
	case n < 67:
		w.do(who, fits(w.rng, formOf(s)))
	case n < 80:
		w.do(who, odd(w.rng))
	case n < 86:
		w.stale(who)
	case n < 97:
		w.do(who, pick(w.rng, slashes...))
	default:
		w.sends(who, pick(w.rng, things...))
	}
}

// stale presses a button of an earlier message.
func (w *walk) stale(who int) {
	heard := slices.DeleteFunc(w.chats[who].Heard(0), func(m flows.Message) bool { return len(m.Buttons) == 0 })
	if len(heard) == 0 {
		w.do(who, "/repeat")
		return
	}
	m := pick(w.rng, heard[max(0, len(heard)-6):]...)
	w.pressed(who, pick(w.rng, m.Buttons...))
}

// sends has somebody send something else.
func (w *walk) sends(who int, thing string) {
	w.note("%s (%s)", []string{">", ">>"}[who], thing)
	if thing == "photo" && w.rng.IntN(3) > 0 {
		w.chats[who].SendPhoto(0, somePhoto(w.t, 8), pick(w.rng, "", "the lake", "I want to die"))
	} else {
		w.chats[who].Send(0, thing)
	}
	w.settle()
	w.both(who, "("+thing+")")
}

// plainly has somebody answer plainly so many times at most, by the buttons that choose
// draws or the first one, and says whether nothing is open any more.
func (w *walk) plainly(who, most int, choose func(buttons int) int) bool {
	if choose == nil {
		choose = func(int) int { return 0 }
	}
	for range most {
		s := w.session(who)
		if isOver(s) {
			return true
		}
		if len(w.wrong) > 0 {
			return false
		}
		buttons := w.question(who).Buttons
		form := formOf(s)
		switch _, typed := fitting[form]; {
		case form == "choices" && len(s.Front.Partial) > 0:
			w.do(who, "that's it")
		case form == "list" && len(s.Front.Partial) > 0:
			w.do(who, listDone)
		case form == "coach" && len(buttons) > 1:
			w.pressed(who, buttons[choose(len(buttons))])
		case typed && form != "yesno" && form != "scale":
			w.do(who, fits(w.rng, form))
		case len(buttons) > 0:
			w.pressed(who, buttons[choose(len(buttons))])
		default:
			w.do(who, fits(w.rng, form))
		}
	}
	return isOver(w.session(who))
}

// isOver says whether nothing is asked any more. What has been set aside is offered again,
// and asks nothing.
func isOver(s flows.Session) bool {
	if s.Offer != nil {
		return s.Offer.Kind == "cancelled"
	}
	return s.Front == nil
}

const (
	mostPlain = 40
	mostSkips = 40
)

// finish has somebody answer plainly, and then leave all questions.
func (w *walk) finish() {
	if len(w.wrong) > 0 {
		return
	}
	w.note("(from here on plainly)")
	if w.plainly(0, mostPlain, nil) {
		return
	}
	for i := range mostSkips {
		if len(w.wrong) > 0 || isOver(w.session(0)) {
			return
		}
		if w.do(0, "/skip"); i%2 == 1 {
			w.plainly(0, 1, nil)
		}
	}
	if !isOver(w.session(0)) && len(w.wrong) == 0 {
		w.wrong = append(w.wrong, fmt.Errorf("the conversation does not end: %.300q", w.last(0).Text))
	}
}
