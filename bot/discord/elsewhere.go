package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
	"kintsugi/flows"
)

const privatePhrase = "in-group"

// elsewhere deals with an act in a server, or in a chat of others: nobody but its person
// sees the answer, which says that we talk in private. A command opens the direct
// messages too, and begins there.
func (r *receiver) elsewhere(a act) {
	answer := &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{
			Content:         escape(r.words.Phrase(privatePhrase, string(a.Locale))) + "\n<@" + a.AppID + ">",
			AllowedMentions: noMentions(),
			Flags:           discordgo.MessageFlagsEphemeral,
		},
	}
	r.acknowledge(r.ctx, a, answer)
	if a.Type != discordgo.InteractionApplicationCommand || a.GuildID == "" {
		return
	}
	chat, err := r.openChat(r.ctx, a.user.ID)
	if err != nil {
		r.log.Warn("direct messages can't be opened", "error", err)
		return
	}
	in := bot.Inbound{
		ID: interactionPrefix + a.ID, From: addressOf(chat), User: a.user.ID,
		Language: string(a.Locale), Event: flows.Event{Kind: flows.Said, Text: "/start"},
	}
	run := func(ctx context.Context) error {
		return r.handOverAct(ctx, arrival{Inbound: in, chat: chat}, handle{})
	}
	r.queues.add(r.ctx, chat, task{run: run}, r.catchUp(chat))
}

// openChat gives the channel of somebody's direct messages.
func (d *Discord) openChat(ctx context.Context, user string) (channel string, err error) {
	c := call{
		route: "POST users/{id}/channels", url: discordgo.EndpointUserChannels("@me"),
		body: map[string]string{"recipient_id": user},
	}
	var opened discordgo.Channel
	if _, err := d.rest.do(ctx, c, &opened); err != nil {
		return "", err
	}
	if !isID(opened.ID) {
		return "", &callError{route: c.route, kind: unclear, reason: "the answer can't be read"}
	}
	return opened.ID, nil
}
