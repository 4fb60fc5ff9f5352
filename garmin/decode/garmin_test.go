package decode

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
)

const aRow = `{"activityId":21500000001,"activityName":"Berlin - Tempo","startTimeLocal":"2026-08-01 07:00:00","startTimeGMT":"2026-08-01 05:00:00",
"activityType":{"typeId":6,"typeKey":"trail_running","parentTypeId":1},"eventType":{"typeKey":"race"},"privacy":{"typeKey":"private"},
"distance":8012.35009765625,"duration":2612.117,"elapsedDuration":2712.0,"movingDuration":2600.0,"elevationGain":41.0,"calories":520.0,"averageHR":151.0,"maxHR":172.0,
"beginTimestamp":1785560400500,"moderateIntensityMinutes":2,"vigorousIntensityMinutes":41,"hrTimeInZone_1":60.0,"hrTimeInZone_5":51.6,
"fastestSplit_1000":292.1,"manufacturer":"GARMIN","deviceId":3400000001,"activityTrainingLoad":96.2,"manualActivity":false,"pr":true,"parent":false}`

func wantRow() store.Activity {
	start := time.UnixMilli(1785560400500).UTC()
	return store.Activity{
		Athlete: 7, Source: "garmin", External: "21500000001", Name: "Berlin - Tempo", Sport: store.Run, Type: "trail_running",
		Start: start, Local: start.In(time.FixedZone("", 7200)),
		Elapsed: 2712 * time.Second, Timer: 2612117 * time.Millisecond, Moving: 2600 * time.Second,
		Distance: 8012.35009765625, Climb: 41, Calories: 520, AvgHR: 151, MaxHR: 172, Moderate: 2, Vigorous: 41,
		Metrics: store.Metrics{Zones: [5]float64{60, 0, 0, 0, 51.6}, Splits: map[string]float64{"1000": 292.1}, Device: "GARMIN 3400000001", Load: 96.2},
		Private: true, Race: true, Record: true,
	}
}

func TestAListRowBecomesAnActivity(t *testing.T) {
	got, err := Garmin(7, json.RawMessage(aRow))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantRow(), got); diff != "" {
		t.Error(diff)
	}
	if _, offset := got.Local.Zone(); offset != 7200 {
		t.Errorf("offset %d", offset)
	}
}

