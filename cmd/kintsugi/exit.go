package main

import (
	"errors"

	"kintsugi/flows"
	"kintsugi/store"
)

// The exit statuses of the program.
const (
	exitFine    = 0
	exitTrouble = 1
	exitUsage   = 2
	exitBroken  = 3 // the configuration or the flows have mistakes
	exitNewer   = 4
	exitKey     = 5 // the key is not the data's
	exitNotOurs = 6
	exitInUse   = 7
	exitNoKey   = 8 // the key is missing, unreadable or lies open
)

// toldError is one whose mistakes have been listed already.
type toldError struct{ error }

func (e toldError) Unwrap() error { return e.error }

// trouble pairs an error with its exit status and with what to do about it.
type trouble struct {
	err    error
	status int
	advice string
}

var troubles = []trouble{
	{store.ErrNewer, exitNewer, "Run the version that wrote it, or a newer one. Nothing was changed."},
	{store.ErrWrongKey, exitKey, "Point key.file (or KINTSUGI_KEY) at the key that was made together with this data. Nothing was changed."},
	{store.ErrNotOurs, exitNotOurs, "Choose another folder with data.dir or --data. Nothing was changed."},
	{store.ErrInUse, exitInUse, "Stop the other kintsugi that uses this folder, or choose another folder. Nothing was changed."},
	{store.ErrKeyExposed, exitNoKey, "Run chmod 600 on the key file. If others may have read it, the data is no safer than they are."},
	{store.ErrBadKey, exitNoKey, "The file or the variable should hold the one line that was written when the key was made."},
	{errKeyMissing, exitNoKey, "Put the key back where it was, or say where it is with key.file or KINTSUGI_KEY_FILE. Without it nobody can read the data; a new key would not help."},
	{errConfig, exitBroken, ""},
}

func exitStatus(err error) int {
	for _, t := range troubles {
		if errors.Is(err, t.err) {
			return t.status
		}
	}
	var broken *flows.BrokenError
	if errors.As(err, &broken) {
		return exitBroken
	}
	return exitTrouble
}

func advice(err error) string {
	for _, t := range troubles {
		if errors.Is(err, t.err) {
			return t.advice
		}
	}
	return ""
}
