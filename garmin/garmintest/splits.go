package garmintest

import (
	"math"
	"net/http"

	"github.com/tormoder/fit"
)

// splits answers the laps of an activity, as they stand in its file.
func (s *Server) splits(m *member, w *workout) reply {
	laps := []map[string]any{}
	if !w.manual && w.file == nil {
		_, all, _ := w.asRecorded().messages(m.body)
		for i, l := range all {
			laps = append(laps, lapRow(i, l))
		}
	}
	return jsonReply(http.StatusOK, map[string]any{"activityId": w.id, "lapDTOs": laps, "eventDTOs": []map[string]any{{
		"startTimeGMT": w.start.Format(detailTime), "startTimeGMTDoubleValue": w.start.UnixMilli(),
		"sectionTypeDTO": map[string]any{"id": 4, "key": "timerTrigger", "sectionTypeKey": "TIMER_TRIGGER"}}}})
}

func lapRow(i int, l *fit.LapMsg) map[string]any {
	row := map[string]any{
		"startTimeGMT": l.StartTime.UTC().Format(detailTime), "duration": l.GetTotalTimerTimeScaled(), "elapsedDuration": l.GetTotalElapsedTimeScaled(),
		"calories": float64(l.TotalCalories), "averageHR": float64(l.AvgHeartRate), "maxHR": float64(l.MaxHeartRate),
		"lapIndex": i + 1, "lengthDTOs": []any{}, "connectIQMeasurement": []any{}, "intensityType": "ACTIVE", "messageIndex": i,
	}
	if d := l.GetTotalDistanceScaled(); !math.IsNaN(d) {
		row["distance"], row["averageSpeed"] = d, l.GetAvgSpeedScaled()
	}
	return row
}
