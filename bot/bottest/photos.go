package bottest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"sync"
	"testing"

	"kintsugi/bot"
	"kintsugi/flows"
)

// PhotoPeer is the other side of a platform on which people can send photos.
type PhotoPeer interface {
	// SendPhoto lets a person send a photo, with words or without. It does not wait until
	// that is handed over.
	SendPhoto(person int, data []byte, caption string)
}

// SendPhoto implements [PhotoPeer].
func (f *Fake) SendPhoto(person int, data []byte, caption string) {
	f.mu.Lock()
	ref := fmt.Sprintf("photo-%d", len(f.photos)+1)
	f.photos[ref] = data
	f.mu.Unlock()
	f.Happen(person, flows.Event{Kind: flows.Sent, Thing: "photo", Photo: ref, Text: caption})
}

// FailFetch lets the next fetch meet with an error. Several are met one after another.
func (f *Fake) FailFetch(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fetches = append(f.fetches, err)
}

// HoldFetches lets each fetch hang until they are released.
func (f *Fake) HoldFetches() (release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	slow := make(chan struct{})
	f.slow = slow
	return sync.OnceFunc(func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.slow = nil
		close(slow)
	})
}

// Hanging says how many fetches hang.
func (f *Fake) Hanging() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hanging
}

// Fetch implements [bot.Fetching].
func (c *conn) Fetch(ctx context.Context, photo string, limit int64) ([]byte, error) {
	c.f.mu.Lock()
	slow := c.f.slow
	if slow != nil {
		c.f.hanging++
		defer c.f.unhang()
	}
	c.f.mu.Unlock()
	if slow != nil {
		select {
		case <-slow:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return c.take(photo, limit)
}

func (c *conn) take(photo string, limit int64) ([]byte, error) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if c.f.conn != c {
		return nil, errTemporary
	}
	if len(c.f.fetches) > 0 {
		err := c.f.fetches[0]
		c.f.fetches = c.f.fetches[1:]
		return nil, err
	}
	data, found := c.f.photos[photo]
	if !found {
		return nil, bot.ErrRefused
	}
	return data[:min(int64(len(data)), limit+1)], nil
}

func (f *Fake) unhang() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hanging--
}

// testPhotoIn is for platforms on which people can send photos.
func testPhotoIn(t *testing.T, s *side) {
	peer, ok := s.Peer.(PhotoPeer)
	if !ok {
		t.Skip("nobody can send a photo here")
	}
	source, ok := s.p.(bot.Fetching)
	if !ok {
		t.Fatal("photos can be sent, and none can be fetched")
	}
	l := s.listen(handled)
	for i, caption := range []string{"", "the *lake* <b> 七 🙂"} {
		data := bytes.Repeat([]byte{0xff, 0xd8, byte(i), 0}, 50_000)
		peer.SendPhoto(0, data, caption)
		in := l.next()
		want := flows.Event{Kind: flows.Sent, Thing: "photo", Photo: in.Event.Photo, Text: caption}
		if in.From != s.Address(0) || in.Event != want || in.Event.Photo == "" {
			t.Fatalf("it came as %+v", in)
		}
		fetched(t, source, in.Event.Photo, data)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := source.Fetch(ctx, "none of that name", 1000); !errors.Is(err, bot.ErrRefused) {
		t.Errorf("fetching what was never sent: %v", err)
	}
}

// fetched makes sure that a photo can be fetched, more than once and in part.
func fetched(t *testing.T, source bot.Fetching, photo string, want []byte) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for _, limit := range []int64{1 << 20, int64(len(want)), 1000} {
		got, err := source.Fetch(ctx, photo, limit)
		if err != nil || !bytes.Equal(got, want[:min(int64(len(want)), limit+1)]) {
			t.Errorf("fetched %d bytes of %d, up to %d: %v", len(got), len(want), limit, err)
		}
	}
}

// smallJPEG is a picture.
func smallJPEG() []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16)), nil); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// testPhotoOut sends a picture with its caption.
func testPhotoOut(t *testing.T, s *side) {
	s.listen(handled)
	f := bot.File{Name: "photo.jpg", Type: "image/jpeg", Data: smallJPEG()}
	s.sendFile(0, "photo", "Thursday 7 May · *A note*", f)
	if got := s.heardSince(0, 0); !strings.Contains(squeeze(got), squeeze("Thursday 7 May · *A note*")) {
		t.Errorf("its caption arrived as %q", got)
	}
	if got := s.Files(0); len(got) != 1 || !bytes.Equal(got[0].Data, f.Data) {
		t.Errorf("%d pictures arrived", len(got))
	}
}
