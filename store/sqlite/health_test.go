package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// walked is an answer about steps of some days, with a mark in its raw records.
func walked(athlete int64, first store.Day, mark string, steps ...float64) store.HealthKept {
	k := store.HealthKept{
		Read: store.HealthRead{Athlete: athlete, Metric: store.Steps, Asked: noon, Good: noon},
		Span: store.Span{Start: first, End: first + store.Day(len(steps))},
	}
	for i, n := range steps {
		if n == 0 {
			continue
		}
		day := first + store.Day(i)
		k.Values = append(k.Values, store.Health{Athlete: athlete, Day: day, Metric: store.Steps, Value: n})
		k.Raw = append(k.Raw, store.Raw{
			Athlete: athlete, Source: "garmin", Kind: "health.steps", External: day.String(), Body: []byte(mark), Fetched: noon,
		})
	}
	return k
}

func healthOf(t *testing.T, db *sqlite.DB, a store.Athlete) []store.Health {
	t.Helper()
	all, err := db.Health(t.Context(), a.ID, always)
	check(t, err)
	return all
}

func TestNothingOfHealthIsKeptWithoutAYes(t *testing.T) {
	db := storetest.Open(t)
	ctx, a := t.Context(), storetest.Athlete(t, db, "ana")
	k := walked(a.ID, 20_000, "raw", 9000)
	for what, err := range map[string]error{"question": db.AskHealth(ctx, k.Read), "answer": db.SaveHealth(ctx, k)} {
		if !errors.Is(err, store.ErrDenied) {
			t.Errorf("%s: %v", what, err)
		}
	}
	reads, err := db.HealthReads(ctx, a.ID)
	if len(healthOf(t, db, a)) > 0 || len(reads) > 0 || err != nil {
		t.Errorf("kept %v, %v, %v", healthOf(t, db, a), reads, err)
	}
	if err := db.SetHealth(ctx, store.Actor{}, 99, true, store.Reply{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("somebody unknown: %v", err)
	}
}

func TestAnAnswerTakesThePlaceOfItsDays(t *testing.T) {
	db := storetest.Open(t)
	ctx, a, b := t.Context(), storetest.Athlete(t, db, "ana"), storetest.Athlete(t, db, "ben")
	for _, who := range []store.Athlete{a, b} {
		check(t, db.SetHealth(ctx, storetest.Actor(who), who.ID, true, store.Reply{}))
		check(t, db.SaveHealth(ctx, walked(who.ID, 20_000, "first", 9000, 8000, 7000)))
	}
	hrv := walked(a.ID, 20_001, "beats", 48)
	hrv.Read.Metric, hrv.Values[0].Metric, hrv.Raw[0].Kind = store.HRV, store.HRV, "health.hrv"
	check(t, db.SaveHealth(ctx, hrv))
	check(t, db.SaveHealth(ctx, walked(a.ID, 20_001, "second", 0, 7500))) // of the day in the middle nothing is known any more
	same(t, "days", []store.Health{
		{Athlete: a.ID, Day: 20_000, Metric: store.Steps, Value: 9000},
		{Athlete: a.ID, Day: 20_001, Metric: store.HRV, Value: 48},
		{Athlete: a.ID, Day: 20_002, Metric: store.Steps, Value: 7500},
	}, healthOf(t, db, a))
	if n := len(healthOf(t, db, b)); n != 3 {
		t.Errorf("of the other athlete %d days, want 3", n)
	}
	if _, err := db.Raw(ctx, a.ID, "garmin", "health.steps", store.Day(20_001).String()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the raw record of a day without a value: %v", err)
	}
	if r, err := db.Raw(ctx, a.ID, "garmin", "health.steps", store.Day(20_002).String()); err != nil || string(r.Body) != "second" {
		t.Errorf("raw record %q, %v", r.Body, err)
	}
}

func TestSettingsLeaveTheYesToHealthAlone(t *testing.T) {
	now := noon
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return now })
	ctx, a := t.Context(), storetest.Athlete(t, db, "ana")
	check(t, db.SetHealth(ctx, storetest.Actor(a), a.ID, true, store.Reply{}))
	now = now.Add(time.Hour)
	check(t, db.SetHealth(ctx, storetest.Actor(a), a.ID, true, store.Reply{}))
	check(t, db.SetPrefs(ctx, storetest.Actor(a), a.ID, store.Prefs{Language: "de"}, store.Reply{}))
	got, err := db.Athlete(ctx, a.ID)
	if err != nil || !got.Prefs.Health.Equal(noon) {
		t.Errorf("the yes is of %v, want the first one's time; %v", got.Prefs.Health, err)
	}
	entries, err := db.Audited(ctx, 2)
	if err != nil || entries[1].Action != "health.on" || entries[1].Actor.Athlete != a.ID {
		t.Errorf("audited %+v, %v", entries, err)
	}
}

