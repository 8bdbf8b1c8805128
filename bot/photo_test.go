package bot_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/flows"
	"kintsugi/store"
)

// photo fetches each photo and keeps those that come, as entries.
func (b *book) photo(t flows.Turn) ([]flows.Effect, bool) {
	e := t.Event
	switch {
	case e.Kind == flows.Sent && e.Photo != "":
		return []flows.Effect{flows.Fetch{ID: strings.TrimPrefix(e.Photo, "fake:photo-"), Photo: e.Photo}, say("coming")}, true
	case e.Kind == flows.PhotoFailed:
		return []flows.Effect{say("failed " + e.Fetch + e.Thing)}, true
	case e.Kind == flows.PhotoReady:
		b.panic()
		kept := flows.Record{ID: e.Photo, At: t.Now, Kind: "photo", Values: map[string]any{"photo": e.Photo}}
		return []flows.Effect{flows.KeepPhoto{Photo: e.Photo}, kept, say("kept " + e.Fetch)}, true
	}
	return nil, false
}

// newest gives the reference of the newest photo.
func (b *book) newest(t flows.Turn) string {
	for _, e := range t.Facts.Entries("photo", 0, 1) {
		return e.ID
	}
	return ""
}

// somePhoto is a photo of that many pixels each way.
func somePhoto(t *testing.T, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, side, side)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// photos counts what is kept of a person's, and what is still to be fetched for anybody.
func (w *world) photos(person int) (kept int, fetching bool) {
	w.t.Helper()
	w.records(func(r *store.Records) error {
		var err, err2 error
		kept, _, err = r.CountPhotos(w.person(person).ID)
		_, fetching, err2 = r.NextFetch()
		return errors.Join(err, err2)
	})
	return kept, fetching
}

func (w *world) wantPhotos(person, want int) {
	w.t.Helper()
	if kept, fetching := w.photos(person); kept != want || fetching {
		w.t.Errorf("%d photos are kept, want %d (to be fetched: %t)", kept, want, fetching)
	}
}

func TestAPhotoIsFetchedMadeSmallAndKept(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.SendPhoto(0, somePhoto(t, 2000), "the lake")
		synctest.Wait()
		w.wantHeard(0, "coming", "kept 1")
		w.wantPhotos(0, 1)
		w.server.Say(0, "show")
		synctest.Wait()
		files := w.server.Files(0)
		if len(files) != 1 || files[0].Name != "photo.jpg" || files[0].Type != "image/jpeg" {
			t.Fatalf("these files arrived: %d", len(files))
		}
		config, format, err := image.DecodeConfig(bytes.NewReader(files[0].Data))
		if err != nil || format != "jpeg" || config.Width != 1600 {
			t.Errorf("it is %s, %d wide (%v)", format, config.Width, err)
		}
		if s := p.Stats(); s.Photos != 1 || s.PhotosFailed != 0 || s.Lapses != 0 {
			t.Errorf("the counts are %+v", s)
		}
		w.wantOutbox(0, false)
	})
}

func TestAMessageWhosePhotoIsGoneGoesAlone(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		synctest.Wait()
		w.server.Say(0, "drop")
		w.server.Say(0, "show")
		synctest.Wait()
		w.wantHeard(0, "coming", "kept 1", "dropped", "here")
		w.wantPhotos(0, 0)
		if n := len(w.server.Files(0)); n != 0 {
			t.Errorf("%d files arrived", n)
		}
	})
}

func TestAPhotoHoldsNobodyUp(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		release := w.server.HoldFetches()
		for range 5 {
			w.server.SendPhoto(0, somePhoto(t, 10), "")
		}
		synctest.Wait()
		w.server.Say(0, "hello")
		w.server.Say(1, "hello")
		pass(30 * time.Second)
		w.wantHeard(0, "coming", "coming", "coming", "coming", "coming", "re: hello")
		w.wantHeard(1, "re: hello")
		if n := w.server.Hanging(); n != 2 {
			t.Errorf("%d are being fetched at a time, want 2", n)
		}
		release()
		pass(2 * time.Second)
		w.wantPhotos(0, 5)
	})
}

