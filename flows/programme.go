package flows

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kintsugi/flows/schedule"
)

// stageSteps are the steps of each stage, in the order in which they are suggested.
var stageSteps = [][]int{{3, 8, 12, 1, 7}, {5, 2, 9, 14, 13}, {10, 4, 6, 11, 15}}

// The pace of what is suggested, in days: after a practice, and after a heavy one.
const (
	practicePace = 3
	heavyPace    = 4
)

// stepPrefix begins the phrases that name the steps, and the ids by which a question offers
// them.
const stepPrefix = "step-"

// ofStage gives the practices of a stage that are for this person, in the order in which they
// are suggested.
func (r *run) ofStage(stage int) []*Heading {
	var out []*Heading
	if stage < 1 || stage > len(stageSteps) {
		return nil
	}
	for _, step := range stageSteps[stage-1] {
		out = append(out, r.ofStep(step)...)
	}
	return out
}

// ofStep gives the practices of a step that are for this person.
func (r *run) ofStep(step int) []*Heading {
	return slices.DeleteFunc(slices.Clone(r.book.programme), func(f *Heading) bool { return f.practice.Step != step || !r.mayOpen(f) })
}

// practised gives the entries on what was done in practices, newest first.
func (r *run) practised() []Entry {
	return r.turn.Facts.Entries(practiceKind, 0, r.turn.Facts.CountEntries(practiceKind))
}

// done gives the practices that have been done.
func (r *run) done() map[*Heading]bool {
	done := map[*Heading]bool{}
	for _, e := range r.practised() {
		done[r.book.practiceOf(e.Flow)] = true
	}
	return done
}

// half says whether a practice is half done.
func (r *run) half(f *Heading) bool {
	return slices.ContainsFunc(r.s.Parked, func(c *Conversation) bool { return c.bottom().Flow == f.ID })
}

// practiceLabel names a practice on a button, with how far it is.
func (r *run) practiceLabel(f *Heading, done bool) string {
	state := "open"
	switch {
	case r.half(f):
		state = "half"
	case done:
		state = "done"
	}
	return r.phrase("practice-"+state, scene{"title": r.titleIn(f)})
}

func (r *run) titleIn(f *Heading) string { return f.title.say(r, nil) }

// programmed gives what the programme offers at a place: of a stage its steps, of a step its
// practices.
func (r *run) programmed(at string) []option {
	var out []option
	if step, ok := strings.CutPrefix(at, stepPrefix); ok {
		number, _ := strconv.Atoi(step)
		done := r.done()
		for _, f := range r.ofStep(number) {
			out = append(out, option{f.ID, r.practiceLabel(f, done[f])})
		}
		return out
	}
	stage, _ := strconv.Atoi(at)
	if stage < 1 || stage > len(stageSteps) {
		return nil
	}
	for _, step := range stageSteps[stage-1] {
		if len(r.ofStep(step)) > 0 {
			key := fmt.Sprint(stepPrefix, step)
			out = append(out, option{key, r.phrase(key, nil)})
		}
	}
	return out
}

// stage gives the stage that the person has chosen.
func (r *run) stage() int {
	stage, err := strconv.Atoi(r.turn.Person.About["stage"])
	if err != nil || stage < 1 || stage > len(stageSteps) {
		return 1
	}
	return stage
}

// suggested gives the ids of what is suggested, the first first.
func (r *run) suggested() []string {
	if r.easesOff() {
		return r.easy()
	}
	return r.undone()
}

// undone gives what is not done yet of the stage the person is in, and of those no heavy one
// right after a heavy one, and none that rests.
func (r *run) undone() []string {
	var heavyLast bool
	if all := r.practised(); len(all) > 0 {
		if f := r.book.practiceOf(all[0].Flow); f != nil {
			heavyLast = f.practice.Weight == "heavy"
		}
	}
	var ids []string
	done := r.done()
	for _, f := range r.ofStage(r.stage()) {
		if done[f] || heavyLast && f.practice.Weight == "heavy" || f.practice.Unsuggested || r.rests(f) {
			continue
		}
		ids = append(ids, f.ID)
	}
	return ids
}

