package coach

import (
	"fmt"
	"strconv"
	"strings"
)

// op is what one instruction of a pattern does.
type op uint8

const (
	opWord   op = iota // the next word is this one
	opClass            // the next words are of this class
	opAny              // there is a next word
	opGap              // up to arg words of the same clause are passed over
	opReach            // up to arg words of the same sentence
	opSplit            // go on at to; if that fails, at or
	opJump             // go on at to
	opOpen             // what triggered begins
	opClose            // what triggered ends
	opAhead            // the pattern up to to does not fit here (arg 0), or does (arg 1)
	opBehind           // the word before is not of class to (arg 0), or is (arg 1)
	opClauseStart
	opClauseEnd
	opSentenceStart
	opSentenceEnd
	opNextSentence // the next word begins a sentence, and may
	opDone
)

// inst is one instruction.
type inst struct {
	op     op
	arg    uint8
	to, or uint16 // a place, a word or a class: there are fewer than maxNumber of each
}

// maxNumber is how many words, classes and instructions there can be.
const maxNumber = 1 << 16

// program is a compiled pattern.
type program []inst

// compiler turns the written form of a pattern, which the package's documentation
// tells, into a program.
type compiler struct {
	l    *Language
	in   []string
	pos  int
	code program
	// opened says that the pattern names its trigger.
	opened bool
}

func (l *Language) compile(pattern string) (program, error) {
	in, err := lexPattern(pattern)
	if err != nil {
		return nil, err
	}
	c := &compiler{l: l, in: in}
	if err := c.alternatives(); err != nil {
		return nil, err
	}
	if c.pos < len(c.in) {
		return nil, fmt.Errorf("%q has nothing that it closes", c.in[c.pos])
	}
	c.emit(inst{op: opDone})
	return c.code.tight(), nil
}

// tight gives the program without the jumps that lead to what comes next anyway: every
// bracket without alternatives leaves one.
func (code program) tight() program {
	idle := func(pc int) bool { return code[pc].op == opJump && int(code[pc].to) == pc+1 }
	moved := make([]uint16, len(code)) // where each instruction comes to stand
	n := 0
	for pc := range code {
		moved[pc] = uint16(n)
		if !idle(pc) {
			n++
		}
	}
	out := make(program, 0, n)
	for pc, in := range code {
		if idle(pc) {
			continue
		}
		switch in.op {
		case opSplit:
			in.to, in.or = moved[in.to], moved[in.or]
		case opJump, opAhead:
			in.to = moved[in.to]
		}
		out = append(out, in)
	}
	return out
}

