package bot_test

import (
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// Only admins by WhatsApp's word choose how a group speaks and what counts.
func TestWhoMayChooseTheHabitsOfAGroup(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		before := w.known("Tuesday Runners")
		for _, text := range []string{"/language de", "/units mi", "/timezone tokyo", "/weekstart sun", "/quiet 21-07", "/sports run", "/members"} {
			w.calm()
			if got := w.say("ben@Tuesday Runners", text); got != "< reacts 🔒\n" {
				t.Errorf("%s: %s", text, got)
			}
			entries, err := w.db.Audited(w.t.Context(), 1)
			if err != nil || len(entries) != 1 || !entries[0].Denied || entries[0].Subject != "group 1" {
				t.Errorf("%s: audited %+v, %v", text, entries, err)
			}
		}
		if g := w.known("Tuesday Runners"); g != before {
			t.Errorf("the group is %+v", g)
		}
	})
}

func TestHabitsAreKept(t *testing.T) {
	play(t, func(w *world) {
		w.say("ana@Tuesday Runners", "/schedule sun 18:00")
		for _, c := range []struct {
			text string
			kept func(store.Group) bool
		}{
			{"/language de", func(g store.Group) bool { return g.Language == "de" }},
			{"/units both", func(g store.Group) bool { return g.Units == store.Both }},
			{"/weekstart sun", func(g store.Group) bool { return g.WeekStart == time.Sunday }},
			{"/quiet 21-07", func(g store.Group) bool { return g.Quiet == store.Quiet{From: 21 * 60, To: 7 * 60} }},
			{"/quiet off", func(g store.Group) bool { return !g.Quiet.On() }},
			{"/sports ride run", func(g store.Group) bool {
				return !g.Excluded.Has("run") && g.Excluded.Has("swim") && !g.Excluded.Has("virtual")
			}},
			{"/sports all", func(g store.Group) bool { return g.Excluded == "" }},
			{"/timezone wien", func(g store.Group) bool {
				return g.Zone == "Europe/Vienna" && g.NextRun.Equal(time.Date(2026, 9, 13, 16, 0, 0, 0, time.UTC))
			}},
		} {
			w.calm()
			got := w.say("ana@Tuesday Runners", c.text)
			if g := w.known("Tuesday Runners"); !c.kept(g) {
				t.Errorf("%s: the group is %+v, the answer %s", c.text, g, got)
			}
		}
	})
}

// A digest that the new clock has behind it is not due at once.
func TestANewClockMakesNoDigestDue(t *testing.T) {
	play(t, func(w *world) {
		w.say("ana@Tuesday Runners", "/schedule wed 18:00") // it is noon
		w.say("ana@Tuesday Runners", "/timezone tokyo")     // where it is 20:00
		g := w.known("Tuesday Runners")
		if !g.Scheduled.Equal(time.Now().Truncate(time.Millisecond)) || g.NextRun.Before(time.Now()) {
			t.Errorf("the group is %+v", g)
		}
	})
}

// What is one's own stays one's own: the group sees and hears nothing of it.
func TestOnesOwnHabitsAreKept(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		group := w.known("Tuesday Runners")
		for _, text := range []string{"/language nl", "/units mi", "/timezone amsterdam", "/types -walk -commute"} {
			w.say("ben", text)
		}
		a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
		want := store.Prefs{Language: "nl", Units: store.Miles, Zone: "Europe/Amsterdam", Private: store.PrivateOut, Hidden: "walk commute"}
		if err != nil || a.Prefs != want {
			t.Errorf("%+v, %v", a.Prefs, err)
		}
		if got := w.known("Tuesday Runners"); got != group {
			t.Errorf("the group is %+v", got)
		}
		if got := w.say("ana@Tuesday Runners", "/week ben"); strings.Contains(got, "mi") {
			t.Errorf("the group is told %s", got)
		}
	})
}

// What somebody hides is gone from every answer in the group.
func TestWhatIsHiddenIsInNoAnswer(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.link("ana")
		for _, hide := range []string{"/hide last", "/types -run"} {
			if got := w.say("ana@Tuesday Runners", "/week ben"); !strings.Contains(got, "*Ben*") {
				t.Fatalf("before %s: %s", hide, got)
			}
			w.say("ben", hide)
			w.calm()
			if got := w.say("ana@Tuesday Runners", "/week ben"); !strings.Contains(got, "nothing shared") {
				t.Errorf("after %s: %s", hide, got)
			}
			w.say("ben", "/hide undo")
			w.calm()
		}
		if got := w.say("ben", "/me why"); !strings.Contains(got, "because you hide it") {
			t.Errorf("Ben is told %s", got)
		}
	})
}
