package discord

import (
	"context"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
	"kintsugi/store"
)

// shortWait is for how long a message waits for a chat's limit. For longer, it is put
// off.
const shortWait = 5 * time.Second

// Send implements bot.Platform. A message that is too long goes out in parts. The first
// answer to a slash command takes the place of its "thinking", and a message that
// replaces another is an edit of it.
func (d *Discord) Send(ctx context.Context, m bot.Outbound) error {
	if !isID(m.To.ID) {
		return fmt.Errorf("sending: %w (not a chat on Discord)", bot.ErrUnreachable)
	}
	parts, err := compose(m)
	if err != nil {
		return fmt.Errorf("sending: %w", err)
	}
	o := outgoing{Discord: d, m: m, parts: parts, answers: readHandle(m.Handle)}
	for i := d.sent.arrived(m.ID); i < len(parts); i++ {
		id, err := o.send(ctx, i)
		if err != nil {
			return d.outcome(err)
		}
		d.sent.arrive(m.ID, i+1, len(parts))
		if i == len(parts)-1 {
			o.sent(id)
		}
	}
	return nil
}

// outcome says of a message what its call came to.
func (d *Discord) outcome(err error) error {
	e := asCallError(err)
	if e == nil {
		return fmt.Errorf("sending: %w", err)
	}
	if e.global {
		d.pacer.Hold(e.later)
	}
	return e.outcome(d.clock.Now())
}

// outgoing is a message on its way.
type outgoing struct {
	*Discord
	m       bot.Outbound
	parts   []part
	answers handle
}

// send sends a part, and gives the message's id.
func (o *outgoing) send(ctx context.Context, i int) (id string, err error) {
	if i == 0 {
		id, done, err := o.edit(ctx)
		if done || err != nil {
			return id, err
		}
	}
	return o.post(ctx, i)
}

// edit sends the first part as an edit, if that is how it is to be sent. It is not done
// if there is nothing to be edited any more.
func (o *outgoing) edit(ctx context.Context) (id string, done bool, err error) {
	c, ok := o.editCall()
	if !ok {
		return "", false, nil
	}
	id, err = o.call(ctx, c)
	if e := asCallError(err); e != nil && e.kind == answered && e.fixed() {
		return "", false, nil
	}
	return id, err == nil, err
}

func (o *outgoing) editCall() (call, bool) {
	if o.answers.token != "" {
		free := o.pending.take(o.answers)
		return originalCall("PATCH", o.answers, o.parts[0].edit()), free && o.parts[0].file == nil
	}
	target := o.answers.message
	if target == "" {
		target = o.Discord.sent.withButtons(o.m.To.ID)
	}
	if !o.m.Message.Replaces || target == "" || len(o.parts) > 1 || o.m.File != nil {
		return call{}, false
	}
	return messageCall("PATCH", o.m.To.ID, target, o.parts[0].edit()), true
}

// originalCall changes the answer to a slash command.
func originalCall(method string, h handle, body any) call {
	return call{
		route: method + " webhooks/{id}/{token}/messages/@original",
		url:   discordgo.EndpointInteractionResponseActions(h.app, h.token), body: body,
	}
}

// messageCall changes a message.
func messageCall(method, chat, message string, body any) call {
	return call{
		route: method + " channels/{id}/messages/{id}",
		url:   discordgo.EndpointChannelMessage(chat, message), body: body, spare: chat,
	}
}

func (o *outgoing) post(ctx context.Context, i int) (id string, err error) {
	p := o.parts[i]
	return o.call(ctx, call{
		route: "POST channels/{id}/messages", url: discordgo.EndpointChannelMessages(o.m.To.ID),
		body: p.message(nonce(o.m.ID, i)), file: p.upload(), spare: o.m.To.ID,
	})
}

// call makes a call in its turn, and gives the id of the message that it is about.
func (o *outgoing) call(ctx context.Context, c call) (id string, err error) {
	now := o.clock.Now()
	if until, empty := o.rest.spare.get(c.bucket(), now); empty && c.spare != "" {
		if until.Sub(now) > shortWait {
			return "", &callError{route: c.route, kind: notSent, later: until, reason: "the chat's limit is used up"}
		}
		if err := o.clock.Until(ctx, until); err != nil {
			return "", err
		}
	}
	if err := o.pacer.Wait(ctx, o.m.Lane, o.m.To.ID); err != nil {
		return "", err
	}
	var sent struct {
		ID string `json:"id"`
	}
	_, err = o.rest.do(ctx, c, &sent)
	return sent.ID, err
}

// sent tidies up in the background after a message has gone: buttons that were answered
// and "thinking" that was not.
func (o *outgoing) sent(id string) {
	chat := o.m.To.ID
	if o.m.Lane == store.ReplyLane {
		if old := o.answered(); old != "" && old != id {
			o.Discord.sent.hasNoButtons(chat, old)
			o.lane.try(func(ctx context.Context) { o.strip(ctx, chat, old) })
		}
	}
	if len(o.m.Message.Buttons) > 0 {
		o.Discord.sent.hasButtons(chat, id)
	} else {
		o.Discord.sent.hasNoButtons(chat, id)
	}
	switch {
	case o.answers.lost != "":
		o.lane.try(func(ctx context.Context) { o.remove(ctx, messageCall("DELETE", chat, o.answers.lost, nil)) })
	case o.answers.token != "" && o.m.File != nil && len(o.parts) == 1:
		o.lane.try(func(ctx context.Context) { o.unthink(ctx, o.answers) })
	}
}

// answered gives the message whose buttons have had their time: that which was pressed,
// or the last one before what was said, or when there are new ones. It may be the very
// message that was sent, if that was an edit.
func (o *outgoing) answered() string {
	last := o.Discord.sent.withButtons(o.m.To.ID)
	switch said := o.answers.said; {
	case o.answers.message != "":
		return o.answers.message
	case said != "" && newer(last, said):
		return "" // it came meanwhile, and nobody has answered it
	case said != "" || len(o.m.Message.Buttons) > 0:
		return last
	}
	return ""
}

// strip takes the buttons off a message. What it says stays as it is.
func (d *Discord) strip(ctx context.Context, chat, message string) {
	if d.pacer.Wait(ctx, store.NudgeLane, chat) != nil {
		return
	}
	body := struct {
		Components []discordgo.MessageComponent `json:"components"`
	}{[]discordgo.MessageComponent{}}
	_ = d.rest.patiently(ctx, messageCall("PATCH", chat, message, body), nil) // old buttons do no harm
}

// unthink takes a "thinking" away that nothing took the place of.
func (d *Discord) unthink(ctx context.Context, h handle) {
	d.remove(ctx, originalCall("DELETE", h, nil))
}

// remove takes a "thinking" away by a call.
func (d *Discord) remove(ctx context.Context, c call) {
	ctx, cancel := context.WithTimeout(ctx, laneTime)
	defer cancel()
	_ = d.rest.patiently(ctx, c, nil) // it goes by itself after a while
}
