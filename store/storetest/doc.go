// Package storetest is the suite that every [store.Backend] passes, and help for
// tests of what stands on a store: [Check] for their cleanup, [Faulty] for a disk
// that takes no more.
package storetest

import (
	"context"
	"testing"

	"kintsugi/store"
)

// Check fails the test if the records in b disagree with their indexes. It belongs
// in a cleanup, before b is closed.
func Check(t testing.TB, b store.Backend) {
	t.Helper()
	if err := store.Check(context.Background(), b); err != nil {
		t.Errorf("the store is not consistent:\n%v", err)
	}
}
