package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"clubrun/store"
)

// timeUnit returns the duration that a folded word is the unit of; 0 for none.
func timeUnit(word string) time.Duration {
	word = strings.Trim(word, ".")
	if m, x, ok := oneUnit(word); ok && m == store.ByTime {
		return time.Duration(x) * time.Second
	}
	switch word {
	case "'", "mn", "minuut", "minuten", "minuto":
		return time.Minute
	case "stdn", "hs", "uren", "u":
		return time.Hour
	case `"`, "s", "sec", "secs", "sek", "seg", "second", "seconds", "sekunden", "segundos", "secondes", "secondi", "seconden":
		return time.Second
	}
	return 0
}

// piece is a number or the letters between numbers.
type piece struct {
	text  string
	digit bool
	end   int  // words up to its end
	glued bool // nothing stands between it and the piece before
}

// pieces takes the next words apart where digits begin and end.
func pieces(words []string) (all []piece) {
	for i, word := range words[:min(len(words), 7)] {
		glued := false
		for word != "" {
			digit := isDigit(rune(word[0]))
			at := strings.IndexFunc(word, func(r rune) bool { return (isDigit(r) || digit && strings.ContainsRune(".,", r)) != digit })
			if at < 0 {
				at = len(word)
			}
			all = append(all, piece{text: word[:at], digit: digit, end: i + 1, glued: glued})
			word, glued = word[at:], true
		}
	}
	return all
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// takeTime reads how long it was, or what may be when it began: "28min", "1h20",
// "1 h 20 min", "28:15", "1:05:00", "28'30", "an hour".
func (r *entryReader) takeTime(i int) int {
	t, used := r.readTime(r.words[i:])
	if used == 0 {
		return 0
	}
	if i > 0 && !t.sure {
		_, _, day := r.Past(r.words[i-1 : i])
		t.after = day
	}
	r.times = append(r.times, t)
	return used
}

func (r *entryReader) readTime(words []string) (typedTime, int) {
	if d, used := inWords(words); used > 0 {
		return typedTime{long: d, clock: -1, sure: true}, used
	}
	if t, used := colons(words); used > 0 {
		return t, used
	}
	return counted(pieces(words))
}

// inWords reads "an hour" and "half an hour".
func inWords(words []string) (time.Duration, int) {
	switch words[0] {
	case "demi-heure", "mezz'ora", "mezzora", "halfuur", "demiheure":
		return 30 * time.Minute, 1
	case "anderthalb":
		if len(words) > 1 && timeUnit(words[1]) == time.Hour {
			return 90 * time.Minute, 2
		}
	}
	one := func(s string) bool {
		return slices.Contains([]string{"a", "an", "one", "eine", "una", "uma", "une", "een", "un"}, s)
	}
	half := func(s string) bool {
		return slices.Contains([]string{"half", "halbe", "halben", "media", "meia", "demi", "mezza"}, s)
	}
	d, i := time.Hour, 0
	for i < len(words) && i < 3 && (one(words[i]) || half(words[i])) {
		if half(words[i]) {
			d = 30 * time.Minute
		}
		i++
	}
	if i == 0 || i == len(words) || len(words[i]) < 3 || timeUnit(words[i]) != time.Hour {
		return 0, 0
	}
	return d, i + 1
}

// colons reads "28:15", "1:05:00", "1:20h", "7:30".
func colons(words []string) (typedTime, int) {
	head := strings.TrimRightFunc(words[0], func(r rune) bool { return !isDigit(r) })
	unit, used := words[0][len(head):], 1
	var n []int
	for part := range strings.SplitSeq(head, ":") {
		x, err := strconv.Atoi(part)
		if err != nil || len(part) > 3 || len(n) > 0 && (len(part) != 2 || x > 59) {
			return typedTime{}, 0
		}
		n = append(n, x)
	}
	if unit == "" && len(words) > 1 && timeUnit(words[1]) != 0 {
		unit, used = words[1], 2
	}
	switch {
	case len(n) == 3:
		return typedTime{long: hours(n[0], n[1], n[2]), clock: -1, sure: true}, used
	case len(n) != 2:
		return typedTime{}, 0
	case unit == "" && len(words) > 1 && isPace(words[1]):
		return typedTime{clock: -1, marked: true}, 2
	case timeUnit(unit) == time.Hour:
		return typedTime{long: hours(n[0], n[1], 0), clock: -1, sure: true}, used
	case timeUnit(unit) == time.Minute:
		return typedTime{long: hours(0, n[0], n[1]), clock: -1, sure: true}, used
	case unit != "":
		return typedTime{}, 0
	}
	t := typedTime{long: hours(0, n[0], n[1]), other: hours(n[0], n[1], 0), clock: -1}
	if n[0] < 24 {
		t.clock = hours(n[0], n[1], 0)
	}
	return t, 1
}

func hours(h, m, s int) time.Duration {
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
}

// counted reads numbers with units of time. Behind hours a number of two digits
// is minutes, behind minutes one that stands close is seconds.
func counted(p []piece) (t typedTime, used int) {
	t.clock = -1
	last := time.Duration(0)
	for i := 0; i+1 <= len(p); {
		if last > 0 && !p[i].digit && isAnd(p[i].text) {
			i++
			continue
		}
		if !p[i].digit {
			break
		}
		x, err := strconv.ParseFloat(strings.ReplaceAll(p[i].text, ",", "."), 64)
		if err != nil || x > 100_000 {
			break
		}
		unit := time.Duration(0)
		if i+1 < len(p) && !p[i+1].digit {
			unit = timeUnit(p[i+1].text)
			if p[i+1].text == "m" && (last == time.Hour || last == 0 && i+2 < len(p) && p[i+2].digit && p[i+2].glued) {
				unit = time.Minute
			}
		}
		switch {
		case unit > 0 && (last == 0 || unit < last):
			t.long += time.Duration(x * float64(unit))
			t.sure = t.sure || unit != time.Hour || last > 0 || p[i+1].text != "h" || strings.ContainsAny(p[i].text, ".,")
			if unit == time.Hour && x < 24 {
				t.clock = t.long
			}
			last, used, i = unit, p[i+1].end, i+2
			continue
		case unit == 0 && last > time.Second && len(p[i].text) <= 2 && x < 60 && (p[i].glued || last == time.Hour && len(p[i].text) == 2 && alone(p[i+1:])):
			t.long += time.Duration(x) * (last / 60)
			if t.clock >= 0 {
				t.clock += time.Duration(x) * time.Minute
			}
			return t, p[i].end
		}
		break
	}
	if t.sure {
		t.clock = -1
	}
	return t, used
}

// alone says whether nothing that belongs to a number follows it.
func alone(p []piece) bool {
	if len(p) == 0 {
		return true
	}
	word := p[0].text
	return !p[0].glued && !(distanceUnit(word) > 0 || isMetre(word) || isClimb(word) || strings.HasPrefix(word, ":") || strings.ContainsFunc(word, unicode.IsDigit))
}

func isAnd(word string) bool {
	return slices.Contains([]string{"and", "und", "y", "e", "et", "en", "&"}, word)
}
