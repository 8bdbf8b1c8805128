package schedule

import "errors"

// What reading fails with. None holds the text that was read.
var (
	ErrRule = errors.New("not a rule")
	ErrDate = errors.New("not a date")
	ErrSlot = errors.New("not a slot")
)