// Switched off, unlinked or erased: no figure and no raw record stays, not even
// in the gaps of the file.
func TestHealthLeavesNoTrace(t *testing.T) {
	for name, leave := range map[string]func(*sqlite.DB, store.Athlete) error{
		"off": func(db *sqlite.DB, a store.Athlete) error {
			return db.SetHealth(t.Context(), storetest.Actor(a), a.ID, false, store.Reply{})
		},
		"unlinked": func(db *sqlite.DB, a store.Athlete) error {
			return db.Unlink(t.Context(), storetest.Actor(a), a.ID, "garmin", store.Reply{})
		},
		"linked to another's": func(db *sqlite.DB, a store.Athlete) error {
			_, err := db.Link(t.Context(), storetest.Actor(a), store.Account{Athlete: a.ID, Source: "garmin", Profile: "another", Tokens: "t"}, store.Reply{})
			return err
		},
		"erased": func(db *sqlite.DB, a store.Athlete) error {
			return db.Erase(t.Context(), storetest.Actor(a), a.ID, store.Reply{})
		},
	} {
		dir := t.TempDir()
		db := storetest.OpenAt(t, filepath.Join(dir, "clubrun.db"), func() time.Time { return noon })
		g := storetest.Group(t, db, "G")
		a, b := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, g, "ben")
		if _, err := db.Account(t.Context(), a.ID, "garmin"); err != nil {
			_, err = db.Link(t.Context(), storetest.Actor(a), store.Account{Athlete: a.ID, Source: "garmin", Profile: "1", Tokens: "t"}, store.Reply{})
			check(t, err)
		}
		for _, who := range []store.Athlete{a, b} {
			check(t, db.SetHealth(t.Context(), storetest.Actor(who), who.ID, true, store.Reply{}))
			check(t, db.SaveHealth(t.Context(), walked(who.ID, 20_000, "walk of "+who.Name, 9000, 8000, 7000)))
		}
		check(t, leave(db, a))
		reads, err := db.HealthReads(t.Context(), a.ID)
		check(t, err)
		for _, r := range reads {
			if !r.Good.IsZero() || r.Barren || r.Asked.IsZero() {
				t.Errorf("%s: what is remembered is %+v", name, r)
			}
		}
		if n := len(healthOf(t, db, a)); n > 0 {
			t.Errorf("%s: %d figures stay", name, n)
		}
		if n := grep(t, dir, "walk of "+a.Name); n > 0 {
			t.Errorf("%s: the raw records stand in the files %d times", name, n)
		}
		if len(healthOf(t, db, b)) != 3 || grep(t, dir, "walk of "+b.Name) == 0 {
			t.Errorf("%s: the other athlete lost something", name)
		}
		if err := db.SaveHealth(t.Context(), walked(a.ID, 20_000, "late", 9000)); err == nil {
			t.Errorf("%s: an answer that came late was kept", name)
		}
	}
}

func TestSigningInAgainLeavesTheYesToHealthAlone(t *testing.T) {
	db := storetest.Open(t)
	a := storetest.Athlete(t, db, "ana")
	for _, tokens := range []store.Secret{"first", "second"} {
		_, err := db.Link(t.Context(), storetest.Actor(a), store.Account{Athlete: a.ID, Source: "garmin", Profile: "1", Tokens: tokens}, store.Reply{})
		check(t, err)
		if tokens == "first" {
			check(t, db.SetHealth(t.Context(), storetest.Actor(a), a.ID, true, store.Reply{}))
			check(t, db.SaveHealth(t.Context(), walked(a.ID, 20_000, "walk", 9000)))
		}
	}
	if n := len(healthOf(t, db, a)); n != 1 {
		t.Errorf("%d figures are kept, want 1", n)
	}
}
