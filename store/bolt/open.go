package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"kintsugi/store"
)

const (
	// lockWait is how long another process is waited for: long enough for one that
	// is just closing the file.
	lockWait = 200 * time.Millisecond
	// mapSize is the address space set aside for the file at first, in bytes. A
	// commit that outgrows the map waits for every View; most stores never do.
	mapSize = 256 << 20
)

// A file is ours if its bucket markBucket holds markValue at markKey. The bucket is
// no table of the store.
const (
	markBucket = "kintsugi.file"
	markKey    = "format"
	markValue  = "kintsugi bolt 1"
)

// Open opens the file at path, or makes it, with mode 0600 and in a folder with
// mode 0700 if that is missing too. A file that something else wrote is
// [store.ErrNotOurs], one that is open already [store.ErrInUse]; both are left as
// they are. No error holds the path.
func Open(path string) (*DB, error) {
	return open(path, options())
}

func open(path string, o *bbolt.Options) (*DB, error) {
	b, err := openFile(path, o)
	if err != nil {
		return nil, fmt.Errorf("opening the data file: %w", withoutPath(err))
	}
	return start(b), nil
}

func options() *bbolt.Options {
	return &bbolt.Options{
		Timeout:         lockWait,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: mapSize,
		NoStatistics:    true,
	}
}

func openFile(path string, o *bbolt.Options) (*bbolt.DB, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return create(path, o)
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, store.ErrNotOurs
	}
	if info.Size() == 0 {
		return create(path, o)
	}
	if err := probe(path, info.Size(), o); err != nil {
		return nil, err
	}
	b, err := bbolt.Open(path, 0o600, o)
	if err != nil {
		return nil, openError(err)
	}
	return closeUnless(mark(b), b)
}

// closeUnless gives b, or closes it if there is an error.
func closeUnless(err error, b *bbolt.DB) (*bbolt.DB, error) {
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// create makes the file, marked as ours and on the disk by its name.
func create(path string, o *bbolt.Options) (*bbolt.DB, error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	b, err := bbolt.Open(path, 0o600, o)
	if err != nil {
		return nil, openError(err)
	}
	return closeUnless(errors.Join(mark(b), syncFolder(folder)), b)
}

// mark marks a file as ours that is not yet.
func mark(b *bbolt.DB) error {
	var marked bool
	err := b.View(func(t *bbolt.Tx) error {
		marked = isMarked(t)
		return nil
	})
	if err != nil || marked {
		return err
	}
	return b.Update(func(t *bbolt.Tx) error {
		bucket, err := t.CreateBucketIfNotExists([]byte(markBucket))
		if err != nil {
			return err
		}
		return bucket.Put([]byte(markKey), []byte(markValue))
	})
}

// probe looks whether a file is ours, without writing to it. A bolt file with
// nothing in it counts as ours: it is what is left if the program is killed between
// making the file and marking it.
func probe(path string, size int64, o *bbolt.Options) (err error) {
	readOnly := *o
	readOnly.ReadOnly, readOnly.InitialMmapSize = true, 0
	b, err := bbolt.Open(path, 0o600, &readOnly)
	if err != nil {
		return openError(err)
	}
	defer func() {
		if recover() != nil { // bbolt takes for granted what pages hold
			err = store.ErrNotOurs
		}
		err = errors.Join(err, b.Close())
	}()
	t, err := b.Begin(false)
	if err != nil {
		return err
	}
	defer t.Rollback()
	if t.Size() > size { // looking beyond the end of the file would end the program
		return fmt.Errorf("%w: the file is cut short", store.ErrNotOurs)
	}
	if !isMarked(t) && !isEmpty(t) {
		return store.ErrNotOurs
	}
	return nil
}

func isMarked(t *bbolt.Tx) bool {
	b := t.Bucket([]byte(markBucket))
	return b != nil && bytes.Equal(b.Get([]byte(markKey)), []byte(markValue))
}

func isEmpty(t *bbolt.Tx) bool {
	name, _ := t.Cursor().First()
	return name == nil
}

// openError says what an error of bbolt.Open means. What is neither a lock nor an
// error of the system is bbolt not knowing the file for its own.
func openError(err error) error {
	var system syscall.Errno
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return store.ErrInUse
	case errors.As(err, &system):
		return err
	}
	return fmt.Errorf("%w: %w", store.ErrNotOurs, err)
}

// withoutPath gives the cause of an error that would name a path.
func withoutPath(err error) error {
	var named *fs.PathError
	if errors.As(err, &named) {
		return named.Err
	}
	return err
}

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
