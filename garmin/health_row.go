package garmin

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
)

// amount is a number that Garmin writes bare, in quotes, or not at all: what is
// none, or negative, as where there was too little to tell from, is not set. It
// never fails, so that one odd field stops no row.
type amount struct {
	value float64
	set   bool
}

// UnmarshalJSON reads whatever stands there.
func (a *amount) UnmarshalJSON(b []byte) error {
	v, err := strconv.ParseFloat(string(bytes.Trim(b, `"`)), 64)
	*a = amount{}
	if err == nil && v >= 0 && !math.IsInf(v, 0) {
		*a = amount{v, true}
	}
	return nil
}

// MarshalJSON writes the bare number, or null.
func (a amount) MarshalJSON() ([]byte, error) {
	if !a.set {
		return []byte("null"), nil
	}
	return json.Marshal(a.value)
}

// word is a text that may be something else, which is none.
type word string

// UnmarshalJSON reads whatever stands there.
func (w *word) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) != nil {
		s = ""
	}
	*w = word(s)
	return nil
}

// plainRows reads an answer that is a list; null is an empty one.
func plainRows(body json.RawMessage) (rows []json.RawMessage, ok bool) {
	return rows, json.Unmarshal(body, &rows) == nil
}

// under reads an answer whose list stands under a name. PGC's users also got
// the list alone.
func under(name string) func(json.RawMessage) ([]json.RawMessage, bool) {
	return func(body json.RawMessage) ([]json.RawMessage, bool) {
		if rows, ok := plainRows(body); ok {
			return rows, true
		}
		var f map[string]json.RawMessage
		if json.Unmarshal(body, &f) != nil {
			return nil, false
		}
		if f[name] == nil {
			return nil, true
		}
		return plainRows(f[name])
	}
}

func stepsRow(row json.RawMessage) (day string, value float64, kept any, ok bool) {
	var f struct {
		Day   word   `json:"calendarDate"`
		Steps amount `json:"totalSteps"`
	}
	ok = json.Unmarshal(row, &f) == nil && f.Steps.set
	return string(f.Day), f.Steps.value, f, ok
}

func restingRows(body json.RawMessage) ([]json.RawMessage, bool) {
	var f struct {
		All *struct {
			Map map[string]json.RawMessage `json:"metricsMap"`
		} `json:"allMetrics"`
	}
	if json.Unmarshal(body, &f) != nil {
		return nil, false
	}
	if f.All == nil || f.All.Map["WELLNESS_RESTING_HEART_RATE"] == nil {
		return nil, true
	}
	return plainRows(f.All.Map["WELLNESS_RESTING_HEART_RATE"])
}

func restingRow(row json.RawMessage) (day string, value float64, kept any, ok bool) {
	var f struct {
		Day   word   `json:"calendarDate"`
		Value amount `json:"value"`
	}
	ok = json.Unmarshal(row, &f) == nil && f.Value.set
	return string(f.Day), f.Value.value, f, ok
}

// sleepRow reads a night; its day is the one of the morning.
func sleepRow(row json.RawMessage) (day string, value float64, kept any, ok bool) {
	type values struct {
		Slept amount `json:"totalSleepTimeInSeconds"`
	}
	var f struct {
		Day    word   `json:"calendarDate"`
		Values values `json:"values"`
	}
	ok = json.Unmarshal(row, &f) == nil && f.Values.Slept.set
	return string(f.Day), f.Values.Slept.value, f, ok
}

func hrvRow(row json.RawMessage) (day string, value float64, kept any, ok bool) {
	var f struct {
		Day  word   `json:"calendarDate"`
		Mean amount `json:"lastNightAvg"`
	}
	ok = json.Unmarshal(row, &f) == nil && f.Mean.set
	return string(f.Day), f.Mean.value, f, ok
}

// batteryRow reads the highest of a day's samples. What is kept is that sample
// alone, without its time.
func batteryRow(row json.RawMessage) (day string, value float64, kept any, ok bool) {
	var f struct {
		Day     word              `json:"date"`
		Samples []json.RawMessage `json:"bodyBatteryValuesArray"`
		Columns []struct {
			Index amount `json:"bodyBatteryValueDescriptorIndex"`
			Key   word   `json:"bodyBatteryValueDescriptorKey"`
		} `json:"bodyBatteryValueDescriptorDTOList"`
	}
	if json.Unmarshal(row, &f) != nil {
		return "", 0, nil, false
	}
	at := 1.0 // after the time
	for _, c := range f.Columns {
		if c.Key == "bodyBatteryLevel" && c.Index.set {
			at = c.Index.value
		}
	}
	best := amount{}
	for _, s := range f.Samples {
		var sample []amount
		if json.Unmarshal(s, &sample) != nil || at >= float64(len(sample)) {
			continue
		}
		if level := sample[int(at)]; level.set && level.value <= 100 && (!best.set || level.value > best.value) {
			best = level
		}
	}
	kept = struct {
		Day     word        `json:"date"`
		Samples [1][]amount `json:"bodyBatteryValuesArray"`
	}{f.Day, [1][]amount{{amount{}, best}}}
	return string(f.Day), best.value, kept, best.set
}

// oxygen is one estimate of VO2max.
type oxygen struct {
	Day     word   `json:"calendarDate"`
	Precise amount `json:"vo2MaxPreciseValue"`
	Whole   amount `json:"vo2MaxValue"`
}

// vo2MaxRow reads the estimate from running and walking, or else the one from
// cycling.
func vo2MaxRow(row json.RawMessage) (day string, value float64, kept any, ok bool) {
	var f struct {
		Generic *oxygen `json:"generic,omitempty"`
		Cycling *oxygen `json:"cycling,omitempty"`
	}
	if json.Unmarshal(row, &f) != nil {
		return "", 0, nil, false
	}
	best := f.Generic
	if best == nil || !best.Precise.set && !best.Whole.set {
		best, f.Generic = f.Cycling, nil
	} else {
		f.Cycling = nil
	}
	if best == nil {
		return "", 0, nil, false
	}
	figure := best.Precise
	if !figure.set {
		figure = best.Whole
	}
	return string(best.Day), figure.value, f, figure.set
}

// intensityRow reads the minutes of a day; Garmin's goal counts vigorous ones
// twice.
func intensityRow(row json.RawMessage) (day string, value float64, kept any, ok bool) {
	var f struct {
		Day      word   `json:"calendarDate"`
		Moderate amount `json:"moderateValue"`
		Vigorous amount `json:"vigorousValue"`
	}
	ok = json.Unmarshal(row, &f) == nil && (f.Moderate.set || f.Vigorous.set)
	return string(f.Day), f.Moderate.value + 2*f.Vigorous.value, f, ok
}
