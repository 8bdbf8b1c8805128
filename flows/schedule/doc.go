// Package schedule says when something comes back: what a person set, and the instants
// that it comes to, in the zone they are in.
//
// A [Rule] is a cron expression or a computed date. It names slots: places on the
// calendar, "12 March at 21:30", whatever the zone. A [Slot] becomes an instant in a
// zone, at most once:
//
//   - A slot that the clocks jump over fires at the first instant after the gap.
//   - A slot that comes twice, as clocks go back, fires the first time only.
//   - Where the rest of a day is jumped over (in Nuuk, 23:00 is followed by midnight),
//     its slots fire in the last minute before, so that they stay on their date.
//   - A day that a zone left out (Apia, 30 December 2011) fires never.
//
// So whatever fires for a date fires on that date. A rule with several times a day
// fires at each of them once per local date; those that one gap brings together are
// one.
//
// Everything here is pure. There is no clock, and the zone of a time.Time that is
// passed in is never looked at: the zone is an argument of its own, and not nil.
//
// # Caveats
//
// A cron expression means what it says: "0 9 31 * *" passes over short months. A rule
// made by [Monthly] does not, see there.
//
// If both the day of the month and the weekday are given, either is enough, as cron
// has it. Sunday is 0, not 7.
//
// [Missed] does not send a nudge after midnight if the same rule has one on the new
// date. A daily nudge at 23:59 that is looked at a minute late is therefore left out.
package schedule
