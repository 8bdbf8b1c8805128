package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"kintsugi/store"
	"kintsugi/store/bolt"
	"kintsugi/store/storetest"
)

func TestOpenMakesFileAndFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "made", "here", "kintsugi.db")
	db, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, want := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700 | fs.ModeDir} {
		info, err := os.Stat(name)
		if err != nil || info.Mode() != want {
			t.Errorf("mode %v (%v), want %v", info.Mode(), err, want)
		}
	}
}

func TestWhatWasCommittedIsThereAfterReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kintsugi.db")
	for _, want := range []string{"", "x", "xx"} {
		db, err := bolt.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		err = db.Update(t.Context(), func(tx store.Tx) error {
			v, err := tx.Get("table", []byte("k"))
			if string(v) != want {
				t.Errorf("there is %q, want %q", v, want)
			}
			return errors.Join(err, tx.Put("table", []byte("k"), []byte(want+"x")))
		})
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

// foreign makes a bolt file of somebody else's.
func foreign(t *testing.T, path, bucket, key, value string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte(bucket))
		if err != nil {
			return err
		}
		return b.Put([]byte(key), []byte(value))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// ours makes a file of ours and gives its bytes.
func ours(t *testing.T, path string) []byte {
	t.Helper()
	db, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Populate(t, db, 200)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// used tells how much of a bolt file is in use, in bytes.
func used(t *testing.T, path string) int64 {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin(false)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	return tx.Size()
}

func TestOpenLeavesWhatIsNotOurs(t *testing.T) {
	write := func(content []byte) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	cut := func(n int) func(*testing.T, string) {
		return func(t *testing.T, path string) { write(ours(t, path)[:n])(t, path) }
	}
	cases := map[string]func(t *testing.T, path string){
		"a byte":                       write([]byte("x")),
		"a text":                       write([]byte("SQLite format 3\x00 and so on")),
		"zeros":                        write(make([]byte, 1<<16)),
		"a page of noise":              write(bytes.Repeat([]byte{0xa5, 0x5a, 3}, 1<<14)),
		"another's bolt file":          func(t *testing.T, path string) { foreign(t, path, "theirs", "a", "b") },
		"a mark that is another's":     func(t *testing.T, path string) { foreign(t, path, "kintsugi.file", "format", "other") },
		"our file cut after a page":    cut(4096),
		"our file cut after two":       cut(2 * 4096),
		"our file cut after three":     cut(3 * 4096),
		"our file cut before the root": cut(20 * 4096),
		"our file cut behind the root": func(t *testing.T, path string) {
			whole := ours(t, path)
			write(whole[:used(t, path)-4096])(t, path)
		},
		"our file with other pages": func(t *testing.T, path string) {
			whole := ours(t, path)
			for i := 2 * 4096; i < len(whole); i++ {
				whole[i] = 0xa5
			}
			write(whole)(t, path)
		},
	}
	for name, prepare := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "kintsugi.db")
			prepare(t, path)
			long := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
			if err := os.Chtimes(path, long, long); err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = bolt.Open(path)
			if !errors.Is(err, store.ErrNotOurs) || strings.Contains(err.Error(), path) {
				t.Errorf("error %v", err)
			}
			after, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(before, after) {
				t.Errorf("the file was changed (%v)", err)
			}
			if info, err := os.Stat(path); err != nil || !info.ModTime().Equal(long) {
				t.Errorf("the file was written to (%v)", err)
			}
		})
	}
}

func TestOpenRefusesAFolder(t *testing.T) {
	if _, err := bolt.Open(t.TempDir()); !errors.Is(err, store.ErrNotOurs) {
		t.Errorf("error %v", err)
	}
}

// TestOpenGoesOnWhereItWasKilled opens what is left if the program is killed while
// it makes the file.
func TestOpenGoesOnWhereItWasKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kintsugi.db")
	for name, prepare := range map[string]func() error{
		"an empty file": func() error { return os.WriteFile(path, nil, 0o600) },
		"a bolt file with nothing in it": func() error {
			os.Remove(path)
			db, err := bbolt.Open(path, 0o600, nil)
			return errors.Join(err, db.Close())
		},
	} {
		if err := prepare(); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			db, err := bolt.Open(path)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			storetest.Check(t, db)
			db.Close()
		}
	}
}

func TestAFileIsOpenOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kintsugi.db")
	db, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bolt.Open(path); !errors.Is(err, store.ErrInUse) || strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
	err = db.Update(t.Context(), func(tx store.Tx) error { return tx.Put("table", []byte("k"), nil) })
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	again, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

func TestErrorsOfOpeningHoldNoPath(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := bolt.Open(filepath.Join(file, "below", "kintsugi.db"))
	if err == nil || strings.Contains(err.Error(), file) {
		t.Errorf("error %v", err)
	}
}

// TestNothingOfAPersonIsInTheFile looks for what people wrote and are in the bytes
// of the file.
func TestNothingOfAPersonIsInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kintsugi.db")
	db, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	key := store.NewMasterKey()
	s, err := store.Open(context.Background(), db, key)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	secrets := []string{
		"Annegret", "Europe/Reykjavik", "de-CH-1996", "betrayer", "discord-private", "880099887766",
		"what the session holds", "check-in-kind", "words of an entry", "gratitude.flow", "a value beside it",
		"a reply on its way", "a nudge for later", "a payload that panics", "the reason it panics", "an event's id",
		"the cursor's value", key.Text()[20:40],
	}
	err = s.Update(context.Background(), func(r *store.Records) error {
		p, err := r.AddPerson(store.Person{
			Name: secrets[0], Zone: secrets[1], Language: secrets[2], Role: secrets[3], Since: now,
			Addresses: []store.Address{{Platform: secrets[4], ID: secrets[5]}},
		})
		if err != nil {
			return err
		}
		m, err := r.Attempt(p.ID, store.ReplyLane, []byte(secrets[11]), now)
		if err != nil {
			return err
		}
		_, err = r.Enqueue(p.ID, store.NudgeLane, []byte(secrets[12]), now, now)
		return errors.Join(err,
			r.PutSession(p.ID, []byte(secrets[6])),
			r.PutEntry(p.ID, store.Entry{
				ID: "e", At: now, Kind: secrets[7], Text: secrets[8], Flow: secrets[9], Values: []byte(`"` + secrets[10] + `"`),
			}),
			r.Park(m, now),
			r.Quarantine(store.Quarantined{Person: p.ID, ID: secrets[15], At: now, Payload: []byte(secrets[13]), Reason: secrets[14]}),
			r.PutCursor("telegram", []byte(secrets[16])),
			r.PutDue(store.Due{At: now, Person: p.ID, ID: "a readable word"}),
		)
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%q is in the file", secret)
		}
	}
	if !bytes.Contains(raw, []byte("a readable word")) {
		t.Error("not even what is readable is in the file")
	}
}
