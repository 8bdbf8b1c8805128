package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

// photoEvent lets a photo be sent, or lets something come of one that was asked for.
func photoEvent(c *chat, n int) flows.Event {
	if len(c.fetches) == 0 || n%5 == 0 {
		return flows.Event{Kind: flows.Sent, Thing: "photo", Photo: fmt.Sprintf("sent-%d", c.turns), Text: []string{"", "the lake"}[n%2]}
	}
	fetch := c.fetches[0].ID
	c.fetches = c.fetches[1:]
	switch n % 5 {
	case 1:
		return flows.Event{Kind: flows.PhotoFailed, Fetch: fetch, Thing: []string{"", flows.PhotoFull, flows.PhotoTooLarge}[n%3]}
	case 2:
		return flows.Event{Kind: flows.PhotoReady, Photo: "photo", Fetch: "99999"}
	}
	return flows.Event{Kind: flows.PhotoReady, Photo: fmt.Sprintf("kept-%d", c.turns), Fetch: fetch}
}

// sendPhoto sends a photo, and gives what is said to it.
func (c *chat) sendPhoto(caption string) string {
	c.t.Helper()
	return c.answer(flows.Event{Kind: flows.Sent, Thing: "photo", Photo: fmt.Sprintf("sent-%d", c.turns), Text: caption})
}

// ready lets the photo that was asked for first come through.
func (c *chat) ready() string {
	c.t.Helper()
	return c.arrives(flows.Event{Kind: flows.PhotoReady, Photo: fmt.Sprintf("kept-%d", c.turns)})
}

// fails lets it not come.
func (c *chat) fails(why string) string {
	c.t.Helper()
	return c.arrives(flows.Event{Kind: flows.PhotoFailed, Thing: why})
}

func (c *chat) arrives(e flows.Event) string {
	c.t.Helper()
	if len(c.fetches) == 0 {
		c.t.Fatalf("no photo was asked for")
	}
	e.Fetch, c.fetches = c.fetches[0].ID, c.fetches[1:]
	return c.answer(e)
}

const placeFlow = `
id: test.place
command: place
title: A good place
does: keep a picture of a good place
steps:
  - {id: picture, ask: "Is there a picture?", type: photo, save: photo, caption: words, skip: No picture}
  - {id: keep, when: answered.photo, record: place, text: "A place. {{.words}}", values: [photo]}
  - {id: more, ask: "Where is that?", save: spot}
  - {id: end, end: "Kept: {{.words}}"}
`

func placeChat(t *testing.T) *chat { return newChat(t, bookOf(t, placeFlow)) }

func TestAPhotoIsFetchedOnlyWhenItIsWanted(t *testing.T) {
	c := placeChat(t)
	if got := c.sendPhoto("the lake"); !strings.Contains(got, "Shall I keep it") || len(c.fetches) != 0 {
		t.Fatalf("fetched %v, and said %q", c.fetches, got)
	}
	c.press("Keep it")
	if len(c.fetches) != 1 || c.fetches[0].Photo != "sent-0" {
		t.Fatalf("fetched %v", c.fetches)
	}
	c.ready()
	if got := c.kept("note"); !slices.Equal(got, []string{"the lake"}) || len(c.photos) != 1 || c.entries[0].Values["photo"] != c.photos[0] {
		t.Errorf("kept %q with %v, photos %q", got, c.entries[0].Values, c.photos)
	}
}

func TestAPhotoThatIsNotWantedLeavesNothing(t *testing.T) {
	for _, no := range []string{"no", "no, let it go", "/skip", "/cancel", "what a long day that was again"} {
		c := placeChat(t)
		c.sendPhoto("the lake")
		c.say(no)
		if s := c.turn(flows.Event{}).Session; len(c.fetches)+len(c.entries)+len(s.Coming) > 0 || strings.Contains(string(c.session), "lake") {
			t.Errorf("%q leaves %+v", no, s)
		}
	}
}

