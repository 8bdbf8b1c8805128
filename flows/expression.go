package flows

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/optimizer"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"
)

// expression is a condition or a value in a flow, compiled and type-checked when
// the flow is loaded. It sees the flow's variables and:
//
//	answered.x          whether x has an answer, and was not skipped
//	person.name .role .language .country .zone .met
//	person.recent .breach .situation .stage .quiet_from .quiet_to .pause .leaving .gathering
//	                    what else they told or set; "" if they have not
//	person.safe .closed the last safety check was clear and is not long ago; what
//	                    involves the partner is closed
//	person.reopening    it is, and a clear check since then has set the day on which it opens
//	person.checked      whole days since the last safety check; 9999 if there was none
//	couple.linked .partner
//	                    they are linked with somebody, who is called so
//	couple.invitation .other
//	                    how an invitation stands: none, out, came, waits or accepted; who is
//	                    on its other side
//	couple.news .offers .standing
//	                    how many things have come from the other side, how many of its
//	                    questions wait for an answer, and how many answers stand that were not
//	                    revealed yet
//	gathered(when)      how many thanks were given, to them or by them, "lately": since they
//	                    were gathered the time before this one, or for seven days; or
//	                    "before" that
//	relay.stage         what the relay under way waits for: none, offered, words, echo, ruling,
//	                    waits or break
//	relay.text .verdict .missed .round
//	                    what the other one said last; how they say that they were heard
//	unshareable(text)   why a text can't be given to the other side: a rule of the coach's, or
//	                    danger; "" if it can
//	practice            the id of the practice that they are in; "" if they are in none
//	programme.suggested .gentle .helped
//	                    the ids of the practices that come next, of those that are light, and
//	                    of those that helped before, the first first
//	programme.rest .done .stage .steady
//	                    for how many days a rest would do good before the next; how many of
//	                    the stage are done; which stage it is; whether the last four check-ins
//	                    were calm
//	today               the person's date, at midnight
//	kept(kind)          how many entries of a kind the journal holds; "" for all
//	days_since(kind)    whole days since the newest of them; 9999 if there is none
//	has_resources(kind) whether there are numbers to ring of a kind in their country
//	in_quiet(time)      whether a time of day is within their quiet hours
//	languages           how many languages there are to choose from
//	photos              how many entries of the journal have a photo
//	nudged(id)          whether something comes back by itself under that id, about no item
//	items(kind)         the ids of the open items of a kind, newest first; "" for all
//	has_item(it)        whether there is such an item and it is open
//	shared(it) both(it)  whether the other one has it too, given by either; whether each has it
//	                    as their own
//	to_read(it)         whether both have answered a question about it, and the person has
//	                    not looked at that yet
//	comes(it, id)       the day that the next nudge of that id about the item is about;
//	                    what came today counts; blank if there is none
//	due_items(kind)     the ids of those for which today is the day, or whose day was up to
//	                    two weeks ago and has nothing more to come
//	later_today(id)     whether something comes by itself later today under that id, about no
//	                    item
//	parked(days)        the title of what was set aside last; "" if that was more days ago,
//	                    or the way back to it is offered anyway
//	days_to(date)       whole days from today, below zero if it has passed; 9999 if blank
//	name_in(text)       the name that somebody gave themselves in a text; "" if it is more than
//	                    a name
//	numbers(kind, value, from, to)
//	                    that value of each entry from `from` to under `to` days old
//
// A date is a time.Time with all its methods. Its Month and Weekday can be held against
// numbers; a weekday is 0 on Sundays.
type expression struct {
	program *vm.Program
	uses    []string // the names of its environment that it needs
}

// never is what days_since gives where nothing was ever recorded.
const never = 9999

// sight is what the expressions of a flow can see. It is made once for all of them: that
// would be most of the work of compiling one.
type sight struct{ config conf.Config }

func newSight(vars map[string]varType) *sight {
	config := conf.New(environment(vars))
	delete(config.Builtins, "now")
	return &sight{*config}
}

// compile does what [expr.Compile] does, with what is made already.
func (s *sight) compile(source string, options ...expr.Option) (*vm.Program, error) {
	config := s.config
	for _, option := range options {
		option(&config)
	}
	config.Check()
	tree, err := checker.ParseCheck(source, &config)
	if err != nil {
		return nil, err
	}
	if err := optimizer.Optimize(&tree.Node, &config); err != nil {
		return nil, err
	}
	return compiler.Compile(tree, &config)
}

