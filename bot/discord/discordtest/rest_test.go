package discordtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/bot/bottest"
	"kintsugi/bot/discord/discordtest"
	"kintsugi/flows"
)

func TestAWrongTokenIsUnauthorized(t *testing.T) {
	in(t, func(w *world) {
		if a := w.call("GET", "/users/@me", ""); a.status != 200 || a.id() != app {
			t.Errorf("the right token: %d %s", a.status, a.body)
		}
		w.SetToken("renewed")
		if a := w.call("GET", "/users/@me", ""); a.status != 401 {
			t.Errorf("the old token: %d", a.status)
		}
		if w.Invalid() != 1 || w.Calls("GET /users/@me") != 2 {
			t.Errorf("counted %d invalid of %d", w.Invalid(), w.Calls("GET /users/@me"))
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	long := strings.Repeat("七", 2001)
	row := `{"type":1,"components":[{"type":2,"style":2,"label":"a","custom_id":"%d"}]}`
	var rows []string
	for i := range 6 {
		rows = append(rows, fmt.Sprintf(row, i))
	}
	tests := map[string]struct {
		body         string
		status, code int
	}{
		"words":                  {`{"content":"a"}`, 200, 0},
		"as many as fit":         {`{"content":` + quote(long[:6000]) + `}`, 200, 0},
		"too many":               {`{"content":` + quote(long) + `}`, 400, 50035},
		"nothing":                {`{"content":""}`, 400, 50006},
		"only space":             {`{"content":" \n "}`, 400, 50006},
		"a long nonce":           {`{"content":"a","nonce":"12345678901234567890123456"}`, 400, 50035},
		"no JSON":                {`{`, 400, 50109},
		"a wrong type":           {`{"content":1}`, 400, 50035},
		"five rows":              {`{"content":"a","components":[` + strings.Join(rows[:5], ",") + `]}`, 200, 0},
		"six rows":               {`{"content":"a","components":[` + strings.Join(rows, ",") + `]}`, 400, 50035},
		"five buttons":           {`{"content":"a"` + buttons("1", "2", "3", "4", "5") + `}`, 200, 0},
		"six buttons":            {`{"content":"a"` + buttons("1", "2", "3", "4", "5", "6") + `}`, 400, 50035},
		"a label of 80":          {`{"content":"a"` + buttons(long[:240]) + `}`, 200, 0},
		"a label of 81":          {`{"content":"a"` + buttons(long[:243]) + `}`, 400, 50035},
		"no label":               {`{"content":"a"` + buttons("") + `}`, 400, 50035},
		"the same custom id":     {`{"content":"a"` + buttons("a", "a") + `}`, 400, 50035},
		"a button without style": {`{"content":"a","components":[{"type":1,"components":[{"type":2,"label":"a","custom_id":"b"}]}]}`, 400, 50035},
		"an empty row":           {`{"content":"a","components":[{"type":1,"components":[]}]}`, 400, 50035},
		"a button without a row": {`{"content":"a","components":[{"type":2,"style":1,"label":"a","custom_id":"b"}]}`, 400, 50035},
		"25 options":             {`{"content":"a"` + choosing(25) + `}`, 200, 0},
		"26 options":             {`{"content":"a"` + choosing(26) + `}`, 400, 50035},
		"no options":             {`{"content":"a"` + choosing(0) + `}`, 400, 50035},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				a := w.call("POST", messages, test.body)
				if a.status != test.status || a.code() != test.code {
					t.Errorf("got %d %s, want %d %d", a.status, a.body, test.status, test.code)
				}
				if heard := len(w.Heard(0)); heard != 1 && test.status == 200 || heard != 0 && test.status != 200 {
					t.Errorf("%d messages are heard", heard)
				}
			})
		})
	}
}

// choosing is a select with some options.
func choosing(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`{"label":"choice %d","value":"v%d"}`, i, i))
	}
	return `,"components":[{"type":1,"components":[{"type":3,"custom_id":"which","options":[` + strings.Join(list, ",") + `]}]}]`
}

