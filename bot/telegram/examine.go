package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
)

const (
	examineTimeout = 20 * time.Second
	otherSeconds   = "4" // for another poller to come back, whom our look has put off
	clockTolerance = 5 * time.Second
	manyPending    = 1_000
)

// Examine tries the settings out, and changes nothing. It puts off a program that is
// polling with the same token, for a moment.
func Examine(ctx context.Context, o Options) []bot.Finding {
	t := New(o)
	ctx, cancel := context.WithTimeout(ctx, examineTimeout)
	defer cancel()
	name, found := t.examineToken(ctx)
	if name == "" {
		return found
	}
	found = append(found, t.examineWay(ctx)...)
	return append(found, t.examineCommands(ctx))
}

func good(format string, args ...any) bot.Finding {
	return bot.Finding{OK: true, What: fmt.Sprintf(format, args...)}
}

func bad(do, format string, args ...any) bot.Finding {
	return bot.Finding{What: fmt.Sprintf(format, args...), Do: do}
}

// unclear is for what could not be found out.
func unclear(what string, err error) bot.Finding {
	return bad("try again, and see whether this computer reaches Telegram", "%s could not be found out: %v", what, err)
}

// examineToken asks who the bot is, and looks at the clocks of both sides by the way.
func (t *Telegram) examineToken(ctx context.Context) (name string, found []bot.Finding) {
	me, date, err := t.wire.introduction(ctx)
	switch {
	case is(err, http.StatusUnauthorized), is(err, http.StatusNotFound):
		return "", []bot.Finding{bad("ask @BotFather for the token that holds, and put it into the settings", "Telegram does not know the token")}
	case err != nil:
		return "", []bot.Finding{bad("see whether this computer reaches Telegram: its name server, its firewall, a proxy", "Telegram can't be reached: %v", err)}
	}
	return me.UserName, []bot.Finding{good("the token is that of @%s", me.UserName), t.examineClock(date)}
}

// introduction is me with the time by the server's clock.
func (w *wire) introduction(ctx context.Context) (me tgbotapi.User, date time.Time, err error) {
	x := w.exchange(ctx)
	answer, err := x.api().MakeRequest("getMe", nil)
	result, err := x.result("getMe", answer, err)
	if err != nil {
		return me, date, err
	}
	date, _ = http.ParseTime(x.date)
	me, err = decode[tgbotapi.User]("getMe", result)
	return me, date, err
}

func (t *Telegram) examineClock(server time.Time) bot.Finding {
	if server.IsZero() {
		return good("Telegram did not say what time it is")
	}
	off := t.clock.Now().Sub(server).Round(time.Second)
	if off.Abs() > clockTolerance {
		return bad("set the clock of this computer, best by NTP: reminders come by it", "the clock is off by %v", off)
	}
	return good("the clock is right")
}

// examineWay looks at how updates come in.
func (t *Telegram) examineWay(ctx context.Context) []bot.Finding {
	info, err := ask[tgbotapi.WebhookInfo](ctx, t.wire, "getWebhookInfo", nil)
	if err != nil {
		return []bot.Finding{unclear("whether a webhook is set", err)}
	}
	var found []bot.Finding
	if info.PendingUpdateCount > manyPending {
		found = append(found, bad("nothing, if the program was down: it catches up. Otherwise see its log", "%d updates wait to be fetched", info.PendingUpdateCount))
	}
	if t.webhook != nil {
		return append(found, t.examineWebhook(info)...)
	}
	if info.URL != "" {
		return append(found, bad("start the program: it takes the webhook away. If another program set it, give that one another bot",
			"a webhook to %s is set, and this program is to poll", hostOf(info.URL)))
	}
	return append(found, t.examinePolling(ctx))
}

func (t *Telegram) examineWebhook(info tgbotapi.WebhookInfo) []bot.Finding {
	var found []bot.Finding
	switch info.URL {
	case "":
		found = append(found, bad("start the program: it sets the webhook", "no webhook is set"))
	case t.webhook.URL:
		found = append(found, good("the webhook is set"))
	default:
		found = append(found, bad("start the program: it sets its own. If another program set this one, give that one another bot",
			"a webhook to %s is set, and not the one of the settings", hostOf(info.URL)))
	}
	if info.LastErrorDate != 0 && info.PendingUpdateCount > 0 {
		found = append(found, bad("see that the program runs, and that its URL is reached from outside with a valid certificate",
			"Telegram could not bring an update, the last time at %s", time.Unix(int64(info.LastErrorDate), 0).UTC().Format(time.RFC3339)))
	}
	return found
}

// hostOf gives the host of a URL: a path could be a secret.
func hostOf(raw string) string {
	at, err := url.Parse(raw)
	if err != nil {
		return "some address"
	}
	return at.Host
}

// examinePolling looks whether somebody else polls. Telegram ends the older of two polls:
// whoever is there is put off by ours, comes back, and ends it.
func (t *Telegram) examinePolling(ctx context.Context) bot.Finding {
	_, err := t.wire.call(ctx, "getUpdates", tgbotapi.Params{"limit": "1", "timeout": otherSeconds})
	f := (*failure)(nil)
	switch {
	case is(err, http.StatusConflict):
		return bad("stop the other one, unless it is this very program that runs already", "another program polls with this token")
	case errors.As(err, &f):
		return unclear("whether another program polls", err)
	}
	return good("no other program was seen to poll with this token")
}

func (t *Telegram) examineCommands(ctx context.Context) bot.Finding {
	for _, l := range t.languages() {
		have, err := t.wire.commands(ctx, l)
		if err != nil {
			return unclear("which commands are registered", err)
		}
		if !slices.Equal(have, menu(t.words.Menu(l.tag))) {
			return bad("start the program: it registers them", "the commands are not registered as they should be")
		}
	}
	return good("the commands are registered")
}