func TestAPhotoThatWasAskedForIsTheAnswer(t *testing.T) {
	c := placeChat(t)
	c.say("/place")
	if got := c.sendPhoto("the lake"); !strings.Contains(got, "One moment") {
		t.Errorf("said %q", got)
	}
	if got := c.ready(); got != "Where is that?" {
		t.Errorf("went on with %q", got)
	}
	if got := c.kept("place"); !slices.Equal(got, []string{"A place. the lake"}) || len(c.photos) != 1 {
		t.Errorf("kept %q, photos %q", got, c.photos)
	}
	c.say("/back")
	c.sendPhoto("")
	c.ready()
	if got := c.kept("place"); !slices.Equal(got, []string{"A place. "}) || c.entries[0].Values["photo"] != c.photos[1] {
		t.Errorf("after /back, kept %q with %v", got, c.entries[0].Values)
	}
}

// A caption is no word to the program, whatever it says.
func TestACaptionIsNoCommand(t *testing.T) {
	c := placeChat(t)
	c.say("/place")
	c.sendPhoto("skip")
	c.ready()
	if got := c.kept("place"); !slices.Equal(got, []string{"A place. skip"}) {
		t.Errorf("kept %q", got)
	}
}

func TestAPhotoThatFailsLeavesItsQuestionOpen(t *testing.T) {
	for why, want := range map[string]string{"": "once more", flows.PhotoFull: "no room", flows.PhotoTooLarge: "too big", flows.PhotoUnknown: "JPEG, PNG, GIF and WebP"} {
		c := placeChat(t)
		c.say("/place")
		c.sendPhoto("")
		if got := c.fails(why); !strings.Contains(got, want) || !strings.Contains(got, "Is there a picture?") {
			t.Errorf("said %q", got)
		}
		c.sendPhoto("")
		if c.ready(); len(c.photos) != 1 {
			t.Error("the next one is not taken")
		}
	}
}

// A photo whose question has closed interrupts nothing, is not kept unasked, and is not
// lost.
func TestAPhotoThatComesTooLateIsOffered(t *testing.T) {
	for name, leave := range map[string]func(c *chat){
		"skipped":        func(c *chat) { c.say("/skip") },
		"set aside":      func(c *chat) { c.say("/cancel") },
		"something else": func(c *chat) { c.say("/gratitude") },
		"an offer":       func(c *chat) { c.say("/place") },
	} {
		t.Run(name, func(t *testing.T) {
			c := placeChat(t)
			c.say("/place")
			c.sendPhoto("the lake")
			leave(c)
			before := questionOf(c)
			got := c.ready()
			if s := c.turn(flows.Event{}).Session; s.Front != nil && (got != "" || questionOf(c) != before) {
				t.Fatalf("interrupted with %q", got)
			}
			for range 6 {
				if strings.Contains(c.last().Text, "somewhere else already") {
					break
				}
				c.say("/skip")
			}
			if len(c.photos) > 0 {
				t.Error("it was kept unasked")
			}
			c.press("Keep it")
			c.ready()
			if got := c.kept("note"); !slices.Equal(got, []string{"the lake"}) || len(c.photos) != 1 {
				t.Errorf("kept %q, photos %q", got, c.photos)
			}
		})
	}
}

const twoFlow = `
id: test.two
command: two
title: Two
does: take two pictures
steps:
  - {id: one, ask: "One?", type: photo, save: photo}
  - {id: two, ask: "Two?", type: photo, save: other}
  - {id: end, end: "{{if .other}}Both.{{else}}One.{{end}}"}
`

func TestAPhotoAnswersNoOtherQuestion(t *testing.T) {
	c := newChat(t, bookOf(t, twoFlow))
	c.say("/two")
	c.sendPhoto("the lake")
	c.say("/skip")
	if got := c.ready(); got != "" || questionOf(c) != "two" {
		t.Errorf("said %q, and stands at %q", got, questionOf(c))
	}
	if got := c.say("/skip"); !strings.HasPrefix(got, "One.\nThe picture you sent came through") {
		t.Errorf("said %q", got)
	}
}

