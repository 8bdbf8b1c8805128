package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"kintsugi/bot"
)

// world is what the program touches beside its files.
type world struct {
	in        io.Reader
	out, errs io.Writer
	env       func(string) string
	clock     *bot.Clock // of the service; nil for the real one
}

// cli is what can be typed.
type cli struct {
	Version kong.VersionFlag `help:"Print the version and leave."`

	Try    tryCommand    `cmd:"" help:"Chat in this terminal. Nothing to set up."`
	Run    runCommand    `cmd:"" help:"Serve what the configuration names."`
	Check  checkCommand  `cmd:"" help:"Look the configuration over and list every mistake at once."`
	Doctor doctorCommand `cmd:"" help:"Try out all that is set up, and say what to mend."`
	Key    keyCommand    `cmd:"" help:"Make a key in a new file."`
	Coach  coachCommand  `cmd:"" help:"Read lines, and say what the coach makes of each. Nothing is kept."`
	Flows  struct {
		Check flowsCheckCommand `cmd:"" help:"Look the flows over and list every mistake at once."`
		Play  flowsPlayCommand  `cmd:"" help:"Play written conversations and compare them with what is written."`
		New   flowsNewCommand   `cmd:"" help:"Write a flow to begin with, and a story of it."`
		Graph flowsGraphCommand `cmd:"" help:"Draw a flow as a Mermaid flowchart."`
	} `cmd:"" help:"Work on the conversations."`
}

const about = `A private chat companion for people who are mending trust.

It ends with 0 when all is well, 1 on any other trouble and when the doctor finds something to mend, 2 when it was called wrongly, 3 when the configuration or the flows have mistakes, 4 when a newer version wrote the data, 5 when the key is not the data's, 6 when the data file is not ours, 7 when another process has it open, 8 when the key is missing or not safely kept.`

// run runs the program and gives its exit status.
func run(ctx context.Context, args []string, w world) (code int) {
	var c cli
	parser, err := kong.New(&c,
		kong.Name("kintsugi"), kong.Description(about), kong.Writers(w.out, w.errs),
		kong.Vars{"version": version()},
		kong.Exit(func(status int) { panic(left(status)) }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(w),
	)
	if err != nil {
		fmt.Fprintln(w.errs, "kintsugi:", err)
		return exitTrouble
	}
	defer func() { // --help and --version leave from within the parser
		if status, ok := recover().(left); ok {
			code = int(status)
		}
	}()
	called, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(w.errs, "kintsugi: %s\nkintsugi --help lists what can be typed.\n", err)
		return exitUsage
	}
	return report(w, called.Run())
}

// left is the exit status with which the parser wants to leave.
type left int

// report tells the operator what went wrong and gives the exit status for it.
func report(w world, err error) int {
	if err == nil {
		return exitFine
	}
	var told toldError
	if !errors.As(err, &told) {
		fmt.Fprintln(w.errs, "kintsugi:", err)
		if what := advice(err); what != "" {
			fmt.Fprintln(w.errs, what)
		}
	}
	return exitStatus(err)
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "kintsugi (unknown version)"
	}
	return "kintsugi " + info.Main.Version
}
