package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestEveryVariableThatIsNamedExists looks through all that tells operators of variables.
func TestEveryVariableThatIsNamedExists(t *testing.T) {
	files := []string{"../../README.md", "../../CHANGELOG.md", "../../config.example.yaml"}
	deployed, err := filepath.Glob("deploy/*")
	if err != nil || len(deployed) < 4 {
		t.Fatalf("%d files to deploy with (%v)", len(deployed), err)
	}
	variable := regexp.MustCompile(`KINTSUGI_[A-Z_]+[A-Z]`)
	for _, file := range append(files, deployed...) {
		for _, name := range variable.FindAllString(readFile(t, file), -1) {
			if !slices.Contains(variableNames(), name) {
				t.Errorf("%s names %s, which means nothing to the program", file, name)
			}
		}
	}
}

func TestTheExampleNamesEveryVariable(t *testing.T) {
	example := readFile(t, "../../config.example.yaml")
	for _, name := range variableNames() {
		if name != "KINTSUGI_CONFIG" && !strings.Contains(example, name) {
			t.Errorf("the example says nothing of %s", name)
		}
	}
}

// unit reads the settings of a systemd unit, those in comments as well.
func unit(t *testing.T, path string) map[string][]string {
	t.Helper()
	setting := regexp.MustCompile(`^#?([A-Z][A-Za-z]+)=(.*)$`)
	found := map[string][]string{}
	lines := bufio.NewScanner(strings.NewReader(readFile(t, path)))
	for lines.Scan() {
		if m := setting.FindStringSubmatch(lines.Text()); m != nil {
			found[m[1]] = append(found[m[1]], m[2])
		} else if line := lines.Text(); line != "" && line[0] != '#' && line[0] != '[' {
			t.Errorf("no setting: %q", line)
		}
	}
	return found
}

// parses says whether arguments are a command of the program.
func parses(t *testing.T, args ...string) bool {
	t.Helper()
	var c cli
	parser, err := kong.New(&c, kong.Writers(io.Discard, io.Discard), kong.Vars{"version": ""})
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(args)
	return err == nil
}

func TestTheUnitFitsTheProgram(t *testing.T) {
	u := unit(t, "deploy/kintsugi.service")
	command := strings.Fields(u["ExecStart"][0])
	if filepath.Base(command[0]) != "kintsugi" || !parses(t, command[1:]...) {
		t.Errorf("%q is no command", u["ExecStart"][0])
	}
	credentials := []string{keyCredential}
	for _, s := range (&Config{}).secrets() {
		credentials = append(credentials, s.credential())
	}
	for _, load := range u["LoadCredential"] {
		if name, _, _ := strings.Cut(load, ":"); !slices.Contains(credentials, name) {
			t.Errorf("the program looks for no credential %s", name)
		}
	}
	mendable := []int{exitFine, exitTrouble, exitInUse} // by starting again
	for _, text := range strings.Fields(u["RestartPreventExitStatus"][0]) {
		n, err := strconv.Atoi(text)
		if err != nil || n > exitNoKey || slices.Contains(mendable, n) {
			t.Errorf("status %s does not keep from starting again", text)
		}
	}
	if n, err := strconv.Atoi(u["TimeoutStopSec"][0]); err != nil || time.Duration(n)*time.Second <= stopTime {
		t.Errorf("%s is no time to stop in", u["TimeoutStopSec"][0])
	}
	for _, name := range []string{"DynamicUser", "NoNewPrivileges", "MemoryDenyWriteExecute"} {
		if !slices.Equal(u[name], []string{"yes"}) {
			t.Errorf("%s is %q", name, u[name])
		}
	}
}

func TestTheDockerfileFitsTheProgram(t *testing.T) {
	text := readFile(t, "deploy/Dockerfile")
	gomod := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(readFile(t, "../../go.mod"))
	for _, want := range []string{
		"FROM golang:" + gomod[1] + " AS build", "CGO_ENABLED=0", "\nUSER 65532:65532\n", "\nVOLUME /data\n",
		"KINTSUGI_DATA_DIR=/data", "KINTSUGI_KEY_FILE=/run/secrets/",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if !parses(t, "run") {
		t.Error("run is no command")
	}
}

func TestTheComposeFileHandsOverWhatItNames(t *testing.T) {
	var file struct {
		Services map[string]struct {
			ReadOnly    bool `yaml:"read_only"`
			Environment map[string]string
			Secrets     []string
			Volumes     []string
		}
		Secrets map[string]struct{ File string }
		Volumes map[string]struct{}
	}
	if err := yaml.Unmarshal([]byte(readFile(t, "deploy/compose.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	s := file.Services["kintsugi"]
	if !s.ReadOnly || !slices.Equal(s.Volumes, []string{"data:/data"}) || len(file.Volumes) != 1 {
		t.Errorf("what can be written is %v (read-only: %t)", s.Volumes, s.ReadOnly)
	}
	for name, value := range s.Environment {
		if secret := filepath.Base(value); !slices.Contains(s.Secrets, secret) {
			t.Errorf("%s is in no secret", name)
		}
	}
	for _, name := range s.Secrets {
		if file.Secrets[name].File != "secrets/"+name {
			t.Errorf("the secret %s is nowhere", name)
		}
	}
}
