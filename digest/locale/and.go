package locale

import (
	"strings"
	"unicode"
)

// And joins the entries before the last one, which are one text already, with
// the last one: "Ana, Caro and Fay". A language whose word for "and" changes
// with the sound after it has a form of list.and for that sound, as list.and[i]
// in Spanish ("Ana e Irene") and list.and[e] in Italian ("Ana ed Elena").
func (l *Locale) And(list, last string) string {
	if text, ok := l.words["list.and["+sound(l.lang, last)+"]"]; ok {
		return l.Fill(text, "list", list, "last", last)
	}
	return l.Say("list.and", "list", list, "last", last)
}

// sound names the sound that a text begins with, where the word for "and"
// changes before it, and is empty elsewhere. Spanish: i, hi and a y that is a
// vowel, but not before a diphthong ("y hielo"). Italian: e only, as is written
// today.
func sound(lang, text string) string {
	text = strings.TrimLeftFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	switch lang {
	case "es":
		rest, y := strings.CutPrefix(text, "y")
		if !y {
			rest, y = strings.CutPrefix(strings.TrimPrefix(text, "h"), "i")
		}
		if y && rest != "" && !strings.ContainsAny(rest[:1], "aeou ") {
			return "i"
		}
	case "it":
		if strings.HasPrefix(text, "e") {
			return "e"
		}
	}
	return ""
}
