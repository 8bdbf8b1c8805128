package store

import (
	"context"
	"fmt"
)

// Look says what [Open] would say of what b holds and of the master key, and changes
// nothing: [ErrNotOurs], [ErrNewer], [ErrWrongKey]. An empty b is fine.
func Look(ctx context.Context, b Backend, key MasterKey) error {
	return look(ctx, b, key, migrations())
}

func look(ctx context.Context, b Backend, key MasterKey, steps []migration) error {
	keys, err := deriveKeys(key)
	if err != nil {
		return err
	}
	err = b.View(ctx, func(tx Tx) error {
		r := &Records{tx: tx, keys: keys}
		version, err := r.version(uint64(len(steps) + 1))
		if err != nil || version != 0 {
			return err
		}
		return r.nothing()
	})
	if err != nil {
		return fmt.Errorf("looking at the store: %w", err)
	}
	return nil
}
