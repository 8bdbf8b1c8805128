package telegramtest

import (
	"bytes"
	"net/http"
	"sort"
	"time"
)

const (
	mostUpdates = 100 // in an answer
	longestPoll = 50 * time.Second
)

// What ends a poll.
const (
	otherPoller = "terminated by other getUpdates request; make sure that only one bot instance is running"
	hookWasSet  = "terminated by setWebhook request"
	hookIsSet   = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

// poller is a getUpdates under way.
type poller struct {
	news chan struct{} // something is to be seen
	end  chan string   // why it has to end
}

func (p *poller) wakeUp() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// stopPoller ends the getUpdates under way, if there is one.
func (s *Server) stopPoller(why string) bool {
	if s.poller == nil {
		return false
	}
	s.poller.end <- why
	s.poller = nil
	return true
}

// Conflict is another program that polls with the same token, once: the getUpdates under
// way ends, or else the next one.
func (s *Server) Conflict() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopPoller(otherPoller) {
		s.conflicts++
	}
}

// serveUpdates answers a getUpdates. With a fault, it has the effect of one and no answer
// that is of use.
func (s *Server) serveUpdates(w http.ResponseWriter, r *http.Request, c call, with Fault) {
	p, err := s.startPoll(c)
	switch {
	case with != 0:
		s.endPoll(p)
		s.answerFault(w, r, with)
		return
	case err != nil:
		fail(w, err)
		return
	}
	s.wait(w, r, c, p)
}

// wait answers a poll when there is something, or when it is over.
func (s *Server) wait(w http.ResponseWriter, r *http.Request, c call, p *poller) {
	limit := c.int("limit")
	if limit < 1 || limit > mostUpdates {
		limit = mostUpdates
	}
	wait := min(max(time.Duration(c.int("timeout"))*time.Second, 0), longestPoll)
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for over := wait == 0; ; {
		if batch := s.batch(p, limit, over); batch != nil {
			writeResult(w, batch)
			return
		}
		select {
		case <-p.news:
		case <-timer.C:
			over = true
		case why := <-p.end:
			writeError(w, conflict(why))
			return
		case <-r.Context().Done():
			s.endPoll(p)
			return
		case <-s.closed:
			panic(http.ErrAbortHandler)
		}
	}
}

// startPoll confirms what the call confirms, and takes the place of the poll before.
func (s *Server) startPoll(c call) (*poller, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook != nil {
		return nil, conflict(hookIsSet)
	}
	if s.conflicts > 0 {
		s.conflicts--
		return nil, conflict(otherPoller)
	}
	if err := s.allow(c); err != nil {
		return nil, err
	}
	s.stopPoller(otherPoller)
	s.confirm(c.int("offset"))
	s.poller = &poller{news: make(chan struct{}, 1), end: make(chan string, 1)}
	return s.poller, nil
}

// confirm forgets the updates below an offset; with a negative one, all but so many.
func (s *Server) confirm(offset int) {
	n := len(s.updates) + offset
	if offset >= 0 {
		n = sort.Search(len(s.updates), func(i int) bool { return s.updates[i].id >= offset })
	}
	s.forget(max(n, 0))
}

func (s *Server) endPoll(p *poller) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.poller == p {
		s.poller = nil
	}
}

// batch gives what the answer to a poll is, and ends the poll; nil if there is nothing
// yet and the poll is not over, or if it was ended.
func (s *Server) batch(p *poller, limit int, over bool) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.poller != p || len(s.updates) == 0 && !over {
		return nil
	}
	s.poller = nil
	var b bytes.Buffer
	b.WriteByte('[')
	for i, u := range s.updates[:min(limit, len(s.updates))] {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(u.body)
	}
	b.WriteByte(']')
	return b.Bytes()
}
