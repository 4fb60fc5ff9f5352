package garmintest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"

	"github.com/tormoder/fit"
)

// kml answers the track as one line; empty without one, as the GPX.
func (s *Server) kml(w *workout, records []*fit.RecordMsg) reply {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
 <Document>
  <name>%s</name>
  <Placemark>
   <name>%s</name>
   <TimeSpan><begin>%s</begin><end>%s</end></TimeSpan>
   <LineString>
    <tessellate>1</tessellate>
    <altitudeMode>clampToGround</altitudeMode>
    <coordinates>
`, escaped(w.title()), escaped(w.title()), w.start.Format(exportTime), w.end().Format(exportTime))
	points := 0
	for _, r := range records {
		if r.PositionLat.Invalid() || r.PositionLong.Invalid() {
			continue
		}
		points++
		fmt.Fprintf(&b, "%.9f,%.9f,%g\n", r.PositionLong.Degrees(), r.PositionLat.Degrees(), round(r.GetAltitudeScaled(), 1))
	}
	b.WriteString("    </coordinates>\n   </LineString>\n  </Placemark>\n </Document>\n</kml>\n")
	if points == 0 {
		return reply{status: s.rules.NoTrackStatus}
	}
	return exported(w, "kml", "application/vnd.google-earth.kml+xml", b.Bytes())
}

// csv answers the table of laps; its last row sums them up.
func (s *Server) csv(m *member, w *workout) reply {
	var b bytes.Buffer
	t := csv.NewWriter(&b)
	rows := [][]string{{"Laps", "Time", "Cumulative Time", "Distance", "Avg Pace", "Avg HR", "Max HR", "Calories"}}
	var seconds, metres float64
	for i, l := range w.recordedLaps(m) {
		lap, way := l.GetTotalTimerTimeScaled(), l.GetTotalDistanceScaled()
		if math.IsNaN(way) {
			way = 0
		}
		seconds, metres = seconds+lap, metres+way
		rows = append(rows, []string{fmt.Sprint(i + 1), clocked(lap), clocked(seconds), fmt.Sprintf("%.2f", way/1000), paced(lap, way),
			fmt.Sprint(l.AvgHeartRate), fmt.Sprint(l.MaxHeartRate), fmt.Sprint(l.TotalCalories)})
	}
	rows = append(rows, []string{"Summary", clocked(seconds), clocked(seconds), fmt.Sprintf("%.2f", metres/1000), paced(seconds, metres),
		fmt.Sprint(w.avgHR), fmt.Sprint(w.maxHR), fmt.Sprint(w.calories)})
	_ = t.WriteAll(rows) // a buffer takes everything
	return exported(w, "csv", "text/csv;charset=UTF-8", b.Bytes())
}

// clocked is a span as a lap table shows it.
func clocked(seconds float64) string {
	n := int(seconds)
	if n >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60)
	}
	return fmt.Sprintf("%d:%04.1f", n/60, math.Mod(seconds, 60))
}

// paced is the time for a kilometre; dashes without a distance.
func paced(seconds, metres float64) string {
	if metres == 0 {
		return "--"
	}
	n := int(math.Round(seconds * 1000 / metres))
	return fmt.Sprintf("%d:%02d", n/60, n%60)
}
