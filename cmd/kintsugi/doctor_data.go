package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"

	"kintsugi/store"
	"kintsugi/store/bolt"
)

// littleRoom is less room than the data should have left, in bytes.
const littleRoom = 200 << 20

// data looks at the data and at its key.
func (d *doctor) data(ctx context.Context, c Config) {
	if c.Data.Dir == "" || c.Key.File == "" {
		return // the configuration's mistakes name that
	}
	d.folder(c.Data.Dir)
	path := filepath.Join(c.Data.Dir, dataFile)
	info, err := os.Stat(path)
	d.key(ctx, c.Key.File, path, err == nil && info.Size() > 0)
	if isInside(c.Key.File, c.Data.Dir) && d.env("KINTSUGI_KEY") == "" {
		d.fix("the key is kept in the data folder: whoever copies one has both", "move it, and say where it is with key.file")
	}
}

// folder looks whether the data can be written, at the nearest folder that exists.
func (d *doctor) folder(dir string) {
	at, exists := dir, true
	for !isThere(at) && at != filepath.Dir(at) {
		at, exists = filepath.Dir(at), false
	}
	f, err := os.CreateTemp(at, ".kintsugi-doctor-")
	if err != nil {
		d.fix(fmt.Sprintf("data.dir: %q can't be written", at), "let the user that runs kintsugi own it, or name another folder")
		return
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	if exists {
		d.ok("the data folder %q can be written", dir)
	} else {
		d.ok("the data folder %q will be made at the first start", dir)
	}
	d.space(at)
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (d *doctor) space(dir string) {
	free, known := freeSpace(dir)
	if !known {
		return
	}
	if free < littleRoom {
		d.fix(fmt.Sprintf("only %d MB are free where the data is", free>>20), "make room: when there is none, nothing can be saved")
		return
	}
	d.ok("%d MB are free where the data is", free>>20)
}

// key looks whether there is a key, and whether it is the one of the data, if there is
// any.
func (d *doctor) key(ctx context.Context, file, path string, hasData bool) {
	key, err := findKey(file, d.env)
	switch {
	case errors.Is(err, fs.ErrNotExist) && hasData:
		d.fix(fmt.Sprintf("%s: %v", file, errKeyMissing), advice(errKeyMissing))
	case errors.Is(err, fs.ErrNotExist):
		d.ok("a key will be made at the first start, in %q", file)
	case err != nil:
		d.fix(err.Error(), advice(err))
	case !hasData:
		d.ok("there is a key, and no data yet")
	default:
		d.try(ctx, path, key)
	}
}

// try looks whether the key is the data's.
func (d *doctor) try(ctx context.Context, path string, key store.MasterKey) {
	db, err := bolt.Open(path)
	if errors.Is(err, store.ErrInUse) {
		d.inUse = true
		d.ok("a kintsugi runs with this data, so its key wasn't tried")
		return
	}
	if err == nil {
		err = errors.Join(store.Look(ctx, db, key), db.Close())
	}
	if err != nil {
		d.fix(fmt.Sprintf("%s: %v", path, err), advice(err))
		return
	}
	d.ok("the key is the data's")
}

// addresses looks whether what is to be listened at is free.
func (d *doctor) addresses(ctx context.Context, c Config) {
	if c.Listen != "" {
		d.address(ctx, "listen", c.Listen)
	}
	if c.Telegram.On() && c.Telegram.Webhook.URL != "" {
		d.address(ctx, "telegram.webhook.listen", c.Telegram.Webhook.Listen)
	}
}

func (d *doctor) address(ctx context.Context, key, address string) {
	if d.inUse {
		d.ok("%s: not tried, since a kintsugi runs", key)
		return
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		d.fix(fmt.Sprintf("%s: %q can't be listened at: %v", key, address, listenCause(err)), "stop what is there, or set another address")
		return
	}
	_ = l.Close()
	d.ok("%s: %q is free", key, address)
}

// isInside says whether a path is below a folder.
func isInside(path, dir string) bool {
	p, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	base, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(base, p)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
