package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// lists is a source whose rows a test writes, of each athlete.
type lists map[int64][]string

func (l lists) List(_ context.Context, athlete int64, from, to store.Day) (raws []store.Raw, err error) {
	for _, row := range slices.Backward(l[athlete]) {
		var id, begin int64
		if _, err := fmt.Sscanf(row, `{"activityId":%d,"beginTimestamp":%d`, &id, &begin); err != nil {
			return nil, err
		}
		if day := store.DayOf(time.UnixMilli(begin).UTC()); from <= day && day <= to {
			raws = append(raws, store.Raw{Athlete: athlete, Source: "garmin", Kind: "list", External: fmt.Sprint(id), Body: []byte(row)})
		}
	}
	return raws, nil
}

func (lists) Gone(context.Context, int64, string) (bool, error) { return false, nil }

func (lists) Original(context.Context, int64, string) (string, []byte, error) {
	return "", nil, store.ErrNotFound
}

// runRow is a run of ten kilometres.
func runRow(id int, at time.Time, lat, lon float64, more string) string {
	return fmt.Sprintf(`{"activityId":%d,"beginTimestamp":%d,"activityType":{"typeKey":"running"},"distance":10000,"duration":3000,"startLatitude":%.6f,"startLongitude":%.6f%s}`,
		id, at.UnixMilli(), lat, lon, more)
}

// team is a group of people who list what the test says.
type team struct {
	*world
	lists lists
	group store.Group
	who   []store.Athlete
}

func (w *world) team(t *testing.T, names ...string) team {
	t.Helper()
	tm := team{w, lists{}, storetest.Group(t, w.db, "G"), nil}
	for _, name := range names {
		tm.who = append(tm.who, storetest.Member(t, w.db, tm.group, name))
	}
	w.engine.Source = tm.lists
	return tm
}

// heard is a store that remembers which pairs it was told.
type heard struct {
	ingest.Store
	pairs *[]store.Together
}

func (h heard) SaveTogether(ctx context.Context, pairs []store.Together) error {
	*h.pairs = append(*h.pairs, pairs...)
	return h.Store.SaveTogether(ctx, pairs)
}

// listen lets the test hear of pairs also where the store would not keep them.
func (w *world) listen() *[]store.Together {
	pairs := &[]store.Together{}
	w.engine.Store = heard{w.engine.Store, pairs}
	return pairs
}

// pairs are the external ids of what the group did together.
func (tm team) pairs(t *testing.T) (all []string) {
	t.Helper()
	today := store.DayOf(tm.now().UTC())
	s, err := tm.db.Season(t.Context(), tm.group.ID, store.Span{Start: today - 100, End: today + 2})
	if err != nil {
		t.Fatal(err)
	}
	names := map[int64]string{}
	for _, a := range s.Activities {
		names[a.ID] = a.External
	}
	for _, p := range s.Together {
		both := []string{names[p.A], names[p.B]}
		slices.Sort(both)
		all = append(all, strings.Join(both, "+"))
	}
	slices.Sort(all)
	return all
}

const (
	lat, lon = 38.7436, -9.1602
	degree   = 111_195 // metres, of latitude
)

func TestWhoBeganTogetherIsNotedInWhateverOrderTheyAreRead(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {0, 1, 0, 2, 1}} {
		inWorld(t, func(t *testing.T, w *world) {
			tm := w.team(t, "ana", "ben", "caro")
			at := w.now().Add(-20 * time.Hour)
			tm.lists[tm.who[0].ID] = []string{runRow(1, at, lat, lon, ""), runRow(4, at.Add(time.Hour), lat, lon, "")}
			tm.lists[tm.who[1].ID] = []string{runRow(2, at.Add(10*time.Minute), lat+240.0/degree, lon, "")}
			tm.lists[tm.who[2].ID] = []string{runRow(3, at.Add(5*time.Minute), lat, lon+200.0/degree, "")}
			for _, i := range order {
				tm.sync(t, tm.who[i])
			}
			same(t, fmt.Sprint(order), []string{"1+2", "1+3", "2+3"}, tm.pairs(t))
		})
	}
}

func TestWhoDidNotBeginTogether(t *testing.T) {
	for name, other := range map[string]func(at time.Time) string{
		"eleven minutes later": func(at time.Time) string { return runRow(2, at.Add(11*time.Minute), lat, lon, "") },
		"310 metres north":     func(at time.Time) string { return runRow(2, at, lat+310.0/degree, lon, "") },
		"310 metres east": func(at time.Time) string {
			return runRow(2, at, lat, lon+310.0/degree/math.Cos(lat*math.Pi/180), "")
		},
		"private": func(at time.Time) string { return runRow(2, at, lat, lon, `,"privacy":{"typeKey":"private"}`) },
		"nowhere": func(at time.Time) string {
			return fmt.Sprintf(`{"activityId":2,"beginTimestamp":%d,"startLatitude":null}`, at.UnixMilli())
		},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				tm, told := w.team(t, "ana", "ben"), w.listen()
				at := w.now().Add(-20 * time.Hour)
				tm.lists[tm.who[0].ID] = []string{runRow(1, at, lat, lon, ""), runRow(3, at.Add(time.Second), lat, lon, "")} // two devices
				tm.lists[tm.who[1].ID] = []string{other(at)}
				for range 2 {
					tm.sync(t, tm.who[0])
					tm.sync(t, tm.who[1])
				}
				if len(*told) != 0 {
					t.Errorf("together: %v", *told)
				}
			})
		})
	}
}

