// Package telegram is chats on Telegram: a bot.Platform over the Bot API, by long
// polling or by a webhook.
//
// An update is acknowledged only when it was handled. Those of one chat are handed over
// one after another, those of different chats alongside, and one that can't be read is
// handed over as it came. It talks in private chats alone. Called in a group, it
// answers with a line and a link to itself, and otherwise it is silent there.
//
// Text is literal: it goes out without a parse mode, and what stands out in it as
// entities. A button carries the token of its press and nothing else. The buttons of a
// question are taken away in the background once it was answered.
//
// No error and no log line holds the token, a text, a name or the id of anybody.
//
// # Caveats
//
// The Bot API has no key by which a message that is sent twice arrives once. What was
// written to the network and not answered is bot.ErrAmbiguous.
//
// Telegram keeps updates for 24 hours and presses for 150 seconds. What comes while the
// program is down for longer than that is lost.
//
// Telegram shows a poller at most 100 updates from the lowest that is not acknowledged.
// While one turn does not come to an end, the 99 updates behind it are still handed
// over, and no more. A webhook has no such limit but that of the connections, 40.
//
// The messages that can be hidden are those of the last 48 hours. Which ones a chat had
// is remembered for the chats that spoke lately, and not over a restart. Then the
// numbers just below the newest are tried: in a bot with much to do, they are soon used
// up by others.
//
// Connections are HTTP/1.1, many and kept: on one connection for everything, nobody
// could tell so well whether a request had left.
package telegram
