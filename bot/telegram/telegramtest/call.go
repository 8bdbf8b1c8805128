package telegramtest

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// mostUpload is how many bytes a call can have.
const mostUpload = 50<<20 + 1<<16

// call is one call of a method: what it was given, as text. What has structure is JSON.
type call struct {
	params map[string]string
	files  map[string]upload
}

// upload is a file that came with a call.
type upload struct {
	name, kind string
	data       []byte
}

// readCall reads the parameters of a call from wherever they stand.
func readCall(r *http.Request) (call, error) {
	c := call{params: map[string]string{}}
	c.addAll(r.URL.Query())
	body, err := io.ReadAll(io.LimitReader(r.Body, mostUpload+1))
	if err != nil {
		return c, err
	}
	if len(body) > mostUpload {
		return c, &apiError{code: 413, text: "Request Entity Too Large"}
	}
	kind, more, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		return c, c.addJSON(body)
	case "multipart/form-data":
		return c, c.addParts(multipart.NewReader(strings.NewReader(string(body)), more["boundary"]))
	case "application/x-www-form-urlencoded":
		values, err := url.ParseQuery(string(body))
		c.addAll(values)
		return c, err
	}
	return c, nil
}

func (c call) addAll(values url.Values) {
	for name, all := range values {
		c.params[name] = all[0]
	}
}

func (c call) addJSON(body []byte) error {
	values := map[string]json.RawMessage{}
	if err := json.Unmarshal(body, &values); err != nil {
		return badRequest("can't parse JSON object")
	}
	for name, value := range values {
		text := ""
		switch {
		case string(value) == "null":
		case value[0] != '"':
			c.params[name] = string(value)
		case json.Unmarshal(value, &text) == nil:
			c.params[name] = text
		}
	}
	return nil
}

func (c *call) addParts(r *multipart.Reader) error {
	c.files = map[string]upload{}
	for {
		part, err := r.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return badRequest("can't parse the parts of the request")
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return badRequest("can't parse the parts of the request")
		}
		if part.FileName() == "" {
			c.params[part.FormName()] = string(data)
			continue
		}
		c.files[part.FormName()] = upload{part.FileName(), part.Header.Get("Content-Type"), data}
	}
}

func (c call) int(name string) int {
	n, _ := strconv.Atoi(c.params[name])
	return n
}

// isTrue says whether a parameter is given as true.
func (c call) isTrue(name string) bool {
	return strings.EqualFold(c.params[name], "true") || c.params[name] == "1"
}

// read reads what has structure; the zero value if it is left out.
func read[T any](c call, name string) (T, error) {
	var v T
	text := c.params[name]
	if text == "" {
		return v, nil
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return v, badRequest("can't parse " + name + " JSON object")
	}
	return v, nil
}
