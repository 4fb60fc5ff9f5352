package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/garmin"
	"clubrun/store"
)

// Daily returns an athlete's figures of one metric from one local day to
// another, both included and at most 28, each with the raw record that it was
// read from. None means that the device was not worn or cannot tell. Whatever
// goes wrong with it says nothing of the account, but that Garmin limits it.
func (k *Keeper) Daily(ctx context.Context, athlete int64, m store.HealthMetric, from, to store.Day) ([]store.Health, []store.Raw, error) {
	figure, known := figures()[m]
	if !known {
		return nil, nil, fmt.Errorf("daily %s: %w", m, store.ErrNotFound)
	}
	q := garmin.DailyQuery{Figure: figure, From: max(from, to-garmin.MaxDays+1).String(), To: to.String()}
	var err error
	if m == store.RestingHR {
		if q.Display, err = k.display(ctx, athlete); err != nil {
			return nil, nil, fmt.Errorf("daily %s: %w", m, err)
		}
	}
	var days []garmin.Daily
	err = k.askApart(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
		days, err = k.Garmin.Daily(ctx, t, q)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("daily %s: %w", m, err)
	}
	if len(days) == 0 && q.Display != "" {
		k.forgetDisplay(athlete) // it may be another by now, for which nothing is told
	}
	values, raws := k.told(athlete, m, days)
	return values, raws, nil
}

func figures() map[store.HealthMetric]garmin.Figure {
	return map[store.HealthMetric]garmin.Figure{
		store.Steps: garmin.FigureSteps, store.RestingHR: garmin.FigureRestingHR, store.Sleep: garmin.FigureSleep, store.HRV: garmin.FigureHRV,
		store.BodyBattery: garmin.FigureBodyBattery, store.VO2Max: garmin.FigureVO2Max, store.Intensity: garmin.FigureIntensity,
	}
}

func (k *Keeper) told(athlete int64, m store.HealthMetric, days []garmin.Daily) (values []store.Health, raws []store.Raw) {
	for _, d := range days {
		day, err := store.ParseDay(d.Day)
		if err != nil {
			continue // no day of any calendar
		}
		values = append(values, store.Health{Athlete: athlete, Day: day, Metric: m, Value: d.Value})
		raws = append(raws, store.Raw{
			Athlete: athlete, Source: source, Kind: store.HealthKind(m), External: day.String(), Body: d.Raw, Fetched: k.Now(),
		})
	}
	return values, raws
}

// apart hides an error from what judges the account and the instance by it.
type apart struct{ err error }

func (a apart) Error() string { return a.err.Error() }

// askApart is ask for calls that some accounts may not make, and that fail
// while all else works: it is not repeated, and of its failures only a limit
// and a broken line say something of the account or of Garmin. So no figure of
// a day ever signs somebody out, or keeps an activity waiting.
func (k *Keeper) askApart(ctx context.Context, athlete int64, do request) error {
	err := k.askAtMost(ctx, 1, athlete, func(ctx context.Context, t garmin.Tokens) error {
		err := do(ctx, t)
		switch garmin.KindOf(err) {
		case "", garmin.RateLimited, garmin.Network:
			return err
		}
		return apart{err}
	})
	var a apart
	if errors.As(err, &a) {
		return a.err
	}
	return err
}

// display is the name under which Garmin keeps somebody's statistics. It is
// kept in memory only, for the account that it was asked of.
type display struct {
	name   string
	linked time.Time
}

func (k *Keeper) display(ctx context.Context, athlete int64) (string, error) {
	acc, err := k.Store.Account(ctx, athlete, source)
	if err != nil {
		return "", err
	}
	k.mu.Lock()
	d := k.displays[athlete]
	k.mu.Unlock()
	if d.name != "" && d.linked.Equal(acc.Linked) {
		return d.name, nil
	}
	var p garmin.Profile
	err = k.askApart(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
		p, err = k.Garmin.Profile(ctx, t)
		return err
	})
	if err != nil {
		return "", err
	}
	if p.DisplayName == "" {
		return "", fmt.Errorf("display name: %w", store.ErrNotFound)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.displays == nil {
		k.displays = map[int64]display{}
	}
	k.displays[athlete] = display{p.DisplayName, acc.Linked}
	return p.DisplayName, nil
}

func (k *Keeper) forgetDisplay(athlete int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.displays, athlete)
}
