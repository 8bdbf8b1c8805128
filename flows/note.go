package flows

import (
	"strconv"
	"strings"
	"time"
)

// noteKind is the kind of entry that words outside of any flow become.
const noteKind = "note"

// noteLength is how long words have to be to look like more than a greeting.
const noteLength = 12

// isLong says whether words look like more than a greeting.
func isLong(text string) bool { return len([]rune(strings.TrimSpace(text))) >= noteLength }

// idle meets words that belong to no conversation.
func (r *run) idle(text string) {
	long, said := isLong(text), r.sayingIn(text)
	if said != nil && said.within {
		said = nil
	}
	command, named := r.namesCommand(text)
	switch {
	case !r.turn.Person.Met:
		if long {
			r.s.Unplaced = text
		}
		r.begin(r.book.heading(r.book.greeting), "")
	case named && (said == nil || !said.toTheLetter(text)):
		r.command(command)
	case said != nil && len(said.opens) > 0:
		r.offer(&Offer{Kind: sayingOffer, Text: text})
	case said != nil && !said.note:
		r.say(Message{Text: said.reply.say(r, nil)})
	case long || said != nil:
		r.s.Varied++
		r.offer(&Offer{Kind: noteOffer, Text: text, Varied: r.s.Varied})
	default:
		r.tellVaried("idle")
	}
}

// noteText asks whether words are to be kept that belong to nothing.
func (r *run) noteText(o *Offer) string {
	if o.Kind == firstOffer {
		return r.phrase("note-first", nil)
	}
	if s := r.sayingIn(o.Text); s != nil {
		return s.reply.say(r, nil) + " " + r.phrase("note-said", nil)
	}
	return r.variedBy(max(o.Varied, 1), "note", nil)
}

// keepNote keeps words in the journal.
func (r *run) keepNote(text string) {
	at := r.newRecordTime()
	r.do(Record{ID: "note/" + strconv.FormatInt(at, 10), At: time.UnixMilli(at).In(r.now().Location()), Kind: noteKind, Text: text})
	r.tell("note-kept", nil)
}

// unplace adds words to those that have no place yet.
func (r *run) unplace(text string) {
	r.s.Unplaced = joinNonempty("\n", r.s.Unplaced, strings.TrimSpace(text))
}

// placeWords offers a place for words that have none, once what they came in is left.
func (r *run) placeWords() {
	if r.s.Unplaced != "" {
		r.afterwards()
	}
}
