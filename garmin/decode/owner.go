package decode

import "encoding/json"

// Owner returns the profile whose activity a list row of Garmin tells of, ""
// where it does not say.
func Owner(row json.RawMessage) string {
	o, err := objectOf(row)
	if err != nil {
		return ""
	}
	return idText(o.whole("ownerId"))
}
