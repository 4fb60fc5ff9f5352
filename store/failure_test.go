package store

import (
	"maps"
	"testing"
)

func TestFailuresAreReadAsTheyWereWritten(t *testing.T) {
	f := Failures{"service": 2, "rate_limit": 1, "network": 11}
	if text := f.String(); text != "network 11, rate_limit 1, service 2" || f.Total() != 14 {
		t.Errorf("%q, %d", text, f.Total())
	}
	for _, message := range []string{f.String(), f.String() + "; races: disk full, 3 times"} {
		if got := ParseFailures(message); !maps.Equal(got, f) {
			t.Errorf("%q is read as %v", message, got)
		}
	}
	for _, message := range []string{"", "sync: database is locked", "D1234", "network x", "network 1, and more", "network -1"} {
		if got := ParseFailures(message); got != nil {
			t.Errorf("%q is read as %v", message, got)
		}
	}
}
