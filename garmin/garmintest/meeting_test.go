package garmintest_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// start is where and when a workout began.
type start struct {
	Begin int64    `json:"beginTimestamp"`
	Lat   *float64 `json:"startLatitude"`
	Lon   *float64 `json:"startLongitude"`
	Event struct {
		Key string `json:"typeKey"`
	} `json:"eventType"`
}

func (a start) with(b start) bool {
	if a.Lat == nil || b.Lat == nil || math.Abs(float64(a.Begin-b.Begin)) > 10*60*1000 {
		return false
	}
	const metre = 111195
	north, east := (*a.Lat-*b.Lat)*metre, (*a.Lon-*b.Lon)*metre*math.Cos(*a.Lat*math.Pi/180)
	return math.Hypot(north, east) <= 300
}

func (w *world) starts(t *testing.T, name string) (all []start) {
	t.Helper()
	raw, err := w.client.Activities(t.Context(), w.signIn(t, name), garmin.Query{Limit: garmin.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range raw {
		var s start
		if err := json.Unmarshal(r, &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestRunnersOfATownTrainTogetherNowAndThen(t *testing.T) {
	far := somebody(t, "far", "", garmintest.Runner)
	far.Zone = time.UTC
	inWorld(t, func(t *testing.T, w *world) {
		ana := w.starts(t, "ana")
		count := func(name string) (n, races int) {
			for _, b := range w.starts(t, name) {
				for _, a := range ana {
					if a.with(b) {
						n++
						if a.Event.Key == "race" && b.Event.Key == "race" {
							races++
						}
					}
				}
			}
			return n, races
		}
		if n, _ := count("ben"); n < 8 || n > 45 {
			t.Errorf("ana and ben trained together %d times in a year", n)
		}
		if n, races := count("rita"); n < 8 || n > 55 || races < 8 {
			t.Errorf("two racers met %d times, in %d races", n, races)
		}
		if n, _ := count("far"); n != 0 {
			t.Errorf("ana was with somebody of another town %d times", n)
		}
		if n, _ := count("gym"); n != 0 {
			t.Errorf("ana met somebody indoors %d times", n)
		}
	}, somebody(t, "ana", "", garmintest.Racer), somebody(t, "ben", "", garmintest.Runner), somebody(t, "rita", "", garmintest.Racer),
		somebody(t, "gym", "", garmintest.Gym), far)
}

func TestAClubIsMostlyOfRunners(t *testing.T) {
	var members []garmintest.Member
	for i := range 60 {
		members = append(members, somebody(t, fmt.Sprintf("club%02d", i), "", garmintest.Club))
	}
	inWorld(t, func(t *testing.T, w *world) {
		runners, others, racers := 0, 0, 0
		for i := range members {
			runs, races, rest := 0, 0, 0
			for _, r := range w.list(t, w.signIn(t, fmt.Sprintf("club%02d", i)), garmin.Query{Limit: garmin.MaxPage}) {
				switch {
				case r.Event.Key == "race":
					races++
				case strings.HasSuffix(r.Type.Key, "running"):
					runs++
				default:
					rest++
				}
			}
			if runs > rest {
				runners++
			}
			if rest > 20 {
				others++
			}
			if races > 3 {
				racers++
			}
		}
		if runners < 40 || runners > 56 || others < 15 || racers < 3 || racers > 15 {
			t.Errorf("%d runners, %d do something else, %d race", runners, others, racers)
		}
	}, members...)
}

func TestARunHasItsFastestSplits(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		raw, err := w.client.Activities(t.Context(), w.signIn(t, "ana"), garmin.Query{Limit: garmin.MaxPage})
		if err != nil || len(raw) < 100 {
			t.Fatal(len(raw), err)
		}
		for _, r := range raw {
			var run struct {
				Distance, Duration float64
				Type               struct {
					Key string `json:"typeKey"`
				} `json:"activityType"`
				KM     float64 `json:"fastestSplit_1000"`
				Mile   float64 `json:"fastestSplit_1609"`
				FiveKM float64 `json:"fastestSplit_5000"`
				TenKM  float64 `json:"fastestSplit_10000"`
			}
			if err := json.Unmarshal(r, &run); err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(run.Type.Key, "running") {
				continue
			}
			for metres, s := range map[float64]float64{1000: run.KM, 1609: run.Mile, 5000: run.FiveKM, 10000: run.TenKM} {
				whole := run.Duration / run.Distance * metres
				if (s > 0) != (run.Distance >= metres) || s > whole*1.001 || s > 0 && s < whole*.9 {
					t.Errorf("%.0f m of %.0f m in %.0f s: %.0f s", metres, run.Distance, run.Duration, s)
				}
			}
		}
	}, somebody(t, "ana", "", garmintest.Racer))
}
