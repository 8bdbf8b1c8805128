package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestASecretIsNeverPrinted(t *testing.T) {
	c := DefaultConfig()
	c.Telegram.Token, c.Discord.Token, c.Allow.Phrase = "71:hunter2", "hunter2", "hunter2"
	c.Telegram.Webhook.Secret = "hunter2"
	var printed bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X"} {
		fmt.Fprintf(&printed, verb+verb+verb+verb, c, &c, c.Discord.Token, c.Telegram)
	}
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	slog.New(slog.NewJSONHandler(&printed, nil)).Info("it", "config", c, "token", c.Discord.Token)
	slog.New(slog.NewTextHandler(&printed, nil)).Info("it", "config", c, "token", c.Discord.Token)
	fmt.Fprintf(&printed, "%s%s", asJSON, asYAML)
	for _, secret := range []string{"hunter2", "68756e74657232", "68756E74657232", "104 117"} {
		if strings.Contains(printed.String(), secret) {
			t.Errorf("%q is printed in:\n%s", secret, printed.String())
		}
	}
	if !strings.Contains(printed.String(), hidden) {
		t.Error("nothing stands in its place")
	}
}

// writeSecret writes a file into a folder.
func writeSecret(t *testing.T, dir, name, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestATokenComesFromTheEnvironmentThenTheServiceManagerThenItsFile(t *testing.T) {
	dir, given := t.TempDir(), t.TempDir()
	// systemd gives credentials a mode in which the group may read.
	writeSecret(t, given, "kintsugi.telegram-token", "2:given\n", 0o440)
	file := writeSecret(t, dir, "token", "3:file\n", 0o600)
	open := writeSecret(t, dir, "open", "4:open", 0o644)
	empty := writeSecret(t, dir, "empty", " \n", 0o600)
	tests := map[string]struct {
		env   map[string]string
		want  Secret
		wrong string
	}{
		"nothing":         {nil, "", ""},
		"the file":        {map[string]string{"KINTSUGI_TELEGRAM_TOKEN_FILE": file}, "3:file", ""},
		"the credential":  {map[string]string{"KINTSUGI_TELEGRAM_TOKEN_FILE": file, "CREDENTIALS_DIRECTORY": given}, "2:given", ""},
		"the environment": {map[string]string{"KINTSUGI_TELEGRAM_TOKEN": "1:env", "CREDENTIALS_DIRECTORY": given}, "1:env", ""},
		"a file that is not looked at": {
			map[string]string{"KINTSUGI_TELEGRAM_TOKEN": "1:env", "KINTSUGI_TELEGRAM_TOKEN_FILE": "nowhere"}, "1:env", "",
		},
		"a file that others can read": {map[string]string{"KINTSUGI_TELEGRAM_TOKEN_FILE": open}, "", "chmod 600"},
		"an empty file":               {map[string]string{"KINTSUGI_TELEGRAM_TOKEN_FILE": empty}, "", "is empty"},
		"a folder":                    {map[string]string{"KINTSUGI_TELEGRAM_TOKEN_FILE": dir}, "", "telegram.token_file: "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := loadConfig("", func(name string) string { return test.env[name] })
			if c.Telegram.Token != test.want {
				t.Errorf("not the token that was wanted")
			}
			if (err == nil) != (test.wrong == "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
				t.Errorf("error %v, want %q", err, test.wrong)
			}
		})
	}
}
