package locale

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ParseWeekday reads a day of the week as people type it: full names, short
// names and their beginnings from three letters on, in every language. A word
// that means different days ("do", "ma") means the one of lang, then of the
// first language in the order of Languages.
func ParseWeekday(s, lang string) (time.Weekday, bool) {
	typed := strings.Trim(fold(s), " .,;:!?")
	if typed == "" || len(typed) > 40 {
		return 0, false
	}
	order := append([]string{For(lang, "").lang}, languages[:]...)
	for _, match := range []func(dayNames, string) bool{dayNames.are, dayNames.begin} {
		for _, lang := range order {
			for day := range 7 {
				if match(dayWords()[lang][day], typed) {
					return time.Weekday(day), true
				}
			}
		}
	}
	return 0, false
}

// dayNames are the folded names of a day: how it is written out, and all as
// which it is typed.
type dayNames struct {
	full string
	all  []string
}

// are says whether a folded word is one of the names.
func (n dayNames) are(typed string) bool { return slices.Contains(n.all, typed) }

// begin says whether a folded word begins the day's full name.
func (n dayNames) begin(typed string) bool {
	return len(typed) >= 3 && strings.HasPrefix(n.full, typed)
}

// dayWords are the names of the days by language.
var dayWords = sync.OnceValue(func() map[string][7]dayNames {
	all := map[string][7]dayNames{}
	for _, lang := range languages {
		w := catalogue()[lang]
		short := strings.Fields(fold(w["weekday.short"]))
		var days [7]dayNames
		for day := range days {
			n := strconv.Itoa(day)
			days[day].full = fold(w["weekday."+n])
			days[day].all = strings.Fields(days[day].full + " " + fold(w["weekday.typed."+n]))
			if day < len(short) {
				days[day].all = append(days[day].all, short[day])
			}
		}
		all[lang] = days
	}
	return all
})

// ParseClock reads a time of day as people of any of the languages type it:
// 18:00, 18.00, 18h, 18h30, 18 Uhr, 6pm, 6 pm, 1800, noon, às 18h.
func ParseClock(s string) (hour, minute int, ok bool) {
	typed := strings.Trim(fold(s), " ,;!?")
	if typed == "" || len(typed) > 40 {
		return 0, 0, false
	}
	typed = dropFirst(typed, listed("clock.at"))
	switch {
	case listed("clock.noon")[typed]:
		return 12, 0, true
	case listed("clock.midnight")[typed]:
		return 0, 0, true
	}
	digits, letters, minutes := splitClock(typed)
	hour, minute, ok = readDigits(digits, minutes)
	if !ok {
		return 0, 0, false
	}
	switch letters = strings.TrimSuffix(letters, "."); {
	case letters == "" || letters == "h" || listed("clock.hour")[letters]:
		return hour, minute, true
	case listed("clock.am")[letters] || listed("clock.am")[letters+"."]:
		return hour % 12, minute, hour >= 1 && hour <= 12
	case listed("clock.pm")[letters] || listed("clock.pm")[letters+"."]:
		return hour%12 + 12, minute, hour >= 1 && hour <= 12
	}
	return 0, 0, false
}

// splitClock takes "18 uhr 30" apart into 18, uhr and 30; "6:30pm" into 6, pm
// and 30.
func splitClock(s string) (digits, letters, minutes string) {
	digits, rest := leading(s, unicode.IsDigit)
	if len(rest) > 1 && (rest[0] == ':' || rest[0] == '.') && unicode.IsDigit(rune(rest[1])) {
		minutes, rest = leading(rest[1:], unicode.IsDigit)
		return digits, strings.TrimSpace(rest), minutes
	}
	letters, rest = leading(strings.TrimSpace(rest), func(r rune) bool { return !unicode.IsDigit(r) })
	minutes, rest = leading(rest, unicode.IsDigit)
	return digits, strings.TrimSpace(letters) + rest, minutes
}

// readDigits reads hour and minute; four digits alone are both.
func readDigits(digits, minutes string) (int, int, bool) {
	if minutes == "" && len(digits) == 4 {
		digits, minutes = digits[:2], digits[2:]
	}
	if len(digits) == 0 || len(digits) > 2 || len(minutes) != 0 && len(minutes) != 2 {
		return 0, 0, false
	}
	hour, err := strconv.Atoi(digits)
	if err != nil || hour > 23 {
		return 0, 0, false
	}
	if minutes == "" {
		return hour, 0, true
	}
	minute, err := strconv.Atoi(minutes)
	return hour, minute, err == nil && minute < 60
}

func leading(s string, is func(rune) bool) (head, tail string) {
	for i, r := range s {
		if !is(r) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// listed gathers the words of a key from all languages, folded.
func listed(key string) map[string]bool {
	all := map[string]bool{}
	for _, w := range catalogue() {
		for _, word := range strings.Fields(fold(w[key])) {
			all[word] = true
		}
	}
	return all
}

// dropFirst drops leading words such as "at", "às" and "a las".
func dropFirst(s string, drop map[string]bool) string {
	for {
		first, rest, found := strings.Cut(s, " ")
		if !found || !drop[first] {
			return s
		}
		s = strings.TrimSpace(rest)
	}
}

// fold lowers case, drops accents and invisible signs, and makes every run of
// white space one space, so that what people type can be compared.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
