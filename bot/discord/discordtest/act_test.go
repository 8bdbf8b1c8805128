package discordtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func contains(p payload, field string) bool { return strings.Contains(string(p.D), field) }

// act is what a program needs to answer an interaction.
type act struct {
	ID, Token string
	Type      int
	Context   int
	Locale    string
	GuildID   string `json:"guild_id"`
	User      *struct{ ID string }
	Member    *struct{ User struct{ ID string } }
	Message   *struct{ ID string }
	Data      struct {
		Name     string
		CustomID string `json:"custom_id"`
		Values   []string
		Options  []struct{ Name, Value string }
	}
}

// act reads an interaction.
func (l *line) act() act {
	l.t.Helper()
	var a act
	if err := json.Unmarshal(l.want(0, "INTERACTION_CREATE").D, &a); err != nil {
		l.t.Fatal(err)
	}
	return a
}

func (w *world) reply(a act, body string) answer {
	w.t.Helper()
	return w.call("POST", "/interactions/"+a.ID+"/"+a.Token+"/callback", body)
}

// original is the path of the answer to an interaction.
func (a act) original() string { return "/webhooks/" + app + "/" + a.Token + "/messages/@original" }

func TestADeferredAnswerIsHeardOnceItIsEdited(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.Locale(0, "de")
		w.Command(0, "goal", "call her")
		a := l.act()
		if a.Type != 2 || a.Context != 1 || a.Locale != "de" || a.User.ID != w.User(0) || a.Member != nil || a.Data.Name != "goal" || a.Data.Options[0].Value != "call her" {
			t.Errorf("got %+v", a)
		}
		if got := w.call("PATCH", a.original(), `{"content":"early"}`); got.status != 404 || got.code() != 10015 {
			t.Errorf("before the answer: %d %d", got.status, got.code())
		}
		if got := w.reply(a, `{"type":5}`); got.status != 204 {
			t.Fatalf("got %d %s", got.status, got.body)
		}
		l.want(0, "MESSAGE_CREATE")
		if len(w.Heard(0)) != 0 || w.Thinking(0) != 1 {
			t.Errorf("heard is %+v", w.Heard(0))
		}
		if got := w.reply(a, `{"type":5}`); got.status != 400 || got.code() != 40060 {
			t.Errorf("a second answer: %d %d", got.status, got.code())
		}
		for range 2 {
			w.call("PATCH", a.original(), `{"content":"Done.",`+nobody+buttons("Good")+`}`)
		}
		if got := w.Heard(0); len(got) != 1 || got[0].Text != "Done." || len(got[0].Buttons) != 1 || w.Thinking(0) != 0 {
			t.Errorf("heard is %+v", got)
		}
		w.call("POST", "/webhooks/"+app+"/"+a.Token, `{"content":"And more.",`+nobody+`}`)
		if got := w.Heard(0); len(got) != 2 || got[1].Text != "And more." {
			t.Errorf("heard is %+v", got)
		}
		w.call("DELETE", a.original(), "")
		if got := w.call("GET", a.original(), ""); len(w.Heard(0)) != 1 || got.code() != 10008 {
			t.Errorf("after deletion: %d, heard is %+v", got.code(), w.Heard(0))
		}
		if v := w.Violations(); len(v) != 0 {
			t.Errorf("the violations are %q", v)
		}
	})
}

func TestAFollowUpTakesThePlaceOfADeferredAnswer(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.Command(0, "help", "")
		a := l.act()
		w.reply(a, `{"type":5}`)
		w.call("POST", "/webhooks/"+app+"/"+a.Token, `{"content":"Here.",`+nobody+`}`)
		if got := w.Heard(0); len(got) != 1 || w.Thinking(0) != 0 {
			t.Errorf("heard is %+v", got)
		}
	})
}

func TestAnAnswerThatIsTakenBackIsNotAwaited(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.Command(0, "help", "")
		a := l.act()
		w.reply(a, `{"type":5}`)
		if w.call("DELETE", a.original(), ""); w.Thinking(0) != 0 || len(w.Heard(0)) != 0 {
			t.Errorf("%d are awaited, heard is %+v", w.Thinking(0), w.Heard(0))
		}
	})
}

