// Package schedule knows what is due now: per group, in its zone, computed
// from the cron line and never from a timer that fired. It drives the jobs and
// keeps a row of each run; it does none of their work.
package schedule

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"
)

// Line is a cron line of five fields, read in the zone where it is used.
type Line struct{ wall cron.Schedule }

// Parse reads a cron line, such as "0 18 * * 0" for Sundays at 18:00.
func Parse(line string) (Line, error) {
	s, err := cron.ParseStandard("TZ=UTC " + line)
	if err != nil {
		return Line{}, fmt.Errorf("schedule %q: %w", line, err)
	}
	return Line{s}, nil
}

// A cron line speaks of wall clocks, so it is stepped through wall time, which
// has no summer time, and each moment is then placed in the zone.
const (
	lookBack  = 366 * 24 * time.Hour
	firstLook = 8 * 24 * time.Hour // holds the last moment of every weekly line
	zoneSlack = 26 * time.Hour     // more than any zone ever moved its clocks
)

// Next returns the first moment after t. It is zero for a line that never
// comes, such as one for 30 February.
func (l Line) Next(t time.Time, zone *time.Location) time.Time {
	for wall := l.wall.Next(wallOf(t, zone).Add(-zoneSlack)); !wall.IsZero(); wall = l.wall.Next(wall) {
		if at := place(wall, zone); at.After(t) {
			return at
		}
	}
	return time.Time{}
}

// Last returns the latest moment at or before t; zero if there was none within
// a year.
func (l Line) Last(t time.Time, zone *time.Location) time.Time {
	for _, back := range []time.Duration{firstLook, lookBack} {
		if last := l.lastSince(t.Add(-back), t, zone); !last.IsZero() {
			return last
		}
	}
	return time.Time{}
}

func (l Line) lastSince(from, t time.Time, zone *time.Location) (last time.Time) {
	for wall := l.wall.Next(wallOf(from, zone)); !wall.IsZero(); wall = l.wall.Next(wall) {
		at := place(wall, zone)
		if at.After(t) {
			break
		}
		last = at
	}
	return last
}

// wallOf returns what the clocks of the zone show, written as if it were UTC.
func wallOf(t time.Time, zone *time.Location) time.Time {
	_, offset := t.In(zone).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// place returns the moment at which the clocks of the zone show wall: the
// first one where they show it twice, and the first moment after the gap where
// they skip it.
func place(wall time.Time, zone *time.Location) time.Time {
	early := at(wall, wall.Add(-zoneSlack), zone)
	if wallOf(early, zone).Equal(wall) {
		return early
	}
	late := at(wall, wall.Add(zoneSlack), zone)
	if wallOf(late, zone).Equal(wall) {
		return late
	}
	gapEnd, _ := early.In(zone).ZoneBounds()
	return gapEnd
}

// at places wall with the offset that the zone has near another moment.
func at(wall, near time.Time, zone *time.Location) time.Time {
	_, offset := near.In(zone).Zone()
	return wall.Add(-time.Duration(offset) * time.Second).In(zone)
}