// lexPattern cuts a pattern into its symbols and words.
func lexPattern(pattern string) ([]string, error) {
	var out []string
	for _, field := range strings.Fields(pattern) {
		for field != "" {
			n := symbolLength(field)
			out = append(out, field[:n])
			field = field[n:]
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("the pattern is empty")
	}
	return out, nil
}

func symbolLength(s string) int {
	for _, long := range []string{"^^", "$$", "//", "<!"} {
		if strings.HasPrefix(s, long) {
			return len(long)
		}
	}
	if strings.HasPrefix(s, "..") || strings.HasPrefix(s, ">>") {
		n := 2
		for n < len(s) && digit(s[n]) {
			n++
		}
		return n
	}
	if strings.IndexByte("()[]|?!<^$_", s[0]) >= 0 {
		return 1
	}
	n := strings.IndexAny(s, "()[]|?!<>^$")
	if n < 0 {
		return len(s)
	}
	return n
}

func (c *compiler) emit(i inst) int {
	c.code = append(c.code, i)
	return len(c.code) - 1
}

func (c *compiler) peek() string {
	if c.pos < len(c.in) {
		return c.in[c.pos]
	}
	return ""
}

// alternatives compiles what stands between two brackets, cut by "|".
func (c *compiler) alternatives() error {
	var jumps []int
	for {
		split := c.emit(inst{op: opSplit})
		if err := c.sequence(); err != nil {
			return err
		}
		if c.peek() != "|" {
			c.code[split] = inst{op: opJump, to: uint16(split + 1)}
			break
		}
		c.pos++
		jumps = append(jumps, c.emit(inst{op: opJump}))
		c.code[split].to, c.code[split].or = uint16(split+1), uint16(len(c.code))
	}
	for _, j := range jumps {
		c.code[j].to = uint16(len(c.code))
	}
	return nil
}

func (c *compiler) sequence() error {
	for c.pos < len(c.in) {
		switch c.peek() {
		case ")", "]", "|":
			return nil
		}
		if err := c.item(); err != nil {
			return err
		}
	}
	return nil
}

// item compiles one element and the "?" behind it.
func (c *compiler) item() error {
	start := len(c.code)
	if err := c.atom(); err != nil {
		return err
	}
	if c.peek() != "?" {
		return nil
	}
	c.pos++
	body := append(program{}, c.code[start:]...)
	c.code = append(c.code[:start], inst{op: opSplit, to: uint16(start + 1), or: uint16(start + 1 + len(body))})
	for _, i := range body {
		switch i.op {
		case opSplit:
			i.to, i.or = i.to+1, i.or+1
		case opJump, opAhead:
			i.to++
		}
		c.code = append(c.code, i)
	}
	return nil
}

func (c *compiler) atom() error {
	s := c.peek()
	c.pos++
	switch s {
	case "(":
		return c.group(")")
	case "[":
		c.opened = true
		c.emit(inst{op: opOpen})
		err := c.group("]")
		c.emit(inst{op: opClose})
		return err
	case "!":
		return c.ahead()
	case "<!", "<":
		return c.behind(s == "<")
	case "?":
		return fmt.Errorf("%q stands behind nothing", s)
	}
	if o, ok := anchors[s]; ok {
		c.emit(inst{op: o})
		return nil
	}
	if strings.HasPrefix(s, "..") || strings.HasPrefix(s, ">>") {
		return c.gap(s)
	}
	return c.words(s)
}

var anchors = map[string]op{
	"^": opClauseStart, "$": opClauseEnd, "^^": opSentenceStart, "$$": opSentenceEnd,
	"_": opAny, "//": opNextSentence,
}

// The number of words that a gap passes over when it names none.
const (
	gapWords   = 3
	reachWords = 12
	maxGap     = 30
)

func (c *compiler) gap(s string) error {
	i := inst{op: opGap, arg: gapWords}
	if s[0] == '>' {
		i = inst{op: opReach, arg: reachWords}
	}
	if len(s) > 2 {
		n, err := strconv.Atoi(s[2:])
		if err != nil || n < 1 || n > maxGap {
			return fmt.Errorf("a gap is 1 to %d words, not %q", maxGap, s[2:])
		}
		i.arg = uint8(n)
	}
	c.emit(i)
	return nil
}

func (c *compiler) group(closing string) error {
	if c.plainGroup(closing) {
		return nil
	}
	if err := c.alternatives(); err != nil {
		return err
	}
	if c.peek() != closing {
		return fmt.Errorf("a %q is missing", closing)
	}
	c.pos++
	return nil
}

// plainGroup compiles a group of nothing but words and classes as one class, which is
// quicker to try than one after another. Several words with a class or a number among them
// are no member of a class. It says whether it was one.
func (c *compiler) plainGroup(closing string) bool {
	var members []string
	var words []string
	end := c.pos
	for ; end < len(c.in) && c.in[end] != closing; end++ {
		switch s := c.in[end]; {
		case s == "|":
			members, words = append(members, strings.Join(words, " ")), nil
		case symbols[s[0]] || strings.HasPrefix(s, "..") || strings.HasPrefix(s, ">>"):
			return false
		case s[0] == '@' || s[0] == '%':
			words = append(words, "@"+strings.TrimPrefix(s, "@"))
		default:
			words = append(words, s)
		}
	}
	members = append(members, strings.Join(words, " "))
	for _, m := range members {
		if m == "" || strings.Contains(m, " ") && strings.ContainsAny(m, "@"+numberWord) {
			return false
		}
	}
	name := "(" + strings.Join(members, "|") + ")"
	v := c.l.vocabulary
	if _, ok := v.members[name]; !ok {
		v.members[name] = members
	}
	class, err := v.class(name)
	if err != nil {
		return false // and said where it is compiled one by one
	}
	c.emit(inst{op: opClass, to: uint16(class)})
	c.pos = end + 1
	return true
}

// symbols are what a pattern holds beside words and classes.
var symbols = [256]bool{'(': true, '[': true, ']': true, '!': true, '?': true, '<': true, '^': true, '$': true, '_': true, '/': true}

func (c *compiler) ahead() error {
	at := c.emit(inst{op: opAhead})
	if err := c.atom(); err != nil {
		return err
	}
	c.emit(inst{op: opDone})
	c.code[at].to = uint16(len(c.code))
	return nil
}

// behind compiles a look at the word before, which is one word or one class.
func (c *compiler) behind(is bool) error {
	name := c.peek()
	c.pos++
	class, err := c.l.classOf(name)
	if err != nil {
		return err
	}
	i := inst{op: opBehind, to: uint16(class)}
	if is {
		i.arg = 1
	}
	c.emit(i)
	return nil
}

// classOf gives the class that an element names; a plain word is a class of one.
func (l *Language) classOf(s string) (int, error) {
	v := l.vocabulary
	if name, ok := strings.CutPrefix(s, "@"); ok {
		return v.class(name)
	}
	if strings.HasPrefix(s, "%") {
		return v.class(s)
	}
	name := "=" + s
	if n, ok := v.classes[name]; ok {
		return n, nil
	}
	v.members[name] = []string{s}
	return v.class(name)
}

// words compiles a class, or a word, which may be a contraction.
func (c *compiler) words(s string) error {
	if s[0] == '@' || s[0] == '%' {
		class, err := c.l.classOf(s)
		if err != nil {
			return err
		}
		c.emit(inst{op: opClass, to: uint16(class)})
		return nil
	}
	for _, w := range c.l.vocabulary.split(s) {
		c.emit(inst{op: opWord, to: uint16(c.l.vocabulary.id(w))})
	}
	return nil
}
