package telegram

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestATokenComesBackAsItWentOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		token := rapid.StringMatching(`[a-z0-9.]{1,64}`).Draw(t, "token")
		if got := tokenOf(token); got != token {
			t.Fatalf("%q came back as %q", token, got)
		}
	})
}

func TestDataOfAnUnknownFormIsAStalePress(t *testing.T) {
	for _, data := range []string{"", "~1.0", "1:1.0", "A", "1 0", "é", strings.Repeat("a", 65), "\x00"} {
		if got := tokenOf(data); got != staleToken {
			t.Errorf("%q came back as %q", data, got)
		}
	}
}

func TestTheHandleOfAPressNamesTheMessage(t *testing.T) {
	for handle, want := range map[string]int{"40": 40, "m40": 0, "": 0, "x": 0, "-4": 0} {
		if got := pressed(handle); got != want {
			t.Errorf("%q names %d, want %d", handle, got, want)
		}
	}
}

func FuzzCallback(f *testing.F) {
	for _, data := range []string{"", "1.0", "z9.z9.", "~2:1.0", strings.Repeat("a", 64)} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data string) {
		if token := tokenOf(data); token != data && token != staleToken {
			t.Errorf("%q came back as %q", data, token)
		}
	})
}