func compileExpression(source string, sees *sight, want varType) (*expression, error) {
	options := []expr.Option{expr.Patch(dateNumbers{})}
	switch want {
	case truthVar:
		options = append(options, expr.AsBool())
	case wholeVar:
		options = append(options, expr.AsInt())
	case numberVar:
		options = append(options, expr.AsFloat64())
	case listVar, choicesVar:
		options = append(options, expr.AsKind(reflect.Slice))
	case dateVar:
		options = append(options, expr.AsKind(reflect.Struct))
	default:
		options = append(options, expr.AsKind(reflect.String))
	}
	program, err := sees.compile(source, options...)
	if err != nil {
		var fault *file.Error
		if errors.As(err, &fault) {
			return nil, errors.New(fault.Message)
		}
		return nil, err
	}
	names := &nameCollector{}
	node := program.Node()
	ast.Walk(&node, names)
	if names.wrong != "" {
		return nil, errors.New(noSuchKind(names.wrong))
	}
	return &expression{program: program, uses: names.found}, nil
}

// environment is what an expression may name, with types.
func environment(vars map[string]varType) types.Map {
	env, answered := types.Map{}, types.Map{}
	for name, t := range vars {
		env[name] = t.exprType()
		answered[name] = types.Bool
	}
	env["answered"] = answered
	person := types.Map{
		"name": types.String, "role": types.String, "language": types.String, "country": types.String, "zone": types.String,
		"met": types.Bool, "safe": types.Bool, "closed": types.Bool, "checked": types.Int, "reopening": types.Bool,
	}
	for _, name := range aboutFields {
		person[name] = types.String
	}
	env["person"] = person
	env["couple"] = types.Map{
		"linked": types.Bool, "partner": types.String, "invitation": types.String, "other": types.String,
		"news": types.Int, "offers": types.Int, "standing": types.Int,
	}
	env["relay"] = types.Map{
		"stage": types.String, "text": types.String, "verdict": types.String, "missed": types.String, "round": types.Int, "read": types.Bool,
	}
	env["gathered"] = types.TypeOf(func(string) int { return 0 })
	env["unshareable"] = types.TypeOf(func(string) string { return "" })
	env["agreed_on"] = types.TypeOf(func(string) bool { return false })
	env["practice"] = types.String
	env["programme"] = types.Map{
		"suggested": types.TypeOf([]string{}), "gentle": types.TypeOf([]string{}), "helped": types.TypeOf([]string{}),
		"rest": types.Int, "done": types.Int, "stage": types.Int, "steady": types.Bool, "asked": types.Bool, "easing": types.Bool, "stirred": types.Bool,
		"begun": types.TypeOf([]string{}),
	}
	env["today"] = types.TypeOf(time.Time{})
	env["kept"] = types.TypeOf(func(string) int { return 0 })
	env["days_since"] = types.TypeOf(func(string) int { return 0 })
	env["has_resources"] = types.TypeOf(func(string) bool { return false })
	env["in_quiet"] = types.TypeOf(func(string) bool { return false })
	env["languages"] = types.Int
	env["abroad"] = types.String
	env["photos"] = types.Int
	env["nudged"] = types.TypeOf(func(string) bool { return false })
	env["items"] = types.TypeOf(func(string) []string { return nil })
	env["has_item"] = types.TypeOf(func(string) bool { return false })
	env["shared"] = types.TypeOf(func(string) bool { return false })
	env["both"] = types.TypeOf(func(string) bool { return false })
	env["to_read"] = types.TypeOf(func(string) bool { return false })
	env["comes"] = types.TypeOf(func(string, string) time.Time { return time.Time{} })
	env["due_items"] = types.TypeOf(func(string) []string { return nil })
	env["later_today"] = types.TypeOf(func(string) bool { return false })
	env["parked"] = types.TypeOf(func(int) string { return "" })
	env["proposed"] = types.TypeOf(func(string) string { return "" })
	env["days_to"] = types.TypeOf(func(time.Time) int { return 0 })
	env["name_in"] = types.TypeOf(func(string) string { return "" })
	env["numbers"] = types.TypeOf(func(string, string, int, int) []float64 { return nil })
	return env
}

// reservedNames can't be names of variables: expressions and texts mean something
// else by them.
var reservedNames = []string{
	"answered", "person", "practice", "programme", "today", "kept", "days_since", "nudged", "numbers", "has_resources", "said", "min", "max",
	"in_quiet", "languages", "abroad", "photos", "items", "has_item", "comes", "days_to",
	"due_items", "parked", "proposed", "later_today", "name_in", "couple", "relay", "unshareable", "agreed_on", "shared", "both", "gathered", "to_read",
}

