package store

import "errors"

// Errors of opening. What is there is left untouched.
var (
	// ErrNotOurs says that something is there that Kintsugi did not write.
	ErrNotOurs = errors.New("not a Kintsugi store")
	// ErrInUse says that another process holds the store.
	ErrInUse = errors.New("the store is in use by another process")
	// ErrNewer says that a newer Kintsugi wrote the store.
	ErrNewer = errors.New("the store was written by a newer version")
	// ErrWrongKey says that the store was sealed with another master key.
	ErrWrongKey = errors.New("the master key does not belong to this store")
	// ErrKeyExposed says that people other than its owner may read the key file.
	ErrKeyExposed = errors.New("the key file can be read by others; set its mode to 0600")
	// ErrBadKey says that a text is not a master key.
	ErrBadKey = errors.New("not a master key: one is a line of " + keyPrefix + " and 44 characters")
)

// Errors of working.
var (
	// ErrClosed says that the store was closed before.
	ErrClosed = errors.New("the store is closed")
	// ErrCommit says that a transaction could not be made durable: nothing of it
	// was written. The cause is wrapped beside it.
	ErrCommit = errors.New("could not commit")
)

// Errors of records.
var (
	// ErrNotFound says that there is no such record, or no such person.
	ErrNotFound = errors.New("not found")
	// ErrAddressTaken says that an address belongs to somebody else.
	ErrAddressTaken = errors.New("the address belongs to another person")
	// ErrBroken says that a sealed record does not open: it is damaged, or was
	// moved from where it was put.
	ErrBroken = errors.New("a sealed record does not open")
)
