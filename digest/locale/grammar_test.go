package locale

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// leastRows is how many rows of each kind a language has at least.
var leastRows = map[string]int{"day": 20, "clock": 36, "weekly": 14, "period": 70, "number": 11}

// "Dates, times, weekdays, numbers and periods in seven languages": the tables
// of testdata/typed hold what people type in each of them.
func TestWhatPeopleTypeInEachLanguage(t *testing.T) {
	for _, lang := range languages {
		t.Run(lang, func(t *testing.T) {
			table, err := os.ReadFile("testdata/typed/" + lang + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			rows := map[string]int{}
			for line := range strings.Lines(string(table)) {
				if strings.HasPrefix(line, "#") {
					continue
				}
				part := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
				if len(part) != 3 {
					t.Fatalf("not a row: %q", line)
				}
				rows[part[0]]++
				if got := understood(lang, part[0], part[1]); got != part[2] {
					t.Errorf("%s %q is %s, want %s", part[0], part[1], got, part[2])
				}
			}
			for kind, least := range leastRows {
				if rows[kind] < least {
					t.Errorf("%d rows of %s, want %d", rows[kind], kind, least)
				}
			}
		})
	}
}

// understood is what a typed text of a kind means; "-" is nothing.
func understood(lang, kind, typed string) string {
	switch kind {
	case "day":
		if day, ok := ParseWeekday(typed, lang); ok {
			return day.String()
		}
	case "clock":
		if hour, minute, ok := ParseClock(typed); ok {
			return fmt.Sprintf("%02d:%02d", hour, minute)
		}
	case "weekly":
		when, lack := ParseWeekly(strings.Fields(fold(typed)), lang)
		if lack != LacksNothing {
			return string(lack)
		}
		return fmt.Sprintf("%s %02d:%02d", when.Day, when.Hour, when.Minute)
	case "period":
		words := Typed(strings.Fields(typed))
		if span, used, ok := calendar(lang).Period(words, UnitWeek); ok && used == len(words) {
			return written(span)
		}
	case "number":
		words := strings.Fields(typed)
		x, unit, used, ok := ParseNumber(words)
		if ok && unit == "" && used < len(words) {
			unit = words[used]
		}
		if ok {
			return strings.TrimSpace(strconv.FormatFloat(x, 'f', -1, 64) + " " + unit)
		}
	}
	return "-"
}
