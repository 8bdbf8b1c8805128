package telegram

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	errandWorkers = 32
	errandsQueued = 1024
	errandTimeout = 20 * time.Second
	errandRest    = 30 * time.Second // at most, when Telegram says that it is too much
)

// errands are calls that nobody waits for, and that may fail: answers to presses, and
// buttons to be taken away. They never hold up a message. When there are too many, the
// rest is left undone.
type errands struct {
	queue chan func(context.Context) error
}

func newErrands() errands { return errands{make(chan func(context.Context) error, errandsQueued)} }

// add says whether the errand will be done.
func (e errands) add(f func(context.Context) error) bool {
	select {
	case e.queue <- f:
		return true
	default:
		return false
	}
}

// runErrands does errands until ctx ends. The workers are done when all is.
func (t *Telegram) runErrands(ctx context.Context, all *sync.WaitGroup) {
	for range errandWorkers {
		all.Go(func() {
			for {
				select {
				case f := <-t.errands.queue:
					t.runErrand(ctx, f)
				case <-ctx.Done():
					return
				}
			}
		})
	}
}

// runErrand does one. A worker that is told to slow down rests.
func (t *Telegram) runErrand(ctx context.Context, f func(context.Context) error) {
	call, cancel := context.WithTimeout(ctx, errandTimeout)
	err := f(call)
	cancel()
	failed := (*failure)(nil)
	if !errors.As(err, &failed) {
		return
	}
	t.log.Debug("errand failed", "method", failed.method, "status", failed.code)
	if failed.code == http.StatusTooManyRequests {
		_ = t.clock.Pause(ctx, min(max(failed.retry, time.Second), errandRest))
	}
}

// answerQuery ends the waiting that Telegram shows on a pressed button.
func (t *Telegram) answerQuery(id string) {
	t.errands.add(func(ctx context.Context) error {
		_, err := t.wire.call(ctx, "answerCallbackQuery", tgbotapi.Params{"callback_query_id": id})
		return err
	})
}
