package locale

import "clubrun/store"

// Whole reads a month, a quarter or a year that is not over: "this quarter",
// "october", "in 2026".
func (c Calendar) Whole(words []string) (s store.Span, used int, ok bool) {
	i := filled(words, 0)
	which := momentThis
	if m := at(words, i); m == momentThis || m == momentNext {
		which, i = m, i+1
	}
	if u, ok := unitOf(at(words, i)); ok && u != unitDay && (i > 0 || len(words[i]) > 2) {
		return c.turn(u, which), i + 1, true
	}
	if i >= len(words) {
		return s, 0, false
	}
	s, used, ok = c.named(words[i:], false)
	if !ok {
		s, used, ok = c.numeric(words[i:], false)
	}
	return s, used + i, ok && s.Days() > 7 && s.End > c.Today
}

// From reads the first day of what is told to begin: "from 1 sep", "ab
// morgen".
func (c Calendar) From(words []string) (first store.Day, used int, ok bool) {
	if at(words, 0) != momentSince {
		return 0, 0, false
	}
	ahead, used, ok := c.point(words[1:], false)
	back, _, _ := c.point(words[1:], true)
	if c.Today-back.Start < ahead.Start-c.Today { // the nearer one is meant
		ahead = back
	}
	return ahead.Start, used + 1, ok
}

// Until reads the last day of something that begins now: "until 5 oct", "by
// september", "2w", "for 10 days", "two weeks", "a week", "end of the month", "this quarter",
// "friday". used is how many words were read.
func (c Calendar) Until(words []string) (last store.Day, used int, ok bool) {
	i := 0
	for i < len(words) && (at(words, i) == momentTo || at(words, i) == momentFor || at(words, i) == momentFill) {
		if u, ok := unitOf(at(words, i+1)); ok && words[i] == "a" && len(words[i+1]) > 2 { // elsewhere it is Portuguese: "a semana"
			return ago(c.Today, 1, u), i + 2, true
		}
		i++
	}
	rest := words[i:]
	if len(rest) == 0 {
		return 0, 0, false
	}
	if n, unit, used, ok := count(rest); ok {
		return ago(c.Today, n, unit), i + used, true
	}
	if at(rest, 0) == momentEnd {
		i, rest = i+1, rest[1:]
	}
	skip := filled(rest, 0)
	which := at(rest, skip)
	if which == momentThis || which == momentNext {
		skip++
	}
	if u, ok := unitOf(at(rest, skip)); ok && u != unitDay {
		if which != momentNext {
			which = momentThis
		}
		return c.turn(u, which).Last(), i + skip + 1, true
	}
	s, used, ok := c.point(rest, false)
	return s.Last(), i + used, ok
}
