package flows

import (
	"errors"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// ErrSession says that bytes are no session.
var ErrSession = errors.New("not a session")

// DecodeSession reads what Encode wrote. No bytes are the session of somebody new.
func DecodeSession(data []byte) (Session, error) {
	var s Session
	d := decoder{data, string(data)}
	err := d.each(func(num protowire.Number, n uint64, sub decoder) error {
		var err error
		switch num {
		case 1:
			s.Front, err = decodeConversation(sub)
		case 2:
			var c *Conversation
			c, err = decodeConversation(sub)
			s.Parked = append(s.Parked, c)
		case 3:
			s.Offer = &Offer{}
			err = s.Offer.decode(sub)
		case 4:
			err = s.Question.decode(sub)
		case 5:
			s.Unplaced = sub.text
		case 6:
			s.Begun = n
		case 7:
			s.Recorded = int64(n)
		case 8:
			s.Fetched = n
		case 9:
			s.Coming = append(s.Coming, Coming{})
			err = s.Coming[len(s.Coming)-1].decode(sub)
		case 10:
			s.Varied = n
		case 11:
			s.Pings = append(s.Pings, Ping{})
			err = s.Pings[len(s.Pings)-1].decode(sub)
		case 12:
			s.Queue = append(s.Queue, Queued{})
			err = s.Queue[len(s.Queue)-1].decode(sub)
		}
		return err
	})
	return s, err
}

func (o *Offer) decode(d decoder) error {
	return d.each(func(num protowire.Number, n uint64, sub decoder) error {
		switch num {
		case 1:
			o.Kind = sub.text
		case 2:
			o.Flow = sub.text
		case 3:
			o.Text = sub.text
		case 4:
			o.About = sub.text
		case 5:
			o.At = int64(n)
		case 6:
			o.Misses = int(n)
		case 7:
			o.Photos = append(o.Photos, sub.text)
		case 8:
			o.Varied = n
		case 9:
			o.Behind = protowire.DecodeBool(n)
		case 10:
			o.Late = protowire.DecodeBool(n)
		}
		return nil
	})
}

func (p *Ping) decode(d decoder) error {
	return d.each(func(num protowire.Number, n uint64, sub decoder) error {
		switch num {
		case 1:
			p.At = int64(n)
		case 2:
			p.Nudge = sub.text
		case 3:
			p.About = sub.text
		case 4:
			p.Wording = int(n)
		case 5:
			p.Again = int64(n)
		}
		return nil
	})
}

func (q *Queued) decode(d decoder) error {
	return d.each(func(num protowire.Number, n uint64, sub decoder) error {
		switch num {
		case 1:
			q.Nudge = sub.text
		case 2:
			q.About = sub.text
		case 3:
			q.Flow = sub.text
		case 4:
			q.At = int64(n)
		case 5:
			q.Shown = protowire.DecodeBool(n)
		}
		return nil
	})
}

func (c *Coming) decode(d decoder) error {
	return d.each(func(num protowire.Number, n uint64, sub decoder) error {
		switch num {
		case 1:
			c.ID = n
		case 2:
			c.Photo = sub.text
		case 3:
			c.Text = sub.text
		case 4:
			c.Note = protowire.DecodeBool(n)
		case 5:
			c.Conversation = n
		case 6:
			c.Step = sub.text
		case 7:
			c.Late = protowire.DecodeBool(n)
		}
		return nil
	})
}

func (q *Question) decode(d decoder) error {
	return d.each(func(num protowire.Number, n uint64, sub decoder) error {
		switch num {
		case 1:
			q.Serial = int(n)
		case 2:
			q.Form = sub.text
		case 3:
			if q.Options == nil {
				q.Options = make([]string, 0, scaleButtons+1)
			}
			q.Options = append(q.Options, sub.text)
		}
		return nil
	})
}

func decodeConversation(d decoder) (*Conversation, error) {
	c := &Conversation{}
	err := d.each(func(num protowire.Number, n uint64, sub decoder) error {
		switch num {
		case 1:
			c.ID = n
		case 2:
			c.Frames = append(c.Frames, Frame{})
			return c.top().decode(sub)
		case 3:
			if c.Trail == nil {
				c.Trail = make([]Mark, 0, trailLength)
			}
			c.Trail = append(c.Trail, Mark{})
			return c.Trail[len(c.Trail)-1].decode(sub)
		case 4:
			c.Form = sub.text
		case 5:
			c.At = int64(n)
		case 6:
			c.Misses = int(n)
		case 7:
			c.Partial = append(c.Partial, sub.text)
		case 8:
			c.Sure = append(c.Sure, sub.text)
		case 9:
			c.Interrupted = protowire.DecodeBool(n)
		case 10:
			var err error
			c.Redo, err = c.Redo.decode(sub)
			return err
		case 11:
			c.Held = sub.text
		case 12:
			c.Came = protowire.DecodeBool(n)
		}
		return nil
	})
	if err == nil && len(c.Frames) == 0 {
		err = ErrSession
	}
	return c, err
}

func (f *Frame) decode(d decoder) error {
	return d.each(func(num protowire.Number, n uint64, sub decoder) error {
		var err error
		switch num {
		case 1:
			f.Flow = sub.text
		case 2:
			f.Step = sub.text
		case 3:
			f.Vars, err = f.Vars.decode(sub)
		case 4:
			f.Loops, err = f.Loops.decode(sub)
		case 6:
			if f.Past == nil {
				f.Past = make([]string, 0, pastLength)
			}
			f.Past = append(f.Past, sub.text)
		case 7:
			f.Guest = n
		}
		return err
	})
}

func (m *Mark) decode(d decoder) error {
	return d.each(func(num protowire.Number, n uint64, sub decoder) error {
		var err error
		switch num {
		case 1:
			m.Depth = int(n)
		case 2:
			m.Step = sub.text
		case 3:
			m.Undo, err = m.Undo.decode(sub)
		case 4:
			m.Loops, err = m.Loops.decode(sub)
		case 5:
			m.Made, err = m.Made.decode(sub)
		}
		return err
	})
}

// decode adds one answer.
func (a Answers) decode(d decoder) (Answers, error) {
	a = append(a, Answer{})
	v := &a[len(a)-1]
	err := d.each(func(num protowire.Number, n uint64, sub decoder) error {
		switch num {
		case 1:
			v.Name = sub.text
		case 2:
			v.Value.form = form(n)
		case 3:
			v.Value.text = sub.text
		case 4:
			v.Value.number = math.Float64frombits(n)
		case 5:
			v.Value.list = append(v.Value.list, sub.text)
		}
		return nil
	})
	return a, err
}

// decode adds one count.
func (c Counts) decode(d decoder) (Counts, error) {
	c = append(c, Count{})
	v := &c[len(c)-1]
	err := d.each(func(num protowire.Number, n uint64, sub decoder) error {
		switch num {
		case 1:
			v.Name = sub.text
		case 2:
			v.N = int64(n)
		}
		return nil
	})
	return c, err
}

// decoder reads fields. It holds the same bytes twice, so that every text is a part
// of one string and needs no copy of its own.
type decoder struct {
	data []byte
	text string
}

// each hands over every field: a number, or what a nested field or a text holds.
func (d decoder) each(fn func(num protowire.Number, n uint64, sub decoder) error) error {
	for at := 0; at < len(d.data); {
		num, typ, n := protowire.ConsumeTag(d.data[at:])
		if n < 0 {
			return ErrSession
		}
		at += n
		size := protowire.ConsumeFieldValue(num, typ, d.data[at:])
		if size < 0 {
			return ErrSession
		}
		var err error
		switch typ {
		case protowire.VarintType:
			v, _ := protowire.ConsumeVarint(d.data[at:])
			err = fn(num, v, decoder{})
		case protowire.BytesType:
			inner, _ := protowire.ConsumeBytes(d.data[at:])
			from, to := at+size-len(inner), at+size
			err = fn(num, 0, decoder{inner, d.text[from:to]})
		}
		if err != nil {
			return err
		}
		at += size
	}
	return nil
}
