package coach

import (
	"strings"
	"testing"
)

// threeHundred is a text of 300 characters, as people write it.
const threeHundred = `i dont know what to do anymore, you came home at two again last night and you didnt even text me. ` +
	`I was so scared and then i was just angry. You never tell me where you are, its like you dont care if im lying awake. ` +
	`Could you please just send me one message if its later than eleven, thats realy all i want`

// Figures mean something only against each other, in one run on one machine.
func BenchmarkRead(b *testing.B) {
	English()
	for _, bb := range []struct{ name, text string }{
		{"300", threeHundred},
		{"3000", strings.Repeat(threeHundred+". ", 10)},
		{"100000", strings.Repeat(threeHundred+". ", 330)},
		{"100000 in one sentence", strings.Repeat(strings.NewReplacer(".", "", ",", "").Replace(threeHundred)+" ", 330)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(bb.text)))
			for b.Loop() {
				English().Read(Statement, bb.text)
			}
		})
	}
}

func BenchmarkDanger(b *testing.B) {
	English()
	b.ReportAllocs()
	for b.Loop() {
		English().Danger(threeHundred)
	}
}

// What a program does once, when the coach is first asked.
func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		openEnglish()
	}
}

// What is done when the texts were changed.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		loadEnglish()
	}
}
