package answer_test

import (
	"bytes"
	"os"
	"testing"
	_ "time/tzdata"

	"go.yaml.in/yaml/v3"

	"kintsugi/flows/answer"
)

// wordFiles are where the languages' words are: English where the program has it,
// German as an example that words are data.
var wordFiles = map[string]string{"en": "../content/words.yaml", "de": "testdata/de.yaml"}

// words loads a language's words, strictly.
func words(t testing.TB, language string) answer.Words {
	t.Helper()
	data, err := os.ReadFile(wordFiles[language])
	if err != nil {
		t.Fatal(err)
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if language != "en" {
		var w answer.Words
		if err := d.Decode(&w); err != nil {
			t.Fatal(err)
		}
		return w
	}
	var file struct{ Words answer.Words }
	if err := d.Decode(&file); err != nil {
		t.Fatal(err)
	}
	return file.Words
}

func reader(t testing.TB, language string) *answer.Reader {
	t.Helper()
	r, err := answer.New(words(t, language))
	if err != nil {
		t.Fatal(err)
	}
	return r
}
