package coach

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"kintsugi/flows/coach/english"
)

// What programs read is made from what people read. With -update it is made anew.
func TestCompiledIsWhatTheTextsSay(t *testing.T) {
	if *update {
		writeCompiled(t)
		return
	}
	if string(whole().compiled()) != english.Compiled {
		t.Error("english/compiled.bin is not what the texts say: go test ./flows/coach -run Compiled -update makes it anew")
	}
}

// writeCompiled compiles the texts as they stand on disk now.
func writeCompiled(t *testing.T) {
	t.Helper()
	l, err := Load(os.DirFS("english"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("english", "compiled.bin"), l.compiled(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The texts and their compiled form read alike.
func TestCompiledReadsAsTheTextsDo(t *testing.T) {
	if string(whole().compiled()) != english.Compiled {
		t.Skip("another test tells that it is stale")
	}
	texts, compiled := whole(), English()
	for i, s := range readCorpus(t, "testdata/corpus", "") {
		if i%10 != 0 || testing.Short() && i%100 != 0 {
			continue
		}
		if a, b := texts.Danger(s.Text), compiled.Danger(s.Text); a != b {
			t.Errorf("%+v by the texts, %+v compiled: %s", a, b, s.Text)
		}
		if a, b := texts.Opening(s.Text), compiled.Opening(s.Text); a != b {
			t.Errorf("it opens %s by the texts, %s compiled: %s", a, b, s.Text)
		}
		for mode := range crisisMode {
			a, b := texts.Read(mode, s.Text), compiled.Read(mode, s.Text)
			missing := reflect.DeepEqual(a.Missing(), b.Missing()) && a.Good() == b.Good()
			a.language, b.language = nil, nil
			if !missing || !reflect.DeepEqual(a, b) {
				t.Errorf("%+v by the texts, %+v compiled: %s", a, b, s.Text)
			}
		}
	}
	for _, f := range texts.faux {
		if !reflect.DeepEqual(texts.Beneath(f.Word), compiled.Beneath(f.Word)) {
			t.Errorf("what lies beneath %q is not the same", f.Word)
		}
	}
}

// Whatever is cut short, damaged or of another version is refused.
func TestCompiledIsChecked(t *testing.T) {
	all := english.Compiled
	for name, text := range map[string]string{
		"nothing":         "",
		"the version":     compiledVersion,
		"half":            all[:len(all)/2],
		"all but a byte":  all[:len(all)-1],
		"more":            all + "\x00",
		"another version": strings.Replace(all, compiledVersion, "kintsugi coach 0\n", 1),
		"a wrong byte":    all[:99999] + string(all[99999]^1) + all[100000:],
	} {
		if _, err := open(text, english.Real); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// A coder stops where what it reads ends or makes no sense, whatever the sum says.
func TestCoderChecksWhatItReads(t *testing.T) {
	body := english.Compiled[len(compiledVersion)+4:]
	for _, size := range []int{0, 1, 1000, 100_000, 300_000, 500_000, 900_000, 1_400_000, 2_000_000, len(body) - 1} {
		c := &coder{in: body[:min(size, len(body)-1)]}
		c.language(&Language{vocabulary: &vocabulary{}, stems: &stems{}})
		if c.err == nil {
			t.Errorf("%d of %d bytes are taken for all", size, len(body))
		}
	}
}
