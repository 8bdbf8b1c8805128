package bot

import (
	"encoding/json"
	"errors"
	"strconv"

	"kintsugi/flows"
	"kintsugi/store"
)

// A piece of the board of both is something given (see givenKind), with three differences:
// either of the two takes it off, a photo may go with it, and it is gone from a person's side
// once they stand beside the other one no more.

// pieceCopy is what the photo of a piece is kept as by the one to whom it was given.
func pieceCopy(exchange uint64) string { return "piece-" + strconv.FormatUint(exchange, 36) }

// givePhoto gives the photo of a piece along, as a photo of the receiver's own: what the giver
// does with theirs later changes nothing there. It counts as the receiver's only once they
// have it, and there are few at a time, so that their room is not asked about.
func (w work) givePhoto(g given, own *flows.Given) error {
	photo, _ := own.Values[flows.PhotoValue].(string)
	if photo == "" {
		return nil
	}
	own.Values = nil
	to := g.couple.Other(w.p.ID)
	stands, err := w.r.IsMember(to, "", g.couple.ID)
	if err != nil || !stands {
		return err
	}
	data, found, err := w.r.Photo(w.p.ID, photo)
	if err != nil || !found {
		return err
	}
	own.Values = map[string]any{flows.PhotoValue: pieceCopy(g.kept.ID)}
	return w.r.PutPhoto(to, pieceCopy(g.kept.ID), data)
}

// takeOff has a piece of either go. The person's side is done with it already; the other one
// is told, by whom or which of them not.
func (w work) takeOff(e flows.TakeOff) error {
	item, found, err := w.r.Item(w.p.ID, e.Item)
	if err != nil || !found || !flows.IsPiece(item.Kind) {
		return err
	}
	g, found, err := openGiven(w.r, w.p.ID, item.Shared)
	if err = errors.Join(err, w.dropPiece(item)); err != nil || !found {
		return err
	}
	other := g.couple.Other(w.p.ID)
	if g.byThem(w.p.ID) { // who has not come since would keep one after another of it
		if err := w.r.DeletePhoto(other, pieceCopy(g.kept.ID)); err != nil {
			return err
		}
	}
	off := &flows.Given{Exchange: g.kept.ID, Version: g.Version + 1, Kind: flows.PieceKind, Withdrawn: true}
	return errors.Join(w.tellGiven(g, flows.NewsWithdrawn, off), w.r.DropExchange(g.kept.Couple, g.kept.ID))
}

// dropPiece lets go of a piece on the person's side, with its photo, and with its words if
// they are the other one's.
func (w work) dropPiece(item store.Item) error {
	if photo := photoOfPiece(item); photo != "" {
		if err := w.r.DeletePhoto(w.p.ID, photo); err != nil {
			return err
		}
	}
	item.State, item.Values = flows.ItemDropped, nil
	if item.ID == flows.CopyID(item.Shared) {
		item.Text = ""
	}
	return w.r.PutItem(w.p.ID, item)
}

func photoOfPiece(item store.Item) string {
	var values map[string]any
	if json.Unmarshal(item.Values, &values) != nil {
		return ""
	}
	photo, _ := values[flows.PhotoValue].(string)
	return photo
}

// settleOff takes a piece off that the other one has taken off. The person cares if it was
// there until now.
func (w work) settleOff(g flows.Given) (cared bool, err error) {
	items, err := w.r.Items(w.p.ID, "")
	if err != nil {
		return false, err
	}
	for _, i := range items {
		if i.Shared != g.Exchange || !flows.IsPiece(i.Kind) || i.State != flows.ItemOpen {
			continue
		}
		if err := w.dropPiece(i); err != nil {
			return false, err
		}
		cared = true
	}
	return cared, nil
}

// leaveBoard lets go, on the person's side, of all pieces but those of a couple, beside whose
// other one they are to stand from now on.
func (w work) leaveBoard(but store.CoupleID) error {
	items, err := w.r.Items(w.p.ID, "")
	if err != nil {
		return err
	}
	for _, i := range items {
		if !flows.IsPiece(i.Kind) || i.State != flows.ItemOpen {
			continue
		}
		_, stays, err := w.r.Exchange(but, i.Shared)
		if err == nil && !stays {
			err = w.dropPiece(i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
