package garmin

import (
	"fmt"
	"slices"
	"testing"
)

// marked is an error of another room that tells its class.
type marked struct{ class Class }

func (marked) Error() string  { return "marked" }
func (m marked) Class() Class { return m.class }

func TestOneClassDecidesTheRetryOfAllItsKinds(t *testing.T) {
	seen := map[Class]bool{}
	for _, kind := range []Kind{BadCredentials, BadCode, TooManyCodes, Expired, Interaction, BadTicket, RateLimited, TokenInactive, InvalidGrant,
		NotFound, NoData, OtherRegion, Blocked, Unavailable, Malformed, Network} {
		e := &Error{Kind: kind}
		if !slices.Contains(Classes(), e.Class()) || e.Retry() != e.Class().Retry() || e.Soon() && !e.Retry() {
			t.Errorf("%s: class %q", kind, e.Class())
		}
		seen[e.Class()] = true
	}
	if len(seen) != len(Classes()) {
		t.Errorf("%d classes of %d have kinds", len(seen), len(Classes()))
	}
	if got := ClassOf(fmt.Errorf("list: %w", marked{RateLimit})); got != RateLimit {
		t.Errorf("an error that tells its class has class %q", got)
	}
}
