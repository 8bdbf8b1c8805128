package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/store"
)

const (
	hideTimeout = 15 * time.Second
	hideBack    = 1_000 // numbers below the newest that are tried
	hideBatch   = 100   // numbers that Telegram takes at a time
)

// Hide implements bot.Hiding, for the last 48 hours: Telegram takes away nothing older.
// The numbers of messages run over all private chats of a bot, and those that are another
// chat's are left alone.
func (t *Telegram) Hide(ctx context.Context, chat store.Address) {
	ctx, cancel := context.WithTimeout(ctx, hideTimeout)
	defer cancel()
	known := t.recent.known(chat.ID)
	t.recent.forget(chat.ID)
	for batch := range slices.Chunk(toHide(known), hideBatch) {
		err := t.deleteAll(ctx, chat.ID, batch)
		if is(err, 400) {
			// One that can't be deleted can hold up all. Those that are known to be
			// there are tried one by one.
			err = t.deleteEach(ctx, chat.ID, batch, known)
		}
		if f := (*failure)(nil); errors.As(err, &f) && f.code != 400 {
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

func (t *Telegram) deleteAll(ctx context.Context, chat string, ids []int) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	_, err = t.wire.call(ctx, "deleteMessages", tgbotapi.Params{"chat_id": chat, "message_ids": string(list)})
	return err
}

// deleteEach gives the last error that was no refusal.
func (t *Telegram) deleteEach(ctx context.Context, chat string, ids, known []int) error {
	for _, id := range ids {
		if !slices.Contains(known, id) {
			continue
		}
		_, err := t.wire.call(ctx, "deleteMessage", tgbotapi.Params{"chat_id": chat, "message_id": strconv.Itoa(id)})
		if err != nil && !is(err, 400) {
			return err
		}
	}
	return nil
}