func TestAnOldStartIsForgotten(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tm := w.team(t, "ana", "ben")
		at := w.now().AddDate(0, 0, -9)
		tm.lists[tm.who[0].ID] = []string{runRow(1, at, lat, lon, ""), runRow(3, at.AddDate(0, 0, -2), lat, lon, "")}
		tm.lists[tm.who[1].ID] = []string{runRow(2, at, lat, lon, ""), runRow(4, at.AddDate(0, 0, -2), lat, lon, "")}
		tm.sync(t, tm.who[0])
		tm.sync(t, tm.who[0]) // a week alone, which does not show the start any more
		tm.sync(t, tm.who[1])
		same(t, "of nine days", []string{"1+2"}, tm.pairs(t))
	})
}

func TestAfterARestartTheListOfTheNextDayTellsWhoWasTogether(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tm := w.team(t, "ana", "ben")
		at := w.now().Add(-5 * time.Hour)
		tm.lists[tm.who[0].ID] = []string{runRow(1, at, lat, lon, "")}
		tm.sync(t, tm.who[0])
		tm.sync(t, tm.who[1])
		w.engine = &ingest.Engine{Source: tm.lists, Store: w.db, Now: w.now, Log: zerolog.Nop()}
		tm.lists[tm.who[1].ID] = []string{runRow(2, at, lat, lon, "")} // late
		tm.sync(t, tm.who[1])
		if got := tm.pairs(t); len(got) != 0 {
			t.Fatalf("who was read before the restart is remembered: %v", got)
		}
		time.Sleep(24 * time.Hour)
		if _, err := w.engine.All(t.Context()); err != nil {
			t.Fatal(err)
		}
		same(t, "together", []string{"1+2"}, tm.pairs(t))
	})
}

func TestWhatBecamePrivateOrOfSomebodyGoneIsNotCompared(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tm := w.team(t, "ana", "ben", "caro")
		at := w.now().Add(-5 * time.Hour)
		ana, ben, caro := tm.who[0], tm.who[1], tm.who[2]
		tm.lists[ana.ID] = []string{runRow(1, at, lat, lon, "")}
		tm.lists[caro.ID] = []string{runRow(3, at, lat, lon, "")}
		tm.sync(t, ana)
		tm.sync(t, caro)
		tm.lists[ana.ID] = []string{runRow(1, at, lat, lon, `,"privacy":{"typeKey":"private"}`)}
		tm.sync(t, ana)
		if err := w.db.Erase(t.Context(), storetest.Actor(caro), caro.ID, store.Reply{}); err != nil {
			t.Fatal(err)
		}
		told := w.listen()
		tm.lists[ben.ID] = []string{runRow(2, at, lat, lon, "")}
		if _, err := w.engine.All(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(*told) != 0 {
			t.Errorf("together: %v", *told)
		}
	})
}

// TestASimulatedClubWasTogether: whole syncs of people who train together, and
// neither the database nor the log tells where.
func TestASimulatedClubWasTogether(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		path := w.onPath(t)
		var log bytes.Buffer
		w.engine.Log = zerolog.New(&log)
		g := storetest.Group(t, w.db, "G")
		for i := range 6 {
			a := w.member(t, fmt.Sprint("runner", i), garmintest.Runner)
			m := store.Membership{Athlete: a.ID, Group: g.ID, Consent: store.Consent{Text: "v1"}}
			if err := w.db.Share(t.Context(), storetest.Actor(a), m, "", store.Reply{}); err != nil {
				t.Fatal(err)
			}
		}
		for range 14 {
			if _, err := w.engine.All(t.Context()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(24 * time.Hour)
		}
		today := store.DayOf(w.now().UTC())
		s, err := w.db.Season(t.Context(), g.ID, store.Span{Start: today - 30, End: today + 1})
		if err != nil || len(s.Together) < 2 || len(s.Together) > 60 {
			t.Errorf("%d pairs in three weeks, %v", len(s.Together), err)
		}
		rows, err := w.keeper.List(t.Context(), 1, today-14, today)
		if err != nil {
			t.Fatal(err)
		}
		disk := bytesOf(t, path)
		for _, row := range rows {
			place := placeOf(t, row.Body)
			if place != "" && (bytes.Contains(disk, []byte(place)) || strings.Contains(log.String(), place)) {
				t.Errorf("%s is on the disk or in the log", place)
			}
		}
	})
}
