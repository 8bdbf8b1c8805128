package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"kintsugi/flows"
)

// Config is everything that can be set. config.example.yaml is its manual.
type Config struct {
	Data     DataConfig     `yaml:"data"`
	Key      KeyConfig      `yaml:"key"`
	Flows    FlowsConfig    `yaml:"flows"`
	Zone     string         `yaml:"zone"`
	Telegram TelegramConfig `yaml:"telegram"`
	Discord  DiscordConfig  `yaml:"discord"`
	Terminal TerminalConfig `yaml:"terminal"`
	Allow    AllowConfig    `yaml:"allow"`
	Listen   string         `yaml:"listen"`
	Log      LogConfig      `yaml:"log"`
}

// DataConfig says where people's data is kept.
type DataConfig struct {
	Dir string `yaml:"dir"`
}

// KeyConfig says where the master key is.
type KeyConfig struct {
	File string `yaml:"file"`
}

// FlowsConfig says where the operator's own flows are.
type FlowsConfig struct {
	Dir string `yaml:"dir"`
}

// LogConfig says how the log is written.
type LogConfig struct {
	Level  string `yaml:"level"`
	Format string `yaml:"format"`
}

// TerminalConfig is for the chat in the terminal.
type TerminalConfig struct {
	Enabled bool `yaml:"enabled"`
}

// DefaultConfig is what holds where nothing is set.
func DefaultConfig() Config {
	return Config{
		Data: DataConfig{Dir: "kintsugi-data"},
		Key:  KeyConfig{File: "kintsugi.key"},
		Zone: "UTC",
		Log:  LogConfig{Level: "info", Format: "text"},
		Telegram: TelegramConfig{
			APIURL:  "https://api.telegram.org",
			Pace:    PaceConfig{PerSecond: 25, PerChat: 1},
			Webhook: WebhookConfig{Listen: "127.0.0.1:8081"},
		},
		Discord: DiscordConfig{APIURL: "https://discord.com/api/v9", Pace: PaceConfig{PerSecond: 40, PerChat: 1}},
		Allow:   AllowConfig{People: []string{}},
	}
}

// errConfig marks a configuration with mistakes.
var errConfig = errors.New("the configuration has mistakes")

// configError lists every mistake in a configuration.
type configError struct{ mistakes []string }

func (e *configError) Error() string { return strings.Join(e.mistakes, "\n") }
func (e *configError) Unwrap() error { return errConfig }

// loadConfig reads the file, if there is one, and then the environment, which wins.
func loadConfig(path string, env func(string) string) (Config, error) {
	c := DefaultConfig()
	var mistakes []string
	if path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			return c, fmt.Errorf("reading the configuration: %w", err)
		}
		mistakes = c.read(path, data)
	}
	mistakes = append(mistakes, c.fromEnvironment(env)...)
	mistakes = append(mistakes, c.readSecrets(env)...)
	mistakes = append(mistakes, c.Validate()...)
	if len(mistakes) > 0 {
		return c, &configError{mistakes}
	}
	return c, nil
}

// read lays a YAML document over c and gives its mistakes.
func (c *Config) read(path string, data []byte) []string {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return []string{path + ": " + strings.TrimPrefix(err.Error(), "yaml: ")}
	}
	if len(doc.Content) == 0 {
		return nil // an empty file sets nothing
	}
	mistakes := unknownKeys(path, "", doc.Content[0], knownKeys())
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(c); err != nil {
		for _, why := range typeErrors(err) {
			mistakes = append(mistakes, path+":"+plainly(why))
		}
	}
	return mistakes
}

func typeErrors(err error) []string {
	var wrong *yaml.TypeError
	if errors.As(err, &wrong) {
		return wrong.Errors
	}
	return []string{err.Error()}
}

