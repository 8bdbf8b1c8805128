package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	xdraw "golang.org/x/image/draw"

	"kintsugi/bot/photo"
	"kintsugi/flows"
)

const (
	mostTiles = 6
	between   = 24 // tiles
	inner     = 28 // between the edge of a tile and its words
	corner    = 26.0
	aloneHigh = 300 // of a tile of words that has its row for itself
	mostAlone = 2   // panoramas: more would make the board too high for a phone
)

// The shapes of tiles, in how many times their height they are wide.
const (
	wordsShape = 1.0 // of words beside a photo
	pairShape  = 1.3 // of words beside words
	narrowest  = 0.8 // of a photo beside another tile: what is beyond is cut off
	widest     = 1.45
	panorama   = 1.9 // from here on a photo can have its row for itself
	longest    = 2.6 // and what is beyond is cut off
	tallest    = 1.4 // of one that has
	single     = 0.9 // of one that has the whole board
)

// The sizes of the words of a tile, the largest that fits, and of those below a photo.
func tileSizes() []float64  { return []float64{58, 50, 42, small} }
func underSizes() []float64 { return []float64{body, small} }

// tile is a part of a board, and where it lies.
type tile struct {
	words string
	photo []byte
	shape float64         // of the photo; 0 if there is none
	tint  int             // of one of words
	box   image.Rectangle // all of it
	pane  image.Rectangle // and the photo
}

// drawBoard lays out goals and photos, two beside one another in the forms that they have,
// and a wide photo or the last one alone across both.
func drawBoard(p flows.Picture, of []flows.Tile) *canvas {
	tiles := tilesOf(p, of)
	end := lay(tiles)
	c := newCanvas(p, max(emptyHigh, end+footHigh))
	c.head(p.Title)
	if len(tiles) == 0 {
		c.empty(p.Empty)
		return c
	}
	c.foot(p.Note)
	for _, t := range tiles {
		c.tile(t)
	}
	return c
}

// tilesOf gives the tiles that have something on them. A photo that can't be read is none,
// and below a photo nothing says that its words can't be written.
func tilesOf(p flows.Picture, of []flows.Tile) []*tile {
	var tiles []*tile
	words := 0
	for _, f := range of[:min(len(of), mostTiles)] {
		t := &tile{words: known(f.Text)}
		if size, err := jpeg.DecodeConfig(bytes.NewReader(f.Data)); err == nil && size.Width > 0 && size.Height > 0 {
			t.photo, t.shape = f.Data, float64(size.Width)/float64(size.Height)
		} else {
			t.words, t.tint = ownWords(p, f.Text), words
			words++
		}
		if t.photo != nil || t.words != "" {
			tiles = append(tiles, t)
		}
	}
	return tiles
}

// lay gives each tile its place, and says where the last row ends.
func lay(tiles []*tile) (end int) {
	end = headEnd
	for _, row := range rowsOf(tiles) {
		end = layRow(row, end, len(tiles) == 1) + between
	}
	return end
}

// rowsOf puts two tiles into a row, in their order, and panoramas into one of their own as
// long as that leaves no other alone.
func rowsOf(tiles []*tile) (rows [][]*tile) {
	alone := 0
	for _, t := range tiles {
		if t.shape >= panorama {
			alone = min(alone+1, mostAlone)
		}
	}
	if odd := (len(tiles)-alone)%2 == 1; odd && alone > 0 && len(tiles) > 2 {
		alone--
	}
	open := -1 // the row that has room for one more
	for _, t := range tiles {
		switch {
		case t.shape >= panorama && alone > 0:
			rows = append(rows, []*tile{t})
			alone--
		case open >= 0:
			rows[open], open = append(rows[open], t), -1
		default:
			rows, open = append(rows, []*tile{t}), len(rows)
		}
	}
	return rows
}

