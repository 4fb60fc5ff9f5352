package account_test

import (
	"net/http"
	"strings"
	"testing"

	"clubrun/store"
)

// between does something before the second page of a list is asked for.
type between struct {
	http.RoundTripper
	lists int
	do    func()
}

func (b *between) RoundTrip(q *http.Request) (*http.Response, error) {
	if strings.HasPrefix(q.URL.Path, "/activitylist-service/") {
		if b.lists++; b.lists == 2 {
			b.do()
		}
	}
	return b.RoundTripper.RoundTrip(q)
}

// TestNoRowIsLostBetweenPages: what is deleted while pages are read moves all
// later rows up, past the edge of the page that was just read.
func TestNoRowIsLostBetweenPages(t *testing.T) {
	for _, deleted := range []int{1, 4, 5, 40} {
		inWorld(t, func(t *testing.T, w *world) {
			w.keeper.Rows = 100
			a := w.linked(t, "ben")
			today := store.DayOf(w.now().UTC())
			before, err := w.keeper.List(t.Context(), a.ID, today-365, today)
			if err != nil || len(before) < 150 {
				t.Fatal(len(before), err)
			}
			w.keeper.Garmin.Transport = &between{RoundTripper: w.Transport(), do: func() {
				for range deleted {
					w.disturb(t, "ben", "delete", "last")
				}
			}}
			after, err := w.keeper.List(t.Context(), a.ID, today-365, today)
			if err != nil {
				t.Fatal(err)
			}
			listed := map[string]bool{}
			for _, row := range after {
				if listed[row.External] {
					t.Errorf("%s is listed twice", row.External)
				}
				listed[row.External] = true
			}
			for _, row := range before[deleted:] {
				if !listed[row.External] {
					t.Errorf("%d deleted: %s is lost", deleted, row.External)
				}
			}
		})
	}
}
