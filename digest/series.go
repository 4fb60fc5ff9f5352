package digest

import (
	"clubrun/store"
)

// seriesWeeks is how many weeks a report tells one by one, its own among them.
const seriesWeeks = 12

// Alone narrows an input to one member, so that days and weeks of its report
// are that member's own.
func (in Input) Alone(athlete int64) Input {
	members := in.Members
	in.Members = nil
	for _, m := range members {
		if m.ID == athlete {
			in.Members = append(in.Members, m)
		}
	}
	activities := in.Activities
	in.Activities = nil
	for _, a := range activities {
		if a.Athlete == athlete {
			in.Activities = append(in.Activities, a)
		}
	}
	return in
}

// series sets the weeks of the group and of its members one by one, the
// report's own last, from the first on of which anything is known. Only a
// week has them.
func (b *book) series(r *Report) {
	first, known := b.since()
	if r.Span.Days() != 7 || !known {
		return
	}
	r.Weeks = emptyWeeks(r.Span, first)
	at := map[int64][]Glance{}
	for _, p := range b.people {
		at[p.ID] = p.weeks(r.Span)
		for i := range r.Weeks {
			r.Weeks[i].add(at[p.ID], r.Weeks[i].Span)
		}
	}
	for _, rows := range [][]Row{r.Rows, r.Aside} {
		for i := range rows {
			rows[i].Weeks = at[rows[i].Athlete]
		}
	}
	best(r.Weeks)
}

// emptyWeeks are the last weeks up to a span that hold or follow a day.
func emptyWeeks(last store.Span, first store.Day) []Glance {
	var weeks []Glance
	for i := seriesWeeks - 1; i >= 0; i-- {
		back := store.Day(7 * i)
		if s := (store.Span{Start: last.Start - back, End: last.End - back}); s.End > first {
			weeks = append(weeks, Glance{Span: s})
		}
	}
	return weeks
}

// add adds a member's week of the same span.
func (g *Glance) add(weeks []Glance, s store.Span) {
	for _, w := range weeks {
		if w.Span != s {
			continue
		}
		g.Active += w.Active
		g.Workouts += w.Workouts
		g.Time += w.Time
		g.Distance += w.Distance
		g.Climb += w.Climb
		g.Days += w.Days
	}
}

// weeks are the member's last weeks, from the first known one on.
func (p *person) weeks(last store.Span) []Glance {
	if len(p.entries) == 0 {
		return nil
	}
	weeks := emptyWeeks(last, p.entries[0].day)
	first := weeks[0].Span.Start
	var recent []entry
	for i := range p.entries {
		e := &p.entries[i]
		if e.day < first || e.day >= last.End {
			continue
		}
		recent = append(recent, *e)
		w, part := &weeks[int(e.day-first)/7], e.part()
		w.Active = 1
		w.Workouts += part.Workouts
		w.Time += part.Time
		w.Distance += part.Distance
		w.Climb += part.Climb
	}
	for _, d := range activeDays(recent) {
		weeks[int(d-first)/7].Days++
	}
	best(weeks)
	return weeks
}

// best marks the weeks before which none had as much time.
func best(weeks []Glance) {
	for i := range weeks {
		weeks[i].Best = weeks[i].Time > 0
		for j := range i {
			weeks[i].Best = weeks[i].Best && weeks[j].Time < weeks[i].Time
		}
	}
}
