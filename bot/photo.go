package bot

import (
	"errors"
	"strings"

	"kintsugi/flows"
	"kintsugi/store"
)

const (
	// mostPhotos and mostPhotoBytes are what is kept of one person's photos.
	mostPhotos     = 100
	mostPhotoBytes = 40_000_000
	// longestRef is the longest reference of a platform that is worth keeping, in bytes.
	longestRef = 2048
)

// arrival is a photo that has come, or has not, on its way through a turn.
type arrival struct {
	due   store.Due
	fetch string // the [flows.Fetch.ID]
	id    string // what it is to be kept as; empty if it has not come
	data  []byte
	why   string // it has not come, if that has a name
}

// A platform's reference of a photo is kept with the name of the platform: what is asked
// for in one chat can have been sent in another.

// placedPhoto gives an event whose photo, if it has one, says where it is. A photo that
// can't be fetched has no reference.
func (s *sender) placedPhoto(e flows.Event) flows.Event {
	if e.Kind != flows.Sent || e.Photo == "" {
		return e
	}
	if _, ok := s.platform.(Fetching); !ok || len(e.Photo) > longestRef {
		e.Photo = ""
		return e
	}
	e.Photo = s.name + ":" + e.Photo
	return e
}

// placeOfPhoto is the other way round.
func placeOfPhoto(photo string) (platform, ref string) {
	platform, ref, _ = strings.Cut(photo, ":")
	return platform, ref
}

// claimPhoto takes a fetch for good, or fails with errDone if it is not there any more.
func claimPhoto(r *store.Records, d store.Due) error {
	_, found, err := r.FetchOf(d)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if !found {
		return errDone
	}
	return r.DeleteFetch(d)
}

// photoEvent makes the event of a turn from the photo that has come, if there is room for
// it.
func (w work) photoEvent() (flows.Event, error) {
	a := w.t.arrival
	if a.id == "" {
		return flows.Event{Kind: flows.PhotoFailed, Fetch: a.fetch, Thing: a.why}, nil
	}
	fits, err := w.roomForPhoto(len(a.data))
	if err != nil {
		return flows.Event{}, err
	}
	if !fits {
		return flows.Event{Kind: flows.PhotoFailed, Fetch: a.fetch, Thing: flows.PhotoFull}, nil
	}
	return flows.Event{Kind: flows.PhotoReady, Fetch: a.fetch, Photo: a.id}, nil
}

// roomForPhoto says whether another photo may be kept. Before there is too little room,
// those go that nothing holds any more: an answer that was changed, or begun anew.
func (w work) roomForPhoto(size int) (bool, error) {
	fits, err := w.photosFit(size)
	if fits || err != nil {
		return fits, err
	}
	held, err := w.heldPhotos()
	if err != nil {
		return false, err
	}
	if _, err := w.r.KeepPhotos(w.p.ID, held); err != nil {
		return false, err
	}
	return w.photosFit(size)
}

func (w work) photosFit(size int) (bool, error) {
	n, bytes, err := w.r.CountPhotos(w.p.ID)
	return n < mostPhotos && bytes+size <= mostPhotoBytes, err
}

// heldPhotos lists what may be a photo's reference in whatever a person has: each text
// among the values of the journal and of items, and among the answers in what is open.
func (w work) heldPhotos() ([]string, error) {
	facts := &facts{r: w.r, person: w.p.ID, zone: w.zone()}
	var held []string
	hold := func(values map[string]any) {
		for _, v := range values {
			if text, ok := v.(string); ok {
				held = append(held, text)
			}
		}
	}
	for _, e := range facts.Entries("", 0, facts.CountEntries("")) {
		hold(e.Values)
	}
	for _, i := range facts.Items("") {
		hold(i.Values)
	}
	kept, err := w.r.Session(w.p.ID)
	if err = errors.Join(facts.err, err); err != nil {
		return nil, err
	}
	session, err := flows.DecodeSession(kept)
	return append(held, session.Texts()...), err
}

func (w work) fetchPhoto(e flows.Fetch) error {
	w.done.later(w.t.now)
	return w.r.PutFetch(w.p.ID, store.Fetch{ID: e.ID, Photo: e.Photo}, w.t.now)
}

// errNoPhoto says that a step keeps a photo which has not come.
var errNoPhoto = errors.New("no such photo")

func (w work) keepPhoto(e flows.KeepPhoto) error {
	if w.t.arrival == nil || w.t.arrival.id != e.Photo {
		return errNoPhoto
	}
	return w.r.PutPhoto(w.p.ID, e.Photo, w.t.arrival.data)
}

// photoFile gives a kept photo as a file, or none if it is no longer kept.
func photoFile(r *store.Records, p store.PersonID, id string) (*File, error) {
	data, found, err := r.Photo(p, id)
	if err != nil || !found {
		return nil, err
	}
	return &File{Name: "photo.jpg", Type: "image/jpeg", Data: data}, nil
}
