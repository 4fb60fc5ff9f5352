package bot

import (
	"strings"

	"clubrun/store"
)

// sportOf returns the sport that a folded word means, in any language.
func sportOf(word string) (store.Sport, bool) {
	switch word {
	case "run", "runs", "running", "lauf", "laufe", "laufen", "laeufe", "correr", "carrera", "carreras", "corrida", "corridas", "running-only", "course", "courses", "courir", "corsa", "corse", "correre", "hardlopen", "lopen", "loop":
		return store.Run, true
	case "ride", "rides", "bike", "biking", "cycling", "rad", "radfahren", "radeln", "fahrrad", "bici", "bicicleta", "ciclismo", "pedal", "velo", "cyclisme", "bicicletta", "fietsen", "fiets", "wielrennen":
		return store.Ride, true
	case "ebike", "e-bike", "ebikes", "pedelec":
		return store.EBike, true
	case "swim", "swims", "swimming", "schwimmen", "nadar", "natacion", "natacao", "nager", "natation", "nuoto", "nuotare", "zwemmen":
		return store.Swim, true
	case "walk", "walks", "walking", "gehen", "spazieren", "spaziergang", "caminar", "caminata", "caminhada", "caminhar", "marche", "marcher", "camminata", "camminare", "wandelen":
		return store.Walk, true
	case "hike", "hikes", "hiking", "wandern", "wanderung", "senderismo", "trilha", "trilho", "randonnee", "rando", "escursione", "escursionismo", "hiken":
		return store.Hike, true
	case "row", "rows", "rowing", "rudern", "remo", "remar", "aviron", "canottaggio", "roeien":
		return store.Row, true
	case "ski", "skiing", "skifahren", "langlauf", "esqui", "sci", "skien":
		return store.Ski, true
	case "strength", "gym", "weights", "kraft", "krafttraining", "fuerza", "gimnasio", "forca", "musculacao", "muscu", "musculation", "forza", "palestra", "kracht":
		return store.Strength, true
	case "yoga", "pilates":
		return store.Yoga, true
	case "team", "football", "soccer", "tennis", "fussball", "futbol", "futebol", "foot", "calcio", "voetbal":
		return store.Team, true
	}
	return "", false
}

// typedSport is sportOf for what people write of what they did, with its other
// forms and pictures.
func typedSport(word string) (store.Sport, bool) {
	switch strings.Trim(word, "\u200d\ufe0f♂♀") {
	case "ran", "jog", "jogged", "jogging", "trail", "trailrun", "treadmill", "joggen", "gejoggt", "gelaufen", "gerannt", "laufband", "dauerlauf", "corri", "corriendo", "trote", "cinta",
		"correndo", "corremos", "passadeira", "esteira", "couru", "footing", "tapis", "corso", "corsetta", "gelopen", "hardgelopen", "rennen", "gerend", "🏃":
		return store.Run, true
	case "rode", "biked", "cycled", "cycle", "bicycle", "mtb", "gravel", "spinning", "trainer", "zwift", "geradelt", "radtour", "rennrad", "pedalei", "pedalada",
		"rouler", "roule", "sortie", "pedalata", "pedalato", "gefietst", "fietstocht", "racefiets", "bicycletta", "🚴", "🚲", "🚵":
		return store.Ride, true
	case "swam", "pool", "geschwommen", "schwimm", "nade", "nadei", "nado", "nage", "nuotato", "nuotata", "gezwommen", "zwem", "🏊":
		return store.Swim, true
	case "walked", "spaziert", "spazieren", "gegangen", "walken", "nordic", "paseo", "camine", "passeio", "caminhei", "marche-nordique", "promenade", "balade", "passeggiata", "camminato", "gewandeld", "wandeling", "🚶":
		return store.Walk, true
	case "hiked", "trek", "trekking", "gewandert", "bergtour", "excursion", "bergwandeling", "🥾":
		return store.Hike, true
	case "rowed", "erg", "ergometer", "gerudert", "rudermaschine", "rame", "rameur", "remei", "remato", "vogatore", "geroeid", "🚣":
		return store.Row, true
	case "skied", "snowboard", "skitour", "sciato", "geskied", "⛷", "🏂":
		return store.Ski, true
	case "lifting", "lifted", "crossfit", "workout", "core", "fitness", "gewichte", "pesas", "treino", "krachttraining", "pesi", "🏋", "💪":
		return store.Strength, true
	case "stretching", "ioga", "dehnen", "yogastunde", "🧘":
		return store.Yoga, true
	case "basketball", "volleyball", "handball", "hockey", "padel", "badminton", "squash", "rugby", "baloncesto", "basquete", "basket", "⚽", "🏀", "🎾", "🏐":
		return store.Team, true
	}
	return sportOf(word)
}
