package bottest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot/bottest"
)

// connect gives both ends of a connection over a pipe.
func connect(t *testing.T, p *bottest.Pipe) (here, there net.Conn) {
	t.Helper()
	accepted := make(chan net.Conn, 1)
	go func() {
		c, err := p.Accept()
		if err != nil {
			t.Error(err)
		}
		accepted <- c
	}()
	here, err := p.Dial(t.Context(), "tcp", "anywhere:80")
	if err != nil {
		t.Fatal(err)
	}
	there = <-accepted
	t.Cleanup(func() { here.Close(); there.Close() })
	return here, there
}

func TestWhatIsWrittenIsReadAfterTheWriterClosed(t *testing.T) {
	here, there := connect(t, bottest.NewPipe())
	if _, err := io.WriteString(here, "hello"); err != nil {
		t.Fatal(err)
	}
	here.Close()
	if got, err := io.ReadAll(there); string(got) != "hello" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
	if _, err := there.Write([]byte("x")); !errors.Is(err, syscall.EPIPE) {
		t.Errorf("writing to an end that is closed: %v", err)
	}
	if _, err := here.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("reading at the end that is closed: %v", err)
	}
}

func TestAWriteWaitsForRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, there := connect(t, bottest.NewPipe())
		sent := bytes.Repeat([]byte("0123456789"), 100_000)
		var err error
		go func() {
			_, err = here.Write(sent)
			here.Close()
		}()
		synctest.Wait()
		got, rerr := io.ReadAll(there)
		if !bytes.Equal(got, sent) || err != nil || rerr != nil {
			t.Errorf("%d bytes arrived of %d; %v, %v", len(got), len(sent), err, rerr)
		}
	})
}

func TestAResetLosesWhatWasNotRead(t *testing.T) {
	here, there := connect(t, bottest.NewPipe())
	io.WriteString(here, "hello")
	here.(interface{ SetLinger(int) error }).SetLinger(0)
	here.Close()
	if got, err := io.ReadAll(there); len(got) > 0 || !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("read %q, %v", got, err)
	}
	if _, err := there.Write([]byte("x")); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("writing: %v", err)
	}
}

func TestDeadlinesOfAPipe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, _ := connect(t, bottest.NewPipe())
		began := time.Now()
		here.SetDeadline(began.Add(time.Minute))
		if _, err := here.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("reading: %v", err)
		}
		if _, err := here.Write(make([]byte, 1<<20)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("writing: %v", err)
		}
		if passed := time.Since(began); passed != time.Minute {
			t.Errorf("it took %v", passed)
		}
		here.SetDeadline(time.Time{})
		if _, err := here.Write(nil); err != nil {
			t.Errorf("writing without a deadline: %v", err)
		}
	})
}

func TestDialingIsRefused(t *testing.T) {
	p := bottest.NewPipe()
	p.Refuse(true)
	if _, err := p.Dial(t.Context(), "", ""); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("where nothing listens: %v", err)
	}
	p.Refuse(false)
	connect(t, p)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Dial(ctx, "", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that is done: %v", err)
	}
	p.Close()
	if _, err := p.Dial(t.Context(), "", ""); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("after it was closed: %v", err)
	}
	if _, err := p.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("accepting after it was closed: %v", err)
	}
}

func TestCutResetsConnections(t *testing.T) {
	p := bottest.NewPipe()
	here, there := connect(t, p)
	p.Cut()
	for _, end := range []net.Conn{here, there} {
		if _, err := end.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("reading: %v", err)
		}
	}
	connect(t, p)
}

func TestAPipeServesHTTPInVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := bottest.NewPipe()
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			<-time.After(50 * time.Second)
			io.WriteString(w, r.URL.Path)
		})}
		done := make(chan error)
		go func() { done <- server.Serve(p) }()
		transport := &http.Transport{DialContext: p.Dial}
		for range 2 {
			answer, err := (&http.Client{Transport: transport}).Get("http://nowhere/path")
			if err != nil {
				t.Fatal(err)
			}
			got, _ := io.ReadAll(answer.Body)
			if answer.Body.Close(); string(got) != "/path" {
				t.Errorf("the answer is %q", got)
			}
		}
		transport.CloseIdleConnections()
		server.Close()
		<-done
	})
}
