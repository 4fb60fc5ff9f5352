package locale

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"clubrun/store"
)

// Metres of the units that are not metric.
const (
	metresAMile = 1609.344
	metresAYard = 0.9144
	metresAFoot = 0.3048
)

// swimKilometres is the distance from which swum metres are told in
// kilometres.
const swimKilometres = 3000

// noNumber stands where a figure cannot be told.
const noNumber = "–"

// Number writes x with so many decimals, grouped as the language does. What is
// no number, or too large to mean anything, is a dash.
func (l *Locale) Number(x float64, decimals int) string {
	if math.IsNaN(x) || math.Abs(x) > 1e15 {
		return noNumber
	}
	digits := strconv.FormatFloat(math.Abs(x), 'f', max(0, decimals), 64)
	whole, fraction, _ := strings.Cut(digits, ".")
	text := l.group(whole)
	if fraction != "" {
		text += l.Say("number.decimal") + fraction
	}
	if x < 0 && strings.Trim(digits, "0.") != "" {
		text = "−" + text
	}
	return text
}

// group puts the language's mark between thousands.
func (l *Locale) group(digits string) string {
	least, _ := strconv.Atoi(l.Say("number.least"))
	if len(digits) < least {
		return digits
	}
	mark := l.Say("number.group")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}

// short writes one decimal below a hundred, none from there, and none where it
// would be a zero.
func (l *Locale) short(x float64) string {
	text := l.Number(x, 1)
	if math.Abs(x) >= 99.95 || strings.HasSuffix(text, "0") {
		return l.Number(x, 0)
	}
	return text
}

// Distance writes metres as kilometres or miles; short swims as metres, all
// swims of people who read miles as yards; for those who read both, miles or
// yards in brackets.
func (l *Locale) Distance(metres float64, s store.Sport) string {
	return l.both(func(l *Locale) string { return l.distance(metres, s) })
}

func (l *Locale) distance(metres float64, s store.Sport) string {
	switch {
	case s == store.Swim && l.units == store.Miles:
		return l.Number(metres/metresAYard, 0) + " yd"
	case s == store.Swim && metres < swimKilometres:
		return l.Number(metres, 0) + " m"
	case l.units == store.Miles:
		return l.short(metres/metresAMile) + " mi"
	}
	return l.short(metres/1000) + " km"
}

// Climb writes metres gained as metres or feet; from a thousand on to the
// nearest ten, as no device knows better.
func (l *Locale) Climb(metres float64) string {
	return l.both(func(l *Locale) string { return l.climb(metres) })
}

func (l *Locale) climb(metres float64) string {
	unit := " m"
	if l.units == store.Miles {
		metres, unit = metres/metresAFoot, " ft"
	}
	if metres >= 1000 {
		metres = math.Round(metres/10) * 10
	}
	return l.Number(metres, 0) + unit
}

// Percent writes a share with its sign: 0.12 is "+12 %".
func (l *Locale) Percent(share float64) string {
	x := math.Round(share * 100)
	text := l.Number(x, 0)
	if x > 0 {
		text = "+" + text
	}
	return l.Say("number.percent", "x", text)
}

// Duration writes hours and minutes: "45 min", "1 h 05", "29 h 40", "612 h"
// from a hundred hours on.
func (l *Locale) Duration(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	if minutes < 60 {
		return l.Say("duration.minutes", "m", max(0, minutes))
	}
	hours := minutes / 60
	if hours >= 100 {
		return l.Say("duration.whole", "h", int(math.Round(float64(minutes)/60)))
	}
	return l.Say("duration.hours", "h", hours, "m", fmt.Sprintf("%02d", minutes%60))
}

// Clock writes a time that was run: "58:21", "1:38:12". Seconds are rounded
// before they are split, so there is no 7:60.
func (l *Locale) Clock(d time.Duration) string {
	s := int(max(0, d.Round(time.Second)) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// Pace writes how fast a distance in metres was covered, in the way of the
// sport: "4:58 /km", "1:52 /100 m", "27.4 km/h". It is empty where the sport
// has none or a figure is missing.
func (l *Locale) Pace(metres float64, d time.Duration, s store.Sport) string {
	if !(metres > 0) || math.IsInf(metres, 1) || d <= 0 {
		return ""
	}
	return l.both(func(l *Locale) string { return l.pace(metres, d, s) })
}

func (l *Locale) pace(metres float64, d time.Duration, s store.Sport) string {
	imperial := l.units == store.Miles
	per := func(unit float64, name string) string {
		return l.Clock(time.Duration(float64(d)*unit/metres)) + " /" + name
	}
	switch s {
	case store.Run, store.Walk, store.Hike:
		if imperial {
			return per(metresAMile, "mi")
		}
		return per(1000, "km")
	case store.Swim:
		if imperial {
			return per(100*metresAYard, "100 yd")
		}
		return per(100, "100 m")
	case store.Row:
		return per(500, "500 m")
	case store.Ride, store.EBike, store.Ski:
		if imperial {
			return l.Number(metres/metresAMile/d.Hours(), 1) + " mph"
		}
		return l.Number(metres/1000/d.Hours(), 1) + " km/h"
	}
	return ""
}
