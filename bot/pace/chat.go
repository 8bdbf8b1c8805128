package pace

import (
	"container/heap"
	"container/list"
	"slices"
	"time"

	"kintsugi/store"
)

// fewChats are kept without a look at whether they are at rest.
const fewChats = 1024

// chat is one chat for which somebody waits, or lately did.
type chat struct {
	bucket
	queue   []*asker // in the order of asking
	replies int      // in the queue

	// A chat that has a queue is either ready, or has a time at which it will be.
	ready   *list.Element
	readyIn store.Lane
	when    time.Time
	index   int // in the agenda, or -1
}

// lane is the lane of the chat's first message: it is a reply's if any behind it is one.
func (c *chat) lane() store.Lane {
	if c.replies > 0 {
		return store.ReplyLane
	}
	return store.NudgeLane
}

func (c *chat) add(a *asker) {
	c.queue = append(c.queue, a)
	if a.lane == store.ReplyLane {
		c.replies++
	}
}

func (c *chat) remove(a *asker) {
	i := slices.Index(c.queue, a)
	c.queue = slices.Delete(c.queue, i, i+1)
	if a.lane == store.ReplyLane {
		c.replies--
	}
}

// chat gives the chat of that id.
func (p *Pacer) chat(id string, now time.Time) *chat {
	c := p.chats[id]
	if c == nil {
		p.forgetIdle(now)
		c = &chat{bucket: newBucket(p.perChat, chatBurst), index: -1}
		p.chats[id] = c
	}
	return c
}

// forgetIdle forgets the chats of which nothing needs to be known, once there are twice
// as many as were left the last time.
func (p *Pacer) forgetIdle(now time.Time) {
	if len(p.chats) < p.many {
		return
	}
	for id, c := range p.chats {
		if len(c.queue) == 0 && !c.full.After(now) {
			delete(p.chats, id)
		}
	}
	p.many = max(2*len(p.chats), fewChats)
}

// place puts a chat where its first message belongs.
func (p *Pacer) place(c *chat, now time.Time) {
	if c.ready != nil {
		p.ready[c.readyIn].Remove(c.ready)
		c.ready = nil
	}
	if c.index >= 0 {
		heap.Remove(&p.later, c.index)
	}
	if len(c.queue) == 0 {
		return
	}
	lane := c.lane()
	if c.when = c.at(lane == store.NudgeLane); c.when.After(now) {
		heap.Push(&p.later, c)
		return
	}
	c.readyIn = lane
	c.ready = p.ready[lane].PushBack(c)
}

// agenda has the chat first that is ready next.
type agenda []*chat

func (g agenda) Len() int           { return len(g) }
func (g agenda) Less(i, j int) bool { return g[i].when.Before(g[j].when) }

func (g agenda) Swap(i, j int) {
	g[i], g[j] = g[j], g[i]
	g[i].index, g[j].index = i, j
}

// Push implements [heap.Interface].
func (g *agenda) Push(c any) {
	c.(*chat).index = len(*g)
	*g = append(*g, c.(*chat))
}

// Pop implements [heap.Interface].
func (g *agenda) Pop() any {
	last := len(*g) - 1
	c := (*g)[last]
	c.index = -1
	(*g)[last] = nil
	*g = (*g)[:last]
	return c
}
