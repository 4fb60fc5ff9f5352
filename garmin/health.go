package garmin

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Figure is a figure of a day that Garmin keeps of somebody's health.
type Figure string

// The figures.
const (
	FigureSteps       Figure = "steps"
	FigureRestingHR   Figure = "resting heart rate" // beats per minute
	FigureSleep       Figure = "sleep"              // seconds, of the night that ended on the day
	FigureHRV         Figure = "hrv"                // last night's mean, milliseconds
	FigureBodyBattery Figure = "body battery"       // the day's highest, 0 to 100
	FigureVO2Max      Figure = "vo2max"             // millilitres a minute and kilogram
	FigureIntensity   Figure = "intensity minutes"  // vigorous ones counted twice
)

// opDaily is what is being done; the figure follows.
const opDaily = "read daily"

// MaxDays is the most days that Garmin tells the figures of at once.
const MaxDays = 28

// DailyQuery says of which local days a figure is asked, both included, and of
// whom: the profile's display name, which only some figures need.
type DailyQuery struct {
	Figure  Figure
	From    string // 2026-09-07
	To      string
	Display string
}

// Daily is a figure of one local day. Raw is what the value was read from in
// Garmin's form, and nothing beside: no samples within the day, no times, no
// other figure.
type Daily struct {
	Day   string // 2026-09-07
	Value float64
	Raw   json.RawMessage
}

// Daily reads a figure of some days, in their order. Days without it are left
// out: whether Garmin says so by a null, an empty answer, an absent page or a
// negative number, it means that the device was not worn or cannot tell.
func (c *Client) Daily(ctx context.Context, t Tokens, q DailyQuery) (days []Daily, err error) {
	defer c.ended(opDaily, &err)
	k, known := figures()[q.Figure]
	if !known || k.person && (q.Display == "" || strings.Contains(q.Display, "/")) {
		return nil, fault(opDaily, Malformed, "a figure that is not asked for so")
	}
	op := opDaily + " " + string(q.Figure)
	path, query := k.path(q)
	a, err := c.get(ctx, op, t, path, query, acceptJSON)
	if kind := KindOf(err); kind == NoData || kind == NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return readDaily(op, k, a, q)
}

// figure is how one figure is asked for and read.
type figure struct {
	person      bool // needs a display name
	path        func(DailyQuery) (string, url.Values)
	rows        func(json.RawMessage) ([]json.RawMessage, bool)
	row         func(json.RawMessage) (day string, value float64, raw any, ok bool)
	least, most float64 // anything else is no figure
}

// ranged is a path that ends in the first and the last day.
func ranged(path string) func(DailyQuery) (string, url.Values) {
	return func(q DailyQuery) (string, url.Values) { return path + q.From + "/" + q.To, nil }
}

func figures() map[Figure]figure {
	return map[Figure]figure{
		FigureSteps:     {path: ranged("/usersummary-service/stats/steps/daily/"), rows: plainRows, row: stepsRow, least: 0, most: 250_000},
		FigureSleep:     {path: ranged("/sleep-service/stats/sleep/daily/"), rows: under("individualStats"), row: sleepRow, least: 60, most: 24 * 60 * 60},
		FigureHRV:       {path: ranged("/hrv-service/hrv/daily/"), rows: under("hrvSummaries"), row: hrvRow, least: 1, most: 500},
		FigureVO2Max:    {path: ranged("/metrics-service/metrics/maxmet/daily/"), rows: plainRows, row: vo2MaxRow, least: 5, most: 110},
		FigureIntensity: {path: ranged("/usersummary-service/stats/im/daily/"), rows: plainRows, row: intensityRow, least: 0, most: 2 * 24 * 60},
		FigureRestingHR: {person: true, rows: restingRows, row: restingRow, least: 20, most: 200, path: func(q DailyQuery) (string, url.Values) {
			return "/userstats-service/wellness/daily/" + q.Display, url.Values{"fromDate": {q.From}, "untilDate": {q.To}, "metricId": {"60"}}
		}},
		FigureBodyBattery: {rows: plainRows, row: batteryRow, least: 0, most: 100, path: func(q DailyQuery) (string, url.Values) {
			return "/wellness-service/wellness/bodyBattery/reports/daily", url.Values{"startDate": {q.From}, "endDate": {q.To}}
		}},
	}
}

// readDaily takes an answer apart. A row that cannot be read stops no other;
// of two rows of one day the later one counts.
func readDaily(op string, k figure, a *answer, q DailyQuery) ([]Daily, error) {
	if !json.Valid(a.body) {
		return nil, &Error{Op: op, Kind: Malformed, Status: a.status}
	}
	if protected(a.body) {
		return nil, nil
	}
	rows, ok := k.rows(a.body)
	if !ok {
		return nil, &Error{Op: op, Kind: Malformed, Status: a.status}
	}
	byDay := map[string]Daily{}
	for _, row := range rows {
		day, value, kept, ok := k.row(row)
		if !ok || !isDay(day) || day < q.From || day > q.To || value < k.least || value > k.most || protected(row) {
			continue
		}
		raw, err := json.Marshal(kept)
		if err != nil {
			continue // cannot be: it holds finite numbers and a date
		}
		byDay[day] = Daily{day, value, raw}
	}
	all := make([]Daily, 0, len(byDay))
	for _, d := range byDay {
		all = append(all, d)
	}
	slices.SortFunc(all, func(x, y Daily) int { return strings.Compare(x.Day, y.Day) })
	return all, nil
}

// protected says whether the answer is that the caller may not see it.
func protected(body json.RawMessage) bool {
	var f struct {
		Protected bool `json:"privacyProtected"`
	}
	return json.Unmarshal(body, &f) == nil && f.Protected
}

// isDay says whether a text has the form 2026-09-07.
func isDay(s string) bool {
	if len(s) != len("2006-01-02") {
		return false
	}
	for i, r := range []byte(s) {
		if dash := i == 4 || i == 7; dash != (r == '-') || !dash && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}
