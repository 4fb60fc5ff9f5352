package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/digest/render"
	"clubrun/store"
	"clubrun/store/storetest"
)

// Only admins by WhatsApp's word choose for a group, and who is denied is
// audited.
func TestWhoMayChooseForAGroup(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		for text, action := range map[string]string{
			"/goal set 100 km": "group.goal", "/goal off": "group.goal", "/digest style short": "group.digest", "/digest now": "group.digest", "/digest skip": "group.digest",
			"/metric time": "group.metric", "/races post on": "group.races",
		} {
			for _, who := range []string{"ben@Tuesday Runners", "ben", "caro"} {
				w.calm()
				got := w.say(who, text)
				if want := map[bool]string{true: "reacts 🔒", false: "Only admins of"}[strings.Contains(who, "@")]; !strings.Contains(got, want) {
					t.Errorf("%s: %s is told %s", text, who, got)
				}
				entries, err := w.db.Audited(w.t.Context(), 1)
				if err != nil || len(entries) != 1 || !entries[0].Denied || entries[0].Action != action || entries[0].Subject != "group 1" {
					t.Errorf("%s by %s: audited %+v, %v", text, who, entries, err)
				}
			}
		}
		if g := w.known("Tuesday Runners"); g.Style != "" || g.Skip != 0 || g.Races || g.Metric != store.ByEffort {
			t.Errorf("the group is %+v", g)
		}
	})
}

func TestWhatAnAdminChoosesIsKept(t *testing.T) {
	play(t, func(w *world) {
		styles, err := render.ParseTemplates(map[string]string{"sunday-paper": "{{.Title}}"})
		if err != nil {
			t.Fatal(err)
		}
		w.styles = styles
		w.calm()
		w.say("ana@Tuesday Runners", "/schedule sun 18:00")
		for _, c := range []struct {
			text string
			kept func(store.Group) bool
		}{
			{"/metric climb", func(g store.Group) bool { return g.Metric == store.ByClimb }},
			{"/metric intensität", func(g store.Group) bool { return g.Metric == store.ByEffort }},
			{"/metric punkte", func(g store.Group) bool { return g.Metric == store.ByPoints }},
			{"/metric nonsense", func(g store.Group) bool { return g.Metric == store.ByPoints }},
			{"/races post on", func(g store.Group) bool { return g.Races }},
			{"/races post off", func(g store.Group) bool { return !g.Races }},
			{"/digest style points", func(g store.Group) bool { return g.Style == render.StylePoints }},
			{"/metric points", func(g store.Group) bool { return g.Style == render.StylePoints && g.Metric == store.ByPoints }},
			// what ranks by points alone gives way to another metric
			{"/metric climb", func(g store.Group) bool { return g.Style == render.StyleFull && g.Metric == store.ByClimb }},
			{"/digest style short", func(g store.Group) bool { return g.Style == "short" }},
			{"/metric points", func(g store.Group) bool { return g.Style == "short" && g.Metric == store.ByPoints }},
			{"/digest style Sunday-Paper", func(g store.Group) bool { return g.Style == "sunday-paper" }},
			{"/digest style kurz", func(g store.Group) bool { return g.Style == "short" }},
			{"/digest style nonsense", func(g store.Group) bool { return g.Style == "short" }},
			{"/digest skip", func(g store.Group) bool { return g.Skip == store.Date(2026, 9, 7) }},
			{"/digest skip off", func(g store.Group) bool { return g.Skip == 0 }},
		} {
			w.calm()
			got := w.say("ana@Tuesday Runners", c.text)
			if g := w.known("Tuesday Runners"); !c.kept(g) {
				t.Errorf("%s: the group is %+v, the answer %s", c.text, g, got)
			}
		}
	})
}

// What an admin is shown is what the group will be posted.
func TestAPreviewIsTheDigest(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.link("ben")
		time.Sleep(4 * 24 * time.Hour) // Sunday noon
		w.say("ana@Tuesday Runners", "/schedule sun 18:00")
		bodies := func(text string) (all []string) {
			w.receive(w.message("ana", text))
			for _, o := range w.take() {
				if strings.HasPrefix(o.Text, "*") {
					all = append(all, o.Text)
				}
			}
			return all
		}
		preview := bodies("/digest preview")
		posted := bodies("/digest now")
		if len(preview) < 2 || !slices.Equal(preview, posted) {
			t.Errorf("previewed %q, posted %q", preview, posted)
		}
	})
}

// Whether somebody is unknown, not linked, not sharing or in a pause, nobody
// can tell.
func TestNothingIsToldOfWhoSharesNothing(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.link("ben")
		w.say("ben", "/pause 2w")
		for _, command := range []string{"/week", "/month", "/year", "/stats", "/duel"} {
			for _, where := range []string{"ana@Tuesday Runners", "ana"} {
				w.calm()
				paused := strings.ReplaceAll(w.say(where, command+" ben"), "Ben", "X")
				unlinked := strings.ReplaceAll(w.say(where, command+" caro"), "Caro", "X")
				unknown := strings.ReplaceAll(w.say(where, command+" nobody"), "Nobody", "X")
				tagged := w.say(where, command+" @lid-ben")
				stranger := w.say(where, command+" @4915100000")
				if paused != unlinked || paused != unknown || !strings.Contains(paused, "X has nothing shared here") || tagged != stranger {
					t.Errorf("%s in %s: %q, %q, %q, %q, %q", command, where, paused, unlinked, unknown, tagged, stranger)
				}
			}
		}
	})
}

// A name in a question is no address: it may be stored, and answered after a
// crash.
func TestANameOutlivesACrash(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.link("ben")
		w.stop()
		w.receive(w.message("ana@Tuesday Runners", "/week @lid-ben"))
		w.start()
		if got := w.answers(); !strings.Contains(got, "*Ben*") {
			t.Errorf("answered %s", got)
		}
	})
}

