package telegram

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
	"kintsugi/store"
)

// processor gives the time that the process had of a processor, to be subtracted. It
// means something where the wall clock does not, since others use the machine too.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func reportProcessor(b *testing.B, begun time.Duration) {
	b.ReportMetric(float64(processor(b)-begun)/float64(b.N), "cpu-ns/op")
}

// instant answers at once that all went well.
type instant struct{}

func (instant) RoundTrip(r *http.Request) (*http.Response, error) {
	_, _ = io.Copy(io.Discard, r.Body)
	body := `{"ok":true,"result":{"message_id":42,"date":1795000000,"chat":{"id":1001,"type":"private"},"text":"How are you?"}}`
	return &http.Response{StatusCode: 200, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}, nil
}

func benchMessage() bot.Outbound {
	return bot.Outbound{
		To: store.Address{Platform: "telegram", ID: "1001"}, ID: "a", Handle: "m41",
		Message: questionOf("How is today, from 1 (very low) to 10 (very good)?", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
	}
}

// BenchmarkSend is what a message costs; "ours" is without net/http.
func BenchmarkSend(b *testing.B) {
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		resp, _ := instant{}.RoundTrip(r)
		w.Header().Set("Content-Length", fmt.Sprint(resp.ContentLength))
		_, _ = io.Copy(w, resp.Body)
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(l) })
	b.Cleanup(func() { server.Close(); serving.Wait() })
	for name, transport := range map[string]http.RoundTripper{"ours": instant{}, "with client and server": newTransport()} {
		b.Run(name, func(b *testing.B) {
			tg := New(Options{Token: testToken, APIURL: "http://" + l.Addr().String(), Words: testWords{}, Transport: transport})
			m := benchMessage()
			b.ReportAllocs()
			begun := processor(b)
			for b.Loop() {
				if err := tg.Send(context.Background(), m); err != nil {
					b.Fatal(err)
				}
			}
			reportProcessor(b, begun)
		})
	}
}

// BenchmarkUpdate is what reading an update costs, and looking at one that is in hand.
func BenchmarkUpdate(b *testing.B) {
	for _, name := range []string{"text", "press"} {
		raw, err := os.ReadFile("testdata/" + name + ".json")
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			begun := processor(b)
			for b.Loop() {
				if _, err := read(raw, ""); err != nil {
					b.Fatal(err)
				}
			}
			reportProcessor(b, begun)
		})
	}
}

// BenchmarkTurn has 200 people write again as soon as they are answered. It counts the
// server too.
func BenchmarkTurn(b *testing.B) {
	const people = 200
	s := telegramtest.New(testToken)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() { _ = s.Serve(l) })
	b.Cleanup(func() { s.Close(); serving.Wait() })
	s.OnSend(func(person int, _ telegramtest.Sent) { s.Say(person, "hello") })
	tg := New(Options{Token: testToken, APIURL: "http://" + l.Addr().String(), Words: testWords{}})
	ctx, cancel := context.WithCancel(context.Background())
	turns := make(chan struct{}, people)
	var receiving sync.WaitGroup
	receiving.Go(func() {
		_ = tg.Receive(ctx, func(ctx context.Context, in bot.Inbound) error {
			err := tg.Send(ctx, bot.Outbound{To: in.From, ID: in.ID, Handle: in.Handle, Message: flows.Message{Text: "You said hello."}})
			if err == nil {
				turns <- struct{}{}
			}
			return err
		})
	})
	for i := range people {
		s.Say(i, "hello")
	}
	begun := processor(b)
	for b.Loop() {
		<-turns
	}
	reportProcessor(b, begun)
	b.ReportMetric(float64(s.Calls("getUpdates"))/float64(b.N), "polls/op")
	cancel()
	go func() {
		for range turns {
		}
	}()
	receiving.Wait()
	close(turns)
}
