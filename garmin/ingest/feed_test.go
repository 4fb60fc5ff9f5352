package ingest_test

import (
	"context"
	"encoding/json"
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

// TestAnUnreadableRecordIsReadByANewerProgram, though nothing in it has changed.
func TestAnUnreadableRecordIsReadByANewerProgram(t *testing.T) {
	now := func() time.Time { return time.Date(2026, time.September, 9, 11, 0, 0, 0, time.UTC) }
	db := storetest.OpenAt(t, t.TempDir()+"/clubrun.db", now)
	p := newParty(t, db, "ana", now)
	at := now().Add(-72 * time.Hour)
	p.shelves["other"].rows["1"] = fmt.Sprintf(`{"activityId":1,"activityType":{"typeKey":"running"},"beginTimestamp":%d,"duration":3600}`, at.UnixMilli())
	feed := &p.engine.More[0]
	read := feed.Read
	feed.Read = func(int64, json.RawMessage) (store.Activity, error) {
		return store.Activity{}, errors.New("not known how")
	}
	for i, want := range []store.Tally{{Listed: 1, Unreadable: 1}, {Listed: 1}} {
		got, err := p.engine.Sync(t.Context(), p.athlete.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprint("older program, sync ", i), want, got)
	}
	feed.Read = read
	for i, want := range []store.Tally{{Listed: 1, New: 1}, {Listed: 1}} {
		got, err := p.engine.Sync(t.Context(), p.athlete.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprint("newer program, sync ", i), want, got)
	}
}
