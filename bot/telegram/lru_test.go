package telegram

import (
	"fmt"
	"testing"
)

func TestAFullMemoryForgetsWhatWasUsedTheLongestAgo(t *testing.T) {
	l := newLRU[string, int](2)
	l.put("a", 1)
	l.put("b", 2)
	l.get("a")
	l.put("c", 3)
	l.put("c", 4)
	if l.get("a") != 1 || l.get("b") != 0 || l.get("c") != 4 {
		t.Errorf("it holds %d, %d, %d", l.get("a"), l.get("b"), l.get("c"))
	}
	l.drop("a")
	l.drop("a")
	if l.get("a") != 0 || l.order.Len() != 1 {
		t.Error("what was dropped is still there")
	}
}

func TestOfAChatOnlyTheLastMessagesAreRemembered(t *testing.T) {
	r := newRecent()
	for i := range 10 * recentIDs {
		r.saw("7", i+1)
	}
	known := r.known("7")
	if len(known) < recentIDs || len(known) > 2*recentIDs || known[len(known)-1] != 10*recentIDs {
		t.Errorf("%d are remembered, the last is %d", len(known), known[len(known)-1])
	}
	for i := range 2 * recentChats {
		r.saw(fmt.Sprint("chat ", i), 1)
	}
	if n := len(r.chats.slots); n != recentChats {
		t.Errorf("%d chats are remembered", n)
	}
}
