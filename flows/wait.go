package flows

import (
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// wait says something and lets the person be, until they speak or its time is up.
// Then it goes on, after a lapse elsewhere if `lapse` says where.
type wait struct {
	text  *wording
	done  *wording
	pause time.Duration
	lapse *node
}

func (l *flowLoader) wait(n *node, m *mapping) block {
	b := &wait{text: l.wording(m, "wait", n.id+".wait"), done: l.wording(m, "done", n.id+".done"), lapse: n.after}
	b.pause = l.pause(m, n)
	l.way(n, m, "lapse", func(to *node) { b.lapse = to })
	return b
}

func (l *flowLoader) pause(m *mapping, n *node) time.Duration {
	y := m.node("for")
	if y == nil || y.Kind != yaml.ScalarNode {
		l.fault(m.line, "step %q needs `for`: how long, such as 30s, 20m, 3h or 14d", n.id)
		return 0
	}
	d, err := readPause(y.Value)
	if err != nil || d < time.Second {
		l.fault(y.Line, "%q is no length of time: write 30s, 20m, 3h or 14d", y.Value)
	}
	return d
}

// readPause reads a duration, days among them.
func readPause(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(s)
}

func (b *wait) take(r *run, _ *node) (*node, bool) {
	r.do(Await{ID: awaitID(r.s.Front), At: r.now().Add(b.pause)})
	return nil, true
}

func (b *wait) leads(n *node) []lead {
	return []lead{{"spoke", n.after}, {"lapsed", b.lapse}}
}

// awaitID names the one wait that a conversation can have.
func awaitID(c *Conversation) string { return "wait-" + strconv.FormatUint(c.ID, 36) }

// doneID is the option that ends a wait.
const doneID = "done"

func (b *wait) prompt(r *run, _ *node) prompt {
	return prompt{text: b.text.say(r, nil), options: []option{{doneID, b.done.say(r, nil)}}}
}

// hear goes on, whatever the person says: they are back.
func (b *wait) hear(r *run, n *node, _ heard) {
	r.do(Unawait{awaitID(r.s.Front)})
	r.mark(n)
	r.pass(n)
	r.advance(n.after)
}

func (b *wait) lapsed(r *run, n *node) {
	r.leaveLoops(n, b.lapse)
	r.pass(n)
	r.advance(b.lapse)
}

func (b *wait) form() string { return "wait" }
