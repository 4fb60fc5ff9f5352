package digest

import (
	"testing"
	"time"

	"clubrun/store"
)

// What a member hides and what the group does not count is in no figure, and
// only counted for the member.
func TestWhatIsLeftOutByChoiceIsInNoFigure(t *testing.T) {
	walk := with(run(1, 2, 60), func(a *store.Activity) { a.Sport = store.Walk })
	race := with(run(1, 3, 50), func(a *store.Activity) { a.Race, a.Distance = true, 10000 })
	for _, c := range []struct {
		name             string
		change           func(*Input)
		hidden, excluded int
	}{
		{"hidden alone", func(in *Input) { in.Activities[1].Hidden, in.Activities[2].Hidden = time.Unix(1, 0), time.Unix(1, 0) }, 2, 0},
		{"hidden sports", func(in *Input) { in.Members[0].Prefs.Hidden = "walk"; in.Activities[2].Hidden = time.Unix(1, 0) }, 2, 0},
		{"a sport of the group", func(in *Input) { in.Group.Excluded = "walk"; in.Activities[2].Hidden = time.Unix(1, 0) }, 1, 1},
	} {
		in := of(2, run(1, 1, 30), walk, race, run(2, 1, 40))
		in.Cheers = []store.Cheer{{Athlete: 1, Activity: race.ID, People: 9}}
		c.change(&in)
		r := Compute(in)
		row, _ := r.Own(1)
		if row.Workouts != 1 || row.Time != 30*time.Minute || row.Hidden != c.hidden || row.Excluded != c.excluded || r.Workouts != 2 {
			t.Errorf("%s: %+v", c.name, row)
		}
		for _, h := range r.Notable {
			if h.Kind == KindRace || h.Kind == KindCheered {
				t.Errorf("%s: told %+v", c.name, h)
			}
		}
	}
}

// A second device must not show what was hidden of the first.
func TestTheOtherRecordingOfWhatIsHiddenIsHidden(t *testing.T) {
	watch := run(1, 1, 60)
	phone := with(watch, func(a *store.Activity) {
		a.ID, a.External, a.Sport, a.AvgHR = 77, "phone", store.Other, 0
		a.Start, a.Local = a.Start.Add(2*time.Minute), a.Local.Add(2*time.Minute)
	})
	for _, hidden := range []int{0, 1} {
		in := of(1, watch, phone, run(1, 2, 30))
		in.Activities[hidden].Hidden = time.Unix(1, 0)
		row, _ := Compute(in).Own(1)
		if row.Workouts != 1 || row.Hidden != 2 || row.Twice != 0 {
			t.Errorf("recording %d hidden: %+v", hidden, row)
		}
	}
}
