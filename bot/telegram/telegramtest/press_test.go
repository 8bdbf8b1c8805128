package telegramtest_test

import (
	"testing"
	"testing/synctest"
	"time"
)

const question = `{"inline_keyboard":[[{"text":"Yes","callback_data":"1.0"},{"text":"No","callback_data":"1.1"}]]}`

func TestAPressBringsItsDataAndMessage(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	id := send(t, s, with{"text": "Shall we?", "reply_markup": question})
	send(t, s, with{"text": "Take your time."})
	s.PressTwice(0, "No")
	got := updates(t, s, nil)
	if len(got) != 2 || got[0].Query.Data != "1.1" || got[1].Query.Data != "1.1" || got[0].Query.ID == got[1].Query.ID {
		t.Fatalf("got %+v", got)
	}
	if m := got[0].Query.Message; string(m["message_id"]) != id || string(m["text"]) != `"Shall we?"` {
		t.Errorf("the message is %s", m)
	}
	must(t, s, "answerCallbackQuery", with{"callback_query_id": got[0].Query.ID})
	const old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
	refusal{"answerCallbackQuery", with{"callback_query_id": got[0].Query.ID}, old}.check(t, s)
	refusal{"answerCallbackQuery", with{"callback_query_id": "1"}, old}.check(t, s)
	if n := s.Unanswered(); n != 1 {
		t.Errorf("%d presses are unanswered", n)
	}
}

func TestAPressIsTooOldAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		s.Open(0)
		send(t, s, with{"text": "Shall we?", "reply_markup": question})
		s.Press(0, "Yes")
		<-time.After(149 * time.Second)
		s.Press(0, "Yes")
		<-time.After(2 * time.Second)
		got := updates(t, s, nil)
		refusal{"answerCallbackQuery", with{"callback_query_id": got[0].Query.ID}, "Bad Request: query is too old"}.check(t, s)
		must(t, s, "answerCallbackQuery", with{"callback_query_id": got[1].Query.ID})
	})
}

func TestAnOldButtonCanBePressedThatIsGone(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	id := send(t, s, with{"text": "Shall we?", "reply_markup": question})
	must(t, s, "editMessageReplyMarkup", to(with{"message_id": id}))
	s.PressOld(0, "Yes")
	must(t, s, "deleteMessage", to(with{"message_id": id}))
	s.PressOld(0, "Yes")
	got := updates(t, s, nil)
	if len(got) != 2 || got[0].Query.Data != "1.0" || got[1].Query.Data != "1.0" {
		t.Fatalf("got %+v", got)
	}
	if m := got[1].Query.Message; string(m["date"]) != "0" || m["text"] != nil {
		t.Errorf("a deleted message comes as %s", m)
	}
	defer func() {
		if recover() == nil {
			t.Error("a button was pressed that is gone")
		}
	}()
	s.Press(0, "Yes")
}
