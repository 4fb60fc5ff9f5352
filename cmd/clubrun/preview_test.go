package main

import (
	"testing"
	"time"

	"clubrun/store"
)

func TestAPicturesFileIsNamedAfterItsGroupInAnyScript(t *testing.T) {
	for name, want := range map[string]string{
		"Tuesday Runners": "tuesday-runners", "Dienstagsläufer & Freunde 🏃": "dienstagsläufer-freunde",
		"السبت": "السبت", "🏃🔥": "group", "": "group", "../../x": "x",
	} {
		if got := slug(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func TestAPreviewOfAWorldIsThatOfItsOwnSundayEvening(t *testing.T) {
	week := store.WeekOf(store.DayOf(time.Date(2026, 10, 21, 0, 0, 0, 0, time.UTC)), time.Monday)
	for zone, want := range map[string]string{
		"Pacific/Kiritimati": "2026-10-25T18:00:00+14:00", "Etc/GMT+12": "2026-10-25T18:00:00-12:00",
		"Europe/Lisbon": "2026-10-25T18:00:00Z", // its clocks went back that morning
	} {
		at, err := lastEvening(week, zone)
		if got := at.Format(time.RFC3339); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", zone, got, err, want)
		}
	}
	if _, err := lastEvening(week, "Mars/Olympus"); err == nil {
		t.Error("no such zone")
	}
}
