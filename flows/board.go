package flows

import "strings"

const (
	mostTiles     = 6
	mostGoalTiles = 3 // where there are photos enough for the rest
)

// pictureBoard draws photos with their words, and open goals.
func (r *run) pictureBoard(p *Picture, kind string) {
	p.Title, p.Note, p.Empty = r.phrase("picture-board", nil), r.monthName(r.today()), r.phrase("picture-board-none", nil)
	p.Board = r.board(kind)
}

// board gives the tiles of a board: open goals, and those of the entries of a kind, or where
// there is none, photos of the whole journal.
func (r *run) board(kind string) []Tile {
	photos := r.tilesOf(r.turn.Facts.Entries(kind, 0, mostTiles), false)
	if len(photos) == 0 {
		photos = r.tilesOf(r.photoEntries(), true)
	}
	var goals []Tile
	for _, i := range r.itemsIn("goal", openState) {
		wish, _, _ := strings.Cut(i.Text, "\n") // what is in the way, and the step, is for elsewhere
		goals = append(goals, Tile{Text: wish})
	}
	goals = goals[:min(len(goals), max(mostGoalTiles, mostTiles-len(photos)))]
	photos = photos[:min(len(photos), mostTiles-len(goals))]
	board := []Tile{}
	for i := range max(len(photos), len(goals)) { // by turns
		if i < len(photos) {
			board = append(board, photos[i])
		}
		if i < len(goals) {
			board = append(board, goals[i])
		}
	}
	return board
}

// briefTile is how much of a tile a text has, in characters: six of them stay readable.
const briefTile = 60

// Board gives the tiles of a board, in words.
func (s scene) Board(kind string) []Tile {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []Tile{{Text: "the sea", Photo: "photo"}, {Text: "a goal"}}
	}
	return briefly(r.board(kind))
}

// briefly gives tiles with so much of their words as a text has room for.
func briefly(tiles []Tile) []Tile {
	for i, t := range tiles {
		tiles[i].Text = brief(t.Text, briefTile)
	}
	return tiles
}

// brief gives so much of a text on one line.
func brief(text string, length int) string {
	return shorten(strings.Join(strings.Fields(text), " "), length)
}

// tilesOf makes tiles of entries, with a photo alone if that is wanted.
func (r *run) tilesOf(entries []Entry, photosOnly bool) []Tile {
	var out []Tile
	for _, e := range entries {
		text := e.Text
		if text == r.phrase("photo-note", nil) { // it was sent without words
			text = ""
		}
		t := Tile{Text: strings.TrimSpace(text), Photo: photoOf(e)}
		if t.Text != "" && !photosOnly || t.Photo != "" {
			out = append(out, t)
		}
	}
	return out
}
