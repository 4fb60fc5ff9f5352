package bot

import (
	"strings"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// reads says whether words are what may follow a command. It is asked where
// words without a slash may also be talk: of them all must be understood.
type reads func(f form, words []string) bool

// form is what words behind a command are read against in a group.
type form struct {
	locale.Calendar
	known []store.Athlete // members that may be asked for
	loc   *locale.Locale
	book  *Book
}

// whole says whether nothing but the command and what may follow it was
// written.
func (c Command) whole(f form, words []string) bool {
	return len(words) == 0 || len(words) <= mostArguments && c.Reads != nil && c.Reads(f, words)
}

// readsFigures reads a question about figures: a period, a sport, a person.
func readsFigures(unit locale.Unit) reads {
	return func(f form, words []string) bool {
		q := ask(f.Calendar, words, unit, f.known)
		return len(q.rest) == 0 && (q.name == "" || q.tag || len(q.named(f.known)) > 0)
	}
}

func readsRaces(f form, words []string) bool {
	if setsRaces(words) {
		return len(words) == 1 || len(words) == 2 && (isOn(words[1]) || isOff(words[1]))
	}
	return readsFigures(locale.UnitYear)(form{Calendar: f.Calendar}, words)
}

// readsWord reads one word of a kind.
func readsWord(is func(word string) bool) reads {
	return func(_ form, words []string) bool { return len(words) == 1 && is(words[0]) }
}

func readsSwitch(_ form, words []string) bool {
	return len(words) == 1 && (isOn(words[0]) || isOff(words[0]) || isShow(words[0]))
}

// readsAim reads a goal.
func readsAim(f form, words []string) bool {
	if len(words) == 1 && (isOff(words[0]) || isShow(words[0])) {
		return true
	}
	var routes []way
	for _, r := range digest.Routes() {
		routes = append(routes, way{r, []string{spaced(r.Key), spaced(r.Name), spaced(render.Route(r.Key, f.loc))}})
	}
	_, lack := readGoal(f.Calendar, words, routes)
	return lack == ""
}

func readsDuel(f form, words []string) bool {
	if len(words) == 1 && (isList(words[0]) || isYes(words[0]) || isNo(words[0])) {
		return true
	}
	if _, metric := metricOf(words[len(words)-1]); metric && len(words) > 1 {
		words = words[:len(words)-1]
	}
	q := question{name: strings.Join(words, " ")}
	return strings.HasPrefix(q.name, "@") && len(words) == 1 || len(q.named(f.known)) > 0
}

// readsUntil reads how long something is to last.
func readsUntil(f form, words []string) bool {
	if len(words) == 1 && (isOn(words[0]) || isOff(words[0])) {
		return true
	}
	typed := locale.Typed(words)
	_, used, ok := f.Until(typed)
	return ok && used == len(typed)
}

func readsDigest(_ form, words []string) bool {
	switch word := words[0]; {
	case len(words) == 1:
		return isShow(word) || isPreview(word) || isNow(word) || isSkip(word) || isStyle(word)
	case len(words) == 2 && isSkip(word):
		return isOff(words[1])
	}
	return len(words) == 2 && isStyle(words[0])
}

func readsMetric(_ form, words []string) bool {
	if isPoll(words[0]) || isShow(words[0]) {
		return len(words) == 1 || len(words) == 2 && isPoll(words[0]) && isEnd(words[1])
	}
	_, metric := metricOf(words[0])
	if len(words) == 2 {
		_, sport := sportOf(words[1])
		return metric && sport
	}
	return metric && len(words) == 1
}

// readsWeekly reads a day and a time, or a day of which the time is asked.
func readsWeekly(f form, words []string) bool {
	if len(words) == 1 && (isShow(words[0]) || isOff(words[0])) {
		return true
	}
	_, lack := locale.ParseWeekly(words, f.Lang)
	return lack == locale.LacksNothing || lack == locale.LacksHour && len(words) == 1
}

func readsClasses(_ form, words []string) bool {
	_, ok := switched(words)
	return ok || shows(words)
}

func readsWeekday(f form, words []string) bool {
	_, ok := locale.ParseWeekday(words[0], f.Lang)
	return len(words) == 1 && (ok || isShow(words[0]))
}

func readsQuiet(_ form, words []string) bool {
	_, ok := quietOf(words)
	return ok || len(words) == 1 && (isOn(words[0]) || isOff(words[0]) || isShow(words[0]))
}

func readsLanguage(_ form, words []string) bool {
	_, ok := languageOf(words[0])
	return ok && len(words) == 1
}

func readsUnits(_ form, words []string) bool {
	_, ok := unitsOf(words[0])
	return len(words) == 1 && (ok || isShow(words[0]))
}

func readsZone(_ form, words []string) bool {
	_, _, ok := zoneOf(words)
	return ok || shows(words)
}

// readsCommand reads the name of a command.
func readsCommand(f form, words []string) bool {
	return len(words) == 1 && f.book.name(words[0]) != ""
}
