package garmintest_test

import (
	"testing"

	"clubrun/garmin/garmintest"
)

func TestSignInAndListAYear(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		p, err := w.client.Profile(t.Context(), tokens)
		if err != nil || p.FullName != "ana Example" {
			t.Fatalf("profile %v, %v", p, err)
		}
		n, err := w.client.Count(t.Context(), tokens)
		t.Log(n, err)
	}, somebody(t, "ana", "", garmintest.Runner))
}
