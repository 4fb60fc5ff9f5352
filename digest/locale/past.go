package locale

import (
	"slices"
	"strconv"

	"clubrun/store"
)

// Past reads a day up to today, or one just ahead, at the beginning of the
// words, which Typed has made: "yesterday", "monday", "last friday", "3 days
// ago", "vor 3 tagen", "this morning", "12 sep", "12.9.". Short names of
// weekdays count in the calendar's own language alone; used is how many words
// were read.
func (c Calendar) Past(words []string) (d store.Day, used int, ok bool) {
	if len(words) == 0 {
		return 0, 0, false
	}
	for _, read := range []func([]string) (store.Day, int, bool){c.beforeYesterday, c.daysAgo, c.partOfDay, c.lastWeekday} {
		if d, used, ok = read(words); ok {
			return d, used, true
		}
	}
	switch at(words, 0) {
	case momentToday:
		return c.Today, 1, true
	case momentYesterday:
		return c.Today - 1, 1, true
	case momentTomorrow:
		return c.Today + 1, 1, true
	}
	for _, read := range []func([]string, bool) (store.Span, int, bool){c.numeric, c.dayMonth, c.monthDay} {
		if s, used, ok := read(words, true); ok && s.Days() == 1 {
			return s.Start, used, true
		}
	}
	return 0, 0, false
}

func (c Calendar) beforeYesterday(words []string) (store.Day, int, bool) {
	for _, said := range [][]string{
		{"vorgestern"}, {"anteayer"}, {"antier"}, {"anteontem"}, {"avant-hier"}, {"avanthier"}, {"altroieri"}, {"altro", "ieri"}, {"eergisteren"},
		{"day", "before", "yesterday"}, {"the", "day", "before", "yesterday"}, {"antes", "de", "ayer"}, {"avant", "hier"},
	} {
		if len(words) >= len(said) && slices.Equal(words[:len(said)], said) {
			return c.Today - 2, len(said), true
		}
	}
	return 0, 0, false
}

// daysAgo reads "3 days ago", "vor 3 tagen", "hace 3 dias", "il y a 3 jours",
// "3 giorni fa".
func (c Calendar) daysAgo(words []string) (store.Day, int, bool) {
	i, before := 0, false
	switch {
	case words[0] == "vor", words[0] == "hace", words[0] == "ha":
		i, before = 1, true
	case len(words) > 3 && words[0] == "il" && words[1] == "y" && words[2] == "a":
		i, before = 3, true
	}
	if i+1 >= len(words) {
		return 0, 0, false
	}
	n, err := strconv.Atoi(words[i])
	if err != nil || n < 0 || n > 999 {
		return 0, 0, false
	}
	switch at(words, i+1) {
	case momentDay:
	case momentWeek:
		n *= 7
	default:
		return 0, 0, false
	}
	used := i + 2
	if !before {
		if used >= len(words) || !slices.Contains([]string{"ago", "atras", "fa", "geleden"}, words[used]) {
			return 0, 0, false
		}
		used++
	}
	return c.Today - store.Day(n), used, true
}

// partOfDay reads "this morning", "last night", "stamattina", "anoche".
func (c Calendar) partOfDay(words []string) (store.Day, int, bool) {
	switch words[0] {
	case "tonight", "vanmorgen", "vanochtend", "vanmiddag", "vanavond", "stamattina", "stamane", "stasera":
		return c.Today, 1, true
	case "anoche", "gisterochtend", "gistermorgen", "gistermiddag", "gisteravond":
		return c.Today - 1, 1, true
	}
	if len(words) < 2 || !IsPartOfDay(words[1]) {
		return 0, 0, false
	}
	switch at(words, 0) {
	case momentThis, momentToday:
		return c.Today, 2, true
	case momentYesterday, momentLast:
		return c.Today - 1, 2, true
	}
	return 0, 0, false
}

// IsPartOfDay says whether a word, which Typed has made, is a part of a day.
func IsPartOfDay(word string) bool {
	switch word {
	case "morning", "afternoon", "evening", "night", "fruh", "frueh", "morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht",
		"manana", "tarde", "noche", "manha", "noite", "matin", "apres-midi", "soir", "mattina", "pomeriggio", "sera", "ochtend", "middag", "avond":
		return true
	}
	return false
}

// lastWeekday reads "monday" and "last monday": the one up to today, or before
// it.
func (c Calendar) lastWeekday(words []string) (store.Day, int, bool) {
	i := 0
	for i < len(words) && i < 2 && (at(words, i) == momentFill || at(words, i) == momentLast) {
		i++
	}
	if i == len(words) || moments()[words[i]] != noMoment {
		return 0, 0, false
	}
	weekday, ok := c.ownWeekday(words[i])
	if !ok {
		return 0, 0, false
	}
	back := store.Day((int(c.Today.Weekday()) - weekday + 7) % 7)
	used, last := i+1, i > 0 && at(words, i-1) == momentLast
	if at(words, used) == momentLast { // "lunes pasado", "lundi dernier"
		used, last = used+1, true
	}
	if back == 0 && last {
		back = 7
	}
	return c.Today - back, used, true
}

// ownWeekday reads a day of the week: names of any language, shortened ones of
// two letters and beginnings in the calendar's own.
func (c Calendar) ownWeekday(word string) (int, bool) {
	own := For(c.Lang, "").lang
	for day, names := range dayWords()[own] {
		if names.are(word) || names.begin(word) {
			return day, true
		}
	}
	for _, lang := range languages {
		for day, names := range dayWords()[lang] {
			if names.full == word || len(word) > 2 && names.are(word) {
				return day, true
			}
		}
	}
	return 0, false
}
