package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAPersonsRowIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		p := Person{
			ID: 7, Name: text.Draw(t, "name"), Language: text.Draw(t, "language"), Zone: text.Draw(t, "zone"),
			Country: text.Draw(t, "country"), Role: text.Draw(t, "role"), Met: rapid.Bool().Draw(t, "met"),
			Since:       time.UnixMilli(rapid.Int64Range(-1<<40, 1<<45).Draw(t, "since")).UTC(),
			Unreachable: rapid.Bool().Draw(t, "unreachable"),
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "addresses") {
			p.Addresses = append(p.Addresses, Address{Platform: fmt.Sprint(i), ID: text.Draw(t, "address")})
		}
		got, err := decodePerson(7, p.encode())
		if err != nil || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", p) {
			t.Fatalf("got  %+v, %v\nwant %+v", got, err, p)
		}
	})
}

func TestAFieldOfANewerProgramIsPassedOver(t *testing.T) {
	row := appendText(appendWhole(Person{Name: "Ada"}.encode(), 90, 5), 91, "news")
	if p, err := decodePerson(1, row); err != nil || p.Name != "Ada" {
		t.Errorf("got %+v, %v", p, err)
	}
}

func FuzzDecodePerson(f *testing.F) {
	f.Add(Person{Name: "Ada", Addresses: []Address{{"telegram", "1"}}, Met: true}.encode())
	f.Add([]byte{0xff, 0x01})
	f.Fuzz(func(t *testing.T, row []byte) {
		if _, err := decodePerson(1, row); err != nil && !errors.Is(err, ErrBroken) {
			t.Error(err)
		}
	})
}
