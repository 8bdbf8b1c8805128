package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"kintsugi/bot/photo"
	"kintsugi/flows"
	"kintsugi/store"
)

const (
	// fetchLimit is the biggest photo that is fetched, in bytes: Telegram gives bots none
	// that is bigger (Bot API, getFile).
	fetchLimit = 20 << 20
	// fetchTime is for fetching one.
	fetchTime = time.Minute
	// fetchLease is after what time a photo is fetched again of which nothing more was heard,
	// as when the process died.
	fetchLease = 3 * time.Minute
)

// fetchPauses are the pauses between the tries of a photo that can't be had just now.
func fetchPauses() []time.Duration {
	return []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute}
}

// fetching is a photo that is being fetched.
type fetching struct {
	store.Fetch
	due store.Due
}

// fetcher fetches photos, a few at a time, while turns go on. A photo that it has in hand
// is due again only when its lease is over.
type fetcher struct {
	*Service
	most int

	work   sync.WaitGroup
	decode sync.Mutex // one picture at a time is open: it takes memory

	mu      sync.Mutex // guards what follows
	busy    int
	changed chan struct{} // closed when busy has become 0
}

func newFetcher(s *Service) *fetcher {
	return &fetcher{Service: s, most: s.limits.Photos, changed: make(chan struct{})}
}

// room says how many more photos can be fetched now.
func (f *fetcher) room() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.most - f.busy
}

// idle waits until none is being fetched.
func (f *fetcher) idle(ctx context.Context) error {
	for {
		f.mu.Lock()
		busy, changed := f.busy, f.changed
		f.mu.Unlock()
		if busy == 0 {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (f *fetcher) begin() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.busy++
}

// end makes room, and asks for a round that uses it.
func (f *fetcher) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.busy--; f.busy == 0 {
		close(f.changed)
		f.changed = make(chan struct{})
	}
	f.alarm.ring()
}

// fetchers are the contexts of fetching: the network until the service is to stop, and
// the turn after it as long as turns are finished.
type fetchers struct{ network, turns context.Context }

// startFetches begins to fetch photos that are due, as far as there is room, and says how
// many.
func (s *Service) startFetches(ctx context.Context, now time.Time) (int, error) {
	room := s.fetcher.room()
	if room <= 0 {
		return 0, nil
	}
	leased, dealt, err := s.leaseFetches(ctx, now, room)
	if err != nil {
		return 0, err
	}
	for _, f := range leased {
		s.fetcher.begin()
		s.fetcher.work.Go(func() {
			defer s.fetcher.end()
			s.fetcher.fetch(s.fetches, f)
		})
	}
	return dealt, nil
}

// leaseFetches takes photos in hand that are due. What can't be read is dropped.
func (s *Service) leaseFetches(ctx context.Context, now time.Time, limit int) (leased []fetching, dealt int, err error) {
	var due []store.Due
	err = s.store.View(ctx, func(r *store.Records) (err error) {
		due, err = r.FetchesBy(now, limit)
		return err
	})
	if err != nil || len(due) == 0 {
		return nil, 0, err
	}
	err = s.update(ctx, func(r *store.Records) error {
		leased = nil
		for _, d := range due {
			f, found, err := r.FetchOf(d)
			if errors.Is(err, store.ErrBroken) {
				s.log.Error("photo given up", "reason", reasonOf(err))
				found, err = false, nil
			}
			if err == nil && found {
				leased = append(leased, fetching{f, d})
				err = r.MoveFetch(d, now.Add(fetchLease), f.Tries+1)
			} else if err == nil || errors.Is(err, store.ErrNotFound) {
				err = r.DeleteFetch(d)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return leased, len(due), err
}

// fetch fetches a photo and takes the turn that comes of it, or has it tried again later.
func (f *fetcher) fetch(c fetchers, p fetching) {
	data, err := f.tried(c.network, p)
	if err != nil && c.network.Err() != nil {
		return // stopping: it is fetched again when its lease is over
	}
	ready := &arrival{due: p.due, fetch: p.ID}
	switch {
	case err == nil:
		ready.data, ready.id = data, rand.Text()
	case errors.Is(err, photo.ErrTooLarge):
		ready.why = flows.PhotoTooLarge
	case errors.Is(err, photo.ErrUnreadable):
		ready.why = flows.PhotoUnknown
	case !isFinal(err) && p.Tries < len(fetchPauses()):
		f.tryLater(c.turns, p)
		return
	}
	f.countPhoto(err)
	t := turn{Inbound: Inbound{ID: "fetch " + p.ID}, source: "photo", person: p.due.Person, arrival: ready}
	if err := f.locked(c.turns, t); err != nil && !isOutside(err) {
		f.log.Error("photo can't be handed over", "reason", reasonOf(err))
	}
}

// isFinal says that another try would come to the same.
func isFinal(err error) bool {
	return errors.Is(err, ErrRefused) || errors.Is(err, photo.ErrUnreadable) || errors.As(err, new(*panicError))
}

// errNeverEnded says that no try of a photo came to an end, as when it kills the process.
var errNeverEnded = errors.New("no try came to an end")

// tried is get for a photo that was not begun too often.
func (f *fetcher) tried(ctx context.Context, p fetching) (small []byte, err error) {
	if p.Tries > len(fetchPauses()) {
		return nil, errNeverEnded
	}
	return f.get(ctx, p)
}

// get fetches a photo and makes it small.
func (f *fetcher) get(ctx context.Context, p fetching) (small []byte, err error) {
	platform, ref := placeOfPhoto(p.Photo)
	from := f.senders[platform]
	if from == nil {
		return nil, errAway
	}
	source, ok := from.platform.(Fetching)
	if !ok {
		return nil, ErrRefused
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	var data []byte
	err = guard(func() (err error) {
		data, err = source.Fetch(ctx, ref, fetchLimit)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(data) > fetchLimit {
		return nil, photo.ErrTooLarge
	}
	f.decode.Lock()
	defer f.decode.Unlock()
	err = guard(func() (err error) {
		small, err = photo.Shrink(data)
		return err
	})
	return small, err
}

// errAway says that the platform of a photo is not running.
var errAway = errors.New("platform is not running")

func (f *fetcher) tryLater(ctx context.Context, p fetching) {
	at := f.clock.Now().Add(fetchPauses()[p.Tries])
	err := f.update(ctx, func(r *store.Records) error { return r.MoveFetch(p.due, at, p.Tries+1) })
	if err != nil && !isOutside(err) { // its lease will be over some time
		f.log.Error("photo can't be put off", "reason", reasonOf(err))
	}
}

// countPhoto notes what became of a photo, for whoever runs the program.
func (f *fetcher) countPhoto(err error) {
	if err == nil {
		f.count.photos.Add(1)
		return
	}
	f.count.photosFailed.Add(1)
	f.log.Warn("photo given up", "reason", photoReason(err))
}

// photoReason says why a photo was given up. What a platform's error says is for the
// platform to log: it could hold an address.
func photoReason(err error) string {
	for _, known := range []error{errNeverEnded, ErrRefused, photo.ErrTooLarge, photo.ErrUnreadable, errAway, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return reasonOf(err)
}
