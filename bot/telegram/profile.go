package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/flows"
)

const (
	profileTimeout = 30 * time.Second
	firstRetry     = 5 * time.Second
	longRetry      = 5 * time.Minute

	privateScope = `{"type":"all_private_chats"}`

	commandChars     = 32 // of a command's name
	descriptionChars = 256
)

// startHelpers begins what goes on beside the receiving. It all ends with ctx.
func (t *Telegram) startHelpers(ctx context.Context) *sync.WaitGroup {
	all := &sync.WaitGroup{}
	t.runErrands(ctx, all)
	all.Go(func() { t.introduce(ctx) })
	return all
}

// introduce asks for the bot's name, and tells Telegram the bot's commands and what it
// is. Each is tried until it is done or refused: nothing else waits for it.
func (t *Telegram) introduce(ctx context.Context) {
	t.insist(ctx, t.learnName)
	for _, l := range t.languages() {
		t.insist(ctx, func(ctx context.Context) error { return t.setCommands(ctx, l) })
		t.insist(ctx, func(ctx context.Context) error { return t.describe(ctx, descriptions[0], l) })
		t.insist(ctx, func(ctx context.Context) error { return t.describe(ctx, descriptions[1], l) })
	}
}

func (t *Telegram) insist(ctx context.Context, f func(context.Context) error) {
	for pause := firstRetry; ctx.Err() == nil; pause = min(2*pause, longRetry) {
		call, cancel := context.WithTimeout(ctx, profileTimeout)
		err := f(call)
		cancel()
		failed := (*failure)(nil)
		if err == nil || ctx.Err() != nil {
			return
		}
		if !errors.As(err, &failed) || failed.final() {
			t.log.Warn("the bot could not be described on Telegram", "error", err)
			return
		}
		_ = t.clock.Pause(ctx, max(jitter(pause), failed.retry))
	}
}

// botName gives the bot's username, or empty if it is not known yet.
func (t *Telegram) botName() string {
	if name := t.username.Load(); name != nil {
		return *name
	}
	return ""
}

// Invite implements bot.Inviting: the link opens the bot and brings the code along.
func (t *Telegram) Invite(code string) string {
	if name := t.botName(); name != "" {
		return "https://t.me/" + name + "?start=" + code
	}
	return ""
}

func (t *Telegram) learnName(ctx context.Context) error {
	me, err := t.wire.me(ctx)
	if err == nil {
		t.username.Store(&me.UserName)
	}
	return err
}

func (w *wire) me(ctx context.Context) (tgbotapi.User, error) {
	return ask[tgbotapi.User](ctx, w, "getMe", nil)
}

// ask is a call whose result is decoded.
func ask[T any](ctx context.Context, w *wire, method string, params tgbotapi.Params) (T, error) {
	result, err := w.call(ctx, method, params)
	if err != nil {
		return *new(T), err
	}
	return decode[T](method, result)
}

func decode[T any](method string, result json.RawMessage) (T, error) {
	var v T
	if err := json.Unmarshal(result, &v); err != nil {
		return v, &failure{method: method, left: true, cause: errors.New("the answer has another form")}
	}
	return v, nil
}

// tongue is a language of ours and Telegram's code for it. The code is empty for the
// first language: that is for everybody for whom there is none.
type tongue struct{ tag, code string }

// languages gives those of ours that Telegram can tell apart: it knows two letters.
func (t *Telegram) languages() []tongue {
	var all []tongue
	var seen []string
	for i, tag := range t.words.Languages() {
		code, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if i == 0 {
			all = append(all, tongue{tag, ""})
		} else if len(code) == 2 && !slices.Contains(seen, code) {
			all = append(all, tongue{tag, code})
		}
		seen = append(seen, code)
	}
	return all
}

// setCommands makes the menu of commands ours, if it is not.
func (t *Telegram) setCommands(ctx context.Context, l tongue) error {
	want := menu(t.words.Menu(l.tag))
	have, err := t.wire.commands(ctx, l)
	if err != nil || slices.Equal(have, want) {
		return err
	}
	list, err := json.Marshal(want)
	if err != nil {
		return err
	}
	params := l.params()
	params["scope"], params["commands"] = privateScope, string(list)
	_, err = t.wire.call(ctx, "setMyCommands", params)
	return err
}

func (w *wire) commands(ctx context.Context, l tongue) ([]tgbotapi.BotCommand, error) {
	params := l.params()
	params["scope"] = privateScope
	return ask[[]tgbotapi.BotCommand](ctx, w, "getMyCommands", params)
}

func (l tongue) params() tgbotapi.Params {
	p := tgbotapi.Params{}
	p.AddNonEmpty("language_code", l.code)
	return p
}

// menu gives the commands that Telegram can take, as it takes them.
func menu(commands []flows.Command) []tgbotapi.BotCommand {
	list := []tgbotapi.BotCommand{}
	for _, c := range commands {
		if !isCommand(c.Name) || c.Does == "" {
			continue
		}
		list = append(list, tgbotapi.BotCommand{Command: c.Name, Description: firstChars(c.Does, descriptionChars)})
	}
	return list[:min(len(list), 100)]
}

func isCommand(name string) bool {
	for _, c := range []byte(name) {
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_') {
			return false
		}
	}
	return name != "" && len(name) <= commandChars
}

func firstChars(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// description is one of the texts by which people get to know a bot.
type description struct{ get, set, field, phrase string }

var descriptions = [...]description{
	{"getMyDescription", "setMyDescription", "description", "about-bot"},
	{"getMyShortDescription", "setMyShortDescription", "short_description", "about-bot-short"},
}

// describe makes a description ours, if it is not.
func (t *Telegram) describe(ctx context.Context, d description, l tongue) error {
	want := t.words.Phrase(d.phrase, l.tag)
	have, err := ask[map[string]string](ctx, t.wire, d.get, l.params())
	if err != nil || have[d.field] == want {
		return err
	}
	params := l.params()
	params[d.field] = want
	_, err = t.wire.call(ctx, d.set, params)
	return err
}
