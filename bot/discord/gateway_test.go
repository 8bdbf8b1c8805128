package discord

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/discord/discordtest"
)

func TestAnUnkindWelcomeIsTriedAgain(t *testing.T) {
	for _, welcome := range []discordtest.Welcome{
		discordtest.SilentWelcome, discordtest.ReconnectWelcome, discordtest.ReconnectReady,
		discordtest.InvalidWelcome, discordtest.RefusedWelcome,
	} {
		t.Run(string(welcome), func(t *testing.T) {
			in(t, func(w *world) {
				w.Greet(welcome, welcome)
				p := w.start(nil)
				after(2 * time.Minute)
				w.Say(0, "hello")
				p.want("hello")
				if n := w.Identifies(); n > 3 {
					t.Errorf("%d sessions were asked for", n)
				}
			})
		})
	}
}

func TestALostConnectionIsResumed(t *testing.T) {
	losses := map[string]func(*world){
		"asked to":    func(w *world) { w.AskReconnect() },
		"dropped":     func(w *world) { w.Drop() },
		"closed":      func(w *world) { w.Hangup(4000) },
		"invalidated": func(w *world) { w.Invalidate(true) },
	}
	for name, lose := range losses {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				p := w.run(nil)
				w.Say(0, "before")
				p.want("before")
				lose(w)
				w.Say(0, "meanwhile")
				after(10 * time.Second)
				w.Say(0, "after")
				p.want("before", "meanwhile", "after")
				if w.Identifies() != 1 || w.Resumes() != 1 {
					t.Errorf("%d sessions and %d resumed, want 1 and 1", w.Identifies(), w.Resumes())
				}
			})
		})
	}
}

func TestASessionThatIsGoneIsBegunAnewAndCaughtUpWith(t *testing.T) {
	losses := map[string]func(*world){
		"invalidated": func(w *world) { w.Invalidate(false) },
		"timed out":   func(w *world) { w.Hangup(4009); w.Forget() },
		"wrong seq":   func(w *world) { w.Hangup(4007) },
	}
	for name, lose := range losses {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				p := w.run(nil)
				w.Say(0, "before")
				p.want("before")
				lose(w)
				w.Say(0, "meanwhile")
				after(10 * time.Second)
				w.Say(0, "after")
				p.want("before", "meanwhile", "after")
				if w.Identifies() != 2 {
					t.Errorf("%d sessions, want 2", w.Identifies())
				}
			})
		})
	}
}

func TestADeadConnectionIsNoticedWithinAnIntervalOrSo(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		after(10 * time.Minute)
		w.Zombie()
		w.Say(0, "can you hear me")
		after(41250*time.Millisecond + readSlack + 5*time.Second)
		p.want("can you hear me")
		if w.Identifies() != 1 {
			t.Errorf("%d sessions, want 1", w.Identifies())
		}
	})
}

func TestAHeartbeatIsSentWhenAskedFor(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		for range 3 {
			w.AskHeartbeat()
			after(time.Hour)
		}
		w.Say(0, "still there")
		p.want("still there")
		if n := w.log.count("connection ended"); n != 0 {
			t.Errorf("the connection ended %d times", n)
		}
	})
}

func TestWhatCantBeMendedByTryingEndsWithAnErrorThatSaysWhat(t *testing.T) {
	for code, about := range map[int]string{
		4004: "token", 4013: "intent", 4014: "intent", 4010: "newer version", 4011: "newer version", 4012: "newer version",
	} {
		in(t, func(w *world) {
			w.CloseNext(code)
			p := w.start(nil)
			<-p.done
			if p.err == nil || !strings.Contains(p.err.Error(), about) || strings.Contains(p.err.Error(), testToken) {
				t.Errorf("close code %d: the error is %v, want one about %q", code, p.err, about)
			}
			if w.Identifies() != 1 {
				t.Errorf("close code %d: %d sessions, want 1", code, w.Identifies())
			}
		})
	}
}

func TestABadTokenCostsNoSession(t *testing.T) {
	in(t, func(w *world) {
		w.SetToken("another")
		p := w.start(nil)
		<-p.done
		if !errors.Is(p.err, errToken) {
			t.Errorf("the error is %v", p.err)
		}
		if w.Identifies() != 0 {
			t.Errorf("%d sessions were asked for", w.Identifies())
		}
	})
}

