package locale

import (
	"strconv"
	"strings"
	"sync"
)

// ParseClock reads a time of day as people of any of the languages type it:
// 18:00, 18.00, 18h, 18h30, 18 Uhr, 6pm, 6 pm, 1800, noon, às 18h, "6 de la
// tarde". Words for halves and quarters are not read: "halb sieben" is half an
// hour before seven and "half seven" half an hour after it, and neither tells
// morning from evening.
func ParseClock(s string) (hour, minute int, ok bool) {
	typed := strings.Trim(strings.ReplaceAll(fold(s), "’", "'"), " ,;!?")
	if typed == "" || len(typed) > 40 {
		return 0, 0, false
	}
	typed = unled(typed)
	if word := strings.ReplaceAll(typed, " ", "-"); heard("clock.noon", typed) || heard("clock.noon", word) {
		return 12, 0, true
	} else if heard("clock.midnight", typed) || heard("clock.midnight", word) {
		return 0, 0, true
	}
	digits, minutes, words := splitClock(typed)
	hour, minute, ok = readDigits(digits, minutes)
	if !ok {
		return 0, 0, false
	}
	hour, ok = partOfDay(hour, words)
	return hour, minute, ok
}

// unled drops what leads to a time: "at", "às", "a las", "all'", "h".
func unled(s string) string {
	for {
		first, rest, found := strings.Cut(s, " ")
		if !found || !heard("clock.at", first) {
			break
		}
		s = strings.TrimSpace(rest)
	}
	for _, stuck := range []string{"h", "all'"} {
		if rest, found := strings.CutPrefix(s, stuck); found && rest != "" && figure(rune(rest[0])) {
			return rest
		}
	}
	return s
}

// figure says whether a folded sign is a digit that is counted with.
func figure(r rune) bool { return r >= '0' && r <= '9' }

// splitClock takes "18 uhr 30 abends" apart into 18, 30, and uhr and abends;
// "6:30 p. m." into 6, 30 and pm.
func splitClock(s string) (digits, minutes string, words []string) {
	digits, rest := leading(s, figure)
	if len(rest) > 1 && (rest[0] == ':' || rest[0] == '.') && figure(rune(rest[1])) {
		minutes, rest = leading(rest[1:], figure)
	}
	rest = strings.NewReplacer("a. m", "am", "p. m", "pm", "a.m", "am", "p.m", "pm", "l'", " ", "'s", " 's ").Replace(rest)
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		var word string
		if figure(rune(rest[0])) {
			if word, rest = leading(rest, figure); minutes != "" {
				return "", "", nil
			}
			minutes = word
			continue
		}
		word, rest = leading(rest, func(r rune) bool { return !figure(r) && r != ' ' })
		words = append(words, strings.TrimSuffix(word, "."))
	}
	return digits, minutes, words
}

// partOfDay moves an hour to the part of the day that words tell. It is false
// where a word means nothing, and where none can be told: twelve in the evening.
func partOfDay(hour int, words []string) (int, bool) {
	told := ""
	for _, word := range words {
		switch {
		case word == "h", heard("clock.hour", word):
		case heard("clock.fill", word) && (word != "am" || len(words) > 1 && (hour > 12 || words[len(words)-1] != word)):
		case told != "":
			return 0, false
		default:
			told = word
		}
	}
	switch {
	case told == "":
		return hour, true
	case heard("clock.noon", told) && hour == 12:
		return 12, true
	case (told == "am" || told == "pm") && (hour == 0 || hour > 12):
		return 0, false
	case heard("clock.am", told):
		return hour % 12, hour <= 12
	case hour > 12 && (heard("clock.pm", told) || heard("clock.evening", told)):
		return hour, true
	case heard("clock.pm", told):
		return hour%12 + 12, hour >= 1
	case heard("clock.evening", told):
		return hour + 12, hour >= 5 && hour < 12
	}
	return 0, false
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

// heard says whether a folded word is one of those that a key lists in any of
// the languages.
func heard(key, word string) bool { return clockWords()[key][word] }

// clockWords are the words of times of day by key, of all languages, folded.
var clockWords = sync.OnceValue(func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, key := range []string{"clock.at", "clock.noon", "clock.midnight", "clock.hour", "clock.fill", "clock.am", "clock.pm", "clock.evening"} {
		all[key] = map[string]bool{}
		for _, lang := range languages {
			for _, word := range strings.Fields(fold(catalogue()[lang][key])) {
				all[key][word] = true
			}
		}
	}
	return all
})
