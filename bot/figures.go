package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// How many days before a period are looked at, for means, bests and streaks.
const (
	history = 371
	warmUp  = 35 // enough for means
)

// today is the calendar day in the group's zone.
func (t *turn) today(g store.Group) store.Day { return store.DayOf(t.Now().In(g.Location())) }

// groupReport computes a period of a group.
func (t *turn) groupReport(ctx context.Context, g store.Group, span store.Span, back int) (digest.Report, error) {
	members, err := t.Store.Members(ctx, g.ID)
	if err != nil {
		return digest.Report{}, fmt.Errorf("members: %w", err)
	}
	acts, err := t.Store.GroupActivities(ctx, g.ID, store.Span{Start: span.Start - store.Day(back), End: span.End})
	if err != nil {
		return digest.Report{}, fmt.Errorf("activities: %w", err)
	}
	return digest.Compute(digest.Input{Group: g, Span: span, Now: t.Now(), Season: store.Season{Members: members, Activities: acts}}), nil
}

// ownReport computes a period of the sender alone, under a group's rules.
func (t *turn) ownReport(ctx context.Context, g store.Group, span store.Span, name string) (digest.Report, error) {
	own := t.athlete
	if name != "" {
		own.Name = name
	}
	acts, err := t.Store.Activities(ctx, own.ID, store.Span{Start: span.Start - history, End: span.End})
	if err != nil {
		return digest.Report{}, fmt.Errorf("activities: %w", err)
	}
	return digest.Compute(digest.Input{Group: g, Span: span, Now: t.Now(), Season: store.Season{Members: []store.Athlete{own}, Activities: acts}}), nil
}

// line tells a row as a board tells it: name, score, days.
func (t *turn) line(r digest.Report, row digest.Row) string {
	score := strconv.Itoa(r.Score(row))
	switch {
	case r.Metric == store.ByTime:
		score = t.loc.Duration(time.Duration(r.Score(row)) * time.Minute)
	case r.Metric == store.ByDistance:
		score = t.loc.Distance(float64(r.Score(row))*100, r.Sport)
	case r.Metric == store.ByClimb:
		score = t.loc.Climb(row.Climb)
	case row.Estimated && r.Metric == store.ByEffort:
		score = "~" + score
	}
	days := min(row.ActiveDays, len(row.Days))
	dots := strings.Repeat("•", days) + strings.Repeat("·", len(row.Days)-days)
	return "`" + locale.Name(row.Name) + " " + score + " " + dots + "`"
}
