package flows

import "fmt"

// ValueForTest makes a value of any form, also such as no question gives.
func ValueForTest(formNumber int, text string, number float64, list []string) Value {
	if len(list) == 0 {
		list = nil
	}
	return Value{form: form(formNumber), text: text, number: number, list: list}
}

// ShapeForTest writes a session out in full, so that two can be compared: lists that
// are empty and lists that are not there are alike.
func ShapeForTest(s Session) string {
	out := fmt.Sprintf("%q %+v %+v %q %d %d\n", s.Unplaced, s.Question, s.Offer, s.Unplaced, s.Begun, s.Recorded)
	out += fmt.Sprintf("%d %+v\n", s.Fetched, s.Coming)
	for _, c := range append([]*Conversation{s.Front}, s.Parked...) {
		out += fmt.Sprintf("%+v\n", c)
	}
	return out
}

// TextsForTest gives all English texts of a flow, as they were written.
func (b *Book) TextsForTest(id string) (texts []string) {
	for _, w := range b.flow(id).wordings {
		for _, t := range w.texts[english] {
			texts = append(texts, t.source)
		}
	}
	return texts
}
