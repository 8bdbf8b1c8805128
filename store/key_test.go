package store_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kintsugi/store"
)

func TestKeyTextRoundTrips(t *testing.T) {
	k := store.NewMasterKey()
	if k == store.NewMasterKey() {
		t.Fatal("two new keys are the same")
	}
	for _, text := range []string{k.Text(), k.Text() + "\n", "  " + k.Text() + "\r\n\t"} {
		got, err := store.ParseMasterKey(text)
		if err != nil || got != k {
			t.Errorf("a key did not come back from its text: %v", err)
		}
	}
	if strings.ContainsAny(k.Text(), "\r\n ") || !strings.HasPrefix(k.Text(), "kintsugi-key-1:") {
		t.Error("the text is not one line with its prefix")
	}
}

func TestParseMasterKeyRefuses(t *testing.T) {
	text := store.NewMasterKey().Text()
	secret := strings.TrimPrefix(text, "kintsugi-key-1:")
	for name, bad := range map[string]string{
		"nothing":                "",
		"a prefix alone":         "kintsugi-key-1:",
		"a secret alone":         secret,
		"another version":        "kintsugi-key-2:" + secret,
		"too short":              "kintsugi-key-1:" + base64.StdEncoding.EncodeToString(make([]byte, 31)),
		"too long":               "kintsugi-key-1:" + base64.StdEncoding.EncodeToString(make([]byte, 33)),
		"no padding":             strings.TrimSuffix(text, "="),
		"a letter cut":           text[:len(text)-5] + text[len(text)-4:],
		"a line break inside":    text[:30] + "\n" + text[30:],
		"a break for a letter":   text[:30] + "\n" + text[31:],
		"two keys":               text + "\n" + text,
		"not base64":             "kintsugi-key-1:" + strings.Repeat("!", 44),
		"stray bits at the end":  "kintsugi-key-1:" + strings.Repeat("A", 42) + "B=",
		"a space after the name": "kintsugi-key-1: " + secret,
	} {
		_, err := store.ParseMasterKey(bad)
		if !errors.Is(err, store.ErrBadKey) {
			t.Errorf("%s: error %v", name, err)
		} else if strings.Contains(err.Error(), secret[:10]) {
			t.Errorf("%s: the error holds the text", name)
		}
	}
}

func TestKeyIsNeverPrinted(t *testing.T) {
	k := store.NewMasterKey()
	secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(k.Text(), "kintsugi-key-1:"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%08b"} {
		fmt.Fprintf(&out, verb+" "+verb+" "+verb+"\n", k, &k, struct{ K store.MasterKey }{k})
	}
	out.WriteString(k.String() + k.GoString())
	slog.New(slog.NewTextHandler(&out, nil)).Info("key", "key", k, "in", []any{k})
	slog.New(slog.NewJSONHandler(&out, nil)).Info("key", "key", k, "in", []any{k})
	if _, err := json.Marshal(struct{ K store.MasterKey }{k}); err == nil {
		t.Error("a key was written as JSON")
	}
	for _, form := range []string{
		string(secret), k.Text()[20:40], fmt.Sprintf("%x", secret[:6]), fmt.Sprintf("%X", secret[:6]),
		fmt.Sprintf("%d %d %d", secret[0], secret[1], secret[2]), fmt.Sprintf("%#x, %#x", secret[0], secret[1]),
	} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the key was printed:\n%s", out.String())
		}
	}
	if strings.Count(out.String(), "hidden") < 30 {
		t.Errorf("printing a key does not say that it is hidden:\n%s", out.String())
	}
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	k, err := store.CreateKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v (%v)", info.Mode(), err)
	}
	if got, err := store.ReadKeyFile(path); err != nil || got != k {
		t.Errorf("reading the key back: %v", err)
	}
	if _, err := store.CreateKeyFile(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("creating it again: %v", err)
	}
	if got, err := store.ReadKeyFile(path); err != nil || got != k {
		t.Errorf("creating it again changed the file: %v", err)
	}
}

func TestReadKeyFileRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if _, err := store.ReadKeyFile(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is missing: %v", err)
	}
	if err := os.WriteFile(path, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.ReadKeyFile(path); !errors.Is(err, store.ErrBadKey) {
		t.Errorf("a file with something else: %v", err)
	}
	if err := os.WriteFile(path, []byte(store.NewMasterKey().Text()), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[fs.FileMode]error{
		0o600: nil, 0o400: nil, 0o700: nil,
		0o640: store.ErrKeyExposed, 0o604: store.ErrKeyExposed, 0o620: store.ErrKeyExposed,
		0o602: store.ErrKeyExposed, 0o644: store.ErrKeyExposed, 0o610: store.ErrKeyExposed,
	} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := store.ReadKeyFile(path); !errors.Is(err, want) {
			t.Errorf("mode %o: error %v, want %v", mode, err, want)
		}
	}
}

func TestCreateKeyFileInAMissingFolderFails(t *testing.T) {
	if _, err := store.CreateKeyFile(filepath.Join(t.TempDir(), "missing", "key")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func FuzzParseMasterKey(f *testing.F) {
	f.Add(store.NewMasterKey().Text())
	f.Add("kintsugi-key-1:")
	f.Add("\x00\xff")
	f.Fuzz(func(t *testing.T, text string) {
		k, err := store.ParseMasterKey(text)
		if err != nil {
			if !errors.Is(err, store.ErrBadKey) || err.Error() != store.ErrBadKey.Error() {
				t.Errorf("error %v", err)
			}
			return
		}
		if strings.TrimSpace(text) != k.Text() {
			t.Error("a key has two texts")
		}
	})
}
