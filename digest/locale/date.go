package locale

import (
	"strconv"
	"strings"
	"time"

	"clubrun/store"
)

// Weekday returns a day's full name, "Sunday".
func (l *Locale) Weekday(d time.Weekday) string {
	return l.Say("weekday." + strconv.Itoa(wrap(int(d), 7)))
}

// WeekdayShort returns a day's short name, "Sun".
func (l *Locale) WeekdayShort(d time.Weekday) string { return l.nth("weekday.short", wrap(int(d), 7)) }

// Month returns a month's full name.
func (l *Locale) Month(m time.Month) string { return l.nth("month.long", wrap(int(m)-1, 12)) }

// MonthShort returns a month's short name.
func (l *Locale) MonthShort(m time.Month) string { return l.nth("month.short", wrap(int(m)-1, 12)) }

// Time writes a time of day, "18:00", in t's own zone.
func (l *Locale) Time(t time.Time) string { return t.Format("15:04") }

// Day writes a date without its year, "13 Sep".
func (l *Locale) Day(d store.Day) string {
	_, month, day := d.Date()
	return l.Say("date.day", "day", l.nthDay(day), "month", l.MonthShort(month))
}

// nthDay is the number of a day, of which some languages order only the first:
// "1er".
func (l *Locale) nthDay(day int) string {
	if day == 1 {
		return l.Say("date.first")
	}
	return strconv.Itoa(day)
}

// NamedDay writes a date with its weekday, "Sun 13 Sep".
func (l *Locale) NamedDay(d store.Day) string { return l.named(d, l.Day(d)) }

// Span writes a period: "Mon 7 – Sun 13 Sep", "September 2026", "2026", or,
// for others, the form of Range.
func (l *Locale) Span(s store.Span) string {
	year, month, _ := s.Start.Date()
	switch {
	case s == store.MonthOf(s.Start):
		return l.Say("date.month", "month", l.Month(month), "year", strconv.Itoa(year))
	case s == store.YearOf(s.Start):
		return strconv.Itoa(year)
	case s.Days() == 1:
		return l.NamedDay(s.Start)
	case s.Days() == 7:
		return l.named(s.Start, l.opening(s)) + " – " + l.NamedDay(s.Last())
	}
	return l.Range(s)
}

// Range writes a period without weekdays: "7–13 Sep", "31 Aug – 6 Sep"; a long
// one that goes beyond a year with both years, "1 Oct 2026 – 30 Apr 2027".
func (l *Locale) Range(s store.Span) string {
	if s.Days() <= 1 {
		return l.Day(s.Start)
	}
	from, _, _ := s.Start.Date()
	if to, _, _ := s.Last().Date(); from != to && s.Days() > season {
		return l.Day(s.Start) + " " + strconv.Itoa(from) + " – " + l.Day(s.Last()) + " " + strconv.Itoa(to)
	}
	open := l.opening(s)
	if strings.ContainsAny(open, " ") {
		return open + " – " + l.Day(s.Last())
	}
	return open + "–" + l.Day(s.Last())
}

// season is how many days around a New Year need no year to be understood.
const season = 62

// opening is the first day of a span, without its month where the last day
// tells it.
func (l *Locale) opening(s store.Span) string {
	_, month, day := s.Start.Date()
	if _, last, _ := s.Last().Date(); last == month && s.Days() < 32 {
		return l.Say("date.number", "day", l.nthDay(day))
	}
	return l.Day(s.Start)
}

func (l *Locale) named(d store.Day, date string) string {
	return l.Say("date.named", "weekday", l.WeekdayShort(d.Weekday()), "date", date)
}

// nth returns one word of a list.
func (l *Locale) nth(key string, n int) string {
	list := strings.Fields(l.Say(key))
	if n >= len(list) {
		return noNumber
	}
	return list[n]
}

func wrap(n, size int) int { return ((n % size) + size) % size }
