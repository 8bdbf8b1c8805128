package discord

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
)

// photoOf names a picture by where it was sent: its own address is good for a day only.
func photoOf(m *discordgo.Message, a *discordgo.MessageAttachment) string {
	return m.ChannelID + "/" + m.ID + "/" + a.ID
}

// Fetch implements bot.Fetching. It asks for the message anew, since the addresses of
// pictures go stale.
func (d *Discord) Fetch(ctx context.Context, photo string, limit int64) ([]byte, error) {
	parts := strings.Split(photo, "/")
	if len(parts) != 3 || !isID(parts[0]) || !isID(parts[1]) || !isID(parts[2]) {
		return nil, fmt.Errorf("fetching a picture: %w (not one on Discord)", bot.ErrRefused)
	}
	var m struct {
		Attachments []*discordgo.MessageAttachment `json:"attachments"`
	}
	_, err := d.rest.do(ctx, messageCall("GET", parts[0], parts[1], nil), &m)
	if err != nil {
		return nil, fetchError(err)
	}
	for _, a := range m.Attachments {
		if a != nil && a.ID == parts[2] {
			return d.rest.download(ctx, a.URL, limit)
		}
	}
	return nil, fmt.Errorf("fetching a picture: %w (it is gone)", bot.ErrRefused)
}

// fetchError says whether a picture can't be had, or only not now.
func fetchError(err error) error {
	if e := asCallError(err); e != nil && (e.status == http.StatusNotFound || e.status == http.StatusForbidden) {
		return fmt.Errorf("fetching a picture: %w (%w)", bot.ErrRefused, e)
	}
	return fmt.Errorf("fetching a picture: %w", err)
}

// download gives the first limit+1 bytes of what is at an address, without telling it
// who we are.
func (r *rest) download(ctx context.Context, address string, limit int64) ([]byte, error) {
	const route = "GET attachments/{id}"
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && !strings.HasPrefix(r.base, "http://") {
		return nil, fmt.Errorf("fetching a picture: %w (its address can't be read)", bot.ErrRefused)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("fetching a picture: %w (its address can't be read)", bot.ErrRefused)
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetching a picture: %w", failedCall(route, err, true))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fetchError(&callError{route: route, kind: answered, status: resp.StatusCode})
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("fetching a picture: %w", failedCall(route, err, true))
	}
	return data, nil
}
