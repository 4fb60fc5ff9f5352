package ingest

import (
	"context"
	"errors"
	"slices"
	"time"

	"clubrun/store"
)

// How often and how far back figures of health are asked for.
const (
	healthPause  = 5 * time.Minute    // between two questions for one metric
	healthBarren = 7 * 24 * time.Hour // where the athlete's device cannot tell it
	healthAgain  = 3                  // last days that every answer tells anew
	healthMost   = 28                 // days that one answer tells
)

// Vitals is where figures of health come from.
type Vitals interface {
	// Daily returns one metric of the local days from and to and all between
	// them, at most 28, with the records that it was read from. None means that
	// there is none, as where a device cannot tell it.
	Daily(ctx context.Context, athlete int64, m store.HealthMetric, from, to store.Day) ([]store.Health, []store.Raw, error)
}

// Healths are the kept figures of health. store.ErrDenied says that the athlete
// does not agree to them, or no longer.
type Healths interface {
	HealthReads(ctx context.Context, athlete int64) ([]store.HealthRead, error)
	AskHealth(ctx context.Context, r store.HealthRead) error
	SaveHealth(ctx context.Context, k store.HealthKept) error
	Health(ctx context.Context, athlete int64, span store.Span) ([]store.Health, error)
}

// agreed says whether figures of health are read of the athlete at all.
func (r *run) agreed() bool { return r.Vitals != nil && !r.athlete.Prefs.Health.IsZero() }

// health reads the figures of who agreed to that. A metric that fails stops no
// other and fails no sync: it is told in the log and asked again by the next.
func (r *run) health(ctx context.Context, quiet bool) error {
	if !r.agreed() {
		return nil
	}
	reads, err := r.reads(ctx)
	if err != nil {
		return err
	}
	days := map[store.Day]bool{}
	for _, m := range store.HealthMetrics() {
		read := reads[m]
		if !r.due(read, quiet) {
			continue
		}
		read.Athlete, read.Metric, read.Asked = r.athlete.ID, m, r.Now()
		err := r.metric(ctx, read, days)
		switch {
		case errors.Is(err, store.ErrDenied), errors.Is(err, store.ErrNotFound) && ctx.Err() == nil && r.gone(ctx):
			return nil // switched off, or erased, meanwhile: nothing was kept
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			r.Log.Warn().Ctx(ctx).Err(err).Int64("athlete", r.athlete.ID).Str("metric", string(m)).Msg("figures of health not read")
		}
	}
	r.tally.Health = len(days)
	return nil
}

// gone says whether the athlete has been erased.
func (r *run) gone(ctx context.Context) bool {
	_, err := r.Store.Athlete(ctx, r.athlete.ID)
	return errors.Is(err, store.ErrNotFound)
}

func (r *run) reads(ctx context.Context) (map[store.HealthMetric]store.HealthRead, error) {
	all, err := r.Store.HealthReads(ctx, r.athlete.ID)
	reads := make(map[store.HealthMetric]store.HealthRead, len(all))
	for _, read := range all {
		reads[read.Metric] = read
	}
	return reads, err
}

// wellRead says whether the last question got an answer.
func wellRead(r store.HealthRead) bool { return !r.Asked.IsZero() && r.Good.Equal(r.Asked) }

// due says whether a metric may and should be asked for now. While nothing was
// uploaded, the last answer still holds.
func (r *run) due(read store.HealthRead, quiet bool) bool {
	since := r.Now().Sub(read.Asked)
	switch {
	case read.Asked.IsZero() || since < 0: // never, or by a clock that was wrong
		return true
	case since < healthPause, read.Barren && since < healthBarren:
		return false
	}
	return !quiet || !wellRead(read)
}

// metric asks for one metric and keeps the answer. That it is asked for is
// noted before: a restart asks no sooner.
func (r *run) metric(ctx context.Context, read store.HealthRead, days map[store.Day]bool) error {
	span := r.healthSpan(read.Good)
	if err := r.Store.AskHealth(ctx, read); err != nil {
		return err
	}
	values, raw, err := r.Vitals.Daily(ctx, r.athlete.ID, read.Metric, span.Start, span.Last())
	if err != nil {
		return err
	}
	read.Good, read.Barren = read.Asked, false
	if len(values) == 0 {
		if read.Barren, err = r.barren(ctx, read.Metric, span); err != nil {
			return err
		}
	}
	if err := r.Store.SaveHealth(ctx, store.HealthKept{Read: read, Span: span, Values: values, Raw: raw}); err != nil {
		return err
	}
	for _, v := range values {
		days[v.Day] = true
	}
	return nil
}

// healthSpan is the days to ask for: the last three in whatever zone the
// athlete lives, and those since the last answer, of which the last ones were
// not over then.
func (r *run) healthSpan(good time.Time) store.Span {
	today := store.DayOf(r.Now().UTC())
	span := store.Span{Start: today - healthAgain, End: today + 2} // a day ahead and a day behind
	missed := span.End - healthMost
	if !good.IsZero() {
		missed = max(missed, store.DayOf(good.UTC())-healthAgain)
	}
	span.Start = min(span.Start, missed)
	return span
}

// barren says, of a metric that has no value in a span, whether it had none in
// the four weeks before either: then the device cannot tell it.
func (r *run) barren(ctx context.Context, m store.HealthMetric, span store.Span) (bool, error) {
	kept, err := r.Store.Health(ctx, r.athlete.ID, store.Span{Start: span.End - healthMost, End: span.Start})
	return !slices.ContainsFunc(kept, func(h store.Health) bool { return h.Metric == m }), err
}

// since is from when on nothing may have been uploaded for a sync to stay
// quiet: the last list, or the last answer to a question about health that is
// older. What was not answered is asked for in any case, and waits for nothing.
func (r *run) since(ctx context.Context) (time.Time, error) {
	since := r.athlete.LastSync
	if !r.agreed() {
		return since, nil
	}
	reads, err := r.reads(ctx)
	for _, read := range reads {
		if wellRead(read) && !read.Barren && read.Good.Before(since) {
			since = read.Good
		}
	}
	return since, err
}
