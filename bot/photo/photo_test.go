package photo_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"kintsugi/bot/photo"
)

// corners is a picture with red at the top left, green at the top right and blue at the
// bottom left.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			switch {
			case x < w/2 && y < h/2:
				c = color.RGBA{255, 0, 0, 255}
			case y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			case x < w/2:
				c = color.RGBA{0, 0, 255, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shrunk shrinks a picture and reads it again.
func shrunk(t *testing.T, data []byte) image.Image {
	t.Helper()
	out, err := photo.Shrink(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(out) > photo.MaxSize {
		t.Errorf("it takes %d bytes", len(out))
	}
	m, format, err := image.Decode(bytes.NewReader(out))
	if err != nil || format != "jpeg" || m.Bounds().Min != (image.Point{}) {
		t.Fatalf("it is %s in %v (%v)", format, m.Bounds(), err)
	}
	return m
}

// looksLike says whether a pixel is nearly of a colour: a JPEG is never exact.
func looksLike(m image.Image, x, y int, want color.RGBA) bool {
	r, g, b, _ := m.At(x, y).RGBA()
	near := func(got uint32, want uint8) bool { return max(int(got>>8), int(want))-min(int(got>>8), int(want)) < 40 }
	return near(r, want.R) && near(g, want.G) && near(b, want.B)
}

func TestAPictureIsMadeToFit(t *testing.T) {
	for name, c := range map[string]struct{ w, h, wantW, wantH int }{
		"small stays": {300, 200, 300, 200}, "one pixel": {1, 1, 1, 1}, "at the limit": {1600, 90, 1600, 90},
		"wide": {3200, 160, 1600, 80}, "high": {161, 3202, 80, 1600}, "a line": {5000, 1, 1600, 1},
	} {
		t.Run(name, func(t *testing.T) {
			m := shrunk(t, asPNG(t, corners(c.w, c.h)))
			if got := m.Bounds().Size(); got != image.Pt(c.wantW, c.wantH) {
				t.Fatalf("it is %v", got)
			}
			if c.h > 2 && !looksLike(m, c.wantW/4, c.wantH/4, color.RGBA{R: 255}) {
				t.Errorf("the corner is %v", m.At(c.wantW/4, c.wantH/4))
			}
		})
	}
}

// withEXIF puts EXIF data into a JPEG: how it is turned and, behind that, a text.
func withEXIF(data []byte, order binary.ByteOrder, turned uint16, text string) []byte {
	mark := "MM"
	if order == binary.ByteOrder(binary.LittleEndian) {
		mark = "II"
	}
	var tiff []byte
	tiff = append(tiff, mark...)
	tiff = appendTo(tiff, order, uint16(42), uint32(8), uint16(2))
	tiff = appendTo(tiff, order, uint16(0x010f), uint16(2), uint32(4), uint32(0)) // a maker
	tiff = appendTo(tiff, order, uint16(0x0112), uint16(3), uint32(1), turned, uint16(0), uint32(0))
	segment := append([]byte("Exif\x00\x00"), tiff...)
	segment = append(segment, text...)
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(segment)+2))
	return append(append(out, segment...), data[2:]...)
}

func appendTo(b []byte, order binary.ByteOrder, values ...any) []byte {
	var w bytes.Buffer
	for _, v := range values {
		if err := binary.Write(&w, order, v); err != nil {
			panic(err)
		}
	}
	return append(b, w.Bytes()...)
}

// Each picture lies as its EXIF data says, and all of them are to look alike.
func TestAPictureIsTurnedUpright(t *testing.T) {
	const w, h = 64, 32
	upright := corners(w, h)
	for turned := uint16(0); turned <= 9; turned++ {
		stored := image.NewRGBA(image.Rect(0, 0, w, h))
		if turned >= 5 && turned <= 8 {
			stored = image.NewRGBA(image.Rect(0, 0, h, w))
		}
		sw, sh := stored.Rect.Dx(), stored.Rect.Dy()
		for y := range h {
			for x := range w {
				// Where EXIF puts what is seen at x, y: 1 is as it stands, 6 has the first row at
				// the right, 8 at the left.
				sx, sy := x, y
				switch turned {
				case 2:
					sx = sw - 1 - x
				case 3:
					sx, sy = sw-1-x, sh-1-y
				case 4:
					sy = sh - 1 - y
				case 5:
					sx, sy = y, x
				case 6:
					sx, sy = y, sh-1-x
				case 7:
					sx, sy = sw-1-y, sh-1-x
				case 8:
					sx, sy = sw-1-y, x
				}
				stored.Set(sx, sy, upright.At(x, y))
			}
		}
		for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
			m := shrunk(t, withEXIF(asJPEG(t, stored), order, turned, ""))
			if m.Bounds().Dx() != w || !looksLike(m, 8, 8, color.RGBA{R: 255}) || !looksLike(m, 56, 8, color.RGBA{G: 255}) || !looksLike(m, 8, 24, color.RGBA{B: 255}) {
				t.Errorf("turned by %d (%v): %v, %v %v %v", turned, order, m.Bounds(), m.At(8, 8), m.At(56, 8), m.At(8, 24))
			}
		}
	}
}

