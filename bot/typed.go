package bot

import (
	"slices"
	"strings"
	"unicode"

	"clubrun/digest/locale"
)

// What people type inside a dialogue, in all languages at once: nobody should
// have to guess which one the bot expects.

// isYes says whether a folded text is a yes. What is in doubt is none: a yes
// may show somebody to a group.
func isYes(s string) bool {
	if strings.ContainsAny(s, "?¿") {
		return false // they ask
	}
	switch uttered(s) {
	case "yes", "y", "yep", "yea", "yess", "yes for now", "yes lets go", "yes let's go", "yup", "yeah", "yes yes", "yes ok", "ok yes", "yes do it", "do it", "yes sure", "sure", "sure why not", "of course", "yes of course", "go ahead", "yes go ahead", "go on", "go on then", "go for it", "yes go for it", "absolutely", "yes absolutely", "definitely", "fine", "yes fine", "that's fine", "fine by me", "fine with me", "sounds good", "yes sounds good",
		"i'm ok with that", "im ok with that", "ok with me", "please do", "yes please do", "why not", "yes why not", "ok why not", "yeah sure", "yeah ok", "yeah go on", "aye", "alright", "all right", "ok", "okay", "👍", "👌", "✅", "☑", "✔", "🆗",
		"ja", "j", "jo", "jup", "jep", "ja ja", "ja klar", "na klar", "klar", "ja gerne", "ja gern", "gerne", "gern", "ja mach", "mach das", "naturlich", "einverstanden", "mach", "mach mal", "mach ruhig", "ja mach mal", "ja mach ruhig", "passt", "ja passt", "passt schon", "klar doch", "ja klar doch", "aber klar", "aber sicher", "jawohl", "jawoll", "von mir aus", "ja von mir aus", "meinetwegen", "ja meinetwegen",
		"auf jeden fall", "ja auf jeden fall", "unbedingt", "sehr gern", "sehr gerne", "ja sehr gerne", "warum nicht", "ja warum nicht", "ok warum nicht", "logo", "na logo", "ja ok", "ja okay", "ok ja", "ja bitte gern", "ja sicher", "jupp", "ja darfst du", "darfst du", "ja du darfst", "geht klar", "in ordnung",
		"si", "s", "si si", "si si si", "perfecto", "perfeito", "beleza", "ta", "sim sim sim", "claro", "claro que si", "si claro", "por supuesto", "vale", "venga", "venga va", "de acuerdo", "sip", "dale", "si dale", "ok dale", "por mi si", "como no", "sim", "sim sim", "simm", "agora sim", "ahora si", "pode ser", "pode sim", "por mim sim", "esta bem", "ta bem", "ta bom", "bora", "claro que sim", "sim claro", "com certeza", "adelante", "si adelante", "ok vamos", "si vamos", "podes", "sim podes", "tuurlijk joh", "ja tuurlijk joh",
		"oui", "o", "oui oui", "ouais", "ouais ok", "ouais d'accord", "ouais vas-y", "oki", "oki doki", "ouep", "ui", "oui bien sur", "bien sur", "oui bien sur que oui", "d'accord", "oui d'accord", "ok d'accord", "volontiers", "oui volontiers", "oui ok", "ok oui", "oui c'est bon",
		"vas-y", "vas y", "oui vas-y", "oui vas y", "ok vas-y", "allez oui", "oui allez", "allez vas-y", "carrement", "oui carrement", "mais oui", "oui oui vas-y", "oui pas de souci", "oui pas de probleme",
		"ca marche", "ok ca marche", "oui ca marche", "pourquoi pas", "oui pourquoi pas", "je veux bien", "oui je veux bien", "avec plaisir", "oui avec plaisir", "oui tu peux", "tu peux", "evidemment",
		"certo", "si certo", "certo che si", "va bene", "si va bene", "ok va bene", "certamente", "volentieri", "si volentieri", "si dai", "dai si", "ok dai", "ma si", "ma si dai", "ma certo", "si grazie", "si vai", "ok vai",
		"perche no", "si perche no", "d'accordo", "si d'accordo", "ok si", "si ok", "sisi", "sii", "si puoi", "puoi", "si mostrami", "assolutamente", "assolutamente si", "si assolutamente", "con piacere",
		"jazeker", "zeker", "ja zeker", "ja graag", "graag", "ja hoor", "ja prima", "ja prima hoor", "prima", "prima hoor", "ja goed", "ja goed hoor", "is goed", "ja is goed", "dat is goed", "ja dat is goed", "is prima", "ja is prima", "oke", "ja oke", "is oke", "ja is oke", "doe maar", "ja doe maar", "ok doe maar", "ja doe",
		"tuurlijk", "ja tuurlijk", "natuurlijk", "ja natuurlijk", "mag", "dat mag", "ja dat mag", "ja mag", "dat mag hoor", "jawel", "ja leuk", "waarom niet", "ja waarom niet", "jaa", "ja top":
		return true
	}
	return false
}

