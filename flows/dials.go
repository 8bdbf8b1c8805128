package flows

// dialPrefix begins the phrases that name dials.
const dialPrefix = "dial-"

// pictureDials draws the values of the latest entry of a kind, and what each was in the one
// before.
func (r *run) pictureDials(p *Picture, kind string, names []string) {
	p.Title, p.Note, p.Empty = r.phrase("picture-dials", nil), r.phrase("picture-dials-scale", nil), r.phrase("picture-dials-none", nil)
	p.Dials = []Dial{}
	latest := r.turn.Facts.Entries(kind, 0, 2)
	if len(latest) == 0 {
		return
	}
	for _, name := range names {
		v, ok := latest[0].Values[name].(float64)
		if !ok {
			continue
		}
		d := Dial{Name: r.phrase(dialPrefix+name, nil), Value: v}
		if len(latest) > 1 {
			d.Before, _ = latest[1].Values[name].(float64)
		}
		if d.Before != 0 && d.Before != v {
			p.Note = r.phrase("picture-dials-note", nil)
		}
		p.Dials = append(p.Dials, d)
	}
}