// layRow lays one tile or two so that they are of one height, and gives where they end.
func layRow(row []*tile, top int, only bool) (end int) {
	shapes, sum := shapesOf(row, only), 0.0
	for _, s := range shapes {
		sum += s
	}
	room := inside - between*(len(row)-1)
	high := int(float64(room) / sum)
	if len(row) == 1 && row[0].shape == 0 {
		high = aloneHigh
	}
	x, under := margin, 0
	for i, t := range row {
		wide := int(float64(room) * shapes[i] / sum)
		t.box = image.Rect(x, top, x+wide, top+high)
		x += wide + between
		if t.shape > 0 && t.words != "" {
			lines, s := underWords(fonts{}, t)
			under = max(under, len(lines)*lineOf(s.size)+2*inner)
		}
	}
	for _, t := range row {
		t.box.Max.Y += under
		t.pane = t.box
		if t.words != "" {
			t.pane.Max.Y -= under
		}
	}
	return top + high + under
}

// shapesOf gives what the tiles of a row are to look like.
func shapesOf(row []*tile, only bool) (shapes []float64) {
	for i, t := range row {
		switch {
		case t.shape == 0 && row[len(row)-1-i].shape == 0:
			shapes = append(shapes, pairShape)
		case t.shape == 0:
			shapes = append(shapes, wordsShape)
		case only:
			shapes = append(shapes, min(max(t.shape, single), longest))
		case len(row) == 1:
			shapes = append(shapes, min(max(t.shape, tallest), longest))
		default:
			shapes = append(shapes, min(max(t.shape, narrowest), widest))
		}
	}
	return shapes
}

// underWords gives the words below a photo, in three lines at most.
func underWords(f fonts, t *tile) ([]string, style) {
	return f.fit(t.words, underSizes(), false, t.box.Dx()-2*inner, 3*lineOf(body))
}

// tile draws a photo with its words below it, or words alone.
func (c *canvas) tile(t *tile) {
	if t.photo == nil {
		c.card(t.box, c.tint(t.tint), corner)
		sizes, isOwn := tileSizes(), t.words != c.letters
		if !isOwn {
			sizes = []float64{small}
		}
		lines, s := c.fit(t.words, sizes, isOwn, t.box.Dx()-2*inner, t.box.Dy()-2*inner)
		c.block(t.box, lines, s, middle, c.inkOf(t.words))
		return
	}
	c.rect(t.box, c.shade)
	c.fill(t.pane, t.photo)
	c.roundOff(t.box, corner)
	if t.words != "" {
		lines, s := underWords(c.fonts, t)
		c.block(image.Rect(t.box.Min.X, t.pane.Max.Y, t.box.Max.X, t.box.Max.Y), lines, s, left, c.ink)
	}
}

// block writes lines below one another, in the middle of a part of the picture.
func (c *canvas) block(r image.Rectangle, lines []string, s style, at side, in color.RGBA) {
	x := r.Min.X + inner
	if at == middle {
		x = (r.Min.X + r.Max.X) / 2
	}
	high := lineOf(s.size)
	y := (r.Min.Y+r.Max.Y)/2 - (len(lines)-1)*high/2 + int(s.size*0.35)
	for i, line := range lines {
		c.text(x, y+i*high, line, s, at, in)
	}
}

// fill fills a part of the picture with the middle of a photo, if it can be read.
func (c *canvas) fill(r image.Rectangle, data []byte) {
	if r.Dx() <= photo.SmallSide {
		data = photo.Small(data)
	}
	if m, err := jpeg.Decode(bytes.NewReader(data)); err == nil {
		xdraw.ApproxBiLinear.Scale(c.img, r, m, middleOf(m.Bounds(), r), draw.Src, nil)
	}
}

// middleOf gives the largest part of from, around its middle, that has the form of to.
func middleOf(from, to image.Rectangle) image.Rectangle {
	w, h := from.Dx(), from.Dy()
	if w*to.Dy() > h*to.Dx() {
		w = h * to.Dx() / to.Dy()
	} else {
		h = w * to.Dy() / to.Dx()
	}
	at := from.Min.Add(image.Pt((from.Dx()-w)/2, (from.Dy()-h)/2))
	return image.Rectangle{at, at.Add(image.Pt(max(1, w), max(1, h)))}
}
