package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kintsugi/bot/discord/discordtest"
	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
	"kintsugi/store"
	"kintsugi/store/bolt"
)

const (
	guestsEach = 3 // people on each platform
	// patience is after how long a wait fails for something that does not happen.
	patience = time.Minute
)

// wordsFlow asks for one word after another, each of which is recorded, and says
// something by itself now and then.
const wordsFlow = `
id: test.words
command: words
does: asks for words
title: Words
for: both
minutes: 1
strangers: true
vars: {n: 1}
steps:
  - id: ask
    ask: Word {{.n}}?
    type: text
    save: word
  - id: keep
    record: note
    text: "{{.n}}={{.word}}"
  - id: over
    branch:
      - when: word == "enough"
        then: quiet
    else: count
  - id: count
    set: {n: n + 1}
  - id: again
    goto: ask
  - id: quiet
    wait: I'll be quiet for a second.
    for: 1s
    done: I'm here.
    lapse: bell
  - id: spoke
    end: You spoke.
  - id: bell
    end: A bell.
`

// server is a stand-in for a platform.
type server interface {
	Say(person int, text string)
	Press(person int, label string)
	Heard(person int) []flows.Message
}

// house is what outlives the program: the platforms and the disk.
type house struct {
	t        testing.TB
	dir      string
	telegram *telegramtest.Server
	discord  *discordtest.Server
	urls     [2]string
	random   *rand.Rand
	ahead    time.Duration // of the service's clock
	pace     string        // messages a second on Telegram, in all and to one chat; empty for the usual

	cmd  *exec.Cmd
	logs bytes.Buffer
}

const (
	testTelegramToken = "4242:AAE-not-a-real-token-for-anything-00000"
	testDiscordToken  = "bm90.a-real.token-for-anything"
)

func newHouse(t testing.TB) *house {
	h := &house{
		t: t, dir: t.TempDir(), pace: "0",
		telegram: telegramtest.New(testTelegramToken), discord: discordtest.New(testDiscordToken),
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	h.random = rand.New(rand.NewPCG(seed, 1))
	h.urls = [2]string{serveOn(t, h.telegram), serveOn(t, h.discord) + "/api/v9"}
	if err := os.MkdirAll(filepath.Join(h.dir, "flows"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.dir, "flows", "words.yaml"), []byte(wordsFlow), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if h.cmd != nil {
			h.kill()
		}
		if t.Failed() {
			t.Logf("the log of the program:\n%s", tail(h.logs.String(), 60))
		}
	})
	return h
}

