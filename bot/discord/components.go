package discord

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"kintsugi/flows"
)

const (
	maxRows    = 5
	maxInRow   = 5  // buttons
	maxInMenu  = 25 // options
	maxLabel   = 80 // code points, on a button
	maxOption  = 100
	maxButtons = maxRows * maxInRow
	maxOptions = maxRows * maxInMenu

	wideLabel = 30 // code points, from which on buttons stand one below another
)

// componentsOf lays out buttons below a message. Where a label is too long for anything
// that there is to press, listed has all of them, numbered, to be added to the text.
func componentsOf(buttons []flows.Button) (rows []discordgo.MessageComponent, listed string) {
	buttons = pressable(buttons)
	longest := 0
	for _, b := range buttons {
		longest = max(longest, utf8.RuneCountInString(b.Label))
	}
	switch {
	case len(buttons) == 0:
		return nil, ""
	case longest > maxOption:
		listed = numbered(buttons)
		rows, _ = componentsOf(byNumber(buttons))
		return rows, listed
	case len(buttons) > maxButtons || longest > maxLabel:
		return menus(buttons), ""
	}
	return buttonRows(buttons, longest), ""
}

// pressable gives the buttons that Discord takes: each token once, and as many as fit.
// What is left out can be said in words.
func pressable(buttons []flows.Button) []flows.Button {
	var taken []flows.Button
	seen := map[string]bool{}
	for _, b := range buttons {
		if seen[b.Token] || b.Token == "" || len(taken) == maxOptions {
			continue
		}
		seen[b.Token] = true
		b.Label = strings.TrimSpace(visible(b.Label))
		if b.Label == "" {
			b.Label = "…"
		}
		taken = append(taken, b)
	}
	return taken
}

// buttonRows puts wide buttons below each other as long as there are rows, and others
// side by side.
func buttonRows(buttons []flows.Button, longest int) []discordgo.MessageComponent {
	wide := maxInRow
	if longest > wideLabel {
		wide = (len(buttons) + maxRows - 1) / maxRows
	}
	var rows []discordgo.MessageComponent
	for i := 0; i < len(buttons); i += wide {
		var row discordgo.ActionsRow
		for _, b := range buttons[i:min(i+wide, len(buttons))] {
			row.Components = append(row.Components, discordgo.Button{
				Label: b.Label, Style: discordgo.SecondaryButton, CustomID: b.Token,
			})
		}
		rows = append(rows, row)
	}
	return rows
}

// menus puts up to 25 choices into each menu. They say which these are.
func menus(buttons []flows.Button) []discordgo.MessageComponent {
	var rows []discordgo.MessageComponent
	for i := 0; i < len(buttons); i += maxInMenu {
		to := min(i+maxInMenu, len(buttons))
		menu := discordgo.SelectMenu{
			MenuType: discordgo.StringSelectMenu, CustomID: "menu-" + strconv.Itoa(len(rows)),
			Placeholder: fmt.Sprintf("%d–%d", i+1, to),
		}
		for _, b := range buttons[i:to] {
			menu.Options = append(menu.Options, discordgo.SelectMenuOption{Label: b.Label, Value: b.Token})
		}
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}})
	}
	return rows
}

// numbered lists what buttons say.
func numbered(buttons []flows.Button) string {
	var b strings.Builder
	b.WriteString("\n")
	for i, button := range buttons {
		fmt.Fprintf(&b, "\n%d. %s", i+1, button.Label)
	}
	return b.String()
}

// byNumber gives the buttons with their numbers in the list for labels.
func byNumber(buttons []flows.Button) []flows.Button {
	short := make([]flows.Button, len(buttons))
	for i, b := range buttons {
		short[i] = flows.Button{Token: b.Token, Label: strconv.Itoa(i + 1)}
	}
	return short
}
