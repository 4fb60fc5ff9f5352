package store_test

import (
	"regexp"
	"testing"
	"time"

	"clubrun/store"
)

func TestACauseIsShortStableAndTellsNothing(t *testing.T) {
	in := store.Incoming{Chat: "120363000000000001@g.us", Sender: "351910000001", Message: "3EB0C767D26A"}
	same := in
	same.ID, same.Attempts, same.Text, same.Received = 7, 2, "other", time.Now()
	if in.Cause() != same.Cause() || in.Cause() != "MPCYKJK" {
		t.Errorf("one message has the causes %s and %s", in.Cause(), same.Cause())
	}
	form := regexp.MustCompile(`^[MJDNW][0-9A-HJKMNP-TV-Z]{6}$`)
	seen := map[string]bool{}
	week := store.WeekOf(store.Date(2026, time.September, 9), time.Monday)
	for _, c := range []string{
		in.Cause(),
		store.Incoming{Chat: in.Chat, Sender: "351910000002", Message: in.Message}.Cause(),
		store.Incoming{Chat: in.Chat, Sender: in.Sender, Message: "3EB0C767D26B"}.Cause(),
		store.Digest{Group: 4, Week: week}.Cause(),
		store.Digest{Group: 5, Week: week}.Cause(),
		store.Digest{Group: 4, Week: week.Before()}.Cause(),
		store.NewCause(store.CauseJob, "sync"),
		store.NewCause(store.CauseRequest, "sync"),
	} {
		if seen[c] || !form.MatchString(c) {
			t.Errorf("%q is no cause, or comes twice", c)
		}
		seen[c] = true
	}
}

func TestTheInnermostCauseCounts(t *testing.T) {
	ctx := t.Context()
	if store.CauseOf(ctx) != "" || store.OuterCause(ctx) != "" {
		t.Error("a context has a cause that nobody gave it")
	}
	job := store.WithCause(ctx, "J1")
	digest := store.WithCause(store.WithCause(store.WithCause(job, ""), "D1"), "D1")
	if store.CauseOf(job) != "J1" || store.OuterCause(job) != "" || store.CauseOf(digest) != "D1" || store.OuterCause(digest) != "J1" {
		t.Errorf("causes %q in %q, %q in %q", store.CauseOf(job), store.OuterCause(job), store.CauseOf(digest), store.OuterCause(digest))
	}
}
