package schedule_test

import (
	"testing"
	"time"

	"clubrun/store"
)

// A digest that is due in a group's quiet time comes when that ends, and holds
// no other group up.
func TestADigestWaitsForTheEndOfTheQuietTime(t *testing.T) {
	d := newDesk(t, 2)
	quiet := store.Quiet{From: 17*60 + 30, To: 18*60 + 5} // by the clocks of Lisbon
	if err := d.db.SetQuiet(t.Context(), store.Actor{}, d.groups[0].ID, quiet, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	d.minutes(8)
	d.expect("posted", d.tries, "2@0", "1@5")
	d.expect("freshened", d.freshens, "2@0", "1@5")
	got, err := d.db.LastDigest(t.Context(), d.groups[0].ID)
	if err != nil || got.Week != store.WeekOf(store.Date(2026, 9, 13), time.Monday) || !got.Due.Equal(sunday) {
		t.Errorf("%+v, %v", got, err)
	}
}
