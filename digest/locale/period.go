package locale

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"clubrun/store"
)

// Unit is a kind of period.
type Unit int

// The units.
const (
	UnitWeek Unit = iota
	UnitMonth
	UnitYear
	unitQuarter
	unitDay
)

// Period reads a period at the beginning of the words, which Typed has made:
// "last", "37", "2026-37", "last month", "september", "2025", "since march",
// "from 1 sep to 14 sep", "30d", and the like in every language. What is bare
// ("last", "9") is of the unit. The period may lie ahead; used is how many
// words were read.
func (c Calendar) Period(words []string, unit Unit) (s store.Span, used int, ok bool) {
	if len(words) == 0 {
		return s, 0, false
	}
	for _, read := range []func([]string, Unit) (store.Span, int, bool){
		c.ranged, c.counted, c.relative, c.numbered, c.isoWeek, c.bare,
	} {
		if s, used, ok = read(words, unit); ok {
			return s, used, true
		}
	}
	return c.point(words, true)
}

// led skips the small words before a period; "a" is one in Portuguese.
func led(words []string) int {
	i := filled(words, 0)
	if i < len(words)-1 && words[i] == "a" {
		i = filled(words, i+1)
	}
	return i
}

// ranged reads "from 1 sep to 14 sep", "1 sep – 14 sep", "1 – 14 sep" and
// "since march".
func (c Calendar) ranged(words []string, _ Unit) (store.Span, int, bool) {
	since := at(words, 0) == momentSince
	i := 0
	if since {
		i = 1
	}
	if s, used, ok := c.within(words[i:]); ok {
		return s, used + i, true
	}
	if since && i < len(words) {
		for _, read := range []func([]string, Unit) (store.Span, int, bool){c.relative, c.numbered} {
			if s, used, ok := read(words[i:], UnitWeek); ok && s.Start <= c.Today {
				return store.Span{Start: s.Start, End: c.Today + 1}, i + used, true
			}
		}
	}
	from, n, ok := c.point(words[i:], true)
	if !ok {
		return store.Span{}, 0, false
	}
	i += n
	if until, n, ok := c.till(from, words[i:]); ok {
		return store.Span{Start: from.Start, End: until.End}, i + n, true
	}
	if !since {
		return store.Span{}, 0, false
	}
	return store.Span{Start: from.Start, End: c.Today + 1}, i, true
}

// till reads the other end of what began: "to 14 sep"; the small word may be
// lacking between two days.
func (c Calendar) till(from store.Span, words []string) (store.Span, int, bool) {
	skip := 0
	if at(words, 0) == momentTo {
		skip = filled(words, 1)
	}
	then := Calendar{c.Lang, from.Start, c.First}
	until, n, ok := then.point(words[skip:], false)
	if at(words, skip) == momentToday {
		until = day(c.Today)
	}
	if !ok || until.End <= from.Start || skip == 0 && (from.Days() != 1 || until.Days() != 1) {
		return store.Span{}, 0, false
	}
	return until, skip + n, true
}

// within reads "1 – 14 sep": two days of one month.
func (c Calendar) within(words []string) (store.Span, int, bool) {
	i := filled(words, 0)
	if i+2 >= len(words) || at(words, i+1) != momentTo {
		return store.Span{}, 0, false
	}
	first, ok := ordinal(words[i])
	if !ok {
		return store.Span{}, 0, false
	}
	last, n, ok := c.point(words[i+2:], true)
	if !ok || last.Days() != 1 {
		return store.Span{}, 0, false
	}
	next, _, _ := c.point(words[i+2:], false)
	for _, end := range []store.Span{next, last} { // the later one, if it has begun
		y, m, d := end.Start.Date()
		start := store.Date(y, m, first)
		if first <= d && (start <= c.Today || next == last) {
			return store.Span{Start: start, End: end.End}, i + 2 + n, true
		}
	}
	return store.Span{}, 0, false
}

// counted reads "30d", "30 days", "last 2 weeks": so many up to today.
func (c Calendar) counted(words []string, _ Unit) (store.Span, int, bool) {
	i := led(words)
	if at(words, i) == momentLast {
		i++
	}
	n, unit, used, ok := count(words[min(i, len(words)):])
	if !ok {
		return store.Span{}, 0, false
	}
	return store.Span{Start: ago(c.Today+1, -n, unit), End: c.Today + 1}, i + used, true
}

