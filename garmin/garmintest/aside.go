package garmintest

import (
	"math"
	"net/http"

	"github.com/tormoder/fit"
)

// aside answers what hangs on one activity besides its figures; false when the
// path names none of it.
func (s *Server) aside(m *member, w *workout, sub string) (reply, bool) {
	switch sub {
	case "typedsplits":
		return s.typedSplits(m, w), true
	case "split_summaries":
		return s.splitSums(m, w), true
	case "powerTimeInZones":
		return jsonReply(http.StatusOK, powerRows(w)), true
	case "weather":
		return jsonReply(http.StatusOK, s.weather(w)), true
	case "exerciseSets":
		return jsonReply(http.StatusOK, map[string]any{"activityId": w.id, "exerciseSets": w.sets()}), true
	}
	return reply{}, false
}

// recordedLaps are the laps of the device's file; none of what was typed in.
func (w *workout) recordedLaps(m *member) []*fit.LapMsg {
	if w.manual || w.file != nil {
		return nil
	}
	_, laps, _ := w.asRecorded().messages(m.body)
	return laps
}

// kind is the word for the stretches of a sport.
func (w *workout) kind() string {
	if w.sport.family() == runningType {
		return "RWD_RUN"
	}
	return "INTERVAL_ACTIVE"
}

// typedSplits answers the stretches by kind, one for each lap.
func (s *Server) typedSplits(m *member, w *workout) reply {
	laps := w.recordedLaps(m)
	if len(laps) == 0 {
		return missing()
	}
	rows := []map[string]any{}
	for i, l := range laps {
		row := map[string]any{"type": w.kind(), "messageIndex": i, "startTimeGMT": l.StartTime.UTC().Format(detailTime),
			"startTimeLocal": l.StartTime.In(w.zone).Format(detailTime), "duration": l.GetTotalTimerTimeScaled()}
		if d := l.GetTotalDistanceScaled(); !math.IsNaN(d) {
			row["distance"] = d
		}
		rows = append(rows, row)
	}
	return jsonReply(http.StatusOK, map[string]any{"activityId": w.id, "activityUUID": s.uuidOf(w), "splits": rows})
}

// uuidOf is the newer name of an activity.
func (s *Server) uuidOf(w *workout) map[string]any {
	return map[string]any{"uuid": uuid(s.opts.Seed, "activity", w.id)}
}

// splitSums answers the stretches summed up by kind.
func (s *Server) splitSums(m *member, w *workout) reply {
	laps := w.recordedLaps(m)
	if len(laps) == 0 {
		return missing()
	}
	var seconds, metres, longest float64
	for _, l := range laps {
		seconds += l.GetTotalTimerTimeScaled()
		if d := l.GetTotalDistanceScaled(); !math.IsNaN(d) {
			metres, longest = metres+d, max(longest, d)
		}
	}
	return jsonReply(http.StatusOK, map[string]any{"activityId": w.id, "activityUUID": s.uuidOf(w), "splitSummaries": []map[string]any{{
		"splitType": w.kind(), "noOfSplits": len(laps), "distance": round(metres, 2), "duration": round(seconds, 3), "averageSpeed": round(metres/max(seconds, 1), 3),
		"maxSpeed": w.topSpeed, "totalAscent": w.climb, "elevationLoss": w.climb, "maxDistance": int(longest)}}})
}

// powerRows are the seconds in each of seven power zones.
func powerRows(w *workout) []map[string]any {
	rows := []map[string]any{}
	if w.power == 0 {
		return rows
	}
	for i, part := range []float64{.12, .34, .28, .14, .08, .03, .01} {
		rows = append(rows, map[string]any{"zoneNumber": i + 1, "secsInZone": round(w.timer*part, 3), "zoneLowBoundary": int(w.power * (.4 + .2*float64(i)))})
	}
	return rows
}

// weather was measured where and when it happened, in degrees Fahrenheit;
// indoors nothing is known.
func (s *Server) weather(w *workout) map[string]any {
	v := map[string]any{}
	for _, key := range []string{"issueDate", "temp", "apparentTemp", "dewPoint", "relativeHumidity", "windDirection", "windDirectionCompassPoint", "windSpeed",
		"windGust", "latitude", "longitude", "weatherStationDTO", "weatherTypeDTO"} {
		v[key] = nil
	}
	if !w.gps() {
		return v
	}
	r := draw(s.opts.Seed, "weather", w.place.name, w.start.Format("2006-01-02T15"))
	temp := 40 + r.IntN(45)
	v["issueDate"], v["temp"], v["apparentTemp"], v["dewPoint"] = w.start.Format("2006-01-02T15:04:05.000")+"+0000", temp, temp, temp-11
	v["relativeHumidity"], v["windDirection"], v["windDirectionCompassPoint"], v["windSpeed"] = 40+r.IntN(50), 250, "wsw", r.IntN(20)
	v["latitude"], v["longitude"] = w.place.lat, w.place.lon
	v["weatherStationDTO"] = map[string]any{"id": "SIM1", "name": w.place.name, "timezone": nil}
	v["weatherTypeDTO"] = map[string]any{"weatherTypePk": nil, "desc": "Fair", "image": nil}
	return v
}

// sets are the exercises of strength training, each but the last with a rest;
// null for other sports.
func (w *workout) sets() any {
	active := w.activeSets()
	if active == 0 {
		return nil
	}
	lifts := []string{"SQUAT", "BENCH_PRESS", "DEADLIFT", "ROW", "LUNGE"}
	rows := []map[string]any{}
	seconds := w.timer / float64(2*active-1)
	for i := range 2*active - 1 {
		row := map[string]any{"exercises": []any{}, "duration": round(seconds, 3), "repetitionCount": nil, "weight": nil, "setType": "REST",
			"startTime": w.clock(seconds * float64(i)).Format(detailTime), "wktStepIndex": nil, "messageIndex": i}
		if i%2 == 0 {
			row["setType"], row["repetitionCount"], row["weight"] = "ACTIVE", 9, 1000.0*float64(20+5*(i/2%8))
			row["exercises"] = []map[string]any{{"category": lifts[i/2%len(lifts)], "name": nil, "probability": 98.0}}
		}
		rows = append(rows, row)
	}
	return rows
}

// activeSets is how many sets of strength training there were.
func (w *workout) activeSets() int {
	if w.sport.key != "strength_training" || w.manual {
		return 0
	}
	return 6 + int(w.key%15)
}
