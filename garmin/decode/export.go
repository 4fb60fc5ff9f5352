package decode

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"clubrun/store"
)

// Summary is one activity as the export of a whole Garmin account tells it.
type Summary struct {
	Activity store.Activity
	Body     json.RawMessage // the row, without places and splits
	Hash     string          // of the body
}

// IsExport says whether a file is the list of activities in the export of a
// whole Garmin account: DI_CONNECT/DI-Connect-Fitness/…_summarizedActivities.json.
func IsExport(name string, data []byte) bool {
	head := bytes.TrimLeft(data[:min(len(data), 4096)], "\ufeff \t\r\n")
	return len(head) > 0 && (head[0] == '[' || head[0] == '{') &&
		(strings.HasSuffix(strings.ToLower(name), "summarizedactivities.json") || bytes.Contains(head, []byte(`"summarizedActivitiesExport"`)))
}

// Export reads the activities of such a list: an array with an object that has
// them as summarizedActivitiesExport. The ids are Garmin's own; distances and
// heights are centimetres, durations milliseconds, times milliseconds since
// 1970, the local one shifted by the offset. In which unit calories are, no two
// readers agree: they are left out. A row that cannot be read is counted and
// left out. With an error the rows before the fault are returned.
func Export(athlete int64, data []byte) (all []Summary, broken int, err error) {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	if err := toRows(d); err != nil {
		return nil, 0, err
	}
	for d.More() {
		var row json.RawMessage
		if err := d.Decode(&row); err != nil {
			return all, broken, fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		s, err := summaryOf(athlete, row)
		if err != nil {
			broken++
			continue
		}
		all = append(all, s)
	}
	if len(all) == 0 && broken == 0 {
		return nil, 0, ErrNoActivity
	}
	return all, broken, nil
}

// toRows goes to the first row.
func toRows(d *json.Decoder) error {
	named := false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return ErrNoActivity
		}
		if err != nil {
			return fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		if token == json.Delim('[') && named {
			return nil
		}
		named = token == "summarizedActivitiesExport"
	}
}

func summaryOf(athlete int64, row json.RawMessage) (Summary, error) {
	o, err := objectOf(row)
	if err != nil {
		return Summary{}, err
	}
	id := o.whole("activityId")
	if id <= 0 {
		return Summary{}, fmt.Errorf("%w: no activityId", ErrDamaged)
	}
	start, local, ok := exportTimes(o)
	if !ok {
		return Summary{}, fmt.Errorf("activity %d: %w: no start", id, ErrDamaged)
	}
	kind := o.text("activityType")
	a := store.Activity{
		Athlete: athlete, Source: "export", External: strconv.FormatInt(id, 10), Parent: parentID(o),
		Name: o.text("name"), Type: kind, Sport: family(kind, 0), Start: start, Local: local,
		Timer: milliseconds(o.amount("duration")), Moving: milliseconds(o.amount("movingDuration")),
		Distance: within(o.amount("distance")/100, 10_000_000), Climb: within(o.amount("elevationGain")/100, 100_000),
		AvgHR: beats(o.amount("avgHr")), MaxHR: beats(o.amount("maxHr")),
		Moderate: o.count("moderateIntensityMinutes"), Vigorous: o.count("vigorousIntensityMinutes"),
		Race: o.whole("eventTypeId") == raceEvent, Record: o.yes("pr"), Private: exportPrivate(o.text("rule")),
	}
	a.Elapsed = max(milliseconds(o.amount("elapsedDuration")), a.Timer)
	for i := range a.Metrics.Zones {
		a.Metrics.Zones[i] = within(o.amount("hrTimeInZone_"+strconv.Itoa(i+1))/1000, 1e7)
	}
	a.Metrics.Load = within(o.amount("activityTrainingLoad"), 1e6)
	if device := o.text("deviceId"); device != "" && device != "0" {
		a.Metrics.Device = strings.TrimSpace(o.text("manufacturer") + " " + device)
	}
	body := withoutSplits(WithoutPlaces(row))
	sum := sha256.Sum256(body)
	return Summary{Activity: a, Body: body, Hash: hex.EncodeToString(sum[:])}, nil
}

// raceEvent is Garmin's number of a race.
const raceEvent = 1

// exportPrivate says whether a word is for a smaller circle than friends; one
// that is not known is taken for it.
func exportPrivate(rule string) bool {
	return !slices.Contains([]string{"", "public", "subscribers", "groups"}, strings.ToLower(rule))
}

func exportTimes(o object) (start, local time.Time, ok bool) {
	ms := o.whole("startTimeGmt")
	if ms <= 0 {
		ms = o.whole("beginTimestamp")
	}
	start = time.UnixMilli(ms).UTC()
	if ms <= 0 || !plausible(start) {
		return time.Time{}, time.Time{}, false
	}
	wall := o.whole("startTimeLocal")
	offset := (time.Duration(wall-ms) * time.Millisecond).Round(time.Minute)
	if wall <= 0 || offset.Abs() > maxOffset {
		return start, start, true
	}
	return start, start.In(zoneOf(offset)), true
}

// withoutSplits leaves out what makes a row long and is read by nothing.
func withoutSplits(row json.RawMessage) json.RawMessage {
	o, err := objectOf(row)
	if err != nil {
		return row
	}
	for _, name := range []string{"splits", "splitSummaries", "summarizedExerciseSets"} {
		delete(o, name)
	}
	text, err := json.Marshal(o)
	if err != nil {
		return row
	}
	return text
}
