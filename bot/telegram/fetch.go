package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
)

// Fetch implements bot.Fetching.
func (t *Telegram) Fetch(ctx context.Context, photo string, limit int64) ([]byte, error) {
	f, err := ask[tgbotapi.File](ctx, t.wire, "getFile", tgbotapi.Params{"file_id": photo})
	if is(err, http.StatusBadRequest) {
		return nil, fmt.Errorf("%w: %w", bot.ErrRefused, err)
	}
	if err != nil {
		return nil, err
	}
	if f.FilePath == "" {
		return nil, fmt.Errorf("%w: Telegram says no path of the file", bot.ErrRefused)
	}
	return t.wire.download(ctx, f.FilePath, limit)
}

// download reads a file, as far as its first limit+1 bytes.
func (w *wire) download(ctx context.Context, path string, limit int64) ([]byte, error) {
	const method = "file"
	at := w.url + "/file/bot" + w.token + "/" + (&url.URL{Path: path}).EscapedPath()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, &failure{method: method, cause: w.redact(err)}
	}
	resp, err := w.transport.RoundTrip(r)
	if err != nil {
		return nil, &failure{method: method, cause: w.redact(err)}
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, &failure{method: method, code: resp.StatusCode, cause: errors.New("no file")}
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, &failure{method: method, cause: w.redact(err)}
	}
	return data, nil
}
