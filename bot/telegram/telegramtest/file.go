package telegramtest

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // what a photo can be
	_ "image/png"
	"net/http"
	"strconv"
	"strings"

	"kintsugi/bot"
)

const (
	mostPhoto = 10 << 20
	mostFetch = 20 << 20
	smallSize = 90 // pixels
)

// file is a file that is kept. Its number stands for it in its id, which tells nothing
// to whoever does not know it.
type file struct {
	id, unique    string
	sort          string // "photos", "documents", "voice" …
	name, kind    string
	width, height int
	data          []byte
	path          string
}

// wireFile is a file as the API gives it.
type wireFile struct {
	ID     string `json:"file_id"`
	Unique string `json:"file_unique_id"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Name   string `json:"file_name,omitempty"`
	Kind   string `json:"mime_type,omitempty"`
	Size   int    `json:"file_size,omitempty"`
	Path   string `json:"file_path,omitempty"`
}

func (f *file) wire() wireFile {
	return wireFile{
		ID: f.id, Unique: f.unique, Width: f.width, Height: f.height,
		Name: f.name, Kind: f.kind, Size: len(f.data),
	}
}

func (f *file) content() *bot.File {
	kind := f.kind
	if f.sort == "photos" {
		kind = http.DetectContentType(f.data)
	}
	return &bot.File{Name: f.name, Type: kind, Data: f.data}
}

// keep keeps a file.
func (s *Server) keep(f *file) *file {
	s.lastFile++
	f.id = fmt.Sprintf("AgACAgIAAxkBAAI%05d_%s", s.lastFile, f.sort)
	f.unique = fmt.Sprintf("AQAD%05d", s.lastFile)
	f.path = f.sort + "/file_" + strconv.Itoa(s.lastFile) + extension(f.name, f.sort)
	s.files[f.id] = f
	s.paths[f.path] = f
	return f
}

func extension(name, sort string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[i:]
	}
	if sort == "photos" {
		return ".jpg"
	}
	return ""
}

// keepPhoto keeps a photo in the sizes that the API makes of it, the largest one last.
// The small ones hold no picture.
func (s *Server) keepPhoto(data []byte, width, height int) []*file {
	small := &file{sort: "photos", width: smallSize, height: smallSize, data: []byte("the photo, but small")}
	large := &file{sort: "photos", width: width, height: height, data: data}
	return []*file{s.keep(small), s.keep(large)}
}

// ForgetFiles makes all ids of files that were ever given unknown.
func (s *Server) ForgetFiles() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.files)
	clear(s.paths)
}

// checkPhoto says whether the API takes a photo, and gives its size.
func checkPhoto(data []byte) (width, height int, err error) {
	if len(data) > mostPhoto {
		return 0, 0, badRequest(fmt.Sprintf(
			"file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(data), mostPhoto))
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0, badRequest("IMAGE_PROCESS_FAILED")
	}
	long, short := max(c.Width, c.Height), min(c.Width, c.Height)
	if c.Width+c.Height > 10_000 || long > 20*short {
		return 0, 0, badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	return c.Width, c.Height, nil
}

func (s *Server) getFile(c call) (any, error) {
	f := s.files[c.params["file_id"]]
	if f == nil {
		return nil, badRequest("wrong file_id or the file is temporarily unavailable")
	}
	if len(f.data) > mostFetch {
		return nil, badRequest("file is too big")
	}
	return wireFile{ID: f.id, Unique: f.unique, Size: len(f.data), Path: f.path}, nil
}

// serveFile hands out a file: rest is the token and its path.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, rest string) {
	token, path, _ := strings.Cut(rest, "/")
	if !s.isToken(token) {
		writeError(w, errUnauthorized())
		return
	}
	const name = "file" // what it is called for faults and counts
	s.count(name)
	if fault := s.meet(name, call{}); fault != 0 {
		s.answerFault(w, r, fault)
		return
	}
	s.delay()
	s.mu.Lock()
	f := s.paths[path]
	s.mu.Unlock()
	if f == nil {
		writeError(w, errNotFound())
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(f.data)))
	w.Write(f.data)
}
