package bot

import (
	"encoding/json"
	"fmt"

	"kintsugi/flows"
	"kintsugi/store"
)

// keep keeps an item.
func (w work) keep(i flows.Item) error {
	values, err := valuesJSON(i.Values)
	if err != nil {
		return fmt.Errorf("values of an item: %w", err)
	}
	if i.Shared == 0 { // a flow changes an item and knows nothing of that
		had, _, err := w.r.Item(w.p.ID, i.ID)
		if err != nil {
			return err
		}
		i.Shared = had.Shared
	}
	return w.r.PutItem(w.p.ID, store.Item{
		ID: i.ID, Kind: i.Kind, State: i.State, Text: i.Text, At: i.At, Values: values, Shared: i.Shared,
	})
}

// valuesJSON encodes the answers behind a text. Its error names a type and no value.
func valuesJSON(values map[string]any) (json.RawMessage, error) {
	if len(values) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("cannot be encoded: %T", err)
	}
	return b, nil
}

// Items is part of [flows.Facts].
func (f *facts) Items(kind string) []flows.Item {
	found, err := f.r.Items(f.person, kind)
	f.note(err)
	items := make([]flows.Item, 0, len(found))
	for _, i := range found {
		items = append(items, f.agreementView(f.sharedView(flows.Item{
			ID: i.ID, Kind: i.Kind, State: i.State, Text: i.Text, At: i.At.In(f.zone), Values: f.values(i.Values), Shared: i.Shared,
		})))
	}
	return items
}