// Words after a long time are no answer to what was asked before, though a photo came.
func TestAPhotoThatComesIsNoSignOfThem(t *testing.T) {
	c := placeChat(t)
	c.say("/place")
	c.say("/skip")
	c.sendPhoto("the lake")
	c.say("yes")
	c.now = c.now.Add(9 * time.Hour)
	c.ready()
	if got := c.say("what a day that was again"); !strings.Contains(got, "It's been a while") {
		t.Errorf("said %q", got)
	}
}

func TestAPhotoSetAsideWithItsQuestionStillAnswersIt(t *testing.T) {
	c := placeChat(t)
	c.say("/place")
	c.sendPhoto("")
	c.say("/cancel")
	c.press("Take it up again")
	if got := c.ready(); got != "Where is that?" {
		t.Errorf("went on with %q", got)
	}
}

func TestPhotosSentTogetherAreOfferedTogether(t *testing.T) {
	c := placeChat(t)
	for i := range 3 {
		c.sendPhoto([]string{"the lake", "", "the hut"}[i])
	}
	if m := c.last(); !m.Replaces || !strings.Contains(m.Text, "3 pictures") {
		t.Errorf("offered as %+v", m)
	}
	c.press("Keep it")
	said := c.ready() + c.ready()
	if said != "" {
		t.Errorf("said %q before the last had come", said)
	}
	if got := c.ready(); !strings.HasPrefix(got, "Kept,") {
		t.Errorf("said %q", got)
	}
	if got := c.kept("note"); !slices.Equal(got, []string{"A picture", "A picture", "the lake\nthe hut"}) {
		t.Errorf("kept %q", got)
	}
}

func TestMorePhotosThanAnAlbumAreNotTaken(t *testing.T) {
	c := placeChat(t)
	for range 12 {
		c.sendPhoto("")
	}
	c.say("yes")
	if len(c.fetches) != 10 {
		t.Errorf("%d photos are fetched, want 10", len(c.fetches))
	}
	if got := c.sendPhoto(""); !strings.Contains(got, "haven't kept it") {
		t.Errorf("another one while they come: %q", got)
	}
}

// Where words wait for their place, or nothing is to leave a trace, a photo is let go
// with a word.
func TestAPhotoTakesNoOffersPlace(t *testing.T) {
	for name, lead := range map[string]func(c *chat){
		"held words": middles["held words"], "half done": middles["half done"], "a note": middles["a note"],
		"a reminder": middles["a reminder"], "no trace": func(c *chat) { c.say("/safety") },
	} {
		t.Run(name, func(t *testing.T) {
			c := newChat(t, everythingBook(t))
			lead(c)
			before := c.last().Buttons
			if got := c.sendPhoto("the lake"); !strings.Contains(got, "haven't kept it") {
				t.Errorf("said %q", got)
			}
			if !slices.EqualFunc(before, c.last().Buttons, func(a, b flows.Button) bool { return a.Label == b.Label }) {
				t.Errorf("what was open is not any more: %+v", c.last())
			}
		})
	}
}

func TestAPhotoOnOfferIsNotPushedAsideBySomethingThatComesBack(t *testing.T) {
	c := newChat(t, everythingBook(t))
	c.sendPhoto("the lake")
	if got := c.answer(flows.Event{Kind: flows.Nudged, Nudge: "gratitude", Flow: "recurring.gratitude"}); got != "" {
		t.Errorf("interrupted with %q", got)
	}
	c.now = c.now.Add(24 * time.Hour)
	if got := c.answer(flows.Event{Kind: flows.Nudged, Nudge: "gratitude", Flow: "recurring.gratitude"}); got == "" {
		t.Error("a day later nothing comes still")
	}
}

