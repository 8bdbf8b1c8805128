package coach

import "testing"

func TestWhatFollowsIsFound(t *testing.T) {
	all := map[cue]string{
		{first: 3}:                      "three",
		{first: 3, second: 7}:           "three seven",
		{first: 3, third: 7}:            "three, and seven third",
		{first: 5, second: 1, third: 2}: "five one two",
	}
	behind, values := inOrder(all)
	for c, want := range all {
		if n, ok := placeOf(&behind, c); !ok || values[n] != want {
			t.Errorf("%+v is at %d, %t", c, n, ok)
		}
	}
	for _, c := range []cue{{first: 4}, {first: 3, second: 8}, {first: 6}, {first: 99}} {
		if _, ok := placeOf(&behind, c); ok {
			t.Errorf("%+v is found", c)
		}
	}
}
