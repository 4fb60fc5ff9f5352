package publish_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"clubrun/digest/publish"
	"clubrun/store"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

// Whoever posts a digest, a job or the operator, it has the same id in the log
// and in the outbox.
func TestADigestHasItsOwnCause(t *testing.T) {
	due := time.Date(2026, time.September, 13, 18, 0, 0, 0, time.UTC)
	now := func() time.Time { return due }
	db := storetest.OpenAt(t, t.TempDir()+"/clubrun.db", now)
	g := storetest.Group(t, db, "G")
	var log bytes.Buffer
	hook := zerolog.HookFunc(func(e *zerolog.Event, _ zerolog.Level, _ string) { e.Str("cause", store.CauseOf(e.GetCtx())) })
	p := &publish.Publisher{Store: db, Now: now, Log: zerolog.New(&log).Hook(hook)}

	cause := p.Cause(g, due)
	if fresh, err := p.Publish(store.WithCause(t.Context(), "J1"), g, due); err != nil || !fresh {
		t.Fatalf("publish: %v, %v", fresh, err)
	}
	var line struct{ Cause, Message string }
	if err := json.Unmarshal(log.Bytes(), &line); err != nil || line.Cause != cause || line.Message != "digest owed" {
		t.Errorf("the log of %s says %+v, %v", cause, line, err)
	}
	o, err := db.Claim(t.Context(), due, nil)
	if err != nil || o.Cause != cause {
		t.Errorf("%s owes %+v, %v", cause, o, err)
	}
	if next := p.Cause(g, due.AddDate(0, 0, 7)); next == cause {
		t.Errorf("two weeks have the cause %s", next)
	}
}
