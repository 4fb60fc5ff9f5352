package digest

import "time"

// once keeps recordings of one athlete, each workout once. It looks only at
// recordings that touch the same days.
type once struct {
	kept  []entry
	keys  map[[2]string]bool
	touch map[int64][]int // indices of kept by UTC day
}

func newOnce() *once { return &once{keys: map[[2]string]bool{}, touch: map[int64][]int{}} }

// add keeps an entry unless the same workout is kept already.
func (o *once) add(e entry) bool {
	key := [2]string{e.Source, e.External}
	if e.External != "" && o.keys[key] {
		return false
	}
	first, last := utcDay(e.Start), utcDay(e.Start.Add(e.length()))
	for day := first; day <= last; day++ {
		for _, i := range o.touch[day] {
			if e.same(&o.kept[i]) {
				return false
			}
		}
	}
	for day := first; day <= last; day++ {
		o.touch[day] = append(o.touch[day], len(o.kept))
	}
	o.keys[key] = true
	o.kept = append(o.kept, e)
	return true
}

func utcDay(t time.Time) int64 {
	const day = 24 * 60 * 60
	s := t.Unix()
	if s < 0 {
		s -= day - 1
	}
	return s / day
}
