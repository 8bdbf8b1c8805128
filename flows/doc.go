// Package flows is the conversation engine: what a flow is, and how one step in it
// is taken.
//
// A flow is a YAML file: steps with ids that say something, ask something, branch,
// record. [Load] reads all there are into a [Book] and finds every mistake at once.
// [Book.Step] takes one event – somebody said something, pressed a button, a wait
// ran out – and gives the [Session] after it and the [Effect]s to carry out.
//
// A step is a pure function. It has no clock, does no I/O and draws nothing by lot
// but by the seed it is given: the same [Turn] always gives the same answer.
//
// What a person may do at any moment needs no word from a flow's author: answer by
// button or in words, /back, /skip, /repeat, /cancel, start something else and be
// offered the way back, come back weeks later and be told where they were, press an
// old button and change nothing.
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
//	strangers                       open to somebody who was never greeted
//	aside                           says its piece without touching what is in front
//	vars                            variables that begin with a value
//	moved                           steps renamed: the old id to the new one
//	steps                           each with an id, perhaps a `when`, and one of:
//
//	say: text                       a text, or several that take turns
//	ask: text                       a question; type: text, number, scale, choice,
//	                                choices, yesno, list, date, time or photo; save,
//	                                skip, retry, required, min, max, choices, most, which
//	branch: [{when, then}], else    then and else: a step's id, steps, or `continue`
//	each: list, as, steps           the steps for every item, unanswered in each round
//	set: {name: expression}         variables, or facts about the person
//	call: flow, give, take          another flow, as part of this one
//	record: kind, text, values      an entry in the journal
//	wait: text, for, done, lapse    lets the person be; lapse: where to go on by itself
//	goto: id
//	end: text                       ends the flow; the text may be empty
//
// Expressions are those of expr-lang/expr over the flow's variables, checked at
// load; see [Load] for what else they see. Texts are templates over the same.
//
// # Caveats
//
// Words that somebody says in a wait end it and are not kept.
//
// /back undoes answers, not records: an entry made between the two questions stands
// until the person comes past it again, and is then replaced.
package flows
