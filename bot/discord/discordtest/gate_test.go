package discordtest_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"kintsugi/bot/discord/discordtest"
)

func TestWhatIsSaidComesInOrderToASession(t *testing.T) {
	in(t, func(w *world) {
		w.Say(0, "to nobody")
		l, _ := w.identified()
		for i := range 3 {
			w.Say(i, fmt.Sprint("say ", i))
			p := l.want(0, "MESSAGE_CREATE")
			if p.S != i+2 || p.get("content") != fmt.Sprint("say ", i) || p.get("channel_id") != w.Address(i).ID || p.get("guild_id") != "" {
				t.Errorf("event %d is %d: %s", i, p.S, p.D)
			}
		}
		if w.Identifies() != 1 || w.Connected() != 1 {
			t.Errorf("%d sessions, %d connected", w.Identifies(), w.Connected())
		}
	})
}

func TestTheBotHearsItself(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		id := w.say("hello", `,"nonce":"n1"`)
		if p := l.want(0, "MESSAGE_CREATE"); p.get("id") != id || p.get("nonce") != "n1" {
			t.Errorf("got %s", p.D)
		}
		w.call("PATCH", messages+"/"+id, `{"components":[]}`)
		l.want(0, "MESSAGE_UPDATE")
		w.call("DELETE", messages+"/"+id, "")
		l.want(0, "MESSAGE_DELETE")
	})
}

func TestHowAConnectionIsClosed(t *testing.T) {
	tests := map[string]struct {
		send string
		code int
	}{
		"a wrong token":                      {`{"op":2,"d":{"token":"wrong","intents":4096}}`, 4004},
		"a wrong token to resume":            {`{"op":6,"d":{"token":"wrong","session_id":"x","seq":1}}`, 4004},
		"something that is not known":        {`{"op":99}`, 4001},
		"no JSON":                            {`{`, 4002},
		"something before identifying":       {`{"op":3,"d":{}}`, 4003},
		"identifying with the wrong type":    {`{"op":2,"d":"x"}`, 4002},
		"a heartbeat and then a wrong token": {`{"op":2,"d":{"token":"Bot wrong"}}`, 4004},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				l := w.dial()
				l.want(10, "")
				l.send(test.send)
				l.wantClose(test.code)
			})
		})
	}
}

func TestIdentifyingTwiceIsTooOften(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		l.send(identify)
		l.wantClose(4005)
	})
}

func TestIntentsBeyondDirectMessagesAreAViolation(t *testing.T) {
	in(t, func(w *world) {
		l := w.dial()
		l.want(10, "")
		l.send(`{"op":2,"d":{"token":"Bot right","intents":4097,"properties":{"os":"linux"}}}`)
		l.want(0, "READY")
		w.wantViolation("intents")
	})
}

func TestHeartbeatsAreAnsweredAndMissed(t *testing.T) {
	in(t, func(w *world) {
		w.SetHeartbeat(10 * time.Second)
		l, _ := w.identified()
		for range 5 {
			pass(15 * time.Second)
			l.send(`{"op":1,"d":1}`)
			l.want(11, "")
		}
		w.AskHeartbeat()
		l.want(1, "")
		start := time.Now()
		l.wantClose(4009)
		if waited := time.Since(start); waited != 20*time.Second {
			t.Errorf("closed after %v", waited)
		}
	})
}

func TestASessionIsResumedWithWhatWasMissed(t *testing.T) {
	in(t, func(w *world) {
		l, id := w.identified()
		w.Say(0, "first")
		l.want(0, "MESSAGE_CREATE")
		w.Drop()
		w.Say(0, "second")
		l = w.dial()
		l.want(10, "")
		l.send(`{"op":6,"d":{"token":"right","session_id":"` + id + `","seq":2}}`)
		if p := l.want(0, "MESSAGE_CREATE"); p.get("content") != "second" || p.S != 3 {
			t.Errorf("got %d %s", p.S, p.D)
		}
		l.want(0, "RESUMED")
		w.Say(0, "third")
		if p := l.want(0, "MESSAGE_CREATE"); p.get("content") != "third" || w.Resumes() != 1 {
			t.Errorf("got %s", p.D)
		}
	})
}

