package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
	"kintsugi/store"
)

const (
	noPreview     = `{"is_disabled":true}`
	progressCount = 1_000
)

// Send implements bot.Platform. A message can go out in several pieces: where one before
// the last failed, sending it again goes on from there.
func (t *Telegram) Send(ctx context.Context, m bot.Outbound) error {
	err := t.send(ctx, m)
	if err != nil {
		return t.outcome(err)
	}
	return nil
}

func (t *Telegram) send(ctx context.Context, m bot.Outbound) error {
	if _, err := strconv.ParseInt(m.To.ID, 10, 64); err != nil {
		return fmt.Errorf("%w: this is no chat on Telegram", bot.ErrRefused)
	}
	pieces, err := piecesOf(m)
	if err != nil {
		return err
	}
	if m.Message.Replaces && len(pieces) == 1 {
		done, err := t.edit(ctx, m, pieces[0])
		if done || err != nil {
			return err
		}
	}
	answered := t.answered(m)
	for i := t.progress.of(m.ID); i < len(pieces); i++ {
		if err := t.sendPiece(ctx, m, pieces[i]); err != nil {
			return err
		}
		t.progress.set(m.ID, i+1, len(pieces))
	}
	if answered != 0 {
		t.strip(m.To.ID, answered)
	}
	return nil
}

// sendPiece sends one piece, if need be a plainer one.
func (t *Telegram) sendPiece(ctx context.Context, m bot.Outbound, p piece) error {
	for {
		if err := t.pacer.Wait(ctx, m.Lane, m.To.ID); err != nil {
			return err
		}
		id, err := t.post(ctx, m.To.ID, p)
		if err == nil {
			t.recent.saw(m.To.ID, id)
			if len(p.buttons) > 0 {
				t.recent.setKeyboard(m.To.ID, id)
			}
			return nil
		}
		plainer, ok := p.plainer(err)
		if !ok {
			return err
		}
		t.log.Warn("message sent in a plainer form", "method", methodOf(err))
		p = plainer
	}
}

// post sends a piece as it is, and gives the number of the message.
func (t *Telegram) post(ctx context.Context, chat string, p piece) (int, error) {
	if p.file != nil {
		return t.postFile(ctx, chat, p)
	}
	params := p.params(chat)
	params["text"] = p.text
	params["link_preview_options"] = noPreview
	addEntities(params, "entities", p)
	result, err := t.wire.call(ctx, "sendMessage", params)
	if err != nil {
		return 0, err
	}
	return messageID(result), nil
}

// messageID reads the number of a message that was sent; 0 if it can't be read, since
// sent it is.
func messageID(result json.RawMessage) int {
	var m struct {
		ID int `json:"message_id"`
	}
	_ = json.Unmarshal(result, &m)
	return m.ID
}

// answered gives the message whose question a message answers, so that its buttons can be
// taken away; 0 if it is none.
func (t *Telegram) answered(m bot.Outbound) int {
	if m.Lane != store.ReplyLane || m.Message.Replaces || m.Handle == "" {
		return 0
	}
	if id := pressed(m.Handle); id != 0 {
		return id
	}
	return t.recent.keyboard(m.To.ID)
}

// strip has the buttons of a message taken away.
func (t *Telegram) strip(chat string, message int) {
	added := t.errands.add(func(ctx context.Context) error {
		_, err := t.wire.call(ctx, "editMessageReplyMarkup", tgbotapi.Params{"chat_id": chat, "message_id": strconv.Itoa(message)})
		return err
	})
	if added {
		t.recent.stripped(chat, message)
	}
}

// progress remembers how many pieces of a message were delivered, while not all are.
type progress struct {
	mu   sync.Mutex // guards sent
	sent *lru[string, int]
}

func newProgress() *progress { return &progress{sent: newLRU[string, int](progressCount)} }

func (p *progress) of(id string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent.get(id)
}

func (p *progress) set(id string, sent, of int) {
	if of == 1 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if sent == of {
		p.sent.drop(id)
	} else {
		p.sent.put(id, sent)
	}
}
