package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/schedule"
	"clubrun/digest/publish"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

// desk is the job of digests on a real database, whose groups post on Sundays
// at 18:00. The clock is moved by hand.
type desk struct {
	*publish.Publisher
	t        *testing.T
	db       *sqlite.DB
	now      time.Time
	digests  *schedule.Digests
	groups   []store.Group
	broken   map[int64]bool // groups whose digest fails
	panics   map[int64]bool // groups whose digest panics
	tries    []string       // group and minute after 18:00
	freshens []string
}

var sunday = time.Date(2026, time.September, 13, 17, 0, 0, 0, time.UTC) // 18:00 in Lisbon

func newDesk(t *testing.T, groups int) *desk {
	d := &desk{t: t, now: sunday.Add(-48 * time.Hour), broken: map[int64]bool{}, panics: map[int64]bool{}}
	now := func() time.Time { return d.now }
	d.db = storetest.OpenAt(t, filepath.Join(storetest.Folder(t), "clubrun.db"), now)
	d.Publisher = &publish.Publisher{Store: d.db, Now: now, Log: zerolog.Nop()}
	d.digests = &schedule.Digests{Groups: d.db, Publisher: d, Freshen: d.freshen, Now: now, Log: zerolog.Nop()}
	for i := range groups {
		g := storetest.Group(t, d.db, fmt.Sprint("group", i+1))
		d.schedule(g, "0 18 * * 0")
		d.groups = append(d.groups, g)
	}
	d.now = sunday
	return d
}

func (d *desk) schedule(g store.Group, cron string) {
	d.t.Helper()
	if err := d.db.SetSchedule(d.t.Context(), store.Actor{}, g.ID, cron, time.Time{}, store.Reply{}); err != nil {
		d.t.Fatal(err)
	}
}

// Publish publishes, except where it is broken.
func (d *desk) Publish(ctx context.Context, g store.Group, due time.Time) (bool, error) {
	d.tries = append(d.tries, d.mark(g.ID))
	if d.panics[g.ID] {
		panic("out of paint")
	}
	if d.broken[g.ID] {
		return false, errors.New("out of paint")
	}
	return d.Publisher.Publish(ctx, g, due)
}

func (d *desk) freshen(_ context.Context, groups []int64) error {
	for _, g := range groups {
		d.freshens = append(d.freshens, d.mark(g))
	}
	return nil
}

func (d *desk) mark(group int64) string {
	return fmt.Sprintf("%d@%d", group, int(d.now.Sub(sunday)/time.Minute))
}

// minutes runs the job at the start of each of the next minutes.
func (d *desk) minutes(n int) (last schedule.Outcome) {
	d.t.Helper()
	for range n {
		last, _ = d.digests.Run(d.t.Context())
		d.now = d.now.Add(time.Minute)
	}
	return last
}

func (d *desk) expect(what string, got []string, want ...string) {
	d.t.Helper()
	if !slices.Equal(got, want) {
		d.t.Errorf("%s %v, want %v", what, got, want)
	}
}

func TestTwoGroupsAMinuteAreFreshenedAndPosted(t *testing.T) {
	d := newDesk(t, 3)
	d.minutes(5)
	d.expect("posted", d.tries, "1@0", "2@0", "3@1")
	d.expect("freshened", d.freshens, "1@0", "2@0", "3@1")
}

func TestFailingGroupsStarveNoOther(t *testing.T) {
	d := newDesk(t, 4)
	d.broken[1], d.broken[2] = true, true
	if out := d.minutes(1); out.Processed != 4 || out.Failed != 2 {
		t.Errorf("outcome %+v, want two of four failed", out)
	}
	d.expect("tried", d.tries, "1@0", "2@0", "3@0", "4@0")
	if _, err := d.db.LastDigest(t.Context(), 3); err != nil {
		t.Errorf("the third group's digest: %v", err)
	}
}

func TestAGroupWhoseDigestPanicsStopsNoOther(t *testing.T) {
	d := newDesk(t, 2)
	d.panics[1] = true
	d.minutes(3)
	d.expect("tried", d.tries, "1@0", "2@0", "1@1")
	if _, err := d.db.LastDigest(t.Context(), 2); err != nil {
		t.Errorf("the second group's digest: %v", err)
	}
}

func TestAFailingGroupIsTriedLessAndLess(t *testing.T) {
	d := newDesk(t, 1)
	d.broken[1] = true
	d.minutes(125)
	want := []string{"1@0", "1@1", "1@3", "1@7", "1@15", "1@31", "1@61", "1@91", "1@121"}
	d.expect("tried", d.tries, want...)
	d.expect("freshened", d.freshens, want...)
	d.broken[1] = false
	d.minutes(40)
	d.expect("tried when mended", d.tries, append(want, "1@151")...)
}

