package main

import (
	"reflect"
	"testing"

	"kintsugi/bot"
)

func TestTheTerminalNeedsNoInvitation(t *testing.T) {
	for _, test := range []struct {
		config AllowConfig
		want   bot.Allow
	}{
		{AllowConfig{People: []string{}}, bot.Allow{People: []string{}}}, // open to everybody
		{AllowConfig{People: []string{"telegram:1"}}, bot.Allow{People: []string{"telegram:1", atTerminal}}},
		{AllowConfig{Phrase: "seven quiet herons"}, bot.Allow{People: []string{atTerminal}, Phrase: "seven quiet herons"}},
	} {
		if got := test.config.allow(); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%d people let in, want %d", len(got.People), len(test.want.People))
		}
	}
}
