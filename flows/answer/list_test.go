package answer_test

import (
	"slices"
	"strings"
	"testing"
)

func TestList(t *testing.T) {
	r := reader(t, "en")
	for _, c := range []struct {
		s    string
		want []string
	}{
		{"", nil}, {" \n ", nil}, {",", nil}, {"-", nil}, {"tea", []string{"tea"}},
		{"tea, a walk, Mum", []string{"tea", "a walk", "Mum"}},
		{"tea and a walk", []string{"tea and a walk"}},
		{"he rings before he is late, without being asked", []string{"he rings before he is late, without being asked"}},
		{"a swim in the lake, tea", []string{"a swim in the lake, tea"}},
		{"a swim in the lake, tea, Mum", []string{"a swim in the lake", "tea", "Mum"}},
		{"tea, a walk and Mum", []string{"tea", "a walk and Mum"}},
		{"tea, with milk\na walk", []string{"tea, with milk", "a walk"}},
		{"tea, with milk; a walk", []string{"tea, with milk", "a walk"}},
		{"tea, milk\n", []string{"tea", "milk"}},
		{"- tea\n- a walk", []string{"tea", "a walk"}},
		{"• tea\n• a walk", []string{"tea", "a walk"}},
		{"•tea •a walk", []string{"tea", "a walk"}},
		{"* tea\r\n* a walk\r\n", []string{"tea", "a walk"}},
		{"1. tea\n2. a walk\n10) rest", []string{"tea", "a walk", "rest"}},
		{"1) tea", []string{"tea"}},
		{"– tea\n— rest", []string{"tea", "rest"}},
		{"  tea  \n\n\n  a walk", []string{"tea", "a walk"}},
		{"Tea ☕, MUM ❤️!", []string{"Tea ☕", "MUM ❤️!"}},
		{"tea ;)\nrest", []string{"tea ;)", "rest"}},
		{"tea ;)", []string{"tea ;)"}},
		{"was it the week when mum was ill, or later", []string{"was it the week when mum was ill, or later"}},
		{"that he sees me, that I'm not alone", []string{"that he sees me", "that I'm not alone"}},
		{"that I'm never again the last to hear, not once", []string{"that I'm never again the last to hear, not once"}},
		{",,", nil},
		{"1,500 steps, tea", []string{"1,500 steps", "tea"}},
		{"1.5 hours of sleep\n3 May", []string{"1.5 hours of sleep", "3 May"}},
		{"2027. A better year\n-5 degrees", []string{"2027. A better year", "-5 degrees"}},
		{"well-being, self-care", []string{"well-being", "self-care"}},
		{"茶、散歩", []string{"茶", "散歩"}},
		{"tea\u2028rest", []string{"tea", "rest"}},
		{"tea,, ,rest", []string{"tea", "rest"}},
		{"tea/rest & Mum", []string{"tea/rest & Mum"}},
	} {
		if got := r.List(c.s); !slices.Equal(got, c.want) {
			t.Errorf("List(%q) = %q, want %q", c.s, got, c.want)
		}
	}
}

func FuzzList(f *testing.F) {
	for _, s := range []string{"a, b", "- a\n- b", "1. a\n2) b; c", "•a•b", "\xff\n\x00", "a;)b"} {
		f.Add(s)
	}
	r := reader(f, "en")
	f.Fuzz(func(t *testing.T, s string) {
		for _, item := range r.List(s) {
			if item == "" || item != strings.TrimSpace(item) || strings.ContainsAny(item, "\n\r") {
				t.Errorf("List(%q) has %q", s, item)
			}
			if !strings.Contains(strings.ToValidUTF8(s, "\ufffd"), item) && !strings.Contains(item, "\ufffd") {
				t.Errorf("List(%q) has %q, which nobody wrote", s, item)
			}
		}
	})
}
