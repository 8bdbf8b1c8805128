package flows

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// A session is encoded in the wire format of protocol buffers, written and read by
// hand: small, quick, and an older program passes over fields that a newer one has
// added. The numbers below are part of every kept session: they are never reused.

// Encode gives the bytes to keep. It never fails.
func (s Session) Encode() ([]byte, error) {
	e := encoder(make([]byte, 0, 512))
	if s.Front != nil {
		e.nested(1, s.Front.encode)
	}
	for _, c := range s.Parked {
		e.nested(2, c.encode)
	}
	if s.Offer != nil {
		e.nested(3, s.Offer.encode)
	}
	e.nested(4, s.Question.encode)
	e.text(5, s.Unplaced)
	e.number(6, s.Begun)
	e.number(7, uint64(s.Recorded))
	e.number(8, s.Fetched)
	for i := range s.Coming {
		e.nested(9, s.Coming[i].encode)
	}
	e.number(10, s.Varied)
	for i := range s.Pings {
		e.nested(11, s.Pings[i].encode)
	}
	for i := range s.Queue {
		e.nested(12, s.Queue[i].encode)
	}
	return e, nil
}

func (o *Offer) encode(e *encoder) {
	e.text(1, o.Kind)
	e.text(2, o.Flow)
	e.text(3, o.Text)
	e.text(4, o.About)
	e.number(5, uint64(o.At))
	e.number(6, uint64(o.Misses))
	e.texts(7, o.Photos)
	e.number(8, o.Varied)
	e.number(9, protowire.EncodeBool(o.Behind))
	e.number(10, protowire.EncodeBool(o.Late))
}

func (p *Ping) encode(e *encoder) {
	e.number(1, uint64(p.At))
	e.text(2, p.Nudge)
	e.text(3, p.About)
	e.number(4, uint64(p.Wording))
	e.number(5, uint64(p.Again))
}

func (q *Queued) encode(e *encoder) {
	e.text(1, q.Nudge)
	e.text(2, q.About)
	e.text(3, q.Flow)
	e.number(4, uint64(q.At))
	e.number(5, protowire.EncodeBool(q.Shown))
}

func (c *Coming) encode(e *encoder) {
	e.number(1, c.ID)
	e.text(2, c.Photo)
	e.text(3, c.Text)
	e.number(4, protowire.EncodeBool(c.Note))
	e.number(5, c.Conversation)
	e.text(6, c.Step)
	e.number(7, protowire.EncodeBool(c.Late))
}

func (q *Question) encode(e *encoder) {
	e.number(1, uint64(q.Serial))
	e.text(2, q.Form)
	e.texts(3, q.Options)
}

func (c *Conversation) encode(e *encoder) {
	e.number(1, c.ID)
	for i := range c.Frames {
		e.nested(2, c.Frames[i].encode)
	}
	for i := range c.Trail {
		e.nested(3, c.Trail[i].encode)
	}
	e.text(4, c.Form)
	e.number(5, uint64(c.At))
	e.number(6, uint64(c.Misses))
	e.texts(7, c.Partial)
	e.texts(8, c.Sure)
	e.number(9, protowire.EncodeBool(c.Interrupted))
	e.text(11, c.Held)
	e.number(12, protowire.EncodeBool(c.Came))
	for i := range c.Redo {
		e.nested(10, c.Redo[i].encode)
	}
}

func (f *Frame) encode(e *encoder) {
	e.text(1, f.Flow)
	e.text(2, f.Step)
	for i := range f.Vars {
		e.nested(3, f.Vars[i].encode)
	}
	for i := range f.Loops {
		e.nested(4, f.Loops[i].encode)
	}
	e.texts(6, f.Past)
	e.number(7, f.Guest)
}

func (m *Mark) encode(e *encoder) {
	e.number(1, uint64(m.Depth))
	e.text(2, m.Step)
	for i := range m.Undo {
		e.nested(3, m.Undo[i].encode)
	}
	for i := range m.Loops {
		e.nested(4, m.Loops[i].encode)
	}
	for i := range m.Made {
		e.nested(5, m.Made[i].encode)
	}
}

func (a *Answer) encode(e *encoder) {
	e.text(1, a.Name)
	e.number(2, uint64(a.Value.form))
	e.text(3, a.Value.text)
	e.number(4, math.Float64bits(a.Value.number))
	e.texts(5, a.Value.list)
}

func (c *Count) encode(e *encoder) {
	e.text(1, c.Name)
	e.number(2, uint64(c.N))
}

// encoder appends fields. What is zero is left out.
type encoder []byte

func (e *encoder) number(num protowire.Number, n uint64) {
	if n != 0 {
		*e = protowire.AppendVarint(protowire.AppendTag(*e, num, protowire.VarintType), n)
	}
}

func (e *encoder) text(num protowire.Number, s string) {
	if s != "" {
		*e = protowire.AppendString(protowire.AppendTag(*e, num, protowire.BytesType), s)
	}
}

// texts writes each text, empty ones too.
func (e *encoder) texts(num protowire.Number, list []string) {
	for _, s := range list {
		*e = protowire.AppendString(protowire.AppendTag(*e, num, protowire.BytesType), s)
	}
}

// nested writes what fn writes, with its length in front.
func (e *encoder) nested(num protowire.Number, fn func(*encoder)) {
	*e = protowire.AppendTag(*e, num, protowire.BytesType)
	start := len(*e)
	fn(e)
	size := len(*e) - start
	*e = protowire.AppendVarint(*e, uint64(size)) // makes room for the length
	copy((*e)[len(*e)-size:], (*e)[start:start+size])
	protowire.AppendVarint((*e)[:start], uint64(size))
}
