package discord

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
	"kintsugi/flows"
)

const (
	interactionPrefix = "i"
	textOption        = "text" // of a slash command: what else was said

	// ackTime is for answering an interaction; Discord waits for 3 s from the press on.
	ackTime  = 2500 * time.Millisecond
	ackPause = 100 * time.Millisecond
)

// act is an interaction: a slash command, or a press on a button or in a menu.
type act struct {
	*discordgo.Interaction
	user *discordgo.User
}

// readAct reads an interaction.
func readAct(raw json.RawMessage) (act, bool) {
	i := new(discordgo.Interaction)
	if json.Unmarshal(raw, i) != nil || !isID(i.ID) || !isID(i.AppID) || !isToken(i.Token) {
		return act{}, false
	}
	a := act{Interaction: i, user: i.User}
	if a.user == nil && i.Member != nil {
		a.user = i.Member.User
	}
	return a, a.user != nil && isID(a.user.ID)
}

// private says whether it happened in direct messages with us. A guild is also what
// Discord's own number says where it says nothing.
func (a act) private() bool {
	return a.GuildID == "" && isID(a.ChannelID) &&
		a.Context != discordgo.InteractionContextPrivateChannel
}

// event is what the person did. There is none in what is no act of a person.
func (a act) event() (flows.Event, bool) {
	switch data := a.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		return flows.Event{Kind: flows.Said, Text: commandText(data)}, a.Type == discordgo.InteractionApplicationCommand
	case discordgo.MessageComponentInteractionData:
		token := data.CustomID
		if len(data.Values) > 0 {
			token = data.Values[0]
		}
		return flows.Event{Kind: flows.Pressed, Token: strings.ToValidUTF8(token, "\uFFFD")}, true
	}
	return flows.Event{}, false
}

// commandText is a slash command as somebody would have typed it.
func commandText(data discordgo.ApplicationCommandInteractionData) string {
	text := "/" + data.Name
	for _, o := range data.Options {
		if o == nil || o.Name != textOption {
			continue
		}
		if said, ok := o.Value.(string); ok && said != "" {
			text += " " + said
		}
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// handle is what the event is answered by, once it was acknowledged.
func (a act) handle(acknowledged bool, now time.Time) handle {
	if a.Type == discordgo.InteractionMessageComponent {
		if a.Message != nil && isID(a.Message.ID) {
			return handle{message: a.Message.ID}
		}
		return handle{}
	}
	if !acknowledged {
		return handle{said: a.ID}
	}
	return handle{app: a.AppID, token: a.Token, until: now.Add(answerTime - answerSlack), said: a.ID}
}

// inbound is the event as it is handed over.
func (a act) inbound(e flows.Event, h handle) bot.Inbound {
	return bot.Inbound{
		ID: interactionPrefix + a.ID, From: addressOf(a.ChannelID), User: a.user.ID,
		Language: string(a.Locale), Event: e, Handle: h.String(),
	}
}

// deferral is how an act is acknowledged: the answer to a command comes later, and a
// press changes nothing yet.
func (a act) deferral() *discordgo.InteractionResponse {
	if a.Type == discordgo.InteractionMessageComponent {
		return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// acknowledge answers an act, and says whether Discord may have taken the answer. It has
// a lane of its own: nothing that is sent delays it.
func (d *Discord) acknowledge(ctx context.Context, a act, with *discordgo.InteractionResponse) bool {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	c := call{
		route: "POST interactions/{id}/{token}/callback",
		url:   discordgo.EndpointInteractionResponse(a.ID, a.Token),
		body:  with, urgent: true,
	}
	for {
		_, err := d.rest.do(ctx, c, nil)
		e := asCallError(err)
		switch {
		case err == nil, e != nil && (e.kind == unclear || e.code == codeAcknowledged):
			return true
		case e == nil || e.stays() || d.clock.Until(ctx, latest(e.later, d.clock.Now().Add(ackPause))) != nil:
			d.log.Warn("an interaction was not acknowledged", "error", err)
			return false
		}
	}
}
