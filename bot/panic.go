package bot

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"kintsugi/store"
)

// panicError is a panic turned into an error. It holds where it happened and of
// which type it was, never its value: that may quote what a person wrote.
type panicError struct{ kind, place string }

func (e *panicError) Error() string { return "panic: " + e.kind + " at " + e.place }

// guard runs fn and turns a panic into a [*panicError].
func guard(fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{kind: fmt.Sprintf("%T", v), place: panicPlace()}
		}
	}()
	return fn()
}

// panicPlace gives function and line of what panicked. It is called by the
// deferred function that recovers.
func panicPlace() string {
	frames := runtime.CallersFrames(callers())
	panicked := false
	for {
		f, more := frames.Next()
		inRuntime := strings.HasPrefix(f.Function, "runtime.") || strings.HasPrefix(f.Function, "internal/")
		if panicked && !inRuntime {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		panicked = panicked || inRuntime
		if !more {
			return "unknown"
		}
	}
}

func callers() []uintptr {
	const skip, depth = 4, 32 // Callers, callers, panicPlace, the deferred function
	pcs := make([]uintptr, depth)
	return pcs[:runtime.Callers(skip, pcs)]
}

// reasonOf says why a turn failed, without its content: errors may quote.
func reasonOf(err error) string {
	if p := (*panicError)(nil); errors.As(err, &p) {
		return p.Error()
	}
	for _, known := range []error{store.ErrBroken, store.ErrNotFound, store.ErrAddressTaken} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return fmt.Sprintf("error: %T", err)
}
