package discord

import (
	"encoding/json"
	"time"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
	"kintsugi/flows"
)

// lostAct reads a slash command of which nothing is left but its "thinking": an earlier
// run of the program acknowledged it, and may have ended before it was handled. What else
// was said with it is gone. After 15 minutes Discord has told the person that nothing
// came of it: then nothing may come of it any more.
func lostAct(raw json.RawMessage, now time.Time) (arrival, bool) {
	var m struct {
		ID      string                 `json:"id"`
		Channel string                 `json:"channel_id"`
		Guild   string                 `json:"guild_id"`
		Flags   discordgo.MessageFlags `json:"flags"`
		At      time.Time              `json:"timestamp"`
		By      struct {
			ID   string                    `json:"id"`
			Type discordgo.InteractionType `json:"type"`
			Name string                    `json:"name"`
			User discordgo.User            `json:"user"`
		} `json:"interaction"`
	}
	if json.Unmarshal(raw, &m) != nil || !isID(m.ID) || !isID(m.Channel) || m.Guild != "" {
		return arrival{}, false
	}
	if m.Flags&discordgo.MessageFlagsLoading == 0 || now.Sub(m.At) >= answerTime {
		return arrival{}, false
	}
	by := m.By
	if by.Type != discordgo.InteractionApplicationCommand || !isID(by.ID) || !isID(by.User.ID) || !commandName.MatchString(by.Name) {
		return arrival{}, false
	}
	return arrival{
		Inbound: bot.Inbound{
			ID: interactionPrefix + by.ID, From: addressOf(m.Channel), User: by.User.ID,
			Event: flows.Event{Kind: flows.Said, Text: "/" + by.Name}, Handle: handle{lost: m.ID}.String(),
		},
		chat: m.Channel,
	}, true
}
