// Package exchange is where two people meet who are never in one room. Each is in a
// private chat of their own; what they do together is a record that the moves of both go
// into, and that gives away only what its rules allow:
//
//   - a [Reveal]: both answer the same question apart, and read each other only once both
//     have;
//   - a [Relay]: one speaks, the other says back what they heard, and they swap;
//   - an [Agreement]: proposed, accepted, declined or countered, and ended by either at
//     any time.
//
// Everything here is pure: a move takes a record and gives another, and time comes in as
// an argument. Nothing is ever undone: a phase only leads to a later one. Records are of
// the couple, and whoever keeps them lets a turn of one person change one, in that turn's
// transaction, and tells the other side by an event with its version and without words.
// An event whose version is not the newest is old news.
//
// Whoever declines, passes, pauses, leaves or never looks makes no move. That is the whole
// of how these look alike from the other side: there is nothing to tell them by.
package exchange
