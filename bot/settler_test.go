package bot

import (
	"testing"

	"kintsugi/store"
)

// What one turn is about to settle, a later one settles too if it settles what came after
// it: which of them is committed first is open.
func TestNothingIsSettledBeforeWhatStoodInFrontOfIt(t *testing.T) {
	q := newSettler(nil)
	q.add(store.Message{Person: 1, Seq: 1})
	first := q.board(2)
	if len(first) != 1 {
		t.Fatalf("a turn of somebody else takes %d messages, want 1", len(first))
	}
	if more := q.board(3); len(more) != 0 {
		t.Errorf("another takes %d that are taken already", len(more))
	}
	q.add(store.Message{Person: 1, Seq: 2})
	second := q.board(3)
	if len(second) != 2 || second[0].Seq != 1 || second[1].Seq != 2 {
		t.Errorf("the next turn takes %+v, want both in order", second)
	}
	q.drop(second)
	q.drop(first)
	if left := q.board(1); len(left) != 0 {
		t.Errorf("%d messages are left", len(left))
	}
}

func TestWhatATurnCouldNotSettleIsSettledByAnother(t *testing.T) {
	q := newSettler(nil)
	q.add(store.Message{Person: 1, Seq: 1})
	q.leave(q.board(2))
	if page, _ := q.page(); len(page) != 1 {
		t.Errorf("%d messages are to be settled, want 1", len(page))
	}
}
