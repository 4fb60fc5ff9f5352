package decode

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// object is a JSON object read leniently: a field that is null counts as
// absent, a number may be a string, and what is of another kind is absent too.
type object map[string]json.RawMessage

func objectOf(raw []byte) (object, error) {
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	if o == nil {
		return nil, fmt.Errorf("%w: null", ErrDamaged)
	}
	return o, nil
}

// in returns the object in a field, an empty one where there is none.
func (o object) in(name string) object {
	var inner object
	if json.Unmarshal(o[name], &inner) != nil {
		return nil
	}
	return inner
}

// text returns a string, "" where there is none; of a number its digits.
func (o object) text(name string) string {
	raw := o[name]
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// number returns a number, 0 where there is none or it is none.
func (o object) number(name string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSpace(o.text(name)), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// amount returns a number that cannot be negative.
func (o object) amount(name string) float64 { return max(0, o.number(name)) }

// whole returns a number as an integer, 0 where there is none.
func (o object) whole(name string) int64 {
	text := strings.TrimSpace(o.text(name))
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	v := o.number(name)
	if math.Abs(v) > 1<<53 {
		return 0
	}
	return int64(v)
}

// count returns a number of things: not negative, within reason.
func (o object) count(name string) int { return int(min(o.amount(name), 1e6)) }

// yes returns a boolean; "true" and 1 are true as well.
func (o object) yes(name string) bool {
	raw := strings.Trim(string(o[name]), `"`)
	return strings.EqualFold(raw, "true") || raw == "1"
}

// garminTime reads Garmin's two spellings of a time without a zone:
// "2026-08-01 05:00:00" in lists, "2026-08-01T05:00:00.0" in details.
func (o object) garminTime(name string) (time.Time, bool) {
	text := strings.Replace(o.text(name), " ", "T", 1)
	t, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(text, "Z"))
	return t, err == nil && plausible(t)
}

// plausible says whether a time can be that of a workout.
func plausible(t time.Time) bool { return t.Year() >= 1970 && t.Year() < 2200 }
