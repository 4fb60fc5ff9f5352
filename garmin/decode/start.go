package decode

import "encoding/json"

// StartPlace returns where the activity of a list row began, degrees. It is
// for comparing while a list is read: nothing of it may be kept. ok is false
// where the row does not tell, or tells 0, 0 as devices do without a fix.
func StartPlace(row json.RawMessage) (lat, lon float64, ok bool) {
	o, err := objectOf(row)
	if err != nil {
		return 0, 0, false
	}
	lat, lon = o.number("startLatitude"), o.number("startLongitude")
	ok = (lat != 0 || lon != 0) && -90 <= lat && lat <= 90 && -180 <= lon && lon <= 180
	return lat, lon, ok
}
