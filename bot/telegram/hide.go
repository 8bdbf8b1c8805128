package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/store"
)

const (
	hideTimeout = 15 * time.Second
	hideBack    = 1_000 // numbers below the newest that are tried
	hideBatch   = 100   // numbers that Telegram takes at a time
	hidePause   = 250 * time.Millisecond

	// manyRefused is how many messages can't be taken away until those before are taken to
	// be too old.
	manyRefused = 10
)

// Hide implements bot.Hiding, for the last 48 hours: Telegram takes away nothing older.
// The numbers of messages run over all private chats of a bot, and those that are another
// chat's are left alone.
func (t *Telegram) Hide(ctx context.Context, chat store.Address) {
	ctx, cancel := context.WithTimeout(ctx, hideTimeout)
	defer cancel()
	known := t.recent.known(chat.ID)
	t.recent.forget(chat.ID)
	h := hiding{Telegram: t, chat: chat.ID}
	for batch := range slices.Chunk(toHide(known), hideBatch) {
		err := h.hide(ctx, batch)
		if f := (*failure)(nil); errors.As(err, &f) {
			t.log.Debug("hiding failed", "method", f.method, "status", f.code)
			return
		}
	}
}

// toHide gives the numbers to be tried, the newest first.
func toHide(known []int) []int {
	if len(known) == 0 {
		return nil
	}
	all := slices.Clone(known)
	newest := slices.Max(known)
	for id := newest; id > 0 && id > newest-hideBack; id-- {
		all = append(all, id)
	}
	slices.SortFunc(all, func(a, b int) int { return b - a })
	return slices.Compact(all)
}

// hiding is the taking away of the messages of a chat.
type hiding struct {
	*Telegram
	chat    string
	refused int // how many Telegram did not take away
}

// hide takes messages away, the newest first. One that can't be taken away holds up all
// of its call, which are halved until it is found.
func (h *hiding) hide(ctx context.Context, ids []int) error {
	if h.refused >= manyRefused {
		return nil
	}
	err := h.deleteAll(ctx, ids)
	switch {
	case !is(err, http.StatusBadRequest):
		return err
	case len(ids) == 1:
		h.refused++
		return nil
	}
	half := len(ids) / 2
	if err := h.hide(ctx, ids[:half]); err != nil {
		return err
	}
	return h.hide(ctx, ids[half:])
}

// deleteAll makes a call, and makes it again if it did not come through and there is time.
func (h *hiding) deleteAll(ctx context.Context, ids []int) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	params := tgbotapi.Params{"chat_id": h.chat, "message_ids": string(list)}
	for pause := hidePause; ; pause *= 2 {
		_, err := h.wire.call(ctx, "deleteMessages", params)
		f := (*failure)(nil)
		if !errors.As(err, &f) || f.final() {
			return err
		}
		wait := max(pause, f.retry)
		if end, ok := ctx.Deadline(); ok && time.Until(end) < wait || h.clock.Pause(ctx, wait) != nil {
			return err
		}
	}
}
