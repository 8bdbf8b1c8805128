package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"strings"

	"kintsugi/flows"
)

// examples are pictures as people have them, each in both themes.
func examples() map[string]flows.Picture {
	return map[string]flows.Picture{
		"weeks-many":      weeksOf(manyPoints()...),
		"weeks-few":       weeksOf(flows.Line{Name: "Mood", Joins: 1, Points: []flows.Point{{Day: 50, Value: 4}, {Day: 52, Value: 6}, {Day: 55, Value: 10}}}),
		"weeks-none":      weeksOf(),
		"weeks-one":       overWeeks(7, flows.Line{Name: "Mood", Joins: 1, Points: []flows.Point{{Day: 0, Value: 4}, {Day: 6, Value: 7}}}),
		"weeks-year":      overWeeks(364, yearOf()...),
		"weeks-tens":      weeksOf(allOf(10)...),
		"weeks-ones":      weeksOf(allOf(1)...),
		"calendar-some":   monthOf(4, 30, 3, 9, 10, 16, 22, 27),
		"calendar-none":   monthOf(0, 28),
		"calendar-long":   monthOf(6, 31, 1, 2, 3, 31),
		"calendar-letter": strange(),
		"calendar-full":   monthOf(5, 31, upTo(31)...),
		"calendar-sunday": monthOf(6, 28, 1, 28),
		"dials-six":       dialsOf(6),
		"dials-one":       dialsOf(1),
		"dials-none":      dialsOf(0),
		"dials-tens":      dialsAt(10, 1),
		"dials-ones":      dialsAt(1, 10),
		"journey-many":    journeyOf(14),
		"journey-few":     journeyOf(3),
		"journey-none":    journeyOf(0),
		"journey-sixty":   journeyOf(60),
		"journey-letter":  strangeWay(),
		"board-six":       boardOf(6),
		"board-three":     boardOf(3),
		"board-one":       boardOf(1),
		"board-none":      boardOf(0),
		"board-words":     boardWith("Sunday breakfast with no phones on the table", "my own key, light", "Calm", "A house without locked drawers"),
		"board-photos":    photoBoard(0.75, 4, 0.75, 1.33, 1.78, 0.3),
		"board-wide":      photoBoard(4, 4, 4, 4, 4),
		"board-high":      photoBoard(0.3, 0.75, 0.3, 0.75, 0.6),
		"board-letter":    strangeBoard(),
		"board-ours":      bothBoard(),
		"board-bare":      bareBoard(),
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

// overWeeks is weeksOf for so many days.
func overWeeks(days int, lines ...flows.Line) flows.Picture {
	p := weeksOf(lines...)
	p.Weeks.Days, p.Weeks.Ticks = days, nil
	for day := 0; day < days; day += (days + 2) / 3 {
		p.Weeks.Ticks = append(p.Weeks.Ticks, flows.Tick{Day: day, Label: "30 September"})
	}
	return p
}

// yearOf is a year with six weeks in its middle of which there is nothing.
func yearOf() []flows.Line {
	lines := []flows.Line{{Name: "Mood", Joins: 1}, {Name: "Stirred up", Joins: 1}, {Name: "Trust", Joins: 10}}
	for day := range 364 {
		if day < 160 || day >= 202 {
			lines[0].Points = append(lines[0].Points, flows.Point{Day: day, Value: float64(1 + day*7%10)})
			lines[1].Points = append(lines[1].Points, flows.Point{Day: day, Value: float64(10 - day*3%10)})
		}
	}
	return lines
}

// allOf has the same value on each day.
func allOf(value float64) []flows.Line {
	lines := []flows.Line{{Name: "Mood", Joins: 1}, {Name: "Stirred up", Joins: 1}, {Name: "Trust", Joins: 10}}
	for i := range lines {
		for day := range 56 {
			lines[i].Points = append(lines[i].Points, flows.Point{Day: day, Value: value})
		}
	}
	return lines
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i + 1
	}
	return out
}

func monthOf(first, days int, marked ...int) flows.Picture {
	m := &flows.Calendar{First: first, Days: days, Weekdays: []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}, Marked: map[int]bool{}}
	texts := []string{"Tea with Ana on the back step", "The dog asleep on my feet all through the rain, and nobody wanting anything from me", "Sun"}
	for i, day := range marked {
		m.Marked[day] = true
		if i >= 6 {
			continue
		}
		m.Words = append(m.Words, flows.DayWords{Day: day, Text: texts[i%len(texts)]})
	}
	return flows.Picture{Title: "November 2026", Note: "The days with something that you kept.", Empty: "Nothing was kept in it.", Letters: "(signs I can't draw)", Calendar: m}
}

