// Package bot is the service between people's chats and their conversations: it
// takes what happens to a person from a [Platform], lets the engine take one
// step, keeps everything that follows from it in one transaction, and sends what
// is owed.
//
// It promises that an event is applied exactly once however often it is handed
// over, that one person's events and messages keep their order, and that a
// message which was owed when the process died is still owed when it comes back.
//
// A photo is fetched beside the turns, made small, and becomes an event of its own, so
// that nobody waits for it. It is tried five times within an hour. At most 100 photos and
// 40 MB are kept of a person.
//
// # Caveats
//
// A message may arrive twice where nobody can know whether it arrived: when the
// process dies between sending and noting it, or when the platform says that the
// outcome is ambiguous. A reply is then sent again; a nudge only where the
// platform is [Deduplicating].
//
// Replies and nudges are two lanes: order is kept within a lane, and a reply
// overtakes nudges that have not left yet.
//
// A photo whose fetching is cut off by the end of the process is fetched again three
// minutes after it was begun. One of which the answer was changed or begun anew takes
// its room until there is too little; then it goes.
//
// What is said because a wait lapsed is a nudge, since nobody is looking at the
// chat waiting for it. A person who can't be reached is not sent any.
//
// The last words in a chat whose person was deleted or has moved away go around the
// outbox: they are lost if the process dies just then.
package bot
