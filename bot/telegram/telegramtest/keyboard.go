package telegramtest

import (
	"encoding/json"
	"reflect"
	"slices"

	"kintsugi/flows"
)

const (
	mostButtons = 100
	mostData    = 64 // bytes
)

// keyboard is the buttons below a message.
type keyboard struct {
	Rows [][]button `json:"inline_keyboard"`
}

type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// readKeyboard reads a keyboard: nil if there is none, or it has no button.
func readKeyboard(c call) (*keyboard, error) {
	text := c.params["reply_markup"]
	if text == "" {
		return nil, nil
	}
	k := new(keyboard)
	if err := json.Unmarshal([]byte(text), k); err != nil {
		return nil, badRequest("can't parse reply keyboard markup JSON object")
	}
	k.Rows = slices.DeleteFunc(k.Rows, func(row []button) bool { return len(row) == 0 })
	if len(k.Rows) == 0 {
		return nil, nil
	}
	return k, k.check()
}

func (k *keyboard) check() error {
	all := slices.Concat(k.Rows...)
	if len(all) > mostButtons {
		return badRequest("reply markup is too long")
	}
	for _, b := range all {
		switch {
		case b.Text == "":
			return badRequest("inline keyboard button text must be non-empty")
		case b.URL != "":
		case b.Data == "" || len(b.Data) > mostData:
			return badRequest("BUTTON_DATA_INVALID")
		}
	}
	return nil
}

// equal says whether two keyboards are the same; either can be nil.
func (k *keyboard) equal(other *keyboard) bool { return reflect.DeepEqual(k, other) }

// buttons gives the buttons in order; those of a link have no token.
func (k *keyboard) buttons() []flows.Button {
	if k == nil {
		return nil
	}
	var all []flows.Button
	for _, row := range k.Rows {
		for _, b := range row {
			all = append(all, flows.Button{Token: b.Data, Label: b.Text})
		}
	}
	return all
}

// data gives the data of the button with a label.
func (k *keyboard) data(label string) (string, bool) {
	for _, b := range k.buttons() {
		if b.Label == label {
			return b.Token, true
		}
	}
	return "", false
}
