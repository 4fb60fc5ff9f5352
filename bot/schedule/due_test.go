package schedule

import (
	"testing"
	"time"
)

func moment(t *testing.T, zone, s string) time.Time {
	t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	v, err := time.ParseInLocation("2006-01-02 15:04", s, z)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func line(t *testing.T, s string) Line {
	t.Helper()
	l, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestSundayEveningIsDueFromItsMinuteOn(t *testing.T) {
	l := line(t, "0 18 * * 0")
	for now, want := range map[string]string{
		"2026-09-13 17:59": "2026-09-06 18:00",
		"2026-09-13 18:00": "2026-09-13 18:00",
		"2026-09-16 09:00": "2026-09-13 18:00",
	} {
		now := moment(t, "Europe/Lisbon", now)
		if got := l.Last(now, now.Location()); !got.Equal(moment(t, "Europe/Lisbon", want)) {
			t.Errorf("at %s last due %s, want %s", now, got, want)
		}
	}
}

func TestASkippedHourIsDueAfterTheGap(t *testing.T) {
	l := line(t, "30 2 * * *")
	now := moment(t, "Europe/Berlin", "2026-03-29 12:00")
	want := moment(t, "Europe/Berlin", "2026-03-29 03:00")
	if got := l.Last(now, now.Location()); !got.Equal(want) {
		t.Errorf("last due %s, want %s", got, want)
	}
}

func TestADoubledHourIsDueOnce(t *testing.T) {
	l := line(t, "30 2 * * *")
	z := moment(t, "Europe/Berlin", "2026-10-25 00:00").Location()
	first := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC) // 02:30 summer time
	if got := l.Last(first.Add(90*time.Minute), z); !got.Equal(first) {
		t.Errorf("last due %s, want %s", got, first)
	}
	if got, want := l.Next(first, z), time.Date(2026, 10, 26, 1, 30, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("next %s, want %s", got, want)
	}
}

// Every zone of a spread of kinds, every day of three years: a daily line is
// due exactly once a calendar day, and Next and Last agree.
func TestADailyLineIsDueOnceADayInEveryZone(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia", "America/Havana", "UTC"} {
		z, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range []string{"0 0 * * *", "30 0 * * *", "30 1 * * *", "30 2 * * *", "0 18 * * *"} {
			checkDaily(t, line(t, spec), spec, z)
		}
	}
}

func checkDaily(t *testing.T, l Line, spec string, z *time.Location) {
	t.Helper()
	now := time.Date(2026, 1, 1, 23, 0, 0, 0, z)
	for day := 2; day < 3*365; day++ {
		next := l.Next(now, z)
		if got := l.Last(next, z); !got.Equal(next) {
			t.Fatalf("%s %s: last at %s is %s", z, spec, next, got)
		}
		if got := l.Last(next.Add(-time.Second), z); !got.Before(next) {
			t.Fatalf("%s %s: %s is due too early", z, spec, next)
		}
		if y, m, d := next.Date(); time.Date(y, m, d, 0, 0, 0, 0, time.UTC) != time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC) {
			t.Fatalf("%s %s: due %s, want once on each day", z, spec, next)
		}
		now = next
	}
}
