package flows

import (
	"slices"
	"strconv"
	"time"
)

// Coming is a photo that is being fetched, or that has come too late for what it was
// meant for and waits to be offered.
type Coming struct {
	ID    uint64 // that of its [Fetch]
	Photo string // the platform's reference
	Text  string // the words that came with it
	// Note says that it becomes an entry of its own. Otherwise it answers the question at
	// Step of the conversation of that ID.
	Note         bool
	Conversation uint64
	Step         string
	// Late says that the question was no longer open when it came: it is offered once
	// nothing else is in front.
	Late bool
}

const (
	// photoOffer: a photo that nothing asked for; keep it in the journal?
	photoOffer = "photo"
	// lateOffer: the same, for one whose question closed while it came.
	lateOffer = "photo-late"
)

const (
	// mostPhotos is how many photos can be on their way or on offer: an album's worth.
	mostPhotos = 10
	// photoValue is the one of [Record.Values] that holds the reference of a kept photo.
	photoValue = "photo"
)

// ofPhotos says whether an offer is about photos.
func (o *Offer) ofPhotos() bool {
	return o != nil && (o.Kind == photoOffer || o.Kind == lateOffer)
}

// sentPhoto meets a photo. It is fetched where one is asked for, and elsewhere only once
// the person has said that they want it kept.
func (r *run) sentPhoto(e Event) {
	o := r.s.Offer
	busy := o != nil && o.asks() && !o.ofPhotos()
	switch {
	case !r.turn.Person.Met:
		r.lead(r.varied("sent", nil))
		r.repeat()
	case busy || len(r.s.Coming) >= mostPhotos || o.ofPhotos() && len(o.Photos) >= mostPhotos:
		r.notNow()
	case r.waitingForPhoto() != nil:
		r.fetch(Coming{Photo: e.Photo, Text: e.Text, Conversation: r.s.Front.ID, Step: r.frame().Step})
		r.tell("photo-coming", nil)
	case o.ofPhotos():
		r.addPhoto(e)
	case r.s.Front != nil && r.traceless():
		r.notNow()
	default:
		r.offer(&Offer{Kind: photoOffer, Text: e.Text, Photos: []string{e.Photo}})
	}
}

// notNow says that a photo was not kept, and how it could be.
func (r *run) notNow() {
	r.lead(r.varied("photo-not-now", nil))
	r.repeat()
}

// addPhoto puts a photo beside those that are on offer, as when several are sent at once.
func (r *run) addPhoto(e Event) {
	o := r.s.Offer
	o.Photos = append(slices.Clip(o.Photos), e.Photo)
	o.Text = joinNonempty("\n", o.Text, e.Text)
	m := r.message(r.offerPrompt(o), offerForm+":"+o.Kind)
	m.Replaces = true
	r.say(m)
}

// photoPrompt offers to keep photos.
func (r *run) photoPrompt(o *Offer) prompt {
	key := "photo-offer"
	if o.Kind == lateOffer {
		key = "photo-late"
	}
	return prompt{
		text: r.phrase(key, scene{"count": len(o.Photos)}),
		options: []option{
			{keepID, r.phrase("note-keep", nil)},
			{leaveItID, r.phrase("note-leave", nil)},
		},
	}
}

// takePhotos has photos fetched that are to be kept.
func (r *run) takePhotos(o *Offer) {
	for i, photo := range o.Photos {
		c := Coming{Photo: photo, Note: true}
		if i == 0 {
			c.Text = o.Text
		}
		r.fetch(c)
	}
	r.lead(r.phrase("photo-coming", nil))
	r.repeat()
}

// fetch asks for a photo, and notes what it is for.
func (r *run) fetch(c Coming) {
	r.s.Fetched++
	c.ID = r.s.Fetched
	r.s.Coming = append(r.s.Coming, c)
	r.do(Fetch{ID: strconv.FormatUint(c.ID, 10), Photo: c.Photo})
}

