// Package store is what Kintsugi remembers: people, their sessions and entries,
// what is due, and the messages owed. It writes typed records, their indexes and
// their sealing once, above a small [Backend] that only knows tables of bytes.
//
// It promises that a transaction happens whole or not at all, that an index never
// disagrees with its records, and that everything a person wrote or is reaches the
// backend sealed: with XChaCha20-Poly1305, under a random data key of that person,
// which is itself sealed under a [MasterKey] kept elsewhere. A sealed value opens
// only in the place where it was put. What stays readable are times, counters,
// sizes and record keys.
//
// # Caveats
//
// The function given to [Store.Update] may run more than once, and beside others
// in one commit: it touches nothing outside its [Records], but for variables that
// each run sets afresh. It must not begin another transaction, nor may a View
// begin an Update: either may wait for itself forever.
//
// Deleting a person removes their data key, and with it what older copies of their
// records could be opened with. A backend may still hold the freed bytes of the
// sealed key until they are written over, and a backup holds what it held.
//
// Times are kept to the millisecond and come back in UTC.
package store
