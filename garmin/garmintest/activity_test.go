package garmintest_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/tormoder/fit"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// row is what these tests read of a list row.
type row struct {
	ID       int64   `json:"activityId"`
	Name     string  `json:"activityName"`
	Local    string  `json:"startTimeLocal"`
	GMT      string  `json:"startTimeGMT"`
	Begin    int64   `json:"beginTimestamp"`
	Duration float64 `json:"duration"`
	Elapsed  float64 `json:"elapsedDuration"`
	Moving   float64 `json:"movingDuration"`
	Distance float64 `json:"distance"`
	Climb    float64 `json:"elevationGain"`
	Calories float64 `json:"calories"`
	AvgHR    float64 `json:"averageHR"`
	MaxHR    float64 `json:"maxHR"`
	Lat      float64 `json:"startLatitude"`
	Device   int64   `json:"deviceId"`
	Manual   bool    `json:"manualActivity"`
	PR       bool    `json:"pr"`
	Polyline bool    `json:"hasPolyline"`
	Laps     int     `json:"lapCount"`
	Moderate int     `json:"moderateIntensityMinutes"`
	Vigorous int     `json:"vigorousIntensityMinutes"`
	Type     struct {
		Key string `json:"typeKey"`
	} `json:"activityType"`
	Event struct {
		Key string `json:"typeKey"`
	} `json:"eventType"`
	Privacy struct {
		Key string `json:"typeKey"`
	} `json:"privacy"`
}

// detail is what these tests read of one activity.
type detail struct {
	ID      int64 `json:"activityId"`
	Parent  int64 `json:"parentId"`
	Summary struct {
		Local    string  `json:"startTimeLocal"`
		Duration float64 `json:"duration"`
		Elapsed  float64 `json:"elapsedDuration"`
		Distance float64 `json:"distance"`
		Climb    float64 `json:"elevationGain"`
		Calories float64 `json:"calories"`
		AvgHR    float64 `json:"averageHR"`
		MaxHR    float64 `json:"maxHR"`
		Lat      float64 `json:"startLatitude"`
	} `json:"summaryDTO"`
	Type struct {
		Key string `json:"typeKey"`
	} `json:"activityTypeDTO"`
	Access struct {
		Key string `json:"typeKey"`
	} `json:"accessControlRuleDTO"`
	Meta struct {
		Manual  bool   `json:"manualActivity"`
		Record  bool   `json:"personalRecord"`
		Updated string `json:"lastUpdateDate"`
		Laps    int    `json:"lapCount"`

		Children []int64 `json:"childIds"`
	} `json:"metadataDTO"`
}

