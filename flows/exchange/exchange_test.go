package exchange

import (
	"errors"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestAnOfferIsForTheSecondToAccept(t *testing.T) {
	h := offer(noon)
	if _, err := h.accept(First, noon, time.Hour); !errors.Is(err, ErrTurn) {
		t.Errorf("the first accepts their own offer: %v", err)
	}
	open, err := h.accept(Second, noon, time.Hour)
	if err != nil || open.Phase != Open || !open.Deadline.Equal(noon.Add(time.Hour)) || open.Version != 2 {
		t.Errorf("%+v, %v", open, err)
	}
	if _, err := open.accept(Second, noon, time.Hour); !errors.Is(err, ErrTurn) {
		t.Errorf("it is accepted twice: %v", err)
	}
	if _, err := h.accept(Second, noon.Add(OfferLength), time.Hour); !errors.Is(err, ErrOver) {
		t.Errorf("it is accepted after its time: %v", err)
	}
}

func TestAnExchangeLapsesOnceAndInItsTime(t *testing.T) {
	h := offer(noon)
	if got := h.lapse(noon.Add(OfferLength - 1)); got != h {
		t.Errorf("too soon: %+v", got)
	}
	over := h.lapse(noon.Add(OfferLength))
	if over.Phase != Lapsed || over.Version != 2 {
		t.Errorf("%+v", over)
	}
	if again := over.lapse(noon.Add(2 * OfferLength)); again != over {
		t.Errorf("it lapses twice: %+v", again)
	}
}

func TestWhatIsDoneGoesOutOnTheQuarter(t *testing.T) {
	for at, want := range map[string]string{"12:00:00": "12:15", "12:00:01": "12:15", "12:14:59": "12:15", "12:15:00": "12:30", "23:59:00": "00:00"} {
		now, _ := time.Parse(time.TimeOnly, at)
		if got := nextQuarter(now).Format("15:04"); got != want {
			t.Errorf("done at %s it goes out at %s, want %s", at, got, want)
		}
	}
}
