package bottest

import "kintsugi/store"

// Forget notes that nothing of a chat is kept.
func (c *conn) Forget(chat store.Address) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.f.forgotten[chat]++
}

// Forgotten says how often the platform was told to remember nothing of a person's chat.
func (f *Fake) Forgotten(person int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.forgotten[f.Address(person)]
}
