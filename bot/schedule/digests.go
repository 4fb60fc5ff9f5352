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
// call for a week reports false and owes nothing. A week that is to be left out
// is store.ErrSkipped.
type Publisher interface {
	Publish(ctx context.Context, g store.Group, due time.Time) (fresh bool, err error)
	// Cause returns the correlation id of that digest.
	Cause(g store.Group, due time.Time) string
}

// Digests is the job that posts what is due. One goroutine runs it.
type Digests struct {
	Groups    Groups
	Publisher Publisher
	// Freshen reads what is new of the groups' members; may be nil.
	Freshen func(ctx context.Context, groups []int64) error
	Now     func() time.Time
	Log     zerolog.Logger
	// OnDigest hears what became of each digest that was due, and how long after
	// its moment. It must not block; may be nil.
	OnDigest func(what Fate, late time.Duration)
	// OnMissed hears of a digest that is let go, of which group and when it was
	// due; may be nil.
	OnMissed func(ctx context.Context, g store.Group, due time.Time) error

	setbacks setbacks
}

// Fate is what became of a digest that was due.
type Fate string

// The fates.
const (
	Posted  Fate = "posted"  // owed to the group; with what time it is late is told beside it
	Already Fate = "already" // that week was posted before, by hand
	Skipped Fate = "skipped" // on an admin's word
	Missed  Fate = "missed"  // by more than its patience
	Failed  Fate = "failed"  // to be tried again
)

// Fates returns all fates.
func Fates() []Fate { return []Fate{Posted, Already, Skipped, Missed, Failed} }

func (d *Digests) told(what Fate, due time.Time) {
	if d.OnDigest != nil {
		d.OnDigest(what, d.Now().Sub(due))
	}
}

// task is one group's digest that is due.
type task struct {
	group store.Group
	due   time.Time
	line  Line
}

// Run looks at every group once. A group whose digest fails stops no other,
// takes nobody's place, and is left alone for a while.
func (d *Digests) Run(ctx context.Context) (Outcome, error) {
	groups, err := d.Groups.Groups(ctx)
	if err != nil {
		return Outcome{}, fmt.Errorf("digests: %w", err)
	}
	tasks, errs := d.tasks(ctx, groups)
	d.freshen(ctx, tasks[:min(len(tasks), PerMinute)])
	var out Outcome
	for _, t := range tasks {
		if out.Processed-out.Failed == PerMinute || ctx.Err() != nil {
			break
		}
		note := d.Publisher.Cause(t.group, t.due)
		fresh, err := d.publish(store.WithCause(ctx, note), t)
		switch {
		case errors.Is(err, store.ErrSkipped):
			note += " (skipped)"
			d.told(Skipped, t.due)
		case err != nil:
			d.told(Failed, t.due)
			out.Processed++
			out.Failed++
			errs = append(errs, fmt.Errorf("%s: %w", note, err))
		case fresh:
			d.told(Posted, t.due)
			out.Processed++
		default:
			d.told(Already, t.due)
			note += " (already posted)"
		}
		out.Message = strings.TrimSpace(out.Message + " " + note)
	}
	return out, errors.Join(errs...)
}

// tasks returns what is to be posted now, and gives up what was missed.
func (d *Digests) tasks(ctx context.Context, groups []store.Group) (tasks []task, errs []error) {
	for _, g := range groups {
		due, line, ok := d.due(ctx, g)
		if !ok || d.setbacks.waits(g.ID, due, d.Now()) {
			continue
		}
		t := task{g, due, line}
		if g.Quiet.Holds(d.Now().In(g.Location())) {
			continue // it waits for the end of the group's quiet time
		}
		if d.Now().Sub(due) <= Patience {
			tasks = append(tasks, t)
			continue
		}
		if err := d.skip(ctx, t); err != nil {
			errs = append(errs, err)
		}
	}
	return tasks, errs
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

// publish posts a digest and notes that its moment has been dealt with.
func (d *Digests) publish(ctx context.Context, t task) (fresh bool, err error) {
	fresh, err = d.made(ctx, t)
	if errors.Is(err, store.ErrSkipped) {
		d.Log.Info().Ctx(ctx).Int64("group", t.group.ID).Time("due", t.due).Msg("digest skipped on an admin's word")
		return false, errors.Join(d.dealt(ctx, t), err)
	}
	if err == nil {
		err = d.dealt(ctx, t)
	}
	if err == nil && !fresh {
		d.Log.Info().Ctx(ctx).Int64("group", t.group.ID).Time("due", t.due).Msg("digest of that week already posted")
	}
	d.setbacks.note(t.group.ID, t.due, d.Now(), err)
	return fresh, err
}

// made asks for a digest. A panic is its failure alone: the other groups' come.
func (d *Digests) made(ctx context.Context, t task) (fresh bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return d.Publisher.Publish(ctx, t.group, t.due)
}

func (d *Digests) skip(ctx context.Context, t task) error {
	ctx = store.WithCause(ctx, d.Publisher.Cause(t.group, t.due))
	d.Log.Warn().Ctx(ctx).Int64("group", t.group.ID).Time("due", t.due).Msg("digest missed by more than its patience")
	d.told(Missed, t.due)
	err := d.dealt(ctx, t)
	d.setbacks.note(t.group.ID, t.due, d.Now(), err)
	if err == nil && d.OnMissed != nil {
		err = d.OnMissed(ctx, t.group, t.due)
	}
	return err
}

func (d *Digests) dealt(ctx context.Context, t task) error {
	return d.Groups.SetNextRun(ctx, t.group.ID, t.due, t.line.Next(d.Now(), t.group.Location()))
}

// freshen reads what is new of those who are about to be posted; a digest is
// posted with what is there if that takes too long or fails.
func (d *Digests) freshen(ctx context.Context, tasks []task) {
	if d.Freshen == nil || len(tasks) == 0 {
		return
	}
	groups := make([]int64, len(tasks))
	for i, t := range tasks {
		groups[i] = t.group.ID
	}
	ctx, cancel := context.WithTimeout(ctx, freshenLimit)
	defer cancel()
	if err := d.Freshen(ctx, groups); err != nil {
		d.Log.Warn().Ctx(ctx).Err(err).Msg("not everything could be read before the digest")
	}
}