func TestADetailTellsTheSame(t *testing.T) {
	detail := `{"activityId":21500000001,"activityName":"Berlin - Tempo","activityTypeDTO":{"typeKey":"trail_running","parentTypeId":1},
"eventTypeDTO":{"typeKey":"race"},"accessControlRuleDTO":{"typeKey":"private"},"parentId":null,
"metadataDTO":{"manufacturer":"GARMIN","deviceMetaDataDTO":{"deviceId":"3400000001"},"personalRecord":true,"manualActivity":false},
"summaryDTO":{"startTimeLocal":"2026-08-01T07:00:00.0","startTimeGMT":"2026-08-01T05:00:00.0","distance":8012.35,"duration":2612.117,"movingDuration":2600.0,
"elapsedDuration":2712.0,"elevationGain":41.0,"calories":520.0,"averageHR":151.0,"maxHR":172.0,"activityTrainingLoad":96.2}}`
	got, err := Garmin(7, json.RawMessage(detail))
	if err != nil {
		t.Fatal(err)
	}
	want := wantRow()
	want.Start, want.Distance, want.Moderate, want.Vigorous = want.Start.Truncate(time.Second), 8012.35, 0, 0
	want.Metrics.Zones, want.Metrics.Splits = [5]float64{}, nil
	want.Local = want.Start
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// edit replaces parts of aRow; nothing in place of a field removes it.
func edit(t *testing.T, pairs ...string) json.RawMessage {
	t.Helper()
	var row map[string]json.RawMessage
	if err := json.Unmarshal([]byte(aRow), &row); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		delete(row, pairs[i])
		if pairs[i+1] != "" {
			row[pairs[i]] = json.RawMessage(pairs[i+1])
		}
	}
	raw, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestNullAbsentAndOddFieldsAreUnknown(t *testing.T) {
	for _, value := range []string{"", "null", `"x"`, `{}`, `[1]`, "-5", "1e300"} {
		got, err := Garmin(7, edit(t, "distance", value, "averageHR", value, "moderateIntensityMinutes", value, "movingDuration", value))
		if err != nil || got.Distance != 0 || got.AvgHR != 0 || got.Moving != 0 {
			t.Errorf("%q: %+v %v", value, got, err)
		}
		if _, err := Garmin(7, edit(t, "activityName", value, "eventType", value, "privacy", value, "activityType", value)); err != nil {
			t.Errorf("%q: %v", value, err)
		}
	}
}

func TestNumbersMayBeStrings(t *testing.T) {
	got, err := Garmin(7, edit(t, "activityId", `"21500000001"`, "distance", `"8012.35009765625"`, "beginTimestamp", `"1785560400500"`, "calories", `" 520 "`, "pr", `"true"`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantRow(), got); diff != "" {
		t.Error(diff)
	}
}

func TestTheBeginningIsTheTimestampsAndTheOffsetTheTexts(t *testing.T) {
	cases := map[string]struct {
		row   json.RawMessage
		start string // RFC 3339 in local time
	}{
		"texts lie":         {edit(t, "startTimeLocal", `"2026-08-01 09:00:00"`, "startTimeGMT", `"2026-08-01 03:30:00"`), "2026-08-01T10:30:00.5+05:30"},
		"no timestamp":      {edit(t, "beginTimestamp", "null"), "2026-08-01T07:00:00+02:00"},
		"no local time":     {edit(t, "startTimeLocal", ""), "2026-08-01T05:00:00.5Z"},
		"no GMT":            {edit(t, "startTimeGMT", ""), "2026-08-01T07:00:00.5+02:00"},
		"impossible offset": {edit(t, "startTimeLocal", `"2026-09-01 07:00:00"`), "2026-08-01T05:00:00.5Z"},
	}
	for name, c := range cases {
		got, err := Garmin(7, c.row)
		if err != nil || got.Local.Format(time.RFC3339Nano) != c.start {
			t.Errorf("%s: %s, want %s (%v)", name, got.Local.Format(time.RFC3339Nano), c.start, err)
		}
	}
}

func TestElapsedIsMended(t *testing.T) {
	for _, c := range []struct{ elapsed, want string }{
		{"2712.0", "45m12s"}, {"", "43m32.117s"}, {"0", "43m32.117s"}, {"2712000", "45m12s"}, {"100", "43m32.117s"}, {"200000", "55h33m20s"},
	} {
		got, err := Garmin(7, edit(t, "elapsedDuration", c.elapsed))
		if err != nil || got.Elapsed.String() != c.want {
			t.Errorf("%s: %v, want %s (%v)", c.elapsed, got.Elapsed, c.want, err)
		}
	}
}

func TestTypesLeadToTheirFamily(t *testing.T) {
	for kind, want := range map[string]store.Sport{
		`{"typeKey":"virtual_ride"}`:                        store.Ride,
		`{"typeKey":"e_bike_mountain","parentTypeId":2}`:    store.EBike,
		`{"typeKey":"rowing_v2","parentTypeId":228}`:        store.Row,
		`{"typeKey":"cross_country_skiing_ws"}`:             store.Ski,
		`{"typeKey":"skating_ws","parentTypeId":165}`:       store.Other,
		`{"typeKey":"strength_training","parentTypeId":29}`: store.Strength,
		`{"typeKey":"night_running_v3","parentTypeId":1}`:   store.Run,
		`{"typeKey":"moonball","parentTypeId":"206"}`:       store.Team,
		`{"typeKey":"moonball","parentTypeId":99}`:          store.Other,
		`{"typeKey":"swimToBikeTransition_v2"}`:             store.Other,
		`{"typeKey":"multi_sport","parentTypeId":17}`:       store.Other,
		`{"typeKey":null}`:                                  store.Other, `null`: store.Other, `"running"`: store.Other,
	} {
		got, err := Garmin(7, edit(t, "activityType", kind))
		if err != nil || got.Sport != want {
			t.Errorf("%s: %s, want %s (%v)", kind, got.Sport, want, err)
		}
	}
}

func TestPrivateIsWhatNobodyElseMaySee(t *testing.T) {
	for key, want := range map[string]bool{"": false, "public": false, "subscribers": false, "groups": false, "private": true, "novelty": true} {
		got, err := Garmin(7, edit(t, "privacy", `{"typeKey":"`+key+`"}`))
		if err != nil || got.Private != want {
			t.Errorf("%q: %t %v", key, got.Private, err)
		}
	}
}

func TestRowsWithoutIdOrStartAreRefused(t *testing.T) {
	for _, row := range []json.RawMessage{
		nil, json.RawMessage(`null`), json.RawMessage(`[]`), json.RawMessage(`{`), json.RawMessage(`{}`),
		edit(t, "activityId", "0"), edit(t, "activityId", `"x"`), edit(t, "beginTimestamp", "", "startTimeGMT", ""),
		edit(t, "beginTimestamp", "1e30", "startTimeGMT", `"soon"`),
	} {
		if a, err := Garmin(7, row); !errors.Is(err, ErrDamaged) {
			t.Errorf("%.80s: %+v %v", row, a, err)
		}
	}
}

func TestStableHashSeesEditsOnly(t *testing.T) {
	base := StableHash(json.RawMessage(aRow))
	for name, row := range map[string]json.RawMessage{
		"float noise":    edit(t, "distance", "8012.35", "duration", "2612.1"),
		"recomputed":     edit(t, "activityTrainingLoad", "97", "calories", "530", "elevationGain", "40", "averageHR", "null"),
		"explicit false": edit(t, "manualActivity", "null"),
		"order":          edit(t),
	} {
		if StableHash(row) != base {
			t.Errorf("%s changes the hash", name)
		}
	}
	for _, pair := range [][2]string{
		{"activityName", `"Tempo"`}, {"activityType", `{"typeKey":"running"}`}, {"eventType", "null"}, {"distance", "8013.6"}, {"duration", "2700"},
		{"privacy", `{"typeKey":"public"}`}, {"manualActivity", "true"}, {"pr", "false"}, {"beginTimestamp", "1785560401500"}, {"startTimeLocal", `"2026-08-01 08:00:00"`},
	} {
		if StableHash(edit(t, pair[0], pair[1])) == base {
			t.Errorf("%s does not change the hash", pair[0])
		}
	}
	if StableHash(edit(t, "activityName", "null")) != StableHash(edit(t, "activityName", "")) {
		t.Error("null and absent differ")
	}
}

func TestAFileBecomesAnActivity(t *testing.T) {
	s := Session{Sport: "training", SubSport: "yoga", Start: morning, Elapsed: time.Minute, Timer: 2 * time.Minute, AvgHR: 255}
	zone := time.FixedZone("", 3600)
	got := s.Activity(7, "file", "abc", zone)
	want := store.Activity{Athlete: 7, Source: "file", External: "abc", Sport: store.Yoga, Type: "training/yoga", Start: morning, Local: morning.In(zone), Elapsed: 2 * time.Minute, Timer: 2 * time.Minute}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := s.Activity(7, "file", "abc", nil).Local; !got.Equal(morning) || got.Location() != time.UTC {
		t.Error(got)
	}
}

func FuzzGarmin(f *testing.F) {
	f.Add([]byte(aRow))
	f.Add([]byte(`{"activityId":1,"summaryDTO":{"startTimeGMT":"2026-08-01T05:00:00.0"}}`))
	f.Add([]byte(`{"activityId":"1e3","beginTimestamp":1,"activityType":[],"fastestSplit_9":1e400}`))
	f.Fuzz(func(t *testing.T, row []byte) {
		a, err := Garmin(1, row)
		if StableHash(row) == "" {
			t.Error("no hash")
		}
		if err != nil {
			return
		}
		if a.External == "" || a.Start.IsZero() || !a.Start.Equal(a.Local) || a.Elapsed < a.Timer || a.Distance < 0 || a.AvgHR > 254 || a.Moderate < 0 {
			t.Errorf("%+v", a)
		}
		if _, err := json.Marshal(a); err != nil {
			t.Errorf("%+v: %v", a, err)
		}
	})
}