func (w *world) list(t *testing.T, tokens garmin.Tokens, q garmin.Query) []row {
	t.Helper()
	raw, err := w.client.Activities(t.Context(), tokens, q)
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]row, len(raw))
	for i := range raw {
		if err := json.Unmarshal(raw[i], &rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

func (w *world) detail(t *testing.T, tokens garmin.Tokens, id int64) detail {
	t.Helper()
	raw, err := w.client.Activity(t.Context(), tokens, id)
	if err != nil {
		t.Fatal(err)
	}
	var d detail
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPagesMakeTheWholeList(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		all := w.list(t, tokens, garmin.Query{Limit: garmin.MaxPage})
		n, err := w.client.Count(t.Context(), tokens)
		if err != nil || n != len(all) || n < 150 {
			t.Fatalf("count %d, list %d, %v", n, len(all), err)
		}
		var paged []row
		for start := 0; ; start += 37 {
			page := w.list(t, tokens, garmin.Query{Start: start, Limit: 37})
			if len(page) == 0 {
				break
			}
			paged = append(paged, page...)
		}
		if !slices.Equal(paged, all) {
			t.Error("pages differ from the list")
		}
		if !slices.IsSortedFunc(all, func(a, b row) int { return bytes.Compare([]byte(b.Local), []byte(a.Local)) }) {
			t.Error("not newest first")
		}
		if got := len(w.list(t, tokens, garmin.Query{})); got != 20 {
			t.Errorf("%d rows without a limit, want 20", got)
		}
		week := w.list(t, tokens, garmin.Query{Limit: 100, From: "2026-08-31", To: "2026-09-06"})
		for _, r := range week {
			if r.Local < "2026-08-31" || r.Local >= "2026-09-07" {
				t.Errorf("%s is outside the days asked for", r.Local)
			}
		}
		if len(week) < 2 {
			t.Errorf("%d rows in a week", len(week))
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestWhatTheListRefuses(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		_, err := w.client.Activities(t.Context(), tokens, garmin.Query{Limit: 1001})
		wantKind(t, err, garmin.Malformed)
		_, err = w.client.Activities(t.Context(), tokens, garmin.Query{From: "yesterday"})
		wantKind(t, err, garmin.Malformed)
		_, err = w.client.Activity(t.Context(), tokens, 5)
		wantKind(t, err, garmin.NotFound)
		_, err = w.client.Activities(t.Context(), garmin.Tokens{Access: "made up"}, garmin.Query{})
		wantKind(t, err, garmin.TokenInactive)
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestSomebodyElsesActivityIsForbidden(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		ana, ben := w.signIn(t, "ana"), w.signIn(t, "ben")
		id := w.list(t, ana, garmin.Query{})[0].ID
		_, err := w.client.Activity(t.Context(), ben, id)
		wantKind(t, err, garmin.NoData)
		_, err = w.client.Original(t.Context(), ben, id)
		wantKind(t, err, garmin.NoData)
	}, somebody(t, "ana", "", garmintest.Runner), somebody(t, "ben", "", garmintest.Hiker))
}

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

// TestListDetailAndFileAgree looks at each archetype's newest activities and
// at some old ones.
func TestListDetailAndFileAgree(t *testing.T) {
	for _, archetype := range garmintest.Archetypes() {
		t.Run(archetype, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				time.Sleep(5 * 24 * time.Hour)
				tokens := w.signIn(t, "ana")
				rows := w.list(t, tokens, garmin.Query{Limit: garmin.MaxPage})
				for i, r := range rows {
					if (i < 6 || i%60 == 0) && r.Type.Key != "multi_sport" {
						agree(t, w, tokens, r)
					}
				}
			}, somebody(t, "ana", "", archetype))
		})
	}
}

func agree(t *testing.T, w *world, tokens garmin.Tokens, r row) {
	t.Helper()
	d := w.detail(t, tokens, r.ID)
	s := d.Summary
	if s.Local != r.Local[:10]+"T"+r.Local[11:]+".0" || s.Duration != r.Duration || s.Elapsed != r.Elapsed || !near(s.Distance, r.Distance, .01) ||
		s.Climb != r.Climb || s.Calories != r.Calories || s.AvgHR != r.AvgHR || s.MaxHR != r.MaxHR || s.Lat != r.Lat ||
		d.Type != r.Type || d.Access != r.Privacy || d.Meta.Manual != r.Manual || d.Meta.Record != r.PR || d.Meta.Laps != r.Laps {
		t.Errorf("list and detail differ:\n%+v\n%+v", r, d)
	}
	files, err := w.client.Original(t.Context(), tokens, r.ID)
	if r.Manual {
		wantKind(t, err, garmin.NotFound)
		return
	}
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	file, err := fit.Decode(bytes.NewReader(files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	a, err := file.Activity()
	if err != nil || len(a.Sessions) != 1 || len(a.Laps) != r.Laps {
		t.Fatalf("%d sessions, %d laps, want 1 and %d, %v", len(a.Sessions), len(a.Laps), r.Laps, err)
	}
	sessionAgrees(t, r, a.Sessions[0])
	recordsAgree(t, r, a)
}

func sessionAgrees(t *testing.T, r row, se *fit.SessionMsg) {
	t.Helper()
	distance := se.GetTotalDistanceScaled()
	if r.Distance == 0 && math.IsNaN(distance) {
		distance = 0
	}
	climb := float64(se.TotalAscent)
	if se.TotalAscent == math.MaxUint16 {
		climb = 0
	}
	if se.StartTime.UnixMilli() != r.Begin || !near(se.GetTotalTimerTimeScaled(), r.Duration, .001) || !near(se.GetTotalElapsedTimeScaled(), r.Elapsed, .001) ||
		!near(distance, r.Distance, .01) || climb != r.Climb || float64(se.AvgHeartRate) != r.AvgHR || float64(se.MaxHeartRate) != r.MaxHR ||
		float64(se.TotalCalories) != r.Calories {
		t.Errorf("list and session differ:\n%+v\n%+v", r, se)
	}
	if r.Moving > r.Duration+.001 || r.Duration > r.Elapsed+.001 {
		t.Errorf("moving %g, timer %g, elapsed %g", r.Moving, r.Duration, r.Elapsed)
	}
}

func recordsAgree(t *testing.T, r row, a *fit.ActivityFile) {
	t.Helper()
	var sum, top, way, track, climb float64
	for i, rec := range a.Records {
		sum += float64(rec.HeartRate)
		top = max(top, float64(rec.HeartRate))
		if i == 0 {
			continue
		}
		before := a.Records[i-1]
		if rec.Timestamp.Before(before.Timestamp) || rec.Distance < before.Distance && r.Distance > 0 {
			t.Fatalf("record %d runs backwards", i)
		}
		if r.Polyline {
			track += metres(before, rec)
			climb += max(0, rec.GetAltitudeScaled()-before.GetAltitudeScaled())
		}
	}
	last := a.Records[len(a.Records)-1]
	if r.Distance > 0 {
		way = last.GetDistanceScaled()
	}
	if math.Round(sum/float64(len(a.Records))) != r.AvgHR || top != r.MaxHR || !near(way, r.Distance, .02) {
		t.Errorf("%s: list and records differ: heart %g to %g and %g to %g, way %g to %g", r.Name, sum/float64(len(a.Records)), r.AvgHR, top, r.MaxHR, way, r.Distance)
	}
	if end := last.Timestamp.Sub(a.Records[0].Timestamp).Seconds(); !near(end, r.Elapsed, 1) {
		t.Errorf("records last %g s, want %g", end, r.Elapsed)
	}
	if r.Polyline && (!near(track, r.Distance, .02*r.Distance) || !near(a.Records[0].PositionLat.Degrees(), r.Lat, 1e-5) || climb > r.Climb+1 || climb < .9*r.Climb-5) {
		t.Errorf("%s: track %.0f of %.0f m, climb %.0f of %.0f m", r.Name, track, r.Distance, climb, r.Climb)
	}
}

// metres between two records on the globe.
func metres(a, b *fit.RecordMsg) float64 {
	const rad = math.Pi / 180
	north := (b.PositionLat.Degrees() - a.PositionLat.Degrees()) * rad
	east := (b.PositionLong.Degrees() - a.PositionLong.Degrees()) * rad * math.Cos(a.PositionLat.Degrees()*rad)
	return 6371000 * math.Hypot(north, east)
}
