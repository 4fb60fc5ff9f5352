package garmintest_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// get asks the data host and wants a status; it returns what the JSON says.
func (w *world) get(t *testing.T, tokens garmin.Tokens, path string, status int) any {
	t.Helper()
	res, body := ask(t, w.Transport(), "GET", api+path, "GCM-Android-5.23", "Authorization", "Bearer "+tokens.Access)
	if res.StatusCode != status {
		t.Fatalf("%s: status %d, want %d: %s", path, res.StatusCode, status, body)
	}
	if status != 200 {
		return nil
	}
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return v
}

// dig follows keys and indices into what JSON says; nil where the way ends.
func dig(v any, way ...any) any {
	for _, step := range way {
		switch step := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[step]
		case int:
			l, _ := v.([]any)
			if step >= len(l) {
				return nil
			}
			v = l[step]
		}
	}
	return v
}

func (w *world) display(t *testing.T, tokens garmin.Tokens) string {
	t.Helper()
	name, _ := dig(w.get(t, tokens, "/userprofile-service/socialProfile", 200), "displayName").(string)
	return url.PathEscape(name)
}

func (w *world) truth(t *testing.T, name, from, to string) []garmintest.Day {
	t.Helper()
	days, err := w.Days(name+"@example.org", from, to)
	if err != nil {
		t.Fatal(err)
	}
	return days
}

// number is a figure of JSON, 0 for null.
func number(v any) float64 {
	f, _ := v.(float64)
	return f
}

func TestEveryAnswerAboutADayTellsTheSame(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		for _, name := range []string{"ana", "ben", "caro", "dev", "eva", "finn", "gus", "hana"} {
			tokens := w.signIn(t, name)
			dn := w.display(t, tokens)
			for _, d := range w.truth(t, name, "2026-08-25", "2026-09-08") {
				sum := w.get(t, tokens, "/usersummary-service/usersummary/daily/"+dn+"?calendarDate="+d.Date, 200)
				sleep := w.get(t, tokens, "/wellness-service/wellness/dailySleepData/"+dn+"?date="+d.Date+"&nonSleepBufferMinutes=60", 200)
				span := "/" + d.Date + "/" + d.Date
				steps := w.get(t, tokens, "/usersummary-service/stats/steps/daily"+span, 200)
				rest := w.get(t, tokens, "/userstats-service/wellness/daily/"+dn+"?fromDate="+d.Date+"&untilDate="+d.Date+"&metricId=60", 200)
				battery := w.get(t, tokens, "/wellness-service/wellness/bodyBattery/reports/daily?startDate="+d.Date+"&endDate="+d.Date, 200)
				vo2 := w.get(t, tokens, "/metrics-service/metrics/maxmet/daily"+span, 200)
				effort := w.get(t, tokens, "/usersummary-service/stats/im/daily"+span, 200)
				told := map[string]float64{
					"steps": number(dig(sum, "totalSteps")), "rest": number(dig(sum, "restingHeartRate")), "sleep": number(dig(sleep, "dailySleepDTO", "sleepTimeSeconds")),
					"battery": number(dig(sum, "bodyBatteryHighestValue")), "vo2max": number(dig(vo2, 0, "generic", "vo2MaxPreciseValue")), "vigorous": number(dig(sum, "vigorousIntensityMinutes")),
					"stress": max(0, number(dig(sum, "averageStressLevel"))),
				}
				want := map[string]float64{"steps": float64(d.Steps), "rest": float64(d.RestingHR), "sleep": float64(d.Sleep), "battery": float64(d.BodyBattery),
					"vo2max": d.VO2Max, "vigorous": float64(d.Vigorous), "stress": float64(d.Stress)}
				if fmt.Sprint(told) != fmt.Sprint(want) {
					t.Errorf("%s on %s: told %v, true %v", name, d.Date, told, want)
				}
				if number(dig(steps, 0, "totalSteps")) != told["steps"] || number(dig(rest, "allMetrics", "metricsMap", "WELLNESS_RESTING_HEART_RATE", 0, "value")) != told["rest"] ||
					number(dig(battery, 0, "bodyBatteryValuesArray", 1, 1)) > told["battery"] || number(dig(effort, 0, "vigorousValue")) != told["vigorous"] {
					t.Errorf("%s on %s: the answers differ", name, d.Date)
				}
				if !d.Told && (dig(sum, "totalSteps") != nil || dig(sum, "restingHeartRate") != nil) {
					t.Errorf("%s on %s: a day without the watch has figures", name, d.Date)
				}
				if d.HRV == 0 {
					w.get(t, tokens, "/hrv-service/hrv/"+d.Date, 204)
				} else if got := dig(w.get(t, tokens, "/hrv-service/hrv/"+d.Date, 200), "hrvSummary", "lastNightAvg"); number(got) != float64(d.HRV) {
					t.Errorf("%s on %s: HRV %v, true %d", name, d.Date, got, d.HRV)
				}
			}
		}
	}, some(t)...)
}

