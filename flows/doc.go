// Package flows is the conversation engine: it reads flows, and takes one step at a
// time in them.
//
// A flow is a YAML file: steps with ids that say something, ask something, branch,
// record. [Load] reads all there are into a [Book] and finds every mistake at once.
// [Book.Step] takes one event – somebody said something, pressed a button, a wait
// ran out – and gives the [Session] after it and the [Effect]s to carry out.
//
// A step is a pure function. It has no clock, does no I/O and draws nothing by lot
// but by the seed it is given: equal turns lead to equal results.
//
// What a person may do at any moment needs no word from a flow's author: answer by
// button or in words, /back, /skip, /repeat, /cancel. Whoever begins another thing can
// return to the first, whoever stays away for weeks hears where they stopped, and a
// button of long ago does no harm.
//
// A flow may change under an open conversation. Steps keep their ids; a renamed one
// is listed under `moved`; where a step is gone, the person goes on behind the nearest
// earlier step that stands (a branch is decided anew, a round of a loop begun again),
// and a question that takes another kind of answer now is put again. The answers stay.
//
// # What a flow can say
//
//	id, title, for, minutes         what it is; for: betrayed, betrayer or both
//	command, does                   what starts it, and the line about it in /help
//	group                           where /help lists its command: help (when things are bad)
//	                                or settings; without it, among what there is to do
//	strangers                       open to somebody who was never greeted
//	aside                           says its piece without touching what is in front
//	traceless                       no answer in it is kept once it is over or left
//	fleeting                        nothing to come back to: leaving it ends it
//	joint                           nor once somebody has stopped being linked
//	unexported                      no export tells of it; what it records, it does
//	urgent                          what it says first comes at once, half done or not
//	silent                          an expression: while it holds, nothing that would lead here
//	                                comes by itself
//	crisis                          the variable that is filled with what was read in a person's
//	                                words: self-harm, harm-others or violence. The one flow that
//	                                has it answers them, whatever is in front
//	another_day                     of that flow: the variable that is true when somebody comes back
//	                                to it on another day; it begins anew then
//	about                           the variable that is filled when the flow is opened by
//	                                something that comes back about an item
//	vars                            variables that begin with a value; or blank, as
//	                                {type: date}: text, number, date, time, item, list or
//	                                choice
//	moved                           steps renamed: the old id to the new one
//	steps                           each with an id, perhaps a `when`, and one of:
//
//	say: text                       a text, or several that take turns;
//	                                words between ** and ** stand out
//	ask: text                       a question; type: text, number, scale, choice,
//	                                choices, yesno, list, date, time, zone, photo, country
//	                                or language; save, skip, retry, required, min, max,
//	                                age (of a yesno: it asks whether they are that old, and how
//	                                old they are is an answer), sayings (what is said to the program
//	                                is answered, and is no answer), choices, most, which, unexported; of a photo, caption:
//	                                the variable for the words that came with it; choices: a list,
//	                                each `id: label` or {id, label, when, also: words that mean
//	                                it besides its label},
//	                                {from: kind} of entries, or of items
//	                                {items: kind, state, limit, and: a list, shared: of those alone
//	                                that the other one has too}; by: how the ids of
//	                                the flows begin whose entries they are (drafts always)
//	coach: statement                helps with a draft: statement, apology, request or promise;
//	                                ask, save, rounds (how many mends are asked for at most);
//	                                before: the variable for what they wrote first; outcome: for
//	                                how it ended, kept, own or left; blocked: for whether it can't
//	                                be shared as it is; from: one with a line to say anew
//	draw: bank, take                variables from an entry of a bank, another one in each
//	                                conversation
//	branch: [{when, then}], else    then and else: a step's id, steps, or `continue`
//	each: list, as, steps           the steps for every item, unanswered in each round
//	set: {name: expression}         variables, or facts about the person
//	compose: variable, text         a text, with what is known in it, put into a variable
//	call: flow, give, take          another flow, as part of this one
//	record: kind, text, values      an entry in the journal
//	promise: text, as, values, state
//	                                an item, likewise `goal` and `milestone`: made anew, or
//	                                changed if the variable `as` holds the id of one
//	close: variable, state          the item is done (or dropped): nothing comes back about it
//	recall: variable, else          the item's values, back in the variables of their names;
//	                                else: where to go on if it is gone or not open
//	wait: text, for, done, lapse    lets the person be; lapse: where to go on by itself
//	resources: kind                 numbers to ring in the person's country, of one kind
//	                                or several: emergency, crisis, partner-violence, men,
//	                                lgbt, respect, young or directory; everywhere: those
//	                                of every country
//	nudge: id, opens, at, on        has a flow come back by itself: on is a variable with
//	                                a rhythm (daily, weekdays, weekly, monday and so on),
//	                                at one with a time, or the time; about: a variable with an item, of which
//	                                each has its own; or off: true
//	  day, repeat, lead             in place of on: variables with a date, with a choice
//	                                (once, weekly, fortnightly, monthly, yearly), and with
//	                                a number of days after the date, before it if below zero
//	  every, in                     in place of both: so many days from one to the next, and
//	                                until the first
//	  unrequested                   the person did not ask for it: of such, one a day
//	                                A time that the flow sets itself, and asks nobody for, is
//	                                kept to by and large: see "What comes by itself"
//	document: name, text            a file with a text: export.txt or export.json
//	photo: show or drop             a picture of the journal, or that it goes; at: a
//	                                variable with its place, the newest being 1
//	picture: weeks, days, text      a picture of what the person has kept, with a text that says
//	                                what it shows: weeks, of check-ins and trust; calendar, of:
//	                                kind, a month of entries, the one so many months before this
//	                                one that the variable `back` has; dials, of, values: of the
//	                                latest entry of a kind, named by the phrases dial-VALUE;
//	                                journey, what was done and learnt, and glad days; board, of:
//	                                up to six tiles, of entries of a kind with their photos
//	                                (of any kind, if there is none) and open goals; ours, the
//	                                board of both
//	pause: until                    nothing comes by itself: open (until they say), away
//	                                (until they do anything), a length such as 3d, or a
//	                                variable with a date; over ends it
//	safety: outcome                 how a safety check came out: clear, worrying or unsaid
//	hide: chat                      takes what was said lately out of sight, and offers
//	                                nothing of it again by itself
//	delete: everything              the person, with all that is kept about them; or
//	                                later (in 30 days), or never (the way back)
//	code: move, for                 a code that brings the person to the account that it is sent
//	                                from, once and within that time, in a message of its own;
//	                                or off: true, which lets the last one work no more
//	code: link, for                 likewise, by which somebody else comes who is invited
//	couple: agree                   a yes to the invitation that they came by; link: to whoever said
//	                                yes to theirs; decline: neither; unlink: linked no more;
//	                                share, words: the variable's text, given to the other one;
//	                                about: a variable with what it is about, thanks, read or blank;
//	                                answer: the oldest question of theirs, put on top; withdraw:
//	                                what was answered and not revealed is taken back
//	handing: give, item, words      gives a promise, a goal or a milestone to the other one, in words of
//	                                its own, or anew in others; take-back, item: it stands no longer;
//	                                take-up, given, item: what they gave is both's from now on, and
//	                                the item is the person's own
//	piece: put, words               lays a text on the board of both, three of each at most, and
//	                                with it the photo in the variable called photo, if the flow
//	                                has one; off, item: takes off a piece of either. Pieces are
//	                                items of the kinds piece, one's own, and their-piece; ours is
//	                                the board as it is. Alone, or without a clear safety check,
//	                                nothing is put
//	share: variable                 shows what the other one would see of a text, and gives it
//	                                to them if they say so: the flow together.share
//	reveal: variable, from, rule    the other one is asked what the step `from` asks, and once both
//	                                have answered, both read both answers; rule: overlap (of
//	                                choices, what both picked), lot (one or two of that, drawn), or
//	                                lower (of a choice, the one that stands first); until: a
//	                                variable with its last day, within two weeks. In a flow
//	                                with `about` it is a question about that item, put if the item
//	                                is both's and there is no other about it to be read. Alone, or
//	                                without a yes to it, nothing comes of it
//	relay: variable                 the other one is asked whether they want to hear the text, says
//	                                back what they heard, and then it is the other way round: the
//	                                flow together.relay
//	turn: accept                    a turn in the relay under way; say, words; read, without a word of
//	                                one's own; rule, verdict (yes, nearly or missed) and words; break, for (20m to 24h)
//	agreement: kind, text, until, once
//	                                proposes it to the other one: boundary, expectation or transparency;
//	                                variables with the words, and with its last day, at most 90 days
//	                                ahead; once: true where it is about one time, so that nobody asks
//	                                whether it goes on. Alone, or without a yes to it, nothing comes of it
//	move: accept, of, version       a word to an agreement whose item the variable holds: accept,
//	                                decline, end, counter (text, until) or renew (until); version: the
//	                                variable that recall has filled when it was shown; else: where
//	                                to go on if it is not as it was shown, or not theirs to do
//	news: kind, text, theirs, from, verdict, on, about
//	                                takes the oldest thing that came from the other one: variables
//	                                for its kind (yes, linked, share, offer, revealed, together,
//	                                lower, relay, heard or none; of an agreement, proposal, counter,
//	                                accepted, declined, renewed, ended or taken-back; of what one
//	                                gives the other, given, changed, withdrawn or taken-up; of
//	                                the board of both, once for all, board), words
//	                                (of an agreement, the id of its item), the other's answer, name,
//	                                verdict and day, for what words given are about, the item that
//	                                it is about, the flow by which it goes on (next), and both
//	                                answers as lists (own, other)
//	open: flow                      ends the flow and begins that one, as if it had been asked
//	                                for; or parked: goes on with what was set aside last
//	goto: id
//	end: text                       ends the flow; the text may be empty
//
// Expressions are those of expr-lang/expr over the flow's variables, checked at
// load. They also see answered.x, person.name and more of the person, today,
// kept(kind), photos, days_since(kind), numbers(kind, value, from, to),
// has_resources(kind), in_quiet(time), languages, abroad, nudged(id), items(kind), has_item(variable),
// comes(variable, nudge), days_to(date), due_items(kind),
// later_today(id), parked(days), proposed(what), name_in(text), couple.linked and more of the couple,
// gathered(when), shared(variable), both(variable), to_read(variable), unshareable(text) and agreed_on(text). Texts
// are templates over the same.
//
// What a person wrote or picked is woven into the text around it: a list of words or short
// phrases reads "a, b and c", any other is set by on lines of its own; a capital falls within
// a sentence unless it may be a name's, one of two full stops is left out, and quotes within
// quotes are single. A text needs no words for any of that.
//
// # Items
//
// An [Item] is a promise, a goal or a milestone: unlike an entry it is open until it is
// closed, it can change, and nudges can be about it. A variable of the type item holds
// the id of one, and reads as its words in a text. One that an `each` goes through has
// to be declared so: {type: item}. Somebody's copy of an [Agreement] is an item as well; it
// changes and closes by `move` alone.
//
// `recall` fills the variables that the item has a fitting value for. It blanks those
// that it has none for, if they are among the values of an item in the same flow or are
// declared as beginning blank. All others stay.
//
// A block that changes an item gives it its words and state anew and the values that it
// names; values that it does not name stay.
//
// # What comes by itself
//
// A nudge at a time that the person is asked for comes at that time. One at a time of the
// flow's own keeps an hour and a half from what came and from what is bound to come, and is
// no third one of an evening: it waits behind another one, which says that something else is
// there, and is offered once that is through. What nobody got to that day comes the next
// morning, and says that it has waited. So does what came from the other one, unless it keeps
// somebody waiting who is in the midst of talking, or who was told when it comes. Two of one
// moment are one message. After a stirred-up check-in, nothing is offered behind it.
//
// The words for it take turns: none comes twice within two days.
//
// # The days after a hard one
//
// For three days after a stirred-up check-in, and for a week after the three days of rest that
// words of danger bring, only light practices are among programme.suggested: first those whose
// `practice` says `easing`, of any stage. What was begun and not finished rests for four weeks,
// and is in programme.begun from then on.
//
// # Drafts and danger
//
// What a person writes is read by the package coach. Whatever it is an answer to, it is
// read for danger first: the flow with a `crisis` then comes in front, and once it is
// over, the person can go on with what they were doing, their words being the answer to
// it. Words that take something back are the option "retracted" of a question there.
// Nothing of that is kept, and nobody else hears of it.
//
// The block `coach` asks for one mend at a time. Sentences that are in order stay; what
// is missing is asked for, and a word or two will do: they are put together. "Keep mine
// as it is" always works.
//
// A bank is a file with the keys `bank`, its name, and `entries`, each with the same
// named texts.
//
// # Two people
//
// Two people are linked, each in a chat of their own. What one does there comes to the
// other as [News], at their next free moment, and nothing else of it does. A step that
// involves the other one does nothing for somebody whose last safety check was not clear or
// is over a month old, and words of danger, a threat, a name for the other one or a check
// on them are not given away, whatever a flow says.
//
// A question for both is put to the other one by going through the steps from the question
// to its `reveal`, in the same flow: what these say and ask can't build on earlier answers.
// Answers lie under the key of whoever gave them, can be taken back, and are handed out on a
// quarter of an hour once both are there. One that nobody answers lapses without a word.
//
// Of a relay there is one at a time. What somebody is to answer in it lies under their own
// key. A break names its end, and both hear of that.
//
// An agreement is proposed, said yes or no to, put another way, gone on with and ended, and
// each of these is told the other one: of nothing else do they hear a no. It has a last day,
// a day before which it comes back by the flow together.agreement-review. Each of the two has
// a copy of their own, an item of the kind agreement, whose values `recall` gives: kind,
// words, until, once, version, standing (proposed, agreed or over), mine (it waits for their
// own word), name (of the other one) and alone (they have left). For somebody for whom what
// involves the partner is closed, agreements sleep.
//
// What is laid on the board of both is a copy on the other side too, with its photo, until
// either takes it off. Whoever is no longer linked has neither their own pieces any more nor
// the other one's.
//
// Whoever leaves is still there for the other one: what somebody knows of their couple is
// their own.
//
// # Photos
//
// A photo that somebody sends is fetched where a question asks for one, and elsewhere
// only once they have said that they want it in their journal. Until it has come, its
// question is open; it can be skipped, or left. A photo that comes when its question is
// no longer open is not kept: it is offered, as a note, when nothing else is in front.
//
// A record keeps a photo that is among its values; it is in the variable called photo.
// An export names photos and holds none of them: "photo: show" sends them, one at a
// time. One that is let go leaves the words of its entry.
//
// # Numbers to ring
//
// A file with the keys `resources` and `countries` lists numbers and the names of
// countries; the one that comes with the program says in its head what an entry
// holds. A file of that kind in a later file system adds entries and replaces those
// of the same country, kind and number. [Book.Unverified] names the entries that
// nobody has looked up for a year.
//
// # Caveats
//
// The words that come with a photo are dropped where it answers a question that has no
// `caption`. A photo sent by somebody who was never greeted, in a flow that is traceless,
// or while words wait for their place is not taken, and they are told so.
//
// Words that somebody says in a wait end it and are not kept.
//
// /back undoes answers, not records: an entry made between the two questions stands
// until the person comes past it again, and is then replaced. So do an item and a nudge;
// and an item that was closed stays closed.
//
// Something that comes back once is gone when it comes: in the flow that it opens,
// comes() no longer gives its day. The day itself can stand among the item's values.
//
// `monthly` and `yearly` begin with the next such day, even if the date given is later.
package flows
