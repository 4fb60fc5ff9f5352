package ingest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"clubrun/store"
)

// ErrOne says that one recording alone tells of an activity, or that nothing
// was taken apart.
var ErrOne = fmt.Errorf("one recording alone tells of it: %w", store.ErrNotFound)

// Recordings returns the recordings of those activities of the span that have
// several, by the activity's id: what the leading record of each tells.
func (e *Engine) Recordings(ctx context.Context, athlete int64, span store.Span) (map[int64][]store.Activity, error) {
	all, err := e.Store.Sightings(ctx, athlete, span)
	if err != nil {
		return nil, fmt.Errorf("recordings of athlete %d: %w", athlete, err)
	}
	several := map[int64][]store.Activity{}
	for len(all) > 0 {
		id, n := all[0].Activity, 1
		for n < len(all) && all[n].Activity == id {
			n++
		}
		if groups := recordings(all[:n]); len(groups) > 1 {
			for _, group := range groups {
				several[id] = append(several[id], group[0])
			}
		}
		all = all[n:]
	}
	return several, nil
}

// recordings groups what several records tell of one activity by recording: a
// watch's and a bike computer's are two; what Garmin lists, its original file
// and that same file handed in are one. The one that leads comes first.
func recordings(sightings []store.Sighting) [][]store.Activity {
	m := &merging{files: map[store.Record]int{}}
	var all []store.Activity
	for _, s := range sightings {
		all = append(all, s.Told)
		if s.Told.Checksum != "" {
			m.files[fileOf(&s.Told)]++
		}
	}
	slices.SortFunc(all, func(a, b store.Activity) int { return before(&a, &b) })
	var groups [][]store.Activity
	for i := range all {
		a := &all[i]
		at := slices.IndexFunc(groups, func(group []store.Activity) bool {
			return m.twin(group, a) || slices.ContainsFunc(group, func(o store.Activity) bool { return oneDevice(&o, a) }) || m.isPart(a) && slices.ContainsFunc(group, func(o store.Activity) bool { return fileOf(&o) == fileOf(a) })
		})
		if at < 0 {
			at = len(groups)
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], *a)
	}
	return groups
}

// oneDevice says whether two records of one workout are of one recording: made
// by the same device, or from the same second to the same second.
func oneDevice(a, b *store.Activity) bool {
	if a.Metrics.Device != "" && b.Metrics.Device != "" {
		return a.Metrics.Device == b.Metrics.Device
	}
	return a.Start.Sub(b.Start).Abs() <= sameMoment && (a.Elapsed-b.Elapsed).Abs() <= sameMoment
}

const sameMoment = 2 * time.Second

// Split takes an activity apart into the recordings that tell of it, and
// remembers that they are workouts of their own. ErrOne says that there is one
// alone. It waits for no sync: what that keeps meanwhile is parted, too.
func (e *Engine) Split(ctx context.Context, by store.Actor, a store.Activity, r store.Reply) error {
	told, err := e.sightingsOf(ctx, a)
	if err != nil {
		return fmt.Errorf("split activity %d: %w", a.ID, err)
	}
	var units [][]store.Record
	for _, recording := range recordings(told) {
		var unit []store.Record
		for _, a := range recording {
			unit = append(unit, a.Key())
		}
		units = append(units, unit)
	}
	if len(units) < 2 {
		return ErrOne
	}
	_, err = e.reconcile(ctx, store.Change{Athlete: a.Athlete, Part: units, By: by, Reply: r})
	return err
}

func (e *Engine) sightingsOf(ctx context.Context, a store.Activity) ([]store.Sighting, error) {
	all, err := e.Store.Sightings(ctx, a.Athlete, store.Span{Start: a.Day(), End: a.Day() + 1})
	return slices.DeleteFunc(all, func(s store.Sighting) bool { return s.Activity != a.ID }), err
}

// Unsplit puts together again what Split has taken apart last. ErrOne says that
// there is nothing.
func (e *Engine) Unsplit(ctx context.Context, by store.Actor, r store.Reply) error {
	apart, err := e.Store.Apart(ctx, by.Athlete)
	if err != nil {
		return fmt.Errorf("join: %w", err)
	}
	last := slices.DeleteFunc(slices.Clone(apart), func(p store.Apart) bool { return !p.Since.Equal(apart[0].Since) })
	if len(last) == 0 {
		return ErrOne
	}
	_, err = e.reconcile(ctx, store.Change{Athlete: by.Athlete, Join: last, By: by, Reply: r})
	return err
}