func TestWhatCanNotBeResumed(t *testing.T) {
	tests := map[string]func(w *world, l *line){
		"after a goodbye": func(_ *world, l *line) {
			_ = l.WriteControl(8, []byte{3, 232}, time.Now().Add(time.Second))
			l.wantClose(1000)
		},
		"after a while":        func(w *world, _ *line) { w.Drop(); pass(4 * time.Minute) },
		"after it was ended":   func(w *world, l *line) { w.Invalidate(false); l.want(9, ""); w.Drop() },
		"after all was forgot": func(w *world, _ *line) { w.Drop(); w.Forget() },
		"after too much":       func(w *world, _ *line) { w.Drop(); many(w, 1100) },
	}
	for name, lose := range tests {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				l, id := w.identified()
				lose(w, l)
				l = w.dial()
				l.want(10, "")
				l.send(`{"op":6,"d":{"token":"right","session_id":"` + id + `","seq":1}}`)
				if p := l.want(9, ""); string(p.D) != "false" {
					t.Errorf("it may be resumed: %s", p.D)
				}
			})
		})
	}
}

func many(w *world, n int) {
	for range n {
		w.Say(0, "again")
	}
}

func TestUnkindWelcomes(t *testing.T) {
	in(t, func(w *world) {
		w.Greet(discordtest.ReconnectWelcome, discordtest.SilentWelcome, discordtest.InvalidWelcome, discordtest.ReconnectReady)
		w.dial().want(7, "")
		silent := w.dial()
		_ = silent.SetReadDeadline(time.Now().Add(time.Hour))
		if _, data, err := silent.ReadMessage(); err == nil {
			t.Errorf("the silent one said %s", data)
		}
		for _, op := range []int{9, 7} {
			l := w.dial()
			l.want(10, "")
			l.send(identify)
			l.want(op, "")
		}
		w.CloseNext(4013)
		l := w.dial()
		l.want(10, "")
		l.send(identify)
		l.wantClose(4013)
		w.identified()
	})
}

func TestAZombieSaysNothing(t *testing.T) {
	in(t, func(w *world) {
		w.SetHeartbeat(10 * time.Second)
		l, id := w.identified()
		w.Zombie()
		w.Say(0, "missed")
		l.send(`{"op":1,"d":1}`)
		_ = l.SetReadDeadline(time.Now().Add(time.Hour))
		if _, data, err := l.ReadMessage(); err == nil || w.Connected() != 0 {
			t.Errorf("it said %s, and %d are connected", data, w.Connected())
		}
		_ = l.Close()
		l = w.dial()
		l.want(10, "")
		l.send(`{"op":6,"d":{"token":"right","session_id":"` + id + `","seq":1}}`)
		if p := l.want(0, "MESSAGE_CREATE"); p.get("content") != "missed" {
			t.Errorf("got %s", p.D)
		}
		l.want(0, "RESUMED")
	})
}

func TestConnectionsAreHungUpAndAskedToComeAgain(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.AskReconnect()
		l.want(7, "")
		w.Hangup(4000)
		l.wantClose(4000)
	})
}

func TestAnyEventCanBeSent(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.PutRaw("SOMETHING_NEW", `{"a":[1]}`)
		if p := l.want(0, "SOMETHING_NEW"); string(p.D) != `{"a":[1]}` {
			t.Errorf("got %s", p.D)
		}
	})
}

func TestNoMoreSessionsThanADayHas(t *testing.T) {
	in(t, func(w *world) {
		w.SetStarts(1, time.Hour)
		w.identified()
		l := w.dial()
		l.want(10, "")
		l.send(identify)
		l.want(9, "")
		w.wantViolation("none was left")
	})
}

func TestPeopleSendMoreThanWords(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		fields := map[string]string{
			"voice": "waveform", "video": "video/mp4", "document": "application/pdf", "album": "two.png", "sticker": "sticker_items",
			"forward": "message_snapshots", "poll": "question", "empty": `"content":""`, "reply": "referenced_message",
			"pin": `"type":6`, "call": `"type":3`,
		}
		for kind, field := range fields {
			w.SendThing(0, kind)
			if p := l.want(0, "MESSAGE_CREATE"); !json.Valid(p.D) || !contains(p, field) {
				t.Errorf("%s came as %s", kind, p.D)
			}
		}
	})
}

func TestPeopleChangeWhatTheySaid(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.Say(0, "frist")
		l.want(0, "MESSAGE_CREATE")
		w.Unfurl(0)
		if p := l.want(0, "MESSAGE_UPDATE"); p.get("edited_timestamp") != "" {
			t.Errorf("a preview came as %s", p.D)
		}
		w.Edit(0, "first")
		if p := l.want(0, "MESSAGE_UPDATE"); p.get("edited_timestamp") == "" || p.get("content") != "first" {
			t.Errorf("an edit came as %s", p.D)
		}
		w.Unsay(0)
		l.want(0, "MESSAGE_DELETE")
	})
}
