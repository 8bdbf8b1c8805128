package telegramtest_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"kintsugi/bot/telegram/telegramtest"
)

func TestOnlyItsTokenAndKnownMethodsAreTaken(t *testing.T) {
	s := newServer(t)
	for path, want := range map[string]int{
		"/bot" + token + "/getMe":         http.StatusOK,
		"/bot" + token + "/GETME":         http.StatusOK,
		"/bot" + token + "/getNothing":    http.StatusNotFound,
		"/bot4711:wrong/getMe":            http.StatusUnauthorized,
		"/getMe":                          http.StatusNotFound,
		"/file/bot4711:wrong/photos/x":    http.StatusUnauthorized,
		"/file/bot" + token + "/photos/x": http.StatusNotFound,
	} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s is answered with %d %s", path, w.Code, w.Body)
		}
	}
	s.Revoke(true)
	if a := call(t, s, "getMe", nil); a.Code != http.StatusUnauthorized || a.Description != "Unauthorized" {
		t.Errorf("a revoked token is answered with %+v", a)
	}
	if n := s.Calls("getMe"); n != 2 {
		t.Errorf("%d calls were counted", n)
	}
}

func TestParametersComeAsAFormOrAsJSON(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	body := `{"chat_id":1000,"text":"hello","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"1"}]]},"entities":null}`
	r := httptest.NewRequest(http.MethodPost, "/bot"+token+"/sendMessage", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if a := serve(t, s, r); !a.OK {
		t.Fatal(a.Description)
	}
	serve(t, s, httptest.NewRequest(http.MethodGet, "/bot"+token+"/sendMessage?chat_id=1000&text=again", nil))
	if got := s.Heard(0); len(got) != 2 || got[0].Buttons[0].Label != "A" || got[1].Text != "again" {
		t.Errorf("heard %+v", got)
	}
}

func TestAnswersTellTheDate(t *testing.T) {
	s := newServer(t)
	s.Skew(-time.Hour)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/bot"+token+"/getMe", nil))
	at, err := http.ParseTime(w.Header().Get("Date"))
	if off := time.Since(at) - time.Hour; err != nil || off < -time.Minute || off > time.Minute {
		t.Errorf("the date is %v, %v", at, err)
	}
}

func TestCommandsAreKeptByScopeAndLanguage(t *testing.T) {
	s := newServer(t)
	private := `{"type":"all_private_chats"}`
	must(t, s, "setMyCommands", with{"scope": private, "language_code": "de", "commands": `[{"command":"help","description":"Hilfe"}]`})
	for lang, want := range map[string]string{"de": `[{"command":"help","description":"Hilfe"}]`, "": `[]`} {
		if got := must(t, s, "getMyCommands", with{"scope": private, "language_code": lang}); string(got) != want {
			t.Errorf("the commands in %q are %s", lang, got)
		}
	}
	want := []telegramtest.Command{{Command: "help", Description: "Hilfe"}}
	if got := s.Commands("all_private_chats", "de"); !reflect.DeepEqual(got, want) {
		t.Errorf("the commands are %+v", got)
	}
	for _, r := range []refusal{
		{"setMyCommands", with{"commands": `[{"command":"/help","description":"x"}]`}, "Bad Request: BOT_COMMAND_INVALID"},
		{"setMyCommands", with{"commands": `[{"command":"help","description":""}]`}, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"},
		{"setMyCommands", with{"scope": `{"type":"all"}`}, "Bad Request: can't parse BotCommandScope"},
		{"setMyShortDescription", with{"short_description": strings.Repeat("x", 121)}, "Bad Request: bot short_description is too long"},
	} {
		r.check(t, s)
	}
	must(t, s, "setMyDescription", with{"description": "A companion"})
	if got := must(t, s, "getMyDescription", with{"language_code": "de"}); string(got) != `{"description":"A companion"}` {
		t.Errorf("the description is %s", got)
	}
}

func TestWhatPeopleSendIsWhatTheyPicked(t *testing.T) {
	s := newServer(t)
	for _, kind := range s.Things() {
		s.SendThing(0, kind)
		got := string(must(t, s, "getUpdates", with{"offset": "-1"}))
		word, _, _ := strings.Cut(kind, " ")
		if !strings.Contains(got, `"message_id":`) || !strings.Contains(got, word) && word != "unheard" && word != "timer" {
			t.Errorf("%s came as %s", kind, got)
		}
	}
}

func TestAPhotoThatAPersonSentCanBeFetched(t *testing.T) {
	s := newServer(t)
	data := picture(640, 480)
	s.SendAlbum(0, "Us", data, []byte("no picture"))
	type update struct {
		Message struct {
			Caption string
			Album   string `json:"media_group_id"`
			Photo   []struct {
				ID     string `json:"file_id"`
				Width  int
				Height int
			}
		}
	}
	got := read[[]update](t, must(t, s, "getUpdates", nil))
	if len(got) != 2 || got[0].Message.Album == "" || got[0].Message.Album != got[1].Message.Album ||
		got[0].Message.Caption != "Us" || got[0].Message.Photo[1].Height != 480 {
		t.Fatalf("got %+v", got)
	}
	f := read[struct {
		Path string `json:"file_path"`
	}](t, must(t, s, "getFile", with{"file_id": got[0].Message.Photo[1].ID}))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/file/bot"+token+"/"+f.Path, nil))
	if w.Body.String() != string(data) {
		t.Errorf("%d bytes were fetched", w.Body.Len())
	}
	s.SendDocument(0, "big.bin", "application/octet-stream", make([]byte, 20<<20+1), "")
	s.ForgetFiles()
	refusal{"getFile", with{"file_id": got[0].Message.Photo[1].ID}, "Bad Request: wrong file_id"}.check(t, s)
}

func TestAnEditComesAsOne(t *testing.T) {
	s := newServer(t)
	s.Say(0, "helo")
	s.Edit(0, "hello")
	got := read[[]map[string]json.RawMessage](t, must(t, s, "getUpdates", nil))
	if len(got) != 2 || !strings.Contains(string(got[1]["edited_message"]), `"text":"hello"`) || !strings.Contains(string(got[1]["edited_message"]), `"edit_date"`) {
		t.Errorf("got %s", got)
	}
}

func TestCommandsAndMentionsAreMarked(t *testing.T) {
	s := newServer(t)
	s.Group(0).Say(0, "/start@"+telegramtest.Username+" 🙂 @somebody a@b 1/2 //x")
	got := string(must(t, s, "getUpdates", nil))
	want := `"entities":[{"type":"bot_command","offset":0,"length":24},{"type":"mention","offset":28,"length":9}]`
	if !strings.Contains(got, want) {
		t.Errorf("got %s", got)
	}
	if !strings.Contains(got, `"chat":{"id":-50000,"type":"group"`) || !strings.Contains(got, `"from":{"id":1000`) {
		t.Errorf("got %s", got)
	}
}