func TestATokenThatIsRenewedMeanwhileEndsIt(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.SetToken("another")
		w.Drop()
		<-p.done
		if !errors.Is(p.err, errToken) {
			t.Errorf("the error is %v", p.err)
		}
	})
}

func TestNoSessionIsBegunWhenTheDayHasNone(t *testing.T) {
	in(t, func(w *world) {
		w.SetStarts(0, time.Hour)
		p := w.start(nil)
		after(30 * time.Minute)
		w.SetStarts(1000, time.Hour)
		after(29 * time.Minute)
		if w.Identifies() != 0 {
			t.Fatal("a session was asked for")
		}
		after(2 * time.Minute)
		w.Say(0, "at last")
		p.want("at last")
	})
}

func TestADiscordThatIsDownIsTriedLessAndLess(t *testing.T) {
	in(t, func(w *world) {
		w.FailNext("GET /users/@me", discordtest.Fault{Status: 503}, 1000)
		w.start(nil)
		after(24 * time.Hour)
		n := w.Calls("GET /users/@me")
		if n < 500 || n > 900 {
			t.Errorf("%d attempts in a day, want about one in two minutes", n)
		}
		if w.Identifies() != 0 {
			t.Errorf("%d sessions", w.Identifies())
		}
	})
}

func TestASessionThatFlapsStaysWithinTheDaysLimit(t *testing.T) {
	in(t, func(w *world) {
		w.start(nil)
		for range 24 * 60 {
			after(time.Minute)
			w.Invalidate(false)
		}
		if n := w.Identifies(); n > 1000 {
			t.Errorf("%d sessions in a day", n)
		}
	})
}

func TestHealthFollowsTheConnection(t *testing.T) {
	in(t, func(w *world) {
		w.Greet(discordtest.SilentWelcome)
		p := w.start(nil)
		after(time.Second)
		if h := p.Health(); h.Up || !h.Since.IsZero() || h.Reconnects != 0 {
			t.Errorf("before: %+v", h)
		}
		after(time.Minute)
		if h := p.Health(); !h.Up || h.Since.IsZero() || h.Reconnects != 0 {
			t.Errorf("connected: %+v", h)
		}
		w.Drop()
		after(100 * time.Millisecond)
		if h := p.Health(); h.Up {
			t.Errorf("dropped: %+v", h)
		}
		after(time.Minute)
		if h := p.Health(); !h.Up || h.Reconnects != 1 {
			t.Errorf("again: %+v", h)
		}
		p.stop()
		if h := p.Health(); h.Up {
			t.Errorf("stopped: %+v", h)
		}
	})
}

func TestReceiveEndsSoonWhateverItIsDoing(t *testing.T) {
	for _, welcome := range []discordtest.Welcome{"", discordtest.SilentWelcome, discordtest.RefusedWelcome} {
		in(t, func(w *world) {
			w.Greet(welcome)
			p := w.start(func(ctx context.Context, _ bot.Inbound) error {
				<-ctx.Done()
				return ctx.Err()
			})
			after(2 * time.Second)
			w.Say(0, "hello")
			after(time.Second)
			before := time.Now()
			p.stop()
			if took := time.Since(before); took > 2*time.Second || p.err != nil {
				t.Errorf("it took %v to end, with %v", took, p.err)
			}
		})
	}
}

func TestStoppingSaysGoodbye(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		p.stop()
		after(time.Second)
		if w.Connected() != 0 {
			t.Error("the session is still there")
		}
	})
}

func TestAFrameOfNoKnownShapeHurtsNothing(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		for _, name := range []string{"TYPING_START", "CHANNEL_CREATE", "SOMETHING_NEW"} {
			for _, body := range []string{`{}`, `null`, `[]`, `"x"`, `7`} {
				w.PutRaw(name, body)
			}
		}
		w.Say(0, "hello")
		p.want("hello")
	})
}

func TestFinalErrorIsOfFewKinds(t *testing.T) {
	for _, err := range []error{
		nil, errInvalid, context.Canceled, &closedError{1006}, &closedError{4000},
		&callError{status: http.StatusForbidden}, &callError{status: http.StatusBadGateway},
	} {
		if final := finalError(err); final != nil {
			t.Errorf("%v is final: %v", err, final)
		}
	}
}
