// Package discordtest is a stand-in for Discord: its REST interface (v9), its gateway,
// and people who write to the bot in direct messages.
//
// What was said stays while programs come and go, and so do the sessions of the gateway,
// for some minutes. It refuses what Discord refuses, with its codes, and notes in
// [Server.Violations] what Discord would take and a good bot does not send. Time is
// that of the package time, so that it can live in a bubble of testing/synctest, over a
// [bottest.Pipe].
//
// Routes are named by their method and template, such as
// "POST /channels/{channel}/messages", "PATCH /webhooks/{app}/{token}/messages/{message}"
// or "POST /interactions/{interaction}/{token}/callback".
//
// # Caveats
//
// A command can be used whether it is registered or not: see [Server.Commands]. Rate
// limits are off until they are switched on, and are counted for each route and channel.
// Content is rendered by the rules that Discord's clients are known to follow; every
// :word: counts as an emoji, as though there were one of each name. Snowflakes are true
// to the time of day after 2015; where the clock stands before that, only their order
// is. IDENTIFY may come at any pace, and there is no compression.
package discordtest
