package digest

import (
	"time"

	"clubrun/store"
)

// compare sets the changes of rows and group against the mean of the four
// weeks before. Only a week has such a mean; of a running week it is taken
// over as many days as have begun.
func (b *book) compare(r *Report) {
	if r.Span.Days() != 7 || r.Begun == 0 {
		return
	}
	weeks := b.weeksBefore(r.Span, r.Begun)
	var group mean
	for i := range r.Rows {
		r.Rows[i].Change = b.ownMean(weeks, r.Rows[i].Athlete, *r).change(r.Score(r.Rows[i]))
	}
	first, known := b.since()
	for _, w := range weeks {
		if !known || w.span.Start < first {
			continue
		}
		week := Row{}
		for _, row := range w.rows {
			week.Time += row.Time
		}
		group.add(week.Time, minutes(week.Time))
	}
	r.Change = group.change(minutes(r.Time))
}

// week is one of the weeks of an average.
type week struct {
	span store.Span
	rows []Row
}

// weeksBefore adds up the first days of each of the four weeks before a span.
func (b *book) weeksBefore(s store.Span, days int) []week {
	var weeks []week
	for i := 1; i <= baseWeeks; i++ {
		start := s.Start - store.Day(7*i)
		part := store.Span{Start: start, End: start + store.Day(days)}
		weeks = append(weeks, week{part, b.tally(part)})
	}
	return weeks
}

// ownMean is a member's average over the weeks since something is known of
// them.
func (b *book) ownMean(weeks []week, athlete int64, r Report) mean {
	var m mean
	for i, p := range b.people {
		if p.ID != athlete || len(p.entries) == 0 {
			continue
		}
		first := p.entries[0].day
		for _, w := range weeks {
			if w.span.Start >= first {
				m.add(w.rows[i].Time, r.Score(w.rows[i]))
			}
		}
	}
	return m
}

// since is the first day of which anything is known.
func (b *book) since() (first store.Day, known bool) {
	for _, p := range b.people {
		if len(p.entries) > 0 && (!known || p.entries[0].day < first) {
			first, known = p.entries[0].day, true
		}
	}
	return first, known
}

// mean gathers what an average is made of.
type mean struct {
	weeks int
	time  time.Duration
	score int
}

func (m *mean) add(t time.Duration, score int) {
	m.weeks++
	m.time += t
	m.score += score
}

// change is a score against the average; nil where there were too few weeks or
// too little time in them to mean anything.
func (m mean) change(score int) *float64 {
	if m.weeks < 2 || m.score <= 0 || m.time < time.Duration(m.weeks)*baseTime {
		return nil
	}
	c := float64(score)*float64(m.weeks)/float64(m.score) - 1
	return &c
}

func minutes(d time.Duration) int { return int(d.Round(time.Minute) / time.Minute) }
