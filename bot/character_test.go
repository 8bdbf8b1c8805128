package bot_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"kintsugi/flows"
)

// character is somebody who lives through a year: when they look at their phone, how they
// are, what they mean to do, and what they answer. It is read from a file in testdata/year.
type character struct {
	Name  string
	Seed  uint64
	Looks []look
	// Mood and Stirred are points of curves over the year, by day.
	Mood, Stirred, Trust map[string]float64
	// Away are the days on which they don't look.
	Away []days
	// Times are days with a name: answers can be theirs alone.
	Times []days
	Plan  []deedOn
	// Answers are by "flow/step", or "flow/step@time" for those of a time with a name, of a day
	// that is low, middling or high, after a button, or of a phrase of the question: several take turns. One
	// that is a list is said one after another.
	Answers map[string][]answer
	// Prefer are buttons that are pressed if nothing else is known.
	Prefer []string
	// Told are the questions, by "flow/step", whose answers may be read by the other one: they
	// were shown what goes over, and said yes.
	Told []string
}

// look is a time of day at which they look at their phone, most days.
type look struct {
	At   string
	Odds float64
	Say  string // what they begin then, if nothing waits for them
	On   string // a weekday; any if empty
	From string // the first day
	To   string // the last
}

// days are some days, with a name.
type days struct{ From, To, Name string }

func (d days) has(day string) bool { return d.From <= day && day <= d.To }

// deedOn is something they mean to do at a time, with answers of its own.
type deedOn struct {
	At      string
	Say     string
	Answers map[string]answer
}

// answer is what somebody says or presses, one after another.
type answer []string

func (a *answer) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*a = answer{n.Value}
		return nil
	}
	var words []string
	if err := n.Decode(&words); err != nil {
		return err
	}
	*a = words
	return nil
}

func readCharacter(t *testing.T, file string) *character {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := &character{}
	if err := yaml.Unmarshal(data, c); err != nil {
		t.Fatal(file, err)
	}
	return c
}

// someone is a character as far as their year has gone.
type someone struct {
	*character
	account int
	lots    *rand.Rand
	used    map[string]int    // how often the answers of a key were used
	at      string            // the question that they answered last
	queues  map[string]answer // what is left to be said to each, by where it stands
	last    string            // the button that they pressed last
	met     map[string]string // questions for which there was no answer
	words   []written
	log     *diary
}

// written is something that somebody wrote, to a question.
type written struct{ key, words string }

func (c *character) begin(account int, log *diary) *someone {
	return &someone{
		character: c, account: account, lots: rand.New(rand.NewPCG(c.Seed, 1)), log: log,
		used: map[string]int{}, queues: map[string]answer{}, met: map[string]string{},
	}
}

// on gives a curve's value on a day, between its points.
func on(curve map[string]float64, day time.Time) float64 {
	const form = "2006-01-02"
	var points []string
	for p := range curve {
		points = append(points, p)
	}
	slices.Sort(points)
	at := day.Format(form)
	i, found := slices.BinarySearch(points, at)
	switch {
	case found:
		return curve[points[i]]
	case i == 0:
		return curve[points[0]]
	case i == len(points):
		return curve[points[i-1]]
	}
	from, _ := time.Parse(form, points[i-1])
	to, _ := time.Parse(form, points[i])
	now, _ := time.Parse(form, at)
	part := now.Sub(from).Hours() / to.Sub(from).Hours()
	return curve[points[i-1]]*(1-part) + curve[points[i]]*part
}

// number gives what they would say of a curve on a day: near it, and the same all day.
func (s *someone) number(curve map[string]float64, day time.Time, salt uint64) int {
	lots := rand.New(rand.NewPCG(s.Seed+salt, uint64(day.YearDay())))
	return int(min(10, max(1, math.Round(on(curve, day)+lots.NormFloat64()*0.9))))
}

// times are the names of a day.
func (s *someone) times(day time.Time) []string {
	var names []string
	for _, d := range s.Times {
		if d.has(day.Format("2006-01-02")) {
			names = append(names, d.Name)
		}
	}
	mood := s.number(s.Mood, day, 1)
	switch {
	case mood <= 4:
		names = append(names, "low")
	case mood >= 7:
		names = append(names, "high")
	default:
		names = append(names, "middling")
	}
	return names
}

// isAway says whether they don't look on a day.
func (s *someone) isAway(day time.Time) bool {
	return slices.ContainsFunc(s.Away, func(d days) bool { return d.has(day.Format("2006-01-02")) })
}

var (
	dayLater = regexp.MustCompile(`\{\+(\d+)d\}`)
	clockOf  = regexp.MustCompile(`\{\+(\d+)h\}`)
)

// filled puts in what depends on the day.
func (s *someone) filled(words string, now time.Time) string {
	words = strings.NewReplacer(
		"{mood}", strconv.Itoa(s.number(s.Mood, now, 1)),
		"{stirred}", strconv.Itoa(s.number(s.Stirred, now, 2)),
		"{trust}", strconv.Itoa(s.number(s.Trust, now, 3)),
	).Replace(words)
	words = clockOf.ReplaceAllStringFunc(words, func(m string) string {
		n, _ := strconv.Atoi(clockOf.FindStringSubmatch(m)[1])
		return now.Add(time.Duration(n) * time.Hour).Format("15:04")
	})
	return dayLater.ReplaceAllStringFunc(words, func(m string) string {
		n, _ := strconv.Atoi(dayLater.FindStringSubmatch(m)[1])
		return now.AddDate(0, 0, n).Format("2 January 2006")
	})
}

