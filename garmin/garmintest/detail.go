package garmintest

import (
	"math"
	"strconv"
)

// detail is a workout as the call for one activity shows it: other names than
// in the list, and rounded numbers.
func (s *Server) detail(m *member, w *workout) map[string]any {
	d := map[string]any{
		"activityId": w.id, "activityUUID": map[string]any{"uuid": uuid(s.opts.Seed, "activity", w.id)}, "activityName": w.named(),
		"userProfileId": m.profile, "isMultiSportParent": len(w.legs) > 0, "activityTypeDTO": w.sport.typeJSON(), "eventTypeDTO": event(w),
		"accessControlRuleDTO": privacy(w),
		"timeZoneUnitDTO":      map[string]any{"unitId": 124, "unitKey": w.zone.String(), "factor": 0.0, "timeZone": w.zone.String()},
		"metadataDTO":          s.metadata(m, w), "summaryDTO": summary(w),
	}
	if w.gps() {
		d["locationName"] = w.place.name
	}
	if w.parent != nil {
		d["parentId"] = w.parent.id
	}
	if w.note != "" {
		d["description"] = w.note
	}
	return d
}

func (s *Server) metadata(m *member, w *workout) map[string]any {
	childIDs, childTypes := []int64{}, []string{}
	for _, l := range w.legs {
		childIDs, childTypes = append(childIDs, l.id), append(childTypes, l.sport.key)
	}
	meta := map[string]any{
		"isOriginal": true, "associatedCourseId": nil, "associatedWorkoutId": nil,
		"uploadedDate": w.uploaded.UTC().Format(detailTime), "lastUpdateDate": w.updated.UTC().Format(detailTime), "videoUrl": nil,
		"hasPolyline": w.gps(), "hasChartData": !w.manual, "hasHrTimeInZones": w.avgHR > 0, "hasPowerTimeInZones": w.power > 0,
		"hasSplits": w.laps > 1, "hasIntensityIntervals": false, "childIds": childIDs, "childActivityTypes": childTypes,
		"userInfoDto": map[string]any{"userProfilePk": m.profile, "displayname": m.display, "fullname": m.Name, "userPro": false},
		"sensors":     nil, "activityImages": []any{}, "lapCount": w.laps, "personalRecord": w.record, "favorite": false,
		"manualActivity": w.manual, "trimmed": w.trimmed, "elevationCorrected": false, "autoCalcCalories": false, "gcj02": false,
	}
	if w.manual {
		return meta
	}
	meta["fileFormat"] = map[string]any{"formatId": 7, "formatKey": "fit"}
	if format := format(w.file); format != "fit" {
		meta["fileFormat"] = map[string]any{"formatKey": format}
	}
	if w.device.maker != "" {
		meta["manufacturer"] = w.device.maker
	}
	if w.device.id != 0 {
		meta["deviceMetaDataDTO"] = map[string]any{"deviceId": strconv.FormatInt(w.device.id, 10), "deviceTypePk": int(w.device.product), "deviceVersionPk": 1000001}
	}
	return meta
}

func summary(w *workout) map[string]any {
	d := map[string]any{
		"startTimeLocal": w.local().Format(detailTime), "startTimeGMT": w.start.Format(detailTime),
		"distance": round(w.distance, 2), "duration": w.timer, "movingDuration": w.moving, "elapsedDuration": w.elapsed,
		"averageSpeed": round(w.speed(), 3), "calories": w.calories, "bmrCalories": w.bmr,
		"moderateIntensityMinutes": w.moderate, "vigorousIntensityMinutes": w.vigorous,
	}
	if w.blank {
		d["distance"], d["averageSpeed"] = nil, nil
	}
	if w.manual {
		return d
	}
	if w.gps() {
		d["startLatitude"], d["startLongitude"] = w.place.lat, w.place.lon
		d["endLatitude"], d["endLongitude"] = w.place.lat, w.place.lon
	}
	if w.avgHR > 0 {
		d["averageHR"], d["maxHR"], d["minHR"] = w.avgHR, w.maxHR, w.minHR
		d["trainingEffect"], d["anaerobicTrainingEffect"], d["activityTrainingLoad"] = w.aerobic, w.anaerobic, w.load
		d["differenceBodyBattery"] = -int(math.Round(w.load / 9))
	}
	if w.climb > 0 {
		d["elevationGain"], d["elevationLoss"] = w.climb, w.climb
		d["minElevation"], d["maxElevation"] = round(w.place.base, 1), round(w.place.base+w.climb/float64(max(w.hills, 1)), 1)
	}
	if w.distance > 0 {
		d["maxSpeed"] = w.topSpeed
	}
	if w.moving > 0 {
		d["averageMovingSpeed"] = round(w.distance/w.moving, 3)
	}
	if w.power > 0 {
		d["averagePower"], d["maxPower"], d["normalizedPower"] = w.power, w.power*2, w.power+8
	}
	switch {
	case w.cadence == 0:
	case w.sport.family() == runningType, w.sport.family() == 9:
		d["averageRunCadence"], d["maxRunCadence"], d["steps"] = w.cadence, w.cadence+18, int(w.cadence*w.moving/60)
	case w.sport.family() == cyclingType:
		d["averageBikeCadence"], d["maxBikeCadence"] = w.cadence, w.cadence+24
	case w.pool():
		d["poolLength"], d["numberOfActiveLengths"] = float64(poolLength), w.lengths()
		d["unitOfPoolLength"] = map[string]any{"unitId": 1, "unitKey": "meter", "factor": 100.0}
	}
	return d
}