// isNo says whether a folded text is a no, also one for the time being.
func isNo(s string) bool {
	switch uttered(s) {
	case "no", "n", "nope", "nicht jetzt", "tomorrow", "maybe tomorrow", "manana", "domani", "demain", "amanha", "no no no", "nope sorry", "no sorry", "sorry no", "i'd rather stay private", "id rather stay private", "nein sorry", "mejor que no", "para mi no", "para mim nao", "pas pour moi", "non pas pour moi", "non fa per me", "no non fa per me", "preferisco restare privato", "niet voor mij", "liever niet hoor", "i do not agree", "i don't agree", "i dont agree", "nah", "no no", "no way", "no thanks", "no thank you", "not now", "not yet", "later", "maybe later", "rather not", "i'd rather not", "i'd rather not say", "id rather not", "id rather not say", "i'd prefer not", "i'd prefer not to", "prefer not to", "not really", "not for me", "not interested", "i'm not interested", "im not interested", "never", "absolutely not", "please don't", "please dont", "no please", "don't", "dont", "i don't want to", "i dont want to", "no i don't", "no i dont", "👎", "❌", "🚫",
		"nein", "nee", "ne", "nein danke", "lieber nicht", "nein lieber nicht", "noch nicht", "jetzt nicht", "spater", "vielleicht spater", "ne lass mal", "nee lass mal", "nein lass mal", "lass mal lieber", "lass lieber", "auf keinen fall", "nein auf keinen fall", "niemals", "nie", "bloss nicht", "bloß nicht", "eher nicht", "nein eher nicht", "ne eher nicht", "ne lieber nicht", "nee lieber nicht", "lieber doch nicht",
		"nein bitte nicht", "bitte nicht", "will ich nicht", "nein will ich nicht", "ich will nicht", "ich mag nicht", "das will ich nicht", "kein interesse", "nein kein interesse", "kein bock", "ne danke", "nee danke",
		"non", "no gracias", "mejor no", "ahora no", "aun no", "luego", "despues", "depois", "talvez depois", "mas adelante", "no me interesa", "no me interesa gracias", "nao me interessa", "foi engano desculpa", "por ahora no", "de momento no", "nop", "no quiero", "deja no quiero", "prefiero no", "prefiero que no", "nao quero", "prefiro nao", "prefiro que nao", "por agora nao", "por enquanto nao", "deixa estar", "todavia no", "mas tarde", "nao", "nao obrigado", "nao obrigada", "agora nao", "ainda nao", "mais tarde", "melhor nao",
		"non non", "nan", "nan merci", "non merci", "pas maintenant", "non pas maintenant", "pas pour l'instant", "non pas pour l'instant", "pour l'instant non", "pas tout de suite", "plus tard", "non plus tard", "peut-etre plus tard", "pas encore", "non pas encore", "plutot pas", "non plutot pas",
		"je prefere pas", "je ne prefere pas", "non je prefere pas", "surtout pas", "non surtout pas", "jamais", "jamais de la vie", "pas envie",
		"no grazie", "no no grazie", "nono", "meglio di no", "no meglio di no", "non ora", "ora no", "non adesso", "adesso no", "per ora no", "no per ora", "piu tardi", "magari dopo", "magari piu tardi", "forse dopo", "preferisco di no", "no preferisco di no", "preferirei di no", "direi di no", "anche no", "no dai", "non voglio", "no non voglio", "mai", "no mai",
		"nee bedankt", "nee hoor", "nee joh", "nee nee", "neen", "nee liever niet", "nee liever niet dank je", "nee dank je", "nee dankje", "nee dankjewel", "nee dank je wel", "liever niet", "liever even niet", "nu niet", "nu even niet", "nee nu niet", "even niet", "nog niet", "nog even niet",
		"misschien later", "later misschien", "doe maar niet", "nee doe maar niet", "geen zin", "straks":
		return true
	}
	return false
}