func TestAPhotoThatCanNotBeHadIsTriedAgain(t *testing.T) {
	away := errors.New("a secret address does not answer")
	for name, c := range map[string]struct {
		fails []error
		after time.Duration
		want  string
	}{
		"once":             {[]error{away}, time.Minute, "kept 1"},
		"four times":       {[]error{away, away, away, away}, 51 * time.Minute, "kept 1"},
		"five times":       {[]error{away, away, away, away, away}, 51 * time.Minute, "failed 1"},
		"refused for good": {[]error{bot.ErrRefused}, 0, "failed 1"},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				w.start()
				for _, err := range c.fails {
					w.server.FailFetch(err)
				}
				w.server.SendPhoto(0, somePhoto(t, 10), "")
				synctest.Wait()
				if c.after > 0 {
					pass(c.after - time.Second)
					w.wantHeard(0, "coming")
					pass(time.Second)
				}
				w.wantHeard(0, "coming", c.want)
				if _, fetching := w.photos(0); fetching {
					t.Error("it is still to be fetched")
				}
			})
		})
	}
}

func TestAPhotoThatHangsIsTriedAgain(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		release := w.server.HoldFetches()
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		pass(90 * time.Second)
		release()
		pass(40 * time.Second)
		w.wantHeard(0, "coming", "kept 1")
		w.wantPhotos(0, 1)
	})
}

func TestWhatIsNoPhotoFails(t *testing.T) {
	bomb := somePhoto(t, 10)
	at := bytes.Index(bomb, []byte{0xff, 0xc0})
	copy(bomb[at+5:], []byte{0xff, 0xff, 0xff, 0xff})
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"words": {[]byte("a secret, and no photo"), "failed 1kind"}, "a bomb": {bomb, "failed 1large"},
		"too many bytes": {make([]byte, 20<<20+1), "failed 1large"},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				p := w.start()
				w.server.SendPhoto(0, c.data, "")
				synctest.Wait()
				w.wantHeard(0, "coming", c.want)
				w.wantPhotos(0, 0)
				if n := p.Stats().PhotosFailed; n != 1 {
					t.Errorf("%d were counted, want 1", n)
				}
			})
		})
	}
}

func TestAPhotoThatWasOnItsWayOutlivesTheProcess(t *testing.T) {
	for name, end := range map[string]func(*process){"killed": (*process).kill, "stopped": func(p *process) { p.stop() }} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				p := w.start()
				release := w.server.HoldFetches()
				w.server.SendPhoto(0, somePhoto(t, 10), "")
				pass(settling)
				end(p)
				release()
				w.wantHeard(0, "coming")
				w.start()
				pass(4 * time.Minute)
				w.wantHeard(0, "coming", "kept 1")
				w.wantPhotos(0, 1)
			})
		})
	}
}

func TestAPhotoThatKillsTheProcessIsGivenUp(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		release := w.server.HoldFetches()
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		pass(settling)
		for range 4 {
			p.kill()
			p = w.start()
			pass(3 * time.Minute)
			w.wantHeard(0, "coming")
		}
		p.kill()
		release()
		p = w.start()
		pass(3 * time.Minute)
		w.wantHeard(0, "coming", "failed 1")
		if _, fetching := w.photos(0); fetching || p.Stats().PhotosFailed != 1 {
			t.Error("it is still to be fetched, or was not counted")
		}
	})
}

func TestAPhotoIsKeptOnceWhereverTheProcessIsKilled(t *testing.T) {
	for n := 1; n <= 6; n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			inWorld(t, true, func(w *world) {
				p := w.start()
				p.disk.killAfter(n, w.server.Crash)
				w.server.SendPhoto(0, somePhoto(t, 10), "")
				synctest.Wait()
				p.kill()
				w.start()
				pass(4 * time.Minute)
				w.wantHeard(0, "coming", "kept 1")
				w.wantPhotos(0, 1)
			})
		})
	}
}

func TestAPhotoComesWhenTheDiskTakesItAgain(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		release := w.server.HoldFetches()
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		synctest.Wait()
		w.disk.Fail(true)
		release()
		pass(time.Minute)
		w.disk.Fail(false)
		pass(4 * time.Minute)
		w.wantPhotos(0, 1)
	})
}