// nameCollector finds the names that an expression uses, and a kind of number that it
// asks for in vain.
type nameCollector struct {
	found []string
	wrong string
}

func (c *nameCollector) Visit(node *ast.Node) {
	if kind, ok := kindAskedFor(*node); ok && !slices.Contains(helplineKinds, kind) {
		c.wrong = kind
	}
	if id, ok := (*node).(*ast.IdentifierNode); ok && !slices.Contains(c.found, id.Value) {
		c.found = append(c.found, id.Value)
	}
}

// kindAskedFor gives the kind in a call such as has_resources("men").
func kindAskedFor(node ast.Node) (string, bool) {
	call, ok := node.(*ast.CallNode)
	if !ok || len(call.Arguments) != 1 {
		return "", false
	}
	name, named := call.Callee.(*ast.IdentifierNode)
	kind, plain := call.Arguments[0].(*ast.StringNode)
	if !named || !plain || name.Value != "has_resources" {
		return "", false
	}
	return kind.Value, true
}

// run evaluates the expression for the frame in front. What can still fail here
// (an index out of range) is a mistake in the flow: it panics, without content.
func (e *expression) run(r *run) any {
	env := make(map[string]any, len(e.uses))
	for _, name := range e.uses {
		env[name] = r.named(name)
	}
	v, err := vm.Run(e.program, env)
	if err != nil {
		panic(fmt.Errorf("flow %s, step %s: an expression failed", r.frame().Flow, r.frame().Step))
	}
	return v
}

func (e *expression) true(r *run) bool {
	v, _ := e.run(r).(bool)
	return v
}

// named gives the value behind a name in an expression.
func (r *run) named(name string) any {
	switch name {
	case "answered":
		return r.answered()
	case "person":
		return r.personMap()
	case "couple":
		return r.coupleMap()
	case "relay":
		return r.relayMap()
	case "gathered":
		return r.countGathered
	case "unshareable":
		return unshareable
	case "agreed_on":
		return r.agreedOn
	case "programme":
		return r.programmeMap()
	case "practice":
		return r.practiceID()
	case "today":
		return midnight(r.now())
	case "kept":
		return r.turn.Facts.CountEntries
	case "days_since":
		return r.daysSince
	case "in_quiet":
		return r.inQuiet
	case "abroad":
		return r.abroad()
	case "languages":
		return len(r.book.allLanguages())
	case "photos":
		return len(r.photoEntries())
	case "nudged":
		return func(id string) bool { return r.hasNudge(id, "") }
	case "items":
		return r.openItems
	case "has_item":
		return r.hasItem
	case "shared":
		return r.shared
	case "to_read":
		return r.toRead
	case "both":
		return r.both
	case "comes":
		return r.comes
	case "due_items":
		return r.dueItems
	case "later_today":
		return r.laterToday
	case "parked":
		return r.parked
	case "proposed":
		return r.proposed
	case "days_to":
		return r.daysTo
	case "name_in":
		return r.nameIn
	case "numbers":
		return r.numbers
	case "has_resources":
		return r.hasResources
	}
	t := r.flow().vars[name]
	return t.value(r.frame().Vars.get(name), r.now().Location())
}

func (r *run) answered() map[string]any {
	vars := r.flow().vars
	out := make(map[string]any, len(vars))
	for name, t := range vars {
		out[name] = t.fits(r.frame().Vars.get(name))
	}
	return out
}

func (r *run) daysSince(kind string) int {
	newest := r.turn.Facts.Entries(kind, 0, 1)
	if len(newest) == 0 {
		return never
	}
	return daysBetween(newest[0].At.In(r.now().Location()), r.now())
}

// trendLimit bounds how many entries numbers looks at.
const trendLimit = 200

func (r *run) numbers(kind, value string, from, to int) []float64 {
	var out []float64
	for _, e := range r.turn.Facts.Entries(kind, 0, trendLimit) {
		age := daysBetween(e.At.In(r.now().Location()), r.now())
		if age >= to {
			break
		}
		if v, ok := e.Values[value].(float64); ok && age >= from {
			out = append(out, v)
		}
	}
	return out
}

// daysBetween counts the midnights from one moment to another.
func daysBetween(from, to time.Time) int {
	a := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, time.UTC)
	b := time.Date(to.Year(), to.Month(), to.Day(), 0, 0, 0, 0, time.UTC)
	return int(b.Sub(a) / (24 * time.Hour))
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
