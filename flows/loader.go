package flows

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

var idForm = regexp.MustCompile(`^[a-z][a-z0-9-]*(\.[a-z0-9-]+)?$`)

// IsID says whether a flow may have an id.
func IsID(id string) bool { return idForm.MatchString(id) }

// audiences are what a flow's `for` may say.
var audiences = []string{"both", "betrayed", "betrayer"}

// groups are what its `group` may say.
var groups = []string{"help", "settings"}

// flowLoader reads one flow. Variables are known only once every step has been
// read, so whatever names them is put off until then.
type flowLoader struct {
	source
	flow  *Flow
	later []func()
	sight *sight
}

// loadFlow reads a flow whose heading has been read.
func loadFlow(s source, m *mapping, h *Heading) *Flow {
	f := &Flow{
		Heading: h, byID: map[string]*node{}, vars: map[string]varType{},
		moved: map[string]string{}, wordings: map[string]*wording{"title": h.title},
		labels: map[string]map[string]*wording{},
	}
	if h.does != nil {
		f.wordings["does"] = h.does
	}
	l := &flowLoader{source: s, flow: f}
	l.initials(m)
	if f.about != "" {
		l.itemAt(m, "about", f.about)
	}
	if f.practice != nil {
		l.checkDone(m.lineOf("practice"))
	}
	if f.crisis != "" {
		l.declare(m.lineOf("crisis"), f.crisis, choiceVar)
	}
	if f.anotherDay != "" {
		l.declare(m.lineOf("another_day"), f.anotherDay, truthVar)
	}
	l.silence(m)
	for _, p := range m.pairs("moved") {
		f.moved[p.key] = p.value
		l.put(func() { l.target(p.line, p.value) })
	}
	steps := m.list("steps")
	if len(steps) == 0 {
		s.fault(m.lineOf("steps"), "a flow needs steps")
	}
	f.first = l.steps(steps, nil, nil)
	m.finish()
	for i := 0; i < len(l.later); i++ {
		l.later[i]()
	}
	if f.Aside {
		l.checkAside()
	}
	if f.Traceless {
		l.checkTraceless()
	}
	if f.Urgent && (f.first == nil || !speaks(f.first.block)) {
		s.fault(m.lineOf("urgent"), "an urgent flow begins with say or resources: that is what comes at once")
	}
	return f
}

func (l *flowLoader) put(f func()) { l.later = append(l.later, f) }

// sees gives what expressions can see, once all variables are known.
func (l *flowLoader) sees() *sight {
	if l.sight == nil {
		l.sight = newSight(l.flow.vars)
	}
	return l.sight
}

// initials reads the variables that begin with a value.
func (l *flowLoader) initials(m *mapping) {
	n := m.node("vars")
	if n == nil {
		return
	}
	vars := l.mapping(n)
	if vars == nil {
		return
	}
	for _, name := range vars.keys {
		value := vars.values[name]
		if l.blank(name, value) {
			continue
		}
		var v any
		if value.Decode(&v) != nil {
			l.fault(value.Line, "%q wants a number, a text, true, false or a list", name)
			continue
		}
		switch v := v.(type) {
		case int:
			l.declare(value.Line, name, wholeVar)
			l.flow.initial = l.flow.initial.set(name, numberValue(float64(v)))
		case float64:
			l.declare(value.Line, name, numberVar)
			l.flow.initial = l.flow.initial.set(name, numberValue(v))
		case bool:
			l.declare(value.Line, name, truthVar)
			l.flow.initial = l.flow.initial.set(name, truthValue(v))
		case []any:
			l.declare(value.Line, name, listVar)
			l.flow.initial = l.flow.initial.set(name, listValue(toStrings(v)))
		case string:
			l.declare(value.Line, name, textVar)
			l.flow.initial = l.flow.initial.set(name, textValue(v))
		default:
			l.fault(value.Line, "%q wants a number, a text, true, false or a list", name)
		}
	}
}

// blankTypes are the types that a variable can be given which begins blank.
var blankTypes = []string{
	string(textVar), string(numberVar), string(dateVar), string(clockVar), string(itemVar), string(listVar), string(choiceVar),
}

