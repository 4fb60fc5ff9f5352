package garmin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// week asks for the week of 7 September.
func week(f Figure) DailyQuery {
	return DailyQuery{Figure: f, From: "2026-09-07", To: "2026-09-13", Display: "ana_abcd"}
}

func daily(t *testing.T, c *Client, f Figure) []string {
	t.Helper()
	got, err := c.Daily(t.Context(), Tokens{Access: "token-7"}, week(f))
	if err != nil {
		t.Fatal(f, err)
	}
	lines := []string{}
	for _, d := range got {
		lines = append(lines, fmt.Sprintf("%s %v %s", d.Day, d.Value, d.Raw))
	}
	return lines
}

func TestDailyFiguresAreReadAsGarminWritesThem(t *testing.T) {
	for f, c := range map[Figure]struct{ body, want string }{
		FigureSteps: {`[{"calendarDate":"2026-09-08","totalSteps":9120,"totalDistance":7300,"stepGoal":10000},{"calendarDate":"2026-09-07","totalSteps":null}]`,
			`2026-09-08 9120 {"calendarDate":"2026-09-08","totalSteps":9120}`},
		FigureRestingHR: {`{"userProfileId":7,"allMetrics":{"metricsMap":{"WELLNESS_RESTING_HEART_RATE":[{"value":52.0,"calendarDate":"2026-09-08"},{"value":null,"calendarDate":"2026-09-09"}]}}}`,
			`2026-09-08 52 {"calendarDate":"2026-09-08","value":52}`},
		FigureSleep: {`{"overallStats":{"averageSleepScore":80},"individualStats":[{"calendarDate":"2026-09-08","values":{"totalSleepTimeInSeconds":25200,"remTime":5000,"gmtSleepStartTimeInMillis":1,"avgHeartRate":48}}]}`,
			`2026-09-08 25200 {"calendarDate":"2026-09-08","values":{"totalSleepTimeInSeconds":25200}}`},
		FigureHRV: {`{"hrvSummaries":[{"calendarDate":"2026-09-08","weeklyAvg":50,"lastNightAvg":48,"lastNight5MinHigh":71,"status":"BALANCED"},{"calendarDate":"2026-09-09","lastNightAvg":null}],"userProfilePk":7}`,
			`2026-09-08 48 {"calendarDate":"2026-09-08","lastNightAvg":48}`},
		FigureBodyBattery: {`[{"date":"2026-09-08","charged":60,"drained":57,"startTimestampGMT":"2026-09-07T22:00:00.0","bodyBatteryValuesArray":[[1,40],[2,85],[3,null],[4,-1],[5,61]]}]`,
			`2026-09-08 85 {"date":"2026-09-08","bodyBatteryValuesArray":[[null,85]]}`},
		FigureVO2Max: {`[{"userId":7,"generic":{"calendarDate":"2026-09-08","vo2MaxPreciseValue":48.3,"vo2MaxValue":48.0,"fitnessAge":null},"cycling":null},{"generic":null,"cycling":{"calendarDate":"2026-09-10","vo2MaxValue":55}}]`,
			`2026-09-08 48.3 {"generic":{"calendarDate":"2026-09-08","vo2MaxPreciseValue":48.3,"vo2MaxValue":48}};2026-09-10 55 {"cycling":{"calendarDate":"2026-09-10","vo2MaxPreciseValue":null,"vo2MaxValue":55}}`},
		FigureIntensity: {`[{"calendarDate":"2026-09-08","weeklyGoal":150,"moderateValue":12,"vigorousValue":30},{"calendarDate":"2026-09-09","weeklyGoal":150,"moderateValue":null,"vigorousValue":null}]`,
			`2026-09-08 72 {"calendarDate":"2026-09-08","moderateValue":12,"vigorousValue":30}`},
	} {
		if diff := cmp.Diff(c.want, strings.Join(daily(t, says(200, c.body), f), ";")); diff != "" {
			t.Errorf("%s:\n%s", f, diff)
		}
	}
}