func TestANonceThatIsEnforcedKeepsFromSendingTwice(t *testing.T) {
	in(t, func(w *world) {
		first := w.say("hello", `,"nonce":"n1","enforce_nonce":true`)
		if again := w.say("hello", `,"nonce":"n1","enforce_nonce":true`); again != first || len(w.Heard(0)) != 1 {
			t.Error("it was sent twice")
		}
		w.call("POST", "/channels/300000000000003001/messages", `{"content":"hello","nonce":"n1","enforce_nonce":true}`)
		if len(w.Heard(1)) != 1 {
			t.Error("it counted for another channel")
		}
		w.say("hello", `,"nonce":"n1"`)
		pass(6 * time.Minute)
		w.say("hello", `,"nonce":"n1","enforce_nonce":true`)
		if len(w.Heard(0)) != 3 {
			t.Errorf("%d were sent, want one more not enforced and one more after a while", len(w.Heard(0)))
		}
	})
}

func TestMentionsThatAreNotRuledOutAreAViolation(t *testing.T) {
	for name, more := range map[string]string{"left out": "", "all": `,"allowed_mentions":{"parse":["users"]}`, "no list": `,"allowed_mentions":{}`} {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				w.say("fine", "")
				if v := w.Violations(); len(v) != 0 {
					t.Errorf("the violations are %q", v)
				}
				w.call("POST", messages, `{"content":"a"`+more+`}`)
				w.wantViolation("allowed_mentions")
			})
		})
	}
}

func TestEditsKeepWhatTheyLeaveOut(t *testing.T) {
	in(t, func(w *world) {
		id := w.say("so *it* is", buttons("Yes"))
		w.call("PATCH", messages+"/"+id, `{"components":[]}`)
		if got := w.Heard(0); len(got) != 1 || got[0].Text != "so it is" || len(got[0].Buttons) != 0 {
			t.Errorf("heard %+v", got)
		}
		w.call("PATCH", messages+"/"+id, `{"content":"other",`+nobody+buttons("No")+`}`)
		want := flows.Message{Text: "other", Buttons: []flows.Button{{Token: "id.No", Label: "No"}}}
		if got := w.Heard(0); len(got) != 1 || got[0].Text != want.Text || !slices.Equal(got[0].Buttons, want.Buttons) {
			t.Errorf("heard %+v, want %+v", got, want)
		}
		if a := w.call("PATCH", messages+"/"+id, `{"content":"",`+nobody+`}`); a.code() != 50006 || w.Heard(0)[0].Text != "other" {
			t.Errorf("blanking it: %d, and heard is %+v", a.code(), w.Heard(0))
		}
		w.call("DELETE", messages+"/"+id, "")
		if a := w.call("PATCH", messages+"/"+id, `{"content":"a"}`); a.code() != 10008 || len(w.Heard(0)) != 0 {
			t.Errorf("after deletion: %d, and heard is %+v", a.code(), w.Heard(0))
		}
		log := w.Log(0)
		if len(log) != 1 || !log[0].Deleted || !log[0].Edited || len(log[0].Buttons) != 2 {
			t.Errorf("the log is %+v", log)
		}
	})
}

func TestWhatAPersonSaidIsNotForTheBotToChange(t *testing.T) {
	in(t, func(w *world) {
		w.Say(0, "mine")
		var list []map[string]any
		_ = json.Unmarshal(w.call("GET", messages, "").body, &list)
		id := list[0]["id"].(string)
		if a := w.call("PATCH", messages+"/"+id, `{"content":"a"}`); a.code() != 50005 {
			t.Errorf("changing: %d", a.code())
		}
		if a := w.call("DELETE", messages+"/"+id, ""); a.code() != 50003 {
			t.Errorf("deleting: %d", a.code())
		}
	})
}

