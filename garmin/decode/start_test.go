package decode_test

import (
	"testing"

	"clubrun/garmin/decode"
)

func TestTheStartPlaceOfARow(t *testing.T) {
	for row, want := range map[string][2]float64{
		`{"startLatitude":38.7436,"startLongitude":-9.1602}`:     {38.7436, -9.1602},
		`{"startLatitude":"38.7436","startLongitude":"-9.1602"}`: {38.7436, -9.1602},
		`{"startLatitude":0.0,"startLongitude":32.5}`:            {0, 32.5},
		`{"startLatitude":0,"startLongitude":0}`:                 {},
		`{"startLatitude":null}`:                                 {},
		`{"startLatitude":91,"startLongitude":1}`:                {},
		`{"startLatitude":1,"startLongitude":-181}`:              {},
		`{"startLatitude":1e999,"startLongitude":1e999}`:         {},
		`[]`: {}, `null`: {}, ``: {}, `{}`: {},
	} {
		lat, lon, ok := decode.StartPlace([]byte(row))
		if ok != (want != [2]float64{}) || ok && (lat != want[0] || lon != want[1]) {
			t.Errorf("%s: %v, %v, %v", row, lat, lon, ok)
		}
	}
}
