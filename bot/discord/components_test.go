package discord

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"kintsugi/bot"
	"kintsugi/flows"
)

func many(n int, label string) []flows.Button {
	var list []flows.Button
	for i := range n {
		list = append(list, flows.Button{Token: fmt.Sprintf("q.%d", i), Label: fmt.Sprintf("%s %d", label, i+1)})
	}
	return list
}

// shape gives how many components stand in each row.
func shape(t *testing.T, buttons []flows.Button) string {
	t.Helper()
	rows, _ := componentsOf(buttons)
	data, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	var read []struct {
		Components []struct {
			Type    int               `json:"type"`
			Options []json.RawMessage `json:"options"`
		} `json:"components"`
	}
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	var shape []string
	for _, row := range read {
		if c := row.Components[0]; c.Type == 3 {
			shape = append(shape, fmt.Sprintf("menu of %d", len(c.Options)))
			continue
		}
		shape = append(shape, fmt.Sprint(len(row.Components)))
	}
	return strings.Join(shape, ", ")
}

func TestButtonsAreLaidOut(t *testing.T) {
	wide := strings.Repeat("w", wideLabel)
	for _, c := range []struct {
		buttons []flows.Button
		want    string
	}{
		{nil, ""},
		{many(1, "a"), "1"},
		{many(5, "a"), "5"},
		{many(10, "a"), "5, 5"},
		{many(25, "a"), "5, 5, 5, 5, 5"},
		{many(3, wide), "1, 1, 1"},
		{many(6, wide), "2, 2, 2"},
		{many(25, wide), "5, 5, 5, 5, 5"},
		{many(26, "a"), "menu of 25, menu of 1"},
		{many(125, "a"), "menu of 25, menu of 25, menu of 25, menu of 25, menu of 25"},
		{many(300, "a"), "menu of 25, menu of 25, menu of 25, menu of 25, menu of 25"},
		{many(2, strings.Repeat("w", maxLabel)), "menu of 2"},
		{many(12, strings.Repeat("w", maxOption)), "5, 5, 2"},
		{many(26, strings.Repeat("w", maxOption)), "menu of 25, menu of 1"},
		{[]flows.Button{{Token: "a", Label: " "}, {Token: "a", Label: "twice"}, {Token: "", Label: "x"}}, "1"},
	} {
		if got := shape(t, c.buttons); got != c.want {
			t.Errorf("%d buttons are laid out as %q, want %q", len(c.buttons), got, c.want)
		}
	}
}

func TestAnyChoiceCanBeMade(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("a", "Which?", func(m *bot.Outbound) { m.Message.Buttons = many(60, "country") })
		w.Choose(0, "country 33")
		p.want("pressed q.32")
		w.Choose(0, "country 1")
		p.want("pressed q.32", "pressed q.0")
		p.say("b", "Which?", func(m *bot.Outbound) { m.Message.Buttons = many(3, strings.Repeat("long ", 30)) })
		got := w.Heard(0)[1]
		if !strings.HasSuffix(got.Text, "\n3. "+strings.Repeat("long ", 30)+" 3") {
			t.Errorf("what is too long stands as %q", got.Text)
		}
		w.Press(0, "2")
		p.want("pressed q.32", "pressed q.0", "pressed q.1")
	})
}
