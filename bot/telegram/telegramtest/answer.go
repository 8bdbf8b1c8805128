package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// apiError is an answer that says no.
type apiError struct {
	code       int
	text       string
	retryAfter int // seconds
}

func (e *apiError) Error() string { return e.text }

func badRequest(text string) *apiError {
	return &apiError{code: http.StatusBadRequest, text: "Bad Request: " + text}
}

func forbidden(text string) *apiError {
	return &apiError{code: http.StatusForbidden, text: "Forbidden: " + text}
}

func conflict(text string) *apiError {
	return &apiError{code: http.StatusConflict, text: "Conflict: " + text}
}

func errNotFound() *apiError { return &apiError{code: http.StatusNotFound, text: "Not Found"} }

func errUnauthorized() *apiError {
	return &apiError{code: http.StatusUnauthorized, text: "Unauthorized"}
}

func errTooMany(seconds int) *apiError {
	return &apiError{
		code: http.StatusTooManyRequests, retryAfter: seconds,
		text: fmt.Sprintf("Too Many Requests: retry after %d", seconds),
	}
}

func writeError(w http.ResponseWriter, e *apiError) {
	text, _ := json.Marshal(e.text)
	more := ""
	if e.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(e.retryAfter))
		more = fmt.Sprintf(`,"parameters":{"retry_after":%d}`, e.retryAfter)
	}
	writeJSON(w, e.code, fmt.Appendf(nil, `{"ok":false,"error_code":%d,"description":%s%s}`, e.code, text, more))
}

func writeResult(w http.ResponseWriter, result []byte) {
	body := make([]byte, 0, len(result)+32)
	body = append(body, `{"ok":true,"result":`...)
	body = append(body, result...)
	writeJSON(w, http.StatusOK, append(body, '}'))
}

func writeJSON(w http.ResponseWriter, code int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	w.Write(body)
}
