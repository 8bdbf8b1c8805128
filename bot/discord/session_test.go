package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"kintsugi/bot/bottest"
)

// scripted is a gateway that does only what a test has it do.
func scripted(t *testing.T, do func(c *websocket.Conn)) *gateway {
	pipe := bottest.NewPipe()
	up := websocket.Upgrader{}
	var doing sync.WaitGroup
	web := &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		doing.Add(1)
		defer doing.Done()
		c, err := up.Upgrade(rw, r, nil)
		if err != nil {
			return
		}
		defer c.Close()
		do(c)
	})}
	served := make(chan error, 1)
	go func() { served <- web.Serve(pipe) }()
	t.Cleanup(func() {
		_ = web.Close()
		<-served
		doing.Wait()
	})
	o := Options{Token: testToken, Words: fewWords{}, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return pipe.Dial(ctx, "", "")
	}}.withDefaults()
	g := newGateway(o, newRest(o, o.Log), o.Log)
	g.session, g.resume, g.seq = "s", "ws://gateway.test", 1
	return g
}

// waitClosed reads until the other end is gone.
func waitClosed(c *websocket.Conn) {
	for {
		if _, _, err := c.ReadMessage(); err != nil {
			return
		}
	}
}

func TestAConnectionThatTalksButDoesNotAnswerIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := scripted(t, func(c *websocket.Conn) {
			_ = c.WriteJSON(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": 40_000}})
			_ = c.WriteJSON(map[string]any{"op": opDispatch, "s": 1, "t": "RESUMED", "d": map[string]any{}})
			for i := 2; c.WriteJSON(map[string]any{"op": opDispatch, "s": i, "t": "TYPING_START", "d": map[string]any{}}) == nil; i++ {
				<-time.After(time.Second)
			}
		})
		began := time.Now()
		err := g.connect(t.Context(), func(*discordgo.Event) {})
		if took := time.Since(began); err == nil || took < 40*time.Second || took > 80*time.Second+readSlack {
			t.Errorf("it took %v, and ended with %v", took, err)
		}
		if g.session != "s" {
			t.Error("the session is forgotten")
		}
	})
}

func TestAnOddBeginningEndsTheConnection(t *testing.T) {
	for _, hello := range []string{
		`{}`, `{"op":10}`, `{"op":10,"d":{"heartbeat_interval":0}}`, `{"op":10,"d":{"heartbeat_interval":-5}}`, `{"op":10,"d":7}`, `nonsense`,
	} {
		synctest.Test(t, func(t *testing.T) {
			g := scripted(t, func(c *websocket.Conn) {
				_ = c.WriteMessage(websocket.TextMessage, []byte(hello))
				waitClosed(c)
			})
			if err := g.connect(t.Context(), func(*discordgo.Event) {}); err == nil {
				t.Errorf("%s was taken", hello)
			}
		})
	}
}

func TestASessionThatCantBeResumedAnywhereIsBegunAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := scripted(t, func(*websocket.Conn) {})
		for i := range maxMisses {
			if g.session == "" {
				t.Fatalf("it is forgotten after %d connections", i)
			}
			_ = g.connect(t.Context(), func(*discordgo.Event) {})
		}
		if g.session != "" || g.seq != 0 {
			t.Error("it is still to be resumed")
		}
	})
}

func TestASessionIsResumedWithItsLastEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got struct {
			Op int
			D  struct {
				Token     string
				SessionID string `json:"session_id"`
				Seq       int
			}
		}
		g := scripted(t, func(c *websocket.Conn) {
			_ = c.WriteJSON(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": 40_000}})
			_, data, _ := c.ReadMessage()
			_ = json.Unmarshal(data, &got)
			_ = c.WriteJSON(map[string]any{"op": opReconnect})
			waitClosed(c)
		})
		g.seq = 41
		err := g.connect(t.Context(), func(*discordgo.Event) {})
		if got.Op != opResume || got.D.Token != testToken || got.D.SessionID != "s" || got.D.Seq != 41 {
			t.Errorf("sent %+v", got)
		}
		if err == nil || strings.Contains(err.Error(), testToken) || errors.Is(err, errInvalid) {
			t.Errorf("it ended with %v", err)
		}
	})
}

func TestAGatewayThatSaysNothingMoreIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := scripted(t, func(c *websocket.Conn) {
			_ = c.WriteJSON(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": 600_000}})
			waitClosed(c)
		})
		began := time.Now()
		err := g.connect(t.Context(), func(*discordgo.Event) {})
		if took := time.Since(began); err == nil || took != readyTime {
			t.Errorf("it took %v, and ended with %v", took, err)
		}
	})
}

func TestASessionThatIsNeverReadyIsBegunAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := scripted(t, func(c *websocket.Conn) {
			_ = c.WriteJSON(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": 40_000}})
			_ = c.WriteJSON(map[string]any{"op": opInvalid, "d": true})
			waitClosed(c)
		})
		for range maxMisses {
			if err := g.connect(t.Context(), func(*discordgo.Event) {}); !errors.Is(err, errInvalid) {
				t.Fatalf("it ended with %v", err)
			}
		}
		if g.session != "" {
			t.Error("it is still to be resumed")
		}
	})
}

// answerLate answers the next heartbeat after a second.
func answerLate(c *websocket.Conn) {
	for {
		var sent struct{ Op int }
		if c.ReadJSON(&sent) != nil {
			return
		}
		if sent.Op == opHeartbeat {
			break
		}
	}
	<-time.After(time.Second)
	_ = c.WriteJSON(map[string]any{"op": opHeartbeatAck})
}

func TestAHeartbeatThatWasAskedForIsNotAwaitedAtTheNext(t *testing.T) {
	const interval = 40 * time.Second
	synctest.Test(t, func(t *testing.T) {
		g := scripted(t, func(c *websocket.Conn) {
			_ = c.WriteJSON(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": interval.Milliseconds()}})
			_ = c.WriteJSON(map[string]any{"op": opDispatch, "s": 1, "t": "RESUMED", "d": map[string]any{}})
			answerLate(c)
			<-time.After(interval - 1500*time.Millisecond) // half a second before the next
			_ = c.WriteJSON(map[string]any{"op": opHeartbeat})
			for range 5 {
				answerLate(c)
			}
			_ = c.WriteJSON(map[string]any{"op": opReconnect})
			waitClosed(c)
		})
		began := time.Now()
		err := g.connect(t.Context(), func(*discordgo.Event) {})
		if took := time.Since(began); took < 4*interval {
			t.Errorf("it ended after %v, with %v", took, err)
		}
	})
}
