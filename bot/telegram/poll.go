package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
)

const (
	pollLimit      = "100"
	allowedUpdates = `["message","edited_message","callback_query","my_chat_member"]`

	firstTrouble = 500 * time.Millisecond // before polling again after a failure; it doubles
	longTrouble  = 30 * time.Second

	// Two programs that poll end each other's polls by turns, and some of them go well. The
	// other one is gone when it was not seen for so long.
	calm = 10 * time.Minute

	// What is in hand comes back with every poll, so the next one waits a little until
	// some of it was handled. When it is nothing else, the wait grows.
	firstLull = 20 * time.Millisecond
	longLull  = 250 * time.Millisecond

	lastWord = 2 * time.Second // for saying at the end what was handled
)

// poller fetches updates and has them handed over.
type poller struct {
	*Telegram
	window *window
	queues *queues

	told       int // the offset that Telegram was told last
	seconds    int // that the next poll may wait; 0 until one brought an answer
	trouble    time.Duration
	lull       time.Duration
	rival      time.Time // when another program was last seen to poll
	unreadable bool      // said already
}

// Receive implements bot.Platform.
func (t *Telegram) Receive(ctx context.Context, handle func(context.Context, bot.Inbound) error) error {
	ctx, cancel := context.WithCancel(ctx)
	helpers := t.startHelpers(ctx)
	defer helpers.Wait()
	defer cancel()
	defer func() { t.health.set(false, t.clock.Now()) }()
	q := newQueues(handle, t.clock)
	if t.webhook != nil {
		return t.serve(ctx, cancel, q)
	}
	p := &poller{Telegram: t, window: newWindow(), queues: q, lull: firstLull}
	err := p.run(ctx)
	cancel()
	q.workers.Wait()
	if err == nil {
		p.tellHandled(ctx)
	}
	return err
}

// run polls until ctx ends, or until polling makes no sense.
func (p *poller) run(ctx context.Context) error {
	for ctx.Err() == nil {
		batch, err := p.poll(ctx, p.window.offset(), p.seconds)
		if err != nil {
			if err := p.failed(ctx, err); err != nil {
				return err
			}
			continue
		}
		p.well()
		p.rest(ctx, len(batch), p.take(ctx, batch))
	}
	return nil
}

// poll asks for what comes from an update on.
func (p *poller) poll(ctx context.Context, offset, seconds int) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	params := tgbotapi.Params{"limit": pollLimit, "timeout": strconv.Itoa(seconds), "allowed_updates": allowedUpdates}
	params.AddNonZero("offset", offset)
	result, err := p.wire.call(ctx, "getUpdates", params)
	if err != nil {
		return nil, err
	}
	var batch []json.RawMessage
	if err := json.Unmarshal(result, &batch); err != nil {
		return nil, &failure{method: "getUpdates", cause: errors.New("the answer is no list")}
	}
	p.told = offset
	return batch, nil
}

// take hands over the updates that are not in hand, and says how many there were.
func (p *poller) take(ctx context.Context, batch []json.RawMessage) int {
	fresh, numbered := 0, 0
	for _, raw := range batch {
		id, ok := updateID(raw)
		if !ok {
			p.passOver()
			continue
		}
		numbered++
		if !p.window.take(id) {
			continue
		}
		fresh++
		chat, in, ok := p.arrive(raw, id)
		if !ok {
			p.window.commit(id)
			continue
		}
		p.queues.add(ctx, chat, task{id, in, func() { p.window.commit(id) }})
	}
	if numbered == 0 && len(batch) > 0 && p.window.inHand() == 0 {
		p.window.skip()
	}
	return fresh
}

// passOver leaves out an update without a number. It can't be acknowledged by itself:
// the next one does it, or skip.
func (p *poller) passOver() {
	if !p.unreadable {
		p.log.Error("update without a readable number, passed over")
	}
	p.unreadable = true
}

// rest waits until polling again brings only what is new: all that is in hand was handled,
// or a little time has passed. The more of an answer was in hand before, the
// longer that time becomes.
func (p *poller) rest(ctx context.Context, got, fresh int) {
	inHand := p.window.inHand()
	if 2*fresh >= got {
		p.lull = firstLull
	}
	if got == 0 || inHand == 0 && fresh > 0 {
		return
	}
	goal, longest := 0, longLull
	if fresh == 0 {
		goal = inHand - 1
	}
	if inHand == 0 {
		longest = longPause // there is something that nobody can read, and nothing else
	}
	timer := time.NewTimer(p.lull)
	defer timer.Stop()
	select {
	case <-p.window.downTo(goal):
	case <-timer.C:
	case <-ctx.Done():
	}
	if 2*fresh < got {
		p.lull = min(2*p.lull, longest)
	}
}

// well notes that a poll brought an answer.
func (p *poller) well() {
	p.health.set(true, p.clock.Now())
	p.seconds = pollSeconds
	if p.isCalm() {
		p.trouble = 0
	}
}

// failed deals with a poll that failed, and waits. An error that it returns is final.
func (p *poller) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	p.health.set(false, p.clock.Now())
	p.seconds = 0
	if is(err, http.StatusUnauthorized) || is(err, http.StatusNotFound) {
		return errToken(err)
	}
	f := (*failure)(nil)
	errors.As(err, &f)
	switch {
	case is(err, http.StatusConflict) && webhookIsSet(f):
		if p.deleteWebhook(ctx) == nil {
			return nil
		}
	case is(err, http.StatusConflict):
		p.sayConflict()
	default:
		p.log.Warn("polling failed", "method", f.method, "status", f.code, "error", f)
	}
	p.trouble = min(max(2*p.trouble, firstTrouble), longTrouble)
	_ = p.clock.Pause(ctx, max(jitter(p.trouble), f.retry))
	return nil
}

// errToken says that polling makes no sense with this token.
func errToken(err error) error {
	return fmt.Errorf("telegram does not know the token of the bot: ask @BotFather for the one that holds, and put it into the settings: %w", err)
}

func (p *poller) isCalm() bool { return p.clock.Now().Sub(p.rival) > calm }

func (p *poller) sayConflict() {
	if p.isCalm() {
		p.log.Error("another program is polling with this token: stop it, or give this one a bot of its own")
	}
	p.rival = p.clock.Now()
}

// tellHandled tells Telegram what was handled since the last poll, so that it does not
// come again after a restart. It does not matter much whether that is heard.
func (p *poller) tellHandled(ctx context.Context) {
	offset := p.window.offset()
	if offset == p.told || offset == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWord)
	defer cancel()
	params := tgbotapi.Params{"limit": "1", "timeout": "0", "offset": strconv.Itoa(offset), "allowed_updates": allowedUpdates}
	if _, err := p.wire.call(ctx, "getUpdates", params); err != nil {
		p.log.Debug("the last updates come again after the start")
	}
}
