package store

import (
	"fmt"
	"time"
)

// Day is a day of the calendar without a zone: the number of days since
// 1 January 1970. Days are added and compared as numbers.
type Day int

const secondsADay = 24 * 60 * 60

// DayOf returns the calendar day of t in t's own location.
func DayOf(t time.Time) Day {
	_, offset := t.Zone()
	local := t.Unix() + int64(offset)
	day := local / secondsADay
	if local%secondsADay < 0 {
		day--
	}
	return Day(day)
}

// Date returns the day of a calendar date; months and days out of range carry
// over as in time.Date.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsADay)
}

// ParseDay reads the form of String.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("day %q: %w", s, err)
	}
	return DayOf(t), nil
}

// In returns the first instant of the day in a zone: mostly midnight, but not
// where clocks are turned then.
func (d Day) In(zone *time.Location) time.Time {
	y, m, day := d.Date()
	midnight := time.Date(y, m, day, 0, 0, 0, 0, zone)
	if DayOf(midnight) == d && DayOf(midnight.Add(-time.Nanosecond)) == d-1 {
		return midnight
	}
	t := time.Unix(int64(d)*secondsADay, 0).Add(-26 * time.Hour).In(zone) // the day before, wherever
	for range 4 {
		_, offset := t.Zone()
		_, turned := t.ZoneBounds()
		first := max(t.Unix(), int64(d)*secondsADay-int64(offset))
		if turned.IsZero() || first < turned.Unix() {
			return time.Unix(first, 0).In(zone)
		}
		t = turned
	}
	return midnight
}

// Date returns year, month and day of the month.
func (d Day) Date() (int, time.Month, int) {
	return time.Unix(int64(d)*secondsADay, 0).UTC().Date()
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday {
	return time.Unix(int64(d)*secondsADay, 0).UTC().Weekday()
}

// String returns the ISO 8601 form, 2026-09-07.
func (d Day) String() string {
	y, m, day := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// Span is a half-open run of days: Start is in it, End is not.
type Span struct{ Start, End Day }

// Contains says whether the day is in the span.
func (s Span) Contains(d Day) bool { return s.Start <= d && d < s.End }

// Days returns how many days the span has.
func (s Span) Days() int { return int(s.End - s.Start) }

// Last returns the last day in the span.
func (s Span) Last() Day { return s.End - 1 }

// WeekOf returns the week that holds the day, when weeks begin on start.
func WeekOf(d Day, start time.Weekday) Span {
	back := Day((int(d.Weekday()) - int(start) + 7) % 7)
	return Span{d - back, d - back + 7}
}

// Before returns the span of the same length that ends where this one starts.
func (s Span) Before() Span { return Span{s.Start - Day(s.Days()), s.Start} }

// MonthOf returns the calendar month that holds the day.
func MonthOf(d Day) Span {
	y, m, _ := d.Date()
	return Span{Date(y, m, 1), Date(y, m+1, 1)}
}

// YearOf returns the calendar year that holds the day.
func YearOf(d Day) Span {
	y, _, _ := d.Date()
	return Span{Date(y, 1, 1), Date(y+1, 1, 1)}
}

// ISOWeek returns year and number of the ISO 8601 week of the span's first
// day; ok is false unless the span is a week from Monday.
func (s Span) ISOWeek() (year, week int, ok bool) {
	year, week = s.Start.In(time.UTC).ISOWeek()
	return year, week, s.Days() == 7 && s.Start.Weekday() == time.Monday
}
