package telegramtest_test

import (
	"bytes"
	"image"
	"image/png"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/flows"
)

func TestATextArrivesAsItIs(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	send(t, s, with{
		"text": "  *a* <b> 👍🏽 bold\x00end\r\n ", "entities": `[{"type":"bold","offset":15,"length":4}]`,
		"reply_markup":         `{"inline_keyboard":[[{"text":"A","callback_data":"1.0"}],[{"text":"B","callback_data":"1.1"}]]}`,
		"disable_notification": "true",
	})
	text := "*a* <b> 👍🏽 bold end"
	at := strings.Index(text, "bold")
	want := flows.Message{
		Text: text, Strong: []flows.Span{{From: at, To: at + 4}},
		Buttons: []flows.Button{{Token: "1.0", Label: "A"}, {Token: "1.1", Label: "B"}},
	}
	if got := s.Heard(0); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("heard %+v", got)
	}
	if got := s.Log(0)[0]; !got.Silent || got.Strong[0] != "bold" || !reflect.DeepEqual(got.Rows, []int{1, 1}) {
		t.Errorf("the log has %+v", got)
	}
}

func TestWhatATextMustBe(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	for _, text := range []string{strings.Repeat("x", 4096), strings.Repeat("🙂", 2048), " " + strings.Repeat("x", 4096)} {
		send(t, s, with{"text": text})
	}
	buttons := func(text string) with { return to(with{"text": "x", "reply_markup": text}) }
	entity := func(text string) with { return to(with{"text": "👍 ab", "entities": text}) }
	for _, r := range []refusal{
		{"sendMessage", to(with{"text": strings.Repeat("x", 4097)}), "Bad Request: message is too long"},
		{"sendMessage", to(with{"text": strings.Repeat("🙂", 2049)}), "Bad Request: message is too long"},
		{"sendMessage", to(with{"text": " \n"}), "Bad Request: message text is empty"},
		{"sendMessage", to(with{"text": "\xff"}), "Bad Request: strings must be encoded in UTF-8"},
		{"sendMessage", to(with{"text": "x", "parse_mode": "HTML"}), "Bad Request: can't parse entities"},
		{"sendMessage", entity(`[{"type":"bold","offset":3,"length":3}]`), "Bad Request: entity beginning at UTF-16 offset 3 ends after"},
		{"sendMessage", entity(`[{"type":"bold","offset":1,"length":2}]`), "Bad Request: entity beginning at UTF-16 offset 1 begins or"},
		{"sendMessage", entity(`[{"type":"bold","offset":0,"length":0}]`), "Bad Request: can't parse entities"},
		{"sendMessage", entity(`{`), "Bad Request: can't parse entities"},
		{"sendMessage", to(with{"text": "x", "link_preview_options": "true"}), "Bad Request: can't parse link_preview_options"},
		{"sendMessage", buttons(`[]`), "Bad Request: can't parse reply keyboard markup JSON object"},
		{"sendMessage", buttons(`{"inline_keyboard":[[{"text":"","callback_data":"1"}]]}`), "Bad Request: inline keyboard button text must be non-empty"},
		{"sendMessage", buttons(`{"inline_keyboard":[[{"text":"A"}]]}`), "Bad Request: BUTTON_DATA_INVALID"},
		{"sendMessage", buttons(`{"inline_keyboard":[[{"text":"A","callback_data":"` + strings.Repeat("ü", 33) + `"}]]}`), "Bad Request: BUTTON_DATA_INVALID"},
		{"sendMessage", buttons(`{"inline_keyboard":[[` + strings.Repeat(`{"text":"A","callback_data":"1"},`, 100) + `{"text":"A","callback_data":"1"}]]}`), "Bad Request: reply markup is too long"},
		{"sendMessage", with{"text": "x"}, "Bad Request: chat_id is empty"},
		{"sendMessage", with{"text": "x", "chat_id": "1001"}, "Bad Request: chat not found"},
	} {
		r.check(t, s)
	}
	if n, m := len(s.Heard(0)), s.Arrived(); n != 3 || m != n {
		t.Errorf("%d messages stand there, %d arrived", n, m)
	}
}

