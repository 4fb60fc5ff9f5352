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
	typed := strings.TrimSuffix(strings.Trim(fold(s), " .,;:!?"), " feira")
	if typed == "" || len(typed) > 40 {
		return 0, false
	}
	if day, ok := weekdayOf(typed, lang); ok {
		return day, true
	}
	if one, many := strings.CutSuffix(typed, "s"); many && len(one) >= 5 { // every one of them
		return weekdayOf(one, lang)
	}
	return 0, false
}

func weekdayOf(typed, lang string) (time.Weekday, bool) {
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

func leading(s string, is func(rune) bool) (head, tail string) {
	for i, r := range s {
		if !is(r) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// fold lowers case, drops accents and invisible signs, and makes every run of
// white space one space, so that what people type can be compared.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "\uFFFD")) {
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
