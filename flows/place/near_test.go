package place

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestOneOff(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"london", "london", true}, {"london", "lodon", true}, {"london", "loondon", true},
		{"london", "lomdon", true}, {"london", "lonodn", true}, {"london", "londo", true},
		{"london", "ondon", true}, {"москва", "мсква", true}, {"東京", "東亰", true},
		{"london", "lodno n", false}, {"london", "ldn", false}, {"london", "dublin", false},
		{"london", "londonxy", false}, {"", "", true}, {"", "a", true}, {"", "ab", false},
	} {
		if got := oneOff(c.a, c.b); got != c.want || oneOff(c.b, c.a) != got {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

// Property: every slip of one letter is seen, both ways round; a second one far from it
// is not overlooked.
func TestEverySlipOfALetterIsNear(t *testing.T) {
	letters := rapid.SliceOfN(rapid.SampledFrom([]rune("abcdeößжя東")), 5, 12)
	rapid.Check(t, func(t *rapid.T) {
		word := letters.Draw(t, "word")
		i := rapid.IntRange(0, len(word)-2).Draw(t, "at")
		slip := slices.Clone(word)
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			slip = slices.Delete(slip, i, i+1)
		case 1:
			slip = slices.Insert(slip, i, 'x')
		case 2:
			slip[i] = 'x'
		case 3:
			slip[i], slip[i+1] = slip[i+1], slip[i]
		}
		if !oneOff(string(word), string(slip)) || !oneOff(string(slip), string(word)) {
			t.Fatalf("%q and %q are a letter apart", string(word), string(slip))
		}
		if twice := "qq" + string(slip); oneOff(string(word), twice+"zz") {
			t.Fatalf("%q and %q are not", string(word), twice)
		}
	})
}
