package flows

import (
	"maps"
	"slices"
)

// bank is a list of entries that flows draw from, each with a few named texts.
type bank struct {
	file    string
	entries []map[string]string
}

// loadBank reads a file with the keys `bank`, its name, and `entries`. The texts of an
// entry are never templates. What is no text in an entry is for those who read the file.
func (b *Book) loadBank(s source, m *mapping) {
	name := m.text("bank")
	list := m.list("entries")
	m.finish()
	if len(list) == 0 {
		s.fault(m.line, "the bank %q has no entries", name)
	}
	found := &bank{file: s.file}
	for _, y := range list {
		entry := s.mapping(y)
		if entry == nil {
			continue
		}
		texts := map[string]string{}
		for _, key := range entry.keys {
			texts[key] = joinNonempty(", ", entry.texts(key)...)
		}
		found.entries = append(found.entries, texts)
	}
	b.banks[name] = found
}

// drawing fills variables from an entry of a bank. A conversation draws the same one
// each time; the next conversations draw others until all have had their turn.
type drawing struct {
	bank  string
	takes []variableOf
	line  int
}

// variableOf is a variable, and the text of an entry that it takes.
type variableOf struct{ name, text string }

func (l *flowLoader) drawing(_ *node, m *mapping) block {
	b := &drawing{bank: m.text("draw"), line: m.lineOf("draw")}
	for _, p := range m.pairs("take") {
		l.declare(p.line, p.key, textVar)
		b.takes = append(b.takes, variableOf{p.key, p.value})
	}
	return b
}

// drawStride sets the entries of two conversations in a row apart.
const drawStride = 37

func (b *drawing) take(r *run, n *node) (*node, bool) {
	entries := r.book.banks[b.bank].entries
	entry := entries[int(r.s.Front.ID*drawStride%uint64(len(entries)))]
	for _, v := range b.takes {
		r.assign(v.name, textValue(entry[v.text]))
	}
	return n.after, false
}

func (b *drawing) leads(n *node) []lead { return onward(n) }

// checkDraws looks whether what a flow draws from is there.
func (b *Book) checkDraws(f *Flow) {
	for _, n := range f.nodes {
		d, ok := n.block.(*drawing)
		if !ok {
			continue
		}
		bank := b.banks[d.bank]
		if bank == nil {
			b.fault(f.Heading, d.line, "there is no bank %q%s", d.bank, didYouMean(d.bank, slices.Sorted(maps.Keys(b.banks))))
			continue
		}
		for _, v := range d.takes {
			for _, e := range bank.entries {
				if e[v.text] == "" {
					b.fault(f.Heading, d.line, "an entry of the bank %q has no %q", d.bank, v.text)
					break
				}
			}
		}
	}
}
