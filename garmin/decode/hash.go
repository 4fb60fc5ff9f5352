package decode

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
)

// StableHash returns a hash of those fields of a list row that change only when
// somebody edits the activity: name, type, event, start, distance and duration
// rounded to whole metres and seconds, privacy, manual, personal record. The
// rest of a row is computed anew by the source now and then. Null and absent
// are equal. Of what is no object, all bytes count.
func StableHash(row json.RawMessage) string {
	o, err := objectOf(row)
	if err != nil {
		sum := sha256.Sum256(row)
		return hex.EncodeToString(sum[:])
	}
	fields := fmt.Sprintf("%q %q %q %q %d %.0f %.0f %q %t %t",
		o.text("activityName"), o.in("activityType").text("typeKey"), o.in("eventType").text("typeKey"),
		o.text("startTimeLocal"), o.whole("beginTimestamp"),
		math.Round(o.number("distance")), math.Round(o.number("duration")),
		o.in("privacy").text("typeKey"), o.yes("manualActivity"), o.yes("pr"))
	sum := sha256.Sum256([]byte(fields))
	return hex.EncodeToString(sum[:])
}