// What they wanted kept is kept without a word; what would be offered is let go.
func TestAPhotoThatComesAfterExitSaysNothing(t *testing.T) {
	c := newChat(t, everythingBook(t))
	c.sendPhoto("the lake")
	c.say("yes")
	c.say("/exit")
	if got := c.ready(); got != "" || len(c.kept("note")) != 1 {
		t.Errorf("said %q, kept %q", got, c.kept("note"))
	}
	d := placeChat(t)
	d.say("/place")
	d.sendPhoto("the lake")
	d.say("/exit")
	if got := d.ready(); got != "" {
		t.Errorf("said %q", got)
	}
	for _, said := range []string{"hi", "/gratitude", "nothing today", "hi again"} {
		if got := d.say(said); strings.Contains(got, "picture") {
			t.Errorf("%q is answered with %q", said, got)
		}
	}
}

func TestAStrangersPhotoIsNotTaken(t *testing.T) {
	c := placeChat(t)
	c.person.Met = false
	if got := c.sendPhoto("the lake"); !strings.Contains(got, "only read words") || strings.Contains(string(c.session), "lake") {
		t.Errorf("said %q", got)
	}
}

// withPhotos gives somebody three kept photos.
func withPhotos(t *testing.T) *chat {
	c := newChat(t, wholeBook(t))
	for _, caption := range []string{"the lake", "", "the hut"} {
		c.sendPhoto(caption)
		c.say("yes")
		c.ready()
	}
	return c
}

func TestKeptPhotosAreShownOneAtATime(t *testing.T) {
	c := withPhotos(t)
	if got := c.say("/journal"); !strings.Contains(got, "A note · with a picture\nthe hut") {
		t.Errorf("the journal says %q", got)
	}
	got := c.press("See the pictures")
	if !strings.Contains(got, "the hut\n1 of 3.") || c.shown[len(c.shown)-2].Photo != c.photos[2] {
		t.Errorf("shows %q", got)
	}
	if got := c.press("An older one"); !strings.Contains(got, "A picture\n2 of 3.") {
		t.Errorf("shows %q", got)
	}
	c.press("An older one")
	if m := c.shown[len(c.shown)-2]; m.Photo != c.photos[0] {
		t.Errorf("the oldest is %+v", m)
	}
	if got := c.press("That's enough"); !strings.HasPrefix(got, "They stay here") {
		t.Errorf("ends with %q", got)
	}
}

func TestAPhotoIsLetGoAndItsWordsStay(t *testing.T) {
	c := withPhotos(t)
	first := c.photos[2]
	c.say("/pictures")
	c.press("Let this one go")
	if c.press("Keep it"); len(c.photos) != 3 {
		t.Fatal("it is gone, and they said no")
	}
	c.press("Let this one go")
	c.press("Let it go")
	if slices.Contains(c.photos, first) || len(c.photos) != 2 {
		t.Errorf("photos left: %q", c.photos)
	}
	c.say("/pictures")
	c.press("Let this one go")
	c.press("Let it go")
	if got := c.kept("note"); !slices.Equal(got, []string{"the hut", "A picture, let go since", "the lake"}) {
		t.Errorf("the journal holds %q", got)
	}
	c.say("/pictures")
	if got := c.last().Text; got != "1 of 1." {
		t.Errorf("one is left, and it says %q", got)
	}
}

func TestAnExportTellsOfPhotos(t *testing.T) {
	c := withPhotos(t)
	for spec, want := range map[string]string{"export.txt": "the hut\nWith a picture; /pictures shows it.", "export.json": `"photo": "` + c.photos[2] + `"`} {
		d, err := c.book.Export(c.person, c, flows.Session{}, c.now, spec)
		if err != nil || !strings.Contains(string(d.Data), want) {
			t.Errorf("%s: %s (%v)", spec, d.Data, err)
		}
	}
	c.say("/export")
	if got := c.say("send them"); !strings.Contains(got, "Pictures aren't in them.") {
		t.Errorf("/export says %q", got)
	}
}