func TestWhoCanNotBeReached(t *testing.T) {
	s := newServer(t)
	s.Block(0)
	refusal{"sendMessage", to(with{"text": "x"}), "Forbidden: bot was blocked by the user"}.check(t, s)
	s.Unblock(0)
	send(t, s, with{"text": "x"})
	s.Deactivate(0)
	refusal{"sendMessage", to(with{"text": "x"}), "Forbidden: user is deactivated"}.check(t, s)
	g := s.Group(0)
	g.Remove(0)
	refusal{"sendMessage", with{"chat_id": "-50000", "text": "x"}, "Forbidden: bot was kicked from the group chat"}.check(t, s)
	g.Add(0)
	must(t, s, "sendMessage", with{"chat_id": "-50000", "text": "x"})
	if len(g.Log()) != 1 || s.Unconfirmed() != 4 {
		t.Errorf("the group has %+v, and %d updates", g.Log(), s.Unconfirmed())
	}
}

func picture(width, height int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

type sentFile struct {
	Photo []struct {
		ID    string `json:"file_id"`
		Width int
	}
	Document struct {
		ID   string `json:"file_id"`
		Name string `json:"file_name"`
	}
}

func TestAPhotoThatWasUploadedCanBeSentAgain(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	data := picture(200, 100)
	a := upload(t, s, "sendPhoto", "photo", "x.png", data, to(with{"caption": "A view"}))
	sizes := read[sentFile](t, a.Result).Photo
	if len(sizes) != 2 || sizes[1].Width != 200 || sizes[0].Width >= 200 {
		t.Fatalf("the photo is %+v", sizes)
	}
	must(t, s, "sendPhoto", to(with{"photo": sizes[1].ID, "caption": "Again"}))
	files := s.Files(0)
	if len(files) != 2 || !bytes.Equal(files[1].Data, data) || files[1].Type != "image/png" || s.Heard(0)[1].Text != "Again" {
		t.Errorf("there are %d files, the texts are %+v", len(files), s.Heard(0))
	}
	s.ForgetFiles()
	refusal{"sendPhoto", to(with{"photo": sizes[1].ID}), "Bad Request: wrong file identifier/HTTP URL specified"}.check(t, s)
}

func TestADocumentKeepsItsName(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	a := upload(t, s, "sendDocument", "attached", "notes.txt", []byte("notes"), to(with{"document": "attach://attached"}))
	d := read[sentFile](t, a.Result).Document
	if got := s.Files(0); d.Name != "notes.txt" || len(got) != 1 || string(got[0].Data) != "notes" || got[0].Name != d.Name {
		t.Errorf("%+v arrived as %+v", d, got)
	}
	must(t, s, "sendDocument", to(with{"document": d.ID}))
	refusal{"sendPhoto", to(with{"photo": d.ID}), "Bad Request: can't use file of type"}.check(t, s)
}

func TestWhatAPhotoMustBe(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	for name, c := range map[string]struct {
		data    []byte
		caption string
		says    string
	}{
		"no picture":   {[]byte("text"), "", "Bad Request: IMAGE_PROCESS_FAILED"},
		"empty":        {nil, "", "Bad Request: file must be non-empty"},
		"too long":     {picture(2100, 100), "", "Bad Request: PHOTO_INVALID_DIMENSIONS"},
		"too large":    {make([]byte, 10<<20+1), "", "Bad Request: file of size 10485761 bytes is too big for a photo"},
		"much too big": {make([]byte, 51<<20), "", "Request Entity Too Large"},
		"long caption": {picture(9, 9), strings.Repeat("x", 1025), "Bad Request: message caption is too long"},
	} {
		a := upload(t, s, "sendPhoto", "photo", "x.png", c.data, to(with{"caption": c.caption}))
		if a.OK || !strings.HasPrefix(a.Description, c.says) {
			t.Errorf("%s: answered with %q", name, a.Description)
		}
	}
	upload(t, s, "sendPhoto", "photo", "x.png", picture(9, 9), to(with{"caption": strings.Repeat("🙂", 512)}))
	if len(s.Files(0)) != 1 {
		t.Error("a photo that is as it must be did not arrive")
	}
}

func TestAMessageIsEdited(t *testing.T) {
	s := newServer(t)
	const a, b = `{"inline_keyboard":[[{"text":"A","callback_data":"1"}]]}`, `{"inline_keyboard":[[{"text":"B","callback_data":"2"}]]}`
	s.Say(0, "hello") // number 1
	id := send(t, s, with{"text": "one", "reply_markup": a})
	edit := func(p with) with { p["message_id"] = id; return to(p) }
	must(t, s, "editMessageText", edit(with{"text": "two", "reply_markup": b}))
	refusal{"editMessageText", edit(with{"text": "two", "reply_markup": b}), "Bad Request: message is not modified"}.check(t, s)
	if got := s.Heard(0)[0]; got.Text != "two" || got.Buttons[0].Label != "B" {
		t.Errorf("heard %+v", got)
	}
	must(t, s, "editMessageReplyMarkup", edit(with{}))
	if got := s.Heard(0)[0]; got.Text != "two" || got.Buttons != nil {
		t.Errorf("heard %+v", got)
	}
	if got := s.Log(0)[0]; got.Text != "one" || got.Buttons[0].Label != "A" || !got.Edited {
		t.Errorf("the log has %+v", got)
	}
	for _, r := range []refusal{
		{"editMessageReplyMarkup", edit(with{}), "Bad Request: message is not modified"},
		{"editMessageText", edit(with{"text": ""}), "Bad Request: message text is empty"},
		{"editMessageText", to(with{"message_id": "1", "text": "x"}), "Bad Request: message can't be edited"},
		{"editMessageText", to(with{"message_id": "9", "text": "x"}), "Bad Request: message to edit not found"},
		{"editMessageCaption", edit(with{"caption": "x"}), "Bad Request: there is no caption in the message to edit"},
	} {
		r.check(t, s)
	}
}

func TestOnlyThisChatsMessagesAreDeleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		s.Say(0, "old") // number 1
		<-time.After(48 * time.Hour)
		s.Say(0, "mine")               // 2
		s.Say(1, "theirs")             // 3
		send(t, s, with{"text": "it"}) // 4
		must(t, s, "deleteMessages", to(with{"message_ids": "[2,3,4,99]"}))
		if got := s.Screen(0); !reflect.DeepEqual(got, []string{"old"}) || len(s.Heard(0)) != 0 || !s.Log(0)[0].Deleted {
			t.Errorf("there stands %q", got)
		}
		if len(s.Screen(1)) != 1 {
			t.Error("another chat's message is gone")
		}
		for _, r := range []refusal{
			{"deleteMessage", to(with{"message_id": "1"}), "Bad Request: message can't be deleted for everyone"},
			{"deleteMessage", to(with{"message_id": "2"}), "Bad Request: message to delete not found"},
			{"deleteMessage", to(with{"message_id": "3"}), "Bad Request: message to delete not found"},
			{"deleteMessages", to(with{"message_ids": "[1,5]"}), "Bad Request: message can't be deleted for everyone"},
			{"deleteMessages", to(with{"message_ids": "[]"}), "Bad Request: message identifiers are not specified"},
			{"deleteMessages", to(with{"message_ids": "[1" + strings.Repeat(",1", 100) + "]"}), "Bad Request: too many message identifiers"},
			{"editMessageText", to(with{"message_id": "4", "text": "x"}), "Bad Request: message to edit not found"},
		} {
			r.check(t, s)
		}
	})
}
