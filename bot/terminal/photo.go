package terminal

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kintsugi/bot"
	"kintsugi/flows"
)

// photoWord begins a line that sends a file as a photo.
const photoWord = ":photo "

// photoEvent reads a line that sends a photo: the rest of it names the file.
func (t *Terminal) photoEvent(line string) (e flows.Event, ok bool) {
	name, ok := strings.CutPrefix(line, photoWord)
	if !ok || !t.options.Photos || strings.TrimSpace(name) == "" {
		return flows.Event{}, false
	}
	path, err := filepath.Abs(strings.TrimSpace(name))
	if err != nil {
		return flows.Event{}, false
	}
	return flows.Event{Kind: flows.Sent, Thing: "photo", Photo: path}, true
}

// Fetch implements bot.Fetching: it reads the file. Its errors don't name it.
func (t *Terminal) Fetch(_ context.Context, photo string, limit int64) ([]byte, error) {
	if info, err := os.Stat(photo); err != nil || !info.Mode().IsRegular() {
		return nil, bot.ErrRefused
	}
	f, err := os.Open(photo)
	if errors.Is(err, fs.ErrPermission) {
		return nil, bot.ErrRefused
	}
	if err != nil {
		return nil, nameless("reading a photo", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, nameless("reading a photo", err)
	}
	return data, nil
}
