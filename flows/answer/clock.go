package answer

import (
	"slices"
	"strconv"
	"strings"
)

const (
	halfDay = 12 * 60
	fullDay = 24 * 60
)

// TimeResult is a time of day as it was read.
type TimeResult struct {
	// Minutes since midnight: one, or several candidates with the likeliest first.
	Minutes []int
	OK      bool
	Reason  Reason
}

// Time reads a time of day. An hour up to twelve without "am", "pm", a leading zero
// or a part of the day may be either half of the day and gives both: "9", "9:30",
// "half past nine". From seven to half before noon the morning comes first, otherwise
// the afternoon. "24:00" and midnight are 0. Minutes to or past the hour are read in
// fives, since "nine to ten" is more likely the hour between.
func (r *Reader) Time(s string) TimeResult {
	var res TimeResult
	for _, f := range r.read(s, query{}) {
		if f.dated && !f.tonight {
			continue
		}
		for _, m := range f.clock {
			if m %= fullDay; !slices.Contains(res.Minutes, m) {
				res.Minutes = append(res.Minutes, m)
			}
		}
	}
	switch len(res.Minutes) {
	case 0:
	case 1:
		res.OK, res.Reason = true, OK
	default:
		res.Reason = Ambiguous
	}
	return res
}

// Parts of the day, the values of dayPart.
const (
	anyPart = iota
	inMorning
	inAfternoon
	inEvening
	atNight
)

// dial is a time of day while it is being read.
type dial struct {
	minutes int  // below half a day unless certain
	certain bool // minutes are of the whole day
	zero    bool // a leading zero: certain unless more was said
	half    int  // hours of "am" or "pm", or noHalf
	part    int
	// bare says that nothing but numbers was there, which beside a date could mean
	// something else.
	bare bool
}

const noHalf = -1

// clockShape reads the words of one shape as a time of day. It gives no minutes for
// a mere part of the day, "in the evening".
func clockShape(shape string, a []arg, tonight bool) (minutes []int, bare, ok bool) {
	d := dial{half: noHalf}
	from, to := 0, len(shape)
	for from < to && strings.IndexByte("@d", shape[from]) >= 0 {
		from++
	}
	for to > from && strings.IndexByte("dpk", shape[to-1]) >= 0 {
		to--
	}
	if !d.around(a[:from]) || !d.around(a[to:]) {
		return nil, false, false
	}
	d.bare = to-from == len(a)
	shape, a = shape[from:to], a[from:to]
	if shape == "" {
		return nil, false, d.part != anyPart && d.half == noHalf
	}
	if tonight && d.part == anyPart {
		d.part = atNight
	}
	if shape == "x" || shape == "nx" && a[0].value == 12 {
		if a[len(a)-1].value == 0 {
			return []int{0, fullDay}, false, true
		}
		return []int{a[len(a)-1].value}, false, true
	}
	if !d.set(shape, a) {
		return nil, false, false
	}
	minutes = d.candidates()
	return minutes, d.bare, len(minutes) > 0
}

// around takes what stands before or after the numbers: a part of the day, "am".
// Two parts of the day contradict each other.
func (d *dial) around(a []arg) bool {
	for _, x := range a {
		switch {
		case x.class == dayPart && d.part != anyPart:
			return false
		case x.class == dayPart:
			d.part = x.value
		case x.class == meridiem:
			d.half = x.value
		}
	}
	return true
}

// set turns the dial to what the numbers say.
func (d *dial) set(shape string, a []arg) bool {
	switch shape {
	case "n":
		return (len(a[0].text) <= 2 || a[0].kind == word) && d.hour(a[0], 0)
	case "C":
		d.bare = d.bare && !strings.ContainsAny(a[0].text, ":.")
		h, m, ok := clockDigits(a[0].text)
		return ok && d.at(h, m, a[0].text[0] == '0')
	case "nn":
		return (a[1].value >= 10 || a[1].text == "00") && d.hour(a[0], a[1].value)
	case "nkn":
		d.bare = false
		return d.hour(a[0], a[2].value)
	case "hn":
		d.bare = false
		return d.hour(a[1], 0) && d.add(a[0].value)
	case "nPn":
		d.bare = false
		return a[0].value > 0 && a[0].value < 60 && a[0].value%5 == 0 && d.hour(a[2], 0) && d.add(a[0].value*a[1].value)
	}
	return false
}

