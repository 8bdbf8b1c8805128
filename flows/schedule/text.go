package schedule

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxText is longer than any rule that makes sense.
const maxText = 200

// Parse reads a rule from a line: what [Rule.String] wrote, or a cron expression of
// five fields. These are the forms:
//
//	30 21 * * 1-5               minute, hour, day, month, weekday
//	every 14 2026-11-22 21:30   every 14 days, first on that day
//	monthly 31 09:00
//	yearly 02-29 09:00
//	once 2026-12-24 09:00
//	yearly 02-29 09:00 -3d      a lead: three days before; +1d is the day after
//
// Whatever fails does so with [ErrRule], an expression that no date fits included.
func Parse(text string) (Rule, error) {
	if len(text) > maxText {
		return Rule{}, ErrRule
	}
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return Rule{}, ErrRule
	}
	parse := parsers(fields[0])
	if parse == nil {
		return parseClock(strings.Join(fields, " "))
	}
	lead := 0
	if last := fields[len(fields)-1]; strings.HasSuffix(last, "d") {
		days, err := strconv.Atoi(strings.TrimSuffix(last, "d"))
		if err != nil {
			return Rule{}, ErrRule
		}
		lead, fields = days, fields[:len(fields)-1]
	}
	r, err := parse(fields[1:])
	if err != nil || lead == 0 {
		return r, err
	}
	return r.Lead(lead)
}

func parsers(word string) func(fields []string) (Rule, error) {
	switch word {
	case "every":
		return parseEvery
	case "monthly":
		return parseMonthly
	case "yearly":
		return parseYearly
	case "once":
		return parseOnce
	}
	return nil
}

func parseEvery(fields []string) (Rule, error) {
	if len(fields) != 3 {
		return Rule{}, ErrRule
	}
	days, err := strconv.Atoi(fields[0])
	from, err2 := ParseDate(fields[1])
	minute, err3 := parseMinute(fields[2])
	if err != nil || err2 != nil || err3 != nil {
		return Rule{}, ErrRule
	}
	return Every(days, from, minute)
}

func parseMonthly(fields []string) (Rule, error) {
	if len(fields) != 2 {
		return Rule{}, ErrRule
	}
	day, err := strconv.Atoi(fields[0])
	minute, err2 := parseMinute(fields[1])
	if err != nil || err2 != nil {
		return Rule{}, ErrRule
	}
	return Monthly(day, minute)
}

func parseYearly(fields []string) (Rule, error) {
	if len(fields) != 2 {
		return Rule{}, ErrRule
	}
	m, d, _ := strings.Cut(fields[0], "-")
	month, err := strconv.Atoi(m)
	day, err2 := strconv.Atoi(d)
	minute, err3 := parseMinute(fields[1])
	if err != nil || err2 != nil || err3 != nil {
		return Rule{}, ErrRule
	}
	return Yearly(time.Month(month), day, minute)
}

func parseOnce(fields []string) (Rule, error) {
	if len(fields) != 2 {
		return Rule{}, ErrRule
	}
	on, err := ParseDate(fields[0])
	minute, err2 := parseMinute(fields[1])
	if err != nil || err2 != nil {
		return Rule{}, ErrRule
	}
	return Once(on, minute)
}

// parseMinute reads a minute of the day, "21:30".
func parseMinute(text string) (int, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, ErrRule
	}
	return t.Hour()*60 + t.Minute(), nil
}

// String gives the rule as a line that [Parse] reads, empty for the zero Rule.
func (r Rule) String() string {
	at := fmt.Sprintf("%02d:%02d", r.minute/60, r.minute%60)
	var text string
	switch r.kind {
	case clocked:
		return r.clock.text
	case every:
		text = fmt.Sprintf("every %d %s %s", r.every, r.from, at)
	case monthly:
		text = fmt.Sprintf("monthly %d %s", r.day, at)
	case yearly:
		text = fmt.Sprintf("yearly %02d-%02d %s", r.month, r.day, at)
	case once:
		text = fmt.Sprintf("once %s %s", r.from, at)
	}
	if r.lead != 0 {
		text += fmt.Sprintf(" %+dd", r.lead)
	}
	return text
}
