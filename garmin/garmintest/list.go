package garmintest

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

const (
	listTime   = "2006-01-02 15:04:05"
	detailTime = "2006-01-02T15:04:05.0"
)

// list answers the search for activities.
func (s *Server) list(m *member, q url.Values) reply {
	start, ok1 := number(q, "start", 0)
	limit, ok2 := number(q, "limit", 20)
	from, ok3 := date(q, "startDate")
	to, ok4 := date(q, "endDate")
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return badRequest(http.StatusBadRequest)
	}
	if limit > 1000 {
		return badRequest(s.rules.OverLimitStatus)
	}
	var hits []*workout
	for _, w := range s.workouts(m, s.now()) {
		day := w.local().Format(time.DateOnly)
		if from != "" && day < from || to != "" && day > to || !ofType(w, q.Get("activityType")) || !s.ofSubType(w, q.Get("activitySubType")) {
			continue
		}
		hits = append(hits, w)
	}
	if q.Get("sortOrder") == "asc" {
		slices.Reverse(hits)
	}
	rows := []map[string]any{}
	for _, w := range hits[min(start, len(hits)):min(start+limit, len(hits))] {
		rows = append(rows, s.row(m, w))
	}
	return jsonReply(http.StatusOK, rows)
}

func number(q url.Values, name string, preset int) (int, bool) {
	if q.Get(name) == "" {
		return preset, true
	}
	n, err := strconv.Atoi(q.Get(name))
	return n, err == nil && n >= 0 && n < 1<<30
}

func date(q url.Values, name string) (string, bool) {
	v := q.Get(name)
	if v == "" {
		return "", true
	}
	_, err := time.Parse(time.DateOnly, v)
	return v, err == nil
}

func badRequest(status int) reply {
	return jsonReply(status, map[string]string{"message": "HTTP 400 Bad Request", "error": "BadRequestException"})
}

func ofType(w *workout, key string) bool {
	if key == "" || key == w.sport.key {
		return true
	}
	id, ok := parents[key]
	return ok && (w.sport.parent == id || w.sport.id == id)
}

func (s *Server) ofSubType(w *workout, key string) bool {
	return key == "" || !s.rules.SubTypes || key == w.sport.key
}

// total answers the count of all activities, the legs included that the list
// does not show.
func (s *Server) total(m *member) reply {
	var single, whole, legs int
	for _, w := range s.workouts(m, s.now()) {
		if len(w.legs) == 0 {
			single++
			continue
		}
		whole, legs = whole+1, legs+len(w.legs)
	}
	return jsonReply(http.StatusOK, map[string]int{"totalCount": single + whole + legs, "multisportParentCount": whole,
		"multisportChildCount": legs, "nonMultisportCount": single})
}

// noisy is a number as the list gives it: it went through 32 bits.
func noisy(x float64) float64 { return float64(float32(x)) }

func privacy(w *workout) map[string]any {
	if w.hidden {
		return map[string]any{"typeId": 2, "typeKey": "private"}
	}
	return map[string]any{"typeId": 1, "typeKey": "public"}
}

func event(w *workout) map[string]any {
	if w.race {
		return map[string]any{"typeId": 1, "typeKey": "race", "sortOrder": 1}
	}
	return map[string]any{"typeId": 9, "typeKey": "uncategorized", "sortOrder": 10}
}

// row is a workout as the list shows it; what is unknown is absent.
func (s *Server) row(m *member, w *workout) map[string]any {
	r := map[string]any{
		"activityId": w.id, "activityName": w.named(), "startTimeLocal": w.local().Format(listTime), "startTimeGMT": w.start.Format(listTime),
		"endTimeGMT": w.end().Format(listTime), "beginTimestamp": w.start.UnixMilli(), "timeZoneId": 124, "sportTypeId": w.sport.family(),
		"activityType": w.sport.typeJSON(), "eventType": event(w), "privacy": privacy(w),
		"duration": w.timer, "elapsedDuration": w.elapsed, "movingDuration": w.moving, "distance": noisy(w.distance), "averageSpeed": noisy(round(w.speed(), 3)),
		"calories": w.calories, "bmrCalories": w.bmr, "hasPolyline": w.gps(), "hasImages": false, "hasVideo": false, "hasHeatMap": false,
		"ownerId": m.profile, "ownerDisplayName": m.display, "ownerFullName": m.Name,
		"userRoles": []string{"SCOPE_CONNECT_READ", "SCOPE_CONNECT_WRITE"}, "userPro": false, "lapCount": w.laps, "hasSplits": w.laps > 1,
		"moderateIntensityMinutes": w.moderate, "vigorousIntensityMinutes": w.vigorous, "qualifyingDive": false, "decoDive": false, "autoCalcCalories": false,
		"favorite": false, "elevationCorrected": false, "atpActivity": false, "purposeful": false, "manualActivity": w.manual, "pr": w.record, "parent": len(w.legs) > 0,
	}
	if w.blank {
		r["distance"], r["averageSpeed"] = nil, nil
	}
	s.recordedRow(r, w)
	s.sportRow(r, w)
	if w.note != "" {
		r["description"] = w.note
	}
	if s.rules.Nulls {
		for _, key := range often {
			if _, ok := r[key]; !ok {
				r[key] = nil
			}
		}
	}
	return r
}

