package bot

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"clubrun/digest/locale"
	"clubrun/store"
)

// entry is a workout as somebody typed it.
type entry struct {
	sport  store.Sport
	metres float64
	climb  float64 // metres
	time   time.Duration
	day    store.Day
	clock  time.Duration // of the day; negative where none was typed
}

// mostEntry is the length in bytes beyond which a text is no entry.
const mostEntry = 300

// isEntry says whether a text begins as an entry does.
func isEntry(text string) bool {
	return len(text) <= mostEntry && strings.HasPrefix(fold(text), "+")
}

// entryReader takes an entry out of words, in any order. What it does not know
// it leaves out: people add where it was, and with whom.
type entryReader struct {
	locale.Calendar
	entry
	sane    func(e entry) bool
	dated   bool
	words   []string
	times   []typedTime
	metric  []float64 // of "300 m": metres or minutes
	readAny bool
}

// typedTime is a time that may be how long it was or when it began.
type typedTime struct {
	long   time.Duration // how long; as minutes and seconds where it may be either
	other  time.Duration // the same as hours and minutes; 0 where it cannot be
	clock  time.Duration // of the day; negative where it cannot be
	sure   bool          // it is how long, or with a marker when
	marked bool          // it is when
	after  bool          // a day stands before it
}

// readEntry reads "+5k run 28min yesterday" and the like in any language. Sane
// says whether the figures can be. Any is false where nothing of it was
// understood.
func readEntry(c locale.Calendar, text string, sane func(e entry) bool) (e entry, any bool) {
	r := entryReader{Calendar: c, sane: sane}
	r.day, r.clock = c.Today, -1
	r.words = entryWords(text)
	for i := 0; i < len(r.words); {
		used := r.take(i)
		r.readAny = r.readAny || used > 0
		i += max(1, used)
	}
	r.settleMetric()
	r.settleTimes()
	return r.entry, r.readAny
}

// entryWords puts the words of an entry apart.
func entryWords(text string) []string {
	signs := strings.NewReplacer("+", " ", "′′", `"`, "′", "'", "''", `"`, "“", `"`, "”", `"`, "´", "'", "`", "'", ";", " ", "(", " ", ")", " ")
	var words []string
	for _, w := range locale.Typed([]string{signs.Replace(fold(text))}) {
		if w = strings.TrimRight(w, ",!?…:"); strings.TrimRight(w, "0123456789") != w || strings.HasSuffix(w, "a.m.") || strings.HasSuffix(w, "p.m.") {
			words = append(words, w) // the stop of "12.9." is kept below
			continue
		}
		if !strings.ContainsAny(w, "0123456789") {
			w = strings.TrimRight(w, ".")
		}
		if w != "" {
			words = append(words, w)
		}
	}
	return words
}

// take reads what begins at a word and returns how many words that were, 0
// where it means nothing.
func (r *entryReader) take(i int) int {
	rest := r.words[i:]
	if isPace(rest[0]) {
		return 1
	}
	for _, read := range []func(i int) int{r.takeClock, r.takeTime, r.takeMarathon, r.takeAmount, r.takeSport, r.takeDay} {
		if used := read(i); used > 0 {
			return used
		}
	}
	return 0
}

// isPace says whether a word is a pace, which follows from the rest.
func isPace(word string) bool {
	return strings.Contains(word, "/") && strings.ContainsFunc(word, unicode.IsLetter)
}

// takeClock reads "at 7:30", "um 7 uhr", "7pm".
func (r *entryReader) takeClock(i int) int {
	from := i
	for from < len(r.words)-1 && from < i+2 && isAt(r.words[from]) {
		from++
	}
	marked := from > i
	for n := min(2, len(r.words)-from); n > 0; n-- {
		text := strings.Join(r.words[from:from+n], " ")
		if !strings.ContainsAny(text[:1], "0123456789") {
			continue
		}
		letters := strings.Trim(strings.TrimLeft(text, "0123456789:. "), ".")
		sure := slices.Contains([]string{"am", "pm", "a.m", "p.m", "uhr"}, letters)
		if marked && n == 1 && letters == "" || marked && slices.Contains([]string{"h", "uur", "heures", "heure", "horas", "ore"}, letters) {
			sure = true
		}
		if hour, minute, ok := locale.ParseClock(text); ok && sure && !r.amountFollows(from+n, letters) {
			clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
			r.times = append(r.times, typedTime{clock: clock, marked: true})
			return from + n - i
		}
	}
	return 0
}

// amountFollows says whether a number without letters has its unit in the next
// word.
func (r *entryReader) amountFollows(i int, letters string) bool {
	return letters == "" && i < len(r.words) && (timeUnit(r.words[i]) != 0 || distanceUnit(r.words[i]) != 0 || isMetre(r.words[i]) || isClimb(r.words[i]))
}

func isAt(word string) bool {
	switch word {
	case "at", "@", "around", "um", "gegen", "a", "as", "las", "pelas", "vers", "alle", "ore", "om", "rond":
		return true
	}
	return false
}

