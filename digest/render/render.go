// Package render turns a report into chat text and into descriptions of
// pictures. It computes no figure of its own: what text, board and picture say
// comes from one report, so that they agree. It never mentions who did not
// move.
package render

import (
	"strings"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// The most signs that a text takes, so that it does not fold away.
const (
	shortText = 350
	smallText = 750
	clubText  = 1500
)

// The members from which a group is written to as a club, and as a crowd.
const (
	clubSize  = 13
	crowdSize = 200
)

// quietActive is the number of active members up to which nobody is ranked.
const quietActive = 3

// pen writes one report in one language.
type pen struct {
	*locale.Locale
	r digest.Report
}

// Digest writes the weekly message of a group in its built-in style.
func Digest(r digest.Report, l *locale.Locale) string {
	text, _ := (*Templates)(nil).Digest(r, l) // an unknown style reads as the full one
	return text.Body
}

// Text is a digest as it was written.
type Text struct {
	Body     string
	Mentions []store.Mention // whom it names, and for what
}

// The situations of a group's week, as templates know them.
const (
	situationEmpty    = "empty"    // nobody moved
	situationQuiet    = "quiet"    // up to three moved: by name, without ranks
	situationSmall    = "small"    // everybody is on the board
	situationClub     = "club"     // too many to name everybody
	situationThousand = "thousand" // too many to name more than a few
)

// situation is how many there are to write about.
func (p pen) situation() string {
	switch {
	case p.r.Active == 0:
		return situationEmpty
	case p.r.Active <= quietActive:
		return situationQuiet
	case p.r.Members >= crowdSize:
		return situationThousand
	case p.r.Members >= clubSize:
		return situationClub
	}
	return situationSmall
}

// pick chooses one of four phrases by the week, so that two weeks in a row
// differ and the same week never does.
func (p pen) pick(key string) string { return p.Say(key + string(rune('0'+p.turn(4)))) }

// turn numbers the week among so many.
func (p pen) turn(of int) int { return (int(p.r.Span.Start)/7%of + of) % of }

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
