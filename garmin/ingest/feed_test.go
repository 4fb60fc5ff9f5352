package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// away is a source that lists nothing at present.
type away struct{ ingest.Source }

func (away) List(context.Context, int64, store.Day, store.Day) ([]store.Raw, error) {
	return nil, errors.New("the source is away")
}

// TestOneFeedsFailureStopsNoOther: what the other feed has is kept, and the
// athlete does not count as synced, so that nothing of the one is missed.
func TestOneFeedsFailureStopsNoOther(t *testing.T) {
	now := func() time.Time { return time.Date(2026, time.September, 9, 11, 0, 0, 0, time.UTC) }
	db := storetest.OpenAt(t, t.TempDir()+"/clubrun.db", now)
	p := newParty(t, db, "ana", now)
	at := now().Add(-72 * time.Hour)
	p.shelves["other"].rows["1"] = fmt.Sprintf(`{"activityId":1,"activityType":{"typeKey":"running"},"beginTimestamp":%d,"duration":3600}`, at.UnixMilli())
	p.engine.Source = away{p.shelves["garmin"]}
	if tally, err := p.engine.All(t.Context()); err == nil || tally.New != 1 {
		t.Errorf("%+v, %v", tally, err)
	}
	if a, err := db.Athlete(t.Context(), p.athlete.ID); err != nil || !a.LastSync.IsZero() {
		t.Errorf("synced at %v, %v", a.LastSync, err)
	}
	p.engine.Source = p.shelves["garmin"]
	if tally, err := p.engine.All(t.Context()); err != nil || tally.Listed != 1 {
		t.Errorf("%+v, %v: both accounts are one sync", tally, err)
	}
}
