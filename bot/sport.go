package bot

import "clubrun/store"

// sportOf returns the sport that a folded word means, in any language.
func sportOf(word string) (store.Sport, bool) {
	switch word {
	case "run", "runs", "running", "lauf", "laufe", "laufen", "laeufe", "correr", "carrera", "corrida", "corridas", "running-only", "course", "courses", "courir", "corsa", "corse", "correre", "hardlopen", "lopen", "loop":
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
