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
	if !reflect.DeepEqual(got, DefaultConfig()) {
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
	text := `data:
  dri: x
log:
  level: loud
  format: [1]
zone: Europe/Lodnon
terminal:
  enabled: perhaps
platfrom: 3
flows:
  dir: /no/such/folder
telegram:
  token: 1:x
  token_file: nowhere.token
  api_url: api.telegram.org
  pace: {per_second: -1, per_chat: some}
  webhook: {url: "http://example.org/hook", listen: here}
discord:
  token_file: "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.GhIjKl.abcdefghijklmnopqrstuvwxyz"
  api_url: ftp://example.org
allow:
  people: mara
listen: "9090"
`
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
		`k.yaml:13: there is no setting "telegram.token"; a secret does not stand here, but in a file that "telegram.token_file" names`,
		`telegram.token_file: there is no file "nowhere.token"; write the token that BotFather gave into it, or set KINTSUGI_TELEGRAM_TOKEN`,
		`telegram.api_url: "api.telegram.org" is no http or https address`,
		`telegram.pace.per_second: -1 is no pace`,
		`k.yaml:16: this setting wants a number`,
		`telegram.webhook.url: "http://example.org/hook" is no https address`,
		`telegram.webhook.listen: "here" is no address to listen at`,
		`telegram.webhook.secret_file: make up a secret`,
		`discord.token_file: this seems to be the secret itself`,
		`discord.api_url: "ftp://example.org" is no http or https address`,
		`k.yaml:22: this setting wants a list of texts`,
		`listen: "9090" is no address to listen at`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in:\n%s", want, err)
		}
	}
	if strings.Contains(err.Error(), "GhIjKl") {
		t.Errorf("a token is told:\n%v", err)
	}
	if exitStatus(err) != exitBroken {
		t.Errorf("exit status %d", exitStatus(err))
	}
}

func TestASettingThatStandsTwiceIsSaidToDoSo(t *testing.T) {
	var c Config
	got := c.read("k.yaml", []byte("zone: UTC\ntelegram:\n  token_file: a\nzone: UTC\n"))
	want := "k.yaml:4: this setting stands at line 1 already; let one of them be"
	if len(got) != 1 || got[0] != want {
		t.Errorf("it is said %q, want %q", got, want)
	}
}

func TestEnvironmentWins(t *testing.T) {
	env := map[string]string{
		"KINTSUGI_DATA_DIR": "/elsewhere", "KINTSUGI_ZONE": "Asia/Tokyo", "KINTSUGI_TERMINAL": "true",
		"KINTSUGI_TELEGRAM_PER_SECOND": "0", "KINTSUGI_DISCORD_PER_CHAT": "2.5", "KINTSUGI_ALLOW_PEOPLE": "telegram:1, discord:2",
		"KINTSUGI_TELEGRAM_TOKEN": " 12:ab\n", "KINTSUGI_LISTEN": "127.0.0.1:0",
	}
	got, err := loadConfig("../../config.example.yaml", func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	want := DefaultConfig()
	want.Data.Dir, want.Zone, want.Terminal.Enabled = "/elsewhere", "Asia/Tokyo", true
	want.Telegram.Pace.PerSecond, want.Discord.Pace.PerChat = 0, 2.5
	want.Allow.People = []string{"telegram:1", "discord:2"}
	want.Telegram.Token, want.Listen = "12:ab", "127.0.0.1:0"
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestMistakesInTheEnvironmentAreNamed(t *testing.T) {
	env := map[string]string{
		"KINTSUGI_TERMINAL": "yes", "KINTSUGI_TELEGRAM_PER_CHAT": "one", "KINTSUGI_DISCORD_PER_SECOND": "NaN",
		"KINTSUGI_TELEGRAM_TOKEN": "not-a-token", "KINTSUGI_DISCORD_TOKEN": "Bot secret-part",
	}
	_, err := loadConfig("", func(name string) string { return env[name] })
	if err == nil {
		t.Fatal("no mistake was found")
	}
	for _, want := range []string{
		`KINTSUGI_TERMINAL: "yes" is neither true nor false`,
		`KINTSUGI_TELEGRAM_PER_CHAT: "one" is no number`,
		`discord.pace.per_second: NaN is no pace`,
		`telegram.token_file: what is there (or in KINTSUGI_TELEGRAM_TOKEN) is no token`,
		`discord.token_file: what is there (or in KINTSUGI_DISCORD_TOKEN) is no token`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in:\n%s", want, err)
		}
	}
	for _, secret := range []string{"not-a-token", "secret-part"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q is told:\n%v", secret, err)
		}
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
