package telegram

import (
	"encoding/json"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/rivo/uniseg"

	"kintsugi/flows"
)

const (
	maxButtons = 100

	tinyWidth   = 2 // columns: a number, one sign
	tinyPerRow  = 8
	fewTiny     = 3
	shortWidth  = 15
	shortPerRow = 2
)

// keyboard gives the buttons of a message as Telegram takes them. What is beyond the
// hundredth is left out: it can still be said in words.
func keyboard(buttons []flows.Button) string {
	buttons = buttons[:min(len(buttons), maxButtons)]
	perRow := fittings(buttons)
	var rows [][]tgbotapi.InlineKeyboardButton
	for i := 0; i < len(buttons); {
		n := alike(perRow[i:])
		rows = append(rows, inRows(buttons[i:i+n], perRow[i])...)
		i += n
	}
	b, err := json.Marshal(tgbotapi.NewInlineKeyboardMarkup(rows...))
	if err != nil {
		return "" // strings can always be encoded
	}
	return string(b)
}

// fittings says for each button how many like it fit beside each other on a narrow
// screen. A few tiny ones are no scale: they go with short ones, as yes and no do.
func fittings(buttons []flows.Button) []int {
	perRow := make([]int, len(buttons))
	for i, b := range buttons {
		perRow[i] = fitting(b.Label)
	}
	for i := 0; i < len(perRow); {
		n := alike(perRow[i:])
		if perRow[i] == tinyPerRow && n < fewTiny {
			for j := range n {
				perRow[i+j] = shortPerRow
			}
		}
		i += n
	}
	return perRow
}

func fitting(label string) int {
	switch w := uniseg.StringWidth(label); {
	case w <= tinyWidth:
		return tinyPerRow
	case w <= shortWidth:
		return shortPerRow
	}
	return 1
}

// alike says how many of the first numbers are the same.
func alike(numbers []int) int {
	n := 1
	for n < len(numbers) && numbers[n] == numbers[0] {
		n++
	}
	return n
}

// inRows spreads buttons over as few rows as need be, all of about the same length.
func inRows(buttons []flows.Button, perRow int) [][]tgbotapi.InlineKeyboardButton {
	count := (len(buttons) + perRow - 1) / perRow
	rows := make([][]tgbotapi.InlineKeyboardButton, 0, count)
	end := func(i int) int { return (i*len(buttons) + count - 1) / count }
	for i := range count {
		row := make([]tgbotapi.InlineKeyboardButton, 0, end(i+1)-end(i))
		for _, b := range buttons[end(i):end(i+1)] {
			row = append(row, tgbotapi.NewInlineKeyboardButtonData(b.Label, b.Token))
		}
		rows = append(rows, row)
	}
	return rows
}
