package flows

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"time"
	"unicode"
)

// text is a line that people read: a template over the flow's variables. What a
// person wrote comes in as data and is never read as a template.
//
// Beside the variables a text may use:
//
//	.person.name .person.role .person.country (its name) .person.language (its name)
//	.person.quiet_from .person.quiet_to
//	.person.pause       the day on which a pause ends; empty where it has none
//	.person.leaving     the day on which everything about them is deleted
//	.person.closed      what involves the partner is closed
//	.couple.partner .couple.other .couple.since
//	.couple.until       the day and time at which an invitation lapses
//	.relay.text .relay.missed
//	.relay.back         the day and time at which a time-out is over
//	.said               what was just said (in a retry)
//	.min .max           of the number or scale that is asked for
//	.Entries kind page size
//	                    a page of the journal, newest first, pages from 1; each has
//	                    .Day, .Kind and .Text, and .Photo if there is one with it
//	.Photos             how many entries of the journal have a photo
//	.Weeks days         what a picture of so many days shows, by number; each has .Name, .Low,
//	                    .High and .Last
//	.Month kind back    what a calendar shows: .Name, and .Days as a list, or ""
//	.Abroad             the country that their clock is in, if it isn't that of their numbers
//	.Nudges             what comes back by itself, about no item; each has .Title and .When
//	.Items kind         the open items of a kind, newest first; each has .Text and .On,
//	                    the next day, from today on, that something comes back about it,
//	                    or nothing
//	.History variable   what was done to the agreement whose item the variable holds, and by
//	                    whom, a line for each
//	.Gathered when page size
//	                    a page of the thanks that were given, to the person or by them, lately or
//	                    before, as gathered has it: pages of the newest first, in each the oldest
//	                    first; each has .Day, .Text, .Mine and .Who, the name of the other one
//	.Due                the open items for which today is the day, as due_items has them;
//	                    each has .Text and .Kind
//	.Later              what comes back by itself later today, about no item; each has .Title
//	                    and .When, the time
//	.Commands group     what can be started, of the flows with that `group`, or with none for
//	                    ""; each has .Name and .Does
//	.p3_1               the practice with that command: “A first appointment” (/p3_1)
//	lower x             x in small letters
//
// Words between ** and ** stand out in a message, as a number to ring does. Anywhere
// else, on a button or in the journal, they are words like the others.
type text struct {
	source string             // as it was written
	marked string             // with [strongBegin] and [strongEnd]
	tmpl   *template.Template // nil where the text is the same each time
	uses   []string
}

// textFuncs are what a text can do beside the template language's own.
var textFuncs = template.FuncMap{
	"lower":   func(v any) string { return inSmallLetters(fmt.Sprint(v)) },
	placeFunc: placed,
}

// inSmallLetters gives a label in small letters, but for an "I" that stands for somebody.
func inSmallLetters(s string) string {
	label := []rune(s)
	within := make([]rune, len(label))
	for i, c := range label {
		within[i] = unicode.ToLower(c)
		if c == 'I' && !letterAt(label, i-1) && !letterAt(label, i+1) {
			within[i] = c
		}
	}
	return string(within)
}

func letterAt(s []rune, i int) bool { return i >= 0 && i < len(s) && unicode.IsLetter(s[i]) }

var errNotOneOf = errors.New("is not a variable of this flow")

// parseText reads a text that may name the fields of the sample, which it is tried
// out on.
func parseText(source string, sample scene) (*text, error) {
	t := &text{source: source}
	if !strings.Contains(source, "{{") {
		var err error
		t.marked, err = markText(source)
		return t, err
	}
	tmpl, err := template.New("text").Option("missingkey=error").Funcs(textFuncs).Parse(source)
	if err != nil {
		return nil, templateError(err)
	}
	if err := markTemplate(tmpl.Root); err != nil {
		return nil, err
	}
	placeIn(tmpl.Root)
	t.tmpl = tmpl
	collectFields(tmpl.Root, true, &t.uses)
	fields := slices.Sorted(maps.Keys(sample))
	for _, name := range t.uses {
		if placeForm.MatchString(name) {
			sample[name] = "“A practice” (/" + name + ")"
		}
		if sample[name] != nil || slices.Contains(sceneMethods, name) {
			continue
		}
		if near := Nearest(name, fields); near != "" {
			return nil, fmt.Errorf("%q %w; did you mean %q?", name, errNotOneOf, near)
		}
		return nil, fmt.Errorf("%q %w", name, errNotOneOf)
	}
	if err := tmpl.Execute(io.Discard, sample); err != nil {
		return nil, templateError(err)
	}
	return t, nil
}

// templateError leaves out the name that every template here has.
func templateError(err error) error {
	why := err.Error()
	if at := strings.LastIndex(why, ">: "); at >= 0 {
		return errors.New(why[at+3:])
	}
	return errors.New(strings.TrimPrefix(why, "template: "))
}

// sceneMethods are the methods of a scene that a text can use.
var sceneMethods = []string{"Entries", "Commands", "Nudges", "Items", "Due", "Later", "Photos", "History", "Gathered", "Practice", "Practised", "Weeks", "Month", "Journey", "Board", "Ours", "Abroad"}