// takeMarathon reads a race by its name.
func (r *entryReader) takeMarathon(i int) int {
	half := func(s string) bool {
		return slices.Contains([]string{"half", "halb", "halber", "halben", "media", "medio", "meia", "semi", "demi", "mezza", "halve", "halbe"}, s)
	}
	word, used := r.words[i], 1
	short := half(word) && i+1 < len(r.words)
	if short {
		word, used = r.words[i+1], 2
	}
	for _, name := range []string{"marathon", "maraton", "maratona"} {
		head, ok := strings.CutSuffix(word, name)
		head = strings.TrimRight(head, "-")
		if !ok || head != "" && !half(head) || r.metres > 0 {
			continue
		}
		if r.metres = 42195; short || head != "" {
			r.metres = 21097.5
		}
		if r.sport == "" {
			r.sport = store.Run
		}
		return used
	}
	return 0
}

// takeAmount reads a distance, or metres climbed.
func (r *entryReader) takeAmount(i int) int {
	words := r.words[i:]
	x, unit, used, ok := locale.ParseNumber(words)
	if !ok || x <= 0 {
		return 0
	}
	if unit = strings.Trim(unit, "."); unit == "" && used < len(words) {
		unit, used = words[used], used+1
	}
	switch metres := distanceUnit(unit); {
	case metres > 0:
		if x >= 1000 && inThousandths(words[0]) {
			x /= 1000 // "21.097 km"
		}
		if r.metres == 0 {
			r.metres = x * metres
		}
	case isMetre(unit):
		if used < len(words) && isClimb(words[used]) {
			r.climb = x
			return used + 1
		}
		r.metric = append(r.metric, x)
	case isClimb(unit):
		r.climb = x
	default:
		return 0
	}
	return used
}

// inThousandths says whether a number has three digits behind its only sign,
// which makes it a large one or a precise one.
func inThousandths(word string) bool {
	_, behind, signed := strings.Cut(strings.ReplaceAll(word, ",", "."), ".")
	rest := strings.TrimLeft(behind, "0123456789")
	return signed && len(behind)-len(rest) == 3 && !strings.HasPrefix(rest, ".")
}

// distanceUnit returns the metres of a unit that is surely of distance.
func distanceUnit(unit string) float64 {
	if m, x, ok := oneUnit(unit); ok && m == store.ByDistance {
		return x
	}
	switch unit {
	case "yd", "yds", "yard", "yards":
		return 0.9144
	case "meter", "meters", "metre", "metres", "metern", "metros", "metri":
		return 1
	}
	return 0
}

func isMetre(unit string) bool { return unit == "m" || unit == "mts" || unit == "mt" }

func (r *entryReader) takeSport(i int) int {
	word := r.words[i]
	used := 1
	if i+1 < len(r.words) && word == "e" {
		word, used = word+r.words[i+1], 2
	}
	sport, ok := typedSport(word)
	if !ok {
		return 0
	}
	if r.sport == "" || r.sport == store.Ride && sport == store.EBike {
		r.sport = sport
	}
	return used
}

// takeDay reads a day. What means tomorrow is a part of a day behind another
// day, or behind an article.
func (r *entryReader) takeDay(i int) int {
	if i > 0 && locale.IsPartOfDay(r.words[i]) {
		_, used, day := r.Past(r.words[i-1:])
		if day && used <= 2 || slices.Contains([]string{"la", "de", "da", "a", "por", "am", "in", "the", "le", "di", "del", "du", "'s"}, r.words[i-1]) {
			return 1
		}
	}
	day, used, ok := r.Past(r.words[i:])
	if !ok || r.dated {
		return used
	}
	r.day, r.dated = day, true
	return used
}

// settleMetric decides what "300 m" means: swum, run, minutes, or climbed.
func (r *entryReader) settleMetric() {
	long := slices.ContainsFunc(r.times, func(t typedTime) bool { return !t.marked })
	for _, x := range r.metric {
		switch {
		case x < 100 && !long, r.metres > 0 && !long:
			r.times, long = append(r.times, typedTime{long: time.Duration(x * float64(time.Minute)), clock: -1, sure: true}), true
		case r.metres == 0:
			r.metres = x
		default:
			r.climb = x
		}
	}
}

// settleTimes decides which of the times is how long it was, and which is when
// it began: what is surely one of them first, then what stands behind a day is
// when, then the first is how long.
func (r *entryReader) settleTimes() {
	long := -1
	for i, t := range r.times {
		if t.sure && long < 0 {
			long = i
		}
	}
	for _, pass := range []func(t typedTime) bool{
		func(t typedTime) bool { return !t.marked && !t.after }, func(t typedTime) bool { return !t.marked },
	} {
		for i, t := range r.times {
			if long < 0 && pass(t) {
				long = i
			}
		}
	}
	for i, t := range r.times {
		switch {
		case i == long:
			r.time = r.likely(t)
		case t.clock >= 0 && r.clock < 0:
			r.clock = t.clock
		}
	}
}

// likely reads "28:15" as minutes and seconds and "1:20" as hours and minutes,
// whichever can be.
func (r *entryReader) likely(t typedTime) time.Duration {
	if t.other == 0 {
		return t.long
	}
	e := r.entry
	e.time = t.long
	short := r.sane(e)
	e.time = t.other
	hours := r.sane(e)
	if hours && !short || hours == short && t.other < 10*time.Hour {
		return t.other
	}
	return t.long
}