// tail gives the last lines of a text.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// serveOn serves on loopback until the test ends, and gives the address.
func serveOn(t testing.TB, s interface {
	Serve(net.Listener) error
	Close()
}) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	t.Cleanup(func() {
		s.Close()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

// start starts the program from the environment alone.
func (h *house) start() {
	h.t.Helper()
	h.cmd = exec.Command("kintsugi", "run")
	h.cmd.Env = append(os.Environ(),
		"KINTSUGI_DATA_DIR="+filepath.Join(h.dir, "data"),
		"KINTSUGI_KEY_FILE="+filepath.Join(h.dir, "kintsugi.key"),
		"KINTSUGI_FLOWS_DIR="+filepath.Join(h.dir, "flows"),
		"KINTSUGI_TELEGRAM_TOKEN="+testTelegramToken, "KINTSUGI_TELEGRAM_API_URL="+h.urls[0],
		"KINTSUGI_TELEGRAM_PER_SECOND="+h.pace, "KINTSUGI_TELEGRAM_PER_CHAT="+h.pace,
		"KINTSUGI_DISCORD_TOKEN="+testDiscordToken, "KINTSUGI_DISCORD_API_URL="+h.urls[1],
		"KINTSUGI_DISCORD_PER_SECOND=0", "KINTSUGI_DISCORD_PER_CHAT=0",
		"KINTSUGI_LOG_LEVEL=debug", aheadVariable+"="+h.ahead.String(),
	)
	h.cmd.Stderr = &h.logs
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
}

// kill kills the program with -9.
func (h *house) kill() {
	_ = h.cmd.Process.Kill()
	_ = h.cmd.Wait()
	h.cmd = nil
}

// stop ends the program as an operator does.
func (h *house) stop() {
	h.t.Helper()
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		h.t.Fatal(err)
	}
	if err := h.cmd.Wait(); err != nil {
		h.t.Errorf("the program ended with %v", err)
	}
	h.cmd = nil
}

// guest is somebody who writes to the bot.
type guest struct {
	h      *house
	name   string
	server server
	until  func(context.Context, func() bool) error
	person int
	words  bool // answers in words, never by a button

	answered map[string]bool // questions
	said     int             // words given
}

func (h *house) guests() []*guest {
	var all []*guest
	for n := range guestsEach {
		all = append(all,
			&guest{h: h, name: fmt.Sprintf("telegram %d", n), server: h.telegram, until: h.telegram.WaitFor, person: n, answered: map[string]bool{}},
			&guest{h: h, name: fmt.Sprintf("discord %d", n), server: h.discord, until: h.untilOnDiscord, person: n, words: true, answered: map[string]bool{}})
	}
	return all
}

// untilOnDiscord waits until something holds of what happened on Discord.
func (h *house) untilOnDiscord(ctx context.Context, is func() bool) error {
	for {
		changed := h.discord.Changed()
		if is() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// reply is an answer to a question of the onboarding, by its words and by its button.
type reply struct{ question, words, button string }

var replies = []reply{
	{"Are you 18 or older?", "yes", "Yes"},
	{"What shall I call you?", "Sam", "No name, thanks"},
	{"hat brings you here?", "my trust was broken", "My trust was broken"},
	{"Is this screen private", "yes, it's private", "Yes, it's private"},
	{"who frightens you?", "no", "No"},
	{"Does anyone keep you from", "no", "No"},
	{"Does anyone close to you hurt you", "no", "No"},
	{"are you afraid that you might harm", "no", "No"},
	{"How long ago did it come out?", "some weeks", "Some weeks"},
	{"And what was it about?", "money", "Money"},
	{"How are you going about it?", "alone for now", "Alone for now"},
	{"Which town are you in or near", "Lisbon, Portugal", ""},
	{"Is that right?", "that's right", "That's right"},
	{"about right?", "that's fine", "That's fine"},
	{"Shall a short check-in come by itself?", "nothing, thanks", "Nothing, thanks"},
	{"That's all I ask.", "/words", ""},
}

var wordQuestion = regexp.MustCompile(`Word (\d+)\?`)

// inFront gives the question that waits for an answer, with what to answer.
func (g *guest) inFront() (question string, answer reply, ok bool) {
	heard := g.server.Heard(g.person)
	if len(heard) == 0 {
		return "", reply{}, false
	}
	text := heard[len(heard)-1].Text
	if m := wordQuestion.FindStringSubmatch(text); m != nil && !g.answered[m[0]] {
		return m[0], reply{words: "word-" + m[1]}, true
	}
	for _, r := range replies {
		if strings.Contains(text, r.question) && !g.answered[r.question] {
			return r.question, r, true
		}
	}
	return "", reply{}, false
}

// answer waits for a question that has no answer yet, and answers it. enough is said in
// place of a word.
func (g *guest) answer(enough bool) error {
	var question string
	var answer reply
	err := g.await("a question", func() (ok bool) {
		question, answer, ok = g.inFront()
		return ok
	})
	if err != nil {
		return err
	}
	g.answered[question] = true
	isWord := wordQuestion.MatchString(question)
	if isWord {
		g.said++
	}
	switch {
	case isWord && enough:
		g.server.Say(g.person, "enough")
	case g.words || answer.button == "":
		g.server.Say(g.person, answer.words)
	default:
		g.server.Press(g.person, answer.button)
	}
	return nil
}

// await waits until something holds.
func (g *guest) await(what string, is func() bool) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := g.until(ctx, is); err != nil {
		var last []string
		for _, m := range g.server.Heard(g.person) {
			last = append(last, m.Text)
		}
		return fmt.Errorf("%s waited in vain for %s; the last they heard is %q", g.name, what, last[max(0, len(last)-6):])
	}
	return nil
}

// TestKilledInTheMiddleOnBothPlatforms lets people on stand-ins for both platforms go
// through the first questions, by buttons here and in words there, and then give words
// while the program is killed again and again.
func TestKilledInTheMiddleOnBothPlatforms(t *testing.T) {
	kills := 50
	if testing.Short() {
		kills = 5
	}
	h := newHouse(t)
	h.start()
	guests := h.guests()
	if !h.discord.Await(patience) {
		t.Fatal("the program does not come to Discord")
	}
	for _, g := range guests {
		g.server.Say(g.person, "/start")
		g.must(g.await("the greeting", func() bool { _, _, ok := g.inFront(); return ok }))
	}
	h.stop() // Discord tells of nobody who wrote while the program was down, unless they are known
	h.start()

	repeats := 0 // of replies on Telegram, at most
	for range kills {
		inFlight := h.someAnswer(guests)
		h.kill()
		repeats += inFlight
		h.start()
	}
	var all sync.WaitGroup
	for _, g := range guests {
		all.Go(func() {
			if err := g.finish(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	h.stop()
	for _, g := range guests {
		g.check()
	}
	h.checkRepeats(guests, repeats)
	h.checkLogs()
}

// someAnswer lets some people answer, and gives a random moment after that. It says how
// many of those on Telegram may be waiting for their reply.
func (h *house) someAnswer(guests []*guest) (inFlight int) {
	for range 1 + h.random.IntN(2*len(guests)) {
		g := guests[h.random.IntN(len(guests))]
		g.must(g.answer(false))
	}
	wait := time.NewTimer(time.Duration(h.random.Int64N(int64(12 * time.Millisecond))))
	<-wait.C
	for _, g := range guests {
		if !g.words {
			inFlight++
		}
	}
	return inFlight
}

// finish gives a few more words and then enough, and hears the bell.
func (g *guest) finish() error {
	for g.said < 5 {
		if err := g.answer(false); err != nil {
			return err
		}
	}
	if err := g.answer(true); err != nil {
		return err
	}
	return g.await("the bell", func() bool {
		heard := g.server.Heard(g.person)
		return len(heard) > 0 && strings.Contains(heard[len(heard)-1].Text, "A bell.")
	})
}

// entries opens the data and gives what each person has in the journal, by their address.
func (h *house) entries() map[store.Address][]store.Entry {
	h.t.Helper()
	ctx := context.Background()
	key, err := store.ReadKeyFile(filepath.Join(h.dir, "kintsugi.key"))
	if err != nil {
		h.t.Fatal(err)
	}
	db, err := bolt.Open(filepath.Join(h.dir, "data", dataFile))
	if err != nil {
		h.t.Fatal(err)
	}
	s, err := store.Open(ctx, db, key)
	if err != nil {
		h.t.Fatal(err)
	}
	defer s.Close()
	all := map[store.Address][]store.Entry{}
	err = s.View(ctx, func(r *store.Records) error {
		ids, err := r.People(0, 100)
		if err != nil {
			return err
		}
		for _, id := range ids {
			p, err := r.Person(id)
			if err != nil {
				return err
			}
			entries, err := r.Entries(id, "note", 0, 10_000)
			if err != nil {
				return err
			}
			all[p.Addresses[0]] = entries
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

// check wants every word of somebody to be kept once and in order, and every question to
// have been put.
func (g *guest) check() {
	t := g.h.t
	t.Helper()
	entries := g.h.entries()[g.address()]
	if len(entries) != g.said {
		t.Errorf("%s gave %d words and %d are kept", g.name, g.said, len(entries))
		return
	}
	for i, e := range entries { // newest first
		n := len(entries) - i
		want := fmt.Sprintf("%d=word-%d", n, n)
		if n == g.said {
			want = fmt.Sprintf("%d=enough", n)
		}
		if e.Text != want {
			t.Errorf("word %d of %s is kept as %q", n, g.name, e.Text)
		}
	}
	g.checkOrder()
}

// checkOrder wants the questions in order. On Telegram, what was in flight at a kill may
// come once more after it.
func (g *guest) checkOrder() {
	t := g.h.t
	t.Helper()
	last, bells := 0, 0
	seen := map[string]bool{}
	for _, m := range g.server.Heard(g.person) {
		if strings.Contains(m.Text, "A bell.") {
			bells++
		}
		if seen[m.Text] && g.words {
			t.Errorf("%s heard %q twice", g.name, m.Text)
		}
		seen[m.Text] = true
		if m := wordQuestion.FindStringSubmatch(m.Text); m != nil {
			n, _ := strconv.Atoi(m[1])
			if n > last+1 || g.words && n <= last {
				t.Errorf("%s heard question %d after question %d", g.name, n, last)
			}
			last = max(last, n)
		}
	}
	if bells != 1 {
		t.Errorf("%s heard %d bells", g.name, bells)
	}
}

func (g *guest) must(err error) {
	g.h.t.Helper()
	if err != nil {
		g.h.t.Fatal(err)
	}
}

func (g *guest) address() store.Address {
	if g.words {
		return g.h.discord.Address(g.person)
	}
	return g.h.telegram.Address(g.person)
}

// checkRepeats wants no more replies to have come twice on Telegram than were in flight
// at a kill.
func (h *house) checkRepeats(guests []*guest, most int) {
	repeats := 0
	for _, g := range guests {
		if g.words {
			continue
		}
		seen := map[string]bool{}
		for _, m := range g.server.Heard(g.person) {
			if seen[m.Text] {
				repeats++
			}
			seen[m.Text] = true
		}
	}
	h.t.Logf("%d replies came twice on Telegram; %d were in flight at a kill at most", repeats, most)
	if repeats > most {
		h.t.Errorf("%d replies came twice on Telegram, and at most %d were in flight", repeats, most)
	}
}

// checkLogs wants no token, no words and no chat in the log.
func (h *house) checkLogs() {
	log := h.logs.String()
	secrets := []string{testTelegramToken, testDiscordToken, "AAE-not", "word-", "Lisbon", "broken"}
	for n := range guestsEach {
		secrets = append(secrets, h.telegram.Address(n).ID, h.discord.Address(n).ID, h.discord.User(n))
	}
	for _, secret := range secrets {
		// As a word: the name of the test's folder is a long number.
		if at := regexp.MustCompile(`\b` + regexp.QuoteMeta(secret)).FindStringIndex(log); at != nil {
			h.t.Errorf("the log holds %q: …%s…", secret, log[max(0, at[0]-100):min(len(log), at[1]+100)])
		}
	}
}
