package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
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

// suggested gives the ids of what is suggested, the first first: what is not done yet of the
// stage the person is in, and of those no heavy one right after a heavy one. What was not for
// them is not suggested again.
func (r *run) suggested() []string {
	var heavyLast bool
	if all := r.practised(); len(all) > 0 {
		if f := r.book.practiceOf(all[0].Flow); f != nil {
			heavyLast = f.practice.Weight == "heavy"
		}
	}
	var ids []string
	done := r.done()
	for _, f := range r.ofStage(r.stage()) {
		if done[f] || heavyLast && f.practice.Weight == "heavy" || f.practice.Unsuggested {
			continue
		}
		ids = append(ids, f.ID)
	}
	return ids
}

// gentle gives the suggestions that are light.
func (r *run) gentle() []string {
	return slices.DeleteFunc(r.suggested(), func(id string) bool { return r.book.heading(id).practice.Weight != "light" })
}

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
	Minutes                   int
}

// Practice gives the practice whose id a variable holds.
func (s scene) Practice(variable string) shownPractice {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return shownPractice{"A practice", "p1_1", "Thursday 1 January", "Something done", 5}
	}
	f := r.book.heading(r.frame().Vars.get(variable).text)
	if f == nil || f.practice == nil {
		return shownPractice{}
	}
	return shownPractice{Title: r.titleIn(f), Command: f.practice.command(), Minutes: f.Minutes}
}

// Practised gives a page of what was done, the newest first, but for what is told to nobody.
func (s scene) Practised(number any, size int) []shownPractice {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []shownPractice{{"A practice", "p1_1", "Thursday 1 January", "Something done", 5}}
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
