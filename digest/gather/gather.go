// Package gather reads what a report is computed from, in one look at the
// store, so that an answer, a preview and the digest itself are told from the
// same. It computes nothing and says nothing.
package gather

import (
	"context"
	"fmt"
	"time"

	"clubrun/digest"
	"clubrun/store"
)

// History is how many days before a period a report looks at, for means,
// bests, records, streaks and the year before: as long as is kept by default, so
// that the week a year before is always in it as a whole.
const History = 400

// Source is where a group's season is kept.
type Source interface {
	// Season reads all of it at one moment.
	Season(ctx context.Context, group int64, span store.Span) (store.Season, error)
}

// Input returns what the report of a group's period is computed from: the
// season of the span and of the History before it, from the start of a goal
// that is running on, where that is earlier.
func Input(ctx context.Context, src Source, g store.Group, span store.Span, now time.Time, rules *digest.Rules) (digest.Input, error) {
	wide := store.Span{Start: span.Start - History, End: span.End}
	s, err := src.Season(ctx, g.ID, wide)
	if err == nil && runsFrom(s.Goal, wide, span) {
		wide.Start = s.Goal.Span.Start
		s, err = src.Season(ctx, g.ID, wide) // again as a whole: one moment, not two
	}
	if err != nil {
		return digest.Input{}, fmt.Errorf("season of group %d: %w", g.ID, err)
	}
	return digest.Input{Group: g, Span: span, Now: now, Season: s, Rules: rules}, nil
}

// runsFrom says whether a goal that touches the span, or ended with the day
// before it, began before what was read.
func runsFrom(goal *store.Goal, wide, span store.Span) bool {
	return goal != nil && goal.Span.Start < wide.Start && goal.Span.End >= span.Start
}
