package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"kintsugi/store"
)

// hideTime is for taking messages away; Discord lets some five go in five seconds.
const hideTime = 50 * time.Second

// Hide implements bot.Hiding: it deletes what the bot said among the last hundred
// messages of the chat, the newest first. What the person wrote can't be deleted by
// anybody else.
func (d *Discord) Hide(ctx context.Context, chat store.Address) {
	if !isID(chat.ID) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, hideTime)
	defer cancel()
	var page []struct {
		ID     string          `json:"id"`
		Author *discordgo.User `json:"author"`
	}
	if err := d.rest.patiently(ctx, listCall(chat.ID, ""), &page); err != nil {
		d.log.Warn("what was said can't be listed", "error", err)
		return
	}
	for _, m := range page { // the newest comes first
		if m.Author == nil || !m.Author.Bot || !isID(m.ID) {
			continue // no other bot is in a chat of two
		}
		d.sent.hasNoButtons(chat.ID, m.ID)
		if err := d.rest.patiently(ctx, messageCall("DELETE", chat.ID, m.ID, nil), nil); err != nil && ctx.Err() != nil {
			return
		}
	}
}
