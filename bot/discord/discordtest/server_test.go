package discordtest_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/bot/discord/discordtest"
)

// loopback serves on a real socket until the end of the test.
func loopback(t *testing.T) (s *discordtest.Server, host string) {
	t.Helper()
	running := goleak.IgnoreCurrent()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s = discordtest.New(token)
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	t.Cleanup(func() {
		s.Close()
		s.Close()
		if err := <-served; err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
		goleak.VerifyNone(t, running)
	})
	return s, l.Addr().String()
}

func TestItServesOnARealSocketWhateverThePrefix(t *testing.T) {
	_, host := loopback(t)
	for _, prefix := range []string{"", "/api/v9", "/some/where"} {
		resp, err := http.Get("http://" + host + prefix + "/gateway")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Date") == "" {
			t.Errorf("below %q: %d", prefix, resp.StatusCode)
		}
	}
}

func TestClosingEndsConnectionsOfEveryKind(t *testing.T) {
	s, host := loopback(t)
	s.FailNext("GET /gateway", discordtest.Fault{Silent: true}, 1)
	waits := make(chan error, 1)
	changed := s.Changed()
	go func() {
		_, err := http.Get("http://" + host + "/gateway")
		waits <- err
	}()
	<-changed
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+host+"/gateway?v=9&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, _, err := conn.ReadMessage(); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if <-waits == nil {
		t.Error("what hung was answered")
	}
	if _, _, err := conn.ReadMessage(); err == nil {
		t.Error("the gateway goes on")
	}
}

func TestClosingEndsWhatHangsInAnotherServer(t *testing.T) {
	s := discordtest.New(token)
	s.FailNext("GET /gateway", discordtest.Fault{Silent: true}, 1)
	changed := s.Changed()
	ended := make(chan any, 1)
	go func() {
		defer func() { ended <- recover() }()
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/gateway", nil))
	}()
	<-changed
	s.Close()
	if got := <-ended; got != http.ErrAbortHandler {
		t.Errorf("it ended with %v", got)
	}
}

func TestABrokenConnectionIsAReset(t *testing.T) {
	s, host := loopback(t)
	s.FailNext("GET /gateway", discordtest.Fault{Reset: true}, 2) // the client tries once more where it may
	_, err := http.Get("http://" + host + "/gateway")
	if err == nil || !strings.Contains(err.Error(), "reset") && !strings.Contains(err.Error(), "EOF") {
		t.Errorf("got %v", err)
	}
}

func TestPeopleOfTheSuiteWaitForTheBot(t *testing.T) {
	in(t, func(w *world) {
		p := w.Peer(func(*testing.T) bot.Platform { return nil })
		var saying sync.WaitGroup
		saying.Go(func() { p.Say(0, "hello") })
		pass(5 * time.Second)
		l, _ := w.identified()
		saying.Wait()
		if got := l.want(0, "MESSAGE_CREATE"); got.get("content") != "hello" {
			t.Errorf("got %s", got.D)
		}
		p.Restart(t)
		if w.Connected() != 0 {
			t.Error("the program before is still connected")
		}
		start := time.Now()
		if w.Await(time.Minute) || time.Since(start) != time.Minute {
			t.Errorf("waited for %v", time.Since(start))
		}
	})
}

func TestAPeerCanDoEverything(t *testing.T) {
	s := discordtest.New(token)
	for _, a := range []bottest.Ability{bottest.ManyPeople, bottest.Restarts, bottest.Later, bottest.Temporary, bottest.Refused, bottest.Unreachable, bottest.AmbiguousArrived, bottest.AmbiguousLost} {
		if !s.Can(a) {
			t.Errorf("it can not do: %s", a)
		}
	}
	if a := s.Address(4); a.Platform != "discord" || a.ID != "300000000000003004" || s.User(4) != "200000000000002004" {
		t.Errorf("the fourth is %v, %s", a, s.User(4))
	}
}

func TestIdsGrowWithTime(t *testing.T) {
	in(t, func(w *world) {
		first := w.say("a", "")
		second := w.say("b", "")
		pass(time.Hour)
		third := w.say("c", "")
		if len(first) > len(second) || first >= second || len(second) == len(third) && second >= third {
			t.Errorf("the ids are %s, %s, %s", first, second, third)
		}
	})
}
