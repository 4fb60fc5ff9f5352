package locale

import (
	"strconv"
	"strings"
	"unicode"
)

// ParseNumber reads a number at the beginning of what people typed: 1000,
// 1.000, 1,000, 1'000, "1 000", 12.5, 12,5, and with letters stuck to it,
// "20km". A mark before exactly three digits parts thousands in every
// language: nobody types thousandths. The letters are returned as the unit;
// used is how many words were read.
func ParseNumber(words []string) (x float64, unit string, used int, ok bool) {
	if len(words) == 0 || len(words[0]) > 40 {
		return 0, "", 0, false
	}
	typed, unit := leading(words[0], func(r rune) bool { return r < 0x80 && unicode.IsDigit(r) || strings.ContainsRune(".,'’", r) })
	used = 1
	for unit == "" && used < len(words) && used < 4 && thousands(typed, words[used]) {
		next, rest := leading(words[used], func(r rune) bool { return r < 0x80 && unicode.IsDigit(r) })
		fraction, rest := tenths(rest)
		typed, unit = typed+"'"+next+fraction, rest
		used++
		if fraction != "" {
			break
		}
	}
	plain, ok := unmarked(typed)
	if !ok {
		return 0, "", 0, false
	}
	x, err := strconv.ParseFloat(plain, 64)
	return x, unit, used, err == nil && x < 1e12
}

// tenths takes one or two decimals off the front: ",5km" is ",5" and "km".
func tenths(s string) (fraction, rest string) {
	if s == "" || s[0] != ',' && s[0] != '.' {
		return "", s
	}
	digits, rest := leading(s[1:], func(r rune) bool { return r < 0x80 && unicode.IsDigit(r) })
	if len(digits) < 1 || len(digits) > 2 {
		return "", s
	}
	return s[:1+len(digits)], rest
}

// thousands says whether a word goes on with a number: "1 000", "12 500km".
func thousands(typed, next string) bool {
	digits, rest := leading(next, func(r rune) bool { return r < 0x80 && unicode.IsDigit(r) })
	_, rest = tenths(rest)
	last := typed[strings.LastIndexAny(typed, "'")+1:]
	return len(digits) == 3 && !strings.ContainsAny(rest, ".,/-:") && len(last) >= 1 && len(last) <= 3 && !strings.ContainsAny(last, ".,’")
}

// unmarked writes a typed number as Go reads it.
func unmarked(s string) (string, bool) {
	s = strings.NewReplacer("'", "", "’", "").Replace(strings.TrimRight(s, ".,"))
	if s == "" || !unicode.IsDigit(rune(s[0])) {
		return "", false
	}
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return s, true
	}
	whole, tail := s[:last], s[last+1:]
	single := strings.Count(s, s[last:last+1]) == 1
	if single && (len(tail) != 3 || strings.TrimLeft(whole, "0") == "") {
		whole, ok := parted(whole)
		return whole + "." + tail, ok
	}
	return parted(s)
}

// parted drops the marks between thousands.
func parted(s string) (string, bool) {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(g) > 3 && len(groups) > 1 {
			return "", false
		}
	}
	return strings.Join(groups, ""), len(groups) > 0 && len(groups)-1 == strings.Count(s, ".")+strings.Count(s, ",")
}
