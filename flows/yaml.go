package flows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Problem is one mistake in a content file.
type Problem struct {
	File string
	Line int // 1 is the first; 0 means the whole file
	Text string
	// Mild is set for what does not stop a book from being used: a translation
	// that is missing or stale. The lint reports it all the same.
	Mild bool
}

func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// source is a content file being read; it gathers the mistakes found in it.
type source struct {
	file     string
	problems *[]Problem
}

func (s source) fault(line int, format string, args ...any) {
	*s.problems = append(*s.problems, Problem{File: s.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

func (s source) mild(line int, format string, args ...any) {
	*s.problems = append(*s.problems, Problem{File: s.file, Line: line, Text: fmt.Sprintf(format, args...), Mild: true})
}

// parse reads a file with one YAML document that is a mapping.
func (s source) parse(data []byte) *mapping {
	var doc, more yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		line, text := yamlError(err)
		s.fault(line, "%s", text)
		return nil
	}
	if doc.Kind == 0 || len(doc.Content) == 0 {
		s.fault(1, "the file is empty")
		return nil
	}
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		s.fault(max(more.Line, 1), "a file holds one document, and this one goes on")
	}
	return s.mapping(doc.Content[0])
}

// parserFault begins the errors that the YAML library finds while it parses: it
// counts their lines from 0, and those of all others from 1.
const parserFault = "did not find expected "

// yamlError takes the line out of an error such as "yaml: line 3: …".
func yamlError(err error) (int, string) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		if num, why, ok := strings.Cut(rest, ": "); ok {
			if line, err := strconv.Atoi(num); err == nil {
				if strings.HasPrefix(why, parserFault) {
					line++
				}
				return line, why
			}
		}
	}
	return 1, text
}

// mapping reads a YAML mapping strictly: every key that nobody asked for is a
// mistake, and so is a key that stands twice.
type mapping struct {
	source
	line   int
	keys   []string
	values map[string]*yaml.Node
	lines  map[string]int
	asked  []string
}

func (s source) mapping(n *yaml.Node) *mapping {
	if n.Kind != yaml.MappingNode {
		s.fault(n.Line, "expected keys and values here")
		return nil
	}
	m := &mapping{source: s, line: n.Line, values: map[string]*yaml.Node{}, lines: map[string]int{}}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if _, twice := m.values[key.Value]; twice {
			s.fault(key.Line, "%q stands here twice", key.Value)
			continue
		}
		m.keys = append(m.keys, key.Value)
		m.values[key.Value] = value
		m.lines[key.Value] = key.Line
	}
	return m
}

// node gives the value at key, or nil.
func (m *mapping) node(key string) *yaml.Node {
	m.asked = append(m.asked, key)
	return m.values[key]
}

func (m *mapping) has(key string) bool { return m.values[key] != nil }

// lineOf gives the line of a key, or of the mapping where the key is missing.
func (m *mapping) lineOf(key string) int {
	if line, ok := m.lines[key]; ok {
		return line
	}
	return m.line
}

// finish reports the keys that nobody asked for.
func (m *mapping) finish() {
	for _, key := range m.keys {
		if slices.Contains(m.asked, key) {
			continue
		}
		if near := Nearest(key, m.asked); near != "" {
			m.fault(m.lines[key], "unknown key %q; did you mean %q?", key, near)
		} else {
			m.fault(m.lines[key], "unknown key %q", key)
		}
	}
}

// text reads a scalar as the text it is.
func (m *mapping) text(key string) string {
	n := m.node(key)
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		m.fault(n.Line, "%q wants a text", key)
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// flag reads true or false.
func (m *mapping) flag(key string) bool {
	n := m.node(key)
	if n == nil {
		return false
	}
	var v bool
	if n.Decode(&v) != nil {
		m.fault(n.Line, "%q wants true or false", key)
	}
	return v
}

// number reads a number, giving otherwise where there is none.
func (m *mapping) number(key string, otherwise float64) float64 {
	n := m.node(key)
	if n == nil {
		return otherwise
	}
	v := otherwise
	if n.Decode(&v) != nil {
		m.fault(n.Line, "%q wants a number", key)
	}
	return v
}

// texts reads one text or a list of them.
func (m *mapping) texts(key string) []string {
	n := m.node(key)
	if n == nil {
		return nil
	}
	return m.scalars(key, n)
}

func (m *mapping) scalars(key string, n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		return []string{strings.TrimSpace(n.Value)}
	}
	if n.Kind != yaml.SequenceNode {
		m.fault(n.Line, "%q wants a text or a list of texts", key)
		return nil
	}
	var out []string
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode {
			m.fault(item.Line, "%q wants texts", key)
			continue
		}
		out = append(out, strings.TrimSpace(item.Value))
	}
	return out
}

// list gives the items of a sequence.
func (m *mapping) list(key string) []*yaml.Node {
	n := m.node(key)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		m.fault(n.Line, "%q wants a list", key)
		return nil
	}
	return n.Content
}

// pairs reads a mapping of texts to texts, in the order written.
func (m *mapping) pairs(key string) []pair {
	n := m.node(key)
	if n == nil {
		return nil
	}
	inner := m.mapping(n)
	if inner == nil {
		return nil
	}
	var out []pair
	for _, k := range inner.keys {
		v := inner.values[k]
		if v.Kind != yaml.ScalarNode {
			m.fault(v.Line, "%q wants a text", k)
			continue
		}
		out = append(out, pair{k, strings.TrimSpace(v.Value), v.Line})
	}
	return out
}

type pair struct {
	key, value string
	line       int
}
