package flows

import (
	"time"

	"github.com/expr-lang/expr/ast"

	"kintsugi/flows/schedule"
)

// daysTo counts the whole days from today to a date, below zero if it has passed;
// never if there is no date.
func (r *run) daysTo(date time.Time) int {
	if date.IsZero() {
		return never
	}
	return daysBetween(r.now(), date)
}

// comes gives the day that the next nudge of an id about an item is about, at midnight,
// or the zero time: what comes three days before a day is about that day.
func (r *run) comes(item, id string) time.Time {
	if item == "" || id == "" {
		return time.Time{}
	}
	return r.nextDay(item, id)
}

// nextDay gives the first day that a nudge about an item is about; of any id for "",
// and then from today on: what comes the day after a day doesn't make that day the next.
func (r *run) nextDay(item, id string) time.Time {
	var first time.Time
	for _, n := range r.turn.Facts.Nudges() {
		if n.About != item || id != "" && n.ID != id {
			continue
		}
		after := r.now().Add(-time.Minute)
		if isDated(n.Rule) {
			after = midnight(r.now()).Add(-1)
		}
		if o, ok := r.occasion(n.Rule, after); ok {
			on := r.dayOf(o.On)
			if id == "" && on.Before(midnight(r.now())) {
				continue
			}
			if first.IsZero() || on.Before(first) {
				first = on
			}
		}
	}
	return first
}

// isDated says whether a rule goes by a day rather than by weekdays: its line begins
// with a word. What came today still counts as what is next, for whoever opens it in
// the evening.
func isDated(rule string) bool { return rule != "" && rule[0] >= 'a' && rule[0] <= 'z' }

// occasion gives when a rule comes first after a time.
func (r *run) occasion(rule string, after time.Time) (schedule.Occasion, bool) {
	parsed, err := schedule.Parse(rule)
	if err != nil {
		return schedule.Occasion{}, false
	}
	return parsed.Occasion(after, r.now().Location())
}

func (r *run) dayOf(d schedule.Date) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, r.now().Location())
}

// dateNumbers lets an expression hold the month and the weekday of a date against
// numbers: to expr, time.Month and int are two things that are never equal.
type dateNumbers struct{}

func (dateNumbers) Visit(node *ast.Node) {
	if b, ok := (*node).(*ast.BinaryNode); ok {
		b.Left, b.Right = numbered(b.Left), numbered(b.Right)
	}
}

func numbered(node ast.Node) ast.Node {
	call, ok := node.(*ast.CallNode)
	if !ok || len(call.Arguments) > 0 {
		return node
	}
	member, ok := call.Callee.(*ast.MemberNode)
	if !ok {
		return node
	}
	if name, ok := member.Property.(*ast.StringNode); ok && (name.Value == "Month" || name.Value == "Weekday") {
		return &ast.BuiltinNode{Name: "int", Arguments: []ast.Node{node}}
	}
	return node
}
