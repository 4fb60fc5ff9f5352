// Package render turns a report into chat text and into descriptions of
// pictures. It computes no figure of its own: what text, board and picture say
// comes from one report, so that they agree. It never mentions who did not
// move.
package render

import (
	"strings"
	"unicode/utf8"

	"clubrun/digest"
	"clubrun/digest/locale"
)

// The most signs that a text takes, so that it does not fold away.
const (
	smallText = 750
	clubText  = 1500
)

// clubSize is the number of members from which a group is written to as a
// club.
const clubSize = 13

// quietActive is the number of active members up to which nobody is ranked.
const quietActive = 3

// pen writes one report in one language.
type pen struct {
	*locale.Locale
	r digest.Report
}

// Digest writes the weekly message of a group: totals, board, highlights.
func Digest(r digest.Report, l *locale.Locale) string {
	p := pen{l, r}
	switch {
	case r.Active == 0:
		return p.empty()
	case r.Active <= quietActive:
		return p.quiet()
	case r.Members >= clubSize:
		return p.club()
	}
	return p.small()
}

// small writes to a group in which everybody is on the board.
func (p pen) small() string {
	return fit(smallText, len(p.r.Highlights), func(lines int) string {
		return blocks(p.title(), p.totals(), "", p.board(), p.highlights(lines), "", p.Say("close.own"))
	})
}

// quiet writes about a week in which few moved: by name, without ranks.
func (p pen) quiet() string {
	return fit(smallText, len(p.r.Highlights), func(lines int) string {
		return blocks(p.title(), p.totals(), "", p.people(), "", p.lines(lines), "", p.pick("quiet.close."))
	})
}

// empty writes about a period in which nobody moved.
func (p pen) empty() string {
	if p.r.Members == 0 {
		return blocks(p.title(), p.Say("empty.nobody"))
	}
	return blocks(p.title(), p.pick("empty."), p.Say("empty.next", "day", p.NamedDay(p.r.Span.End)))
}

// pick chooses one of four phrases by the week, so that two weeks in a row
// differ and the same week never does.
func (p pen) pick(key string) string {
	n := (int(p.r.Span.Start)/7%4 + 4) % 4
	return p.Say(key + string(rune('0'+n)))
}

// fit writes with as many optional lines as the limit allows.
func fit(limit, lines int, write func(lines int) string) string {
	for {
		text := write(lines)
		if lines == 0 || utf8.RuneCountInString(text) <= limit {
			return text
		}
		lines--
	}
}

// blocks joins lines: an empty one leaves a gap, though never two, none at the
// ends and none after a heading that has nothing under it.
func blocks(parts ...string) string {
	var b strings.Builder
	gap := false
	for _, part := range parts {
		if part == "" {
			gap = b.Len() > 0
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if gap {
			b.WriteByte('\n')
		}
		gap = false
		b.WriteString(part)
	}
	return b.String()
}

// dotted joins what there is with middle dots.
func dotted(parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, " · ")
}
