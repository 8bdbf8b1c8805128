package discordtest

import (
	"unicode/utf8"

	"kintsugi/flows"
)

// Kinds of components.
const (
	rowKind    = 1
	buttonKind = 2
	selectKind = 3

	linkStyle = 5
)

// row is a row of components.
type row struct {
	Type       int         `json:"type"`
	Components []component `json:"components"`
}

// component is a button or a select.
type component struct {
	Type        int      `json:"type"`
	Style       int      `json:"style,omitempty"`
	Label       string   `json:"label,omitempty"`
	CustomID    string   `json:"custom_id,omitempty"`
	URL         string   `json:"url,omitempty"`
	Disabled    bool     `json:"disabled,omitempty"`
	Placeholder string   `json:"placeholder,omitempty"`
	MinValues   *int     `json:"min_values,omitempty"`
	MaxValues   *int     `json:"max_values,omitempty"`
	Options     []option `json:"options,omitempty"`
}

type option struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// within says whether a text has some characters, and not more than most.
func within(text string, most int) bool {
	n := utf8.RuneCountInString(text)
	return n >= 1 && n <= most
}

func wrong(message string) error { return invalid("components", "BASE_TYPE_BAD_VALUE", message) }

// checkRows refuses components that Discord refuses.
func checkRows(rows []row) error {
	if len(rows) > 5 {
		return wrong("Must be 5 or fewer rows.")
	}
	ids := map[string]bool{}
	for _, r := range rows {
		if err := r.check(); err != nil {
			return err
		}
		for _, c := range r.Components {
			if c.CustomID != "" && ids[c.CustomID] {
				return invalid("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
			}
			ids[c.CustomID] = true
		}
	}
	return nil
}

func (r row) check() error {
	if r.Type != rowKind || len(r.Components) == 0 || len(r.Components) > 5 {
		return wrong("A row holds 1 to 5 components.")
	}
	for _, c := range r.Components {
		switch c.Type {
		case buttonKind:
			if err := c.checkButton(); err != nil {
				return err
			}
		case selectKind:
			if len(r.Components) > 1 {
				return wrong("A select stands alone in its row.")
			}
			return c.checkSelect()
		default:
			return wrong("There is no such component here.")
		}
	}
	return nil
}

func (c component) checkButton() error {
	switch {
	case !within(c.Label, 80):
		return wrong("A label has 1 to 80 characters.")
	case c.Style == linkStyle && c.URL != "" && c.CustomID == "":
		return nil
	case c.Style < 1 || c.Style >= linkStyle:
		return wrong("There is no such style.")
	case !within(c.CustomID, 100):
		return wrong("A custom id has 1 to 100 characters.")
	}
	return nil
}

func (c component) checkSelect() error {
	if !within(c.CustomID, 100) || utf8.RuneCountInString(c.Placeholder) > 150 {
		return wrong("A custom id has 1 to 100 characters, a placeholder up to 150.")
	}
	if len(c.Options) == 0 || len(c.Options) > 25 {
		return wrong("A select has 1 to 25 options.")
	}
	values := map[string]bool{}
	for _, o := range c.Options {
		if !within(o.Label, 100) || !within(o.Value, 100) || utf8.RuneCountInString(o.Description) > 100 {
			return wrong("An option has a label and a value of 1 to 100 characters.")
		}
		if values[o.Value] {
			return invalid("components", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		values[o.Value] = true
	}
	return nil
}

// choice is something that a person can press or choose: a button, or an option of a
// select.
type choice struct {
	label    string
	id       string // of the component
	value    string // of the option; empty for a button
	isOption bool
}

// token is what the choice stands for.
func (c choice) token() string {
	if c.isOption {
		return c.value
	}
	return c.id
}

// choices gives what can be picked in some rows.
func choices(rows []row) []choice {
	var all []choice
	for _, r := range rows {
		for _, c := range r.Components {
			if c.Disabled || c.CustomID == "" {
				continue
			}
			if c.Type == buttonKind {
				all = append(all, choice{label: c.Label, id: c.CustomID})
			}
			for _, o := range c.Options {
				all = append(all, choice{o.Label, c.CustomID, o.Value, true})
			}
		}
	}
	return all
}

func buttons(all []choice) []flows.Button {
	var list []flows.Button
	for _, c := range all {
		list = append(list, flows.Button{Token: c.token(), Label: c.label})
	}
	return list
}