func TestThereIsRoomForSoManyPhotos(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		for range 100 {
			w.server.SendPhoto(0, somePhoto(t, 10), "")
		}
		pass(time.Minute)
		w.wantPhotos(0, 100)
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		pass(time.Second)
		if got := w.server.Texts(0); got[len(got)-1] != "failed 101full" {
			t.Errorf("the next is met with %q", got[len(got)-1])
		}
		w.server.Say(0, "drop")
		synctest.Wait()
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		pass(time.Second)
		w.wantPhotos(0, 100)
		if got := w.server.Texts(0); got[len(got)-1] != "kept 102" {
			t.Errorf("one after room was made is met with %q", got[len(got)-1])
		}
	})
}

// Photos that nothing names any more make room, and no others.
func TestWhatNothingNamesMakesRoom(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		synctest.Wait()
		id := w.person(0).ID
		w.change(func(r *store.Records) (err error) {
			for i := range 99 {
				err = errors.Join(err, r.PutPhoto(id, fmt.Sprint("lost ", i), []byte("data")))
			}
			return err
		})
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		pass(time.Second)
		w.wantPhotos(0, 2)
		w.server.Say(0, "show")
		synctest.Wait()
		if n := len(w.server.Files(0)); n != 1 {
			t.Errorf("%d photos can be shown", n)
		}
	})
}

func TestAPhotoOfSomebodyDeletedMeanwhileComesToNothing(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		release := w.server.HoldFetches()
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		synctest.Wait()
		w.server.Say(0, "delete")
		synctest.Wait()
		release()
		pass(time.Hour)
		if _, fetching := w.photos(0); fetching {
			t.Error("it is still to be fetched")
		}
		if s := p.Stats(); s.Quarantined != 0 || s.Turns != 2 {
			t.Errorf("the counts are %+v", s)
		}
	})
}

// A photo that comes is no sign that they are back.
func TestAPhotoOfSomebodyOutOfReachIsKeptWithoutAWord(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		release := w.server.HoldFetches()
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		pass(settling)
		p := w.person(0)
		p.Unreachable = true
		w.change(func(r *store.Records) error { return r.PutPerson(p) })
		release()
		pass(time.Second)
		w.wantHeard(0, "coming")
		w.wantPhotos(0, 1)
		if !w.person(0).Unreachable {
			t.Error("they are taken for being back")
		}
	})
}

func TestAPhotoWhoseTurnPanicsIsQuarantined(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.book.panics = 3
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		synctest.Wait()
		w.wantHeard(0, "coming", "went-wrong in en")
		w.wantPhotos(0, 0)
		if n := len(w.quarantined()); n != 1 {
			t.Errorf("%d events are in quarantine, want 1", n)
		}
	})
}

func TestAFetchThatIsDamagedHurtsNobodyElse(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start()
		w.server.FailFetch(errors.New("not now"))
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		synctest.Wait()
		damage(t, w, "fetches", w.person(0).ID)
		w.server.SendPhoto(1, somePhoto(t, 10), "")
		pass(time.Hour)
		w.wantHeard(0, "coming")
		w.wantHeard(1, "coming", "kept 2")
		w.wantPhotos(1, 1)
	})
}

func TestWherePhotosCanNotBeFetchedNoneIsPromised(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(func(o *bot.Options, _ *mortal) { o.Platforms = []bot.Platform{plain{o.Platforms[0]}} })
		w.server.SendPhoto(0, somePhoto(t, 10), "")
		synctest.Wait()
		w.wantHeard(0, "re: ")
	})
}

// plain is a platform without any further ability.
type plain struct{ bot.Platform }

// With the whole content: sent, wanted, kept, and seen again.
func TestAPhotoIsOfferedKeptAndShown(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.startMet()
		w.server.SendPhoto(0, somePhoto(t, 10), "the lake")
		synctest.Wait()
		w.wantPhotos(0, 0)
		w.server.Press(0, "Keep it")
		pass(time.Second)
		w.wantPhotos(0, 1)
		w.server.Say(0, "/pictures")
		pass(time.Second)
		if n := len(w.server.Files(0)); n != 1 {
			t.Errorf("%d pictures arrived", n)
		}
		w.server.Press(0, "Let this one go")
		synctest.Wait()
		w.server.Press(0, "Let it go")
		pass(time.Second)
		w.wantPhotos(0, 0)
	})
}

var _ bottest.PhotoPeer = (*bottest.Fake)(nil)
