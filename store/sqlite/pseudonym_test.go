package sqlite_test

import (
	"strings"
	"testing"

	"clubrun/store"
	"clubrun/store/storetest"
)

func TestAPersonHasOneNameInLimitsAlsoAfterBeingErased(t *testing.T) {
	db := storetest.Open(t)
	a, b := storetest.Athlete(t, db, "ana"), storetest.Athlete(t, db, "ben")
	ana, err := db.Person(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if ben, err := db.Person(t.Context(), b.ID); err != nil || ben == ana {
		t.Errorf("ben is %s, %v", ben, err)
	}
	if ana == "" || strings.Contains(ana, a.User) {
		t.Errorf("ana is %q", ana)
	}
	if err := db.Erase(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	back := storetest.Athlete(t, db, "ana")
	if again, err := db.Person(t.Context(), back.ID); err != nil || again != ana || back.ID == a.ID {
		t.Errorf("ana is %s now, as %d, %v", again, back.ID, err)
	}
}

func TestAMemberIsHandedTheirLimits(t *testing.T) {
	db := storetest.Open(t)
	a, b := storetest.Athlete(t, db, "ana"), storetest.Athlete(t, db, "ben")
	for _, athlete := range []store.Athlete{a, b} {
		name, err := db.Person(t.Context(), athlete.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.SetCounter(t.Context(), "garmin.signins."+name, "1788000000"); err != nil {
			t.Fatal(err)
		}
	}
	limits := 0
	err := db.Holdings(t.Context(), a.ID, func(h store.Holding) error {
		if h.Part == "limits" {
			limits++
		}
		return nil
	})
	if err != nil || limits != 1 {
		t.Errorf("%d limits, %v", limits, err)
	}
}
