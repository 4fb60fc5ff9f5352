package encode_test

import (
	"bytes"
	"errors"
	"testing"

	"clubrun/garmin/decode"
	"clubrun/garmin/encode"
)

// FuzzWhatIsReadIsWritten: whatever can be read can be written, unless nobody
// knows when it was, and is read again with as many sessions and moments.
func FuzzWhatIsReadIsWritten(f *testing.F) {
	f.Add([]byte(aGPX))
	f.Add([]byte(aTCX))
	rec := encode.Activity(typed)
	var b bytes.Buffer
	if err := encode.FIT(&b, rec); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		rec, _ := decode.File("x", data)
		var out bytes.Buffer
		err := encode.FIT(&out, rec)
		if errors.Is(err, encode.ErrNoStart) || errors.Is(err, decode.ErrNoActivity) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		back, err := decode.File("x.fit", out.Bytes())
		if err != nil || len(back.Sessions) != len(rec.Sessions) {
			t.Fatalf("%d sessions of %d: %v", len(back.Sessions), len(rec.Sessions), err)
		}
		if got, want := len(back.Track()), len(rec.Track()); got != want {
			t.Fatalf("%d moments of %d", got, want)
		}
	})
}
