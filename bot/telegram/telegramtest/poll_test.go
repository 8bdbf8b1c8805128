package telegramtest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func TestAnOffsetConfirmsWhatIsBelow(t *testing.T) {
	s := newServer(t)
	s.Number(500)
	for i := range 5 {
		s.Say(i%2, fmt.Sprint("text ", i))
	}
	for range 2 { // looking confirms nothing
		if got := updates(t, s, with{"limit": "2"}); len(got) != 2 || got[0].ID != 500 || got[1].Message.Text != "text 1" {
			t.Errorf("got %+v", got)
		}
	}
	if got := updates(t, s, with{"offset": "503"}); len(got) != 2 || got[0].ID != 503 {
		t.Errorf("got %+v", got)
	}
	if got := updates(t, s, with{"offset": "1"}); len(got) != 2 || s.Unconfirmed() != 2 {
		t.Errorf("what was confirmed came back: %+v", got)
	}
}

func TestANegativeOffsetForgetsAllButTheLast(t *testing.T) {
	s := newServer(t)
	for i := range 5 {
		s.Say(0, strconv.Itoa(i))
	}
	if got := updates(t, s, with{"offset": "-2"}); len(got) != 2 || got[0].Message.Text != "3" {
		t.Errorf("got %+v", got)
	}
	if got := updates(t, s, with{"offset": "-9"}); len(got) != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestAnAnswerHoldsAHundredUpdatesAtMost(t *testing.T) {
	s := newServer(t)
	for range 130 {
		s.Say(0, "hello")
	}
	for limit, want := range map[string]int{"": 100, "0": 100, "7": 7, "1000": 100} {
		if got := updates(t, s, with{"limit": limit}); len(got) != want {
			t.Errorf("with limit %q there are %d", limit, len(got))
		}
	}
}

func TestAPollWaitsForWhatHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		began := time.Now()
		if got := updates(t, s, with{"timeout": "999"}); len(got) != 0 || time.Since(began) != 50*time.Second {
			t.Errorf("%+v came after %v", got, time.Since(began))
		}
		time.AfterFunc(7*time.Second, func() { s.Say(0, "hello") })
		began = time.Now()
		got := updates(t, s, with{"timeout": "50"})
		if len(got) != 1 || time.Since(began) != 7*time.Second || got[0].Message.Date != time.Now().Unix() {
			t.Errorf("%+v came after %v", got, time.Since(began))
		}
	})
}

func TestTheOlderOfTwoPollersEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		older := make(chan answer, 1)
		go func() { older <- call(t, s, "getUpdates", with{"timeout": "50"}) }()
		synctest.Wait()
		updates(t, s, with{"timeout": "5"})
		const want = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
		if a := <-older; a.Code != http.StatusConflict || a.Description != want {
			t.Errorf("the older got %+v", a)
		}
		s.Conflict()
		if a := call(t, s, "getUpdates", nil); a.Description != want {
			t.Errorf("with a poller elsewhere: %+v", a)
		}
		updates(t, s, nil)
	})
}

func TestAPollThatIsGivenUpTakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			r := httptest.NewRequest(http.MethodGet, "/bot"+token+"/getUpdates?timeout=50", nil)
			s.ServeHTTP(httptest.NewRecorder(), r.WithContext(ctx))
		}()
		synctest.Wait()
		cancel()
		<-done
		s.Conflict() // it is not the one given up that ends
		if a := call(t, s, "getUpdates", nil); a.Code != http.StatusConflict {
			t.Errorf("got %+v", a)
		}
		s.Say(0, "hello")
		if got := updates(t, s, nil); len(got) != 1 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestOnlyKindsThatAreAllowedAreKept(t *testing.T) {
	s := newServer(t)
	s.Block(0)
	updates(t, s, with{"allowed_updates": `["message"]`})
	s.Unblock(0)
	s.Say(0, "hello")
	updates(t, s, nil) // leaving it out changes nothing
	s.Block(0)
	if n := s.Unconfirmed(); n != 2 {
		t.Errorf("%d updates are kept, want the one from before and the text", n)
	}
	updates(t, s, with{"allowed_updates": `[]`})
	s.Unblock(0)
	if n := s.Unconfirmed(); n != 3 {
		t.Errorf("%d updates are kept", n)
	}
}

func TestRawUpdatesAreNumberedToo(t *testing.T) {
	s := newServer(t)
	s.Number(10)
	s.PutRaw(`{"message": {"text": 5}}`)
	s.PutRaw(`7`)
	s.PutRaw(`{}`)
	s.Say(0, "hello")
	const want = `[{"update_id":10,"message": {"text": 5}},7,{"update_id":12,"nothing":null}]`
	if got := must(t, s, "getUpdates", with{"limit": "3"}); string(got) != want {
		t.Errorf("got %s", got)
	}
	if got := updates(t, s, with{"offset": "13"}); len(got) != 1 || got[0].ID != 13 {
		t.Errorf("got %+v", got)
	}
}
