package answer

// Words are the words of one language, as data. A phrase may be several words; it
// is folded before it is compared, and the longest phrase that fits wins. Check
// says what is missing; only the fields marked optional may stay empty.
type Words struct {
	Yes  []string `yaml:"yes"`
	No   []string `yaml:"no"`
	Skip []string `yaml:"skip"` // "skip", "rather not say"

	All  []string `yaml:"all"`  // every choice of a list
	Both []string `yaml:"both"` // every choice of a list of two
	None []string `yaml:"none"` // how a choice says "none of these"
	And  []string `yaml:"and"`  // between two choices: "and", "&"
	Not  []string `yaml:"not"`  // words that turn a label around: "not", "never"

	Named []string `yaml:"named"` // before a name: "my name is", "call me"
	Age   Age      `yaml:"age"`   // optional

	// Within a sentence, Small words lose the capital that they begin with, besides the words
	// that the coach knows; Capitals may be names, and keep it. Both are optional.
	Small    []string `yaml:"small"`
	Capitals []string `yaml:"capitals"`

	// Fillers mean nothing in any answer: "please", "the". Hedges mean nothing
	// around a number, a date or a choice, but take the certainty from a yes:
	// "about", "maybe". Options point at a choice: "option", "number", "one".
	Fillers []string `yaml:"fillers"`
	Hedges  []string `yaml:"hedges"`
	Options []string `yaml:"options"`
	Counted []string `yaml:"counted"` // may follow a number: "times", "points"

	// Numbers has at least zero to twenty, the tens and a hundred. What a language
	// writes as two words is put together ("twenty-one"); what it writes as one
	// word stands here ("einundzwanzig").
	Numbers        map[string]int `yaml:"numbers"`
	Ordinals       map[string]int `yaml:"ordinals"`        // at least first to tenth
	OrdinalEndings []string       `yaml:"ordinal_endings"` // after digits: "st", "th"
	Last           []string       `yaml:"last"`            // the last choice
	Articles       []string       `yaml:"articles"`        // mean one before a unit: "a week"
	Minus          []string       `yaml:"minus"`
	OutOf          []string       `yaml:"out_of"`     // 7 "out of" 10
	AndAHalf       []string       `yaml:"and_a_half"` // after a number
	Decimal        string         `yaml:"decimal"`    // the decimal mark, "." or ","; the other one groups thousands

	Months   [][]string `yaml:"months"`   // January first
	Weekdays [][]string `yaml:"weekdays"` // Monday first
	Units    Units      `yaml:"units"`
	Days     Days       `yaml:"days"`

	This     []string `yaml:"this"`
	Next     []string `yaml:"next"`
	Previous []string `yaml:"previous"` // "last" friday
	In       []string `yaml:"in"`       // before a span to come: "in" two weeks
	Ago      []string `yaml:"ago"`      // before or after a span gone by
	FromNow  []string `yaml:"from_now"` // after a span to come
	EndOf    []string `yaml:"end_of"`
	On       []string `yaml:"on"` // means nothing in a date: "on", "of", "from"

	Clock Clock `yaml:"clock"`
}

// Age are the words by which people say how old they are.
type Age struct {
	Around []string `yaml:"around"`  // change nothing about it: "i'm", "years old", "over"
	ToCome []string `yaml:"to_come"` // it isn't reached yet: "nearly", "under", "no"
	Been   []string `yaml:"been"`    // it was reached: "turned"
	At     []string `yaml:"at"`      // some time, before or after now: "in", "week"
}

// Units are the words for spans of time, in all their forms.
type Units struct {
	Minute    []string `yaml:"minute"`
	HalfHour  []string `yaml:"half_hour"` // optional
	Hour      []string `yaml:"hour"`
	Day       []string `yaml:"day"`
	Week      []string `yaml:"week"`
	Fortnight []string `yaml:"fortnight"` // optional
	Month     []string `yaml:"month"`
	Year      []string `yaml:"year"`
}

// Days are the words for days near today.
type Days struct {
	BeforeYesterday []string `yaml:"before_yesterday"`
	Yesterday       []string `yaml:"yesterday"`
	Today           []string `yaml:"today"`
	Tonight         []string `yaml:"tonight"`
	Tomorrow        []string `yaml:"tomorrow"`
	AfterTomorrow   []string `yaml:"after_tomorrow"`
}

// Clock are the words for times of day.
type Clock struct {
	At          []string `yaml:"at"`
	OClock      []string `yaml:"oclock"`       // after the hour, or between hour and minutes: "o'clock", "h"
	HalfPast    []string `yaml:"half_past"`    // half an hour after the hour that follows; optional if there is half_to
	HalfTo      []string `yaml:"half_to"`      // half an hour before it, as in German; optional if there is half_past
	QuarterPast []string `yaml:"quarter_past"` // before the hour
	QuarterTo   []string `yaml:"quarter_to"`   // before the hour
	Past        []string `yaml:"past"`         // ten "past" nine
	To          []string `yaml:"to"`           // ten "to" nine
	Noon        []string `yaml:"noon"`
	Midnight    []string `yaml:"midnight"`
	AM          []string `yaml:"am"` // optional: not every language says it
	PM          []string `yaml:"pm"` // optional
	Morning     []string `yaml:"morning"`
	Afternoon   []string `yaml:"afternoon"`
	Evening     []string `yaml:"evening"`
	Night       []string `yaml:"night"`
}
