package locale

import "sync"

// moment is what a word means where people type a date or a period.
type moment int

// The meanings. A word has one in all languages, or none.
const (
	noMoment moment = iota
	momentThis
	momentLast
	momentNext
	momentSince // and from
	momentTo    // until, by
	momentEnd
	momentFor  // so long
	momentFill // the small words between
	momentToday
	momentYesterday
	momentTomorrow
	momentDay
	momentWeek
	momentMonth
	momentQuarter
	momentYear
)

// momentWords are the folded words of all languages.
func momentWords() map[moment][]string {
	return map[moment][]string{
		momentThis: {"this", "current", "running", "diese", "dieser", "dieses", "diesen", "diesem", "laufende", "laufender", "esta", "este", "cette", "ce", "cet",
			"questa", "questo", "deze", "dit"},
		momentLast: {"last", "previous", "prev", "past", "letzte", "letzten", "letzter", "letztes", "letztem", "vorigem", "vorige", "vorigen", "voriges", "voriger", "pasada", "pasado",
			"ultima", "ultimo", "ultimos", "ultimas", "anterior", "passada", "passado", "derniere", "dernier", "derniers", "dernieres", "passee", "passe", "precedente",
			"scorsa", "scorso", "passata", "passato", "ultimi", "ultime", "laatste", "afgelopen", "vorig"},
		momentNext: {"next", "coming", "nachste", "nachsten", "nachster", "nachstes", "naechste", "naechsten", "kommende", "proxima", "proximo", "prochaine", "prochain",
			"prossima", "prossimo", "volgende", "volgend"},
		momentSince: {"since", "from", "seit", "von", "vom", "ab", "desde", "depuis", "des", "dal", "dalla", "da", "sinds", "vanaf", "van", "starting"},
		momentTo: {"to", "until", "till", "til", "through", "by", "before", "-", "–", "bis", "hasta", "antes", "para", "ate", "a", "al", "ao", "jusqu'au", "jusqu'a",
			"jusque", "jusqu'en", "au", "avant", "d'ici", "fino", "entro", "tot", "voor", "t/m"},
		momentEnd:       {"end", "ende", "fin", "final", "fim", "fine", "eind", "einde"},
		momentFor:       {"for", "fur", "por", "durante", "pour", "pendant", "per", "gedurende"},
		momentFill:      {"of", "the", "in", "on", "am", "im", "der", "den", "dem", "zum", "zu", "el", "la", "los", "las", "de", "del", "en", "le", "les", "du", "lo", "o", "no", "na", "op", "het", "di", "dei", "d'", "e", "and", "und", "y", "et", "nel", "die", "das", "os", "as", "nos", "nas", "gli", "negli", "nelle", "met", "il"},
		momentToday:     {"today", "heute", "hoy", "hoje", "aujourd'hui", "oggi", "vandaag", "now"},
		momentYesterday: {"yesterday", "gestern", "ayer", "ontem", "hier", "ieri", "gisteren"},
		momentTomorrow:  {"tomorrow", "morgen", "manana", "amanha", "demain", "domani"},
		momentDay:       {"d", "day", "days", "tag", "tage", "tagen", "dia", "dias", "jour", "jours", "j", "giorno", "giorni", "dag", "dagen"},
		momentWeek:      {"w", "wk", "kw", "week", "weeks", "woche", "wochen", "semana", "semanas", "semaine", "semaines", "sem", "settimana", "settimane", "weken", "wo"},
		momentMonth:     {"month", "months", "monat", "monate", "monaten", "monats", "mes", "meses", "mois", "mese", "mesi", "maand", "maanden"},
		momentQuarter:   {"quarter", "quartal", "quartals", "trimestre", "kwartaal"},
		momentYear:      {"year", "years", "jahr", "jahre", "jahren", "jahres", "ano", "anos", "an", "ans", "annee", "annees", "anno", "anni", "jaar", "jaren"},
	}
}

// moments are what the words mean.
var moments = sync.OnceValue(func() map[string]moment {
	all := map[string]moment{}
	for m, list := range momentWords() {
		for _, word := range list {
			all[word] = m // a test sees that no word stands twice
		}
	}
	return all
})

// at returns what the word at a place means.
func at(words []string, i int) moment {
	if i < 0 || i >= len(words) {
		return noMoment
	}
	return moments()[words[i]]
}

// filled skips small words from a place on.
func filled(words []string, i int) int {
	for i < len(words) && at(words, i) == momentFill {
		i++
	}
	return i
}
