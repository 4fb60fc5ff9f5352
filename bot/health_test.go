package bot_test

import (
	"strings"
	"testing"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
	"clubrun/store/storetest"
)

// since is from when on somebody's health is kept.
func (w *world) since(name string) time.Time {
	w.t.Helper()
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		w.t.Fatal(err)
	}
	return a.Prefs.Health
}

// Neither linking nor sharing, neither files nor a yes to something else is the
// yes to health.
func TestHealthIsKeptByAYesOfItsOwnAlone(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		for _, text := range []string{"/files on", "/join", "yes", "2", "/private totals", "/health", "/health week", "yes", "/health on", "what?", "/files on", "no", "yes", "on"} {
			w.say("ben", text)
			if at := w.since("ben"); !at.IsZero() {
				t.Fatalf("%q switched it on", text)
			}
		}
		w.say("ben", "/health on")
		w.say("ben", "sim")
		if at := w.since("ben"); at.IsZero() {
			t.Error("yes did not switch it on")
		}
		entries, err := w.db.Audited(w.t.Context(), 1)
		if err != nil || len(entries) != 1 || entries[0].Action != "health.on" || entries[0].Actor.Message == "" {
			t.Errorf("audited %+v, %v", entries, err)
		}
		w.say("ben", "/files off")
		if at := w.since("ben"); at.IsZero() {
			t.Error("another setting switched it off")
		}
	})
}

// keep puts figures of somebody's days into the database, as a sync does.
func (w *world) keep(name string, m store.HealthMetric, first store.Day, values ...float64) {
	w.t.Helper()
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		w.t.Fatal(err)
	}
	k := store.HealthKept{Read: store.HealthRead{Athlete: a.ID, Metric: m, Asked: time.Now(), Good: time.Now()}, Span: store.Span{Start: first, End: first + store.Day(len(values))}}
	for i, v := range values {
		k.Values = append(k.Values, store.Health{Athlete: a.ID, Day: first + store.Day(i), Metric: m, Value: v})
	}
	if err := w.db.SaveHealth(w.t.Context(), k); err != nil {
		w.t.Fatal(err)
	}
}

func TestOwnHealthIsToldToItsOwnerAlone(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.link("ben")
		w.say("ana", "/health on")
		w.say("ana", "yes")
		day := store.Date(2026, 9, 1)
		w.keep("ana", store.Steps, day, 4000, 8000, 0, 0, 0, 0, 12345, 9001)
		w.keep("ana", store.Sleep, day+6, 7*3600, 7*3600+1800)
		w.keep("ana", store.RestingHR, day+6, 51, 55)
		w.keep("ana", store.HRV, day+7, 48)
		w.keep("ana", store.BodyBattery, day+7, 91)
		w.keep("ana", store.VO2Max, day+6, 47, 48.3)
		w.keep("ana", store.Intensity, day+6, 30, 61)
		want := strings.Join([]string{
			"*Your health* · Thu 3 – Wed 9 Sep",
			"👣 3,558 steps a day, most on Mon 7 Sep: 12,345",
			"🫀 Resting heart rate 53 (51–55)",
			"😴 7 h 15 of sleep a night (7 h 00–7 h 30)",
			"💓 HRV 48 ms",
			"🔋 Body Battery up to 91 on average",
			"🫁 VO2max 48.3",
			"⚡ Intensity minutes: 91",
		}, "\n")
		told := func(who, text string) string {
			w.receive(w.message(who, text))
			var all []string
			for _, o := range w.take() {
				all = append(all, o.Text)
				if o.Kind == store.KindImage {
					t.Errorf("%s by %s is told with a picture", text, who)
				}
			}
			return strings.Join(all, "\n")
		}
		if got := told("ana", "/me health"); got != want {
			t.Errorf("told %s", got)
		}
		if got := told("ana", "/me health month"); !strings.Contains(got, "September 2026") || !strings.Contains(got, "4,168 steps a day") {
			t.Errorf("of the month: %s", got)
		}
		for _, who := range []string{"ana@Tuesday Runners", "ben@Tuesday Runners", "ben"} {
			for _, text := range []string{"/me health", "/health", "/health week", "/stats ana health", "/week ana", "/stats health", "/privacy"} {
				got := told(who, text)
				for _, figure := range []string{"12,345", "3,558", "48.3", "91", "resting heart"} {
					if strings.Contains(got, figure) && !(who == "ben" && figure == "resting heart") {
						t.Errorf("%s is told %s for %s", who, got, text)
					}
				}
			}
		}
	})
}

// Who is asked for a yes reads the name of every figure that would be kept.
func TestTheQuestionNamesEveryFigure(t *testing.T) {
	for _, lang := range []string{"en", "de", "es", "pt", "fr", "it", "nl"} {
		loc := locale.For(lang, store.Kilometres)
		seen := map[string]bool{}
		for _, m := range store.HealthMetrics() {
			what, line := loc.Say("bot.health.what."+string(m)), loc.Say("bot.health.line."+string(m))
			if strings.HasPrefix(what, "bot.") || strings.HasPrefix(line, "bot.") || seen[what] || !loc.Has("bot.health.what."+string(m)) {
				t.Errorf("%s has no words for %s", lang, m)
			}
			seen[what] = true
		}
		if !strings.Contains(loc.Say("bot.health.ask"), "{what}") {
			t.Errorf("%s asks for a yes to nothing", lang)
		}
	}
}
