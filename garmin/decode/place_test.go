package decode_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clubrun/garmin/decode"
)

func TestPlacesAreTakenOutAndNothingElse(t *testing.T) {
	for row, want := range map[string]string{
		`{"startLatitude":38.7,"a":1.50}`:                               `{"a":1.50}`,
		`{"a":1e2,"startLongitude":-9.1,"b":12345678901234567890}`:      `{"a":1e2,"b":12345678901234567890}`,
		`{"a":"<x>\u00e9","endLatitude":null,"endLongitude":1}`:         `{"a":"<x>\u00e9"}`,
		`{"locationName":"Lisboa"}`:                                     `{}`,
		`{"locationName":"Lisboa","activityName":"at 9, {so}: \"ok\""}`: `{"activityName":"at 9, {so}: \"ok\""}`,
		`{"geoPolylineDTO":{"minLat":1,"polyline":[{"lat":1}]},"z":[]}`: `{"z":[]}`,
		`{"hasPolyline":true,"new":{"k":[1,{"startLatitude":2},3]}}`:    `{"hasPolyline":true,"new":{"k":[1,{},3]}}`,
		`{"start\u004catitude":38.7,"a":null}`:                          `{"a":null}`,
		` { "a" : [ 1 , { } ] , "polyline" : "xyz" , "b" : false } `:    `{"a":[1,{}],"b":false}`,
		`{"a":1,"a":2,"startLatitude":1,"startLatitude":2}`:             `{"a":1,"a":2}`,
		`[{"endLatitude":1},"startLatitude"]`:                           `[{},"startLatitude"]`,
		`"startLatitude"`:                                               `"startLatitude"`,
		`7`:                                                             `7`,
		`{"startLatitude":38.7,"a":1`:                                   `null`,
		`{"startLatitude":38.7} trash`:                                  `null`,
		``:                                                              `null`,
	} {
		if got := string(decode.WithoutPlaces(json.RawMessage(row))); got != want {
			t.Errorf("%s\n got %s\nwant %s", row, got, want)
		}
	}
}

// FuzzWithoutPlaces: what comes out is valid, has no places and is otherwise
// what went in.
func FuzzWithoutPlaces(f *testing.F) {
	f.Add([]byte(`{"startLatitude":1,"a":[{"b":{"polyline":[1,2]},"c":"x"},1.0],"d":{}}`))
	f.Add([]byte(`[[],[{}],{"a":{"b":[]}}]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		out := decode.WithoutPlaces(raw)
		var before, after any
		if json.Unmarshal(raw, &before) != nil {
			before = nil
		}
		if err := json.Unmarshal(out, &after); err != nil {
			t.Fatalf("%q: %v", out, err)
		}
		if d := cmp.Diff(pruned(before), after); d != "" {
			t.Error(d)
		}
	})
}

// pruned is the same by another road.
func pruned(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			low := strings.ToLower(name)
			place := strings.Contains(low, "latitude") || strings.Contains(low, "longitude") || strings.Contains(low, "polyline")
			if low == "location" || low == "locationname" || place && !strings.HasPrefix(low, "has") {
				delete(v, name)
				continue
			}
			v[name] = pruned(inner)
		}
	case []any:
		for i := range v {
			v[i] = pruned(v[i])
		}
	}
	return v
}