// bank gives the answers to a question, and the key that they stand under.
func (s *someone) bank(key string, m flows.Message, now time.Time) ([]answer, string) {
	var part string
	for k := range s.Answers {
		at, phrase, ok := strings.Cut(k, "@")
		if ok && at == key && strings.Contains(m.Text, phrase) && len(k) > len(part) {
			part = k
		}
	}
	if part != "" {
		return s.Answers[part], part
	}
	for _, name := range append([]string{s.last}, s.times(now)...) {
		if a := s.Answers[key+"@"+name]; a != nil {
			return a, key + "@" + name
		}
	}
	if a := s.Answers[key]; a != nil {
		return a, key
	}
	key, _, _ = strings.Cut(key, " ")
	return s.Answers[key], key
}

// answer gives what they say to a question, and "" if they leave it for now. where tells the
// rounds of a loop apart.
func (s *someone) answer(key, where string, m flows.Message, with map[string]answer, now time.Time) string {
	queue, begun := s.queues[where]
	if !begun {
		if a, ok := with[key]; ok {
			queue = a
		} else if all, from := s.bank(key, m, now); len(all) > 0 {
			queue = all[s.used[from]%len(all)]
			s.used[from]++
		} else {
			s.met[key] = lastLine(m)
		}
	} else if len(queue) == 0 && where == s.at && !m.Several && !hasAny(m, s.Prefer...) {
		s.met[key+" (again)"] = lastLine(m)
	}
	s.at = where
	for len(queue) > 0 {
		words := s.filled(queue[0], now)
		queue = queue[1:]
		s.queues[where] = queue
		if label, is := isPress(words); !is || label == "leave it open" || hasAny(m, label) {
			return words
		}
	}
	s.queues[where] = nil
	return s.byDefault(m)
}

// isPress says whether words are a button's.
func isPress(words string) (label string, is bool) {
	if !strings.HasPrefix(words, "[") || !strings.HasSuffix(words, "]") {
		return "", false
	}
	return words[1 : len(words)-1], true
}

// byDefault answers what they have no words for: with a button that they would rather press,
// a number, or the last button, which is the way out of most questions.
func (s *someone) byDefault(m flows.Message) string {
	for _, label := range s.Prefer {
		if hasAny(m, label) {
			return "[" + label + "]"
		}
	}
	if len(m.Buttons) == 0 {
		return "I don't know"
	}
	return "[" + m.Buttons[len(m.Buttons)-1].Label + "]"
}

// diary is what somebody saw and did, as a transcript.
type diary struct {
	zone    *time.Location
	day     string
	out     strings.Builder
	sitting []string // the lines of the one that is going on
	flows   map[string]bool
	four    bool // the private questions have been written out
	bare    bool // the last that was written is the time of something that came by itself
}

// ordinaryFrom is the day after which what comes and goes every day is told in few words: of
// what came by itself the time alone, since it tells nothing.
const ordinaryFrom = "2026-03-29"

// at begins a day, if it is another one.
func (d *diary) at(now time.Time) {
	if day := now.In(d.zone).Format("Monday 2 January 2006"); day != d.day {
		d.day = day
		fmt.Fprintf(&d.out, "\n# %s\n", day)
	}
}

// came writes down what came by itself.
func (d *diary) came(now time.Time, m flows.Message) {
	begun := d.day
	d.at(now)
	if hasAny(m, "Not today") && now.Format("2006-01-02") > ordinaryFrom {
		d.cameBare(now, begun == d.day)
		return
	}
	d.bare = false
	lines := messageLines(m)
	if n := len(lines); n > 1 && strings.HasPrefix(lines[n-1], "[Now] ") && strings.HasSuffix(lines[n-1], "[Not today]") {
		lines = lines[:n-1]
	}
	fmt.Fprintf(&d.out, "%s  %s\n", now.In(d.zone).Format("(15:04)"), strings.Join(lines, "\n         "))
}

// cameBare writes down the time of what came by itself, in a line with what came just before.
func (d *diary) cameBare(now time.Time, sameDay bool) {
	all := d.out.String()
	if d.bare && sameDay {
		d.out.Reset()
		d.out.WriteString(strings.TrimSuffix(all, "\n") + " ")
	}
	d.out.WriteString(now.In(d.zone).Format("(15:04)") + "\n")
	d.bare = true
}

// heard writes down an answer.
func (d *diary) heard(m flows.Message) {
	for _, line := range messageLines(m) {
		if line != "" { // the empty ones between paragraphs would double it
			d.sitting = append(d.sitting, "  "+line)
		}
	}
}

