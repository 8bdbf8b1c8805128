package flows

import (
	"cmp"
	"slices"
)

// A board of both is made of pieces: words or a photo that one of the two has put on it, up
// to a few of each. Whoever put a piece there has it as an [Item] of their own, the other one
// has a copy, as of all that is [Given]; either may take off any of them.
const (
	// PieceKind is the kind of those that the person has put there.
	PieceKind  = pieceKind
	pieceKind  = "piece"
	theirPiece = "their-piece"
	// oursKind is both of these, as they stand on the board.
	oursKind = "ours"
)

// mostPieces is how many somebody can have on the board of both, so that all of both fit.
const mostPieces = mostTiles / 2

// NewsBoard is the kind of news of what was put on the board of both, or taken off.
const NewsBoard = "board"

// OfPiece says whether what is given is a piece of the board of both.
func (g Given) OfPiece() bool { return g.Kind == pieceKind }

// IsPiece says whether an item of some kind is a piece of the board of both, of either.
func IsPiece(kind string) bool { return kind == pieceKind || kind == theirPiece }

// PhotoValue names the value of an item that holds the reference of a kept photo.
const PhotoValue = photoValue

// TakeOff has a piece, of either, go from the boards of both.
type TakeOff struct{ Item string }

func (TakeOff) effect() {}

// ItemDropped is the state of an item that was let go.
const ItemDropped = droppedState

// pieceStep puts a piece on the board of both, or takes one off.
type pieceStep struct {
	act   string
	words string // the variable with the words
	photo bool   // the flow has a variable for a photo
	item  string // the one with the piece that goes
}

func (l *flowLoader) piece(_ *node, m *mapping) block {
	b := &pieceStep{act: oneOf(m, "piece", "put", []string{"put", "off"}), words: m.text("words"), item: m.text("item")}
	if b.act == "off" {
		l.itemAt(m, "item", b.item)
	}
	l.put(func() {
		if (b.act == "put") != (b.words != "") || b.words != "" && l.flow.vars[b.words] != textVar {
			l.fault(m.line, "putting a piece wants `words`, a variable with a text, and taking one off has none")
		}
		b.photo = l.flow.vars[photoValue] == photoVar
	})
	return b
}

// take does it, or nothing where it can't be, whatever a flow says.
func (b *pieceStep) take(r *run, n *node) (*node, bool) {
	vars := r.frame().Vars
	switch {
	case !r.besideSomebody():
	case b.act == "off":
		if item, found := r.item(vars.get(b.item).text); found && item.State == openState && IsPiece(item.Kind) {
			item.State = droppedState
			r.do(Keep{item})
			r.do(TakeOff{Item: item.ID})
		}
	default:
		photo := ""
		if b.photo {
			photo = vars.get(photoValue).text
		}
		r.putPiece(vars.get(b.words).text, photo)
	}
	return n.after, false
}

func (b *pieceStep) leads(n *node) []lead { return onward(n) }

func (r *run) putPiece(words, photo string) {
	if !r.jointly() || words == "" && photo == "" || unshareable(words) != "" || len(r.itemsIn(pieceKind, openState)) >= mostPieces {
		return
	}
	at := r.newRecordTime() // another one each time: what was put there is not replaced by going back
	item := Item{ID: itemID(at), Kind: pieceKind, State: openState, Text: words, At: r.now()}
	if photo != "" {
		item.Values = map[string]any{photoValue: photo}
	}
	r.do(Keep{item})
	r.do(Give{Item: item.ID, Text: words, Values: item.Values})
}

// besideSomebody says whether the person is linked, and what involves the partner is not
// closed for them.
func (r *run) besideSomebody() bool {
	return r.turn.Facts.Couple().Linked && !r.safety().closed(r.today())
}

// ours gives the pieces on the board of both, the oldest first, which is the same for both.
func (r *run) ours() []Item {
	if !r.besideSomebody() {
		return nil
	}
	var out []Item
	for _, i := range r.turn.Facts.Items("") {
		if IsPiece(i.Kind) && i.State == openState && (i.Shared != 0 || r.gives(i.ID)) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b Item) int {
		if a.Shared == 0 || b.Shared == 0 { // it is put there in this turn
			return cmp.Compare(b.Shared, a.Shared)
		}
		return cmp.Compare(a.Shared, b.Shared)
	})
	return out[:min(len(out), mostTiles)]
}

// gives says whether an item is given in this turn.
func (r *run) gives(id string) bool {
	return slices.ContainsFunc(r.out, func(e Effect) bool {
		g, ok := e.(Give)
		return ok && g.Item == id
	})
}

// ourTiles gives the tiles of the board of both.
func (r *run) ourTiles() []Tile {
	tiles := []Tile{}
	for _, i := range r.ours() {
		photo, _ := i.Values[photoValue].(string)
		tiles = append(tiles, Tile{Text: i.Text, Photo: photo})
	}
	return tiles
}

// pictureOurs draws the board of both. Nothing of the person's own board is on it.
func (r *run) pictureOurs(p *Picture) {
	p.Title, p.Note, p.Empty = r.phrase("picture-ours", nil), r.monthName(r.today()), r.phrase("picture-ours-none", nil)
	p.Board = r.ourTiles()
}

// Ours gives the tiles of the board of both, in words.
func (s scene) Ours() []Tile {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []Tile{{Text: "the sea", Photo: "photo"}, {Text: "a table for two"}}
	}
	return briefly(r.ourTiles())
}

// lookedAtBoard takes what there is to be told of the board out of the inbox.
func (r *run) lookedAtBoard() {
	for _, news := range r.news() {
		if news.Kind == NewsBoard {
			r.do(TakeNews{news.ID})
		}
	}
}

// pieceLabel names a piece on a button that has no words.
func (r *run) pieceLabel(i Item) string {
	at := i.At.In(r.now().Location())
	return r.phrase("piece-photo", scene{"date": r.day(at), "time": at.Format("15:04")})
}
