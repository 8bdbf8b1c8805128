package bot_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.yaml.in/yaml/v3"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/store"
	"kintsugi/store/memory"
	"kintsugi/store/storetest"
)

// mostAsked is how many messages may come by themselves on a day at most: the reminders that
// somebody set, what else they wanted brought back that day, and what came from the other one.
const mostAsked = 8

// A year of two people with the whole service: what one of them saw and did is in
// flows/testdata/year.txt. -short lives a quarter of it.
func TestYear(t *testing.T) {
	const file = "../flows/testdata/year.txt"
	y := liveYear(t)
	out := "# A year of Mara's, as she saw it. It is made by: go test ./bot -run TestYear -update\n" + y.mara.log.out.String()
	for _, s := range []*someone{y.mara, y.tom} {
		for key, asked := range s.met {
			t.Errorf("%s has no answer to %s: %s", s.Name, key, asked)
		}
	}
	y.checkPractices(t)
	y.checkUnasked(t)
	y.checkForgiving(t)
	y.checkUntold(t, y.mara, tom)
	y.checkUntold(t, y.tom, mara)
	if *updateLives && !testing.Short() {
		if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if out != string(want) && !(testing.Short() && strings.HasPrefix(string(want), out)) {
		t.Errorf("the year has changed (go test ./bot -run TestYear -update writes it anew):\n%s", lifeDifference(string(want), out))
	}
}

// place is where a practice stands in the programme.
type place struct {
	Stage  int
	Weight string
}

// places reads where the practices stand.
func places(t *testing.T) map[string]place {
	t.Helper()
	files, err := fs.Glob(content.FS, "*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]place{}
	for _, file := range files {
		data, err := fs.ReadFile(content.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		var f struct {
			ID       string
			Practice *place
		}
		if err := yaml.Unmarshal(data, &f); err == nil && f.Practice != nil {
			found[f.ID] = *f.Practice
		}
	}
	return found
}

// The share of the practices that are for her which she has done by the end, in hundredths,
// and for how many days at first none is a heavy one.
const (
	wantDone   = 60
	noHeavyFor = 21
)

// checkPractices looks at what she has done, in which order: no heavy one in the first weeks or
// right after a heavy one, and the stages one after the other, by and large. What is done once
// more, or for a bad hour, comes between.
func (y *year) checkPractices(t *testing.T) {
	at, done := places(t), y.practised(y.mara)
	first, _ := time.ParseInLocation("2006-01-02", yearBegins, y.mara.log.zone)
	seen, heavy, days := map[string]bool{}, false, [4][]float64{}
	for _, e := range done {
		id := e.Flow
		for at[id] == (place{}) && strings.Contains(id, "-") { // a further part of one
			id = id[:strings.LastIndex(id, "-")]
		}
		if seen[id] { // once more
			heavy = false
			continue
		}
		seen[id] = true
		day := e.At.Sub(first).Hours() / 24
		days[at[id].Stage] = append(days[at[id].Stage], day)
		isHeavy := at[id].Weight == "heavy"
		if isHeavy && day < noHeavyFor {
			t.Errorf("%s is a heavy one, on day %.0f", id, day)
		}
		if isHeavy && heavy {
			t.Errorf("%s is a heavy one right after a heavy one, on %s", id, e.At)
		}
		heavy = isHeavy
	}
	if testing.Short() {
		return
	}
	if all := len(at) - 1; len(seen)*100 < all*wantDone { // forgiving is for nobody to be led to
		var left []string
		for id := range at {
			if !seen[id] {
				left = append(left, id)
			}
		}
		slices.Sort(left)
		t.Errorf("she has done %d of %d: not %s", len(seen), all, strings.Join(left, ", "))
	}
	for stage := 2; stage <= 3; stage++ {
		if before, then := middle(days[stage-1]), middle(days[stage]); before >= then {
			t.Errorf("stage %d was done on day %.0f, the one before on day %.0f", stage, then, before)
		}
	}
}

// middle gives the one in the middle.
func middle(of []float64) float64 {
	if len(of) == 0 {
		return 0
	}
	return of[len(of)/2]
}

// practised gives the entries on what somebody has done, the oldest first.
func (y *year) practised(who *someone) []store.Entry {
	return slices.DeleteFunc(slices.Clone(y.kept[who.account]), func(e store.Entry) bool { return e.Kind != "practice" })
}

// checkUnasked looks at what came by itself: nothing at night or in a rest, not too much on a
// day, of what nobody set one a day, and not in the same words as the day before.
func (y *year) checkUnasked(t *testing.T) {
	zone := y.mara.log.zone
	rest, _ := time.ParseInLocation("2006-01-02 15:04", "2026-10-12 20:20", zone)
	for account, who := range []*someone{y.mara, y.tom} {
		days := map[string]int{}
		for _, m := range y.arrived[account] {
			at := m.at.In(zone)
			if m.asked {
				continue
			}
			if clock := at.Format("15:04"); clock >= "22:00" || clock < "07:00" {
				t.Errorf("%s is disturbed at night, %s: %q", who.Name, at, m.Message.Text)
			}
			if who == y.mara && at.After(rest) && at.Before(rest.AddDate(0, 0, 6)) {
				t.Errorf("something comes in her rest, %s: %q", at, m.Message.Text)
			}
			day := at.Format("2006-01-02")
			if days[day]++; days[day] == mostAsked+1 {
				t.Errorf("more than %d come to %s by themselves on %s", mostAsked, who.Name, day)
			}
		}
		unset := map[string]string{}
		for n := range y.nudges {
			day := n.at.In(zone).Format("2006-01-02")
			if other := unset[day]; n.who == who.Name && y.unasked[[2]string{n.who, n.id}] {
				if other != "" && other != n.id {
					t.Errorf("two that nobody set come to %s on %s: %s and %s", who.Name, day, other, n.id)
				}
				unset[day] = n.id
			}
		}
	}
	y.checkRepeats(t)
	y.checkBunches(t)
	y.checkWordings(t)
}

// What comes by itself within the span: so many at most, and none that is bound to no time
// beside another or, in the evening, beside two.
const (
	bunchSpan = 90 * time.Minute
	bunch     = 3
	mostBunch = 4
)

// checkBunches looks at how close together things come by themselves. What somebody was
// promised the minute of comes then, and so does what answers them or what they put off.
func (y *year) checkBunches(t *testing.T) {
	for _, who := range []*someone{y.mara, y.tom} {
		var came []nudgedAt
		for n := range y.nudges {
			if n.who == who.Name {
				came = append(came, n)
			}
		}
		slices.SortFunc(came, func(a, b nudgedAt) int { return a.at.Compare(b.at) })
		most, bunches, busy := 0, 0, map[string]int{}
		for i, n := range came {
			first := i
			for first > 0 && n.at.Sub(came[first-1].at) < bunchSpan-time.Minute {
				first--
			}
			near := i - first + 1
			if most = max(most, near); near == bunch {
				bunches++
			}
			if local := n.at.In(y.mara.log.zone); local.Hour() >= 17 {
				busy[local.Format("2006-01-02")]++
			}
			if near > mostBunch {
				t.Errorf("%d things come to %s by themselves within %s, %s", near, who.Name, bunchSpan, n.at)
			}
			if day := n.at.In(y.mara.log.zone).Format("2006-01-02"); n.loose && (near > 1 || busy[day] > 2) {
				t.Errorf("%s comes to %s too close to others, %s", n.id, who.Name, n.at)
			}
		}
		evenings := 0
		for _, n := range busy {
			if n > 3 {
				evenings++
			}
		}
		t.Logf("%s: %d come, %d within %s at most, %d times %d, on %d evenings more than 3", who.Name, len(came), most, bunchSpan, bunches, bunch, evenings)
	}
}

// checkWordings looks whether what comes by itself is said as it was that day or the day
// before, or as the last two of its kind were.
func (y *year) checkWordings(t *testing.T) {
	for account, who := range []*someone{y.mara, y.tom} {
		said, kinds := map[string]string{}, map[string][]string{}
		for _, m := range y.arrived[account] {
			if m.asked || !hasAny(m.Message, "Not today") {
				continue
			}
			day, text := m.at.In(who.log.zone), m.Message.Text
			if last := said[text]; last >= day.AddDate(0, 0, -1).Format("2006-01-02") {
				t.Errorf("%s reads %q on %s as on %s", who.Name, text, m.at, last)
			}
			said[text] = day.Format("2006-01-02")
			id := y.nudgeAt(who, m.at)
			if last := kinds[id]; slices.Contains(last, text) {
				t.Errorf("%s reads %q of %s once more, %s", who.Name, text, id, m.at)
			}
			kinds[id] = append(kinds[id][max(0, len(kinds[id])-1):], text)
		}
	}
}

// nudgeAt gives the id of what came to somebody last, up to a time.
func (y *year) nudgeAt(who *someone, at time.Time) string {
	var last nudgedAt
	for n := range y.nudges {
		if n.who == who.Name && !n.at.After(at) && n.at.After(last.at) {
			last = n
		}
	}
	return last.id
}

// checkRepeats looks whether what comes back every day, or is proposed, is said in other words
// the next time.
func (y *year) checkRepeats(t *testing.T) {
	const day = 24 * time.Hour
	came, proposed := map[string]heardAt{}, map[string][]time.Time{}
	for _, m := range y.arrived[mara] {
		if title, ok := quoted(m.Message.Text); ok && hasAny(m.Message, "That one") {
			lately := slices.DeleteFunc(proposed[title], func(at time.Time) bool { return m.at.Sub(at) > 27*day })
			if proposed[title] = append(lately, m.at); len(lately) >= 2 {
				t.Errorf("%s is proposed for the third time in four weeks, %s", title, m.at)
			}
		}
		if m.asked || !hasAny(m.Message, "Not today") {
			continue
		}
		// By the clock of the world, as the wordings go: ours changes on two nights.
		clock := m.at.UTC().Format("15:04")
		if before := came[clock]; before.Message.Text == m.Message.Text && m.at.Sub(before.at) > time.Hour && m.at.Sub(before.at) <= day {
			t.Errorf("what comes at %s reads as it did the day before, %s: %q", clock, m.at, m.Message.Text)
		}
		came[clock] = m
	}
}

// quoted gives the first words in quotation marks.
func quoted(text string) (words string, ok bool) {
	_, after, _ := strings.Cut(text, "“")
	words, _, ok = strings.Cut(after, "”")
	return words, ok
}

// checkForgiving makes sure that forgiving was never proposed to her.
func (y *year) checkForgiving(t *testing.T) {
	for _, m := range y.arrived[mara] {
		if strings.Contains(m.Message.Text, "Forgiving") || strings.Contains(m.Message.Text, "/p4_1") {
			t.Errorf("forgiving is brought up, %s: %q", m.at, m.Message.Text)
		}
	}
}

// tellingLength is from how many letters on words are somebody's own, and no chance.
const tellingLength = 16

// checkUntold makes sure that nothing somebody wrote came to the other one but what they said
// yes to.
func (y *year) checkUntold(t *testing.T, who *someone, other int) {
	var all strings.Builder
	for _, m := range y.arrived[other] {
		all.WriteString(m.Message.Text + "\n")
	}
	theirs := all.String()
	for _, w := range who.words {
		if _, err := time.Parse("2 January 2006", w.words); err == nil {
			continue // days are said of much that is both's
		}
		if len(w.words) >= tellingLength && strings.Contains(theirs, w.words) && !slices.Contains(who.Told, w.key) {
			t.Errorf("the other one reads what %s wrote to %s: %q", who.Name, w.key, w.words)
		}
	}
}

// year is a year as far as it has gone.
type year struct {
	*world
	p         *process
	clock     *bot.Clock
	read      *store.Store
	mara, tom *someone
	heard     [2]int
	arrived   [2][]heardAt
	code      string
	now       *someone // who has the phone in their hand
	kept      [2][]store.Entry

	mu      sync.Mutex // guards what follows
	nudges  map[nudgedAt]bool
	unasked map[[2]string]bool // person and nudge: nobody asked for it
	steps   *flows.Book
}

// heardAt is a message that arrived.
type heardAt struct {
	at time.Time
	bot.Outbound
	asked bool // it answers something that they did
}

// nudgedAt is something that came back by itself.
type nudgedAt struct {
	at            time.Time
	who, id, flow string
	loose         bool // nobody was promised the minute
}

// Step notes what comes back by itself.
func (y *noting) Step(turn flows.Turn) (flows.Session, []flows.Effect) {
	s, effects := y.Book.Step(turn)
	y.mu.Lock()
	defer y.mu.Unlock()
	said := false
	for _, e := range effects {
		switch e := e.(type) {
		case flows.SetNudge:
			y.unasked[[2]string{turn.Person.Name, e.ID}] = e.Unrequested
		case flows.Say:
			said = said || e.Unasked
		}
	}
	if turn.Event.Kind == flows.Nudged && said {
		y.nudges[nudgedAt{turn.Now, turn.Person.Name, turn.Event.Nudge, turn.Event.Flow, y.isLoose(turn)}] = true
	}
	return s, effects
}

// isLoose says whether it keeps its distance from what else comes: not what was put off
// until that time, or has waited since the day before.
func (y *year) isLoose(turn flows.Turn) bool {
	e := turn.Event
	for _, p := range turn.Session.Pings {
		if p.Nudge == e.Nudge && p.About == e.About && p.Again != 0 && turn.Now.Sub(time.Unix(p.Again, 0)).Abs() < 2*time.Hour {
			return false
		}
	}
	if slices.ContainsFunc(turn.Session.Queue, func(q flows.Queued) bool { return q.Nudge == e.Nudge && turn.Now.Sub(time.Unix(q.At, 0)) > 8*time.Hour }) {
		return false
	}
	if e.Nudge == flows.PartnerNudge {
		return !slices.ContainsFunc(turn.Facts.News(), func(n flows.News) bool { return flows.IsAnswer(n.Kind) })
	}
	return e.Loose
}

type noting struct {
	*flows.Book
	*year
}

const (
	yearBegins = "2026-03-02"
	yearEnds   = "2027-03-01"
)

func liveYear(t *testing.T) *year {
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Dublin")
	if err != nil {
		t.Fatal(err)
	}
	y := &year{clock: &bot.Clock{}, nudges: map[nudgedAt]bool{}, unasked: map[[2]string]bool{}, steps: book}
	y.mara = readCharacter(t, "testdata/year/mara.yaml").begin(mara, &diary{zone: zone})
	y.tom = readCharacter(t, "testdata/year/tom.yaml").begin(tom, &diary{zone: zone})
	inWorld(t, false, func(w *world) {
		// What lies by its key lies in the same order each time.
		if w.key, err = store.ParseMasterKey("kintsugi-key-1:" + strings.Repeat("A", 43) + "="); err != nil {
			t.Fatal(err)
		}
		w.disk = &storetest.Faulty{Backend: memory.New()}
		y.world = w
		y.p = w.start(func(o *bot.Options, _ *mortal) { o.Steps, o.Clock = &noting{book, y}, y.clock })
		if y.read, err = store.Open(t.Context(), w.disk, w.key); err != nil {
			t.Fatal(err)
		}
		first, _ := time.ParseInLocation("2006-01-02", yearBegins, zone)
		last, _ := time.ParseInLocation("2006-01-02", yearEnds, zone)
		if testing.Short() {
			last = first.AddDate(0, 3, 0)
		}
		y.clock.Move(first.Sub(y.clock.Now()))
		synctest.Wait()
		for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
			y.live(day)
		}
		for account := range y.kept {
			y.kept[account] = y.entries(account)
		}
	})
	return y
}

// live lives a day of both.
func (y *year) live(day time.Time) {
	sits := append(y.mara.sits(day), y.tom.sits(day)...)
	slices.SortStableFunc(sits, func(a, b sit) int { return a.at.Compare(b.at) })
	for _, s := range sits {
		y.until(s.at)
		y.sit(s)
	}
	y.until(day.AddDate(0, 0, 1))
}

// until lets a time come, from one thing that is due to the next.
func (y *year) until(at time.Time) {
	for now := y.clock.Now(); now.Before(at); now = y.clock.Now() {
		next, err := y.p.NextDue(y.t.Context(), at)
		if err != nil {
			y.t.Fatal(err)
		}
		pass(max(next.Sub(now), time.Millisecond))
		y.collect()
	}
}

// collect notes what has arrived.
func (y *year) collect() {
	for account, s := range []*someone{y.mara, y.tom} {
		if y.server.Count(account) == y.heard[account] {
			continue
		}
		all := y.server.Arrived(account)
		for _, m := range all[y.heard[account]:] {
			asked := m.Lane == store.ReplyLane
			y.arrived[account] = append(y.arrived[account], heardAt{y.clock.Now(), m, asked})
			if code := lifeCode.FindString(m.Message.Text); code != "" {
				y.code = code
			}
			switch {
			case !asked && s != y.now:
				s.log.came(y.clock.Now(), m.Message)
			case m.Message.Replaces && m.Message.Several:
			default:
				s.log.heard(m.Message)
			}
		}
		y.heard[account] = len(all)
	}
}

// mostOfASitting is more than any sitting takes.
const mostOfASitting = 120

// sit has somebody sit down with their phone, see to what waits for them, and do what they meant to.
func (y *year) sit(s sit) {
	who := s.who
	y.now = who
	defer func() { y.now = nil }()
	who.log.begins()
	began := y.clock.Now()
	who.at = ""
	said := false
	if s.say != "" && !s.usual {
		y.do(who, s.say, "", s.say)
		said = true
	}
	for n := 0; ; n++ {
		if n == mostOfASitting {
			y.t.Fatalf("%s comes to no end on %s:\n%s", who.Name, began, strings.Join(who.log.sitting[len(who.log.sitting)-40:], "\n"))
		}
		key, where, m, open := y.question(who)
		if !open {
			if said || s.say == "" {
				break
			}
			y.do(who, s.say, "", s.say)
			said = true
			continue
		}
		words := who.answer(key, where, m, s.with, y.clock.Now().In(who.log.zone))
		if words == "[leave it open]" {
			break
		}
		flow, _, _ := strings.Cut(key, "/")
		if strings.HasPrefix(key, "offer/") { // what comes of a no belongs to nothing
			_, flow, _ = strings.Cut(key, " ")
			if words != "[Now]" {
				flow = ""
			}
		}
		y.do(who, words, flow, key)
	}
	who.log.ends(began, who.log.isEveryDay() && began.Format("2006-01-02") > ordinaryFrom)
}

// do has somebody say or press something.
func (y *year) do(who *someone, words, flow, key string) {
	spent := 8*time.Second + time.Duration(len(words))*200*time.Millisecond + time.Duration(who.lots.IntN(20))*time.Second
	y.until(y.clock.Now().Add(spent.Truncate(time.Second)))
	who.log.did(words, flow)
	if label, is := isPress(words); is {
		who.last = label
		b, _ := button(y.lastWithButtons(who), label)
		y.server.Happen(who.account, flows.Event{Kind: flows.Pressed, Token: b.Token})
	} else {
		y.server.Say(who.account, strings.ReplaceAll(words, "{code}", y.code))
		who.words = append(who.words, written{key, words})
	}
	pass(0)
	y.collect()
	pass(settling)
	y.collect()
}

// lastWithButtons gives the last message of somebody's that has any.
func (y *year) lastWithButtons(who *someone) (m flows.Message) {
	for _, a := range slices.Backward(y.arrived[who.account]) {
		if len(a.Message.Buttons) > 0 {
			return a.Message
		}
	}
	return m
}

// question gives the question that somebody is asked, by its flow and step, and where in the
// conversation that is.
func (y *year) question(who *someone) (key, where string, m flows.Message, open bool) {
	s := y.session(who)
	if all := y.arrived[who.account]; len(all) > 0 {
		m = all[len(all)-1].Message
	}
	switch {
	case s.Offer != nil:
		key = "offer/" + s.Offer.Kind
		if s.Offer.Kind == "nudge" {
			key += " " + s.Offer.Flow
		}
		return key, fmt.Sprint(key, s.Offer.At), m, true
	case s.Front == nil || len(m.Buttons) == 0 && s.Question.Form == "":
		return "", "", m, false
	}
	frame := s.Front.Frames[len(s.Front.Frames)-1]
	key = frame.Flow + "/" + frame.Step
	return key, fmt.Sprint(s.Front.ID, key, frame.Loops), m, true
}

// entries gives what somebody has kept, the oldest first.
func (y *year) entries(account int) (all []store.Entry) {
	err := y.read.View(y.t.Context(), func(r *store.Records) error {
		id, _, err := r.FindPerson(y.server.Address(account))
		if err != nil {
			return err
		}
		all, err = r.Entries(id, "", 0, 10_000)
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
	slices.Reverse(all)
	return all
}

func (y *year) session(who *someone) (s flows.Session) {
	err := y.read.View(y.t.Context(), func(r *store.Records) error {
		id, found, err := r.FindPerson(y.server.Address(who.account))
		if err != nil || !found {
			return err
		}
		data, err := r.Session(id)
		if err != nil || data == nil {
			return err
		}
		s, err = flows.DecodeSession(data)
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
	return s
}
