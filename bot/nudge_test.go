package bot_test

import (
	"strings"
	"testing"
	"time"

	"clubrun/store/storetest"
)

// nudged lets an hour pass at a time, as the jobs do, and returns what was
// said.
func (w *world) nudged(until time.Duration) (said []string) {
	w.t.Helper()
	for end := time.Now().Add(until); time.Now().Before(end); time.Sleep(time.Hour) {
		w.fed("ben")
		if _, err := w.bot.Nudge(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		if got := w.answers(); got != "" {
			said = append(said, time.Now().Format("Mon 15 ")+got)
		}
	}
	return said
}

// fed notes that somebody's source was just read.
func (w *world) fed(name string) {
	w.t.Helper()
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err == nil {
		err = w.db.Synced(w.t.Context(), a.ID, time.Now())
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// moves gives somebody a workout now.
func (w *world) moves(name string) {
	w.t.Helper()
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		w.t.Fatal(err)
	}
	storetest.Activity(w.t, w.db, a.ID, time.Now())
}

// Ben's last workout is Monday's; it is Wednesday noon. At 08 UTC it is nine in Lisbon.
func TestAWordComesOnceAGapAtMostWeeklyAndByDay(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		if said := w.nudged(24 * time.Hour); len(said) > 0 {
			t.Fatalf("who asked for nothing is told %q", said)
		}
		w.say("ben", "/remind 3d")
		said := w.nudged(20 * 24 * time.Hour)
		if len(said) != 1 || !strings.HasPrefix(said[0], "Fri 08 ") || !strings.Contains(said[0], "3 days") || !strings.Contains(said[0], "/pause") {
			t.Fatalf("said %q", said)
		}
		w.moves("ben")
		w.say("ben", "/remind 1d")
		if said := w.nudged(4 * 24 * time.Hour); len(said) != 1 {
			t.Fatalf("after the next gap: %q", said)
		}
		w.moves("ben")
		if said := w.nudged(4 * 24 * time.Hour); len(said) != 0 {
			t.Fatalf("within a week: %q", said)
		}
	})
}

func TestNoWordInAPauseWhenOffOrOnOldFigures(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.say("ben", "/remind 1d")
		for _, c := range []struct{ before, after string }{{"/pause 2w", "/resume"}, {"/remind off", "/remind 1d"}} {
			w.say("ben", c.before)
			if said := w.nudged(3 * 24 * time.Hour); len(said) > 0 {
				t.Errorf("%s: %q", c.before, said)
			}
			w.say("ben", c.after)
		}
		time.Sleep(25 * time.Hour) // nothing was read since
		for range 24 {
			if told, err := w.bot.Nudge(w.t.Context()); told > 0 || err != nil {
				t.Fatal(told, err)
			}
			time.Sleep(time.Hour)
		}
		w.bot.Outage = func() bool { return true }
		if said := w.nudged(24 * time.Hour); len(said) > 0 {
			t.Errorf("in an outage: %q", said)
		}
	})
}

func TestAWordIsByTheirOwnClock(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.say("ben", "/timezone tokyo")
		w.say("ben", "/remind 1d")
		said := w.nudged(4 * 24 * time.Hour)
		if len(said) != 1 {
			t.Fatal(said)
		}
		hour := 0
		for range 24 { // the hour in Lisbon at which it is nine in Tokyo
			if time.Date(2026, 9, 10, hour, 0, 0, 0, time.UTC).In(tokyo(t)).Hour() == wakingHour {
				break
			}
			hour++
		}
		if at := time.Date(2026, 9, 10, hour, 0, 0, 0, time.UTC); !strings.HasPrefix(said[0], at.Format("Mon ")) {
			t.Errorf("said %q, want on the morning of %v", said, at)
		}
	})
}

const wakingHour = 9

func tokyo(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// What somebody asked for is kept, and handed over with the rest.
func TestTheWishIsKept(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		for text, want := range map[string]int{"/remind 2d": 2, "/remind 10 dias": 10, "/remind off": 0} {
			w.say("ben", text)
			a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
			if err != nil || a.Prefs.Remind != want {
				t.Errorf("%s: %+v, %v", text, a.Prefs, err)
			}
		}
	})
}
