package locale

import (
	"fmt"
	"strings"
	"time"
)

// Weekly is a moment that comes every week, on the clocks of some zone.
type Weekly struct {
	Day          time.Weekday
	Hour, Minute int
}

// Cron writes the moment as a cron line of five fields.
func (w Weekly) Cron() string { return fmt.Sprintf("%d %d * * %d", w.Minute, w.Hour, w.Day) }

// Lack is what was not understood of a weekly moment.
type Lack string

// The lacks.
const (
	LacksNothing Lack = ""
	LacksDay     Lack = "day"  // a time alone
	LacksHour    Lack = "hour" // a day alone
	LacksSense   Lack = "time" // anything else
)

// ParseWeekly reads a day of the week and a time of day as people type them,
// in either order and with the small words around them: "sun 18:00",
// "every Monday at 7am", "às terças 18h". Where nothing but the hour is
// lacking, the day is told.
func ParseWeekly(args []string, lang string) (Weekly, Lack) {
	args = unspelled(args)
	if i, day, ok := dayAmong(args, lang); ok {
		rest := append(append([]string{}, args[:i]...), args[i+1:]...)
		if len(rest) == 0 {
			return Weekly{Day: day}, LacksHour
		}
		hour, minute, ok := ParseClock(strings.Join(rest, " "))
		if !ok {
			return Weekly{Day: day}, LacksSense
		}
		return Weekly{day, hour, minute}, LacksNothing
	}
	if _, _, ok := ParseClock(strings.Join(args, " ")); ok {
		return Weekly{}, LacksDay
	}
	return Weekly{}, LacksSense
}

// dayAmong finds the word that is a day of the week: one that is written out
// before one of two letters, which may be a small word as well.
func dayAmong(args []string, lang string) (i int, day time.Weekday, ok bool) {
	for _, short := range []bool{false, true} {
		for i, arg := range args {
			if (len([]rune(arg)) < 3) != short {
				continue
			}
			if day, ok := ParseWeekday(arg, lang); ok {
				return i, day, true
			}
		}
	}
	return 0, 0, false
}

// unspelled drops the small words that people put around a day: "every",
// "on", "jeden".
func unspelled(args []string) []string {
	var kept []string
	for _, arg := range args {
		arg = strings.Trim(arg, ",;")
		switch strings.ToLower(arg) {
		case "every", "on", "each", "jeden", "am", "immer", "cada", "el", "los", "todos", "todas", "os", "as", "chaque", "tous", "les", "le", "ogni", "la", "elke", "op", "iedere", "il", "tutte", "tutti", "i", "set", "":
			if len(args) > 1 && !(arg == "am" && len(kept) > 0) && arg != "as" {
				continue
			}
		}
		kept = append(kept, arg)
	}
	return kept
}