// isUndecided says whether a folded text puts a decision off.
func isUndecided(s string) bool {
	switch uttered(s) {
	case "maybe", "perhaps", "not sure", "not sure yet", "i'm not sure", "im not sure", "i don't know", "i dont know", "idk", "dunno", "let me think", "let me think about it", "i'll think about it", "ill think about it", "need to think",
		"vielleicht", "weiss nicht", "weiß nicht", "weiss noch nicht", "weiß noch nicht", "ich weiss nicht", "ich weiß nicht", "keine ahnung", "mal sehen", "mal schauen", "muss ich mir uberlegen", "ich uberleg's mir", "ich uberlegs mir", "ich uberlege noch",
		"pas sur", "je sais pas", "je ne sais pas", "jsp", "je sais pas encore", "je reflechis", "je vais reflechir", "faut que je reflechisse", "bof", "on verra", "peut-etre", "a voir", "j'hesite",
		"non so", "non lo so", "boh", "non saprei", "ci penso", "ci devo pensare", "ci penso su", "fammi pensare", "vediamo", "forse", "non sono sicuro", "non sono sicura",
		"weet niet", "weet nog niet", "weet ik nog niet", "weet ik niet", "ik weet het niet", "ik weet het nog niet", "geen idee", "ik denk er nog over na", "ik denk erover na", "even nadenken", "misschien", "twijfel", "ik twijfel", "liever niet eigenlijk":
		return true
	}
	return false
}

// isForgotten says whether a folded answer is that they do not know.
func isForgotten(s string) bool {
	switch uttered(s) {
	case "i don't know", "i dont know", "i don't know it", "i dont know it", "don't know", "dont know", "don't know it", "dont know it", "no idea", "can't remember", "cant remember", "i can't remember", "i cant remember", "i can't remember it", "i cant remember it", "i forgot", "i forgot it", "forgot", "forgot it", "forgotten",
		"weiss ich nicht", "weiß ich nicht", "weiss ich nicht mehr", "weiß ich nicht mehr", "das weiss ich nicht", "das weiß ich nicht", "das weiss ich nicht mehr", "das weiß ich nicht mehr", "das weiss ich nicht auswendig", "das weiß ich nicht auswendig", "weiss ich nicht auswendig", "weiß ich nicht auswendig", "kenne ich nicht", "keine ahnung", "hab ich vergessen", "habe ich vergessen", "hab es vergessen", "habs vergessen", "vergessen":
		return true
	}
	return false
}

// isWait says whether a folded text only asks for patience.
func isWait(s string) bool {
	s, _, _ = strings.Cut(s, ", ") // "hang on, typing"
	switch strings.TrimPrefix(uttered(s), "ok ") {
	case "wait", "wait a sec", "wait a second", "wait a minute", "wait a moment", "please wait", "hang on", "hang on a sec", "hang on a minute", "hold on", "one moment", "one sec", "one second", "one minute", "just a sec", "just a second", "just a moment", "just a minute", "a moment", "moment", "sec", "a sec", "give me a sec", "give me a minute", "give me a moment", "gimme a sec", "brb", "be right back", "let me check", "let me look", "checking",
		"moment mal", "einen moment", "kleinen moment", "nen moment", "warte", "warte mal", "warte kurz", "wart mal", "warte bitte", "sekunde", "eine sekunde", "augenblick", "einen augenblick", "ich such grad", "ich suche grad", "ich suche gerade", "muss suchen", "muss erst suchen", "muss erst gucken", "muss erst schauen", "ich schau mal", "ich guck mal", "kommt gleich", "gleich", "bin gleich da",
		"attends", "j'attends", "attends un peu", "attends 2 min", "attends deux minutes", "une minute", "une seconde", "un instant", "deux minutes", "2 min", "2 minutes", "je cherche", "je regarde", "j'arrive",
		"aspetta", "un attimo", "un attimino", "un momento", "un secondo", "un minuto", "aspetta un attimo", "aspetta un momento", "sto cercando", "lo cerco", "arrivo", "arriva",
		"wacht", "wacht even", "even wachten", "even geduld", "momentje", "ogenblikje", "een momentje", "ff", "ff wachten", "wacht ff", "ik zoek het op", "ik zoek hem even", "komt eraan":
		return true
	}
	return false
}

