package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Secret is a text that is never printed: a token, a password.
type Secret string

// hidden stands for a secret wherever one would be printed.
const hidden = "(hidden)"

// Format hides the secret, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) {
	if s != "" {
		io.WriteString(f, hidden)
	}
}

// MarshalText hides the secret in YAML, JSON and logs.
func (s Secret) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(s)), nil }

// secret says where a secret may come from. The first that has it wins: the variable,
// the service manager's credential, the file.
type secret struct {
	key      string // of its file, in the configuration
	variable string // in the environment
	what     string // for whoever has to mend it
	file     string
	to       *Secret
}

// secrets lists them all.
func (c *Config) secrets() []secret {
	return []secret{
		{"telegram.token_file", "KINTSUGI_TELEGRAM_TOKEN", "the token that BotFather gave", c.Telegram.TokenFile, &c.Telegram.Token},
		{"telegram.webhook.secret_file", "KINTSUGI_TELEGRAM_WEBHOOK_SECRET", "a secret that you make up", c.Telegram.Webhook.SecretFile, &c.Telegram.Webhook.Secret},
		{"discord.token_file", "KINTSUGI_DISCORD_TOKEN", "the token of the bot", c.Discord.TokenFile, &c.Discord.Token},
		{"allow.phrase_file", "KINTSUGI_ALLOW_PHRASE", "the phrase that lets people in", c.Allow.PhraseFile, &c.Allow.Phrase},
	}
}

// credential is the name under which a service manager hands a secret over.
func (s secret) credential() string {
	name := strings.TrimPrefix(s.variable, "KINTSUGI_")
	return "kintsugi." + strings.ToLower(strings.ReplaceAll(name, "_", "-"))
}

// readSecrets reads every secret there is, and gives the mistakes.
func (c *Config) readSecrets(env func(string) string) []string {
	var mistakes []string
	for _, s := range c.secrets() {
		text, err := s.read(env)
		if err != nil {
			mistakes = append(mistakes, fmt.Sprintf("%s: %v", s.key, err))
		} else if text != "" {
			*s.to = Secret(text)
		}
	}
	return mistakes
}

// read gives a secret without the space around it, empty if there is none.
func (s secret) read(env func(string) string) (string, error) {
	if text := strings.TrimSpace(env(s.variable)); text != "" {
		return text, nil
	}
	if text, found, err := readCredential(env, s.credential()); found || err != nil {
		return text, err
	}
	if s.file == "" {
		return "", nil
	}
	if isNoPath(s.file) {
		return "", errors.New("this seems to be the secret itself; put it into a file, and write the file's name here")
	}
	text, err := readSecretFile(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("there is no file %q; write %s into it, or set %s", s.file, s.what, s.variable)
	}
	if err == nil && text == "" {
		return "", fmt.Errorf("%q is empty; write %s into it, or set %s", s.file, s.what, s.variable)
	}
	return text, err
}

// isNoPath says whether somebody wrote a secret where a file's name belongs: it must not
// be printed then.
func isNoPath(name string) bool {
	return telegramToken.MatchString(name) || len(name) > 40 && !strings.ContainsAny(name, `/\`)
}

// secretMax is more than any secret takes, in bytes.
const secretMax = 4 << 10

// readSecretFile reads a file that nobody but its owner may read.
func readSecretFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", cause(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", cause(path, err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("others can read %q; run chmod 600 on it, and if they may have done so, get a new one", path)
	}
	text, err := io.ReadAll(io.LimitReader(f, secretMax))
	if err != nil {
		return "", cause(path, err)
	}
	return strings.TrimSpace(string(text)), nil
}

func cause(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var named *fs.PathError
	if errors.As(err, &named) {
		err = named.Err
	}
	return fmt.Errorf("%q can't be read: %w", path, err)
}

// readCredential reads what a service manager hands over under a name. Who may read it
// is that one's affair: systemd gives the group a right that means nobody.
func readCredential(env func(string) string, name string) (text string, found bool, err error) {
	dir := env("CREDENTIALS_DIRECTORY")
	if dir == "" {
		return "", false, nil
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("reading the credential %s: %w", name, err)
	}
	return strings.TrimSpace(string(data)), true, nil
}