// A new line may ask for a week that was posted: Monday's digest covers the
// week that Sunday's covered.
func TestAWeekThatWasPostedIsToldAndNotCounted(t *testing.T) {
	d := newDesk(t, 1)
	d.minutes(1)
	d.now = sunday.Add(20 * time.Hour)
	d.schedule(d.groups[0], "0 18 * * 1")
	d.now = sunday.Add(24 * time.Hour)
	out := d.minutes(1)
	if out.Processed != 0 || out.Failed != 0 || !strings.HasSuffix(out.Message, "(already posted)") {
		t.Errorf("outcome %+v", out)
	}
	if out := d.minutes(1); out.Message != "" {
		t.Errorf("told again: %+v", out)
	}
}

// The operator posts an old week in the minute in which the running one is due.
func TestADigestOfAnOldWeekTakesNoOthersPlace(t *testing.T) {
	d := newDesk(t, 1)
	old := publish.WeekFor(d.groups[0], sunday).Before()
	d.now = sunday.Add(10 * time.Second)
	if fresh, err := d.PublishWeek(t.Context(), d.groups[0], old, d.now); !fresh || err != nil {
		t.Fatal(fresh, err)
	}
	d.now = sunday.Add(time.Minute)
	if out := d.minutes(1); out.Processed != 1 {
		t.Errorf("outcome %+v, want the week that was due", out)
	}
}

func TestASlowJobDelaysNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := storetest.Open(t)
		when, err := schedule.When("* * * * *")
		if err != nil {
			t.Fatal(err)
		}
		var quick, slow int
		r := &schedule.Runner{Rows: db, Now: time.Now, Zone: time.UTC, Log: zerolog.Nop(), Jobs: []schedule.Job{
			{Name: "quick", When: when, Quiet: true, Run: func(context.Context) (schedule.Outcome, error) {
				quick++
				return schedule.Outcome{}, nil
			}},
			{Name: "slow", When: schedule.Every(time.Hour), Run: func(ctx context.Context) (schedule.Outcome, error) {
				slow++
				<-ctx.Done()
				return schedule.Outcome{}, ctx.Err()
			}},
		}}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Hour+time.Second)
		defer cancel()
		if err := r.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if slow != 1 || quick < 120 {
			t.Errorf("the slow job ran %d times, the quick one %d times in two hours", slow, quick)
		}
	})
}

// What a quiet job tells is kept, also where it has done nothing.
func TestAQuietJobThatTellsSomethingLeavesARow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := storetest.Open(t)
		told := false
		r := &schedule.Runner{Rows: db, Now: time.Now, Zone: time.UTC, Log: zerolog.Nop(), Jobs: []schedule.Job{
			{Name: "quiet", When: schedule.Every(time.Minute), Quiet: true, Run: func(context.Context) (out schedule.Outcome, err error) {
				if !told {
					told, out.Message = true, "already posted"
				}
				return out, nil
			}},
		}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := r.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if rows, err := db.Jobs(t.Context(), 10); err != nil || len(rows) != 1 || rows[0].Message != "already posted" || rows[0].Processed != 0 {
			t.Errorf("rows %+v, %v", rows, err)
		}
	})
}

func TestASkippedWeekIsOverAndTheNextComes(t *testing.T) {
	d := newDesk(t, 1)
	week := store.WeekOf(store.DayOf(sunday), time.Monday)
	if err := d.db.SkipDigest(t.Context(), store.Actor{}, d.groups[0].ID, week.Start, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	if out := d.minutes(3); out.Failed != 0 {
		t.Errorf("outcome %+v", out)
	}
	d.expect("tried", d.tries, "1@0")
	if _, err := d.db.LastDigest(t.Context(), d.groups[0].ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a digest was made: %v", err)
	}
	d.now = sunday.AddDate(0, 0, 7)
	d.minutes(1)
	if _, err := d.db.LastDigest(t.Context(), d.groups[0].ID); err != nil {
		t.Errorf("the week after: %v", err)
	}
}

// What is let go is told once, with its group and its moment.
func TestADigestThatIsLetGoIsHeardOfOnce(t *testing.T) {
	d := newDesk(t, 2)
	var heard []string
	d.digests.OnMissed = func(_ context.Context, g store.Group, due time.Time) error {
		heard = append(heard, fmt.Sprint(g.ID, " ", due.Sub(sunday)))
		return nil
	}
	d.now = sunday.Add(schedule.Patience)
	d.minutes(5)
	d.expect("after 36 hours and five minutes", heard)
	d.schedule(storetest.Group(t, d.db, "group3"), "0 18 * * 0") // set too late for that Sunday
	d.broken[1], d.broken[2] = true, true
	d.now = sunday.Add(7 * 24 * time.Hour).Add(schedule.Patience).Add(time.Minute)
	d.minutes(5)
	week := (7 * 24 * time.Hour).String()
	d.expect("a week later, a minute too late", heard, "1 "+week, "2 "+week, "3 "+week)
}