const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

func strange() flows.Picture {
	p := monthOf(2, 30, 5, 6, 7, 8)
	p.Title = "A title that is so very long that it can't possibly stand on one line of a picture"
	p.Calendar.Words = []flows.DayWords{{Day: 5, Text: "☕🙂 чай с Аней, καφές\nund Süßes 茶"}, {Day: 6, Text: longWord}, {Day: 7, Text: "שקט בבוקר"}, {Day: 8, Text: "🙂🙂"}}
	return p
}

func dialsOf(n int) flows.Picture {
	dials := []flows.Dial{
		{Name: "Time", Value: 7, Before: 4}, {Name: "Money", Value: 10}, {Name: "Small truths", Value: 5, Before: 6},
		{Name: "Large truths", Value: 1}, {Name: "Friends and everybody who knows of it", Value: 8, Before: 8}, {Name: "Children", Value: 9, Before: 1},
	}
	return flows.Picture{Title: "23 November", Note: "The notch is where it was before.", Empty: "No dials have been set yet.", Dials: dials[:n:n]}
}

// dialsAt has all at one value, and before at another.
func dialsAt(value, before float64) flows.Picture {
	p := dialsOf(6)
	for i := range p.Dials {
		p.Dials[i].Value, p.Dials[i].Before = value, before
	}
	p.Dials[2].Name = longWord
	return p
}

func strangeWay() flows.Picture {
	p := journeyOf(1)
	p.Letters = "(signs I can't draw)"
	for _, text := range []string{longWord, "🙂", "مع البحر", "海 sea"} {
		p.Journey = append(p.Journey, flows.Stop{Day: "Donnerstag, 5. November", Text: text, Kind: "milestone"})
	}
	return p
}

func strangeBoard() flows.Picture {
	p := boardOf(0)
	p.Letters = "(signs I can't draw)"
	for _, text := range []string{longWord, "🙂🏖️", "שקט בבוקר", strings.Repeat("so much that it goes on and on ", 15)} {
		p.Board = append(p.Board, flows.Tile{Text: text})
	}
	p.Board = append(p.Board, flows.Tile{Text: "海のそば", Data: somePhoto(400, 300)}, flows.Tile{Text: longWord, Data: somePhoto(300, 400)})
	return p
}

// photoBoard has photos of some shapes, each second of them with words.
func photoBoard(shapes ...float64) flows.Picture {
	p := boardOf(0)
	for i, shape := range shapes {
		t := flows.Tile{Data: somePhoto(int(600*math.Sqrt(shape)), int(600/math.Sqrt(shape)))}
		if i%2 == 1 {
			t.Text = "All the way round, one day, on foot and with nobody in a hurry at all"
		}
		p.Board = append(p.Board, t)
	}
	return p
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

// bothBoard is what two people have laid out: mostly a few words each.
func bothBoard() flows.Picture {
	p := boardWith("Sundays without phones", "a garden", "one drawer that's only mine", "a walk on Sundays")
	p.Title = "The board we both see"
	p.Board = append(p.Board, flows.Tile{Text: "the lake", Data: somePhoto(1200, 1600)})
	return p
}

// bareBoard is what is left when both have taken off theirs.
func bareBoard() flows.Picture {
	p := boardOf(0)
	p.Title, p.Empty = "The board we both see", "There is nothing on it just now."
	return p
}

func boardWith(words ...string) flows.Picture {
	p := boardOf(0)
	for _, text := range words {
		p.Board = append(p.Board, flows.Tile{Text: text})
	}
	return p
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