// blank reads `{type: date}`: a variable that begins blank. It says whether it was one.
func (l *flowLoader) blank(name string, value *yaml.Node) bool {
	if value.Kind != yaml.MappingNode {
		return false
	}
	m := l.mapping(value)
	if !m.has("type") {
		return false
	}
	l.declare(value.Line, name, varType(oneOf(m, "type", string(textVar), blankTypes)))
	l.flow.recalled = append(l.flow.recalled, name)
	m.finish()
	return true
}

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// declare makes a variable known. Two steps may save the same one if they agree.
func (l *flowLoader) declare(line int, name string, t varType) {
	if !nameForm.MatchString(name) {
		l.fault(line, "%q can't be a variable: small letters, digits and _ only", name)
		return
	}
	for _, reserved := range reservedNames {
		if name == reserved {
			l.fault(line, "%q can't be a variable: it means something else in expressions", name)
			return
		}
	}
	if had, ok := l.flow.vars[name]; ok && had != t {
		l.fault(line, "%q is saved as %s here and as %s elsewhere", name, t, had)
		return
	}
	l.flow.vars[name] = t
}

// steps reads a list of steps that goes on at cont when it is through.
func (l *flowLoader) steps(list []*yaml.Node, cont *node, each []*node) *node {
	nodes := make([]*node, len(list))
	for i := range list {
		nodes[i] = &node{each: each, line: list[i].Line}
	}
	for i, n := range nodes {
		n.after = cont
		if i+1 < len(nodes) {
			n.after = nodes[i+1]
		}
		l.step(n, list[i])
	}
	if len(nodes) == 0 {
		return cont
	}
	return nodes[0]
}

func (l *flowLoader) step(n *node, y *yaml.Node) {
	m := l.mapping(y)
	if m == nil {
		n.block = &goTo{to: n.after}
		return
	}
	n.id = m.text("id")
	l.flow.nodes = append(l.flow.nodes, n)
	switch {
	case !idForm.MatchString(n.id) || strings.Contains(n.id, "."):
		l.fault(m.line, "a step needs an id of small letters, digits and -")
	case l.flow.byID[n.id] != nil:
		l.fault(m.lineOf("id"), "step id %q stands twice, first in line %d", n.id, l.flow.byID[n.id].line)
	default:
		l.flow.byID[n.id] = n
	}
	if m.has("when") {
		l.expression(m, "when", truthVar, func(e *expression) { n.when = e })
	}
	n.block = l.block(n, m)
	m.finish()
}

// block reads what a step does. This is the one list of what a flow can say.
func (l *flowLoader) block(n *node, m *mapping) block {
	readers := []struct {
		key  string
		read func(*node, *mapping) block
	}{
		{"draw", l.drawing}, {"say", l.say}, {"ask", l.ask}, {"branch", l.branch}, {"each", l.each}, {"set", l.set},
		{"call", l.call}, {"record", l.record}, {"did", l.did}, {"helped", l.helped}, {"promise", l.keep}, {"goal", l.keep}, {"milestone", l.keep},
		{"close", l.closing}, {"recall", l.recall}, {"wait", l.wait}, {"resources", l.resources}, {"nudge", l.nudge},
		{"pause", l.pauseBlock}, {"safety", l.safety}, {"hide", l.hide}, {"delete", l.deletion}, {"document", l.document},
		{"photo", l.album}, {"picture", l.picture}, {"code", l.code}, {"compose", l.compose}, {"couple", l.couple}, {"handing", l.handing}, {"piece", l.piece}, {"share", l.share}, {"news", l.news}, {"reveal", l.reveal}, {"relay", l.relay}, {"turn", l.relayTurn},
		{"agreement", l.agreement}, {"move", l.agreementMove}, {"open", l.open}, {"goto", l.goTo}, {"end", l.end},
	}
	if m.has("coach") { // it has an ask of its own
		return l.coaching(n, m)
	}
	var found block
	for _, r := range readers {
		if !m.has(r.key) {
			continue
		}
		if found != nil {
			l.fault(m.lineOf(r.key), "a step does one thing: %q is one too many", r.key)
			continue
		}
		found = r.read(n, m)
	}
	if found == nil {
		l.fault(m.line, "step %q does nothing: it needs say, ask, coach, branch, each, set, call, record, promise, goal, milestone, close, recall, wait, resources, nudge, pause, safety, hide, draw, document, photo, picture, delete, code, couple, handing, piece, share, news, reveal, relay, turn, agreement, move, open, goto or end", n.id)
		return &goTo{to: n.after}
	}
	return found
}

