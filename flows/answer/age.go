package answer

// The ages that somebody who writes may have. Whatever is beyond them is another number.
const (
	youngest = 4
	oldest   = 120
)

// Age reads how old somebody says they are: "41", "i'm 41", "yes I'm thirty five", "I turned
// 18 in march". Of an age that is still to come ("nearly 18", "18 in may, not yet") it gives
// the year before. Any word that is no part of saying that makes it none ("my son is 16"),
// and so do two numbers, or a time without a word on whether it has been.
func (r *Reader) Age(s string) (years int, ok bool) {
	numbers, to, come, been, dated := 0, 0, false, false, false
	for _, p := range joinNumbers(r.ages.read(tokens(s))) {
		n, counts := p.is(number)
		switch {
		case counts:
			numbers, to = numbers+1, n
		case has(p, toCome):
			come = true
		case has(p, hasBeen):
			been = true
		case has(p, atSomeTime):
			dated = true
		case !has(p, filler):
			return 0, false
		}
	}
	if come {
		to--
	}
	return to, numbers == 1 && to >= youngest && to <= oldest && !(come && been) && (!dated || come || been)
}

func has(p part, c class) bool {
	_, is := p.is(c)
	return is
}

// ages is the lexicon for [Reader.Age].
func ages(w Words) lexicon {
	var l lexicon
	addNumbers(&l, w)
	l.add(filler, 0, w.Fillers)
	l.add(filler, 0, w.Age.Around)
	l.add(toCome, 0, w.Age.ToCome)
	l.add(hasBeen, 0, w.Age.Been)
	l.add(atSomeTime, 0, w.Age.At)
	for _, phrases := range w.Months {
		l.add(atSomeTime, 0, phrases)
	}
	return l
}