// collectFields finds the names used where the dot is the scene itself, or behind
// a $ anywhere.
func collectFields(node parse.Node, top bool, found *[]string) {
	add := func(name string) {
		if !slices.Contains(*found, name) {
			*found = append(*found, name)
		}
	}
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, item := range n.Nodes {
			collectFields(item, top, found)
		}
	case *parse.ActionNode:
		collectFields(n.Pipe, top, found)
	case *parse.PipeNode:
		if n == nil {
			return
		}
		for _, c := range n.Cmds {
			for _, arg := range c.Args {
				collectFields(arg, top, found)
			}
		}
	case *parse.FieldNode:
		if top {
			add(n.Ident[0])
		}
	case *parse.VariableNode:
		if n.Ident[0] == "$" && len(n.Ident) > 1 {
			add(n.Ident[1])
		}
	case *parse.ChainNode:
		collectFields(n.Node, top, found)
	case *parse.IfNode:
		collectBranch(n.Pipe, n.List, n.ElseList, top, top, found)
	case *parse.RangeNode:
		collectBranch(n.Pipe, n.List, n.ElseList, top, false, found)
	case *parse.WithNode:
		collectBranch(n.Pipe, n.List, n.ElseList, top, false, found)
	}
}

func collectBranch(pipe *parse.PipeNode, list, otherwise *parse.ListNode, top, inside bool, found *[]string) {
	collectFields(pipe, top, found)
	collectFields(list, inside, found)
	collectFields(otherwise, top, found)
}

// scene is what a text sees.
type scene map[string]any

// page is a journal entry as a text sees it.
type page struct {
	Day, Kind string
	Text      words
	Photo     bool
}

// sceneRun is the key under which a scene finds its run; no variable has this name.
const sceneRun = " run"

// Entries gives a page of the person's journal.
func (s scene) Entries(kind string, number any, size int) []page {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []page{{"Thursday 1 January", "note", "a text", true}}
	}
	var out []page
	for _, e := range r.turn.Facts.Entries(kind, (wholeNumber(number)-1)*size, size) {
		out = append(out, page{r.day(e.At.In(r.now().Location())), r.phrase("kind-"+e.Kind, nil), words(e.Text), photoOf(e) != ""})
	}
	return out
}

// Commands gives the commands that start a flow of a group, each with what it does.
func (s scene) Commands(group string) []command {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []command{{"start", "says hello"}}
	}
	return r.commands(group)
}

func wholeNumber(v any) int {
	switch v := v.(type) {
	case int:
		return v
	case float64:
		return int(v)
	}
	return 0
}

// sampleOf gives a scene with a value of the right type for each variable and for
// each further field.
func sampleOf(vars map[string]varType, more ...string) scene {
	s := scene{"person": map[string]any{"name": "Ann", "role": "unsaid", "language": "en", "country": "Malta", "zone": "Europe/Malta", "met": true,
		"closed": false, Pause: "Friday 2 January", Leaving: "Friday 2 January", QuietFrom: "22:00", QuietTo: "07:00"}}
	s["couple"] = map[string]any{
		"linked": true, "partner": "Ben", "invitation": "out", "other": "Ben", "news": 1, "offers": 1, "standing": 1, "since": "Friday 2 January", "until": "Friday 2 January, 21:30",
	}
	s["relay"] = map[string]any{"stage": "echo", "text": words("sample"), "read": true, "verdict": "nearly", "missed": words("sample"), "round": 1, "back": "Friday 2 January, 21:30"}
	for name, t := range vars {
		switch t {
		case numberVar, wholeVar, truthVar:
			s[name] = t.value(Value{}, time.UTC)
		case listVar:
			s[name] = listed{"sample"}
		case choicesVar:
			s[name] = picks{"sample"}
		case textVar, itemVar:
			s[name] = words("sample")
		default:
			s[name] = "sample"
		}
	}
	for _, name := range more {
		s[name] = "sample"
		if slices.Contains(numericFields, name) {
			s[name] = 1
		}
	}
	return s
}

// numericFields are the fields of phrases that hold whole numbers.
var numericFields = []string{"count", "most", "day", "year"}

// render gives the text as the person reads it. extra holds the fields that are
// no variables.
func (t *text) render(r *run, extra scene) string {
	if t.tmpl == nil {
		return t.marked
	}
	s := make(scene, len(t.uses)+1)
	s[sceneRun] = r
	for _, name := range t.uses {
		if v, ok := extra[name]; ok {
			s[name] = v
			continue
		}
		s[name] = r.shown(name)
	}
	var b strings.Builder
	if err := t.tmpl.Execute(&b, s); err != nil {
		panic(fmt.Errorf("flow text: a template failed"))
	}
	return strings.TrimRight(r.woven(b.String()), "\n")
}

// shown gives a variable in the form that people read.
func (r *run) shown(name string) any {
	if placeForm.MatchString(name) {
		return r.practiceNamed(name)
	}
	if name == "person" {
		return r.shownPerson()
	}
	if name == "couple" {
		return r.shownCouple()
	}
	if name == "relay" {
		return r.shownRelay()
	}
	if r.s.Front == nil {
		return ""
	}
	t, raw := r.flow().vars[name], r.frame().Vars.get(name)
	v := t.value(raw, r.now().Location())
	switch t {
	case textVar:
		return words(v.(string))
	case choiceVar:
		return r.labelOf(name, v.(string))
	case choicesVar:
		return r.labels(name, v.([]string))
	case listVar:
		return listOf(v.([]string))
	case dateVar:
		return r.date(raw.text)
	case countryVar:
		return r.countryName(raw.text)
	case itemVar:
		return words(r.itemText(name, raw.text))
	case languageVar:
		return r.book.languageName(raw.text)
	case wholeVar, numberVar:
		if raw.none() {
			return ""
		}
	}
	return v
}

// shownPerson gives what is known of the person as people read it.
func (r *run) shownPerson() map[string]any {
	p := r.personMap()
	p["country"] = r.countryName(r.country())
	p[Pause], p[Leaving] = r.date(r.turn.Person.About[Pause]), r.date(r.turn.Person.About[Leaving])
	p["language"] = r.book.languageName(r.language())
	return p
}
