package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func noEnv(string) string { return "" }

func TestExampleIsTheDefaults(t *testing.T) {
	got, err := loadConfig("../../config.example.yaml", noEnv)
	if err != nil {
		t.Fatal(err)
	}
	if got != DefaultConfig() {
		t.Errorf("the example sets %+v, and the defaults are %+v", got, DefaultConfig())
	}
}

func TestExampleTellsEverySetting(t *testing.T) {
	data, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range knownKeys() {
		last := key[strings.LastIndex(key, ".")+1:]
		if !strings.Contains(string(data), last+":") {
			t.Errorf("the example says nothing of %s", key)
		}
	}
}

func TestMistakesAreAllNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k.yaml")
	text := "data:\n  dri: x\nlog:\n  level: loud\n  format: [1]\nzone: Europe/Lodnon\nterminal:\n  enabled: perhaps\nplatfrom: 3\nflows:\n  dir: /no/such/folder\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := loadConfig(path, noEnv)
	if err == nil {
		t.Fatal("no mistake was found")
	}
	for _, want := range []string{
		`k.yaml:2: there is no setting "data.dri"; did you mean "data.dir"?`,
		`k.yaml:9: there is no setting "platfrom"`,
		`log.level: "loud" is not one of debug, info, warn, error`,
		`zone: "Europe/Lodnon" is no time zone`,
		`k.yaml:5: this setting wants a text`,
		`k.yaml:8: this setting wants true or false`,
		`flows.dir: there is no folder "/no/such/folder"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in:\n%s", want, err)
		}
	}
	if exitStatus(err) != exitBroken {
		t.Errorf("exit status %d", exitStatus(err))
	}
}

func TestEnvironmentWins(t *testing.T) {
	env := map[string]string{"KINTSUGI_DATA_DIR": "/elsewhere", "KINTSUGI_ZONE": "Asia/Tokyo", "KINTSUGI_TERMINAL": "true"}
	got, err := loadConfig("../../config.example.yaml", func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	want := DefaultConfig()
	want.Data.Dir, want.Zone, want.Terminal.Enabled = "/elsewhere", "Asia/Tokyo", true
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte("data:\n  dir: x\n"))
	f.Add([]byte("data: [1, 2]\nlog: {level: {}}\n"))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := DefaultConfig()
		c.read("x.yaml", data)
		c.Validate()
	})
}
