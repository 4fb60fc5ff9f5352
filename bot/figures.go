package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clubrun/digest"
	"clubrun/digest/gather"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// today is the calendar day in the group's zone.
func (t *turn) today(g store.Group) store.Day { return store.DayOf(t.Now().In(g.Location())) }

// week is the running week of a group.
func (t *turn) week(g store.Group) store.Span { return store.WeekOf(t.today(g), g.WeekStart) }

// groupReport computes a period of a group as its digest does; of one sport
// alone where one is given.
func (t *turn) groupReport(ctx context.Context, g store.Group, span store.Span, sport store.Sport) (digest.Report, error) {
	in, err := gather.Input(ctx, t.Store, g, span, t.Now(), t.Rules)
	if err != nil {
		return digest.Report{}, err
	}
	t.tells = g.ID
	return digest.Compute(only(in, sport)), nil
}

// ownReport computes a period of the sender alone, under a group's rules.
func (t *turn) ownReport(ctx context.Context, g store.Group, span store.Span, name string, sport store.Sport) (digest.Report, error) {
	own := t.athlete
	if name != "" {
		own.Name = name
	}
	acts, err := t.Store.Activities(ctx, own.ID, store.Span{Start: span.Start - gather.History, End: span.End})
	if err != nil {
		return digest.Report{}, fmt.Errorf("activities: %w", err)
	}
	pauses, err := t.Store.Pauses(ctx, own.ID)
	if err != nil {
		return digest.Report{}, fmt.Errorf("pauses: %w", err)
	}
	season := store.Season{Members: []store.Athlete{own}, Activities: acts, Pauses: pauses}
	return digest.Compute(only(digest.Input{Group: g, Span: span, Now: t.Now(), Season: season, Rules: t.Rules}, sport)), nil
}

// only leaves out all sports but one.
func only(in digest.Input, sport store.Sport) digest.Input {
	if sport == "" {
		return in
	}
	var kept []store.Activity
	for _, a := range in.Activities {
		if a.Sport == sport {
			kept = append(kept, a)
		}
	}
	in.Activities = kept
	return in
}

// line tells a row as a board tells it: name, score, days.
func (t *turn) line(r digest.Report, row digest.Row) string {
	score := strconv.Itoa(r.Score(row))
	switch {
	case r.Metric == store.ByTime:
		score = t.loc.Duration(time.Duration(r.Score(row)) * time.Minute)
	case r.Metric == store.ByDistance:
		score = t.loc.Distance(float64(r.Score(row)), r.Sport)
	case r.Metric == store.ByClimb:
		score = t.loc.Climb(row.Climb)
	case row.Estimated && r.Metric == store.ByEffort:
		score = "~" + score
	}
	days := min(row.ActiveDays, len(row.Days))
	dots := strings.Repeat("•", days) + strings.Repeat("·", len(row.Days)-days)
	return "`" + locale.Name(row.Name) + " " + score + " " + dots + "`"
}

// show owes a picture in the chat of the message. Without it the words still
// say everything, so one that cannot be drawn is noted and left out.
func (t *turn) show(ctx context.Context, card render.Card, drawn bool, err error) {
	t.draw(ctx, card, drawn, err, false)
}

// draw is show, in the sender's direct chat where aside is true.
func (t *turn) draw(ctx context.Context, card render.Card, drawn bool, err error, aside bool) {
	if err == nil && !drawn {
		return
	}
	var media *store.Media
	if err == nil {
		media, err = card.Media()
		card.Picture.Release()
	}
	if err != nil {
		t.logger(ctx).Error().Err(err).Msg("picture not drawn")
		return
	}
	o := t.outgoing(store.KindImage, card.Caption)
	o.Media = media
	if aside {
		o = t.to(t.athlete, o)
	}
	t.owed = append(t.owed, o)
}