func TestOneOddRowStopsNoOther(t *testing.T) {
	body := `[null,7,"x",[],{"calendarDate":7,"totalSteps":1},{"totalSteps":2},{"calendarDate":"2026-09-06","totalSteps":3},{"calendarDate":"2026-09-14","totalSteps":4},
		{"calendarDate":"2026-09-07","totalSteps":-1},{"calendarDate":"2026-09-08","totalSteps":"n/a"},{"calendarDate":"2026-09-09","totalSteps":1e99},
		{"calendarDate":"2026-09-10","totalSteps":"5000"},{"calendarDate":"2026-09-11","totalSteps":6000},{"calendarDate":"2026-09-11","totalSteps":6001},
		{"calendarDate":"2026-09-12","totalSteps":1,"privacyProtected":true},{"calendarDate":"yesterday!","totalSteps":5}]`
	want := []string{`2026-09-10 5000 {"calendarDate":"2026-09-10","totalSteps":5000}`, `2026-09-11 6001 {"calendarDate":"2026-09-11","totalSteps":6001}`}
	if diff := cmp.Diff(want, daily(t, says(200, body), FigureSteps)); diff != "" {
		t.Error(diff)
	}
}

func TestTheLevelIsWhereTheAnswerSaysThatItIs(t *testing.T) {
	body := `[{"date":"2026-09-08","bodyBatteryValuesArray":[[1,"MEASURED",40,2.0],[2,"MEASURED",71,2.0],[3,"MEASURED"]],
		"bodyBatteryValueDescriptorDTOList":[{"bodyBatteryValueDescriptorIndex":0,"bodyBatteryValueDescriptorKey":"timestamp"},{"bodyBatteryValueDescriptorIndex":2,"bodyBatteryValueDescriptorKey":"bodyBatteryLevel"}]}]`
	want := []string{`2026-09-08 71 {"date":"2026-09-08","bodyBatteryValuesArray":[[null,71]]}`}
	if diff := cmp.Diff(want, daily(t, says(200, body), FigureBodyBattery)); diff != "" {
		t.Error(diff)
	}
}

func allFigures() []Figure {
	return []Figure{FigureSteps, FigureRestingHR, FigureSleep, FigureHRV, FigureBodyBattery, FigureVO2Max, FigureIntensity}
}

func TestThereIsNoDataInManyWays(t *testing.T) {
	for _, f := range allFigures() {
		for name, c := range map[string]*Client{
			"no content": says(204, ""), "empty": says(200, ""), "not there": says(404, "{}"), "forbidden": says(403, "{}"),
			"null": says(200, "null"), "nothing in it": says(200, map[bool]string{true: "{}", false: "[]"}[f == FigureRestingHR || f == FigureSleep || f == FigureHRV]),
			"somebody else's": says(200, `{"privacyProtected":true,"totalSteps":1}`),
		} {
			if got := daily(t, c, f); len(got) > 0 {
				t.Errorf("%s, %s: %v", f, name, got)
			}
		}
	}
}

