package discord

import (
	"context"
	"encoding/json"
)

// keep saves the notes when they changed, with a pause after each time, until ctx ends.
func (n *notes) keep(ctx context.Context) {
	for {
		select {
		case <-n.news:
		case <-ctx.Done():
			return
		}
		n.save(ctx, 0)
		if n.clock.Pause(ctx, saveTime) != nil {
			return
		}
	}
}

// saveLast saves the notes once more, whether ctx has ended or not.
func (n *notes) saveLast(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTime)
	defer cancel()
	n.save(ctx, 0)
}

// save saves the notes, unless somebody else did since the given change; 0 is the last
// one. If that fails, the next change has it done.
func (n *notes) save(ctx context.Context, change int) {
	if n.keeper == nil {
		return
	}
	n.saving.Lock()
	defer n.saving.Unlock()
	data, changes := n.write(change)
	if data == nil {
		return
	}
	if err := n.keeper.Save(ctx, data); err != nil {
		if ctx.Err() == nil {
			n.log.Error("the notes can't be saved", "error", err)
		}
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.saved = changes
}

// write gives the notes as they are saved, nil if they need not be, and how many
// changes are in them.
func (n *notes) write(change int) (data []byte, changes int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.saved == n.changes || change > 0 && n.saved >= change {
		return nil, 0
	}
	data, err := json.Marshal(map[string]any{"chats": n.chats})
	if err != nil {
		panic(err) // strings and numbers can be written
	}
	return data, n.changes
}
