package digest

import (
	"time"

	"clubrun/store"
)

// compare sets the changes of rows and group against the mean of the four
// weeks before. Only a week has such a mean; of a running week it is taken
// over as many days as have begun. Nobody is compared in a pause, nor with one.
func (b *book) compare(r *Report) {
	if r.Span.Days() != 7 || r.Begun == 0 {
		return
	}
	weeks := b.weeksBefore(r.Span, r.Begun)
	at := b.places()
	for i := range r.Rows {
		if row := &r.Rows[i]; !row.Paused {
			row.Change = b.ownMean(weeks, at[row.Athlete], *r).change(r.Score(*row))
		}
	}
	var group mean
	first, known := b.since()
	for _, w := range weeks {
		if !known || w.span.Start < first {
			continue
		}
		sum := time.Duration(0)
		for i := range w.rows {
			sum += w.rows[i].Time
		}
		group.add(sum, minutes(sum))
	}
	r.Change = group.change(minutes(r.Time))
}

// week is one of the weeks of an average.
type week struct {
	span store.Span
	rows []Row // in the order of the people
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

// places tells where each member stands among the people.
func (b *book) places() map[int64]int {
	at := make(map[int64]int, len(b.people))
	for i, p := range b.people {
		at[p.ID] = i
	}
	return at
}

// ownMean is the average of the i-th member over the weeks since something is
// known of them, but for those with a pause.
func (b *book) ownMean(weeks []week, i int, r Report) mean {
	var m mean
	p := b.people[i]
	if len(p.entries) == 0 {
		return m
	}
	first := p.entries[0].day
	for _, w := range weeks {
		if w.span.Start >= first && !p.pausedIn(w.span) {
			m.add(w.rows[i].Time, r.Score(w.rows[i]))
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
