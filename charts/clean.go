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
// emoji and what no font has is left out. Nothing left gives the fallback.
func (ts *typesetter) name(s, fallback string) string {
	if s = ts.drawable(norm.NFKC.String(clip(s))); readable(s) {
		return s
	}
	return ts.text(fallback)
}

// text makes a formatted string drawable and keeps its spaces that do not
// break.
func (ts *typesetter) text(s string) string {
	return ts.drawable(norm.NFC.String(clip(s)))
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

// readable says whether a name has a letter or a digit.
func readable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// drawable drops what the fonts cannot draw, sign by sign, and single out
// spaces.
func (ts *typesetter) drawable(s string) string {
	var b strings.Builder
	for i, cl := range clusters(s) {
		if i == maxClusters {
			break
		}
		b.WriteString(ts.cluster(cl))
	}
	return strings.Join(strings.FieldsFunc(b.String(), breaking), " ")
}

// breaking says whether a rune is a space at which words part.
func breaking(r rune) bool { return unicode.IsSpace(r) && r != 0xA0 }

// cluster returns the sign as it can be drawn: whole, without its marks, or
// not at all.
func (ts *typesetter) cluster(cl string) string {
	rs := []rune(cl)
	if unicode.IsSpace(rs[0]) || rs[0] == 0x202F || rs[0] == 0x2009 {
		return ts.space(rs[0])
	}
	if emoji(rs) {
		// A keycap leaves its digit; the rest leaves nothing.
		if rs[0] < 0x80 {
			return string(rs[:1])
		}
		return ""
	}
	rs = calm(rs)
	if len(rs) == 0 {
		return ""
	}
	if ts.everyWeight(rs) {
		return string(rs)
	}
	if ts.everyWeight(rs[:1]) && !unicode.IsMark(rs[0]) {
		return string(rs[:1])
	}
	return ""
}

// space keeps spaces that do not break and turns the others into plain ones.
func (ts *typesetter) space(r rune) string {
	if r == 0xA0 || r == 0x202F {
		return "\u00a0"
	}
	return " "
}

// everyWeight says whether the cluster can be drawn whatever the style.
func (ts *typesetter) everyWeight(cluster []rune) bool {
	for w := range weights {
		if ts.faceFor(cluster, w) == nil {
			return false
		}
	}
	return true
}

// calm drops controls, marks without end, invisible and private signs.
func calm(cluster []rune) []rune {
	var out []rune
	marks := 0
	for _, r := range cluster {
		if invisible(r) || overlay(r) {
			continue
		}
		if unicode.IsMark(r) {
			marks++
		}
		out = append(out, r)
	}
	if len(out) == 0 || len(out) == 1 && joiner(out[0]) {
		return nil
	}
	if marks > marksAllowed(out[0]) {
		out = slices.DeleteFunc(out, unicode.IsMark)
	}
	return out
}

// invisible says whether a rune is a control, a direction override, a variant
// selector or private.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Co, r) || unicode.Is(unicode.Me, r) ||
		unicode.Is(unicode.Cf, r) && !joiner(r) || r >= 0xFE00 && r <= 0xFE0F
}

// overlay says whether a mark strikes its letter through.
func overlay(r rune) bool { return r >= 0x334 && r <= 0x338 }

// marksAllowed is how many marks a base may carry beside what is composed with
// it before it loses all: scripts that write vowels as marks need several.
func marksAllowed(base rune) int {
	if unicode.In(base, unicode.Arabic, unicode.Hebrew, unicode.Devanagari, unicode.Thai) {
		return 6
	}
	return 1
}

// emoji says whether a cluster is a picture rather than text.
func emoji(cluster []rune) bool {
	for _, r := range cluster {
		if r == 0xFE0F || r == 0x20E3 || r >= 0x1F000 && r <= 0x1FAFF {
			return true
		}
	}
	return false
}
