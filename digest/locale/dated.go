package locale

import (
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"clubrun/store"
)

// Calendar is what dates and periods that people type are read against.
type Calendar struct {
	Lang  string       // whose words win where they mean different things
	Today store.Day    // decides which year is meant
	First time.Weekday // of a week
}

// Typed makes what people typed ready for the readers of this file: folded,
// one sign for every apostrophe and dash, and "1–14" as three words.
func Typed(args []string) []string {
	signs := strings.NewReplacer("’", "'", "–", " – ", "—", " – ")
	var words []string
	for _, arg := range args {
		for word := range strings.FieldsSeq(signs.Replace(fold(arg))) {
			if head, tail, found := strings.Cut(word, "-"); found && dayLike(head) && dayLike(tail) {
				words = append(words, head, "–", tail)
				continue
			}
			if head, rest, found := strings.Cut(word, "'"); found && rest != "" && whole(head) != "" {
				words = append(words, whole(head), rest)
				continue
			}
			words = append(words, unelided(word))
		}
	}
	return words
}

// whole is the word that Italian cuts short before a vowel.
func whole(head string) string {
	switch head {
	case "quest":
		return "questo"
	case "dall":
		return "dal"
	}
	return ""
}

// unelided drops the article that French and Italian stick to a word.
func unelided(word string) string {
	word = strings.TrimSuffix(word, "-ci")
	for _, article := range []string{"d'", "l'", "dell'", "all'", "nell'"} {
		if rest, found := strings.CutPrefix(word, article); found && rest != "" && rest != "ici" {
			return rest
		}
	}
	return word
}

// dayLike says whether a word may be the day of a date: 1, 1., 1.9, 01/09.
func dayLike(s string) bool {
	day, rest := leading(s, unicode.IsDigit)
	return len(day) >= 1 && len(day) <= 2 && strings.Trim(rest, "0123456789./") == ""
}

// point reads a day, a month or a year at the beginning of the words. Without
// a year it is the next one to come, or with back the last one that began.
func (c Calendar) point(words []string, back bool) (s store.Span, used int, ok bool) {
	i := filled(words, 0)
	if at(words, i) == momentDay && i+1 < len(words) { // "o dia 1 de agosto"
		if _, numbered := ordinal(words[i+1]); numbered {
			i++
		}
	}
	if i >= len(words) || i > 3 {
		return s, 0, false
	}
	switch at(words, i) {
	case momentToday:
		return day(c.Today), i + 1, true
	case momentYesterday:
		return day(c.Today - 1), i + 1, true
	case momentTomorrow:
		return day(c.Today + 1), i + 1, true
	}
	for _, read := range []func([]string, bool) (store.Span, int, bool){c.numeric, c.dayMonth, c.monthDay, c.named} {
		if s, used, ok = read(words[i:], back); ok {
			return s, used + i, true
		}
	}
	return s, 0, false
}

func day(d store.Day) store.Span { return store.Span{Start: d, End: d + 1} }

// numeric reads 2026-09-30, 2026-09, 30.9., 30.9.2026, 30/9, 9.2026 and 2026.
func (c Calendar) numeric(words []string, back bool) (store.Span, int, bool) {
	parts := strings.FieldsFunc(words[0], func(r rune) bool { return strings.ContainsRune("-./", r) })
	n := make([]int, len(parts))
	for i, part := range parts {
		x, err := strconv.Atoi(part)
		if err != nil || len(part) > 4 {
			return store.Span{}, 0, false
		}
		n[i] = x
	}
	switch {
	case len(n) == 1 && isYear(n[0]) && len(parts[0]) == 4:
		return store.YearOf(store.Date(n[0], 1, 1)), 1, true
	case len(n) == 2 && isYear(n[0]):
		return month(n[0], n[1])
	case len(n) == 2 && isYear(n[1]):
		return month(n[1], n[0])
	case len(n) == 3 && isYear(n[0]):
		return exactly(n[0], n[1], n[2])
	case len(n) == 3 && n[2] < 100:
		return exactly(2000+n[2], n[1], n[0])
	case len(n) == 3:
		return exactly(n[2], n[1], n[0])
	case len(n) == 2 && n[1] > 12:
		return c.nearest(n[0], n[1], back)
	case len(n) == 2:
		return c.nearest(n[1], n[0], back)
	}
	return store.Span{}, 0, false
}

func isYear(n int) bool { return n >= 1970 && n < 2100 }

func month(y, m int) (store.Span, int, bool) {
	return store.MonthOf(store.Date(y, time.Month(m), 1)), 1, m >= 1 && m <= 12
}

// exactly returns a date that the calendar has.
func exactly(y, m, d int) (store.Span, int, bool) {
	at := store.Date(y, time.Month(m), d)
	year, mon, dd := at.Date()
	return day(at), 1, isYear(y) && year == y && int(mon) == m && dd == d
}

// nearest returns a date of which the year was not told: the next one from
// today on, or the last one up to today.
func (c Calendar) nearest(m, d int, back bool) (store.Span, int, bool) {
	year, _, _ := c.Today.Date()
	step := 1
	if back {
		step = -1
	}
	for i := range 9 {
		s, used, ok := exactly(year+step*i, m, d)
		if ok && (back && s.Start <= c.Today || !back && s.Start >= c.Today) {
			return s, used, true
		}
	}
	return store.Span{}, 0, false
}