// uttered is a plain answer with one apostrophe, and with as many letters as the
// word has: "ouiii" is "oui".
func uttered(s string) string {
	return unstretched(strings.ReplaceAll(plain(s), "’", "'"))
}

// plain is a folded answer without what people put around it: punctuation,
// politeness, and emoji behind words.
func plain(s string) string {
	var kept []string
	for i, word := range strings.Fields(s) {
		word = trim(strings.Trim(word, ",()"))
		if word == "" || i > 0 && (emoji(word) || polite(word) && word != "danke" && word != "thanks") {
			continue
		}
		kept = append(kept, word)
	}
	return strings.Join(kept, " ")
}

// emoji says whether a word is made of pictures only.
func emoji(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.Is(unicode.So, r) })
}

// isErase says whether a folded text is the word that confirms /delete, in any
// language.
func isErase(s string) bool {
	switch trim(strings.TrimSpace(s)) {
	case "delete", "loschen", "loeschen", "borrar", "eliminar", "apagar", "supprimer", "supprime", "elimina", "eliminare", "verwijderen", "verwijder":
		return true
	}
	return false
}

// chosenName returns the name of "name: Annie" or "call me Annie", in any
// language.
func chosenName(text string) (name string, ok bool) {
	word, name, found := strings.Cut(text, ":")
	switch name = strings.TrimSpace(name); strings.TrimSpace(fold(word)) {
	case "name", "nombre", "nome", "nom", "naam":
		return name, found && locale.Name(name) != ""
	}
	words := strings.Fields(text)
	if len(words) > 2 && isYes(fold(words[0])) { // "yes as Annie": asked once more under that name
		words = words[1:]
		if len(words) > 2 && oneOf("but|aber|pero|mas|mais|ma|maar", trim(fold(words[0]))) {
			words = words[1:]
		}
		if len(words) == 2 && oneOf("como|come|comme", fold(words[0])) { // alone these are also a "how"
			return strings.Trim(trim(words[1]), ".,"), letters(fold(words[1])) && locale.Name(words[1]) != ""
		}
	}
	for n := min(4, len(words)-1); n > 0; n-- {
		if n+2 >= len(words) && callsName(fold(strings.Join(words[:n], " "))) {
			name := strings.Trim(trim(strings.Join(words[n:], " ")), ".,")
			return name, locale.Name(name) != "" && letters(fold(name))
		}
	}
	return "", false
}

// callsName says whether folded words lead to a name.
func callsName(s string) bool {
	switch s {
	case "name", "my name is", "name is", "call me", "as", "nenn mich", "nenne mich", "mein name ist", "ich heisse", "als", "ich heisse jetzt", "ich heiße jetzt", "ich heiße", "nombre", "llamame", "me llamo", "mi nombre es", "ponme como", "poneme como", "quiero aparecer como", "quiero salir como",
		"nome", "chama-me", "me chama", "me chama de", "chamo-me", "me chamo", "meu nome e", "poe-me como", "quero aparecer como", "o meu nome e", "nom", "avec le nom", "sous le nom", "sous le nom de", "mets-moi comme", "mets moi comme", "appelle-moi", "appelle moi", "appelez-moi", "je m'appelle", "je m’appelle", "chiamami", "mi chiamo", "con il nome", "col nome", "mettimi come", "naam", "met de naam", "onder de naam", "zet me erin als", "noem me", "noem mij", "ik heet":
		return true
	}
	return false
}

// roadCalled returns the road that a folded answer names in words of its own.
func roadCalled(s string) (road string, ok bool) {
	switch plain(s) {
	case "password", "passwort", "contrasena", "senha", "mot de passe", "avec mot de passe", "avec le mot de passe", "avec mon mot de passe", "wachtwoord", "met mijn wachtwoord", "con la password", "con la mia password", "with password", "mit passwort", "con contrasena", "con mi contrasena", "com senha", "palavra-passe", "com palavra-passe", "com a palavra-passe", "con password", "met wachtwoord":
		return roadChat, true
	case "garmin page", "garmin website", "garmin seite", "garminseite", "page garmin", "la page garmin", "la page de garmin", "site garmin", "le site garmin", "la pagina garmin", "pagina garmin", "sito garmin", "il sito garmin", "garmin pagina", "garminpagina", "garmin site", "de garmin pagina":
		return roadGarmin, true
	case "no garmin", "without garmin", "ohne garmin", "sin garmin", "sem garmin", "sans garmin", "senza garmin", "zonder garmin":
		return roadFiles, true
	}
	for _, word := range strings.Fields(s) {
		if oneOf("garmins|garmin's|garmin’s", trim(word)) {
			return roadGarmin, true
		}
	}
	return "", false
}