// expression compiles the one at key once the variables are known.
func (l *flowLoader) expression(m *mapping, key string, want varType, use func(*expression)) {
	source, line := m.text(key), m.lineOf(key)
	l.put(func() {
		e, err := compileExpression(source, l.sees(), want)
		if err != nil {
			l.fault(line, "%s: %s", key, err)
			return
		}
		l.noteCouple(e)
		use(e)
	})
}

// noteCouple notes that the flow looks at whether there are two.
func (l *flowLoader) noteCouple(e *expression) {
	l.flow.forTwo = l.flow.forTwo || slices.Contains(e.uses, "couple")
}

// wording reads the text or texts at key. Fields are what they may name beside
// the variables.
func (l *flowLoader) wording(m *mapping, key, name string, fields ...string) *wording {
	return l.words(name, m.lineOf(key), m.texts(key), fields...)
}

func (l *flowLoader) words(name string, line int, sources []string, fields ...string) *wording {
	w := &wording{key: name, line: line, texts: map[string][]*text{}}
	l.flow.wordings[name] = w
	sources = l.filled(line, name, sources)
	l.put(func() { w.texts[english] = l.parseTexts(line, sources, fields) })
	return w
}

// filled gives the texts of which none may be empty, one at least.
func (s source) filled(line int, name string, sources []string) []string {
	if len(sources) == 0 {
		sources = []string{""}
	}
	for _, source := range sources {
		if source == "" {
			s.fault(line, "%q is empty", name)
		}
	}
	return sources
}

func (l *flowLoader) parseTexts(line int, sources, fields []string) []*text {
	return parseTexts(l.source, line, sources, sampleOf(l.flow.vars, fields...))
}

func parseTexts(s source, line int, sources []string, sample scene) []*text {
	var out []*text
	for _, source := range sources {
		t, err := parseText(source, sample)
		if err != nil {
			s.fault(line, "%s", err)
			t = &text{source: source}
		}
		out = append(out, t)
	}
	return out
}

// target finds the step that a goto, a branch or a lapse names.
func (l *flowLoader) target(line int, id string) *node {
	n := l.flow.byID[id]
	if n == nil {
		l.fault(line, "there is no step %q%s", id, didYouMean(id, l.flow.stepIDs()))
	}
	return n
}

func didYouMean(word string, names []string) string {
	if near := Nearest(word, names); near != "" {
		return "; did you mean " + `"` + near + `"?`
	}
	return ""
}

// oneOf reads a word out of a few.
func oneOf(m *mapping, key, otherwise string, words []string) string {
	if !m.has(key) {
		m.node(key)
		return otherwise
	}
	v := m.text(key)
	for _, w := range words {
		if v == w {
			return v
		}
	}
	m.fault(m.lineOf(key), "%q is not one of %s%s", v, strings.Join(words, ", "), didYouMean(v, words))
	return otherwise
}

// checkAside holds an aside to what it may do: it can't wait.
func (l *flowLoader) checkAside() {
	for _, n := range l.flow.nodes {
		if waits(n.block) {
			l.fault(n.line, "an aside can't wait for an answer, and step %q does", n.id)
		}
		if keeps(n.block) {
			l.fault(n.line, "an aside can't keep anything, and step %q does", n.id)
		}
		if _, ok := n.block.(*open); ok {
			l.fault(n.line, "an aside can't open another flow, and step %q does", n.id)
		}
	}
}

// checkTraceless holds a flow to its word that nothing said in it is kept.
func (l *flowLoader) checkTraceless() {
	for _, n := range l.flow.nodes {
		if keeps(n.block) {
			l.fault(n.line, "a traceless flow can't keep anything, and step %q does", n.id)
		}
		switch b := n.block.(type) {
		case *call:
			l.fault(n.line, "a traceless flow can't call another, and step %q does", n.id)
		case *ask:
			if b.field != "" && b.field != "country" {
				l.fault(n.line, "a traceless flow can't keep an answer, and step %q does", n.id)
			}
		}
	}
}

// keeps says whether a step keeps something.
func keeps(b block) bool {
	switch b := b.(type) {
	case *record, *keep, *closing, *code, *coupleStep, *newsStep, *reveal, *relay, *relayTurn, *agreement, *agreementMove:
		return true
	case *album:
		return b.drop
	}
	return false
}

// speaks says whether a step only says something.
func speaks(b block) bool {
	switch b.(type) {
	case *say, *resources:
		return true
	}
	return false
}

func waits(b block) bool {
	_, ok := b.(waiter)
	return ok
}