// did writes down what they did: what is picked one after the other in a line.
func (d *diary) did(words, flow string) {
	d.flows[flow] = true
	_, press := isPress(words)
	if last := len(d.sitting) - 1; press && last >= 0 && strings.HasPrefix(d.sitting[last], "> [") {
		d.sitting[last] += " " + words
		return
	}
	d.sitting = append(d.sitting, "> "+words)
}

// The private questions are written out once, and then stand in a line.
const (
	fourBegin = "  Is this screen private just now? The next few questions are for your eyes only."
	fourEnd   = "  Thank you. Four questions can't see everything."
)

// isSoFar finds how much of a list is there: it is asked after each thing.
var isSoFar = regexp.MustCompile(`^  (One|\d+) so far\. Another, or is that all\?$`)

func isSure(line string) bool { return strings.HasSuffix(line, ". Is that right?") }

// shorter gives the lines of a sitting without what stands in it word for word each time.
func (d *diary) shorter() (lines []string) {
	skips := false
	for i, line := range d.sitting {
		switch {
		case isSure(line), i > 0 && isSure(d.sitting[i-1]): // a date or a time that is read as it was meant
		case line == "> [That's right]":
		case line == fourBegin && d.four:
			skips = true
			lines = append(lines, "  (the four private questions)")
		case isSoFar.MatchString(line) || line == "  [That's all]" && len(lines) > 0 && strings.HasPrefix(lines[len(lines)-1], "> "):
		case skips:
			skips = !strings.HasPrefix(line, fourEnd)
		default:
			lines = append(lines, line)
		}
		d.four = d.four || strings.HasPrefix(line, fourEnd)
	}
	return lines
}

// begins begins a sitting.
func (d *diary) begins() { d.sitting, d.flows = nil, map[string]bool{} }

// ends writes the sitting down, and one of every day in a line: what they said in it, and the
// last that they heard.
func (d *diary) ends(began time.Time, everyDay bool) {
	if len(d.sitting) == 0 {
		return
	}
	d.at(began)
	d.bare = false
	stamp := began.In(d.zone).Format("15:04")
	if everyDay {
		var said []string
		for _, line := range d.sitting {
			if words, is := strings.CutPrefix(line, "> "); is {
				said = append(said, strings.TrimSuffix(words, " [That's it]"))
			}
		}
		last := strings.TrimSpace(d.sitting[len(d.sitting)-1])
		fmt.Fprintf(&d.out, "%s  > %s ... %s\n", stamp, strings.Join(said, ", "), last)
		return
	}
	fmt.Fprintf(&d.out, "%s\n%s\n", stamp, strings.Join(d.shorter(), "\n"))
}

// everyDay are the flows that come and go every day, or every week and month; "" is what the
// program asks about what came by itself.
var everyDay = []string{"", "recurring.check-in", "recurring.gratitude", "recurring.promise-follow-up", "recurring.promise-seen", "safety.check"}

// isEveryDay says whether there was nothing else in a sitting.
func (d *diary) isEveryDay() bool {
	for flow := range d.flows {
		if !slices.Contains(everyDay, flow) {
			return false
		}
	}
	return true
}

var tenNumbers = "[1] [2] [3] [4] [5] [6] [7] [8] [9] [10]"

// messageLines gives a message as a transcript has it.
func messageLines(m flows.Message) []string {
	text := m.Text
	if code := lifeCode.FindString(text); code != "" {
		text = strings.ReplaceAll(text, code, "XXXXX-XXXXX-XXXXX-XXXXX")
	}
	lines := strings.Split(text, "\n")
	if m.Picture != nil {
		lines = slices.Insert(lines, 0, "("+m.Picture.Kind+", drawn)")
	}
	var labels []string
	for _, b := range m.Buttons {
		labels = append(labels, "["+b.Label+"]")
	}
	if len(labels) > 0 {
		lines = append(lines, strings.Replace(strings.Join(labels, " "), tenNumbers, "[1 to 10]", 1))
	}
	return lines
}

// sits are what somebody does on a day, in order.
func (s *someone) sits(day time.Time) (out []sit) {
	date := day.Format("2006-01-02")
	for _, d := range s.Plan {
		if strings.HasPrefix(d.At, date) {
			out = append(out, sit{s, clockTime(day, d.At[len(date)+1:]), d.Say, d.Answers, false})
		}
	}
	for _, l := range s.Looks {
		late := time.Duration(s.lots.IntN(23)) * time.Minute
		drawn := s.lots.Float64() < cmp.Or(l.Odds, 1)
		if !drawn || s.isAway(day) || l.From > date || l.To != "" && l.To < date || l.On != "" && !strings.EqualFold(l.On, day.Weekday().String()) {
			continue
		}
		out = append(out, sit{s, clockTime(day, l.At).Add(late), l.Say, nil, true})
	}
	return out
}

// sit is a time at which somebody sits down with their phone.
type sit struct {
	who   *someone
	at    time.Time
	say   string
	with  map[string]answer
	usual bool // whatever they would begin, they first see to what waits for them
}

func clockTime(day time.Time, clock string) time.Time {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		panic(err)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), t.Hour(), t.Minute(), 0, 0, day.Location())
}

func lastLine(m flows.Message) string { return strings.Join(messageLines(m), " / ") }
