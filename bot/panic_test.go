package bot

import (
	"errors"
	"strings"
	"testing"
)

func TestAPanicIsToldByItsPlaceAlone(t *testing.T) {
	var none map[string]int
	var nobody *Service
	tests := map[string]struct {
		fn   func() error
		want string // how it begins
	}{
		"a text":          {func() error { panic("secret") }, "panic: string at kintsugi/bot.TestAPanicIsToldByItsPlaceAlone"},
		"an error":        {func() error { panic(errors.New("secret")) }, "panic: *errors.errorString at kintsugi/bot.Test"},
		"a nil map":       {func() error { none["secret"]++; return nil }, "panic: runtime.plainError at kintsugi/bot.Test"},
		"a nil pointer":   {func() error { nobody.log.Info("secret"); return nil }, "panic: runtime.errorString at kintsugi/bot.Test"},
		"an index":        {func() error { _ = []int{}[len("secret")]; return nil }, "panic: runtime.boundsError at kintsugi/bot.Test"},
		"deep in a call":  {func() error { return deep() }, "panic: string at kintsugi/bot.deep:"},
		"no panic at all": {func() error { return nil }, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := ""
			if err := guard(test.fn); err != nil {
				got = err.Error()
			}
			if !strings.HasPrefix(got, test.want) || strings.Contains(got, "secret") || (got == "") != (test.want == "") {
				t.Errorf("got %q, want %q and a line", got, test.want)
			}
		})
	}
	broken := errors.New("broken")
	if err := guard(func() error { return broken }); err != broken {
		t.Errorf("an error came out as %v", err)
	}
}

func deep() error { panic("secret") }