func TestMessagesAreListedInPages(t *testing.T) {
	in(t, func(w *world) {
		var ids []string
		for i := range 120 {
			ids = append(ids, w.say(fmt.Sprint(i), ""))
		}
		tests := map[string]struct {
			query       string
			first, last int // of what is listed, the newest first
		}{
			"the newest":        {"", 119, 70},
			"a hundred":         {"?limit=100", 119, 20},
			"after one":         {"?limit=2&after=" + ids[10], 12, 11},
			"after the last":    {"?after=" + ids[119], -1, -1},
			"before one":        {"?limit=2&before=" + ids[10], 9, 8},
			"all after the one": {"?limit=100&after=" + ids[117], 119, 118},
		}
		for name, test := range tests {
			var list []map[string]any
			_ = json.Unmarshal(w.call("GET", messages+test.query, "").body, &list)
			if test.first < 0 {
				if len(list) > 0 {
					t.Errorf("%s: %d are listed", name, len(list))
				}
				continue
			}
			if len(list) != test.first-test.last+1 || list[0]["id"] != ids[test.first] || list[len(list)-1]["id"] != ids[test.last] {
				t.Errorf("%s: %d are listed", name, len(list))
			}
		}
		if a := w.call("GET", messages+"?limit=101", ""); a.code() != 50035 {
			t.Errorf("too many at once: %d", a.code())
		}
	})
}

func TestFilesComeWithTheirMessage(t *testing.T) {
	in(t, func(w *world) {
		if a := w.upload("my notes.txt", []byte("words")); a.status != 200 {
			t.Fatalf("got %d %s", a.status, a.body)
		}
		files := w.Files(0)
		if len(files) != 1 || files[0].Name != "my_notes.txt" || string(files[0].Data) != "words" || w.Heard(0)[0].Text != "for you" {
			t.Errorf("got %+v", files)
		}
		if a := w.upload("big.txt", make([]byte, 10<<20+1)); a.status != 413 || a.code() != 40005 {
			t.Errorf("one too big: %d %d", a.status, a.code())
		}
		a := w.call("POST", messages, `{"content":"a","attachments":[{"id":0,"filename":"x"}]}`)
		if a.code() != 50035 {
			t.Errorf("one that is not there: %d", a.code())
		}
	})
}

func TestAnAttachmentIsServedForADay(t *testing.T) {
	in(t, func(w *world) {
		l, _ := w.identified()
		w.SendPhoto(0, []byte("\xff\xd8\xff not really"), "us")
		var m struct {
			ID          string
			Content     string
			Attachments []struct{ URL, Content_Type string }
		}
		_ = json.Unmarshal(l.want(0, "MESSAGE_CREATE").D, &m)
		if len(m.Attachments) != 1 || m.Attachments[0].Content_Type != "image/jpeg" || m.Content != "us" {
			t.Fatalf("got %+v", m)
		}
		fetch := func(url string) (int, string) {
			resp, err := w.web.Get(url)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			var body [100]byte
			n, _ := resp.Body.Read(body[:])
			return resp.StatusCode, string(body[:n])
		}
		if status, body := fetch(m.Attachments[0].URL); status != 200 || body != "\xff\xd8\xff not really" {
			t.Errorf("got %d %q", status, body)
		}
		if status, _ := fetch(m.Attachments[0].URL[:60]); status != 404 {
			t.Errorf("without signature: %d", status)
		}
		_ = l.Close()
		pass(25 * time.Hour)
		if status, _ := fetch(m.Attachments[0].URL); status != 404 {
			t.Errorf("after a day: %d", status)
		}
		_ = json.Unmarshal(w.call("GET", messages+"/"+m.ID, "").body, &m)
		if status, _ := fetch(m.Attachments[0].URL); status != 200 {
			t.Errorf("got anew: %d", status)
		}
	})
}

func TestWhoCanNotBeReached(t *testing.T) {
	in(t, func(w *world) {
		w.Block(0)
		if a := w.call("POST", messages, `{"content":"a"}`); a.status != 403 || a.code() != 50007 {
			t.Errorf("blocked: %d %d", a.status, a.code())
		}
		w.Bar(0, 50278)
		if a := w.call("POST", messages, `{"content":"a"}`); a.code() != 50278 {
			t.Errorf("no server shared: %d", a.code())
		}
		w.Unblock(0)
		w.say("again", "")
		if a := w.call("POST", "/channels/1/messages", `{"content":"a"}`); a.status != 404 || a.code() != 10003 {
			t.Errorf("unknown: %d %d", a.status, a.code())
		}
	})
}

