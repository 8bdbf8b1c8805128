package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
)

const (
	firstBackoff = time.Second // before a connection is tried again; it doubles
	longBackoff  = 2 * time.Minute
	stableAfter  = time.Minute // a session that lived so long begins the backoff anew

	// Before a new session takes the place of one that is not taken, Discord wants a
	// random time of 1 to 5 s to pass.
	maxInvalidPause = 4 * time.Second

	maxMisses = 3 // until a session is given up that can't be resumed
)

// gateway keeps a session of Discord's gateway alive, one connection after another.
type gateway struct {
	token  string
	rest   *rest
	dial   func(ctx context.Context, network, addr string) (net.Conn, error)
	clock  *bot.Clock
	log    *slog.Logger
	health *health

	// What follows is used by run alone.
	session string // to be resumed; empty if there is none
	resume  string // where to
	seq     int64  // of the last event of the session
	misses  int    // connections for it in a row that came to nothing
}

func newGateway(o Options, r *rest, log *slog.Logger) *gateway {
	return &gateway{
		token: o.Token, rest: r, dial: o.Dial, clock: o.Clock, log: log,
		health: &health{clock: o.Clock},
	}
}

// run hands over the events of the gateway, in order, until ctx ends: then it returns
// nil. An error that it returns is final.
func (g *gateway) run(ctx context.Context, take func(*discordgo.Event)) error {
	defer g.health.down()
	for pause := firstBackoff; ; {
		began := g.clock.Now()
		err := g.connect(ctx, take)
		g.health.down()
		if ctx.Err() != nil {
			return nil
		}
		if final := finalError(err); final != nil {
			return final
		}
		if g.clock.Now().Sub(began) >= stableAfter {
			pause = firstBackoff
		}
		wait := jittered(pause)
		if errors.Is(err, errInvalid) {
			wait += rand.N(maxInvalidPause)
		}
		g.log.Warn("the gateway's connection ended", "why", err, "pause", wait)
		if g.clock.Pause(ctx, wait) != nil {
			return nil
		}
		pause = min(2*pause, longBackoff)
	}
}

// jittered spreads a pause by a fifth to both sides.
func jittered(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (0.8 + 0.4*rand.Float64()))
}

// connect lives through one connection. Its error says why it ended.
func (g *gateway) connect(ctx context.Context, take func(*discordgo.Event)) error {
	address := g.resume
	if g.session == "" {
		found, err := g.find(ctx)
		if err != nil {
			return err
		}
		address = found
	}
	s, err := g.open(ctx, address)
	if err != nil {
		g.miss()
		return err
	}
	defer s.close()
	stop := afterwards(ctx, s.bye)
	defer stop()
	err = s.live(take)
	if !s.ready {
		g.miss()
	}
	return err
}

// find asks for the gateway's address, and whether a new session may be begun: first
// whether the token is taken at all, since to try a bad one at the gateway costs one of
// the sessions of the day.
func (g *gateway) find(ctx context.Context) (address string, err error) {
	if _, err := g.rest.do(ctx, meCall(), nil); err != nil {
		return "", fmt.Errorf("asking whether the token is taken: %w", err)
	}
	for {
		var found discordgo.GatewayBotResponse
		_, err := g.rest.do(ctx, gatewayCall(), &found)
		if err != nil {
			return "", fmt.Errorf("asking for the gateway: %w", err)
		}
		limit := found.SessionStartLimit
		if limit.Total == 0 || limit.Remaining > 0 {
			return found.URL, nil
		}
		wait := max(time.Duration(limit.ResetAfter)*time.Millisecond, stableAfter)
		g.log.Error("no session can be begun: all of today are used up", "pause", wait)
		if err := g.clock.Pause(ctx, wait); err != nil {
			return "", err
		}
	}
}

func meCall() call {
	return call{route: "GET users/{id}", url: discordgo.EndpointUser("@me")}
}

func gatewayCall() call {
	return call{route: "GET gateway/bot", url: discordgo.EndpointGatewayBot}
}

// miss counts a connection that came to nothing: a session that can't be resumed, or its
// address, may be to blame.
func (g *gateway) miss() {
	if g.misses++; g.misses >= maxMisses {
		g.forget()
	}
}

// forget has the next connection begin a new session.
func (g *gateway) forget() { g.session, g.resume, g.seq, g.misses = "", "", 0, 0 }

// ready takes in that a session has begun.
func (g *gateway) ready(e *discordgo.Event) error {
	var r struct {
		SessionID string `json:"session_id"`
		Resume    string `json:"resume_gateway_url"`
	}
	if err := json.Unmarshal(e.RawData, &r); err != nil || r.SessionID == "" {
		return errors.New("the session's beginning can't be read")
	}
	g.session, g.resume = r.SessionID, r.Resume
	if g.resume == "" {
		g.session = "" // there is nowhere to resume it
	}
	return nil
}

// afterwards has f run once ctx has ended, unless stop is called before. stop waits for
// an f that runs.
func afterwards(ctx context.Context, f func()) (stop func()) {
	done := make(chan struct{})
	cancel := context.AfterFunc(ctx, func() {
		defer close(done)
		f()
	})
	return func() {
		if !cancel() {
			<-done
		}
	}
}

// finalError gives what to mend, if trying again is of no use.
func finalError(err error) error {
	if e := asCallError(err); e != nil {
		if e.status == http.StatusUnauthorized {
			return errToken
		}
		return nil
	}
	if e := (*closedError)(nil); errors.As(err, &e) {
		return e.final()
	}
	return nil
}

var errInvalid = errors.New("the gateway does not take the session")

// What ends a Discord for good.
var (
	errToken = errors.New("discord: the token is not taken: make a new one in the developer portal (Bot, Reset Token) and put it where the configuration says")

	errIntents = errors.New("discord: the gateway refuses the intent for direct messages: see in the developer portal whether the bot is limited, or asks for more than it may (close codes 4013 and 4014)")

	errVersion = errors.New("discord: the gateway asks for what this version of Kintsugi does not do, such as sharding (close codes 4010 to 4012): look for a newer version")
)
