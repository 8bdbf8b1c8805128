package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/schedule"
	"kintsugi/store"
)

// work applies the effects of a turn, in its transaction.
type work struct {
	s    *Service
	r    *store.Records
	t    turn
	p    *store.Person
	done *result
}

func (w work) do(e flows.Effect) error {
	switch e := e.(type) {
	case flows.Say:
		return w.say(e)
	case flows.Record:
		return w.record(e)
	case flows.Keep:
		return w.keep(e.Item)
	case flows.Know:
		return w.know(e)
	case flows.Meet:
		w.p.Met = true
		return nil
	case flows.Await:
		return w.await(e)
	case flows.Unawait:
		return w.r.DeleteDue(w.p.ID, e.ID)
	case flows.Fetch:
		return w.fetchPhoto(e)
	case flows.KeepPhoto:
		return w.keepPhoto(e)
	case flows.DropPhoto:
		return w.r.DeletePhoto(w.p.ID, e.Photo)
	case flows.Hide:
		w.done.hide = w.p.Addresses
		return nil
	case flows.Delete:
		w.done.gone, w.done.answered = true, false // what was said before is not sent
		return nil
	case flows.MakeCode:
		return w.makeCode(e)
	case flows.DropCode:
		return w.r.DropCode(w.p.ID, e.Kind)
	case flows.Agree:
		return w.agree()
	case flows.Link:
		return w.link()
	case flows.Decline:
		return w.decline()
	case flows.Unlink:
		return w.unlink()
	case flows.Share:
		return w.share(e)
	case flows.BeginReveal:
		return w.beginReveal(e)
	case flows.AnswerReveal:
		return w.answerReveal(e)
	case flows.Withdraw:
		return w.withdraw()
	case flows.BeginRelay:
		return w.beginRelay(e.Text)
	case flows.AcceptRelay:
		return w.acceptRelay()
	case flows.SayRelay:
		return w.sayRelay(e.Text)
	case flows.ReadRelay:
		return w.readRelay()
	case flows.RuleRelay:
		return w.ruleRelay(e)
	case flows.BreakRelay:
		return w.breakRelay(e.Length)
	case flows.TakeNews:
		return w.r.DropNews(w.p.ID, e.ID)
	case flows.Propose:
		return w.propose(e)
	case flows.Give:
		return w.give(e)
	case flows.TakeBack:
		return w.takeBackGiven(e)
	case flows.TakeUp:
		return w.takeUp(e)
	case flows.TakeOff:
		return w.takeOff(e)
	case flows.SetNudge:
		return w.setNudge(e)
	case flows.DropNudge:
		return w.r.DeleteNudge(w.p.ID, e.ID, e.About)
	case flows.Snooze:
		return w.snooze(e)
	}
	if m, ok, err := w.agreementMove(e); ok {
		return errors.Join(err, w.moveAgreement(m))
	}
	return fmt.Errorf("no such effect: %T", e)
}

// say puts a message into the outbox. A reply goes on to the sender as soon as the
// turn is committed, unless it has to wait behind others. A nudge waits until a
// sender takes it.
func (w work) say(e flows.Say) error {
	if w.done.gone {
		if e.Document != "" || e.Picture != nil { // there is nothing left that could be in it
			return nil
		}
		last := direct(w.t.From, e.Message)
		last.Handle = w.done.handle(w.t)
		w.done.farewell = append(w.done.farewell, last)
		return nil
	}
	if w.p.Unreachable || len(w.p.Addresses) == 0 {
		return nil
	}
	lane := store.ReplyLane
	if e.Unasked {
		lane = store.NudgeLane
	}
	if w.t.unrequested {
		w.about(flows.Unasked, schedule.DateOf(w.t.now, w.zone()).String())
	}
	owed := said{Message: e.Message}
	if lane == store.ReplyLane {
		if owed.Handle = w.done.handle(w.t); owed.Handle != "" {
			owed.Chat = w.p.Addresses[0]
		}
	}
	body, err := json.Marshal(owed)
	if err != nil {
		return err
	}
	waits, err := w.waits(lane)
	if err != nil {
		return err
	}
	if waits {
		_, err := w.r.Enqueue(w.p.ID, lane, body, w.t.now, w.t.now)
		w.done.later(w.t.now)
		return err
	}
	kept, err := w.r.Attempt(w.p.ID, lane, body, w.t.now)
	w.done.rows = append(w.done.rows, row{Message: kept, to: w.p.Addresses[0], say: owed, began: w.t.began})
	return err
}

// sayPhrase says something that no conversation does.
func (w work) sayPhrase(key string) error {
	return w.say(flows.Say{Message: flows.Message{Text: w.s.steps.Phrase(key, w.p.Language)}})
}

// waits says whether a message cannot go to the sender at once.
func (w work) waits(lane store.Lane) (bool, error) {
	if lane == store.NudgeLane || w.s.senders[w.p.Addresses[0].Platform] == nil {
		return true, nil
	}
	return w.r.Waiting(w.p.ID, lane)
}

func (w work) record(e flows.Record) error {
	values, err := valuesJSON(e.Values)
	if err != nil {
		return fmt.Errorf("values of an entry: %w", err)
	}
	return w.r.PutEntry(w.p.ID, store.Entry{
		ID: e.ID, At: e.At, Kind: e.Kind, Text: e.Text, Flow: e.Flow, Values: values,
	})
}

func (w work) await(e flows.Await) error {
	at := e.At
	if w.t.due != nil && !at.After(w.t.now) {
		// A wait that lapses into one that has lapsed already would go round for ever.
		at = w.t.now.Add(time.Second)
	}
	w.done.later(at)
	return w.r.PutDue(store.Due{At: at, Person: w.p.ID, ID: e.ID})
}