func TestWhatIsNoAnswerIsATypedError(t *testing.T) {
	for name, c := range map[string]struct {
		client *Client
		want   Kind
	}{
		"expired": {says(401, "{}"), TokenInactive}, "limited": {says(429, ""), RateLimited}, "outage": {says(503, ""), Unavailable},
		"page": {says(200, "<html>"), Unavailable}, "firewall": {says(403, "<html>"), Blocked}, "too many days": {says(400, "{}"), Malformed},
		"cut off": {says(200, `[{"calendarDate":"2026-09-08"`), Malformed}, "a number": {says(200, `7`), Malformed},
	} {
		for _, f := range allFigures() {
			_, err := c.client.Daily(t.Context(), Tokens{Access: "token-7"}, week(f))
			if KindOf(err) != c.want {
				t.Errorf("%s, %s: got %v, want %q", f, name, err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "token-7") {
				t.Errorf("%s: the error tells the token", name)
			}
		}
	}
	for _, display := range []string{"", "../else"} {
		q := week(FigureRestingHR)
		q.Display = display
		if _, err := says(200, "{}").Daily(t.Context(), Tokens{}, q); err == nil {
			t.Errorf("a resting heart rate was asked for of %q", display)
		}
	}
}

// All days of a span are one request, at the address that is known to answer.
func TestASpanIsOneRequest(t *testing.T) {
	for f, want := range map[Figure]string{
		FigureSteps:       "/usersummary-service/stats/steps/daily/2026-09-07/2026-09-13",
		FigureRestingHR:   "/userstats-service/wellness/daily/a%20b?fromDate=2026-09-07&metricId=60&untilDate=2026-09-13",
		FigureSleep:       "/sleep-service/stats/sleep/daily/2026-09-07/2026-09-13",
		FigureHRV:         "/hrv-service/hrv/daily/2026-09-07/2026-09-13",
		FigureBodyBattery: "/wellness-service/wellness/bodyBattery/reports/daily?endDate=2026-09-13&startDate=2026-09-07",
		FigureVO2Max:      "/metrics-service/metrics/maxmet/daily/2026-09-07/2026-09-13",
		FigureIntensity:   "/usersummary-service/stats/im/daily/2026-09-07/2026-09-13",
	} {
		var asked []string
		c := &Client{Transport: wireFunc(func(q *http.Request) (*http.Response, error) {
			asked = append(asked, q.URL.RequestURI())
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("null")), Request: q}, nil
		})}
		q := week(f)
		q.Display = "a b"
		if _, err := c.Daily(t.Context(), Tokens{}, q); err != nil || len(asked) != 1 || asked[0] != want {
			t.Errorf("%s: asked %q, %v", f, asked, err)
		}
	}
}

// FuzzDaily feeds bytes to everything that reads figures of a day: whatever
// they are, what comes out lies in the span and in the bounds, each day once,
// and reads the same again from what is kept of it.
func FuzzDaily(f *testing.F) {
	f.Add(0, []byte(`[{"calendarDate":"2026-09-08","totalSteps":9120}]`))
	f.Add(1, []byte(`{"allMetrics":{"metricsMap":{"WELLNESS_RESTING_HEART_RATE":[{"value":"52","calendarDate":"2026-09-08"}]}}}`))
	f.Add(2, []byte(`{"individualStats":[{"calendarDate":"2026-09-08","values":{"totalSleepTimeInSeconds":25200}}]}`))
	f.Add(3, []byte(`{"hrvSummaries":[{"calendarDate":"2026-09-08","lastNightAvg":48}]}`))
	f.Add(4, []byte(`[{"date":"2026-09-08","bodyBatteryValuesArray":[[1,40]],"bodyBatteryValueDescriptorDTOList":[{"bodyBatteryValueDescriptorIndex":1e9,"bodyBatteryValueDescriptorKey":"bodyBatteryLevel"}]}]`))
	f.Add(5, []byte(`[{"generic":{"calendarDate":"2026-09-08","vo2MaxValue":48},"cycling":[]}]`))
	f.Add(6, []byte(`[{"calendarDate":"2026-09-08","moderateValue":-1,"vigorousValue":3}]`))
	f.Fuzz(func(t *testing.T, which int, body []byte) {
		name := allFigures()[uint(which)%uint(len(allFigures()))]
		k, q := figures()[name], week(name)
		got, err := readDaily(opDaily, k, &answer{200, nil, body}, q)
		if err != nil && bytes.Contains([]byte(err.Error()), body) && len(body) > 20 { // a word of ours is no quotation
			t.Error("the error quotes the answer")
		}
		before := ""
		for _, d := range got {
			if d.Day < q.From || d.Day > q.To || d.Day <= before || d.Value < k.least || d.Value > k.most || !json.Valid(d.Raw) {
				t.Errorf("%+v", d)
			}
			before = d.Day
			day, value, again, ok := k.row(d.Raw)
			raw, _ := json.Marshal(again)
			if !ok || day != d.Day || value != d.Value || !bytes.Equal(raw, d.Raw) {
				t.Errorf("%s reads again as %s %v %s", d.Raw, day, value, raw)
			}
		}
	})
}
