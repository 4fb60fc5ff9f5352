package garmintest

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tormoder/fit"
)

const exportTime = "2006-01-02T15:04:05.000Z"

// export answers the download of an activity in another format. A GPX without
// a track is empty; what was typed in has neither.
func (s *Server) export(m *member, rest string) reply {
	format, id, ok := strings.Cut(rest, "/activity/")
	if !ok || !slices.Contains([]string{"tcx", "gpx", "kml", "csv"}, format) {
		return notFoundPage()
	}
	w, r := s.lookup(m, id)
	if w == nil {
		return r
	}
	if w.manual {
		return missing()
	}
	records, err := w.taken(m.body)
	if err != nil {
		return page(http.StatusInternalServerError, "500 Internal Server Error")
	}
	switch format {
	case "gpx":
		return s.gpx(w, records)
	case "kml":
		return s.kml(w, records)
	case "csv":
		return s.csv(m, w)
	}
	return exported(w, "tcx", "application/vnd.garmin.tcx+xml", w.tcx(records))
}

func exported(w *workout, format, kind string, body []byte) reply {
	name := fmt.Sprintf(`attachment; filename="activity_%d.%s"`, w.id, format)
	return reply{status: http.StatusOK, body: body, header: http.Header{"Content-Type": {kind}, "Content-Disposition": {name}}}
}

// taken are the records of the workout's file.
func (w *workout) taken(b body) ([]*fit.RecordMsg, error) {
	if w.file == nil {
		records, _, _ := w.asRecorded().messages(b)
		return records, nil
	}
	f, err := fit.Decode(bytes.NewReader(w.told))
	if err != nil {
		return nil, fmt.Errorf("decode the upload: %w", err)
	}
	a, err := f.Activity()
	if err != nil {
		return nil, fmt.Errorf("decode the upload: %w", err)
	}
	return a.Records, nil
}

// asRecorded is the workout without the changes that its member made.
func (w *workout) asRecorded() *workout {
	if w.recorded != nil {
		return w.recorded
	}
	return w
}

func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

func (s *Server) gpx(w *workout, records []*fit.RecordMsg) reply {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="Garmin Connect" version="1.1" xmlns="http://www.topografix.com/GPX/1/1" xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
 <metadata><link href="connect.garmin.com"><text>Garmin Connect</text></link><time>%s</time></metadata>
 <trk><name>%s</name><type>%s</type><trkseg>
`, w.start.Format(exportTime), escaped(w.title()), w.sport.key)
	points := 0
	for _, r := range records {
		if r.PositionLat.Invalid() || r.PositionLong.Invalid() {
			continue
		}
		points++
		fmt.Fprintf(&b, `  <trkpt lat="%s" lon="%s"><ele>%g</ele><time>%s</time><extensions><ns3:TrackPointExtension><ns3:hr>%d</ns3:hr></ns3:TrackPointExtension></extensions></trkpt>`+"\n",
			degrees(r.PositionLat.Degrees()), degrees(r.PositionLong.Degrees()), round(r.GetAltitudeScaled(), 1), r.Timestamp.UTC().Format(exportTime), r.HeartRate)
	}
	b.WriteString(" </trkseg></trk>\n</gpx>\n")
	if points == 0 {
		return reply{status: s.rules.NoTrackStatus}
	}
	return exported(w, "gpx", "application/gpx+xml", b.Bytes())
}

// degrees has the many digits that the real export has.
func degrees(x float64) string { return strconv.FormatFloat(x, 'f', 20, 64) }

func (w *workout) tcx(records []*fit.RecordMsg) []byte {
	kind := "Other"
	switch w.sport.family() {
	case runningType:
		kind = "Running"
	case cyclingType:
		kind = "Biking"
	}
	var b bytes.Buffer
	id := w.start.Format(exportTime)
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
 <Activities><Activity Sport="%s"><Id>%s</Id>
  <Lap StartTime="%s"><TotalTimeSeconds>%.3f</TotalTimeSeconds><DistanceMeters>%.2f</DistanceMeters><Calories>%.0f</Calories>`, kind, id, id, w.timer, w.distance, w.calories)
	if w.avgHR > 0 {
		fmt.Fprintf(&b, `<AverageHeartRateBpm><Value>%.0f</Value></AverageHeartRateBpm><MaximumHeartRateBpm><Value>%.0f</Value></MaximumHeartRateBpm>`, w.avgHR, w.maxHR)
	}
	b.WriteString("<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>\n")
	for _, r := range records {
		fmt.Fprintf(&b, "   <Trackpoint><Time>%s</Time>", r.Timestamp.UTC().Format(exportTime))
		if !r.PositionLat.Invalid() {
			fmt.Fprintf(&b, "<Position><LatitudeDegrees>%s</LatitudeDegrees><LongitudeDegrees>%s</LongitudeDegrees></Position><AltitudeMeters>%g</AltitudeMeters>",
				degrees(r.PositionLat.Degrees()), degrees(r.PositionLong.Degrees()), round(r.GetAltitudeScaled(), 1))
		}
		if w.distance > 0 {
			fmt.Fprintf(&b, "<DistanceMeters>%.2f</DistanceMeters>", r.GetDistanceScaled())
		}
		fmt.Fprintf(&b, "<HeartRateBpm><Value>%d</Value></HeartRateBpm></Trackpoint>\n", r.HeartRate)
	}
	fmt.Fprintf(&b, `  </Track></Lap>
  <Creator xsi:type="Device_t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Name>%s</Name><UnitId>%d</UnitId><ProductID>%d</ProductID></Creator>
 </Activity></Activities>
 <Author xsi:type="Application_t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Name>Connect Api</Name></Author>
</TrainingCenterDatabase>
`, escaped(w.device.name), w.device.id, w.device.product)
	return b.Bytes()
}
