package picture

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"kintsugi/flows"
)

var keep = flag.String("keep", "", "a folder to put the pictures into, to look at them")

// examples are pictures as people have them, each in both themes.
func examples() map[string]flows.Picture {
	return map[string]flows.Picture{
		"weeks-many":      weeksOf(manyPoints()...),
		"weeks-few":       weeksOf(flows.Line{Name: "Mood", Joins: 1, Points: []flows.Point{{Day: 50, Value: 4}, {Day: 52, Value: 6}, {Day: 55, Value: 10}}}),
		"weeks-none":      weeksOf(),
		"calendar-some":   monthOf(4, 30, 3, 9, 10, 16, 22, 27),
		"calendar-none":   monthOf(0, 28),
		"calendar-long":   monthOf(6, 31, 1, 2, 3, 31),
		"calendar-letter": strange(),
		"dials-six":       dialsOf(6),
		"dials-one":       dialsOf(1),
		"dials-none":      dialsOf(0),
		"journey-many":    journeyOf(14),
		"journey-few":     journeyOf(3),
		"journey-none":    journeyOf(0),
		"board-six":       boardOf(6),
		"board-three":     boardOf(3),
		"board-one":       boardOf(1),
		"board-none":      boardOf(0),
	}
}

func weeksOf(lines ...flows.Line) flows.Picture {
	return flows.Picture{
		Title: "Eight weeks", Note: "A gap is a time without a number.", Empty: "There are no numbers in this time.",
		Weeks: &flows.Weeks{Days: 56, Low: 1, High: 10, Lines: lines, Ticks: []flows.Tick{{Day: 0, Label: "5 October"}, {Day: 14, Label: "19 October"}, {Day: 28, Label: "2 November"}, {Day: 42, Label: "16 November"}}},
	}
}

func manyPoints() []flows.Line {
	mood, stirred, trust := flows.Line{Name: "Mood", Joins: 1}, flows.Line{Name: "Stirred up", Joins: 1}, flows.Line{Name: "Trust", Joins: 10}
	for day := range 56 {
		if day > 20 && day < 27 || day%11 == 9 {
			continue
		}
		mood.Points = append(mood.Points, flows.Point{Day: day, Value: float64(3 + day*7%5 + day/20)})
		stirred.Points = append(stirred.Points, flows.Point{Day: day, Value: float64(9 - day*3%4 - day/16)})
		if day%7 == 0 {
			trust.Points = append(trust.Points, flows.Point{Day: day, Value: float64(1 + day/9)})
		}
	}
	return []flows.Line{mood, stirred, trust}
}

func monthOf(first, days int, marked ...int) flows.Picture {
	m := &flows.Calendar{First: first, Days: days, Weekdays: []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}, Marked: map[int]bool{}}
	texts := []string{"Tea with Ana on the back step", "The dog asleep on my feet all through the rain, and nobody wanting anything from me", "Sun"}
	for i, day := range marked {
		m.Marked[day] = true
		m.Words = append(m.Words, flows.DayWords{Day: day, Text: texts[i%len(texts)]})
	}
	return flows.Picture{Title: "November 2026", Note: "The days with something that you kept.", Calendar: m}
}

func strange() flows.Picture {
	p := monthOf(2, 30, 5, 6)
	p.Title = "A title that is so very long that it can't possibly stand on one line of a picture"
	p.Calendar.Words = []flows.DayWords{{Day: 5, Text: "☕🙂 чай с Аней, καφές\nund Süßes 茶"}, {Day: 6, Text: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"}}
	return p
}

func dialsOf(n int) flows.Picture {
	dials := []flows.Dial{
		{Name: "Time", Value: 7, Before: 4}, {Name: "Money", Value: 10}, {Name: "Small truths", Value: 5, Before: 6},
		{Name: "Large truths", Value: 1}, {Name: "Friends and everybody who knows of it", Value: 8, Before: 8}, {Name: "Children", Value: 9, Before: 1},
	}
	return flows.Picture{Title: "23 November", Note: "The notch is where it was before.", Empty: "No dials have been set yet.", Dials: dials[:n:n]}
}

func journeyOf(n int) flows.Picture {
	stops := []flows.Stop{}
	texts := []string{"A kind minute in a hard hour", "“It's the waiting that hurts, and I can say so before it has become a whole evening of it”", "The first night I slept while he was away"}
	kinds := []string{"practice", "lesson", "milestone"}
	for i := range n {
		stops = append(stops, flows.Stop{Day: "Thursday 5 November", Text: texts[i%3], Kind: kinds[i%3]})
	}
	return flows.Picture{Title: "The way so far", Note: "Dot: done. Ring: learnt. Diamond: a mark of yours.", Empty: "There is nothing on it yet.", Journey: stops}
}

func boardOf(n int) flows.Picture {
	tiles := []flows.Tile{
		{Text: "The lake, early", Data: somePhoto(1600, 1200)}, {Text: "Sunday breakfast with no phones on the table"},
		{Data: somePhoto(900, 1600)}, {Text: "A summer in which nobody has to ask where I was, or with whom, and the children hear us laugh", Data: []byte("no photo")},
		{Text: "Dancing again, badly, in the kitchen, with the radio on and the window open", Data: somePhoto(1600, 1600)}, {Text: "Calm"},
	}
	return flows.Picture{Title: "What I'm heading for", Note: "November 2026", Empty: "There is nothing to put on it yet.", Board: tiles[:n:n]}
}

var photos = map[image.Point][]byte{}

// somePhoto makes a photo of a size, once.
func somePhoto(w, h int) []byte {
	size := image.Pt(w, h)
	if photos[size] == nil {
		photos[size] = newPhoto(w, h)
	}
	return photos[size]
}

func newPhoto(w, h int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(60 + 120*y/h), uint8(90 + 100*x/w + (x*y)%13), uint8(190 - 90*y/h + (x+y)%11), 255})
		}
	}
	for i := range min(w, h) { // a cross, to see that the form is kept
		m.SetRGBA(i*w/min(w, h), i*h/min(w, h), color.RGBA{255, 255, 255, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

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
				if w, h := m.Bounds().Dx(), m.Bounds().Dy(); w != width || h < 300 || h > 2000 {
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

// What has no letters is left out, and no box stands in its place.
func TestUnknownLettersAreLeftOut(t *testing.T) {
	for text, want := range map[string]string{"tea 🙂 with\nAna": "tea with Ana", "чай, καφές, Süßes": "чай, καφές, Süßes", "茶": ""} {
		if got := known(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestTextStaysWithinItsWidth(t *testing.T) {
	f, s := fonts{}, style{size: body}
	long := "One two three four five six seven eight nine ten eleventwelvethirteenfourteenfifteensixteen"
	lines := f.wrap(long, s, 300, 3)
	if len(lines) != 3 {
		t.Errorf("%d lines: %q", len(lines), lines)
	}
	for _, line := range append(lines, f.cut(long, s, 300)) {
		if w := f.wide(line, s); w > 300 {
			t.Errorf("%q is %d wide", line, w)
		}
	}
	if got := f.wrap("One two", s, 300, 3); len(got) != 1 || got[0] != "One two" {
		t.Errorf("%q", got)
	}
}

func TestNothingToDrawIsAnError(t *testing.T) {
	if _, err := Draw(flows.Picture{}); err == nil {
		t.Error("something was drawn")
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, name := range []string{"weeks-many", "calendar-some", "dials-six", "journey-many", "board-six"} {
		p := examples()[name]
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
