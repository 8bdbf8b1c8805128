package bot_test

import (
	"bytes"
	"image/jpeg"
	"testing"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

const (
	maraLays = `
@ 2026-03-03 18:00
> /p11_2
> [The one we both see]
> [Lay something on it]
> [A few words]
> a garden
> [Lay it there]
> [Lay something on it]
> [A photo for both]
> (photo)
> the lake
> [Lay it there]
> [Leave it so]
> [I'll ask for it]
`
	tomSeesBoard = `
@ 2026-03-03 20:00
>> [Now]
>> [Let me look]
`
	tomTakesOff = `
>> /p11_2
>> [The one we both see]
>> [Take something off]
>> [the lake]
>> [Take it off]
>> [Leave it so]
`
	maraTakesOff = `
> /p11_2
> [The one we both see]
> [Take something off]
> [the lake]
> [Take it off]
> [Leave it so]
`
)

// lastFile gives the last file that somebody was sent.
func (w *world) lastFile(person int) bot.File {
	w.t.Helper()
	files := w.server.Files(person)
	if len(files) == 0 {
		w.t.Fatal("no file came")
	}
	return files[len(files)-1]
}

func TestBothAreDrawnTheSameBoard(t *testing.T) {
	inWorld(t, false, func(w *world) {
		l := linkedPair(w, maraLays+tomSeesBoard, nil)
		hers, his := w.lastFile(0), w.lastFile(1)
		if _, err := jpeg.Decode(bytes.NewReader(his.Data)); err != nil || !bytes.Equal(hers.Data, his.Data) {
			t.Errorf("he sees another board than she: %v", err)
		}
		him := w.person(1)
		him.About["theme"] = "dark"
		w.change(func(r *store.Records) error { return r.PutPerson(him) })
		l.play(">> /p11_2\n>> [The one we both see]\n")
		if dark := w.lastFile(1); bytes.Equal(dark.Data, his.Data) {
			t.Error("his theme is not his")
		}
	})
}

// boardPhotos makes sure how many photos are kept of each.
func (w *world) boardPhotos(when string, hers, his int) {
	w.t.Helper()
	for person, want := range []int{hers, his} {
		if n, _ := w.photos(person); n != want {
			w.t.Errorf("%s, %d photos are kept of person %d, want %d", when, n, person, want)
		}
	}
}

func TestAPhotoGoesWithItsPiece(t *testing.T) {
	for name, c := range map[string]struct {
		script    string
		hers, his int
	}{
		"laid":               {"", 1, 1},
		"he takes it off":    {tomSeesBoard + tomTakesOff + "> hello\n", 0, 0},
		"she does":           {tomSeesBoard + maraTakesOff + ">> hello\n", 0, 0},
		"before he has come": {maraTakesOff, 0, 0},
		"she is not linked":  {tomSeesBoard + "> /unlink\n", 0, 1},
		"he is not linked":   {"\n>> /unlink\n", 1, 0},
		"they link anew":     {tomSeesBoard + "> /partner\n> [Invite somebody else]\n>> {code}\n>> [Yes]\n> [Now]\n> [Yes, link us]\n>> [Now]\n", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				linkedPair(w, maraLays+c.script, nil)
				w.boardPhotos(name, c.hers, c.his)
			})
		})
	}
}

// What was given stays given: he sees what he saw.
func TestTheBoardStaysForTheOneWhoIsLeft(t *testing.T) {
	const again = ">> /p11_2\n>> [The one we both see]\n"
	for _, leaving := range []string{"> /unlink\n", "> /delete\n> [Delete all of it now]\n"} {
		inWorld(t, false, func(w *world) {
			l := linkedPair(w, maraLays+tomSeesBoard, nil)
			before := w.lastFile(1)
			l.play(leaving + again)
			if after := w.lastFile(1); len(w.server.Files(1)) != 2 || !bytes.Equal(before.Data, after.Data) {
				t.Errorf("after %q he is drawn another board", leaving)
			}
		})
	}
}

func TestNothingOfTheOtherOneStaysWithWhoeverLeaves(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, maraLays+tomSeesBoard+"\n>> /unlink\n", nil)
		him := w.person(1).ID
		w.records(func(r *store.Records) error {
			items, err := r.Items(him, "their-piece")
			if err == nil && len(items) != 2 {
				t.Errorf("%d pieces were his", len(items))
			}
			for _, i := range items {
				if i.Text != "" || i.State != flows.ItemDropped || len(i.Values) > 0 {
					t.Errorf("this is left: %+v", i)
				}
			}
			return err
		})
	})
}

// The couple keeps no words, and an export none of the other one's.
func TestAPieceIsKeptAsAllThatIsGiven(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, maraLays+tomSeesBoard+">> /export\n>> [Send them]\n", nil)
		if state, _, found := w.record(); !found || bytes.Contains([]byte(state), []byte("garden")) {
			t.Errorf("the couple keeps %q", state)
		}
		for _, f := range w.server.Files(1)[1:] {
			if bytes.Contains(f.Data, []byte("a garden")) {
				t.Errorf("%s holds her words:\n%s", f.Name, f.Data)
			}
		}
	})
}
