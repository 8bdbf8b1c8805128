package coach

import "testing"

// A hash finds words by chance too: those count only if they come from the same letters.
func TestComesFrom(t *testing.T) {
	for _, tt := range []struct {
		w    string
		less int
		word string
		want bool
	}{
		{"realy", -1, "really", true}, {"reallly", 3, "really", true}, {"really", -1, "really", true},
		{"rezlly", 2, "really", true}, {"realy", -1, "ready", false}, {"realy", 3, "ready", true},
		{"realy", 3, "reads", false}, {"realy", 0, "realy", true}, {"abcde", -1, "abcdefg", false}, {"abcde", -1, "abc", false},
	} {
		if got := comesFrom([]byte(tt.w), tt.less, tt.word); got != tt.want {
			t.Errorf("%q less %d from %q: %v", tt.w, tt.less, tt.word, got)
		}
	}
}
