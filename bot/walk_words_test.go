package bot_test

import (
	"math/rand/v2"
	"strings"

	"kintsugi/flows"
)

// fitting are answers to each kind of question, as people write them.
var fitting = map[string][]string{
	"text": {
		"a thing", "The dog waited at the door.", "I was late on Friday, and I am sorry.", "Nobody said anything, and then we ate.",
		"You never tell me where you are", "I felt small. Would you ring me at noon?", "I will be home at six on Friday", "Sorry if you were hurt",
		"we talked\n\nand then we slept", "tired",
	},
	"number":   {"3", "seven", "12"},
	"scale":    {"3", "7", "nine", "1"},
	"yesno":    {"yes", "no", "not really", "yes please"},
	"list":     {"A walk", "a film, sleep and tea", "one\ntwo", "that's all"},
	"date":     {"tomorrow", "3 May", "next friday", "in two weeks", "yesterday", "last monday", "29 February", "03/04"},
	"time":     {"21:30", "half past nine", "9", "noon"},
	"zone":     {"Ghent", "Berlin", "New York", "21:30"},
	"country":  {"Belgium", "Germany", "UK", "us"},
	"language": {"English"},
	"photo":    {"/skip"},
	"coach": {
		"you never tell me where you are", "Last night you came home at one and hadn't written.", "I was scared", "Would you text me next time?",
		"I'm sorry if you felt hurt", "I told you that I was at work. I wasn't.", "I will show you the bill by Sunday", "be honest with me",
	},
}

// hostile are answers that fit nothing, or that something might trip over.
var hostile = []string{
	"   ", "\n\n\t", "\u200b", "\u2060\u200d", "\u00a0\u3000", ".", "?!", "🙂", "👨‍👩‍👧‍👦👩🏽‍🚀", "❤️‍🔥 ❤️‍🔥",
	"שלום, מה שלומך היום", "\u202eright to left\u202c", "مرحبا بالعالم ١٢٣", "before\x00between\x1b[31m\x07after", "\u0007", "\ufdd0marked\ufdd1", "**strong** and __so__",
	"{{.Answer}}", "{{.person.name}} {{range .Items}}", "{{", "}}", "%s %d %!v(MISSING)", "%!s(<nil>)", "<no value>", "map[a:b]", "$HOME `id` ${x}", "\\n\\t\\\\",
	"-3", "0", "-1", "11", "99999999999999999999999999", "1e309", "NaN", "3.14159", "0x10", "½", "٣", "1,5", "5/10", "2-3",
	"31 February", "31 February 2027", "30/02", "1 January 1750", "yesterday", "13/13/13", "29 February 2101", "in 4000 years", "in -3 days", "every day", "25:61", "24:00",
	"'; DROP TABLE people; --", "1 OR 1=1", "<b>bold</b><script>alert(1)</script>", "&amp;&lt;", "*bold* _it_ `code` [x](http://example.com) > q", "@everyone <@1> #general",
	"null", "undefined", "true", "[]", "{}", "/", "//", "/ help", "/help@other_bot now", "https://example.com/?a=b&c=d", "ABCDE-FGHJK-MNPQR-STVWX",
	"yes and no", "maybe", "none of these", "1 and 2 and 3", "all of them", "the last one", "no idea what you mean by any of that", "why?", "what", "later",
	"that's it", "done", "nothing", "I don't know", "rather not", "stop", "help", "hello", "hi again", "ok", "thanks", "I am fine, thank you for asking, and you?",
	"e\u0301\u0302\u0303\u0304\u0305\u0306\u0307 zalgo", "ﷺﷺﷺ", "𝔣𝔯𝔞𝔨𝔱𝔲𝔯", "no\rreturn", "a\u2028line\u2029and a paragraph",
}

// dangers are sentences that the crisis floor answers.
var dangers = []string{"I want to die", "he hits me and I am afraid of him", "I am going to kill him", "I cut myself again", "just being dramatic"}

// slashes are what people type that begins with a slash.
var slashes = []string{
	"/back", "/back", "/back", "/skip", "/skip", "/repeat", "/repeat", "/cancel", "/cancel", "/help", "/xyzzy", "/chekin", "/BACK", "/skip@some_bot",
	"/p99_9", "/p0_0", "/start", "/settings", "/safety", "/checkin", "/gratitude", "/journal", "/promises", "/goals", "/milestones", "/today", "/next", "/steps", "/progress",
	"/partner", "/pause", "/resume", "/export", "/reminders", "/pictures", "/privacy", "/helpnow", "/finish", "/exit", "/agreements", "/plugh", "/nothing_of_ours", "/p1", "/next_one",
}

// long makes something longer than any platform takes in one message.
func long(rng *rand.Rand) string {
	one := []string{"all work and no play ", "0123456789", "👨‍👩‍👧‍👦", "今天有什么让你高兴", "{{.Answer}} ", "line\n"}[rng.IntN(6)]
	return strings.Repeat(one, 4200/len([]rune(one))+rng.IntN(200))
}

// odd gives an answer that fits nothing.
func odd(rng *rand.Rand) string {
	switch n := rng.IntN(20); n {
	case 0:
		return long(rng)
	case 1:
		return dangers[rng.IntN(len(dangers))]
	case 2:
		return fitting["text"][rng.IntN(len(fitting["text"]))] + " " + hostile[rng.IntN(len(hostile))]
	}
	return hostile[rng.IntN(len(hostile))]
}

// fits gives an answer to a question of a form.
func fits(rng *rand.Rand, form string) string {
	words := fitting[form]
	if len(words) == 0 {
		words = fitting["text"]
	}
	return words[rng.IntN(len(words))]
}

// things are what people send that is neither words nor a button.
var things = []string{"sticker", "voice", "video", "location", "contact", "document", "edit", "forward", "photo", "other"}

// list half said is ended by these words.
const listDone = "that's all"

// formOf is the form of the question in front of somebody, or nothing.
func formOf(s flows.Session) string {
	switch {
	case s.Offer != nil:
		return "offer"
	case s.Front == nil:
		return ""
	case len(s.Front.Sure) > 0:
		return "sure"
	}
	return s.Front.Form
}
