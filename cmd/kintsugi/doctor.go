package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/discord"
	"kintsugi/bot/telegram"
	"kintsugi/flows"
	"kintsugi/flows/content"
)

// doctorCommand is `kintsugi doctor`.
type doctorCommand struct {
	Config string `help:"The configuration." type:"path" placeholder:"FILE" env:"KINTSUGI_CONFIG"`
}

// examineTime bounds what a platform may be asked.
const examineTime = 20 * time.Second

// errMend says that the doctor found something.
var errMend = errors.New("there is something to mend")

// Run tries out all that is set up and changes nothing of it. It says line by line what
// is fine and what to mend.
func (c *doctorCommand) Run(ctx context.Context, w world) error {
	d := &doctor{out: w.out, env: w.env, now: time.Now}
	config, err := loadConfig(c.Config, w.env)
	d.configuration(config, err)
	book := d.flows(config.Flows.Dir)
	d.data(ctx, config)
	d.clock()
	d.addresses(ctx, config)
	d.platforms(ctx, config, book)
	if d.mend {
		return toldError{errMend}
	}
	fmt.Fprintln(w.out, "\nNothing to mend.")
	return nil
}

// doctor writes down what was found.
type doctor struct {
	out  io.Writer
	env  func(string) string
	now  func() time.Time
	mend bool // something was found that is to be mended
	// inUse says that a program that runs has the data open. It has the addresses, too.
	inUse bool
}

func (d *doctor) ok(format string, args ...any) {
	fmt.Fprintln(d.out, "ok  ", fmt.Sprintf(format, args...))
}

// fix notes what is wrong, and what to do about it.
func (d *doctor) fix(what, do string) {
	d.mend = true
	if do != "" {
		what += " — " + do
	}
	fmt.Fprintln(d.out, "fix ", what)
}

func (d *doctor) finding(platform string, f bot.Finding) {
	if f.OK {
		d.ok("%s: %s", platform, f.What)
		return
	}
	d.fix(platform+": "+f.What, f.Do)
}

func (d *doctor) configuration(c Config, err error) {
	var wrong *configError
	switch {
	case errors.As(err, &wrong):
		for _, m := range wrong.mistakes {
			d.fix(m, "")
		}
	case err != nil:
		d.fix(err.Error(), "name the configuration with --config, or leave that out and use the environment alone")
	default:
		d.ok("the configuration has no mistakes")
	}
	if !c.AnyOn() && c.Telegram.TokenFile == "" && c.Discord.TokenFile == "" { // else a mistake says what is wrong with it
		d.fix(noPlatform, "the README tells how to make a bot and get its token; kintsugi try needs neither")
	}
}

// flows gives what is in front of people: our own flows alone if the operator's have
// mistakes.
func (d *doctor) flows(dir string) *flows.Book {
	book, err := flows.Load(flowSystems(dir)...)
	if err == nil {
		d.ok("the flows have no mistakes")
		return book
	}
	d.fix("the flows: "+firstOf(err), "kintsugi check lists every mistake with its place")
	own, _ := flows.Open(content.FS) // no error: tests load them
	return own
}

func firstOf(err error) string {
	var broken *flows.BrokenError
	if errors.As(err, &broken) && len(broken.Problems) > 0 {
		return counted(len(broken.Problems), "mistake", "mistakes") + ", the first is " + broken.Problems[0].String()
	}
	return err.Error()
}

// earliest is a time before which no clock is right: this was written later.
func earliest() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

func (d *doctor) clock() {
	if now := d.now(); now.Before(earliest()) {
		d.fix("the clock says "+now.UTC().Format(time.DateOnly), "set it, and have it kept right by NTP")
		return
	}
	d.ok("the clock says %s", d.now().UTC().Format("2 January 2006 15:04 MST"))
}

// platforms has each platform that is on tried out.
func (d *doctor) platforms(ctx context.Context, c Config, book *flows.Book) {
	examine := func(name string, look func(context.Context) []bot.Finding) {
		ctx, cancel := context.WithTimeout(ctx, examineTime)
		defer cancel()
		for _, f := range look(ctx) {
			d.finding(name, f)
		}
	}
	if c.Telegram.On() {
		examine("telegram", func(ctx context.Context) []bot.Finding {
			return telegram.Examine(ctx, c.Telegram.options(book, nil))
		})
	}
	if c.Discord.On() {
		examine("discord", func(ctx context.Context) []bot.Finding {
			return discord.Examine(ctx, c.Discord.options(book, nil, nil))
		})
	}
	if c.Telegram.On() || c.Discord.On() {
		d.guests(c.Allow)
	}
}

// guests says who may come in.
func (d *doctor) guests(c AllowConfig) {
	if len(c.People) == 0 && c.Phrase == "" {
		d.ok("whoever finds the bot may write to it; allow would say who may")
		return
	}
	d.ok("only those may come in whom allow names, or who write its phrase")
}
