package charts

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The most of a string that is looked at.
const (
	maxBytes    = 2048
	maxClusters = 120
)

// name makes the name of a person drawable: fancy letters become plain ones,
// what no font has is left out. Nothing left gives the fallback.
func (ts *typesetter) name(s, fallback string) string {
	if s = ts.drawable(s, norm.NFKC); readable(s) {
		return s
	}
	return ts.text(fallback)
}

// text makes a formatted string drawable and keeps its spaces that do not
// break.
func (ts *typesetter) text(s string) string { return ts.drawable(s, norm.NFC) }

// readable says whether a name has a letter, a digit or a picture.
func readable(s string) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return true
	}
	return slices.ContainsFunc(clusters(s), func(cl string) bool { return isEmoji([]rune(cl)) })
}

// drawable brings a string into the normal form and drops what the fonts
// cannot draw, sign by sign. What is left can form other signs, so it is
// looked at until nothing more is dropped.
func (ts *typesetter) drawable(s string, form norm.Form) string {
	s = form.String(strings.Map(visible, clip(s)))
	for {
		left := form.String(ts.signs(s))
		if left == s || len(left) > len(s) {
			return left
		}
		s = left
	}
}

// clip bounds the work that a string can cause.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "")
	if len(s) <= maxBytes {
		return s
	}
	end := maxBytes
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

// visible drops controls, direction overrides, marks that strike through or
// enclose and private signs, and turns each space into one that all fonts
// have. What emoji are made of stays.
func visible(r rune) rune {
	switch {
	case r == 0xA0 || r == 0x202F:
		return 0xA0
	case unicode.IsSpace(r) || r == 0x2009:
		return ' '
	case joiner(r) || selector(r) || tag(r) || r == keycap:
		return r
	case r >= 0x334 && r <= 0x338 || r >= 0xFE00 && r <= 0xFE0D || r >= 0x180B && r <= 0x180F,
		r >= 0x1160 && r <= 0x11FF || r >= 0xE0100 && r <= 0xE01EF || r == 0x115F || r == 0x3164 || r == 0xFFA0,
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Me):
		return -1
	}
	return r
}

// signs joins the signs that can be drawn, with single spaces.
func (ts *typesetter) signs(s string) string {
	var b strings.Builder
	for i, cl := range clusters(s) {
		if i == maxClusters {
			break
		}
		b.WriteString(ts.sign(cl))
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' }), " ")
}

// sign returns a cluster as it can be drawn: whole, without its marks, or not
// at all.
func (ts *typesetter) sign(cl string) string {
	rs := []rune(cl)
	if tone(rs[0]) {
		return "" // it would change what it is put behind
	}
	if isEmoji(rs) {
		sign := ts.emojiSign(rs)
		if sign == "" && slices.Contains(rs, keycap) && len(rs) > 1 {
			return ts.sign(string(rs[:1]))
		}
		return sign
	}
	rs = slices.DeleteFunc(rs, func(r rune) bool { return selector(r) || tag(r) || r == keycap })
	if len(rs) == 0 || unicode.IsMark(rs[0]) || joiner(rs[0]) {
		return ""
	}
	base := rs[0]
	marks := 0
	for _, r := range rs {
		if unicode.IsMark(r) {
			marks++
		}
	}
	if marks > marksAllowed(base) {
		rs = slices.DeleteFunc(rs, unicode.IsMark)
	}
	if ts.everyWeight(rs) {
		return string(rs)
	}
	if ts.everyWeight(rs[:1]) {
		return string(base)
	}
	return ""
}

// everyWeight says whether one font has the whole cluster, whatever the style.
func (ts *typesetter) everyWeight(cluster []rune) bool {
	for w := range weights {
		if ts.faceFor(cluster, w) == nil {
			return false
		}
	}
	return true
}

// marksAllowed is how many marks a base may carry beside what is composed with
// it before it loses all: scripts that write vowels as marks need several.
func marksAllowed(base rune) int {
	if unicode.In(base, unicode.Arabic, unicode.Hebrew, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
		unicode.Devanagari, unicode.Bengali, unicode.Gujarati, unicode.Gurmukhi, unicode.Oriya,
		unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala) {
		return 6
	}
	return 1
}
