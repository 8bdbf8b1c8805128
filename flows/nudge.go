package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kintsugi/flows/schedule"
)

// nudge has something come back to the person by itself, or come back no more. It
// comes by a rhythm, or with a day on or around that day.
type nudge struct {
	id     string
	opens  string // the flow that it leads to
	about  string // a variable with the item that it is about; empty: about none
	at     string // a variable with a time of day, or the time itself
	on     string // a variable with a rhythm; empty: every day
	day    string // a variable with a date, in place of a rhythm
	repeat string // a variable with how often the day comes round; empty: once
	lead   string // days after the day, before it if negative: a variable, or the number
	every  int    // days from one to the next, in place of a rhythm or a day; 0: not so
	in     int    // days until the first of those
	off    bool
	line   int
	// unrequested says that the person did not ask for it.
	unrequested bool
	// loose says that they did not choose the time.
	loose bool
}

// rhythms are the ids that a choice behind `on` may have, repeats those of one behind
// `repeat`.
var (
	rhythms = append([]string{"daily", "weekdays", "weekly"}, weekdays...)
	repeats = []string{"once", "weekly", "fortnightly", "monthly", "yearly"}
	// weekdays are the rhythms of once a week, in the order that cron has them.
	weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
)

func (l *flowLoader) nudge(n *node, m *mapping) block {
	b := &nudge{id: m.text("nudge"), about: m.text("about"), off: m.flag("off"), line: m.line}
	if !idForm.MatchString(b.id) || strings.Contains(b.id, ".") {
		l.fault(m.lineOf("nudge"), "nudge wants a short id, in small letters")
	}
	if m.has("about") {
		l.itemAt(m, "about", b.about)
	}
	if b.off {
		return b
	}
	b.opens, b.at, b.on = m.text("opens"), m.text("at"), m.text("on")
	b.day, b.repeat, b.lead = m.text("day"), m.text("repeat"), m.text("lead")
	b.every = int(m.number("every", 0))
	b.in = int(m.number("in", float64(b.every)))
	b.unrequested = m.flag("unrequested")
	if b.opens == "" || b.at == "" {
		l.fault(m.line, "nudge %q needs `opens` (a flow) and `at` (a variable with a time)", n.id)
	}
	if b.day != "" && b.on != "" {
		l.fault(m.lineOf("on"), "a nudge has a day or a rhythm, and not both")
	}
	if b.day == "" && (b.repeat != "" || b.lead != "") {
		l.fault(m.line, "nudge %q has `repeat` or `lead`, which belong to a `day`", n.id)
	}
	if m.has("every") && (b.every < 1 || b.every > schedule.MaxEvery || b.on != "" || b.day != "") {
		l.fault(m.lineOf("every"), "every wants a number of days, and then neither a day nor a rhythm")
	}
	l.put(func() { l.checkNudge(m, b) })
	return b
}

func (l *flowLoader) checkNudge(m *mapping, b *nudge) {
	if _, literal := readClock(b.at); b.at != "" && !literal && l.flow.vars[b.at] != clockVar {
		l.fault(m.lineOf("at"), "%q is no variable with a time of day", b.at)
	}
	b.loose = l.isUnchosen(b.at)
	if b.on != "" {
		l.checkWords(m, "on", b.on, rhythms)
	}
	if b.repeat != "" {
		l.checkWords(m, "repeat", b.repeat, repeats)
	}
	if b.day != "" && l.flow.vars[b.day] != dateVar {
		l.fault(m.lineOf("day"), "%q is no variable with a date", b.day)
	}
	if b.lead != "" {
		l.checkLead(m, b)
	}
}

// isUnchosen says whether a time is the author's, and not one that the person is asked for.
func (l *flowLoader) isUnchosen(at string) bool {
	if _, literal := readClock(at); literal {
		return true
	}
	asked, reckoned := false, false
	for _, n := range l.flow.nodes {
		asked = asked || n.asks(at)
		reckoned = reckoned || n.setsClock(at)
	}
	return reckoned && !asked
}

func (n *node) asks(variable string) bool {
	a, ok := n.block.(*ask)
	return ok && a.save == variable
}

func (n *node) setsClock(variable string) bool {
	b, ok := n.block.(*set)
	return ok && slices.ContainsFunc(b.changes, func(c change) bool { return c.name == variable && c.clock })
}

// checkWords wants a variable with a choice between some of the words.
func (l *flowLoader) checkWords(m *mapping, key, name string, words []string) {
	if l.flow.vars[name] != choiceVar {
		l.fault(m.lineOf(key), "%q is no variable with a choice", name)
	}
	for id := range l.flow.labels[name] {
		if !slices.Contains(words, id) {
			l.fault(m.lineOf(key), "`%s` takes one of %s, and %q offers %q", key, strings.Join(words, ", "), name, id)
		}
	}
}

