// Package discord is a bot.Platform that talks with people in direct messages on
// Discord.
//
// A person is where their direct messages are: the channel is the address. Slash
// commands, buttons, menus and plain words all come in there. In a server's channel the
// one command that there is answers, to be seen by the one who called it alone, that
// Kintsugi talks in private, and opens the direct messages.
//
// From discordgo come the types, the encoders and the paths of the REST API. The socket
// of the gateway and the sending of requests are our own: the library retries without
// bound, ignores contexts while it waits, and looks at no close code.
//
// What the package promises:
//
//   - One person's events are handed over in order, and again until they are handled.
//     Where Options.Notes are given, what somebody wrote while the program was down is
//     fetched when it starts.
//   - Every interaction is acknowledged at once, before it is handed over.
//   - A message has a nonce made of its ID, so that one sent again within some minutes
//     arrives once. The first answer to a slash command is an edit, which can be repeated.
//   - Texts are shown as they stand: what Discord reads as markup is escaped, but for
//     links, which stay links. Nobody is pinged.
//   - A token that is not taken, or an intent that is not allowed, ends Receive, and
//     the error names what has to be changed and where. Everything else is tried again after growing pauses,
//     and never more often than Discord allows sessions a day.
//   - No log line and no error holds the token, an id, a name or what somebody wrote.
//
// # Caveats
//
// Discord forgets nonces after some minutes. A message of unknown fate that is sent again
// later than that arrives twice; of a split one, those parts that had arrived.
//
// A press on a button or a slash command while the program is down is lost: Discord says
// so to the person and offers no second time. So is the first message of somebody who
// never wrote before, and of somebody who was silent for two weeks.
//
// A press that was acknowledged and not yet handled when the program ends is lost too:
// Discord wants it acknowledged at once, and tells nobody of it again. A slash command is
// taken up again by its "thinking" if the program is back within 15 minutes, without the
// words that came with it. Of more than 200 acts that wait in one chat, the rest is lost.
//
// Which message has buttons is known until the program ends: then those of an earlier
// run stay. A press on them is answered all the same.
//
// More than 125 buttons do not fit below a message: the rest can be answered in words.
//
// Space at the beginning and at the end of a message is left out by Discord.
package discord
