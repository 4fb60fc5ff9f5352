package bot

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold makes what people type comparable: lower case, no accents, no invisible
// signs, full-width signs as plain ones, every run of white space one space.
// It takes time linear in the text.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "\uFFFD")) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cf, r), r >= 0x1F3FB && r <= 0x1F3FF: // the last are colours of skin
			continue
		case unicode.IsSpace(r), unicode.IsControl(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// trailing are the signs that mean nothing at the end of a command.
const trailing = "?!.,…;:"

// marks are the signs that people copy along with a word in bold or in quotes.
const marks = "*_~`\"'“”„«»"

// trim drops what people put around a word: punctuation behind it, and marks.
func trim(word string) string {
	return strings.TrimRight(strings.TrimLeft(word, marks), trailing+marks)
}

// letters says whether a folded word has anything to read in it.
func letters(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// Distance counts the letters that must be added, dropped, changed or swapped
// with their neighbour to turn one folded word into the other; more than most
// is told as most+1.
func Distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(y)], most+1)
}
