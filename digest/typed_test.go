package digest

import (
	"testing"
	"time"

	"clubrun/store"
)

// TestWhatWasTypedWithoutItsTimeIsNoRecordingOfAnother: its start is made up, so
// nothing follows from two of them, or one and a recording, being at once.
func TestWhatWasTypedWithoutItsTimeIsNoRecordingOfAnother(t *testing.T) {
	noon := time.Date(2026, 9, 8, 12, 0, 0, 0, time.UTC)
	of := func(kind string) *entry {
		return &entry{Activity: &store.Activity{Type: kind, Start: noon, Sport: store.Run}, lasted: time.Hour}
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{{"", "", true}, {store.TypedClock, "", true}, {store.TypedDay, "", false}, {"", store.TypedDay, false}, {store.TypedDay, store.TypedDay, false}} {
		if got := of(c.a).same(of(c.b)); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestTheRulesSayWhatIsTooFast(t *testing.T) {
	run := store.Activity{Sport: store.Run, Distance: 5000, Elapsed: 28 * time.Minute}
	car := run
	car.Elapsed = 8 * time.Minute
	var rules *Rules
	if rules.TooFast(&run) || !rules.TooFast(&car) {
		t.Error("28 minutes are too fast for 5 km, or 8 are not")
	}
}
