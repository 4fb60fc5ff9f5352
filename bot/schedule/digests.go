package schedule

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"clubrun/store"

	"github.com/rs/zerolog"
)

// The rules of a due digest.
const (
	// Patience is how long after its moment a digest is still posted.
	Patience = 36 * time.Hour
	// PerMinute is how many groups post in one minute; the others follow in the
	// next ones, never early.
	PerMinute = 2
	// freshenLimit bounds the look at Garmin just before a digest.
	freshenLimit = 20 * time.Second
)

// Groups are the groups and where their schedules stand.
type Groups interface {
	Groups(ctx context.Context) ([]store.Group, error)
	SetNextRun(ctx context.Context, group int64, last, next time.Time) error
}

// Publisher owes a group its digest for the week that holds due; the second
// call for a week reports false and owes nothing.
type Publisher interface {
	Publish(ctx context.Context, g store.Group, due time.Time) (fresh bool, err error)
	// Cause returns the correlation id of that digest.
	Cause(g store.Group, due time.Time) string
}

// Digests is the job that posts what is due.
type Digests struct {
	Groups    Groups
	Publisher Publisher
	Freshen   func(ctx context.Context) (store.Tally, error) // may be nil
	Now       func() time.Time
	Log       zerolog.Logger
}

// Run looks at every group once. A group whose digest fails stops no other.
func (d *Digests) Run(ctx context.Context) (Outcome, error) {
	groups, err := d.Groups.Groups(ctx)
	if err != nil {
		return Outcome{}, fmt.Errorf("digests: %w", err)
	}
	var out Outcome
	var errs []error
	for _, g := range groups {
		due, line, ok := d.due(ctx, g)
		if !ok || out.Processed == PerMinute {
			continue
		}
		if d.Now().Sub(due) > Patience {
			errs = append(errs, d.skip(ctx, g, due, line))
			continue
		}
		if out.Processed == 0 {
			d.freshen(ctx)
		}
		out.Processed++
		cause := d.Publisher.Cause(g, due)
		out.Message = strings.TrimSpace(out.Message + " " + cause)
		if err := d.publish(store.WithCause(ctx, cause), g, due, line); err != nil {
			out.Failed++
			errs = append(errs, fmt.Errorf("%s: %w", cause, err))
		}
	}
	return out, errors.Join(errs...)
}

// due returns the last moment of the group's schedule when it has not been
// dealt with yet.
func (d *Digests) due(ctx context.Context, g store.Group) (time.Time, Line, bool) {
	if !g.Enabled || !g.Allowed || g.Schedule == "" {
		return time.Time{}, Line{}, false
	}
	line, err := Parse(g.Schedule)
	if err != nil {
		d.Log.Error().Ctx(ctx).Err(err).Int64("group", g.ID).Msg("schedule not readable")
		return time.Time{}, Line{}, false
	}
	due := line.Last(d.Now(), g.Location())
	return due, line, !due.IsZero() && due.After(g.Scheduled) && due.After(g.LastRun)
}

func (d *Digests) publish(ctx context.Context, g store.Group, due time.Time, line Line) error {
	if _, err := d.Publisher.Publish(ctx, g, due); err != nil {
		return err
	}
	return d.Groups.SetNextRun(ctx, g.ID, due, line.Next(d.Now(), g.Location()))
}

func (d *Digests) skip(ctx context.Context, g store.Group, due time.Time, line Line) error {
	ctx = store.WithCause(ctx, d.Publisher.Cause(g, due))
	d.Log.Warn().Ctx(ctx).Int64("group", g.ID).Time("due", due).Msg("digest missed by more than its patience")
	return d.Groups.SetNextRun(ctx, g.ID, due, line.Next(d.Now(), g.Location()))
}

// freshen reads what is new; a digest is posted with what is there if that
// takes too long or fails.
func (d *Digests) freshen(ctx context.Context) {
	if d.Freshen == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, freshenLimit)
	defer cancel()
	if _, err := d.Freshen(ctx); err != nil {
		d.Log.Warn().Ctx(ctx).Err(err).Msg("not everything could be read before the digest")
	}
}
