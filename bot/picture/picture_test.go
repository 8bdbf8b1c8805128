package picture

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"kintsugi/bot/photo"
	"kintsugi/flows"
)

var keep = flag.String("keep", "", "a folder to put the pictures into, to look at them")

// Every picture can be opened, is as wide as a phone, and has nothing at its edges.
func TestEachPictureCanBeOpenedAndStaysWithinItsEdges(t *testing.T) {
	for name, p := range examples() {
		for _, p.Dark = range []bool{false, true} {
			if p.Dark {
				name += "-dark"
			}
			t.Run(name, func(t *testing.T) {
				f := drawn(t, p)
				if *keep != "" {
					if err := os.WriteFile(filepath.Join(*keep, name+f.Ext), f.Data, 0o600); err != nil {
						t.Fatal(err)
					}
				}
				m := opened(t, f)
				if *keep != "" && f.Ext == ".jpg" { // for viewers that know one kind alone
					var b bytes.Buffer
					if err := png.Encode(&b, m); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(filepath.Join(*keep, name+".png"), b.Bytes(), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				if w, h := m.Bounds().Dx(), m.Bounds().Dy(); w != width || h < 300 || h > 2600 {
					t.Errorf("it is %d by %d", w, h)
				}
				if f.Ext == ".png" {
					wantEmpty(t, m, edges(m), themeFor(p.Dark).ground)
				}
			})
		}
	}
}

// edges are the outermost pixels of a picture, in which nothing is to be.
func edges(m image.Image) []image.Rectangle {
	const thick = 20
	b := m.Bounds()
	return []image.Rectangle{
		image.Rect(0, 0, b.Max.X, thick), image.Rect(0, b.Max.Y-thick, b.Max.X, b.Max.Y),
		image.Rect(0, 0, thick, b.Max.Y), image.Rect(b.Max.X-thick, 0, b.Max.X, b.Max.Y),
	}
}

func wantEmpty(t *testing.T, m image.Image, places []image.Rectangle, ground color.RGBA) {
	t.Helper()
	for _, r := range places {
		if n := unlike(m, r, ground); n > 0 {
			t.Errorf("%d pixels are drawn in %v", n, r)
		}
	}
}

// unlike counts the pixels that are of none of some colours.
func unlike(m image.Image, r image.Rectangle, colours ...color.RGBA) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
	next:
		for x := r.Min.X; x < r.Max.X; x++ {
			for _, in := range colours {
				if color.RGBAModel.Convert(m.At(x, y)) == in {
					continue next
				}
			}
			n++
		}
	}
	return n
}

func drawn(t testing.TB, p flows.Picture) File {
	t.Helper()
	f, err := Draw(p)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func opened(t testing.TB, f File) image.Image {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(f.Data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Between two points that are too far apart there is nothing but what a line is read by.
func TestAGapIsEmpty(t *testing.T) {
	line := flows.Line{Name: "Mood", Joins: 1, Points: []flows.Point{{Day: 0, Value: 5}, {Day: 1, Value: 5}, {Day: 40, Value: 5}, {Day: 55, Value: 5}}}
	p := weeksOf(line)
	between := func(from, to int) image.Rectangle {
		return image.Rect(int(dayAt(p.Weeks, from))+12, headEnd+panelName, int(dayAt(p.Weeks, to))-12, headEnd+panelHigh-plotBottom+10)
	}
	m := opened(t, drawn(t, p))
	for _, gap := range []image.Rectangle{between(1, 40), between(40, 55)} {
		if n := unlike(m, gap, light.ground, light.grid); n > 0 {
			t.Errorf("%d pixels are drawn in the gap %v", n, gap)
		}
	}
	line.Joins = 39
	p = weeksOf(line)
	if n := unlike(opened(t, drawn(t, p)), between(1, 40), light.ground, light.grid); n == 0 {
		t.Error("no line is drawn where there is no gap")
	}
}

func TestOnlyDaysWithSomethingAreMarked(t *testing.T) {
	p := monthOf(0, 28, 3)
	m := opened(t, drawn(t, p))
	corner := func(day int) color.Color {
		return color.RGBAModel.Convert(m.At(margin+(day-1)%7*cellWide+cellWide/2, namesEnd+(day-1)/7*cellHigh+16))
	}
	for day := 1; day <= 28; day++ {
		want := light.ground
		if day == 3 {
			want = blue
		}
		if corner(day) != want {
			t.Errorf("day %d is %v, want %v", day, corner(day), want)
		}
	}
}

func TestNothingToDrawIsAnError(t *testing.T) {
	if _, err := Draw(flows.Picture{}); err == nil {
		t.Error("something was drawn")
	}
}

// sixPhotos is the board that takes most: six photos as large as they are kept.
func sixPhotos(t testing.TB) flows.Picture {
	t.Helper()
	p := boardOf(0)
	for i, size := range []image.Point{{1600, 1200}, {1200, 1600}, {1600, 400}} {
		kept, err := photo.Shrink(newPhoto(size.X, size.Y))
		if err != nil {
			t.Fatal(err)
		}
		p.Board = append(p.Board, flows.Tile{Data: kept}, flows.Tile{Text: "The lake, early", Data: kept})
		if i == 0 && len(photo.Small(kept)) == len(kept) {
			t.Fatal("there is no small one")
		}
	}
	return p
}

// mostMemory is for one picture, in bytes.
const mostMemory = 64 << 20

// All that is allocated for a picture, at once or not, is less than it may take.
func TestAPictureTakesLittleMemory(t *testing.T) {
	all := examples()
	all["board-stored"] = sixPhotos(t)
	for name, p := range all {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		drawn(t, p)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > mostMemory {
			t.Errorf("%s takes %d MB", name, took>>20)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	all := examples()
	all["board-stored"] = sixPhotos(b)
	for _, name := range []string{"weeks-many", "weeks-year", "calendar-full", "dials-six", "journey-many", "board-words", "board-stored"} {
		p := all[name]
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				size = len(drawn(b, p).Data)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
