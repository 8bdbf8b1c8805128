package store

import "context"

// OpenWith is Open with migrations that are made up.
func OpenWith(ctx context.Context, b Backend, key MasterKey, steps ...func(*Records) error) (*Store, error) {
	var made []migration
	for _, step := range steps {
		made = append(made, step)
	}
	return open(ctx, b, key, made)
}

// AllTables names every table.
func AllTables() []string { return allTables() }

// Tx gives the transaction beneath.
func (r *Records) Tx() Tx { return r.tx }
