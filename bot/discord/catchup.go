package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"kintsugi/store"
)

const (
	pageSize    = 100 // messages, as many as Discord gives at a time
	maxFetching = 8   // chats being caught up with at a time
)

// catchUp fetches what was written in a chat after the last message that was handled,
// and hands it over.
func (r *receiver) catchUp(chat string) task {
	run := func(ctx context.Context) error {
		if chat == "" {
			return nil // of what can't be read, nothing can be fetched
		}
		after := r.notes.get(chat).After
		for after != "" {
			page, err := r.fetchPage(ctx, chat, after)
			if err != nil {
				return r.giveUp(ctx, chat, err)
			}
			for _, raw := range page {
				if !r.catch(ctx, raw) {
					return ctx.Err()
				}
			}
			if len(page) < pageSize {
				return nil
			}
			after = idOf(page[len(page)-1])
		}
		return nil
	}
	return task{run: run, fetches: true}
}

// fetchPage gives the messages of a chat that come first after one, oldest first.
func (r *receiver) fetchPage(ctx context.Context, chat, after string) ([]json.RawMessage, error) {
	select {
	case r.fetching <- struct{}{}:
		defer func() { <-r.fetching }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := r.pacer.Wait(ctx, store.NudgeLane, chat); err != nil {
		return nil, err
	}
	var page []json.RawMessage
	err := r.rest.patiently(ctx, listCall(chat, after), &page)
	slices.SortStableFunc(page, func(a, b json.RawMessage) int {
		switch a, b := idOf(a), idOf(b); {
		case newer(b, a):
			return -1
		case newer(a, b):
			return 1
		}
		return 0
	})
	return page, err
}

// listCall lists messages of a chat: those first after one, or the last ones if after is
// empty.
func listCall(chat, after string) call {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}}
	if after != "" {
		query.Set("after", after)
	}
	return call{
		route: "GET channels/{id}/messages", url: discordgo.EndpointChannelMessages(chat),
		query: query, spare: chat,
	}
}

// catch hands over a message that was fetched until it is handled, or ctx ends. A slash
// command that came to this very run waits in the queue, or is done.
func (r *receiver) catch(ctx context.Context, raw json.RawMessage) bool {
	a, ok := arrivalOf(raw)
	if !ok {
		a, ok = lostAct(raw, r.clock.Now())
		ok = ok && !r.seen.has(actMark+a.ID)
	}
	if !ok {
		return ctx.Err() == nil
	}
	return insist(ctx, r.clock, func(ctx context.Context) error { return r.handOver(ctx, a) })
}

// giveUp gives up catching up with a chat that is not to be had, and forgets one that is
// gone. An error says that ctx has ended.
func (r *receiver) giveUp(ctx context.Context, chat string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.log.Warn("what was written meanwhile can't be fetched", "error", err)
	if e := asCallError(err); e != nil && e.status == http.StatusNotFound {
		r.notes.forget(chat)
	}
	return nil
}

func idOf(raw json.RawMessage) string {
	var m struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(raw, &m) != nil || !isID(m.ID) {
		return ""
	}
	return m.ID
}
