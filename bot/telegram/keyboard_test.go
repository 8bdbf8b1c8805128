package telegram

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

func TestButtonsAreLaidOutByTheLengthOfTheirLabels(t *testing.T) {
	numbers := func(n int) []string {
		var labels []string
		for i := range n {
			labels = append(labels, fmt.Sprint(i+1))
		}
		return labels
	}
	many := slices.Repeat([]string{"A long label, one for each row"}, 120)
	for name, c := range map[string]struct {
		labels []string
		rows   []int
	}{
		"one":              {[]string{"Yes"}, []int{1}},
		"yes and no":       {[]string{"Yes", "No"}, []int{2}},
		"three short":      {[]string{"Yes", "No", "I'm not sure"}, []int{2, 1}},
		"a scale":          {numbers(10), []int{5, 5}},
		"a scale of five":  {numbers(5), []int{5}},
		"a scale and skip": {append(numbers(10), "Skip this one"), []int{5, 5, 1}},
		"long ones":        {[]string{"Write something down", "I'd rather not say it", "No"}, []int{1, 1, 1}},
		"two signs":        {[]string{"🙂", "❤️"}, []int{2}},
		"emoji":            {[]string{"👨‍👩‍👧‍👦", "🙂", "❤️"}, []int{3}},
		"wide":             {[]string{"今天有什么让你高兴", "今天有什么"}, []int{1, 1}},
		"too many":         {many, slices.Repeat([]int{1}, 100)},
	} {
		var got tgbotapi.InlineKeyboardMarkup
		if err := json.Unmarshal([]byte(keyboard(buttons(c.labels...))), &got); err != nil {
			t.Fatal(err)
		}
		var rows []int
		var labels []string
		for _, row := range got.InlineKeyboard {
			rows = append(rows, len(row))
			for _, b := range row {
				labels = append(labels, b.Text)
			}
		}
		if !slices.Equal(rows, c.rows) {
			t.Errorf("%s: the rows have %d buttons, want %d", name, rows, c.rows)
		}
		if want := c.labels[:min(len(c.labels), maxButtons)]; strings.Join(labels, "|") != strings.Join(want, "|") {
			t.Errorf("%s: the labels are %q", name, labels)
		}
	}
}
