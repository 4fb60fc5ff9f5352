package store_test

import (
	"testing"
	"time"

	"clubrun/store"
)

func TestASetOfClassesCoversWhatItNames(t *testing.T) {
	ride := store.Activity{Sport: store.Ride, Type: "road_biking", Name: "Morning ride"}
	with := func(change func(*store.Activity)) store.Activity {
		a := ride
		change(&a)
		return a
	}
	for _, c := range []struct {
		set  store.Classes
		a    store.Activity
		want bool
	}{
		{"", ride, false}, {"ride", ride, true}, {"run ebike", ride, false},
		{"virtual", ride, false}, {"virtual", with(func(a *store.Activity) { a.Type = "virtual_ride" }), true},
		{"manual", ride, false}, {"manual", with(func(a *store.Activity) { a.Manual = true }), true},
		{"commute", ride, false}, {"commute", with(func(a *store.Activity) { a.Name = "Lisbon - COMMUTE home" }), true},
		{"commute", with(func(a *store.Activity) { a.Name = "Vélotaf du matin" }), true},
		{"ebike", with(func(a *store.Activity) { a.Sport = store.EBike }), true},
	} {
		if got := c.set.Covers(&c.a); got != c.want {
			t.Errorf("%q covers %s %s %q: %v", c.set, c.a.Sport, c.a.Type, c.a.Name, got)
		}
	}
}

func TestEqualSetsAreEqualTexts(t *testing.T) {
	a := store.NewClasses(store.ClassManual, "run", "run", "nonsense")
	b := store.Classes("").With("run").With(store.ClassManual).With("swim").Without("swim")
	if a != b || a != "run manual" || !a.Has("run") || a.Has("swim") {
		t.Errorf("%q and %q", a, b)
	}
}

func TestQuietTimeGoesPastMidnight(t *testing.T) {
	at := func(hour, minute int) time.Time { return time.Date(2026, 9, 9, hour, minute, 0, 0, time.UTC) }
	night, noon, none := store.Quiet{From: 21 * 60, To: 7*60 + 30}, store.Quiet{From: 12 * 60, To: 14 * 60}, store.Quiet{}
	for _, c := range []struct {
		q    store.Quiet
		at   time.Time
		want bool
	}{
		{night, at(20, 59), false}, {night, at(21, 0), true}, {night, at(0, 0), true}, {night, at(7, 29), true}, {night, at(7, 30), false},
		{noon, at(11, 59), false}, {noon, at(13, 0), true}, {noon, at(14, 0), false}, {none, at(0, 0), false}, {none, at(12, 0), false},
	} {
		if got := c.q.Holds(c.at); got != c.want {
			t.Errorf("%v at %s: %v", c.q, c.at.Format("15:04"), got)
		}
	}
}
