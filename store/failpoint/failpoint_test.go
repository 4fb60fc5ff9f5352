package failpoint

import (
	"context"
	"slices"
	"testing"
)

func TestAPointDoesNothingUntilItIsArmed(t *testing.T) {
	Hit(context.Background(), InboxStored)
	var hits []Point
	ctx := Arm(context.Background(), func(p Point) { hits = append(hits, p) })
	Hit(ctx, InboxStored)
	Hit(context.WithoutCancel(ctx), DigestSaved)
	if !slices.Equal(hits, []Point{InboxStored, DigestSaved}) {
		t.Errorf("hits %v", hits)
	}
}

func TestEveryPointIsListedOnce(t *testing.T) {
	all := All()
	slices.Sort(all)
	if n := len(slices.Compact(all)); n != 14 {
		t.Errorf("%d different points, want 14", n)
	}
}
