package digest

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
)

// rivals are two members with four weeks before: A runs four hours a week, B
// two.
func rivals(week ...store.Activity) Input {
	in := of(3, week...)
	for w := 1; w <= 4; w++ {
		in.Activities = append(in.Activities,
			act(1, store.Run, -7*w, "08:00", 120, 20), act(1, store.Run, -7*w+3, "08:00", 120, 20), act(2, store.Run, -7*w, "08:00", 120, 20))
	}
	in.Duels = []store.Duel{{ID: 4, From: 1, To: 2, Metric: store.ByTime, Week: sept, State: store.DuelOn}}
	return in
}

func TestADuelIsWonOverTheOwnMean(t *testing.T) {
	in := rivals(act(1, store.Run, 1, "08:00", 180, 30), act(2, store.Run, 1, "08:00", 150, 25))
	want := []Standing{{Duel: in.Duels[0], Names: [2]string{"A", "B"}, Scores: [2]float64{0.75, 1.25}, Leader: 2, Over: true}}
	if diff := cmp.Diff(want, Compute(in).Duels); diff != "" {
		t.Error(diff)
	}
	in.Now = (sept.Start + 3).In(time.UTC).Add(time.Hour)
	if d := Compute(in).Duels; len(d) != 1 || d[0].Over {
		t.Errorf("on Thursday: %+v", d)
	}
}

func TestLessThanOnePerCentIsADraw(t *testing.T) {
	for _, c := range []struct {
		minutes float64 // of B, whose mean is 120
		leader  int64
	}{{120, 0}, {121, 0}, {118.9, 0}, {121.2, 2}, {118.8, 1}} {
		in := rivals(act(1, store.Run, 1, "08:00", 240, 40), act(2, store.Run, 1, "08:00", c.minutes, 20))
		if d := Compute(in).Duels; len(d) != 1 || d[0].Leader != c.leader {
			t.Errorf("%v minutes: %+v", c.minutes, d)
		}
	}
}

func TestTwiceTheOwnMeanIsAllThatADuelAsks(t *testing.T) {
	in := rivals(act(1, store.Run, 1, "06:00", 800, 90), act(2, store.Run, 1, "06:00", 300, 40))
	if d := Compute(in).Duels[0]; d.Scores != [2]float64{2, 2} || d.Leader != 0 {
		t.Errorf("%+v", d)
	}
}

func TestWithoutAMeanActiveDaysDecide(t *testing.T) {
	fresh := func(a store.Activity) bool { return a.Athlete == 2 && a.Day() < sept.Start }
	in := rivals(act(1, store.Run, 1, "08:00", 240, 40), act(2, store.Run, 1, "08:00", 20, 3), act(2, store.Run, 3, "08:00", 20, 3))
	in.Activities = slices.DeleteFunc(in.Activities, fresh)
	if d := Compute(in).Duels[0]; !d.ByDays || d.Scores != [2]float64{1, 2} || d.Leader != 2 {
		t.Errorf("new: %+v", d)
	}
	for w := range 4 { // half an hour a week is no mean
		in.Activities = append(in.Activities, act(2, store.Run, -7*w-6, "08:00", 30, 4))
	}
	if d := Compute(in).Duels[0]; !d.ByDays {
		t.Errorf("little: %+v", d)
	}
	in.Activities = append(in.Activities, act(2, store.Run, 5, "08:00", 10, 1)) // no active day
	in.Activities = append(in.Activities, act(1, store.Run, 4, "08:00", 15, 1))
	if d := Compute(in).Duels[0]; d.Scores != [2]float64{2, 2} || d.Leader != 0 {
		t.Errorf("equal: %+v", d)
	}
}

func TestADuelIsToldOnlyOfTwoWhoAreThere(t *testing.T) {
	for name, change := range map[string]func(in *Input){
		"asked":        func(in *Input) { in.Duels[0].State = store.DuelAsked },
		"declined":     func(in *Input) { in.Duels[0].State = store.DuelDeclined },
		"another week": func(in *Input) { in.Duels[0].Week = sept.Before() },
		"gone":         func(in *Input) { in.Members = in.Members[1:] },
		"oneself":      func(in *Input) { in.Duels[0].To = 1 },
		"a month":      func(in *Input) { in.Span = store.MonthOf(sept.Start) },
		"a pause": func(in *Input) {
			in.Pauses = []store.Pause{{Athlete: 2, Span: store.Span{Start: sept.Start + 6, End: sept.End}}}
		},
	} {
		in := rivals(act(1, store.Run, 1, "08:00", 180, 30))
		change(&in)
		if d := Compute(in).Duels; d != nil {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestADuelThatWasNotOverInItsDigestIsToldOnceMore(t *testing.T) {
	in := rivals(act(1, store.Run, 1, "08:00", 300, 50))
	in.Duels[0].Week = sept.Before()
	at := func(d store.Day, hour int) []store.Digest {
		return []store.Digest{{Week: sept.Before(), Generated: d.In(in.Group.Location()).Add(time.Duration(hour) * time.Hour)}}
	}
	in.Posted = at(sept.Start-1, 18) // on Sunday evening
	d := Compute(in).Duels
	if len(d) != 1 || !d[0].Over || math.Abs(d[0].Scores[0]-1) > 1e-9 {
		t.Errorf("cut short: %+v", d)
	}
	in.Now = (sept.Start + 1).In(time.UTC)
	if d := Compute(in).Duels; len(d) != 1 || !d[0].Over {
		t.Errorf("on Tuesday: %+v", d)
	}
	in.Posted = at(sept.Start, 7) // on Monday morning
	if d := Compute(in).Duels; d != nil {
		t.Errorf("told already: %+v", d)
	}
}