// dayMonth reads "30 sep", "30th of September 2026", "1er octobre".
func (c Calendar) dayMonth(words []string, back bool) (store.Span, int, bool) {
	d, ok := ordinal(words[0])
	if !ok {
		return store.Span{}, 0, false
	}
	i := filled(words, 1)
	if i >= len(words) {
		return store.Span{}, 0, false
	}
	m, ok := c.month(words[i])
	if !ok {
		return store.Span{}, 0, false
	}
	return c.dated(words, i+1, m, d, back)
}

// monthDay reads "sep 30", "September 30th, 2026".
func (c Calendar) monthDay(words []string, back bool) (store.Span, int, bool) {
	m, ok := c.month(words[0])
	if !ok || len(words) < 2 {
		return store.Span{}, 0, false
	}
	d, ok := ordinal(words[1])
	if !ok {
		return store.Span{}, 0, false
	}
	return c.dated(words, 2, m, d, back)
}

// dated reads the year, where one follows, and returns the day.
func (c Calendar) dated(words []string, i, m, d int, back bool) (store.Span, int, bool) {
	if year, used, ok := yearAt(words, i); ok {
		s, _, ok := exactly(year, m, d)
		return s, used, ok
	}
	s, _, ok := c.nearest(m, d, back)
	return s, i, ok
}

// yearAt reads a year behind small words; used counts from the beginning.
func yearAt(words []string, i int) (year, used int, ok bool) {
	i = filled(words, i)
	if i >= len(words) || len(words[i]) != 4 {
		return 0, 0, false
	}
	year, err := strconv.Atoi(words[i])
	return year, i + 1, err == nil && isYear(year)
}

// named reads "september", "september 2025"; and a day of the week.
func (c Calendar) named(words []string, back bool) (store.Span, int, bool) {
	m, ok := c.month(words[0])
	if !ok {
		return c.weekday(words, back)
	}
	if year, used, ok := yearAt(words, 1); ok {
		s, _, _ := month(year, m)
		return s, used, true
	}
	year, now, _ := c.Today.Date()
	switch {
	case back && m > int(now):
		year--
	case !back && m < int(now):
		year++
	}
	return month(year, m)
}

// weekday reads a day of the week: the next one, or the last one.
func (c Calendar) weekday(words []string, back bool) (store.Span, int, bool) {
	if len([]rune(words[0])) < 2 || moments()[words[0]] != noMoment {
		return store.Span{}, 0, false
	}
	d, ok := ParseWeekday(words[0], c.Lang)
	if !ok {
		return store.Span{}, 0, false
	}
	ahead := store.Day((int(d) - int(c.Today.Weekday()) + 7) % 7)
	switch {
	case back && ahead > 0:
		ahead -= 7
	case !back && ahead == 0:
		ahead = 7
	}
	return day(c.Today + ahead), 1, true
}

// ordinal reads the day of a month: 1, 1., 1st, 1er, 1º.
func ordinal(s string) (int, bool) {
	digits, rest := leading(s, func(r rune) bool { return r < 0x80 && unicode.IsDigit(r) })
	switch strings.Trim(rest, ".,") {
	case "", "st", "nd", "rd", "th", "er", "o", "a", "e", "ten", "de", "°":
	default:
		return 0, false
	}
	d, err := strconv.Atoi(digits)
	return d, err == nil && len(digits) <= 2 && d >= 1 && d <= 31
}

// month reads a month's name or its beginning from three letters on, in the
// calendar's language first.
func (c Calendar) month(word string) (int, bool) {
	switch word = strings.Trim(word, ".,"); word {
	case "maerz":
		word = "marz"
	case "setiembre":
		word = "septiembre"
	}
	if len(word) < 3 || len(word) > 20 {
		return 0, false
	}
	for _, lang := range append([]string{For(c.Lang, "").lang}, languages[:]...) {
		for i, names := range months()[lang] {
			if strings.HasPrefix(names[0], word) || names[1] == word {
				return i + 1, true
			}
		}
	}
	return 0, false
}

// Sure says whether a folded word is of dates whatever else it may be: a word
// such as "last", a day or a month that is written out in any language, or one
// that is shortened in the calendar's own.
func (c Calendar) Sure(word string) bool {
	if moments()[word] != noMoment || strings.ContainsFunc(word, unicode.IsDigit) {
		return true
	}
	own := For(c.Lang, "").lang
	for _, lang := range languages {
		for day := range 7 {
			if names := dayWords()[lang][day]; names.full == word || lang == own && (names.are(word) || names.begin(word)) {
				return true
			}
		}
		for _, names := range months()[lang] {
			if names[0] == word || lang == own && (names[1] == word || len(word) >= 3 && strings.HasPrefix(names[0], word)) {
				return true
			}
		}
	}
	return false
}

// months are the folded names of months by language, long and short.
var months = sync.OnceValue(func() map[string][][2]string {
	all := map[string][][2]string{}
	for _, lang := range languages {
		w := catalogue()[lang]
		long, short := strings.Fields(fold(w["month.long"])), strings.Fields(fold(w["month.short"]))
		for i := range min(len(long), len(short)) {
			all[lang] = append(all[lang], [2]string{long[i], strings.Trim(short[i], ".")})
		}
	}
	return all
})