// plainly says what YAML's "line 5: cannot unmarshal !!seq into string" means.
func plainly(why string) string {
	line, _, ok := strings.Cut(strings.TrimPrefix(why, "line "), ":")
	if !ok {
		return " " + why
	}
	wanted := "something else"
	switch {
	case strings.HasSuffix(why, "already defined at line "+lastWord(why)):
		return line + ": this setting stands at line " + lastWord(why) + " already; let one of them be"
	case strings.HasSuffix(why, " string"), strings.HasSuffix(why, ".Secret"):
		wanted = "a text"
	case strings.HasSuffix(why, "[]string"):
		wanted = "a list of texts"
	case strings.HasSuffix(why, " float64"):
		wanted = "a number"
	case strings.HasSuffix(why, " bool"):
		wanted = "true or false"
	case strings.Contains(why, "main."):
		wanted = "settings of its own, one below the other"
	}
	return line + ": this setting wants " + wanted
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// knownKeys gives every key there is, as "log.level". The defaults written out as
// YAML have them all.
func knownKeys() []string {
	data, err := yaml.Marshal(DefaultConfig())
	if err != nil {
		panic(err) // the defaults are ours
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		panic(err)
	}
	return keysOf("", doc.Content[0])
}

func keysOf(prefix string, n *yaml.Node) []string {
	var keys []string
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		key := prefix + n.Content[i].Value
		keys = append(append(keys, key), keysOf(key+".", n.Content[i+1])...)
	}
	return keys
}

// unknownKeys names each key that means nothing, with the nearest one that does.
func unknownKeys(path, prefix string, n *yaml.Node, known []string) []string {
	var mistakes []string
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		key := prefix + n.Content[i].Value
		if slices.Contains(known, key) {
			mistakes = append(mistakes, unknownKeys(path, key+".", n.Content[i+1], known)...)
			continue
		}
		why := fmt.Sprintf("%s:%d: there is no setting %q", path, n.Content[i].Line, key)
		if file := key + "_file"; slices.Contains(known, file) {
			why += fmt.Sprintf("; a secret does not stand here, but in a file that %q names", file)
		} else if near := flows.Nearest(key, known); near != "" {
			why += fmt.Sprintf("; did you mean %q?", near)
		}
		mistakes = append(mistakes, why)
	}
	return mistakes
}

// Validate gives every mistake, each with its key and with what would do.
func (c Config) Validate() []string {
	var mistakes []string
	wrong := func(format string, args ...any) { mistakes = append(mistakes, fmt.Sprintf(format, args...)) }
	if c.Data.Dir == "" {
		wrong("data.dir: name the folder in which people's data is kept")
	}
	if c.Key.File == "" {
		wrong("key.file: name the file that holds the key")
	}
	if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "" {
		wrong("zone: %q is no time zone; write one such as Europe/London", c.Zone)
	}
	if _, err := logLevel(c.Log.Level); err != nil {
		wrong("log.level: %q is not one of debug, info, warn, error", c.Log.Level)
	}
	if c.Log.Format != "text" && c.Log.Format != "json" {
		wrong("log.format: %q is not one of text, json", c.Log.Format)
	}
	if c.Flows.Dir != "" {
		if info, err := os.Stat(c.Flows.Dir); errors.Is(err, fs.ErrNotExist) {
			wrong("flows.dir: there is no folder %q", c.Flows.Dir)
		} else if err != nil || !info.IsDir() {
			wrong("flows.dir: %q can't be read as a folder", c.Flows.Dir)
		}
	}
	c.Telegram.validate(wrong)
	c.Discord.validate(wrong)
	if c.Listen != "" {
		validateListen(wrong, "listen", c.Listen)
	}
	for _, mistake := range c.Allow.allow().Validate() {
		wrong("%s", mistake)
	}
	return mistakes
}

func logLevel(word string) (slog.Level, error) {
	var level slog.Level
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, word) {
		return level, fmt.Errorf("no such level")
	}
	return level, level.UnmarshalText([]byte(word))
}