func TestAnAnswerMustComeWithinThreeSeconds(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.Command(0, "help", "")
		w.Command(1, "help", "")
		first, second := l.act(), l.act()
		pass(3 * time.Second)
		if got := w.reply(first, `{"type":5}`); got.status != 204 {
			t.Errorf("in time: %d", got.status)
		}
		pass(time.Millisecond)
		if got := w.reply(second, `{"type":5}`); got.status != 404 || got.code() != 10062 || w.Unanswered() != 1 {
			t.Errorf("too late: %d %d, %d unanswered", got.status, got.code(), w.Unanswered())
		}
		_ = l.Close()
		pass(time.Hour)
		w.Command(2, "help", "")
		if w.Unanswered() != 1 {
			t.Errorf("%d are unanswered an hour later", w.Unanswered())
		}
	})
}

func TestATokenIsGoodForAQuarterOfAnHour(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.Command(0, "help", "")
		a := l.act()
		w.reply(a, `{"type":5}`)
		_ = l.Close()
		pass(15 * time.Minute)
		if got := w.call("PATCH", a.original(), `{"content":"a"}`); got.status != 200 {
			t.Errorf("in time: %d", got.status)
		}
		pass(time.Second)
		if got := w.call("PATCH", a.original(), `{"content":"a"}`); got.status != 401 || got.code() != 50027 {
			t.Errorf("too late: %d %d", got.status, got.code())
		}
	})
}

func TestAPressCarriesTheMessageItStandsOn(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		id := w.say("Well?", buttons("Yes", "No"))
		l.want(0, "MESSAGE_CREATE")
		w.Press(0, "No")
		a := l.act()
		if a.Type != 3 || a.Data.CustomID != "id.No" || a.Message.ID != id {
			t.Errorf("got %+v", a)
		}
		w.reply(a, `{"type":6}`)
		w.call("PATCH", a.original(), `{"content":"No, then.",`+nobody+`,"components":[]}`)
		if got := w.Heard(0); len(got) != 1 || got[0].Text != "No, then." || len(got[0].Buttons) != 0 {
			t.Errorf("heard is %+v", got)
		}
		if w.TryPress(0, "No") {
			t.Error("a button was pressed that is gone")
		}
		l.want(0, "MESSAGE_UPDATE")
		w.PressOld(0, "Yes")
		if a := l.act(); a.Data.CustomID != "id.Yes" {
			t.Errorf("got %+v", a)
		}
	})
}

func TestAPressIsAnsweredByAChange(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.say("Well?", buttons("Yes"))
		l.want(0, "MESSAGE_CREATE")
		w.PressTwice(0, "Yes")
		first, second := l.act(), l.act()
		w.reply(first, `{"type":7,"data":{"components":[],"content":"Yes.",`+nobody+`}}`)
		if got := w.Heard(0); len(got) != 1 || got[0].Text != "Yes." {
			t.Errorf("heard is %+v", got)
		}
		if got := w.reply(second, `{"type":6}`); got.status != 204 {
			t.Errorf("the second press: %d", got.status)
		}
	})
}

func TestACommandIsNoMessageToChange(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.Command(0, "help", "")
		if got := w.reply(l.act(), `{"type":6}`); got.code() != 50035 {
			t.Errorf("got %d", got.code())
		}
	})
}

func TestAnOptionIsChosen(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.say("Which?", choosing(3))
		l.want(0, "MESSAGE_CREATE")
		if got := w.Heard(0)[0].Buttons; len(got) != 3 || got[1].Token != "v1" {
			t.Errorf("heard %+v", got)
		}
		for _, choose := range []func(int, string){w.Choose, w.Press} {
			choose(0, "choice 1")
			if a := l.act(); a.Data.CustomID != "which" || len(a.Data.Values) != 1 || a.Data.Values[0] != "v1" {
				t.Errorf("got %+v", a)
			}
		}
	})
}

func TestWhatIsAnsweredWhereOthersReadAlong(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.GuildCommand(0)
		a := l.act()
		if a.Context != 0 || a.GuildID == "" || a.User != nil || a.Member.User.ID != w.User(0) || a.Data.Name != "private" {
			t.Errorf("got %+v", a)
		}
		w.reply(a, `{"type":4,"data":{"content":"In private.","flags":64,`+nobody+`}}`)
		w.GroupCommand(0)
		a = l.act()
		if a.Context != 2 || a.User == nil {
			t.Errorf("got %+v", a)
		}
		if got := w.Private(0); len(got) != 1 || got[0].Text != "In private." || len(w.Heard(0)) != 0 || len(w.Violations()) != 0 {
			t.Errorf("private is %+v, heard %+v, violations %q", got, w.Heard(0), w.Violations())
		}
		w.reply(a, `{"type":4,"data":{"content":"For all.",`+nobody+`}}`)
		w.wantViolation("others can read")
	})
}

// pass lets time go by in a bubble.
func pass(d time.Duration) { <-time.NewTimer(d).C }