func (l *flowLoader) checkLead(m *mapping, b *nudge) {
	days, err := strconv.Atoi(b.lead)
	if t := l.flow.vars[b.lead]; err != nil && t != numberVar && t != wholeVar {
		l.fault(m.lineOf("lead"), "lead wants a whole number of days or a variable with a number, and %q is neither", b.lead)
	}
	if err == nil && (days < -schedule.MaxLead || days > schedule.MaxLead) {
		l.fault(m.lineOf("lead"), "lead goes up to %s days before or after", strconv.Itoa(schedule.MaxLead))
	}
}

// readClock reads a time of day such as "09:00".
func readClock(text string) (clock string, ok bool) {
	t, err := time.Parse("15:04", text)
	return t.Format("15:04"), err == nil
}

// take sets the nudge, or drops it. About an item that is not open nothing is set.
func (b *nudge) take(r *run, n *node) (*node, bool) {
	about := r.frame().Vars.get(b.about).text
	switch {
	case b.about != "" && about == "":
	case b.off:
		r.unqueue(Event{Nudge: b.id, About: about})
		r.do(DropNudge{ID: b.id, About: about})
	case about == "" || r.hasItem(about):
		b.set(r, about)
	}
	return n.after, false
}

// set has it come back. Without a time there is nothing to set. With a day that was
// left, or has passed for good, what may have been set for another day goes.
func (b *nudge) set(r *run, about string) {
	rule := b.rule(r)
	if b.opened(r) == "" {
		return
	}
	if parsed, err := schedule.Parse(rule); err == nil {
		if _, ok := parsed.Next(r.now(), r.now().Location()); ok {
			r.do(SetNudge{ID: b.id, About: about, Rule: rule, Flow: b.opened(r), Unrequested: b.unrequested, Loose: b.loose})
			return
		}
	}
	if b.day != "" && r.hasNudge(b.id, about) {
		r.do(DropNudge{ID: b.id, About: about})
	}
}

// opensPractice is what a nudge opens that leads back to the practice that the person is in.
const opensPractice = "practice"

// opened gives the flow that the nudge leads to.
func (b *nudge) opened(r *run) string {
	if b.opens == opensPractice {
		return r.practiceID()
	}
	return b.opens
}

// rule gives the rule as the package schedule reads it, or "" if there is none.
func (b *nudge) rule(r *run) string {
	vars := r.frame().Vars
	clock, ok := readClock(b.at)
	if !ok {
		clock, ok = readClock(vars.get(b.at).text)
	}
	if !ok {
		return ""
	}
	if b.every > 0 {
		return fmt.Sprintf("every %d %s %s", b.every, r.today()+schedule.Date(b.in), clock)
	}
	if b.day == "" {
		hour, minute, _ := strings.Cut(clock, ":")
		return fmt.Sprintf("%s %s * * %s", bare(minute), bare(hour), r.weekdaysOf(vars.get(b.on).text))
	}
	day, err := time.Parse(dateForm, vars.get(b.day).text)
	if err != nil {
		return ""
	}
	rule := datedRule(vars.get(b.repeat).text, day, clock)
	if days := b.leadDays(vars); days != 0 {
		rule += fmt.Sprintf(" %+dd", days)
	}
	return rule
}

// bare writes a number of two digits without a needless zero.
func bare(digits string) string {
	if digits[0] == '0' {
		return digits[1:]
	}
	return digits
}

func datedRule(repeat string, day time.Time, clock string) string {
	switch repeat {
	case "weekly":
		return fmt.Sprintf("every 7 %s %s", day.Format(dateForm), clock)
	case "fortnightly":
		return fmt.Sprintf("every 14 %s %s", day.Format(dateForm), clock)
	case "monthly":
		return fmt.Sprintf("monthly %d %s", day.Day(), clock)
	case "yearly":
		return fmt.Sprintf("yearly %s %s", day.Format("01-02"), clock)
	}
	return fmt.Sprintf("once %s %s", day.Format(dateForm), clock)
}

func (b *nudge) leadDays(vars Answers) int {
	if days, err := strconv.Atoi(b.lead); err == nil {
		return days
	}
	return int(vars.get(b.lead).number)
}

func (b *nudge) leads(n *node) []lead { return onward(n) }

// weekdaysOf gives the weekdays of a rhythm as cron has them; once a week is on the
// weekday of today.
func (r *run) weekdaysOf(rhythm string) string {
	if i := slices.Index(weekdays, rhythm); i >= 0 {
		return strconv.Itoa(i)
	}
	switch rhythm {
	case "weekdays":
		return "1-5"
	case "weekly":
		return fmt.Sprint(int(r.now().Weekday()))
	}
	return "*"
}

// hasNudge says whether something comes back under an id, about that item or for ""
// about none.
func (r *run) hasNudge(id, about string) bool {
	return slices.ContainsFunc(r.turn.Facts.Nudges(), func(n Nudge) bool { return n.ID == id && n.About == about })
}