func TestAChannelIsOpenedForAUser(t *testing.T) {
	in(t, func(w *world) {
		a := w.call("POST", "/users/@me/channels", `{"recipient_id":"`+w.User(7)+`"}`)
		if a.id() != w.Address(7).ID {
			t.Errorf("got %s", a.body)
		}
		if a := w.call("POST", "/users/@me/channels", `{"recipient_id":"1"}`); a.code() != 50033 {
			t.Errorf("an unknown user: %d", a.code())
		}
	})
}

func TestLimitsThatAreSwitchedOn(t *testing.T) {
	in(t, func(w *world) {
		w.LimitChannels(true)
		for range 5 {
			w.say("a", "")
		}
		a := w.call("POST", messages, `{"content":"a"}`)
		after, _ := a.json["retry_after"].(float64)
		if a.status != 429 || after != 5 || a.json["global"] != false || a.header.Get("Retry-After") != "5" {
			t.Errorf("the sixth: %d %s", a.status, a.body)
		}
		if a := w.call("POST", "/channels/300000000000003001/messages", `{"content":"a"}`); a.status != 200 || a.header.Get("X-RateLimit-Remaining") != "4" {
			t.Errorf("another channel: %d, %s left", a.status, a.header.Get("X-RateLimit-Remaining"))
		}
		pass(5 * time.Second)
		w.say("a", "")
		w.LimitChannels(false)
		w.LimitAll(true)
		for range 50 {
			w.say("a", "")
		}
		if a := w.call("POST", messages, `{"content":"a"}`); a.status != 429 || a.json["global"] != true {
			t.Errorf("the 51st: %d %s", a.status, a.body)
		}
		if w.Limited() != 2 {
			t.Errorf("%d were limited", w.Limited())
		}
	})
}

func TestWhatASendMeetsWith(t *testing.T) {
	tests := map[bottest.Ability]struct {
		statuses []int // one after another; 0 is a broken connection
		code     int
		arrives  bool
	}{
		bottest.Later:            {statuses: []int{429}},
		bottest.Temporary:        {statuses: []int{403}, code: 50001},
		bottest.Refused:          {statuses: []int{400}, code: 50035},
		bottest.Unreachable:      {statuses: []int{403}, code: 50007},
		bottest.AmbiguousArrived: {statuses: []int{0, 502}, arrives: true},
		bottest.AmbiguousLost:    {statuses: []int{502, 500}},
	}
	for ability, test := range tests {
		t.Run(string(ability), func(t *testing.T) {
			in(t, func(w *world) {
				for range test.statuses {
					w.Fail(0, ability)
				}
				w.call("POST", "/channels/300000000000003001/messages", `{"content":"for another"}`)
				for i, status := range test.statuses {
					a, err := w.try(w.request("POST", messages, "application/json", []byte(`{"content":"a"}`)))
					if (err != nil) != (status == 0) || a.status != status || a.code() != test.code {
						t.Errorf("got %d %s %v, want %d %d", a.status, a.body, err, status, test.code)
					}
					if arrived := len(w.Heard(0)); arrived != 0 && !test.arrives || arrived != i+1 && test.arrives {
						t.Errorf("%d arrived", arrived)
					}
				}
				w.say("and then again", "")
				if len(w.Heard(1)) != 1 {
					t.Error("it hit another person")
				}
			})
		})
	}
}

func TestFaultsForEverybody(t *testing.T) {
	in(t, func(w *world) {
		w.FailNext("GET /users/@me", discordtest.Fault{Status: 502}, 2)
		for i, want := range []int{502, 502, 200} {
			if a := w.call("GET", "/users/@me", ""); a.status != want || want == 502 && a.header.Get("Content-Type") != "text/html" {
				t.Errorf("call %d: %d", i, a.status)
			}
		}
		w.FailAll(0.5, discordtest.Fault{Status: 500}, discordtest.Fault{Status: 429, RetryAfter: time.Second, Global: true})
		seen := map[int]int{}
		for range 200 {
			seen[w.call("GET", "/users/@me", "").status]++
		}
		if seen[200] < 60 || seen[500] < 20 || seen[429] < 20 {
			t.Errorf("the answers were %v", seen)
		}
		w.FailAll(0)
		if a := w.call("GET", "/users/@me", ""); a.status != 200 {
			t.Errorf("afterwards: %d", a.status)
		}
	})
}

