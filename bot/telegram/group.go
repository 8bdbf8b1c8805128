package telegram

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/store"
)

const (
	groupPause = time.Hour // between two lines to one group
	groupCount = 1_000     // groups remembered
)

// groups remember when a line went to which group.
type groups struct {
	mu   sync.Mutex // guards last
	last *lru[int64, time.Time]
}

func newGroups() *groups { return &groups{last: newLRU[int64, time.Time](groupCount)} }

// due says whether a group may get a line now, and takes it as sent.
func (g *groups) due(chat int64, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if last := g.last.get(chat); !last.IsZero() && now.Sub(last) < groupPause {
		return false
	}
	g.last.put(chat, now)
	return true
}

func isGroup(kind string) bool { return kind == "group" || kind == "supergroup" }

// readGroup reads a message from where others read along. Nothing of it is kept: all
// that counts is whether the bot is called.
func readGroup(m *message, botName string) arrival {
	if !isGroup(m.Chat.Type) || !callsBot(m, botName) {
		return arrival{}
	}
	c := &summons{chat: m.Chat.ID}
	if m.From != nil {
		c.language = m.From.LanguageCode
	}
	return arrival{group: c}
}

// callsBot says whether a message has a command for the bot, or its name.
func callsBot(m *message, botName string) bool {
	var text []uint16
	for _, e := range m.Entities {
		if e.Type != "bot_command" && e.Type != "mention" {
			continue
		}
		if text == nil {
			text = utf16.Encode([]rune(m.Text))
		}
		if e.Offset < 0 || e.Length < 0 || e.Offset > len(text) || e.Length > len(text)-e.Offset {
			continue
		}
		_, name, named := strings.Cut(string(utf16.Decode(text[e.Offset:e.Offset+e.Length])), "@")
		if !named || botName != "" && strings.EqualFold(name, botName) {
			return true
		}
	}
	return false
}

// answerGroup has a group told where the bot talks, if that was not lately.
func (t *Telegram) answerGroup(c summons) {
	if !t.groups.due(c.chat, t.clock.Now()) {
		return
	}
	t.errands.add(func(ctx context.Context) error {
		chat := strconv.FormatInt(c.chat, 10)
		if err := t.pacer.Wait(ctx, store.NudgeLane, chat); err != nil {
			return err
		}
		text := t.words.Phrase("in-group", c.language)
		if name := t.botName(); name != "" {
			text += "\n\nhttps://t.me/" + name
		}
		_, err := t.wire.call(ctx, "sendMessage", tgbotapi.Params{"chat_id": chat, "text": text, "link_preview_options": noPreview})
		return err
	})
}
