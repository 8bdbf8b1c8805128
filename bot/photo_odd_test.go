package bot_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
	"testing/synctest"
	"time"
)

// twoHalves is a photo whose left half is red and whose right half is blue.
func twoHalves(w, h int) *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.RGBA{R: 255, A: 255}, color.RGBA{B: 255, A: 255}})
	for y := range h {
		for x := range w {
			m.Pix[y*m.Stride+x] = byte(x * 2 / w)
		}
	}
	return m
}

// lyingPhoto is a JPEG that is to be turned by a quarter to the right, and says where it was
// taken: upright, it is red above and blue below.
func lyingPhoto(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, twoHalves(w, h), nil); err != nil {
		t.Fatal(err)
	}
	tiff := append([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"), "GPS 52.5200 N"...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, byte((len(segment)+2)>>8), byte(len(segment)+2))
	return append(append(out, segment...), b.Bytes()[2:]...)
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngOf is the head of a PNG of that size, and no more.
func pngOf(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// manyFrames is a GIF that moves for a long time.
func manyFrames(t *testing.T, n int) []byte {
	t.Helper()
	var g gif.GIF
	for range n {
		g.Image, g.Delay = append(g.Image, twoHalves(32, 32)), append(g.Delay, 1)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sized gives a JPEG another size in its head.
func sized(data []byte, w, h uint16) []byte {
	data = bytes.Clone(data)
	at := bytes.Index(data, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(data[at+5:], h)
	binary.BigEndian.PutUint16(data[at+7:], w)
	return data
}

// What a platform hands over can be anything. Whoever sent it hears why nothing came of it,
// and the next photo comes through.
func TestOfWhatIsNoPhotoNothingIsKept(t *testing.T) {
	whole := somePhoto(t, 400)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a decompression bomb":       {pngOf(50_000, 50_000), "failed 1large"},
		"100 megapixels":             {sized(whole, 12_500, 8_000), "failed 1large"},
		"a truncated JPEG":           {whole[:len(whole)*2/3], "failed 1kind"},
		"the head of a JPEG":         {whole[:200], "failed 1kind"},
		"80 megapixels, nearly none": {sized(whole, 10_000, 8_000), "failed 1kind"},
		"no bytes":                   {nil, "failed 1kind"},
		"a page named .jpg":          {[]byte("<!DOCTYPE html><html><body>Not found</body></html>"), "failed 1kind"},
		"a HEIC photo":               {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "failed 1kind"},
		"a drawing":                  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "failed 1kind"},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				w.start()
				w.server.SendPhoto(0, c.data, "")
				synctest.Wait()
				w.wantHeard(0, "coming", c.want)
				w.wantPhotos(0, 0)
				w.server.SendPhoto(0, somePhoto(t, 10), "")
				synctest.Wait()
				w.wantHeard(0, "coming", c.want, "coming", "kept 2")
			})
		})
	}
}

// What can be opened is kept as a JPEG that lies as it is looked at, and holds nothing else.
func TestPhotosOfEachKindAreKept(t *testing.T) {
	var plain bytes.Buffer
	if err := gif.Encode(&plain, twoHalves(60, 40), nil); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want image.Point
	}{
		"a PNG": {asPNG(t, twoHalves(60, 40)), image.Pt(60, 40)}, "a GIF": {plain.Bytes(), image.Pt(60, 40)},
		"a GIF that moves":     {manyFrames(t, 10_000), image.Pt(32, 32)},
		"a WebP":               {[]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\r\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"), image.Pt(1, 1)},
		"one on its side":      {lyingPhoto(t, 64, 48), image.Pt(48, 64)},
		"a large one likewise": {lyingPhoto(t, 2400, 1200), image.Pt(800, 1600)},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, false, func(w *world) {
				w.start()
				w.server.SendPhoto(0, c.data, "")
				synctest.Wait()
				w.server.Say(0, "show")
				synctest.Wait()
				w.wantHeard(0, "coming", "kept 1", "here")
				data := w.server.Files(0)[0].Data
				m, format, err := image.Decode(bytes.NewReader(data))
				if err != nil || format != "jpeg" || m.Bounds().Size() != c.want {
					t.Fatalf("it is %s (%v)", format, err)
				}
				if bytes.Contains(data, []byte("Exif")) || bytes.Contains(data, []byte("GPS")) {
					t.Error("it says something of itself")
				}
			})
		})
	}
}

// From a photo on its side to the board, with the whole content.
func TestABoardShowsAPhotoUpright(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.startMet()
		say := func(words ...string) {
			for _, said := range words {
				w.server.Say(0, said)
				pass(time.Second)
			}
		}
		say("/p11_2", "let's begin", "a photo")
		w.server.SendPhoto(0, lyingPhoto(t, 2000, 1600), "")
		pass(5 * time.Second)
		say("the lake", "/skip", "some words", "my own key", "/skip", "that's all of it")
		files := w.server.Files(0)
		if len(files) != 1 {
			t.Fatalf("%d files arrived", len(files))
		}
		m, err := jpeg.Decode(bytes.NewReader(files[0].Data))
		if err != nil {
			t.Fatal(err)
		}
		if reds, blues := spanOf(m, color.RGBA{R: 255}), spanOf(m, color.RGBA{B: 255}); reds.Empty() || blues.Empty() || reds.Max.Y > blues.Min.Y+8 {
			t.Errorf("red is at %v, blue at %v", reds, blues)
		}
	})
}

// spanOf gives where a colour is in a picture.
func spanOf(m image.Image, want color.RGBA) image.Rectangle {
	var all image.Rectangle
	near := func(a uint32, b uint8) bool { return max(a>>8, uint32(b))-min(a>>8, uint32(b)) < 40 }
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			if r, g, b, _ := m.At(x, y).RGBA(); near(r, want.R) && near(g, want.G) && near(b, want.B) {
				all = all.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return all
}
