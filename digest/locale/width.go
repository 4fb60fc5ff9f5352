package locale

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Width returns how many columns a text takes in a monospaced font: two for
// East Asian wide signs and for emoji, none for marks.
func Width(s string) int { return uniseg.StringWidth(s) }

// Cut shortens a text to at most so many columns, the last one an ellipsis
// where something is missing. It never splits a visible sign.
func Cut(s string, columns int) string {
	if Width(s) <= columns {
		return s
	}
	if columns < 1 {
		return ""
	}
	var b strings.Builder
	left, all := columns-1, uniseg.NewGraphemes(s)
	for all.Next() && all.Width() <= left {
		left -= all.Width()
		b.WriteString(all.Str())
	}
	return strings.TrimRight(b.String(), " ") + "…"
}

// CutMiddle shortens a text to at most so many columns as Cut does, but keeps its
// last signs as well: for texts that begin alike.
func CutMiddle(s string, columns, last int) string {
	if Width(s) <= columns || last < 1 || columns < last+2 {
		return Cut(s, columns)
	}
	var signs []string
	for all := uniseg.NewGraphemes(s); all.Next(); {
		signs = append(signs, all.Str())
	}
	from := len(signs)
	for from > 0 && Width(strings.Join(signs[from-1:], "")) <= last {
		from--
	}
	end := strings.Join(signs[from:], "")
	return Cut(s, columns-Width(end)) + end
}

// Pad cuts a text to so many columns or fills it up with spaces after it.
func Pad(s string, columns int) string {
	s = Cut(s, columns)
	return s + strings.Repeat(" ", max(0, columns-Width(s)))
}

// PadLeft cuts a text to so many columns or fills it up with spaces before it.
func PadLeft(s string, columns int) string {
	s = Cut(s, columns)
	return strings.Repeat(" ", max(0, columns-Width(s))) + s
}