// unnamed returns the password of "my password is hunter2" or "password:
// hunter2": people answer in sentences.
func unnamed(password string) string {
	words := strings.Fields(password)
	if len(words) < 2 || len(words) > 7 {
		return password
	}
	f := strings.Fields(fold(strings.Join(words[:len(words)-1], " ")))
	last := f[len(f)-1]
	switch {
	case strings.HasSuffix(last, ":") && called(last):
	case len(f) > 1 && called(f[len(f)-2]) && isCopula(last):
	case oneOf("it is|its|it's|it’s|es ist|das ist|c'est|c’est|cest|het is|dat is", strings.Join(f, " ")):
	default:
		return password
	}
	return words[len(words)-1]
}

// isCopula says whether a folded word is an "is".
func isCopula(s string) bool {
	switch s {
	case "is", "ist", "es", "e", "e'", "est", "c'est", "c’est", "cest", "=", ":":
		return true
	}
	return false
}

// spelt returns the e-mail address of folded words as a voice keyboard writes
// them: "ana at example dot org".
func spelt(s string) (string, bool) {
	var b strings.Builder
	at := 0
	for _, word := range strings.Fields(s) {
		switch trim(word) {
		case "at", "arroba", "chiocciola", "arobase", "apenstaartje", "klammeraffe":
			at++
			b.WriteByte('@')
		case "dot", "punkt", "punto", "ponto", "point", "punt":
			b.WriteByte('.')
		default:
			b.WriteString(word)
		}
	}
	address, ok := email(b.String())
	return address, ok && at == 1 && b.Len() < 80
}

// isStop says whether a folded text ends a dialogue.
func isStop(s string) bool {
	words := strings.Fields(trim(s))
	if len(words) > 1 && len(words) < 4 {
		words = slices.DeleteFunc(words, func(w string) bool { return polite(trim(w)) })
	}
	switch strings.TrimLeft(trim(strings.Join(words, " ")), "/!.") {
	case "stop", "cancel", "quit", "abort", "unsubscribe", "abbrechen", "abbruch", "stopp", "cancelar", "parar", "para", "pare", "parem", "ya basta", "callate", "cala-te", "chega", "ja chega", "baja", "sair",
		"annuler", "arreter", "arrete", "annulla", "basta", "annuleren", "stoppen", "forget it", "vergiss es", "lass mal", "olvidalo", "esquece", "laisse tomber", "lascia perdere", "laat maar", "🛑":
		return true
	}
	return false
}

// isLast says whether a folded word means the one before this.
func isLast(s string) bool {
	switch s {
	case "last", "previous", "prev", "letzte", "letzten", "letzter", "letztes", "vorige", "vorigen", "vorig", "pasada", "pasado", "ultima", "ultimo", "anterior", "passada", "passado",
		"derniere", "dernier", "passee", "precedente", "scorsa", "scorso", "passata", "passato", "laatste", "afgelopen":
		return true
	}
	return false
}

// isOn and isOff read a switch.
func isOn(s string) bool {
	switch s {
	case "on", "yes", "an", "ein", "ja", "si", "sim", "oui", "aan", "ligar", "activar", "ativar", "active", "attiva":
		return true
	}
	return false
}

func isOff(s string) bool {
	switch s {
	case "off", "no", "none", "aus", "nein", "nao", "non", "nee", "uit", "never", "desligar", "desactivar", "desativar", "desactive", "disattiva":
		return true
	}
	return false
}