// rests says whether a practice is not proposed for now: it was more than once, or it was
// begun lately and not finished.
func (r *run) rests(f *Heading) bool {
	day, begun := r.begun()[f.ID]
	return r.timesProposed(f.ID) >= proposals || begun && r.today()-day < proposedDays
}

// stirredDays is for how many days after a stirred-up check-in only light things are proposed.
const stirredDays = 3

// easesOff says whether it is a time for light things: somebody's words sounded like danger
// not long ago, or a check-in was a stirred-up one.
func (r *run) easesOff() bool {
	until, err := schedule.ParseDate(r.turn.Person.About[easingFact])
	return err == nil && r.today() <= until || r.wasStirred()
}

func (r *run) wasStirred() bool {
	seen := r.numbers("check-in", "stirred", 0, stirredDays)
	return len(seen) > 0 && slices.Max(seen) >= stirredFrom
}

// easy gives what is proposed at such a time: of whichever stage what was made for it, first
// what isn't done yet, then what can be done again, and then what is light in the stage.
func (r *run) easy() []string {
	done := r.done()
	var ids, again []string
	for _, f := range r.book.programme {
		switch {
		case !f.practice.Easing || !r.mayOpen(f) || r.rests(f):
		case done[f]:
			again = append(again, f.ID)
		default:
			ids = append(ids, f.ID)
		}
	}
	ids = append(ids, again...)
	for _, id := range r.light(r.undone()) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// light leaves out what is not light.
func (r *run) light(ids []string) []string {
	return slices.DeleteFunc(ids, func(id string) bool { return r.book.heading(id).practice.Weight != "light" })
}

// begunKept is how many that were begun are noted at most.
const begunKept = 24

// begun gives the practices that were begun and not finished, each with the last day.
func (r *run) begun() map[string]schedule.Date {
	begun := map[string]schedule.Date{}
	for noted := range strings.SplitSeq(r.turn.Person.About[begunFact], ", ") {
		day, id, _ := strings.Cut(noted, " ")
		if at, err := schedule.ParseDate(day); err == nil {
			begun[id] = at
		}
	}
	return begun
}

// begunQuestions is from how many answers on a practice was begun, and not only looked at.
const begunQuestions = 2

// noteBegun notes a practice that is over without being done, so that it is not proposed
// again as if it were new.
func (r *run) noteBegun(c *Conversation) {
	f := r.book.heading(c.bottom().Flow)
	if f == nil || f.practice == nil || f.practice.Unsuggested || f.unexported() || len(c.Trail) < begunQuestions || r.done()[f] {
		return
	}
	var noted []string
	for before := range strings.SplitSeq(r.turn.Person.About[begunFact], ", ") {
		if _, id, _ := strings.Cut(before, " "); id != "" && id != f.ID {
			noted = append(noted, before)
		}
	}
	noted = append(noted, r.today().String()+" "+f.ID)
	r.know(begunFact, textValue(strings.Join(noted[max(0, len(noted)-begunKept):], ", ")))
}

// What was proposed is noted, so that nobody is held up week after week by what they leave:
// after so many times within so many days, it rests, and what comes after it is proposed.
const (
	proposals    = 2
	proposedDays = 28
	// proposedKept is how many are noted at most.
	proposedKept = 24
)

// lookAhead stands for the question whether to look further ahead, among what was proposed.
const lookAhead = "ahead"

// proposed gives what is noted of what was proposed lately, once this is as well: the days and
// the ids, such as "2026-05-23 growth.walk".
func (r *run) proposed(what string) string {
	noted := append(r.proposedLately(), r.today().String()+" "+what)
	return strings.Join(noted[max(0, len(noted)-proposedKept):], ", ")
}

// timesProposed says how often something was proposed lately.
func (r *run) timesProposed(what string) int {
	n := 0
	for _, noted := range r.proposedLately() {
		if _, id, _ := strings.Cut(noted, " "); id == what {
			n++
		}
	}
	return n
}

func (r *run) proposedLately() []string {
	var lately []string
	for noted := range strings.SplitSeq(r.turn.Person.About[proposedFact], ", ") {
		day, _, _ := strings.Cut(noted, " ")
		if at, err := schedule.ParseDate(day); err == nil && r.today()-at < proposedDays {
			lately = append(lately, noted)
		}
	}
	return lately
}

// gentle gives the suggestions that are light.
func (r *run) gentle() []string { return r.light(r.suggested()) }

// helpedBefore gives the practices of the stage that were marked as helpful, the one longest
// ago first.
func (r *run) helpedBefore() []string {
	var ids []string
	for _, e := range slices.Backward(r.practised()) {
		f := r.book.practiceOf(e.Flow)
		if f != nil && f.practice.Stage == r.stage() && e.Values["helped"] == "helped" && !slices.Contains(ids, f.ID) && r.mayOpen(f) {
			ids = append(ids, f.ID)
		}
	}
	if r.easesOff() {
		return r.light(ids)
	}
	return ids
}

// restDays gives for how many days more a pause would do good before the next practice.
func (r *run) restDays() int {
	all := r.practised()
	if len(all) == 0 {
		return 0
	}
	pace := practicePace
	if f := r.book.practiceOf(all[0].Flow); f != nil && f.practice.Weight == "heavy" {
		pace = heavyPace
	}
	return max(0, pace-daysBetween(all[0].At.In(r.now().Location()), r.now()))
}

// doneInStage counts the practices of the stage that have been done.
func (r *run) doneInStage() int {
	n, done := 0, r.done()
	for _, f := range r.ofStage(r.stage()) {
		if done[f] {
			n++
		}
	}
	return n
}

// steady says whether the last four check-ins that told of it were no more stirred up than 5.
func (r *run) steady() bool {
	seen := r.numbers("check-in", "stirred", 0, never)
	return len(seen) >= 4 && slices.Max(seen[:4]) <= 5
}

// programmeMap is the programme as expressions see it.
func (r *run) programmeMap() map[string]any {
	return map[string]any{
		"suggested": orNone(r.suggested()), "gentle": orNone(r.gentle()), "helped": orNone(r.helpedBefore()),
		"rest": r.restDays(), "done": r.doneInStage(), "stage": r.stage(), "steady": r.steady(),
		"asked": r.timesProposed(lookAhead) > 0, "easing": r.easesOff(), "stirred": r.wasStirred(),
		"begun": slices.Sorted(maps.Keys(r.begun())),
	}
}

func orNone(ids []string) []string {
	if ids == nil {
		return []string{}
	}
	return ids
}

// shownPractice is a practice as a text sees it.
type shownPractice struct {
	Title, Command, Day, Text string
	Step                      string // what the step is called that it belongs to; not of one to which nobody is led
	Minutes                   int
}

// Practice gives the practice whose id a variable holds.
func (s scene) Practice(variable string) shownPractice {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return shownPractice{"A practice", "p1_1", "Thursday 1 January", "Something done", "A step", 5}
	}
	f := r.book.heading(r.frame().Vars.get(variable).text)
	if f == nil || f.practice == nil {
		return shownPractice{}
	}
	shown := shownPractice{Title: r.titleIn(f), Command: f.practice.command(), Minutes: f.Minutes}
	if !r.isQuiet(f.practice.Step) {
		shown.Step = r.phrase(fmt.Sprint(stepPrefix, f.practice.Step), nil)
	}
	return shown
}

// isQuiet says whether a step has something to which nobody is led: its name, which tells of
// that, is not brought up either.
func (r *run) isQuiet(step int) bool {
	return slices.ContainsFunc(r.book.programme, func(f *Heading) bool { return f.practice.Step == step && f.practice.Unsuggested })
}

// Practised gives a page of what was done, the newest first, but for what is told to nobody.
func (s scene) Practised(number any, size int) []shownPractice {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []shownPractice{{"A practice", "p1_1", "Thursday 1 January", "Something done", "A step", 5}}
	}
	var all []shownPractice
	for _, e := range r.practised() {
		f := r.book.practiceOf(e.Flow)
		if f == nil || f.practice.Unsuggested {
			continue
		}
		all = append(all, shownPractice{Title: r.titleIn(f), Command: f.practice.command(), Day: r.day(e.At.In(r.now().Location())), Text: e.Text})
	}
	from := min((wholeNumber(number)-1)*size, len(all))
	return all[from:min(from+size, len(all))]
}