// count reads "30d", "30 days", "2 weeks", "two weeks".
func count(words []string) (n int, unit Unit, used int, ok bool) {
	if len(words) == 0 {
		return 0, 0, 0, false
	}
	if n, unit, ok := fewOf(words); ok {
		return n, unit, 2, true
	}
	digits, rest := leading(words[0], func(r rune) bool { return r >= '0' && r <= '9' })
	used = 1
	if rest == "" && at(words, 1) == momentLast { // "30 derniers jours"
		used++
	}
	if rest == "" && len(words) > used {
		rest, used = words[used], used+1
		if len(rest) == 1 && rest != "d" && rest != "w" && rest != "j" {
			return 0, 0, 0, false
		}
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 999 {
		return 0, 0, 0, false
	}
	switch moments()[rest] {
	case momentDay:
		return n, unitDay, used, true
	case momentWeek:
		return n, UnitWeek, used, true
	case momentMonth:
		return n, UnitMonth, used, n <= 120
	case momentYear:
		return n, UnitYear, used, n <= 10
	}
	switch rest {
	case "m":
		return n, UnitMonth, used, n <= 120 && used == 1
	case "y":
		return n, UnitYear, used, n <= 10 && used == 1
	}
	return 0, 0, 0, false
}

// ago moves a day by so many units.
func ago(d store.Day, n int, unit Unit) store.Day {
	y, m, dd := d.Date()
	switch unit {
	case UnitWeek:
		return d + store.Day(7*n)
	case UnitMonth:
		_, _, most := store.MonthOf(store.Date(y, m+time.Month(n), 1)).Last().Date()
		return store.Date(y, m+time.Month(n), min(dd, most))
	case UnitYear:
		return store.Date(y+n, m, dd)
	}
	return d + store.Day(n)
}

// relative reads "this month", "month last", "last", "so far", "week".
func (c Calendar) relative(words []string, unit Unit) (store.Span, int, bool) {
	i := led(words)
	if i+1 < len(words) && words[i] == "so" && words[i+1] == "far" {
		return c.of(c.Today, unit), i + 2, true
	}
	first, second := at(words, i), at(words, i+1)
	if u, ok := unitOf(first); ok && (second == momentLast || second == momentThis || second == momentNext) {
		return c.turn(u, second), i + 2, true
	}
	if first == momentLast || first == momentThis || first == momentNext {
		if u, ok := unitOf(second); ok {
			return c.turn(u, first), i + 2, true
		}
		return c.turn(unit, first), i + 1, true
	}
	u, ok := unitOf(first)
	if !ok || i+1 < len(words) && isNumber(words[i+1]) || len(words[i]) < 3 || first == momentDay {
		return store.Span{}, 0, false
	}
	return c.of(c.Today, u), i + 1, true
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// This returns the running period of a unit.
func (c Calendar) This(u Unit) store.Span { return c.of(c.Today, u) }

// turn returns this, the last or the next period of a unit.
func (c Calendar) turn(u Unit, m moment) store.Span {
	now := c.of(c.Today, u)
	switch m {
	case momentThis:
		return now
	case momentNext:
		return c.of(now.End, u)
	}
	return c.of(now.Start-1, u)
}

// of returns the period of a unit that holds a day.
func (c Calendar) of(d store.Day, u Unit) store.Span {
	switch u {
	case UnitMonth:
		return store.MonthOf(d)
	case UnitYear:
		return store.YearOf(d)
	case unitQuarter:
		return quarter(d)
	case unitDay:
		return day(d)
	}
	return store.WeekOf(d, c.First)
}

func quarter(d store.Day) store.Span {
	y, m, _ := d.Date()
	first := (m-1)/3*3 + 1
	return store.Span{Start: store.Date(y, first, 1), End: store.Date(y, first+3, 1)}
}

func unitOf(m moment) (Unit, bool) {
	switch m {
	case momentDay:
		return unitDay, true
	case momentWeek:
		return UnitWeek, true
	case momentMonth:
		return UnitMonth, true
	case momentQuarter:
		return unitQuarter, true
	case momentYear:
		return UnitYear, true
	}
	return 0, false
}

// numbered reads "week 37", "kw 37", "month 9", "year 2025", "quarter 3", "q3",
// "nr 37".
func (c Calendar) numbered(words []string, unit Unit) (store.Span, int, bool) {
	if n, ok := strings.CutPrefix(words[0], "q"); ok && isNumber(n) {
		return c.nth(n, unitQuarter, 1)
	}
	if letters, n := leading(words[0], unicode.IsLetter); moments()[letters] == momentWeek && isNumber(n) { // "kw37"
		return c.nth(n, UnitWeek, 1)
	}
	if len(words) < 2 || !isNumber(words[1]) {
		return store.Span{}, 0, false
	}
	switch words[0] {
	case "nr", "no", "number", "nummer", "num":
		return c.nth(words[1], unit, 2)
	}
	if u, ok := unitOf(at(words, 0)); ok && u != unitDay {
		return c.nth(words[1], u, 2)
	}
	return store.Span{}, 0, false
}

// bare reads a number alone: of the unit.
func (c Calendar) bare(words []string, unit Unit) (store.Span, int, bool) {
	if len(words) > 1 && !isNumber(words[1]) {
		if _, month := c.month(words[min(filled(words, 1), len(words)-1)]); month {
			return store.Span{}, 0, false
		}
	}
	return c.nth(words[0], unit, 1)
}

// nth returns the latest period of that number.
func (c Calendar) nth(number string, u Unit, used int) (store.Span, int, bool) {
	n, err := strconv.Atoi(number)
	year, now, _ := c.Today.Date()
	switch {
	case err != nil || len(number) > 4 || n < 1:
	case isYear(n) && len(number) == 4:
		return store.YearOf(store.Date(n, 1, 1)), used, true
	case u == UnitWeek && n <= 53:
		return c.week(n, used)
	case u == UnitMonth && n <= 12:
		if n > int(now) {
			year--
		}
		s, _, ok := month(year, n)
		return s, used, ok
	case u == unitQuarter && n <= 4:
		if s := quarter(store.Date(year, time.Month(3*n), 1)); s.Start <= c.Today {
			return s, used, true
		}
		return quarter(store.Date(year-1, time.Month(3*n), 1)), used, true
	case u == UnitYear && len(number) == 2 && 2000+n <= year:
		return store.YearOf(store.Date(2000+n, 1, 1)), used, true
	}
	return store.Span{}, 0, false
}

// week returns the latest week of an ISO number that has begun. A week that
// does not begin on Monday has the number of its Thursday.
func (c Calendar) week(n, used int) (store.Span, int, bool) {
	week := store.WeekOf(c.Today, c.First)
	for range 54 * 6 {
		if _, number := thursday(week).In(time.UTC).ISOWeek(); number == n {
			return week, used, true
		}
		week = week.Before()
	}
	return store.Span{}, 0, false
}

// thursday is the day of a week that decides its number.
func thursday(week store.Span) store.Day {
	return week.Start + store.Day((int(time.Thursday)-int(week.Start.Weekday())+7)%7)
}

// isoWeek reads "2026-37", "2026-w37", "2026w37", "37/2026".
func (c Calendar) isoWeek(words []string, _ Unit) (store.Span, int, bool) {
	word := words[0]
	head, tail, found := strings.Cut(word, "-")
	if !found {
		head, tail, found = strings.Cut(word, "w")
	}
	if !found {
		tail, head, found = strings.Cut(word, "/")
	}
	explicit := strings.Contains(word, "w")
	year, err := strconv.Atoi(head)
	n, bad := strconv.Atoi(strings.TrimPrefix(tail, "w"))
	if !found || err != nil || bad != nil || !isYear(year) || n < 1 || n > 53 || n <= 12 && !explicit {
		return store.Span{}, 0, false // 2026-09 is a month
	}
	week := store.WeekOf(store.Date(year, 1, 4)+store.Day(7*(n-1)), c.First)
	for _, w := range []store.Span{week.Before(), week, {Start: week.End, End: week.End + 7}} {
		if y, number := thursday(w).In(time.UTC).ISOWeek(); y == year && number == n {
			return w, 1, true
		}
	}
	return store.Span{}, 0, false
}