// often are the fields that most rows have.
var often = []string{"description", "deviceId", "manufacturer", "startLatitude", "startLongitude", "endLatitude", "endLongitude", "locationName",
	"averageHR", "maxHR", "aerobicTrainingEffect", "activityTrainingLoad", "elevationGain", "elevationLoss", "minElevation", "maxElevation", "maxSpeed",
	"avgPower", "normPower", "averageRunningCadenceInStepsPerMinute", "averageBikingCadenceInRevPerMinute", "poolLength", "steps"}

// recordedRow adds what only a device knows.
func (s *Server) recordedRow(r map[string]any, w *workout) {
	if w.manual {
		return
	}
	if w.device.id != 0 {
		r["deviceId"] = w.device.id
	}
	if w.device.maker != "" {
		r["manufacturer"] = w.device.maker
	}
	if w.gps() {
		r["startLatitude"], r["startLongitude"] = w.place.lat, w.place.lon
		r["endLatitude"], r["endLongitude"] = w.place.lat, w.place.lon
		r["locationName"] = w.place.name
	}
	if w.avgHR > 0 {
		r["averageHR"], r["maxHR"] = w.avgHR, w.maxHR
		for i, z := range w.zones {
			r[fmt.Sprintf("hrTimeInZone_%d", i+1)] = z
		}
		r["aerobicTrainingEffect"], r["anaerobicTrainingEffect"] = w.aerobic, w.anaerobic
		r["activityTrainingLoad"] = noisy(w.load)
		r["differenceBodyBattery"] = -int(math.Round(w.load / 9))
	}
	if w.climb > 0 {
		r["elevationGain"], r["elevationLoss"] = w.climb, w.climb
		low, high := w.place.base, w.place.base+w.climb/float64(max(w.hills, 1))
		r["minElevation"], r["maxElevation"] = noisy(low), noisy(high)
	}
	if w.distance > 0 {
		r["maxSpeed"] = noisy(w.topSpeed)
	}
	for _, sp := range w.splits {
		r[fmt.Sprintf("fastestSplit_%.0f", sp.metres)] = noisy(sp.seconds)
	}
}

// sportRow adds what belongs to one kind of sport.
func (s *Server) sportRow(r map[string]any, w *workout) {
	if w.manual {
		return
	}
	if w.power > 0 {
		r["avgPower"], r["maxPower"], r["normPower"] = w.power, w.power*2, w.power+8
	}
	switch {
	case w.sport.family() == runningType && w.cadence > 0, w.sport.family() == 9 && w.cadence > 0:
		r["averageRunningCadenceInStepsPerMinute"], r["maxRunningCadenceInStepsPerMinute"] = w.cadence, w.cadence+18
		r["maxDoubleCadence"], r["steps"] = w.cadence+18, int(w.cadence*w.moving/60)
	case w.sport.family() == cyclingType && w.cadence > 0:
		r["averageBikingCadenceInRevPerMinute"], r["maxBikingCadenceInRevPerMinute"] = w.cadence, w.cadence+24
	case w.pool():
		r["poolLength"] = float64(poolLength)
		r["unitOfPoolLength"] = map[string]any{"unitId": 1, "unitKey": "meter", "factor": 100.0}
		r["activeLengths"] = w.lengths()
		r["averageSwimCadenceInStrokesPerMinute"] = w.cadence
	case w.sport.key == "strength_training":
		sets := w.activeSets()
		r["totalSets"], r["activeSets"], r["totalReps"] = 2*sets-1, sets, sets*9
	}
}

// lengths of the pool that were swum.
func (w *workout) lengths() int { return int(math.Round(w.distance / poolLength)) }

// zoneRows are the seconds in each heart rate zone.
func zoneRows(m *member, w *workout) []map[string]any {
	rows := []map[string]any{}
	if w.avgHR == 0 {
		return rows
	}
	for i, z := range w.zones {
		rows = append(rows, map[string]any{"zoneNumber": i + 1, "secsInZone": z, "zoneLowBoundary": int(m.body.zoneFloor(i + 1))})
	}
	return rows
}
