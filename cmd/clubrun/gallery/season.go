package gallery

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"clubrun/cmd/clubrun/story"
	"clubrun/digest/render"
	"clubrun/garmin/decode"
	"clubrun/garmin/garmintest"
	"clubrun/store"

	"github.com/rs/zerolog"
)

// Season is a group of the world with everybody shown in it and all that they
// did up to a moment, without a bot, a database or a network: for looking at
// digests while designing them.
func Season(w story.World, seed int64, name string, until time.Time) (store.Group, store.Season, error) {
	i := slices.IndexFunc(w.Groups, func(g story.Group) bool { return store.SameName(g.Name, name) })
	if i < 0 {
		return store.Group{}, store.Season{}, fmt.Errorf("there is no group %q in this world", name)
	}
	g := store.Group{
		ID: int64(i + 1), Name: w.Groups[i].Name, Language: w.Language, Units: store.Units(w.Units), Zone: w.Zone,
		WeekStart: time.Monday, Metric: store.ByEffort, Allowed: true, Enabled: true,
	}
	net, err := garmin(w, seed, until)
	if err != nil {
		return g, store.Season{}, err
	}
	defer func() { _ = net.Close() }()
	var s store.Season
	for _, key := range slices.Concat(w.Groups[i].Admins, w.Groups[i].Members) {
		if err := enrol(w, net, &s, key, until); err != nil {
			return g, s, fmt.Errorf("training of %s: %w", key, err)
		}
	}
	return g, s, nil
}

// longRuns are the longest runs of somebody in the time before the world begins,
// the longest first, with their tracks, as a device recorded them.
func longRuns(w story.World, seed int64, name string, most int, ago time.Duration) ([]render.Workout, error) {
	net, err := garmin(w, seed, w.Start)
	if err != nil {
		return nil, err
	}
	defer func() { _ = net.Close() }()
	var s store.Season
	if err := enrol(w, net, &s, name, w.Start); err != nil {
		return nil, fmt.Errorf("training of %s: %w", name, err)
	}
	runs := slices.DeleteFunc(s.Activities, func(a store.Activity) bool {
		return a.Sport != store.Run || a.Manual || w.Start.Sub(a.Start) >= ago
	})
	if len(runs) == 0 {
		return nil, fmt.Errorf("%s has not run", name)
	}
	slices.SortStableFunc(runs, func(a, b store.Activity) int { return cmp.Compare(b.Distance, a.Distance) })
	var found []render.Workout
	for _, a := range runs[:min(most, len(runs))] {
		track, err := recorded(net, w.People[place(w, name)].Email, a)
		if err != nil {
			return nil, err
		}
		found = append(found, render.Workout{Activity: a, Who: s.Members[0].Name, Hide: "simulated", Track: track})
	}
	return found, nil
}

// recorded is the track of a workout as the simulated Garmin has it.
func recorded(net *garmintest.Server, email string, a store.Activity) (track []store.Moment, err error) {
	id, err := strconv.ParseInt(a.External, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("number of a workout: %w", err)
	}
	records, err := net.Records(email, id)
	for _, r := range records {
		track = append(track, store.Moment{
			Seconds: r.Seconds, Distance: r.Distance, Speed: r.Speed, Heart: r.Heart, Latitude: r.Lat, Longitude: r.Lon, Altitude: r.Altitude,
			Cadence: math.NaN(), Power: math.NaN(),
		})
	}
	return track, err
}

// longAgo is how far back a long run is looked for.
const longAgo = 60 * 24 * time.Hour

// garmin is the world's simulated Garmin, serving nobody.
func garmin(w story.World, seed int64, now time.Time) (*garmintest.Server, error) {
	return garmintest.New(garmintest.Options{Seed: seed, Now: func() time.Time { return now }, Start: w.Start, Log: zerolog.Nop()})
}

// place is where somebody stands among the people; -1 for nobody.
func place(w story.World, name string) int {
	return slices.IndexFunc(w.People, func(p story.Person) bool { return strings.EqualFold(p.Name, name) })
}

// enrol adds one person with their training.
func enrol(w story.World, net *garmintest.Server, s *store.Season, key string, until time.Time) error {
	i := place(w, key)
	if i < 0 {
		return fmt.Errorf("nobody is called so")
	}
	who := w.People[i]
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		return err
	}
	err = net.Add(garmintest.Member{
		Name: who.Name, Email: who.Email, Password: who.Password, MFA: who.MFA, Zone: zone,
		Training: garmintest.Training{Archetype: who.Training},
	})
	if err != nil {
		return err
	}
	rows, err := net.Rows(who.Email, until)
	if err != nil {
		return err
	}
	a := store.Athlete{ID: int64(i + 1), User: strings.ToLower(who.Name), Name: who.Name}
	s.Members = append(s.Members, a)
	for _, row := range rows {
		act, err := decode.Garmin(a.ID, row)
		if err != nil {
			return err
		}
		act.ID = int64(len(s.Activities) + 1)
		act.Known = act.Start.Add(act.Elapsed)
		s.Activities = append(s.Activities, act)
	}
	return nil
}
