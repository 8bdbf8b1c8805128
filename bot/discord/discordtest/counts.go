package discordtest

import (
	"slices"
	"time"
)

// counts is what a test asks afterwards.
type counts struct {
	calls      map[string]int // by route
	identifies int
	resumes    int
	unanswered int // of interactions that are no longer kept
	limited    int
	invalid    int
	violations []string
}

// violate notes something that the real Discord takes, or punishes later, and that a
// good bot does not do. The caller holds the mutex.
func (s *Server) violate(what string) {
	if !slices.Contains(s.counts.violations, what) {
		s.counts.violations = append(s.counts.violations, what)
	}
}

// Violations gives what the bot did that it should not have done, each once.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.counts.violations)
}

// Calls says how often a route was called, such as
// "POST /channels/{channel}/messages". It panics if there is none such.
func (s *Server) Calls(route string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.counts.calls[route]
	if !ok {
		panic("no such route: " + route)
	}
	return n
}

// Identifies says how many new sessions were asked for.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts.identifies
}

// Resumes says how often a session was taken up again.
func (s *Server) Resumes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts.resumes
}

// Unanswered says how many interactions got no answer in time, so that a person saw
// that the bot did not respond.
func (s *Server) Unanswered() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.counts.unanswered
	for _, a := range s.acts.open {
		if a.missed(time.Now()) {
			n++
		}
	}
	return n
}

// Limited says how many calls came too fast for the limits that are switched on.
func (s *Server) Limited() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts.limited
}

// Invalid says how many answers were 401, 403 or 429: too many of them ban a bot.
func (s *Server) Invalid() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts.invalid
}
