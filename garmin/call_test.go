package garmin_test

import (
	"fmt"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"

	"github.com/google/go-cmp/cmp"
)

// What a metric counts is the typed error's class, once a call.
func TestEveryCallTellsItsClass(t *testing.T) {
	inSimulation(t, func(t *testing.T, sim *garmintest.Server) {
		heard := map[string]int{}
		asked := 0
		c := &garmin.Client{Transport: sim.Transport(), Now: time.Now,
			OnCall: func(call garmin.Call, class garmin.Class) { heard[fmt.Sprintf("%s %q", call, class)]++ },
			OnAnswer: func(op string, _ int, took time.Duration) {
				asked++
				if took < 0 || garmin.CallOf(op) == garmin.CallHealth {
					t.Errorf("%s took %s", op, took)
				}
			}}
		_, _ = c.SignIn(t.Context(), "ana@example.org", "wrong")
		s, err := c.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		_ = s.Answer(t.Context(), "000000")
		code, _ := sim.Code("ana@example.org")
		if err := s.Answer(t.Context(), code); err != nil {
			t.Fatal(err)
		}
		tokens := s.Tokens()
		_, _ = c.Activity(t.Context(), tokens, 7)
		_, _ = c.LastUpload(t.Context(), tokens)
		if err := sim.Disturb("", "html", ""); err != nil {
			t.Fatal(err)
		}
		_, _ = c.Count(t.Context(), tokens)
		if err := sim.Disturb("", "429", ""); err != nil {
			t.Fatal(err)
		}
		_, _ = c.Original(t.Context(), tokens, 7)
		_, _, _ = c.Redeem(t.Context(), "nothing")
		want := map[string]int{
			`sign_in "authentication"`: 3, `sign_in ""`: 2, `detail "data_integrity"`: 1, `probe ""`: 1, `listing "service"`: 1, `file "rate_limit"`: 1,
		}
		if diff := cmp.Diff(want, heard); diff != "" {
			t.Error(diff)
		}
		if asked < 10 {
			t.Errorf("%d answers were told", asked)
		}
	})
}
