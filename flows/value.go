package flows

// Value is one answer, or another value of a variable. The zero Value is none.
type Value struct {
	form   form
	text   string
	number float64 // 1 for true
	list   []string
}

// form tells which of a Value's fields counts. The numbers are part of encoded
// sessions.
type form byte

const (
	noForm form = iota
	textForm
	numberForm
	truthForm
	listForm
)

func textValue(s string) Value      { return Value{form: textForm, text: s} }
func numberValue(f float64) Value   { return Value{form: numberForm, number: f} }
func listValue(list []string) Value { return Value{form: listForm, list: list} }

func truthValue(b bool) Value {
	v := Value{form: truthForm}
	if b {
		v.number = 1
	}
	return v
}

func (v Value) none() bool  { return v.form == noForm }
func (v Value) truth() bool { return v.form == truthForm && v.number == 1 }

// plain gives the value as JSON knows it; nil for none.
func (v Value) plain() any {
	switch v.form {
	case textForm:
		return v.text
	case numberForm:
		return v.number
	case truthForm:
		return v.truth()
	case listForm:
		return v.list
	}
	return nil
}

// Answers are named values, in the order they were first given.
type Answers []Answer

// Answer is one of them.
type Answer struct {
	Name  string
	Value Value
}

// get gives the value of that name, or none.
func (a Answers) get(name string) Value {
	for i := range a {
		if a[i].Name == name {
			return a[i].Value
		}
	}
	return Value{}
}

func (a Answers) has(name string) bool {
	for i := range a {
		if a[i].Name == name {
			return true
		}
	}
	return false
}

// set gives the answers with that one changed, added or, for none, left blank.
func (a Answers) set(name string, v Value) Answers {
	for i := range a {
		if a[i].Name == name {
			a[i].Value = v
			return a
		}
	}
	return append(a, Answer{name, v})
}

// Counts are named whole numbers: rounds of loops, times.
type Counts []Count

// Count is one of them.
type Count struct {
	Name string
	N    int64
}

func (c Counts) get(name string) (int64, bool) {
	for i := range c {
		if c[i].Name == name {
			return c[i].N, true
		}
	}
	return 0, false
}

func (c Counts) set(name string, n int64) Counts {
	for i := range c {
		if c[i].Name == name {
			c[i].N = n
			return c
		}
	}
	return append(c, Count{name, n})
}

func (c Counts) without(name string) Counts {
	for i := range c {
		if c[i].Name == name {
			return append(c[:i:i], c[i+1:]...)
		}
	}
	return c
}
