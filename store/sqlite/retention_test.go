package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

const kept = 400 * 24 * time.Hour

func TestWhoUnlinkedAndStaysAwayIsGoneAfterAMonth(t *testing.T) {
	now := noon
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return now })
	g := storetest.Group(t, db, "G")
	unlinked := func(name string) store.Athlete {
		a := storetest.Member(t, db, g, name)
		storetest.Activity(t, db, a.ID, now.Add(-time.Hour))
		check(t, db.Unlink(t.Context(), storetest.Actor(a), a.ID, "garmin", store.Reply{}))
		return a
	}
	linked := storetest.Member(t, db, g, "ana")
	gone, back, handed := unlinked("ben"), unlinked("caro"), unlinked("dev")
	departed := func() (ids []int64) {
		ids, err := db.Departed(t.Context(), kept)
		check(t, err)
		return ids
	}
	now = noon.Add(29 * 24 * time.Hour)
	storetest.Linked(t, db, "caro")
	storetest.Activity(t, db, handed.ID, now)
	if got := departed(); len(got) != 0 {
		t.Errorf("after 29 days %v are to go", got)
	}
	now = noon.Add(31 * 24 * time.Hour)
	if got := departed(); len(got) != 1 || got[0] != gone.ID {
		t.Fatalf("after a month %v are to go, want %d alone; not %d, %d, %d", got, gone.ID, linked.ID, back.ID, handed.ID)
	}
	check(t, db.Unlink(t.Context(), storetest.Actor(back), back.ID, "garmin", store.Reply{}))
	if got := departed(); len(got) != 1 {
		t.Errorf("who unlinks again begins a month anew: %v", got)
	}
}

func TestWhoNeverDidAnythingIsForgotten(t *testing.T) {
	now := noon
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return now })
	silent, active := storetest.Athlete(t, db, "ana"), storetest.Athlete(t, db, "ben")
	storetest.Activity(t, db, active.ID, now)
	for _, c := range []struct {
		days int
		want int
	}{{399, 0}, {401, 1}} {
		now = noon.Add(time.Duration(c.days) * 24 * time.Hour)
		got, err := db.Departed(t.Context(), kept)
		if err != nil || len(got) != c.want || c.want == 1 && got[0] != silent.ID {
			t.Errorf("after %d days %v are to go: %v", c.days, got, err)
		}
	}
	receive(t, db, store.Incoming{Chat: "dm", Sender: silent.User, Message: "M", Text: "hi"})
	if got, err := db.Departed(t.Context(), kept); err != nil || len(got) != 0 {
		t.Errorf("who has just written is to go: %v, %v", got, err)
	}
}

func TestAFileThatCannotBeRemovedKeepsItsRow(t *testing.T) {
	now := noon
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return now })
	a := storetest.Athlete(t, db, "ana")
	act := storetest.Activity(t, db, a.ID, noon)
	check(t, db.SaveFile(t.Context(), store.File{Activity: act.ID, Format: "fit", Path: "files/1", State: store.FileKept}))
	now = noon.Add(kept + 48*time.Hour)
	fault := errors.New("disk")
	if _, err := db.Retain(t.Context(), kept, func(string) error { return fault }); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
	if files, err := db.Files(t.Context(), a.ID); err != nil || len(files) != 1 || files[0].Path != "files/1" {
		t.Errorf("the row: %+v, %v", files, err)
	}
	removed, err := db.Retain(t.Context(), kept, func(string) error { return nil })
	if err != nil || removed[0] != (sqlite.Removed{Table: "file", Rows: 1}) {
		t.Errorf("removed %v, %v", removed, err)
	}
	if files, err := db.Files(t.Context(), a.ID); err != nil || len(files) != 1 || files[0].State != store.FileNone || files[0].Path != "" || !files[0].Retry.IsZero() {
		t.Errorf("the row: %+v, %v", files, err)
	}
}