func TestSilenceLastsUntilTheCallerGivesUp(t *testing.T) {
	in(t, func(w *world) {
		w.web.Timeout = time.Minute
		w.FailNext("POST /channels/{channel}/messages", discordtest.Fault{Silent: true, Arrives: true}, 1)
		start := time.Now()
		_, err := w.try(w.request("POST", messages, "application/json", []byte(`{"content":"a"}`)))
		if err == nil || time.Since(start) != time.Minute || len(w.Heard(0)) != 1 {
			t.Errorf("after %v: %v, heard %d", time.Since(start), err, len(w.Heard(0)))
		}
		w.Latency(3 * time.Second)
		start = time.Now()
		if w.say("slow", ""); time.Since(start) != 3*time.Second {
			t.Errorf("it took %v", time.Since(start))
		}
	})
}

func TestCommandsAreRegisteredInPlaceOfAllThatWere(t *testing.T) {
	const path = "/applications/" + app + "/commands"
	const start = `{"name":"start","description":"Begin","description_localizations":{"de":"Anfangen"},"contexts":[1],"integration_types":[0,1]}`
	in(t, func(w *world) {
		if a := w.call("GET", path, ""); strings.TrimSpace(string(a.body)) != "[]" {
			t.Errorf("at first: %s", a.body)
		}
		if a := w.call("PUT", path, `[`+start+`]`); a.status != 200 {
			t.Fatalf("got %d %s", a.status, a.body)
		}
		first := w.Commands()[0]
		w.call("PUT", path, `[`+start+`,{"name":"private","description":"p","contexts":[0]}]`)
		if got := w.Commands(); len(got) != 2 || got[0].ID != first.ID || got[0].Version == first.Version {
			t.Errorf("got %+v", got)
		}
		if strings.Contains(string(w.call("GET", path, "").body), "Anfangen") {
			t.Error("other languages are told without being asked for")
		}
		if !strings.Contains(string(w.call("GET", path+"?with_localizations=true", "").body), "Anfangen") {
			t.Error("other languages are not told")
		}
		for name, body := range map[string]string{
			"a capital":          `[{"name":"Start","description":"a"}]`,
			"no description":     `[{"name":"start"}]`,
			"an unknown locale":  `[{"name":"start","description":"a","description_localizations":{"xx":"a"}}]`,
			"the same name":      `[` + start + `,` + start + `]`,
			"a long description": `[{"name":"start","description":"` + strings.Repeat("a", 101) + `"}]`,
		} {
			if a := w.call("PUT", path, body); a.code() != 50035 {
				t.Errorf("%s: %d", name, a.status)
			}
		}
		w.call("PUT", path, `[{"name":"start","description":"a","contexts":[1,2]}]`)
		w.wantViolation("read along")
	})
}

func TestARouteThatDoesNotExistIsAViolation(t *testing.T) {
	in(t, func(w *world) {
		if a := w.call("PUT", messages, "{}"); a.status != http.StatusNotFound {
			t.Errorf("got %d", a.status)
		}
		w.wantViolation("no route")
	})
}

func TestTheGatewayIsFoundByTheHostThatWasCalled(t *testing.T) {
	in(t, func(w *world) {
		w.SetStarts(7, time.Hour)
		a := w.call("GET", "/gateway/bot", "")
		limit, _ := a.json["session_start_limit"].(map[string]any)
		if a.json["url"] != "ws://discord.test/gateway" || limit["remaining"] != 7.0 || limit["reset_after"] != 3.6e6 {
			t.Errorf("got %s", a.body)
		}
		w.URL("ws://127.0.0.1:1/gateway")
		if a := w.call("GET", "/gateway", ""); a.json["url"] != "ws://127.0.0.1:1/gateway" {
			t.Errorf("got %s", a.body)
		}
	})
}
