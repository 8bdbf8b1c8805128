package discord

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
	"kintsugi/flows"
)

// actMark begins what the ring knows an act by that came, handled or not.
const actMark = "act-"

// receiver is one Receive.
type receiver struct {
	*Discord
	ctx      context.Context
	handle   func(context.Context, bot.Inbound) error
	beside   sync.WaitGroup
	fetching chan struct{} // holds one for each chat being caught up with

	registered atomic.Bool // our commands are registered, or about to be
}

// Receive implements bot.Platform. The error says what to mend. It is called once.
func (d *Discord) Receive(ctx context.Context, handle func(context.Context, bot.Inbound) error) error {
	if d.notes.load(ctx) != nil {
		return nil
	}
	running, cancel := context.WithCancel(ctx)
	r := &receiver{Discord: d, ctx: running, handle: handle, fetching: make(chan struct{}, maxFetching)}
	r.beside.Go(func() { d.notes.keep(running) })
	r.beside.Go(func() { d.lane.work(running) })
	r.beside.Go(func() { d.pending.sweep(running, d.unthink) })
	err := d.gateway.run(running, r.take)
	cancel()
	d.acks.Wait() // these may still put something into a queue
	d.queues.wait()
	r.beside.Wait()
	d.notes.saveLast(ctx)
	d.rest.client.CloseIdleConnections()
	return err
}

// take takes an event of the gateway. It does not wait: what is to be handed over is
// put into the queue of its chat.
func (r *receiver) take(e *discordgo.Event) {
	switch e.Type {
	case "READY":
		r.begun(e)
	case "MESSAGE_CREATE":
		if a, ok := arrivalOf(e.RawData); ok {
			r.arrive(a)
		}
	case "MESSAGE_UPDATE":
		if a, ok := editOf(e.RawData); ok {
			r.arrive(a)
		}
	case "INTERACTION_CREATE":
		r.interact(e)
	}
}

// begun deals with a new session: nobody knows what was missed before it.
func (r *receiver) begun(e *discordgo.Event) {
	for _, chat := range r.notes.recent() {
		r.queues.add(r.ctx, chat, r.catchUp(chat), r.catchUp(chat))
	}
	var ready discordgo.Ready
	if json.Unmarshal(e.RawData, &ready) == nil && ready.Application != nil && isID(ready.Application.ID) {
		r.app.Store(&ready.Application.ID)
		r.register(ready.Application.ID)
	}
}

// arrive has an event handed over after those before it in its chat.
func (r *receiver) arrive(a arrival) {
	run := func(ctx context.Context) error { return r.handOver(ctx, a) }
	r.queues.add(r.ctx, a.chat, task{run: run}, r.catchUp(a.chat))
}

// handOver hands over what came.
func (r *receiver) handOver(ctx context.Context, a arrival) error {
	if a.message != "" {
		r.notes.meet(ctx, a.chat, a.message)
	}
	for _, in := range a.events() {
		if err := r.handOne(ctx, a.chat, in); err != nil {
			return err
		}
	}
	if a.message != "" {
		r.notes.handled(a.chat, a.message)
	}
	return nil
}

// handOne hands an event over, unless that was done already: a message can come twice,
// by the gateway and by catching up.
func (r *receiver) handOne(ctx context.Context, chat string, in bot.Inbound) error {
	if r.seen.has(in.ID) {
		return nil
	}
	if in.Unread == "" && in.Language == "" {
		in.Language = r.notes.get(chat).Locale
	}
	if err := r.handle(ctx, in); err != nil {
		return err
	}
	r.seen.add(in.ID)
	return nil
}

// interact acknowledges an act at once, and has it handed over after what came before it
// in its chat.
func (r *receiver) interact(e *discordgo.Event) {
	a, ok := readAct(e.RawData)
	if !ok {
		r.arrive(unreadable(e.RawData))
		return
	}
	if !r.seen.add(actMark + interactionPrefix + a.ID) {
		return // it came again with a resumed session
	}
	if !a.private() {
		r.acks.Go(func() { r.elsewhere(a) })
		return
	}
	if event, ok := a.event(); ok {
		r.act(a, event)
	}
}

// act deals with an act in direct messages.
func (r *receiver) act(a act, event flows.Event) {
	var acknowledged bool
	done := make(chan struct{})
	at := r.clock.Now()
	r.acks.Go(func() {
		defer close(done)
		acknowledged = r.acknowledge(r.ctx, a, a.deferral())
	})
	run := func(ctx context.Context) error {
		select {
		case <-done:
		case <-ctx.Done():
			return ctx.Err()
		}
		h := a.handle(acknowledged, at)
		return r.handOverAct(ctx, arrival{Inbound: a.inbound(event, h), chat: a.ChannelID}, h)
	}
	r.queues.add(r.ctx, a.ChannelID, task{run: run}, r.catchUp(a.ChannelID))
}

// handOverAct hands over an act in a chat. If that led to no message, its "thinking" is
// taken away after a while.
func (r *receiver) handOverAct(ctx context.Context, a arrival, h handle) error {
	r.notes.meet(ctx, a.chat, a.ID[len(interactionPrefix):])
	if a.Language != "" {
		r.notes.speaks(a.chat, a.Language)
	}
	if h.token != "" {
		r.pending.open(h)
	}
	if err := r.handOver(ctx, a); err != nil {
		return err
	}
	r.pending.handled(h)
	return nil
}
