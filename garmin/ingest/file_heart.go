package ingest

import (
	"context"
	"slices"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// What of an athlete's own past tells what a heart can do.
const (
	heartDays    = 365 // before a workout, and as far after it as is known
	heartLeast   = 5   // workouts with heart rates, before the highest of them is taken for the most that there is
	heartBeyond  = 220 // beats per minute: above it sensors err; no heart beats faster than 220 - age (Fox, Naughton, Haskell 1971) but by a little
	restingDays  = 30  // around a workout
	restingLeast = 3   // days with a resting heart rate
)

// withHeart gives the sessions of a file what is known of the athlete's heart,
// where the file does not say: as the most, the highest heart rate of the
// workouts of a year before and after; at rest, the median of the daily resting
// heart rates of a month before and after, of who agreed that these are kept.
// Zones, training load and intensity minutes are held against it.
func (e *Engine) withHeart(ctx context.Context, athlete int64, rec decode.Recording) (decode.Recording, error) {
	if len(rec.Sessions) == 0 || rec.Sessions[0].Start.IsZero() || !beats(rec) {
		return rec, nil
	}
	heart, err := e.heart(ctx, athlete, rec.Sessions[0].Start)
	if err != nil {
		return rec, err
	}
	rec.Sessions = slices.Clone(rec.Sessions)
	for i := range rec.Sessions {
		known := heart
		if own := rec.Sessions[i].Completed().MaxHR; known.Max > 0 && own <= heartBeyond {
			known.Max = max(known.Max, own)
		}
		rec.Sessions[i].Heart = rec.Sessions[i].Heart.Or(known)
	}
	return rec, nil
}

// beats says whether a recording has heart rates that could be held against
// anything that it does not say itself.
func beats(rec decode.Recording) bool {
	for _, s := range rec.Sessions {
		if s.Heart.Max == 0 || s.Heart.Rest == 0 {
			return true
		}
	}
	return false
}

func (e *Engine) heart(ctx context.Context, athlete int64, at time.Time) (heart decode.Heart, err error) {
	day := store.DayOf(at)
	acts, err := e.Store.Activities(ctx, athlete, store.Span{Start: day - heartDays, End: day + heartDays})
	if err != nil {
		return heart, err
	}
	seen := 0
	for _, a := range acts {
		if a.MaxHR > 0 && a.MaxHR <= heartBeyond {
			seen++
			heart.Max = max(heart.Max, a.MaxHR)
		}
	}
	if seen < heartLeast {
		heart.Max = 0
	}
	figures, err := e.Store.Health(ctx, athlete, store.Span{Start: day - restingDays, End: day + restingDays})
	if err != nil {
		return heart, err
	}
	var resting []float64
	for _, f := range figures {
		if f.Metric == store.RestingHR && f.Value > 0 {
			resting = append(resting, f.Value)
		}
	}
	if len(resting) >= restingLeast {
		slices.Sort(resting)
		heart.Rest = resting[len(resting)/2]
	}
	return heart, nil
}
