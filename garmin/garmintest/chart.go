package garmintest

import (
	"net/http"
	"net/url"

	"github.com/tormoder/fit"
)

// chart answers the series of an activity: a table whose columns are named
// beside it, thinned to the size that is asked for.
func (s *Server) chart(m *member, w *workout, q url.Values) reply {
	size, ok := number(q, "maxChartSize", 2000)
	if !ok {
		return badRequest(http.StatusBadRequest)
	}
	most, ok := number(q, "maxPolylineSize", 4000)
	if !ok {
		return badRequest(http.StatusBadRequest)
	}
	var records []*fit.RecordMsg
	if !w.manual {
		var err error
		if records, err = w.taken(m.body); err != nil {
			return page(http.StatusInternalServerError, "500 Internal Server Error")
		}
	}
	columns := w.columns()
	descriptors := []map[string]any{}
	for i, c := range columns {
		descriptors = append(descriptors, map[string]any{"metricsIndex": i, "key": c.key, "unit": map[string]any{"key": c.unit, "factor": c.factor}})
	}
	rows := []map[string]any{}
	every := (len(records) + max(size, 1) - 1) / max(size, 1)
	for i := 0; i < len(records); i += max(every, 1) {
		metrics := make([]any, len(columns))
		for k, c := range columns {
			metrics[k] = c.value(records[i])
		}
		rows = append(rows, map[string]any{"metrics": metrics})
	}
	return jsonReply(http.StatusOK, map[string]any{"activityId": w.id, "measurementCount": len(columns), "metricsCount": len(rows),
		"totalMetricsCount": len(records), "metricDescriptors": descriptors, "activityDetailMetrics": rows,
		"geoPolylineDTO": polyline(w, records, most), "heartRateDTOs": nil, "pendingData": nil, "detailsAvailable": len(rows) > 0})
}

// column is one measure of a chart.
type column struct {
	key, unit string
	factor    float64
	value     func(*fit.RecordMsg) any
}

func (w *workout) columns() []column {
	all := []column{
		{"directTimestamp", "gmt", 0, func(r *fit.RecordMsg) any { return r.Timestamp.UnixMilli() }},
		{"directHeartRate", "bpm", 1, func(r *fit.RecordMsg) any { return float64(r.HeartRate) }},
	}
	if w.distance > 0 {
		all = append(all, column{"sumDistance", "meter", 100, func(r *fit.RecordMsg) any { return known(r.GetDistanceScaled()) }},
			column{"directSpeed", "mps", .1, func(r *fit.RecordMsg) any { return known(r.GetSpeedScaled()) }})
	}
	if w.gps() {
		all = append(all, column{"directLatitude", "dd", 1, func(r *fit.RecordMsg) any { return spot(r.PositionLat.Degrees(), r.PositionLat.Invalid()) }},
			column{"directLongitude", "dd", 1, func(r *fit.RecordMsg) any { return spot(r.PositionLong.Degrees(), r.PositionLong.Invalid()) }})
	}
	return all
}

func spot(degrees float64, none bool) any {
	if none {
		return nil
	}
	return degrees
}

// polyline is the track of an activity, thinned to a size; null without one.
func polyline(w *workout, records []*fit.RecordMsg, most int) any {
	points := []map[string]any{}
	every := max(1, (len(records)+max(most, 1)-1)/max(most, 1))
	south, west, north, east := 90.0, 180.0, -90.0, -180.0
	for i := 0; i < len(records); i += every {
		r := records[i]
		if r.PositionLat.Invalid() || r.PositionLong.Invalid() {
			continue
		}
		lat, lon := r.PositionLat.Degrees(), r.PositionLong.Degrees()
		south, west, north, east = min(south, lat), min(west, lon), max(north, lat), max(east, lon)
		points = append(points, map[string]any{"lat": lat, "lon": lon, "altitude": nil, "time": r.Timestamp.UnixMilli(), "timerStart": len(points) == 0, "timerStop": false,
			"distanceFromPreviousPoint": nil, "distanceInMeters": nil, "speed": known(r.GetSpeedScaled()), "cumulativeAscent": nil, "cumulativeDescent": nil,
			"extendedCoordinate": false, "valid": true})
	}
	if !w.gps() || len(points) == 0 {
		return nil
	}
	return map[string]any{"startPoint": points[0], "endPoint": points[len(points)-1], "minLat": south, "maxLat": north, "minLon": west, "maxLon": east, "polyline": points}
}
