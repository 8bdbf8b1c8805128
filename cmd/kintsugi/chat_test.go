package main

import "testing"

func TestLanguageOfALocale(t *testing.T) {
	for locale, want := range map[string]string{
		"de_AT.UTF-8": "de-AT", "en_GB": "en-GB", "C": "", "C.UTF-8": "", "POSIX": "", "": "", "pt_BR.utf8": "pt-BR",
	} {
		if got := languageOf(locale); got != want {
			t.Errorf("languageOf(%q) = %q, want %q", locale, got, want)
		}
	}
}
