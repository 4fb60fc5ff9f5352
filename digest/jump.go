package digest

import "clubrun/store"

// jumps tells who is how far above the own average, the largest first; not the
// one of whom that was told a week ago.
func (b *book) jumps(r *Report, told []store.Mention) []Highlight {
	if r.Span.Days() != 7 || r.Begun < 7 {
		return nil // half a week is not yet a jump
	}
	before := b.jumped(r, told)
	var found []Highlight
	for _, row := range r.Rows {
		if row.Change == nil || *row.Change < jumpLeast || before[row.Athlete] {
			continue
		}
		c := min(*row.Change, jumpMost)
		found = append(found, Highlight{
			Kind: KindJump, Athlete: row.Athlete, Name: row.Name, Day: r.Span.Last(), Change: c, weight: 42 + c,
		})
	}
	return found
}

// jumped is whose jump the digest of the week before told; where nothing is
// kept of that digest, who was farthest above the own average then.
func (b *book) jumped(r *Report, told []store.Mention) map[int64]bool {
	jumped := map[int64]bool{}
	last := r.Span.Before()
	kept := false
	for _, m := range told {
		if m.Week != last.Start {
			continue
		}
		kept = true
		if m.Kind == string(KindJump) {
			jumped[m.Athlete] = true
		}
	}
	if athlete, found := b.firstJump(r, last); !kept && found {
		jumped[athlete] = true
	}
	return jumped
}

// firstJump is whoever was farthest above the own average in a week.
func (b *book) firstJump(r *Report, week store.Span) (athlete int64, found bool) {
	last := Report{Group: r.Group, Span: week, Today: week.Last(), Begun: 7, Metric: r.Metric, Sport: r.Sport}
	last.sum(b.tally(last.Span))
	b.pauses(&last)
	b.compare(&last)
	most := jumpLeast
	for _, row := range last.Rows {
		if row.Change != nil && *row.Change > most {
			athlete, most, found = row.Athlete, *row.Change, true
		}
	}
	return athlete, found
}
