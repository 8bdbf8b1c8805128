package telegramtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
)

// method carries out a call. The caller holds the mutex.
type method func(s *Server, c call) (any, error)

func methods() map[string]method {
	return map[string]method{
		"getMe":                  func(s *Server, _ call) (any, error) { return s.me, nil },
		"sendMessage":            (*Server).sendMessage,
		"sendPhoto":              (*Server).sendPhoto,
		"sendDocument":           (*Server).sendDocument,
		"sendChatAction":         (*Server).sendChatAction,
		"setMessageReaction":     (*Server).setMessageReaction,
		"editMessageText":        (*Server).editMessageText,
		"editMessageCaption":     (*Server).editMessageCaption,
		"editMessageReplyMarkup": (*Server).editMessageReplyMarkup,
		"deleteMessage":          (*Server).deleteMessage,
		"deleteMessages":         (*Server).deleteMessages,
		"answerCallbackQuery":    (*Server).answerCallbackQuery,
		"getFile":                (*Server).getFile,
		"setMyCommands":          (*Server).setMyCommands,
		"getMyCommands":          (*Server).getMyCommands,
		"deleteMyCommands":       (*Server).deleteMyCommands,
		"setMyDescription":       (*Server).setMyDescription,
		"getMyDescription":       (*Server).getMyDescription,
		"setMyShortDescription":  (*Server).setMyShortDescription,
		"getMyShortDescription":  (*Server).getMyShortDescription,
		"setWebhook":             (*Server).setWebhook,
		"deleteWebhook":          (*Server).deleteWebhook,
		"getWebhookInfo":         (*Server).getWebhookInfo,
		"getUpdates":             nil, // it waits: see poll.go
	}
}

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, name string) {
	name = s.properName(name)
	do, known := s.methods[name]
	if !known {
		writeError(w, errNotFound())
		return
	}
	c, err := readCall(r)
	s.count(name)
	fault := s.meet(name, c)
	if fault != 0 && !fault.takesEffect() {
		s.answerFault(w, r, fault)
		return
	}
	if err != nil {
		fail(w, err)
		return
	}
	if name == "getUpdates" {
		s.serveUpdates(w, r, c, fault)
		return
	}
	s.delay()
	result, err := s.do(do, c)
	switch {
	case fault != 0:
		s.answerFault(w, r, fault)
	case err != nil:
		fail(w, err)
	default:
		writeResult(w, result)
	}
}

// properName gives the name of a method as it is documented: names may be written in any
// case.
func (s *Server) properName(name string) string {
	if _, ok := s.methods[name]; ok {
		return name
	}
	for proper := range s.methods {
		if strings.EqualFold(proper, name) {
			return proper
		}
	}
	return name
}

func (s *Server) count(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[name]++
}

// do carries out a call, and tells those who wait for something to happen.
func (s *Server) do(m method, c call) ([]byte, error) {
	s.mu.Lock()
	result, err := m(s, c)
	s.tell()
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if sent, ok := result.(arrival); ok {
		sent.announce()
		result = sent.message
	}
	return json.Marshal(result)
}

// fail answers with an error; one that is no answer means that the call did not come
// through.
func fail(w http.ResponseWriter, err error) {
	var e *apiError
	if !errors.As(err, &e) {
		panic(http.ErrAbortHandler)
	}
	writeError(w, e)
}
