package render

// trims shorten a view step by step, what is missed least first, until its
// text fits. Each says whether it took something away.
var trims = [...]func(*View) bool{
	empty(func(v *View) *string { return &v.Fun }),
	empty(func(v *View) *string { return &v.LastYear }),
	shortPrize,
	most(func(v *View) *[]string { return &v.Highlights }, 6),
	most(func(v *View) *[]string { return &v.Duels }, 2),
	most(func(v *View) *[]string { return &v.Medals }, 3),
	most(func(v *View) *[]string { return &v.News }, 9),
	empty(func(v *View) *string { return &v.Journey }),
	most(func(v *View) *[]string { return &v.Highlights }, 5),
	empty(func(v *View) *string { return &v.Pace }),
	most(func(v *View) *[]string { return &v.Medals }, 2),
	most(func(v *View) *[]string { return &v.Duels }, 1),
	most(func(v *View) *[]string { return &v.News }, 8),
	most(func(v *View) *[]string { return &v.Year }, 3),
	most(func(v *View) *[]string { return &v.News }, 7),
	most(func(v *View) *[]string { return &v.Highlights }, 4),
	most(func(v *View) *[]string { return &v.News }, 6),
	empty(func(v *View) *string { return &v.Late }),
	most(func(v *View) *[]string { return &v.News }, 5),
	most(func(v *View) *[]string { return &v.Duels }, 0),
	most(func(v *View) *[]string { return &v.News }, 4),
	empty(func(v *View) *string { return &v.Prize }),
	most(func(v *View) *[]string { return &v.Highlights }, 3),
	empty(func(v *View) *string { return &v.Points }),
	most(func(v *View) *[]string { return &v.Medals }, 1),
	most(func(v *View) *[]string { return &v.News }, 3),
	most(func(v *View) *[]string { return &v.Highlights }, 2),
	most(func(v *View) *[]string { return &v.Year }, 2),
	most(func(v *View) *[]string { return &v.Highlights }, 1),
	empty(func(v *View) *string { return &v.Month }),
	most(func(v *View) *[]string { return &v.News }, 2),
	most(func(v *View) *[]string { return &v.Highlights }, 0),
	most(func(v *View) *[]string { return &v.News }, 1),
	most(func(v *View) *[]string { return &v.News }, 0),
	most(func(v *View) *[]string { return &v.Year }, 0),
	most(func(v *View) *[]string { return &v.Medals }, 0),
	empty(func(v *View) *string { return &v.Close }),
	empty(func(v *View) *string { return &v.Goal }),
}

// empty takes a line away.
func empty(of func(*View) *string) func(*View) bool {
	return func(v *View) bool {
		line := of(v)
		had := *line != ""
		*line = ""
		return had
	}
}

// most leaves so many lines of a list.
func most(of func(*View) *[]string, n int) func(*View) bool {
	return func(v *View) bool {
		lines := of(v)
		if len(*lines) <= n {
			return false
		}
		*lines = (*lines)[:n]
		return true
	}
}

// shortPrize leaves a prize without its reason.
func shortPrize(v *View) bool {
	long := v.Prize != v.prize
	v.Prize = v.prize
	return long
}