// Nothing that is typed behind a command is passed over in silence.
func TestNonsenseIsAnswered(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		for _, text := range []string{
			"/week 99 balloons", "/month 99 balloons", "/year 99 balloons", "/stats 99 balloons", "/races 99 balloons", "/prize 99 balloons", "/goal 99 balloons",
			"/digest 99 balloons", "/metric 99 balloons", "/me 99 balloons", "/pause 99 balloons", "/pause yesterday", "/goal 0.01 km",
		} {
			w.calm()
			if got := w.say("ana", text); !strings.Contains(got, "I know") && !strings.Contains(got, "I did not get") {
				t.Errorf("%s: %s", text, got)
			}
			if got := w.say("ana@Tuesday Runners", text); strings.Count(got, "\n") != 1 {
				t.Errorf("%s in the group: %s", text, got)
			}
		}
	})
}

func TestAPauseIsKept(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ text, want string }{
			{"/pause until 5 oct", "2026-09-09 2026-10-05"}, {"/pausa 2 semanas", "2026-09-09 2026-09-23"}, {"/pause 10d", "2026-09-09 2026-09-19"}, {"/resume", ""},
		} {
			w.say("ben", c.text)
			all, err := w.db.Pauses(w.t.Context(), a.ID)
			got := ""
			if len(all) > 0 {
				got = all[len(all)-1].Span.Start.String() + " " + all[len(all)-1].Span.Last().String()
			}
			if err != nil || got != c.want {
				t.Errorf("%s: %s, %v", c.text, got, err)
			}
		}
	})
}

// Who asks for a duel cannot say the other one's yes, and nobody else can.
func TestOnlyWhoIsAskedAnswersADuel(t *testing.T) {
	play(t, func(w *world) {
		for _, name := range []string{"ana", "ben", "caro"} {
			w.link(name)
		}
		w.say("ana", "/duel ben")
		week := store.WeekOf(store.Date(2026, 9, 9), time.Monday)
		state := func() store.DuelState {
			all, err := w.db.Duels(w.t.Context(), w.known("Tuesday Runners").ID, week)
			if err != nil || len(all) != 1 {
				t.Fatalf("duels %v, %v", all, err)
			}
			return all[0].State
		}
		for _, who := range []string{"ana", "caro"} {
			if got := w.say(who, "/duel yes") + w.say(who, "yes"); !strings.HasPrefix(got, "< No duel is waiting") || strings.Count(got, "\n") != 1 {
				t.Errorf("%s is told %s", who, got)
			}
			if s := state(); s != store.DuelAsked {
				t.Errorf("%s made it %s", who, s)
			}
		}
		if got := w.say("ben@Tuesday Runners", "/duel yes"); strings.Contains(got, "Ana") && !strings.Contains(got, "< to ben") {
			t.Errorf("the group was told %s", got)
		}
		if s := state(); s != store.DuelOn {
			t.Errorf("Ben's yes made it %s", s)
		}
	})
}

// After a week came early on an admin's word, the next one is what is shown and
// skipped.
func TestAWeekThatCameEarlyIsNotTheNext(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		time.Sleep(4 * 24 * time.Hour) // Sunday noon
		w.say("ana@Tuesday Runners", "/schedule sun 18:00")
		w.say("ana", "/digest now")
		for _, text := range []string{"/digest", "/digest skip"} {
			if got := w.say("ana", text); !strings.Contains(got, "14–20 Sep") {
				t.Errorf("%s: %s", text, got)
			}
		}
		if got := w.say("ana", "/digest preview"); !strings.Contains(got, "Week 37") {
			t.Errorf("previewed %s", got)
		}
	})
}

// What is too fast to be true counts on its athlete's word, and no sync takes
// that back.
func TestWhatIsTooFastIsAskedAboutAndKept(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		ben, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
		if err != nil {
			w.t.Fatal(err)
		}
		ride := storetest.Activity(w.t, w.db, ben.ID, time.Now().Add(-3*time.Hour))
		ride.Sport, ride.Distance = store.Ride, 80_000
		ride.Moving, ride.Timer, ride.Elapsed = time.Hour, time.Hour, time.Hour
		raw := store.Raw{Athlete: ben.ID, Source: ride.Source, Kind: "list", External: ride.External, Hash: "fast", Body: []byte(`{}`)}
		synced := func(hash string) {
			w.t.Helper()
			raw.Hash = hash
			if _, err := w.db.Keep(w.t.Context(), raw, []store.Activity{ride}); err != nil {
				w.t.Fatal(err)
			}
		}
		synced("fast")
		if got := w.say("ben", "/me why"); !strings.Contains(got, "Was it really you? /keep") {
			t.Errorf("/me why: %s", got)
		}
		if got := w.say("ben", "/keep"); !strings.Contains(got, "80 km") {
			t.Errorf("/keep: %s", got)
		}
		synced("again")
		w.calm()
		if got := w.say("ben", "/me why"); strings.Contains(got, "/keep") {
			t.Errorf("/me why afterwards: %s", got)
		}
		if got := w.say("ben", "/keep"); !strings.Contains(got, "Nothing of yours") {
			t.Errorf("/keep again: %s", got)
		}
	})
}

// A pause hides one's figures from others, not from oneself.
func TestAPauseHidesNothingFromItsOwner(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.link("ben")
		w.say("ben", "/pause 2w")
		w.calm()
		if got := w.say("ben", "/me september"); !strings.Contains(got, "September 2026") {
			t.Errorf("/me: %s", got)
		}
	})
}
