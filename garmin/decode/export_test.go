package decode

import (
	"errors"
	"strings"
	"testing"
	"time"

	"clubrun/store"

	"github.com/google/go-cmp/cmp"
)

// accountExport is the list of an account's export: with the fields and units
// that several readers of it know.
const accountExport = `[{"summarizedActivitiesExport":[
 {"activityId":21000000001,"uuidMsb":1,"name":"Morning Run","activityType":"running","userProfileId":7,"timeZoneId":123,"beginTimestamp":1788933600000,
  "eventTypeId":1,"rule":"private","sportType":"RUNNING","startTimeGmt":1788933600000,"startTimeLocal":1788937200000,"duration":3600500,"movingDuration":3500000,
  "elapsedDuration":3700000,"distance":1000050,"elevationGain":12340,"calories":2510,"avgHr":151,"maxHr":255,"hrTimeInZone_0":1000,"hrTimeInZone_2":600000,
  "moderateIntensityMinutes":10,"vigorousIntensityMinutes":40,"activityTrainingLoad":120.5,"pr":true,"deviceId":3947123456,"manufacturer":"GARMIN",
  "startLatitude":38.7,"startLongitude":-9.1,"splits":[{"measurements":[]}]},
 {"activityId":21000000002,"name":"Ride","activityType":"road_biking","beginTimestamp":1788990000000,"duration":60000,"rule":"subscribers","parentId":21000000009},
 {"activityId":21000000003,"name":"no start"}, {"name":"no id"}]}]`

func TestTheExportOfAnAccountIsReadInItsOwnUnits(t *testing.T) {
	all, broken, err := Export(4, []byte(accountExport))
	if err != nil || broken != 2 || len(all) != 2 {
		t.Fatalf("%d read, %d broken, %v", len(all), broken, err)
	}
	start := time.UnixMilli(1788933600000).UTC()
	want := store.Activity{
		Athlete: 4, Source: "export", External: "21000000001", Name: "Morning Run", Sport: store.Run, Type: "running", Start: start, Local: start.In(time.FixedZone("", 3600)),
		Elapsed: 3700 * time.Second, Timer: 3600500 * time.Millisecond, Moving: 3500 * time.Second, Distance: 10000.5, Climb: 123.4, AvgHR: 151,
		Moderate: 10, Vigorous: 40, Private: true, Race: true, Record: true,
		Metrics: store.Metrics{Zones: [5]float64{0, 600}, Device: "GARMIN 3947123456", Load: 120.5},
	}
	if diff := cmp.Diff(want, all[0].Activity); diff != "" {
		t.Error(diff)
	}
	if body := string(all[0].Body); strings.Contains(body, "atitude") || strings.Contains(body, "splits") || !strings.Contains(body, "2510") {
		t.Error(body)
	}
	if a := all[1].Activity; a.Private || a.Parent != "21000000009" || a.Sport != store.Ride || a.Elapsed != time.Minute {
		t.Errorf("%+v", a)
	}
}

func TestAnExportIsKnownByItsNameOrItsHead(t *testing.T) {
	if !IsExport("a_0_summarizedActivities.json", []byte("\ufeff [{}]")) || !IsExport("x.json", []byte(accountExport)) ||
		IsExport("x.json", []byte(`{"a":1}`)) || IsExport("a_summarizedActivities.json", []byte("text")) || IsExport("a.fit", nil) {
		t.Error("taken for what it is not")
	}
}

func TestATornExportIsReadUpToTheFault(t *testing.T) {
	all, _, err := Export(4, []byte(accountExport[:strings.Index(accountExport, `"no start"`)]))
	if !errors.Is(err, ErrDamaged) || len(all) != 2 {
		t.Errorf("%d read, %v", len(all), err)
	}
	for _, text := range []string{"[]", "{}", `[{"summarizedActivitiesExport":[]}]`} {
		if _, _, err := Export(4, []byte(text)); !errors.Is(err, ErrNoActivity) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzExport(f *testing.F) {
	f.Add([]byte(accountExport))
	f.Add([]byte(`{"summarizedActivitiesExport":[{"activityId":1,"beginTimestamp":1e12}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, broken, err := Export(1, data)
		if err == nil && len(all)+broken == 0 {
			t.Error("nothing was read, and nothing is wrong")
		}
		for _, s := range all {
			if s.Activity.External == "" || s.Activity.Start.IsZero() || s.Activity.Elapsed < 0 {
				t.Errorf("%+v", s.Activity)
			}
		}
	})
}