// arrived gives what a fetch was for, which is done with. What nobody waits for any
// more is not found.
func (r *run) arrived(fetch string) (c Coming, found bool) {
	i := slices.IndexFunc(r.s.Coming, func(c Coming) bool {
		return !c.Late && strconv.FormatUint(c.ID, 10) == fetch
	})
	if i < 0 {
		return Coming{}, false
	}
	c = r.s.Coming[i]
	r.s.Coming = slices.Delete(r.s.Coming, i, i+1)
	return c, true
}

// photoReady takes a photo that has come: the answer where it was asked for and still
// is, an entry where the person wanted one. Else it is offered and not kept.
func (r *run) photoReady(e Event) {
	c, found := r.arrived(e.Fetch)
	switch {
	case !found:
	case c.Note:
		r.keepPhoto(c, e.Photo)
	case r.isOpen(c):
		r.do(KeepPhoto{e.Photo})
		r.caption = c.Text
		r.hear(r.here(""), heard{photo: e.Photo})
	default:
		c.Late = true
		r.s.Coming = append(r.s.Coming, c)
		r.offerLate()
	}
}

// isOpen says whether the question that a photo answers is in front.
func (r *run) isOpen(c Coming) bool {
	return r.waitingForPhoto() != nil && r.s.Front.ID == c.Conversation && r.frame().Step == c.Step
}

// keepPhoto makes an entry of a photo. Of several that were taken together it speaks
// once, and to somebody who has gone out of sight not at all.
func (r *run) keepPhoto(c Coming, photo string) {
	r.do(KeepPhoto{photo})
	at := r.newRecordTime()
	text := c.Text
	if text == "" {
		text = r.phrase("photo-note", nil)
	}
	r.do(Record{
		ID: "note/" + strconv.FormatInt(at, 10), At: time.UnixMilli(at).In(r.now().Location()), Kind: noteKind,
		Text: text, Values: map[string]any{photoValue: photo},
	})
	more := slices.ContainsFunc(r.s.Coming, func(c Coming) bool { return c.Note })
	if !more && !r.outOfSight() {
		r.tell("photo-kept", nil)
	}
}

// photoFailed says that a photo did not come. The question that it was for stays open.
func (r *run) photoFailed(e Event) {
	c, found := r.arrived(e.Fetch)
	if !found || r.outOfSight() {
		return
	}
	key := "photo-failed"
	switch e.Thing {
	case PhotoFull:
		key = "photo-full"
	case PhotoTooLarge:
		key = "photo-large"
	case PhotoUnknown:
		key = "photo-kind"
	}
	r.lead(r.phrase(key, nil))
	if !c.Note && r.isOpen(c) && !r.away() {
		r.repeat()
	}
}

// offerLate offers the photos that came too late, once nothing else is in front: nobody
// is interrupted by one.
func (r *run) offerLate() {
	if r.s.Front != nil || r.s.Offer != nil && r.s.Offer.asks() || r.outOfSight() {
		return
	}
	o := &Offer{Kind: lateOffer}
	r.s.Coming = slices.DeleteFunc(r.s.Coming, func(c Coming) bool {
		if c.Late {
			o.Photos = append(o.Photos, c.Photo)
			o.Text = joinNonempty("\n", o.Text, c.Text)
		}
		return c.Late
	})
	if len(o.Photos) > 0 {
		r.offer(o)
	}
}

// forgetPhotos lets go of photos that would be offered. Those that the person wants kept
// still are.
func (r *run) forgetPhotos() {
	r.s.Coming = slices.DeleteFunc(r.s.Coming, func(c Coming) bool { return !c.Note })
}

func (r *run) outOfSight() bool { return r.turn.Person.About[Pause] == PauseAway }

// Texts gives every text among the answers in a session, with those that /back would
// bring back: what is kept for one of them is still needed.
func (s Session) Texts() []string {
	var out []string
	for _, c := range append(slices.Clip(s.Parked), s.Front) {
		if c == nil {
			continue
		}
		for _, f := range c.Frames {
			out = f.Vars.texts(out)
		}
		for _, m := range c.Trail {
			out = m.Undo.texts(out)
		}
	}
	return out
}

func (a Answers) texts(out []string) []string {
	for _, answer := range a {
		if answer.Value.form == textForm {
			out = append(out, answer.Value.text)
		}
	}
	return out
}
