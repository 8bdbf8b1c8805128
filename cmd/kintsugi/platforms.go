package main

import (
	"context"
	"log/slog"
	"math"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"kintsugi/bot"
	"kintsugi/bot/discord"
	"kintsugi/bot/pace"
	"kintsugi/bot/telegram"
	"kintsugi/bot/terminal"
	"kintsugi/flows"
	"kintsugi/store"
)

// TelegramConfig is for Telegram, which is on when there is a token.
type TelegramConfig struct {
	Token     Secret        `yaml:"-"`
	TokenFile string        `yaml:"token_file"`
	APIURL    string        `yaml:"api_url"`
	Pace      PaceConfig    `yaml:"pace"`
	Webhook   WebhookConfig `yaml:"webhook"`
}

// WebhookConfig is for updates that Telegram brings instead of our asking for them.
type WebhookConfig struct {
	URL        string `yaml:"url"`
	Listen     string `yaml:"listen"`
	Secret     Secret `yaml:"-"`
	SecretFile string `yaml:"secret_file"`
}

// DiscordConfig is for Discord, which is on when there is a token.
type DiscordConfig struct {
	Token     Secret     `yaml:"-"`
	TokenFile string     `yaml:"token_file"`
	APIURL    string     `yaml:"api_url"`
	Pace      PaceConfig `yaml:"pace"`
}

// PaceConfig is how many messages go out a second, 0 for as many as there are.
type PaceConfig struct {
	PerSecond float64 `yaml:"per_second"`
	PerChat   float64 `yaml:"per_chat"`
}

func (p PaceConfig) limits() pace.Limits {
	return pace.Limits{PerSecond: p.PerSecond, PerChat: p.PerChat}
}

// On says whether there is a token.
func (c TelegramConfig) On() bool { return c.Token != "" }

// On says whether there is a token.
func (c DiscordConfig) On() bool { return c.Token != "" }

// AnyOn says whether there is anything to serve.
func (c Config) AnyOn() bool { return c.Telegram.On() || c.Discord.On() || c.Terminal.Enabled }

// noPlatform is what to do when none is on.
const noPlatform = "no platform is on: set telegram.token_file or KINTSUGI_TELEGRAM_TOKEN, discord.token_file or KINTSUGI_DISCORD_TOKEN, or terminal.enabled to true"

// wrong notes a mistake.
type wrong func(format string, args ...any)

// telegramToken is the form of a token: the number of the bot, and what is secret.
var telegramToken = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)

var webhookSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (c TelegramConfig) validate(wrong wrong) {
	if c.On() && !telegramToken.MatchString(string(c.Token)) {
		wrong("telegram.token_file: what is there (or in KINTSUGI_TELEGRAM_TOKEN) is no token; one is digits, a colon and letters, just as BotFather wrote it")
	}
	validateURL(wrong, "telegram.api_url", c.APIURL)
	c.Pace.validate(wrong, "telegram.pace")
	c.Webhook.validate(wrong)
}

func (c WebhookConfig) validate(wrong wrong) {
	if c.URL == "" {
		return
	}
	if u, err := url.Parse(c.URL); err != nil || u.Scheme != "https" || u.Host == "" {
		wrong("telegram.webhook.url: %q is no https address; Telegram brings updates to no other", c.URL)
	}
	validateListen(wrong, "telegram.webhook.listen", c.Listen)
	if !webhookSecret.MatchString(string(c.Secret)) {
		wrong("telegram.webhook.secret_file: make up a secret of 1 to 256 of A-Z a-z 0-9 _ - and put it there, or into KINTSUGI_TELEGRAM_WEBHOOK_SECRET")
	}
}

func (c DiscordConfig) validate(wrong wrong) {
	token := string(c.Token)
	if strings.HasPrefix(token, "Bot ") || strings.ContainsAny(token, " \t\r\n") {
		wrong("discord.token_file: what is there (or in KINTSUGI_DISCORD_TOKEN) is no token; one has no space in it, and no \"Bot\" before it")
	}
	validateURL(wrong, "discord.api_url", c.APIURL)
	c.Pace.validate(wrong, "discord.pace")
}

func (p PaceConfig) validate(wrong wrong, key string) {
	for name, n := range map[string]float64{"per_second": p.PerSecond, "per_chat": p.PerChat} {
		if n < 0 || math.IsNaN(n) || math.IsInf(n, 0) {
			wrong("%s.%s: %v is no pace; write how many messages a second, or 0 for no limit", key, name, n)
		}
	}
}

func validateURL(wrong wrong, key, text string) {
	if u, err := url.Parse(text); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		wrong("%s: %q is no http or https address", key, text)
	}
}

func validateListen(wrong wrong, key, text string) {
	_, port, err := net.SplitHostPort(text)
	if n, portErr := strconv.Atoi(port); err != nil || portErr != nil || n < 0 || n > 65535 {
		wrong("%s: %q is no address to listen at; write one such as 127.0.0.1:9090", key, text)
	}
}

func (c TelegramConfig) options(book *flows.Book, log *slog.Logger) telegram.Options {
	o := telegram.Options{
		Token: string(c.Token), APIURL: strings.TrimRight(c.APIURL, "/"), Pace: c.Pace.limits(), Words: book, Log: log,
	}
	if c.Webhook.URL != "" {
		o.Webhook = &telegram.Webhook{URL: c.Webhook.URL, Listen: c.Webhook.Listen, Secret: string(c.Webhook.Secret)}
	}
	return o
}

func (c DiscordConfig) options(book *flows.Book, log *slog.Logger, notes discord.Notes) discord.Options {
	return discord.Options{
		Token: string(c.Token), APIURL: strings.TrimRight(c.APIURL, "/"), Pace: c.Pace.limits(), Words: book, Log: log, Notes: notes,
	}
}

// platforms gives what is to be served.
func (c Config) platforms(w world, s *store.Store, book *flows.Book, log *slog.Logger) []bot.Platform {
	var on []bot.Platform
	if c.Telegram.On() {
		on = append(on, telegram.New(c.Telegram.options(book, log)))
	}
	if c.Discord.On() {
		on = append(on, discord.New(c.Discord.options(book, log, notes{s, "discord"})))
	}
	if c.Terminal.Enabled {
		on = append(on, terminal.New(w.in, w.out, chatOptions(w, book, c.Data.Dir)))
	}
	return on
}

// notes is where a platform keeps what it must remember over restarts.
type notes struct {
	store *store.Store
	name  string
}

// Load gives what was saved last, or nil.
func (n notes) Load(ctx context.Context) (data []byte, err error) {
	err = n.store.View(ctx, func(r *store.Records) (err error) {
		data, err = r.Cursor(n.name)
		return err
	})
	return data, err
}

// Save replaces what was saved before.
func (n notes) Save(ctx context.Context, data []byte) error {
	return n.store.Update(ctx, func(r *store.Records) error { return r.PutCursor(n.name, data) })
}
