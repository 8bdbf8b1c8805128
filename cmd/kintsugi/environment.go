package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// variable is a variable of the environment that wins over the file.
type variable struct {
	name string
	set  func(string) error
}

// variables lists them all, but for those of secrets and of the key.
func (c *Config) variables() []variable {
	return []variable{
		{"KINTSUGI_DATA_DIR", text(&c.Data.Dir)},
		{"KINTSUGI_KEY_FILE", text(&c.Key.File)},
		{"KINTSUGI_FLOWS_DIR", text(&c.Flows.Dir)},
		{"KINTSUGI_ZONE", text(&c.Zone)},
		{"KINTSUGI_LISTEN", text(&c.Listen)},
		{"KINTSUGI_LOG_LEVEL", text(&c.Log.Level)},
		{"KINTSUGI_LOG_FORMAT", text(&c.Log.Format)},
		{"KINTSUGI_TERMINAL", yes(&c.Terminal.Enabled)},
		{"KINTSUGI_TELEGRAM_TOKEN_FILE", text(&c.Telegram.TokenFile)},
		{"KINTSUGI_TELEGRAM_API_URL", text(&c.Telegram.APIURL)},
		{"KINTSUGI_TELEGRAM_PER_SECOND", number(&c.Telegram.Pace.PerSecond)},
		{"KINTSUGI_TELEGRAM_PER_CHAT", number(&c.Telegram.Pace.PerChat)},
		{"KINTSUGI_TELEGRAM_WEBHOOK_URL", text(&c.Telegram.Webhook.URL)},
		{"KINTSUGI_TELEGRAM_WEBHOOK_LISTEN", text(&c.Telegram.Webhook.Listen)},
		{"KINTSUGI_TELEGRAM_WEBHOOK_SECRET_FILE", text(&c.Telegram.Webhook.SecretFile)},
		{"KINTSUGI_DISCORD_TOKEN_FILE", text(&c.Discord.TokenFile)},
		{"KINTSUGI_DISCORD_API_URL", text(&c.Discord.APIURL)},
		{"KINTSUGI_DISCORD_PER_SECOND", number(&c.Discord.Pace.PerSecond)},
		{"KINTSUGI_DISCORD_PER_CHAT", number(&c.Discord.Pace.PerChat)},
		{"KINTSUGI_ALLOW_PEOPLE", words(&c.Allow.People)},
		{"KINTSUGI_ALLOW_PHRASE_FILE", text(&c.Allow.PhraseFile)},
	}
}

// variableNames names every variable that means something to the program.
func variableNames() []string {
	names := []string{"KINTSUGI_CONFIG", "KINTSUGI_KEY"}
	var c Config
	for _, v := range c.variables() {
		names = append(names, v.name)
	}
	for _, s := range c.secrets() {
		names = append(names, s.variable)
	}
	return names
}

// fromEnvironment takes what the environment sets, and gives the mistakes.
func (c *Config) fromEnvironment(env func(string) string) []string {
	var mistakes []string
	for _, v := range c.variables() {
		value := env(v.name)
		if value == "" {
			continue
		}
		if err := v.set(value); err != nil {
			mistakes = append(mistakes, fmt.Sprintf("%s: %q is %v", v.name, value, err))
		}
	}
	return mistakes
}

func text(to *string) func(string) error {
	return func(s string) error {
		*to = s
		return nil
	}
}

func yes(to *bool) func(string) error {
	return func(s string) error {
		if s != "true" && s != "false" {
			return errors.New("neither true nor false")
		}
		*to = s == "true"
		return nil
	}
}

func number(to *float64) func(string) error {
	return func(s string) error {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return errors.New("no number")
		}
		*to = n
		return nil
	}
}

// words takes words with space or commas between them.
func words(to *[]string) func(string) error {
	return func(s string) error {
		*to = strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
		return nil
	}
}