func TestNothingIsLeftOfWhatAPictureSaysOfItself(t *testing.T) {
	data := withEXIF(asJPEG(t, corners(80, 60)), binary.BigEndian, 6, "GPS 52.5200 N 13.4050 E")
	out, err := photo.Shrink(data)
	if err != nil || bytes.Contains(out, []byte("GPS")) || bytes.Contains(out, []byte("Exif")) {
		t.Errorf("%d bytes, %v", len(out), err)
	}
}

func TestWhatIsTransparentIsWhite(t *testing.T) {
	for name, m := range map[string]image.Image{
		"small": image.NewNRGBA(image.Rect(0, 0, 20, 20)), "big": image.NewNRGBA(image.Rect(0, 0, 2000, 20)), "deep": image.NewNRGBA64(image.Rect(0, 0, 20, 20)),
	} {
		if got := shrunk(t, asPNG(t, m)); !looksLike(got, 10, 10, color.RGBA{255, 255, 255, 255}) {
			t.Errorf("%s: it is %v", name, got.At(10, 10))
		}
	}
}

func TestOfAMovingPictureTheFirstIsTaken(t *testing.T) {
	palette := color.Palette{color.RGBA{R: 255, A: 255}, color.RGBA{B: 255, A: 255}}
	first, second := image.NewPaletted(image.Rect(0, 0, 16, 16), palette), image.NewPaletted(image.Rect(0, 0, 16, 16), palette)
	for i := range second.Pix {
		second.Pix[i] = 1
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{first, second}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	if m := shrunk(t, b.Bytes()); !looksLike(m, 8, 8, color.RGBA{R: 255}) {
		t.Errorf("it is %v", m.At(8, 8))
	}
}

// noise is the hardest picture to make small.
func noise(w, h int) *image.RGBA {
	rng := rand.New(rand.NewPCG(1, 2))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = byte(rng.Uint32()) | byte(i%4/3*255)
	}
	return m
}

func TestNoiseIsMadeSmallToo(t *testing.T) {
	if got := shrunk(t, asJPEG(t, noise(1000, 1000))).Bounds().Size(); got.X < 500 || got.X == 1000 || got.X != got.Y {
		t.Errorf("it is %v", got)
	}
}

// bombOf is the head of a PNG that says how big it is, and is not.
func bombOf(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// frame gives a JPEG another size in its head, or makes it progressive.
func frame(data []byte, w, h uint16, kind byte) []byte {
	data = bytes.Clone(data)
	at := bytes.Index(data, []byte{0xff, 0xc0})
	data[at+1] = kind
	binary.BigEndian.PutUint16(data[at+5:], h)
	binary.BigEndian.PutUint16(data[at+7:], w)
	return data
}

func TestAPictureThatTakesTooMuchIsNotOpened(t *testing.T) {
	small := asJPEG(t, corners(16, 16))
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"a PNG bomb":                    {bombOf(30_000, 30_000), photo.ErrTooLarge},
		"the biggest there can be":      {bombOf(1<<31-1, 1<<31-1), nil},
		"100 megapixels":                {frame(small, 12_000, 9_000, 0xc0), photo.ErrTooLarge},
		"20 megapixels, in steps":       {frame(small, 5_000, 4_000, 0xc2), photo.ErrTooLarge},
		"80 megapixels, but not all in": {frame(small, 10_000, 8_000, 0xc0), photo.ErrUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := photo.Shrink(c.data)
			runtime.ReadMemStats(&after)
			if err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("the error is %v", err)
			}
			if took := after.TotalAlloc - before.TotalAlloc; errors.Is(err, photo.ErrTooLarge) && took > 1<<20 {
				t.Errorf("it took %d bytes", took)
			}
		})
	}
}