func (d *dial) hour(a arg, minutes int) bool {
	if d.bare && (a.value == 0 || a.value == 24) && a.text != "00" {
		return false
	}
	return d.at(a.value, minutes, a.text[0] == '0')
}

func (d *dial) at(h, m int, zero bool) bool {
	if h < 0 || h > 24 || m < 0 || m > 59 || h == 24 && m > 0 {
		return false
	}
	d.certain = h == 0 || h > 12
	d.zero = zero
	d.minutes = h*60 + m
	if h == 12 {
		d.minutes = m
	}
	return true
}

// add moves the dial, within the half day if it is not certain.
func (d *dial) add(minutes int) bool {
	round := halfDay
	if d.certain {
		round = fullDay
	}
	d.minutes = (d.minutes + minutes + round) % round
	d.zero = false
	return true
}

// candidates gives the minutes since midnight that the dial can mean, the likeliest
// first. Over 24 hours is the night after the day.
func (d *dial) candidates() []int {
	c := []int{d.minutes}
	switch {
	case d.certain, d.zero && d.half == noHalf && d.part == anyPart:
	case d.minutes >= 7*60:
		c = []int{d.minutes, d.minutes + halfDay}
	default:
		c = []int{d.minutes + halfDay, d.minutes}
	}
	if d.half != noHalf {
		c = slices.DeleteFunc(c, func(m int) bool { return m/halfDay != d.half/12 })
	}
	return inPart(d.part, c)
}

// inPart leaves the minutes that lie in a part of the day. The small hours of a
// night may belong to the day that the night began on.
func inPart(part int, minutes []int) []int {
	var out []int
	for _, m := range minutes {
		switch {
		case part == anyPart,
			part == inMorning && m < halfDay,
			part == inAfternoon && m >= halfDay && m < 19*60,
			part == inEvening && m >= 16*60,
			part == atNight && m >= 18*60:
			out = append(out, m)
		case part == inEvening && m < 60:
			out = append(out, m+fullDay)
		case part == atNight && m < 6*60:
			out = append(out, m, m+fullDay)
		}
	}
	return out
}

// clockDigits reads "21:30", "9.30", "0930".
func clockDigits(s string) (h, m int, ok bool) {
	i := strings.IndexAny(s, ":.")
	hour, minute := s[:max(i, 0)], s[i+1:]
	if i < 0 {
		if len(s) < 3 {
			return 0, 0, false
		}
		hour, minute = s[:len(s)-2], s[len(s)-2:]
	}
	if len(minute) != 2 || len(hour) < 1 || len(hour) > 2 {
		return 0, 0, false
	}
	h, errHour := strconv.Atoi(hour)
	m, errMinute := strconv.Atoi(minute)
	ok = errHour == nil && errMinute == nil && h >= 0 && m >= 0 && (h < 24 || h == 24 && m == 0) && m < 60
	return h, m, ok
}

// calendarNumeral gives the meanings of a numeral in a date or time.
func calendarNumeral(t token) []meaning {
	var ms []meaning
	if v, err := strconv.ParseUint(t.text, 10, 16); err == nil {
		if len(t.text) <= 3 {
			ms = append(ms, meaning{number, int(v)})
		}
		if t.dot && v > 0 && len(t.text) <= 2 {
			ms = append(ms, meaning{ordinal, int(v)})
		}
		if len(t.text) == 4 {
			ms = append(ms, meaning{year, int(v)})
		}
	}
	if len(dateForms(t.text)) > 0 {
		ms = append(ms, meaning{dateForm, 0})
	}
	if _, _, ok := clockDigits(t.text); ok {
		ms = append(ms, meaning{clockForm, 0})
	}
	return ms
}
