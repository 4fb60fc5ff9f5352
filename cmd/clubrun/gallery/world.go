package gallery

import (
	"fmt"
	"time"

	"clubrun/cmd/clubrun/story"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// history is what a group of the simulated world and its first member did: for
// whatever needs more than the one week that a made-up report has.
type history struct {
	who                             int64
	week, next, month, year         digest.Report    // of the group
	few                             digest.Report    // the week of three of them
	own, ownMonth, ownYear, ownDays digest.Report    // of the member alone
	wall                            []render.Workout // of the member's year
}

// halfYear is how many days the picture of one's own days has.
const halfYear = 182

// onWall is how many routes are on the picture of one's own year.
const onWall = 16

// past is the history of the world's first group up to the last evening of the
// week in which the world begins.
func past(w story.World) (history, error) {
	week := store.WeekOf(store.DayOf(w.Start), time.Monday)
	now := week.End.In(time.UTC).Add(-6 * time.Hour)
	g, season, err := Season(w, 1, w.Groups[0].Name, now)
	if err != nil {
		return history{}, fmt.Errorf("history: %w", err)
	}
	of := func(in digest.Input, span store.Span) digest.Report {
		in.Span = span
		return digest.Compute(in)
	}
	month, year := store.MonthOf(week.Start), store.YearOf(week.Start)
	all := digest.Input{Group: g, Now: now, Season: season}
	few, h := all, history{who: season.Members[0].ID}
	few.Members = season.Members[:3]
	h.week, h.next = of(all, week), of(all, store.Span{Start: week.End, End: week.End + 7})
	h.month, h.year, h.few = of(all, month), of(all, year), of(few, week)
	own := all.Alone(h.who)
	h.own, h.ownMonth, h.ownYear = of(own, week), of(own, month), of(own, year)
	h.ownDays = of(own, store.Span{Start: week.End - halfYear, End: week.End})
	h.wall, err = longRuns(w, 1, season.Members[0].Name, onWall, now.Sub(year.Start.In(time.UTC)))
	return h, err
}

// drawings are the pictures of the history.
func (h history) drawings() []drawing {
	return []drawing{
		{"world-week", func(l *locale.Locale) (render.Card, bool, error) { return render.Picture(h.week, l) }},
		{"world-few", func(l *locale.Locale) (render.Card, bool, error) { return render.Picture(h.few, l) }},
		{"world-trend", func(l *locale.Locale) (render.Card, bool, error) { return render.WeeksPicture(h.week, l) }},
		{"world-month", func(l *locale.Locale) (render.Card, bool, error) { return render.LongerPicture(h.month, l) }},
		{"world-year", func(l *locale.Locale) (render.Card, bool, error) { return render.LongerPicture(h.year, l) }},
		{"world-own", func(l *locale.Locale) (render.Card, bool, error) { return render.OwnPicture(h.week, h.who, l) }},
		{"world-own-empty", func(l *locale.Locale) (render.Card, bool, error) { return render.OwnPicture(h.next, h.who, l) }},
		{"world-own-days", func(l *locale.Locale) (render.Card, bool, error) { return render.StreakPicture(h.ownDays, h.who, l) }},
		{"world-own-year", func(l *locale.Locale) (render.Card, bool, error) {
			return render.YearPicture(h.ownYear, h.who, l, h.wall...)
		}},
	}
}

// texts are what the commands answer about the history.
func (h history) texts(l *locale.Locale) []text {
	return []text{
		{"world, /week", render.SoFar(h.week, l)},
		{"world, /stats", render.Longer(h.month, h.year, l)},
		{"world, /month", render.Period(h.month, l)},
		{"world, /year", render.Period(h.year, l)},
		{"world, /me", render.Own(h.week, h.ownMonth, h.ownYear, h.who, l)},
	}
}
