package digest

import (
	"testing"
	"time"

	"clubrun/store"
)

func TestWeeksAreToldOneByOneFromTheFirstKnown(t *testing.T) {
	week := store.WeekOf(store.Date(2026, 9, 7), time.Monday)
	in := Input{Group: store.Group{Zone: "UTC"}, Span: week}
	in.Members = []store.Athlete{{ID: 1, Name: "Ana"}, {ID: 2, Name: "Ben"}}
	did := func(who int64, weeks int, minutes int) {
		at := (week.Start - store.Day(7*weeks)).In(time.UTC).Add(7 * time.Hour)
		in.Activities = append(in.Activities, store.Activity{
			ID: int64(len(in.Activities) + 1), Athlete: who, External: string(rune('a' + len(in.Activities))), Sport: store.Run,
			Start: at, Local: at, Moving: time.Duration(minutes) * time.Minute, Distance: 5000,
		})
	}
	did(1, 0, 60)
	did(1, 3, 40)
	did(2, 0, 30)
	r := Compute(in)
	if len(r.Weeks) != 4 || r.Weeks[3].Time != 90*time.Minute || r.Weeks[0].Time != 40*time.Minute || r.Weeks[3].Active != 2 {
		t.Fatalf("weeks %+v", r.Weeks)
	}
	if !r.Weeks[0].Best || r.Weeks[1].Best || !r.Weeks[3].Best {
		t.Errorf("the best weeks are %+v", r.Weeks)
	}
	if ana, _ := r.Own(1); len(ana.Weeks) != 4 || ana.Weeks[3].Time != time.Hour || ana.Weeks[3].Days != 1 {
		t.Errorf("Ana's weeks are %+v", ana.Weeks)
	}
	if ben, _ := r.Own(2); len(ben.Weeks) != 1 {
		t.Errorf("Ben's weeks are %+v", ben.Weeks)
	}
	alone := Compute(in.Alone(2))
	if alone.Members != 1 || alone.Time != 30*time.Minute {
		t.Errorf("alone: %d members, %v", alone.Members, alone.Time)
	}
}
