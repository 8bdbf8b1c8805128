package discordtest

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	mostContent = 2000     // code points
	mostNonce   = 25       // characters
	mostUpload  = 10 << 20 // bytes, of all files of a call
	mostBody    = mostUpload + 1<<20
)

// form is the body of a call. What is nil was left out.
type form struct {
	data []byte // the JSON as it came

	Content         *string         `json:"content"`
	Nonce           json.RawMessage `json:"nonce"`
	EnforceNonce    bool            `json:"enforce_nonce"`
	AllowedMentions *struct {
		Parse *[]string `json:"parse"`
	} `json:"allowed_mentions"`
	Components  *[]row        `json:"components"`
	Flags       *int          `json:"flags"`
	Attachments *[]attachment `json:"attachments"`

	files map[int]upload
}

// attachment is what a form says of a file: a new one by the number of its part, one
// that is there by its id.
type attachment struct {
	ID       json.RawMessage `json:"id"`
	Filename string          `json:"filename"`
}

func (a attachment) id() string { return strings.Trim(string(a.ID), `"`) }

type upload struct {
	name, kind string
	data       []byte
}

// readForm reads a body. Its error is a *refusal.
func readForm(w http.ResponseWriter, r *http.Request) (form, error) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	if err != nil {
		return form{}, tooLarge()
	}
	if len(data) == 0 {
		return form{}, nil
	}
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		return decodeForm(data, nil)
	case "multipart/form-data":
		return readParts(data, params["boundary"])
	}
	return form{}, badJSON()
}

func decodeForm(data []byte, files map[int]upload) (form, error) {
	f := form{data: data, files: files}
	if !json.Valid(data) {
		return form{}, badJSON()
	}
	// Other routes have other fields, and a list where an object stands here.
	if err := json.Unmarshal(data, &f); err != nil && data[0] == '{' {
		return form{}, invalid("_", "BASE_TYPE_BAD_TYPE", "A field has the wrong type.")
	}
	return f, nil
}

func readParts(data []byte, boundary string) (form, error) {
	parts := multipart.NewReader(strings.NewReader(string(data)), boundary)
	payload, files, size := []byte("{}"), map[int]upload{}, 0
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return form{}, badJSON()
		}
		content, _ := io.ReadAll(part) // it is in memory
		if part.FormName() == "payload_json" {
			payload = content
			continue
		}
		if n, ok := fileNumber(part.FormName()); ok {
			size += len(content)
			files[n] = upload{part.FileName(), part.Header.Get("Content-Type"), content}
		}
	}
	if size > mostUpload {
		return form{}, tooLarge()
	}
	return decodeForm(payload, files)
}

// fileNumber gives n of "files[n]".
func fileNumber(name string) (int, bool) {
	digits, ok := strings.CutPrefix(name, "files[")
	digits, closed := strings.CutSuffix(digits, "]")
	n, err := strconv.Atoi(digits)
	return n, ok && closed && err == nil
}

// nonce gives the nonce as text, empty if there is none.
func (f *form) nonce() string {
	if string(f.Nonce) == "null" {
		return ""
	}
	return strings.Trim(string(f.Nonce), `"`)
}

// check refuses what Discord refuses of any message.
func (f *form) check() error {
	if f.Content != nil && utf8.RuneCountInString(*f.Content) > mostContent {
		return invalid("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
	}
	if utf8.RuneCountInString(f.nonce()) > mostNonce {
		return invalid("nonce", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	for _, a := range f.attachments() {
		if n, err := strconv.Atoi(a.id()); err == nil && n < 10 && f.files[n].data == nil {
			return invalid("attachments", "ATTACHMENT_NOT_FOUND", "There is no such file.")
		}
	}
	if f.Components != nil {
		return checkRows(*f.Components)
	}
	return nil
}

func (f *form) attachments() []attachment {
	if f.Attachments == nil {
		return nil
	}
	return *f.Attachments
}

// mentionsNobody says whether the form makes sure that no word of it calls anybody.
func (f *form) mentionsNobody() bool {
	return f.Content == nil || f.AllowedMentions != nil && f.AllowedMentions.Parse != nil && len(*f.AllowedMentions.Parse) == 0
}

// invalid refuses a form for one field.
func invalid(field, code, message string) error {
	problems := map[string]any{field: map[string]any{"_errors": []any{map[string]any{"code": code, "message": message}}}}
	return &refusal{status: http.StatusBadRequest, code: 50035, message: "Invalid Form Body", errors: problems}
}

func badJSON() error {
	return refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
}

func tooLarge() error {
	return refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
}

func emptyMessage() error {
	return refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")
}
