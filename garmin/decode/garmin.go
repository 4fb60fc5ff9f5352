package decode

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clubrun/store"
)

// Garmin reads an activity as Garmin Connect lists it, or as it tells its
// details: the two spell many fields differently. Missing figures stay
// unknown; without an id or a start there is no activity. The fields are those
// of 2026; older rows have null where newer ones have nothing.
func Garmin(athlete int64, row json.RawMessage) (store.Activity, error) {
	o, err := objectOf(row)
	if err != nil {
		return store.Activity{}, fmt.Errorf("activity: %w", err)
	}
	id := o.whole("activityId")
	if id <= 0 {
		return store.Activity{}, fmt.Errorf("activity: %w: no activityId", ErrDamaged)
	}
	g := garminRow{row: o, sum: o, meta: o, kind: o.in("activityType"), event: o.in("eventType"), access: o.in("privacy")}
	if sum := o.in("summaryDTO"); len(sum) > 0 {
		g = garminRow{row: o, sum: sum, meta: o.in("metadataDTO"), kind: o.in("activityTypeDTO"), event: o.in("eventTypeDTO"), access: o.in("accessControlRuleDTO")}
	}
	start, local, ok := g.times()
	if !ok {
		return store.Activity{}, fmt.Errorf("activity %d: %w: no start", id, ErrDamaged)
	}
	a := store.Activity{
		Athlete: athlete, Source: "garmin", External: strconv.FormatInt(id, 10), Parent: parentID(o),
		Name: o.text("activityName"), Type: g.kind.text("typeKey"), Sport: family(g.kind.text("typeKey"), g.kind.whole("parentTypeId")),
		Start: start, Local: local,
	}
	g.figures(&a)
	g.flags(&a)
	g.metrics(&a.Metrics)
	return a, nil
}

func parentID(o object) string { return idText(o.whole("parentId")) }

func idText(id int64) string {
	if id <= 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// garminRow is a row of the list, or the parts of a detail that hold the same.
type garminRow struct {
	row, sum, meta, kind, event, access object
}

// times returns the start: beginTimestamp is the truth, the texts are for the
// offset. An offset beyond all zones is dropped.
func (g garminRow) times() (start, local time.Time, ok bool) {
	gmt, hasGMT := g.sum.garminTime("startTimeGMT")
	wall, hasWall := g.sum.garminTime("startTimeLocal")
	start = time.UnixMilli(g.row.whole("beginTimestamp")).UTC()
	if g.row.whole("beginTimestamp") <= 0 || !plausible(start) {
		if !hasGMT {
			return time.Time{}, time.Time{}, false
		}
		start = gmt
	}
	if !hasWall {
		return start, start, true
	}
	if !hasGMT {
		gmt = start
	}
	offset := wall.Sub(gmt).Round(time.Minute)
	if offset.Abs() > maxOffset {
		return start, start, true
	}
	return start, start.In(zoneOf(offset)), true
}

func (g garminRow) figures(a *store.Activity) {
	a.Timer = seconds(g.sum.amount("duration"))
	a.Moving = seconds(g.sum.amount("movingDuration"))
	a.Elapsed = elapsed(g.sum.amount("elapsedDuration"), a.Timer)
	a.Distance = within(g.sum.amount("distance"), 10_000_000)
	a.Climb = within(g.sum.amount("elevationGain"), 100_000)
	a.Calories = within(g.sum.amount("calories"), 100_000)
	a.AvgHR = beats(g.sum.amount("averageHR"))
	a.MaxHR = beats(g.sum.amount("maxHR"))
	a.Moderate = g.sum.count("moderateIntensityMinutes")
	a.Vigorous = g.sum.count("vigorousIntensityMinutes")
}

func (g garminRow) flags(a *store.Activity) {
	// What connections ("subscribers") or groups may see is shared with a
	// circle, as in a chat; a word that is not known is taken for private.
	switch g.access.text("typeKey") {
	case "", "public", "subscribers", "groups":
	default:
		a.Private = true
	}
	a.Manual = g.meta.yes("manualActivity")
	a.Race = g.event.text("typeKey") == "race"
	a.Record = g.row.yes("pr") || g.meta.yes("personalRecord")
}

func (g garminRow) metrics(m *store.Metrics) {
	for i := range m.Zones {
		m.Zones[i] = within(g.sum.amount("hrTimeInZone_"+strconv.Itoa(i+1)), 1e7)
	}
	for name := range g.sum {
		metres, found := strings.CutPrefix(name, "fastestSplit_")
		if v := g.sum.amount(name); found && v > 0 && isNumber(metres) {
			if m.Splits == nil {
				m.Splits = map[string]float64{}
			}
			m.Splits[metres] = v
		}
	}
	m.Device = g.device()
	m.Load = within(g.sum.amount("activityTrainingLoad"), 1e6)
}

// device returns maker and number of the device, by which the records of two
// devices are told apart.
func (g garminRow) device() string {
	id := g.row.text("deviceId")
	if id == "" {
		id = g.meta.in("deviceMetaDataDTO").text("deviceId")
	}
	if id == "0" {
		id = ""
	}
	return strings.TrimSpace(g.meta.text("manufacturer") + " " + id)
}

// elapsed mends what the source has wrong: absent on old and typed activities,
// milliseconds on old multisport ones.
func elapsed(raw float64, timer time.Duration) time.Duration {
	d := seconds(raw)
	if ms := seconds(raw / 1000); timer > 0 && ms >= timer && ms < 2*timer {
		d = ms
	}
	return max(d, timer)
}

// within returns the amount, or 0 when it is beyond what can be.
func within(v, most float64) float64 {
	if v > most {
		return 0
	}
	return v
}

// beats drops the 255 by which devices say that they do not know.
func beats(v float64) float64 { return within(v, 254) }

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 32)
	return err == nil
}
