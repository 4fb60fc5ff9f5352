package gather_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"clubrun/digest/gather"
	"clubrun/store"
)

// asked records which spans were read.
type asked struct {
	goal  *store.Goal
	spans []store.Span
	err   error
}

func (a *asked) Season(_ context.Context, group int64, span store.Span) (store.Season, error) {
	a.spans = append(a.spans, span)
	return store.Season{Goal: a.goal, Members: []store.Athlete{{ID: group}}}, a.err
}

var week = store.WeekOf(store.Date(2026, 9, 9), time.Monday)

func TestWhatIsKeptBeforeThePeriodIsRead(t *testing.T) {
	src := &asked{}
	in, err := gather.Input(t.Context(), src, store.Group{ID: 4}, week, time.Unix(5, 0), nil)
	if err != nil || len(src.spans) != 1 || src.spans[0] != (store.Span{Start: week.Start - 400, End: week.End}) {
		t.Fatalf("read %v: %v", src.spans, err)
	}
	if in.Span != week || in.Group.ID != 4 || len(in.Members) != 1 || in.Now != time.Unix(5, 0) {
		t.Errorf("input %+v", in)
	}
}

func TestARunningGoalIsReadFromItsStart(t *testing.T) {
	for _, c := range []struct {
		name       string
		start, end store.Day
		first      store.Day
		reads      int
	}{
		{"began long ago", week.Start - 500, week.End + 9, week.Start - 500, 2},
		{"began lately", week.Start - 30, week.End + 9, week.Start - 400, 1},
		{"has just ended", week.Start - 500, week.Start, week.Start - 500, 2},
		{"is over", week.Start - 500, week.Start - 1, week.Start - 400, 1},
	} {
		src := &asked{goal: &store.Goal{Span: store.Span{Start: c.start, End: c.end}}}
		if _, err := gather.Input(t.Context(), src, store.Group{}, week, time.Time{}, nil); err != nil {
			t.Fatal(err)
		}
		if last := src.spans[len(src.spans)-1]; len(src.spans) != c.reads || last.Start != c.first || last.End != week.End {
			t.Errorf("%s: read %v", c.name, src.spans)
		}
	}
}

func TestAStoreThatFailsIsTold(t *testing.T) {
	fault := errors.New("disk")
	if _, err := gather.Input(t.Context(), &asked{err: fault}, store.Group{}, week, time.Time{}, nil); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
}