// some are people of several archetypes, none of whom is asked a code.
func some(t *testing.T) []garmintest.Member {
	t.Helper()
	var all []garmintest.Member
	for i, name := range []string{"ana", "ben", "caro", "dev", "eva", "finn", "gus", "hana"} {
		all = append(all, somebody(t, name, "", garmintest.Archetypes()[i]))
	}
	return all
}

func TestDaysFollowTheTraining(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		ran := map[string]float64{}
		for _, r := range w.list(t, tokens, garmin.Query{Limit: garmin.MaxPage}) {
			if r.Type.Key == "running" && !r.Manual {
				ran[r.Local[:10]] += r.Distance
			}
		}
		var long, none, nLong, nNone, unworn, unslept float64
		for _, d := range w.truth(t, "ana", "2025-09-20", "2026-09-08") {
			switch {
			case !d.Told:
				unworn++
				if ran[d.Date] > 0 {
					t.Errorf("%s: a run without the watch", d.Date)
				}
			case ran[d.Date] > 12000:
				long, nLong = long+float64(d.Steps), nLong+1
				if d.VO2Max == 0 || d.Vigorous+d.Moderate < 30 {
					t.Errorf("%s: a long run left nothing: %+v", d.Date, d)
				}
			case ran[d.Date] == 0:
				none, nNone = none+float64(d.Steps), nNone+1
			}
			if d.Told && d.Sleep == 0 {
				unslept++
			}
			if d.Sleep != 0 && (d.Sleep < 4*3600 || d.Sleep > 11*3600) || d.RestingHR != 0 && (d.RestingHR < 38 || d.RestingHR > 72) {
				t.Errorf("%+v", d)
			}
		}
		if long/nLong < none/nNone+6000 {
			t.Errorf("%.0f steps on long days, %.0f on others", long/nLong, none/nNone)
		}
		if unworn == 0 || unworn > 30 || unslept == 0 || unslept > 60 {
			t.Errorf("%g days without the watch, %g nights", unworn, unslept)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestTheFitRestSlowerAndSomeWatchesMeasureLess(t *testing.T) {
	var members []garmintest.Member
	for i := range 40 {
		members = append(members, somebody(t, fmt.Sprintf("club%02d", i), "", []string{garmintest.Racer, garmintest.Beginner}[i%2]))
	}
	inWorld(t, func(t *testing.T, w *world) {
		var fit, unfit, hrv, battery, ready float64
		for i, m := range members {
			name, _, _ := strings.Cut(m.Email, "@")
			sum, n, waves, charge := 0.0, 0.0, 0, 0
			for _, d := range w.truth(t, name, "2026-08-01", "2026-08-31") {
				if d.RestingHR > 0 {
					sum, n = sum+float64(d.RestingHR), n+1
				}
				waves, charge = waves+d.HRV, charge+d.BodyBattery
			}
			if i%2 == 0 {
				fit += sum / n
			} else {
				unfit += sum / n
			}
			if waves > 0 {
				hrv++
			}
			if charge > 0 {
				battery++
			}
			if rows, _ := w.get(t, w.signIn(t, name), "/metrics-service/metrics/trainingreadiness/2026-08-31", 200).([]any); len(rows) > 0 {
				ready++
			}
		}
		if fit >= unfit-40 {
			t.Errorf("resting heart rates: fit %g, unfit %g", fit/20, unfit/20)
		}
		if hrv < 20 || hrv > 39 || battery < 20 || battery > 39 || ready < 3 || ready > 30 {
			t.Errorf("of 40, %g have HRV, %g body battery, %g readiness", hrv, battery, ready)
		}
	}, members...)
}

func TestTodayGrowsAndTheNightIsToldInTheMorning(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		before := w.truth(t, "ana", "2026-09-10", "2026-09-10")[0]
		if before.Told {
			t.Errorf("tomorrow is known: %+v", before)
		}
		time.Sleep(16 * time.Hour) // Thursday, 4:00
		tokens := w.signIn(t, "ana")
		dn := w.display(t, tokens)
		sum := w.get(t, tokens, "/usersummary-service/usersummary/daily/"+dn+"?calendarDate=2026-09-10", 200)
		sleep := w.get(t, tokens, "/sleep-service/sleep/dailySleepData?date=2026-09-10", 200)
		if dig(sum, "totalSteps") != nil || dig(sleep, "dailySleepDTO", "sleepTimeSeconds") != nil || dig(sleep, "dailySleepDTO", "calendarDate") != "2026-09-10" {
			t.Errorf("at night: %v %v", sum, sleep)
		}
		time.Sleep(6 * time.Hour)
		morning := w.truth(t, "ana", "2026-09-10", "2026-09-10")[0]
		time.Sleep(8 * time.Hour)
		evening := w.truth(t, "ana", "2026-09-10", "2026-09-10")[0]
		if morning.Sleep == 0 || morning.RestingHR == 0 || evening.Sleep != morning.Sleep || evening.Steps <= morning.Steps || morning.BodyBattery > 0 && evening.BatteryNow >= morning.BatteryNow {
			t.Errorf("morning %+v, evening %+v", morning, evening)
		}
		time.Sleep(30 * time.Hour)
		if done := w.truth(t, "ana", "2026-09-10", "2026-09-10")[0]; done.Steps < evening.Steps {
			t.Errorf("evening %+v, the next day %+v", evening, done)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestWhatDailyHealthRefuses(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		dn := w.display(t, tokens)
		for path, status := range map[string]int{
			"/usersummary-service/usersummary/daily/None?calendarDate=2026-09-08":                               403,
			"/wellness-service/wellness/dailySleepData/somebody.else?date=2026-09-08":                           403,
			"/userstats-service/wellness/daily/None?fromDate=2026-09-08&untilDate=2026-09-08&metricId=60":       403,
			"/usersummary-service/usersummary/daily/" + dn + "?calendarDate=today":                              400,
			"/usersummary-service/usersummary/daily/" + dn:                                                      400,
			"/usersummary-service/stats/steps/daily/2026-08-01/2026-08-29":                                      400,
			"/usersummary-service/stats/steps/daily/2026-08-01/2026-08-28":                                      200,
			"/usersummary-service/stats/steps/daily/2026-08-28/2026-08-01":                                      400,
			"/sleep-service/stats/sleep/daily/2026-08-01/2026-08-29":                                            400,
			"/hrv-service/hrv/yesterday":                                                                        400,
			"/userstats-service/wellness/daily/" + dn + "?fromDate=2025-09-10&untilDate=2026-09-08&metricId=60": 200,
			"/userstats-service/wellness/daily/" + dn + "?fromDate=2024-09-10&untilDate=2026-09-08&metricId=60": 400,
			"/wellness-service/wellness/nothing/2026-09-08":                                                     404,
			"/metrics-service/metrics/endurancescore?calendarDate=2026-09-08":                                   204,
			"/usersummary-service/usersummary/daily/" + dn + "?calendarDate=2031-01-01":                         200,
			"/wellness-service/wellness/dailySleepData/" + dn + "?date=2019-01-01":                              200,
			"/metrics-service/metrics/trainingstatus/aggregated/2026-09-08":                                     200,
			"/weight-service/weight/dayview/2026-09-08":                                                         200,
			"/weight-service/weight/range/2026-08-01/2026-09-08?includeAll=true":                                200,
			"/wellness-service/wellness/dailyStress/2026-09-08":                                                 200,
			"/wellness-service/wellness/dailyHeartRate/" + dn + "?date=2026-09-08":                              200,
			"/wellness-service/wellness/dailySummaryChart/" + dn + "?date=2026-09-08":                           200,
			"/wellness-service/wellness/daily/im/2026-09-08":                                                    200,
			"/wellness-service/wellness/daily/spo2/2026-09-08":                                                  200,
			"/wellness-service/wellness/daily/respiration/2026-09-08":                                           200,
			"/wellness-service/wellness/floorsChartData/daily/2026-09-08":                                       200,
			"/usersummary-service/stats/im/weekly/2026-08-03/2026-09-06":                                        200,
			"/usersummary-service/stats/stress/daily/2026-08-12/2026-09-08":                                     200,
			"/wellness-service/stats/daily/sleep/score/2026-08-12/2026-09-08":                                   200,
			"/metrics-service/metrics/maxmet/daily/2025-09-10/2026-09-08":                                       200,
			"/usersummary-service/stats/steps/weekly/2026-09-06/52":                                             200,
			"/usersummary-service/stats/steps/weekly/2026-09-06/none":                                           400,
		} {
			w.get(t, tokens, path, status)
		}
		res, _ := ask(t, w.Transport(), "GET", api+"/usersummary-service/usersummary/daily/None", "GCM-Android-5.23", "Authorization", "Bearer made.up.token")
		if res.StatusCode != 401 || res.Header.Get("Www-Authenticate") == "" {
			t.Errorf("the token is not asked first: %d", res.StatusCode)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

var healthChecks = map[string]check{
	"morning-sync": func(t *testing.T, w *world, other bool) {
		time.Sleep(20 * time.Hour) // 8:00
		told := 0
		for _, name := range []string{"ben", "tri", "hana", "ana", "ines", "caro"} {
			if w.truth(t, name, "2026-09-10", "2026-09-10")[0].Told {
				told++
			}
		}
		if (told == 0) != other {
			t.Errorf("%d have told of today", told)
		}
	},
	"long-range": func(t *testing.T, w *world, other bool) {
		w.get(t, w.signIn(t, "ben"), "/hrv-service/hrv/daily/2026-07-01/2026-08-31", pick(other, 200, 400))
	},
	"hrv-none-status": func(t *testing.T, w *world, other bool) {
		w.get(t, w.signIn(t, "ben"), "/hrv-service/hrv/daily/2024-07-01/2024-07-31", pick(other, 204, 200))
	},
}
