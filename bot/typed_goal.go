package bot

import (
	"slices"
	"strings"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// way is a virtual journey with the names under which people ask for it.
type way struct {
	digest.Route
	names []string // folded, words apart
}

// routes returns the virtual journeys that there are.
func (t *turn) routes() []way {
	var all []way
	for _, r := range digest.Routes() {
		names := []string{spaced(r.Key), spaced(r.Name), spaced(render.Route(r.Key, t.loc))}
		all = append(all, way{r, names})
	}
	return all
}

// spaced folds a name and puts its words apart.
func spaced(s string) string {
	return strings.Join(strings.FieldsFunc(fold(s), func(r rune) bool { return strings.ContainsRune(" -–'’,.", r) }), " ")
}

// goalReader takes a goal out of words.
type goalReader struct {
	locale.Calendar
	goal   store.Goal
	amount float64
	units  []string
	from   store.Day // 0 where none was told
	until  store.Day // the last one; 0 where none was told
	rest   []string
}

// The least days that a goal without an end is given.
const (
	leastGoal    = 10
	leastJourney = 90
)

// readGoal reads "set 1000 km by 30 sep", "100 runs", "20 h yoga this quarter"
// or "along lisbon-berlin". Lack names what was not understood.
func readGoal(c locale.Calendar, args []string, routes []way) (goal store.Goal, lack string) {
	r := goalReader{Calendar: c}
	words := locale.Typed(args)
	for i := 0; i < len(words); {
		i += r.take(words[i:], i == 0)
	}
	if lack := r.what(routes); lack != "" {
		return goal, lack
	}
	return r.goal, r.when()
}

// take reads what the words begin with and returns how many it were.
func (r *goalReader) take(words []string, first bool) int {
	word := words[0]
	if first && isSet(word) {
		return 1
	}
	if day, used, ok := r.From(words); ok && r.from == 0 {
		r.from = day
		return used
	}
	if r.amount == 0 {
		if x, unit, used, ok := locale.ParseNumber(words); ok && x > 0 {
			r.amount = x
			if unit != "" {
				r.units = append(r.units, unit)
			}
			return used
		}
	}
	if sport, ok := sportOf(word); ok && r.goal.Sport == "" {
		r.goal.Sport = sport
		return 1
	}
	if _, _, ok := goalUnit([]string{word}, ""); ok && r.amount > 0 && len(r.units) < 2 {
		r.units = append(r.units, word)
		return 1
	}
	if span, used, ok := r.Whole(words); ok && r.until == 0 {
		r.from, r.until = span.Start, span.Last()
		return used
	}
	if day, used, ok := r.Until(words); ok && r.until == 0 {
		r.until = day
		return used
	}
	if !isLittle(word) {
		r.rest = append(r.rest, word)
	}
	return 1
}

// what settles what is to be reached.
func (r *goalReader) what(routes []way) (lack string) {
	if name := spaced(strings.Join(r.rest, " ")); name != "" {
		i := slices.IndexFunc(routes, func(w way) bool {
			return slices.ContainsFunc(w.names, func(n string) bool { return n == name || strings.HasPrefix(n, name+" ") })
		})
		if i < 0 || r.amount > 0 {
			return "unknown"
		}
		r.goal.Route, r.goal.Metric, r.goal.Target = routes[i].Key, routes[i].Metric, routes[i].Length
		return ""
	}
	if r.amount == 0 {
		return "unknown"
	}
	metric, factor, ok := goalUnit(r.units, r.goal.Sport)
	if !ok {
		return "unit"
	}
	r.goal.Metric, r.goal.Target = metric, r.amount*factor
	if r.goal.Target > 1e9 || r.goal.Target < leastTarget(metric) {
		return "unknown"
	}
	return ""
}

// leastTarget is the least that can be told of a metric: a smaller target
// would read as nothing.
func leastTarget(m store.Metric) float64 {
	switch m {
	case store.ByDistance:
		return 100
	case store.ByTime:
		return 60
	}
	return 1
}

// when settles from which day to which. What ends with this month begins with
// it; without an end a goal is for this month, for this quarter where little
// of the month is left, or for the next month; a journey for this year.
func (r *goalReader) when() (lack string) {
	month := store.MonthOf(r.Today)
	if r.until == 0 {
		r.until = r.end(month)
	}
	if r.from == 0 {
		r.from = r.Today
		if r.until == month.Last() && r.goal.Route == "" {
			r.from = month.Start
		}
	}
	switch {
	case r.until < r.Today:
		return "past"
	case r.until < r.from || r.until-r.from > 3*366:
		return "end"
	}
	r.goal.Span = store.Span{Start: r.from, End: r.until + 1}
	return ""
}

func (r *goalReader) end(month store.Span) store.Day {
	y, m, _ := r.Today.Date()
	quarter := store.Date(y, (m-1)/3*3+4, 1) - 1
	switch {
	case r.goal.Route != "":
		if year := store.YearOf(r.Today); year.Last()-r.Today >= leastJourney {
			return year.Last()
		}
		return store.YearOf(store.Date(y+1, 1, 1)).Last()
	case month.Last()-r.Today >= leastGoal:
		return month.Last()
	case quarter-r.Today >= leastGoal:
		return quarter
	}
	return store.MonthOf(month.End).Last()
}

// goalUnit returns the metric that units mean and how much of the metric's own
// unit the first one is: metres, seconds, minutes of effort, days, workouts. A
// number of a sport alone counts workouts; metres are climbed, but by swimmers
// and rowers.
func goalUnit(units []string, sport store.Sport) (metric store.Metric, factor float64, ok bool) {
	if len(units) == 0 {
		return store.ByCount, 1, sport != ""
	}
	for _, unit := range units {
		m, x, known := oneUnit(unit)
		switch {
		case !known:
			return "", 0, false
		case factor == 0:
			metric, factor = m, x
		case m == store.ByClimb && metric == store.ByClimb, m == store.ByEffort && metric == store.ByTime:
			metric, factor = m, min(factor, 1) // "5000 m up", "300 minutes of effort"
		case metric == store.ByEffort && m == store.ByTime: // "300 effort minutes"
		default:
			return "", 0, false
		}
	}
	flat := sport == store.Swim || sport == store.Row
	if metric == store.ByClimb && flat && len(units) == 1 && !isClimb(units[0]) {
		metric = store.ByDistance
	}
	return metric, factor, true
}

// oneUnit returns what one unit means by itself.
func oneUnit(unit string) (store.Metric, float64, bool) {
	if isClimb(unit) {
		return store.ByClimb, 1, true
	}
	switch unit {
	case "m", "meter", "meters", "metre", "metres", "metros", "mts", "metri":
		return store.ByClimb, 1, true
	case "ft", "feet", "foot", "fuss", "pies", "pes", "pieds", "piedi", "voet":
		return store.ByClimb, 0.3048, true
	case "km", "k", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "kilometern", "kilometros", "quilometros", "chilometri": //nolint:misspell // Spanish
		return store.ByDistance, 1000, true
	case "mi", "mile", "miles", "meilen", "millas", "milhas", "milles", "miglia", "mijl", "mijlen":
		return store.ByDistance, 1609.344, true
	case "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "hora", "horas", "heure", "heures", "ora", "ore", "uur", "uren":
		return store.ByTime, 3600, true
	case "min", "mins", "minute", "minutes", "minuten", "minutos", "minuti":
		return store.ByTime, 60, true
	case "effort", "intensity", "intensitat", "intensitaet", "anstrengung", "belastung", "esfuerzo", "intensidad", "esforco", "intensidade", "intensite", "sforzo", "intensita",
		"intensiteit", "inspanning",
		"intensitatsminuten", "intensitaetsminuten", "intensives", "intensiteitsminuten":
		return store.ByEffort, 1, true
	case "d", "day", "days", "tag", "tage", "dia", "dias", "jour", "jours", "giorno", "giorni", "dag", "dagen":
		return store.ByDays, 1, true
	case "workout", "workouts", "session", "sessions", "activity", "activities", "times", "einheiten", "trainings", "aktivitaten", "entrenamientos", "entrenos",
		"treinos", "seances", "entrainements", "allenamenti", "sessioni", "trainingen", "mal", "x":
		return store.ByCount, 1, true
	}
	return "", 0, false
}

func isClimb(word string) bool {
	switch word {
	case "climb", "climbed", "climbing", "up", "ascent", "elevation", "vertical", "hm", "hohenmeter", "hoehenmeter", "bergauf", "desnivel", "subida", "denivele", "d+",
		"dislivello", "salita", "hoogtemeters", "hoogte", "omhoog":
		return true
	}
	return false
}

func isSet(word string) bool {
	switch word {
	case "set", "new", "setze", "setzen", "neu", "neues", "poner", "fijar", "nueva", "nuevo", "definir", "nova", "novo", "fixer", "nouveau", "imposta", "nuovo", "zet", "stel", "nieuw":
		return true
	}
	return false
}

// isLittle says whether a word may stand in a goal and means nothing there.
func isLittle(word string) bool {
	switch word {
	case "of", "the", "together", "as", "group", "along", "route", "way", "journey", "in", "on", "goal", "active", "total", "a", "an",
		"entlang", "strecke", "zusammen", "gemeinsam", "von", "der", "die", "das", "im", "aktive",
		"de", "del", "la", "el", "en", "juntos", "ruta", "rota", "por", "ao", "longo", "le", "du", "ensemble", "itineraire", "insieme", "lungo", "il", "percorso",
		"samen", "langs", "het", "van", "-", "–", "activos", "ativos", "actifs", "attivi", "actieve":
		return true
	}
	return false
}