// isThanks says whether a folded text only thanks.
func isThanks(s string) bool {
	first, _, _ := strings.Cut(trim(s), " ")
	switch unstretched(trim(first)) {
	case "thanks", "thank", "thx", "ty", "danke", "gracias", "obrigado", "obrigada", "merci", "grazie", "bedankt", "dank", "dankjewel", "🙏":
		return len(s) < 40
	}
	switch plain(s) {
	case "good bot", "nice", "great", "cool", "perfect", "super", "top", "toll", "prima", "guter bot", "buen bot", "bom bot", "obrigadao", "muchas gracias", "mil gracias", "muito obrigado", "muito obrigada", "obg", "valeu", "vlw", "brigado", "brigada", "genial", "perfecto", "perfeito", "fixe", "parfait", "perfetto", "mooi", "leuk", "👏", "❤", "🎉", "😂", "😍":
		return true
	}
	return false
}

// digits returns the digits of a text.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// code finds the six digits that somebody typed as "123456", "123 456",
// "G-123456" or "the code is 123456".
func code(text string) (string, bool) {
	d := digits(fold(text))
	return d, len(d) == 6 && len(text) <= 80
}

// choice reads a small number, the answer to a numbered question.
func choice(s string) (int, bool) {
	d := strings.Trim(plain(s), "()")
	words := strings.Fields(d)
	if n := len(words); n > 1 && oneOf("merci|grazie|graag|gracias|obrigad*|dank*|thank*", words[n-1]) {
		words = words[:n-1]
	}
	if len(words) == 2 && oneOf("number|nr|no|n|option|opcion|opcao|opzione|optie|nummer|numero|the|die|das|la|le|il|el|o|a|de|het|pour|per|voor", words[0]) && letters(words[1]) {
		words = words[1:]
	}
	if len(words) > 2 && len(words) < 7 {
		words = slices.DeleteFunc(words, func(w string) bool {
			return oneOf("i|i'd|id|i'll|ill|want|take|like|to|would|go|with|the|option|one|way|ich|nehme|nehm|will|mochte|gern|gerne|die|das|den|variante|moglichkeit|weg", w)
		})
	}
	if len(words) == 1 {
		d = strings.Trim(words[0], "#°º")
	}
	if n := ordinal(d); n > 0 {
		return n, true
	}
	if len(d) == 0 || len(d) > 2 || digits(d) != d {
		return 0, false
	}
	n := 0
	for _, r := range d {
		n = n*10 + int(r-'0')
	}
	return n, n > 0
}

// ordinal returns the small number that folded words mean, or 0.
func ordinal(s string) int {
	for n, all := range []string{
		"one|the first|first|the first one|first one|eins|nummer eins|das erste|die erste|erste|erstes|ersten|uno|el primero|la primera|um|o primeiro|primero|primera|primeiro|primeira|un|une|premier|premiere|le premier|la premiere|primo|prima|il primo|la prima|een|eerste|de eerste",
		"two|the second|second|the second one|second one|zwei|nummer zwei|das zweite|die zweite|zweite|zweites|zweiten|dos|el segundo|la segunda|dois|duas|o segundo|segundo|segunda|deux|deuxieme|le deuxieme|la deuxieme|second|seconde|le second|la seconde|due|secondo|seconda|il secondo|la seconda|twee|tweede|de tweede",
		"three|the third|third|the third one|third one|drei|nummer drei|das dritte|die dritte|dritte|drittes|dritten|tres|el tercero|la tercera|o terceiro|tercero|tercera|terceiro|terceira|trois|troisieme|le troisieme|la troisieme|tre|terzo|terza|il terzo|la terza|drie|derde|de derde",
	} {
		if s != "" && oneOf(all, s) {
			return n + 1
		}
	}
	return 0
}

// email returns the first word that looks like an e-mail address.
func email(text string) (string, bool) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>(),;\"", r) }) {
		word = strings.TrimPrefix(strings.Trim(word, ".:!?'"), "mailto:")
		if i := strings.LastIndexByte(word, ':'); i >= 0 && strings.Contains(word[i:], "@") {
			word = word[i+1:]
		} else if at := strings.IndexByte(word, '@'); at >= 0 && i > at { // a password glued to it
			word = word[:at+strings.IndexByte(word[at:], ':')]
		}
		name, host, found := strings.Cut(word, "@")
		if found && name != "" && len(word) <= 254 && !strings.Contains(host, "@") && strings.Contains(strings.Trim(host, "."), ".") {
			return word, true
		}
	}
	return "", false
}
