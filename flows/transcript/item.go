package transcript

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kintsugi/flows"
)

// keep keeps an item, with its values as they are once they were JSON.
func (p *player) keep(i flows.Item) error {
	data, err := json.Marshal(i.Values)
	if err != nil {
		return err
	}
	i.Values = nil
	if err := json.Unmarshal(data, &i.Values); err != nil {
		return err
	}
	fmt.Fprintf(&p.out, "  * kept %s (%s): %s\n", i.Kind, i.State, strings.ReplaceAll(i.Text, "\n", " / "))
	p.items = slices.DeleteFunc(slices.Clone(p.items), func(old flows.Item) bool { return old.ID == i.ID })
	p.items = append(p.items, i)
	slices.SortStableFunc(p.items, func(a, b flows.Item) int { return b.At.Compare(a.At) })
	return nil
}

// textOf gives the words of an item, or nothing.
func (p *player) textOf(id string) string {
	for _, i := range p.items {
		if i.ID == id {
			return i.Text
		}
	}
	return ""
}

// Items is part of [flows.Facts].
func (p *player) Items(kind string) []flows.Item {
	var out []flows.Item
	for _, i := range p.items {
		if kind == "" || i.Kind == kind {
			out = append(out, i)
		}
	}
	return out
}