// TestAHeadThatMisleadsOpensNothing has pictures that take several times what the head
// says at first sight.
func TestAHeadThatMisleadsOpensNothing(t *testing.T) {
	small := asJPEG(t, corners(16, 16))
	after := func(data []byte, n int, more ...byte) []byte {
		return slices.Concat(data[:n], more, data[n:])
	}
	large := frame(small, 5_000, 4_000, 0xc2)
	end := bytes.Index(large, []byte{0xff, 0xc4}) // of the frame header
	gray := bombOf(10_000, 4_000)
	gray[25] = 0 // the kind of colour
	binary.BigEndian.PutUint32(gray[29:], crc32.ChecksumIEEE(gray[12:29]))
	palette := bombOf(10_000, 4_000)
	palette[25] = 3
	binary.BigEndian.PutUint32(palette[29:], crc32.ChecksumIEEE(palette[12:29]))
	palette = append(palette, "\x00\x00\x00\x03PLTE\x00\x00\x00"...)
	palette = binary.BigEndian.AppendUint32(palette, crc32.ChecksumIEEE([]byte("PLTE\x00\x00\x00")))
	palette = append(palette, "\x00\x00\x00\x00IDAT"...)
	steps := frame(small, 2_000, 2_000, 0xc2)
	for range 200 {
		steps = append(steps, 0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0)
	}
	for name, data := range map[string][]byte{
		"something before the segments":  after(large, 2, 7),
		"an escape that is no segment":   after(large, 2, 0xff, 0x00, byte(end>>8), byte(end)),
		"a restart that is no segment":   after(large, 2, 0xff, 0xd0, byte(end>>8), byte(end)),
		"grey that can be transparent":   gray,
		"a palette, which takes as long": palette,
		"colours that are no luma":       after(frame(small, 6_000, 5_000, 0xc0), 2, append([]byte{0xff, 0xee, 0, 14}, "Adobe\x00\x64\x00\x00\x00\x00\x00"...)...),
		"steps that are next to nothing": steps,
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := photo.Shrink(data); !errors.Is(err, photo.ErrTooLarge) {
				t.Errorf("the error is %v", err)
			}
			runtime.ReadMemStats(&after)
			if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
				t.Errorf("it took %d bytes", took)
			}
		})
	}
}

func TestWhatIsNoPictureIsSaid(t *testing.T) {
	whole := asJPEG(t, noise(200, 200))
	for name, data := range map[string][]byte{
		"nothing": nil, "words": []byte("a lake in the morning"), "cut off": whole[:len(whole)/2], "only a head": whole[:20],
		"a PNG cut off": asPNG(t, noise(50, 50))[:900], "no size": bombOf(0, 0), "a page": []byte("<html><body>not here</body></html>"),
	} {
		if _, err := photo.Shrink(data); !errors.Is(err, photo.ErrUnreadable) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

// Behind a large photo stands a small one, which looks like it; one that is small stands for
// itself.
func TestASmallPhotoStandsBehindALargeOne(t *testing.T) {
	for name, c := range map[string]struct {
		m    image.Image
		want image.Point
	}{
		"large": {corners(2000, 1500), image.Pt(800, 600)}, "noise": {noise(1000, 1000), image.Pt(800, 800)},
		"as large as a small one": {corners(800, 400), image.Pt(800, 400)}, "small": {corners(40, 30), image.Pt(40, 30)},
	} {
		data, err := photo.Shrink(asPNG(t, c.m))
		if err != nil || len(data) > photo.MaxSize {
			t.Fatalf("%s: %d bytes, %v", name, len(data), err)
		}
		small := photo.Small(data)
		m, err := jpeg.Decode(bytes.NewReader(small))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := m.Bounds().Size(); got.X > c.want.X || got.Y > c.want.Y || name != "noise" && got != c.want {
			t.Errorf("%s: the small one is %v", name, got)
		}
		if name != "noise" && !looksLike(m, c.want.X/4, c.want.Y/4, color.RGBA{R: 255}) {
			t.Errorf("%s: its corner is %v", name, m.At(c.want.X/4, c.want.Y/4))
		}
		if whole := len(small) == len(data); whole != (c.want == c.m.Bounds().Size()) {
			t.Errorf("%s: the small one has %d bytes of %d", name, len(small), len(data))
		}
	}
	if got := photo.Small([]byte("no photo")); string(got) != "no photo" {
		t.Errorf("what is none is %q", got)
	}
}

func FuzzShrink(f *testing.F) {
	f.Add(asJPEG(f, corners(8, 8)))
	f.Add(withEXIF(asJPEG(f, corners(8, 8)), binary.LittleEndian, 6, "text"))
	f.Add(asPNG(f, corners(8, 8)))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\r\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := photo.Shrink(data)
		if err == nil && (len(out) == 0 || len(out) > photo.MaxSize) {
			t.Errorf("it takes %d bytes", len(out))
		}
	})
}

// BenchmarkShrink takes a photo as phones make them, 12 megapixels.
func BenchmarkShrink(b *testing.B) {
	data := asJPEG(b, corners(4000, 3000))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := photo.Shrink(data); err != nil {
			b.Fatal(err)
		}
	}
}
