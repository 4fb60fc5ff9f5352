package bot

import (
	"slices"
	"strings"
	"unicode"
)

// The topics that a sentence may be about, besides the names of commands.
const (
	gistSee    = "see"    // what others see of them
	gistPay    = "pay"    // what it costs
	gistOther  = "other"  // no Garmin, or another watch
	gistJoin   = "join"   // into the list, whatever that takes
	gistStop   = "stop"   // out of something
	gistWhy    = "why"    // why they, or a workout, are not in the list
	gistAsked  = "asked"  // why they are asked for something
	gistForgot = "forgot" // the password is forgotten
	gistSpeak  = "speak"  // in a language
	gistPause  = "pause"  // they are ill, or away
	gistBack   = "back"   // they are here again
	gistWho    = "who"    // whose bot it is
	gistApp    = "app"    // what they need for it
	gistAny    = "any"    // whether they are good enough
	gistAlso   = "also"   // whether somebody else may join, too
	gistBoard  = "board"  // how a line of the board is read
	gistTyped  = "typed"  // a workout, told as people talk
)

// mostGist is the length of a sentence that is read for its gist, in words.
const mostGist = 14

// gistRule says by which words a sentence is about a topic. Of each group of
// words one must be there; of a group that begins with a minus none may be. A
// star stands for any ending.
type gistRule struct{ topic, words string }

// gist guesses what a folded sentence of a direct message is about: the topic
// of the first rule that it keeps, or "". It is a guess for an answer, never a
// reason to store the sentence: it is made of single words, and the others may
// be anything.
func gist(s string) string {
	words := gistWords(s)
	if len(words) == 0 || len(words) > mostGist {
		return ""
	}
	if topic := gistOf(strings.Join(words, " ")); topic != "" {
		return topic
	}
	if tellsSport(words) {
		return gistTyped
	}
	if _, ok := spokenOf(words); ok {
		return gistSpeak
	}
	if _, denies := deniedTongue(words); denies {
		return "language"
	}
	for _, rule := range gistRules() {
		if rule.keeps(words) {
			return rule.topic
		}
	}
	return ""
}

// gistOf returns what a few words are about that people send alone.
func gistOf(s string) string {
	switch s {
	case "im in", "i am in", "count me in", "lets go", "ok lets go", "ok lets do this", "lets do this", "register", "sign up", "signup", "log in", "login", "sign in", "signin", "how do i start", "ready", "im ready",
		"los", "los gehts", "ok los gehts", "auf gehts", "anmelden", "anmeldung", "registrieren", "registrierung", "einloggen", "login bitte", "ich auch", "will auch", "bin bereit", "kann losgehen":
		return gistJoin
	case "moin", "moin moin", "moinsen", "servus", "gruss gott", "grussgott", "gruß gott", "tach", "guten tag", "guten morgen", "guten abend", "huhu", "hallochen", "na", "morning", "good morning", "good evening", "good afternoon", "evening", "hiya", "yo", "sup", "whats up", "howdy":
		return "help"
	case "shut up", "opt out", "mute", "enough", "thats enough", "im out", "i am out", "bin raus", "ich bin raus", "klappe", "sei still", "ruhe jetzt", "schluss", "schluss jetzt", "schluss damit", "jetzt reichts", "es reicht", "reicht", "hor auf", "hoer auf", "hor auf damit", "horen sie auf", "kundigen", "kuendigen", "kundigung", "wrong number", "falsche nummer", "not interested", "kein interesse":
		return gistStop
	case "im back", "i am back", "back again", "bin zuruck", "bin wieder da", "ich bin wieder da", "wieder da", "bin wieder fit", "wieder fit", "wieder gesund",
		"volvi", "ya volvi", "he vuelto", "ya he vuelto", "ya estoy de vuelta", "ya regrese", "ya estoy bien", "ya me recupere", "voltei", "ja voltei", "estou de volta", "ja estou de volta", "ja estou bom", "ja estou boa":
		return gistBack
	case "whats the catch", "what is the catch", "wo ist der haken", "was ist der haken":
		return gistPay
	case "gdpr", "dsgvo", "auskunft", "auskunft bitte", "datenauskunft":
		return "privacy"
	case "where am i", "my rank", "whats my rank", "mein platz", "mein rang", "wo steh ich", "wo stehe ich":
		return "me"
	}
	return ""
}

// tellsSport says whether a sentence tells of a workout: an amount, and what
// was done.
func tellsSport(words []string) bool {
	amount, done := false, false
	for i, w := range words {
		unit := strings.TrimLeft(w, "0123456789")
		if unit == "" && i+1 < len(words) {
			unit = words[i+1]
		} else if unit == w {
			unit = ""
		}
		amount = amount || oneOf("k|km|kms|mi|mile|miles|meilen|kilometer|kilometre|kilometres|kilometers|min|mins|minutes|minuten|h|hour|hours|std|stunde|stunden|kilometros|quilometros|minuto|minutos|hora|horas", unit)
		done = done || oneOf("ran|jogged|rode|cycled|biked|swam|walked|hiked|gelaufen|gejoggt|geradelt|gefahren|geschwommen|gewandert|spaziert|marschiert|gerannt|joggen|laufen|schwimmen|radeln|wandern|spazieren|corri|corrido|corriendo|trote|rode|pedalee|nade|nadado|camine|caminado|caminata|anduve|hice|hecho|corrida|pedalei|nadei|caminhei|andei|fiz|treinei|entrene", w)
	}
	return amount && done && !slices.ContainsFunc(words, func(w string) bool {
		return oneOf("how|many|much|wie|viel|viele|why|warum|goal|ziel|will|want|when|wann|cuanto|cuantos|quanto|quantos|que|como|meta|objetivo|quiero|quero|cuando|quando|donde|onde|falta", w)
	})
}

func (r gistRule) keeps(words []string) bool {
	for group := range strings.FieldsSeq(r.words) {
		bare := strings.TrimPrefix(group, "-")
		if slices.ContainsFunc(words, func(w string) bool { return oneOf(bare, w) }) == (bare != group) {
			return false
		}
	}
	return true
}

// oneOf says whether a word is one of a group.
func oneOf(group, word string) bool {
	for one := range strings.SplitSeq(group, "|") {
		if start, open := strings.CutSuffix(one, "*"); word == one || open && strings.HasPrefix(word, start) {
			return true
		}
	}
	return false
}

// gistWords takes a folded sentence apart: "c'est" is one word, "sais-tu" two.
// A text with an address in it is no sentence.
func gistWords(s string) []string {
	s = strings.ReplaceAll(s, " + ", " ") // "non voglio + comparire"
	if len(s) > 200 || strings.ContainsAny(s, "@/\\_=<>{}[]#$%&*+|") {
		return nil
	}
	s = strings.NewReplacer("'", "", "’", "", "`", "", "´", "").Replace(s)
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Fields(longhand(words))
}

// spokenOf returns the language that a sentence asks to be answered in.
func spokenOf(words []string) (lang string, ok bool) {
	if own, denies := deniedTongue(words); denies {
		return own, own != ""
	}
	for i, w := range words {
		lang, ok := languageOf(w)
		if !ok || len(w) < 5 {
			continue
		}
		asked := slices.ContainsFunc(words, func(w string) bool {
			return oneOf("switch|change|wechsel*|umstell*|stell|speak*|talk*|write|answer|reply|sprich*|sprech*|antwort*|habl*|fala*|falo|parl*|repond*|rispond*|respond*|spreek*|praat*", w)
		})
		if asked || len(words) == 1 || len(words) == 2 && slices.ContainsFunc(words, polite) || i > 0 && i < 3 && len(words) < 5 && oneOf("auf|in|en|em|op|a", words[i-1]) {
			return lang, true
		}
	}
	return "", false
}

// gistRules are the rules for all languages. The first that is kept counts, so
// that questions come before wishes, and erasing before stopping.
func gistRules() []gistRule {
	return []gistRule{
		{"hide", "delete|remove|erase|losch*|loesch*|entfern*|borra*|elimin*|apag*|remov*|supprim*|efface*|cancell*|verwijder* run|ride|swim|walk|hike|workout|activity|session|lauf|fahrt|ausfahrt|runde|einheit|training|spaziergang|aktivitat|carrera|salida|entreno|entrenamiento|actividad|corrida|treino|atividade|volta|course|sortie|seance|activite|corsa|uscita|allenamento|attivita|giro|loop|loopje|rit|rondje|activiteit -all|alle|alles|everything|todo|todos|todas|tudo|tout|toutes|tous|tutto|tutti|me|mich|data|daten|account|konto|not|nicht"},
		{gistTyped, "add|enter|type|nachtragen|eintragen|hinzufugen|anadir|anado|agregar|registrar|adicionar|acrescentar|ajouter|rajouter|aggiungere|aggiungo|inserire|toevoegen|invoeren run|ride|swim|walk|hike|workout|activity|session|lauf|fahrt|ausfahrt|runde|einheit|training|spaziergang|aktivitat|carrera|salida|entreno|entrenamiento|actividad|corrida|treino|atividade|volta|course|sortie|seance|activite|corsa|uscita|allenamento|attivita|giro|loop|loopje|rit|rondje|activiteit -me|mich|list|liste|lista|group|gruppe"},
		{gistStop, "stop|dont|quit|nicht|no|nao|pas|non|niet sharing|share|teilen|teile|compartir|compartas|partilhar|partilhes|partager|partage|condividere|delen|deel -why|warum|who|wer"},
		{gistStop, "rausnehmen|rausstreichen|austragen|uitschrijven -nicht"},
		{gistStop, "get|bekomm*|krieg*|recib*|receb*|recev*|recois|ricev*|krijg* lot|lots|many|viele|muchos|muitas|beaucoup|molti|tanti|veel message|messages|nachrichten|mensajes|mensagens|messaggi|berichten"},
		{gistPay, "bezahlen|payer|pagar|pagare|betalen|gratis|kostenlos|gratuit|gratuito"},
		{gistSee, "can|could|puedo|posso|peux|kann|kan|darf see|ver|verlo|voir|vedere|vederlo|sehen|zien first|before|beforehand|antes|avant|dabord|prima|vorher|zuerst|erst|eerst|vooraf"},
		{gistSee, "what|was|que|quoi|cosa|wat|quest happens|passiert|pasa|acontece|passe|succede|gebeurt yes|ja|si|sim|oui"},
		{"timezone", "time|clock|uhrzeit|hora|heure|ora|tijd wrong|falsch|mal|incorrecta|equivocada|errada|fausse|sbagliata|fout|verkeerd -run|race|running"},
		{"privacy", "cest sur|sure|fiable|serieux -le|la|les|quel|garmin|liste|classement|mon|ma|moi"},
		{gistAlso, "wife|husband|partner|friend|friends|girlfriend|boyfriend|brother|sister|son|daughter|mother|mum|mom|father|dad|colleague|frau|freund*|bruder|schwester|sohn|tochter|mutter|vater|kolleg*|mujer|marido|esposa|esposo|novia|novio|amiga|amigo|amigas|amigos|hermano|hermana|hijo|hija|mulher|namorad*|irma|irmao|filho|filha|femme|mari|copine|copain|amie|frere|soeur|fils|fille|moglie|marito|fidanzat*|amico|amica|amici|fratello|sorella|figlio|figlia|vrouw|vriend*|broer|zus|zoon|dochter can|could|may|join|too|also|kann|konnte|auch|darf|mitmachen|puede|pueden|tambien|unirse|pode|podem|tambem|peut|peuvent|aussi|puo|anche|kan|ook|mag|meedoen -see|sees|sehen|sieht|voir|voit|ver|ve|vedere|vede|zien|ziet|read|lesen|liest|data|daten|datos|dados|donnees|dati|show*|hide|remove|delete|stop|duel*"},
		{"name", "only|just|nur|bloss|solo|so|apenas|seulement|juste|soltanto|alleen first|vorname*|pila|primeiro|primer|nombre|prenom|nome|voornaam -show|who|wer|quien|quem|in|week"},
		{gistAsked, "sign*|log|logged|login|melde|angemeldet|anmeld*|eingeloggt google|apple|facebook|gmail"},
		{gistAsked, "two|zwei|several|mehrere accounts|emails|mails|konten|adressen"},
		{gistAsked, "idk|know|remember|weiss|weiß|forgot*|vergess* email|mail|adresse|address"},
		{gistAsked, "do i have to -what|install|app|pay|wear|run"},
		{gistAsked, "muss ich das|unbedingt|denn"},
		{gistApp, "appli|app|lappli|unapp|unappli|lapp|application|telecharger|installer|scaricare|installare|downloaden|installeren faut|dois|besoin|serve|devo|moet|nodig -strava|polar|suunto|coros"},
		{gistBoard, "points|punti|punten|stipjes|bolletjes|pallini quoi|cosa|wat|signifie*|significa*|betekenen|comment|come|hoe -gps"},
		{gistWho, "qui|chi|wie gere|derriere|gestisce|dietro|beheert|achter bot|ca|dit|deze|questo|projet|programma|cest"},
		{gistBoard, "how|wie|explain|erklar* ranking|rangliste|board|leaderboard|points|punkte|tabelle|score*|wertung work*|calculated|berechnet|funktioniert|geht|counted|gezahlt|zustande"},
		{gistOther, "need|brauch* watch|uhr -new|neue"},
		{gistBoard, "what|whats|was|mean*|bedeut* dots|dot|punkte|tilde|zahl|squiggle -password|passwort|code"},
		{gistBoard, "what|was mean|means|heisst|heißt|bedeutet 1*|2*|3*|4*|5*|6*|7*|8*|9*"},
		{gistWho, "who|whos|wer runs|behind|owns|operates|betreibt|steckt|dahinter|verantwortlich bot|this|it|that|das|dahinter|hier|here|program|programm"},
		{gistWho, "are|is|ist|bist|gehort|seid you|it|this|das|du|ihr|der from|of|belong*|zu|von garmin|whatsapp|meta -read*|lies*|what|was|data|daten"},
		{gistWho, "is|ist official|offiziell|officially"},
		{gistApp, "app|install*|installier*|download|herunterladen need|brauch*|muss|must|have|required|notig|noetig -data|daten|no|kein*|nicht"},
		{gistAny, "slow|slowly|langsam|beginner|anfanger*|unfit|unsportlich -see|sees|sehen|sieht|join|mitmachen|garmin|you|du|bot|sync|page|seite|internet"},
		{gistAny, "walk|walking|walks|gehen|spazier*|wandern|hiking count|counts|zahlt|zahlen|zaehlt|ok|okay|allowed|reicht -did|didnt|not|nicht|doesnt|my|mein*|why|warum|wieso"},
		{gistSee, "everyone|everybody|anyone|anybody|jeder|jeden|alle|man|boss|chef see|sees|sehen|sieht -why|warum|wieso|dont|nicht"},
		{gistSee, "heart*|puls|pulse|herz*|weight|pace|speed|tempo visible|shown|public|sichtbar|offentlich"},
		{gistSee, "was|what die|leute|freunde|friends|alle|man sehen|see|sees"},
		{gistStop, "text|message|messages|nachrichten|schreibst|nervst all|often|dauernd|standig|oft|always|constantly i|ich|me|mir|du"},
		{gistStop, "didnt|never|not|nie|nicht|no|nao|jamais|pas|non|geen|niet|nooit say|said|gesagt|dije|disse|dit|detto|gezegd yes|ja|si|sim|oui"},
		{gistStop, "didnt|never|not|nie|nicht|no|nao|jamais|pas|non|niet|nooit agree|agreed|consented|zugestimmt|eingewilligt|accepte|acepte|aceitei|accettato|toegestemd"},
		{gistStop, "want|like|mochte|will|mag not|dont|nicht anymore|more|longer|mehr -info*"},
		{gistStop, "poste*|zeig*|erwahn* nicht|nichts|nix|nie mehr"},
		{"delete", "remove|entfern*|wipe all|alle|alles|everything info*|daten|data|stuff|mir|me"},
		{"privacy", "liest|lest|read|reading du|you|ihr unsere|unseren|our|gruppe|group|chat|chats"},
		{"privacy", "can|kann i|ich change|andern|aendern|undo|ruckgangig|anders later|spater|again|wieder"},
		{"privacy", "what|was saved|stored|kept|gespeichert"},
		{"privacy", "welche|which|what daten|data hast|habt|have|got"},
		{gistWhy, "am|bin|steh* i|ich on|in|auf|drin|drauf board|list*|liste|rangliste|tabelle"},
		{gistWhy, "wo|where ist|is|bleibt das|it|that gestern|heute|yesterday|today"},
		{gistPause, "get|have|can|brauch*|need|want|mochte|take break|pause|auszeit"},
		{"name", "name|namen wrong|falsch|misspelt|misspelled|geschrieben|typo -password"},
		{"units", "show|in|zeig* miles|meilen|km|kilometer|kilometers -ran|run|how|many|wie|viele|gelaufen|goal|ziel"},
		{gistSee, "track|tracks|tracking|spy|trackst|verfolgst|uberwachst me|i|us|mich|ich -keep|my"},
		{"privacy", "sell*|sold|verkauf*|weitergeb*|weitergegeben data|daten|info*|them|das|die"},
		{"privacy", "gdpr|dsgvo|rgpd|auskunft"},
		{"privacy", "gespeichert|speicherst|speichert was|mich|mir|meine|du|das|es|wird"},
		{"privacy", "what|was|all|alles you|u|du|ihr know|weisst|weißt|wisst -not|nicht"},
		{"privacy", "do|does|is|wird|ist store*|encrypt*|verschlusselt|safe it|that|das|es|password|passwort"},
		{"privacy", "can|could|kann|komm* later|spater|anytime|jederzeit|afterwards leave|out|quit|stop|raus|aussteigen|weg|delete|loschen"},
		{"delete", "forget|vergiss me|mich -password"},
		{gistStop, "schreib|schick|nerv* mir|mich nicht|nix|nichts|keine"},
		{gistStop, "dont|no text|message|messages|write|spam|bother me|more|please|anymore -delete|read"},
		{gistStop, "turn|switch|mach* off|aus it|this|das|dich|den|bot -health|races|digest"},
		{gistStop, "take|nimm|mich|me|hol|holt off|down|runter|raus -auf|foot|week*|days"},
		{gistStop, "will|mochte|mag nicht|ned|net schreiben|sagen|verraten|eingeben|tippen"},
		{gistStop, "garmin trenn*|abmelden|abkoppel*|loskoppel*|entfern*|remove"},
		{gistPause, "mach*|taking|take|having|brauch* pause|break|auszeit|off -me|mich|it"},
		{gistWhy, "did|hat it|es|das work*|geklappt|funktioniert -app|how|wie"},
		{gistWhy, "am|bin i|ich deleted|geloscht"},
		{gistWhy, "not|didnt|isnt|wasnt|never|doesnt|wont count*|there|showing|listed|appear*|sync* run|ride|swim|walk|workout|training|activity"},
		{"week", "who|whos|wer winning|leading|ahead|fuhrt|vorne|vorn|erster"},
		{"me", "what|whats|welche* my|ich|mein rank|place|position|platz|rang"},
		{"me", "wie viel|viele|weit km|kilometer|stunden|hm|ich|bin -konnen|darf"},
		{"hide", "hide|versteck*|verberg*|dont|blende* my|mein*|yesterdays|todays|den|die|last run|lauf|ride|workout|einheit|training|walk|fahrt|spaziergang|runde -why|warum|where|wo|see|count*|data"},
		{"units", "miles|meilen|kilometers|kilometres|km please|in|use|statt|instead|bitte -ran|run|did|how|many|goal|far|walked|swam|rode|much|viele|wie|gelaufen|ziel"},
		{"digest", "when|whens|wann next|digest|bericht|report|summary|post|results|nachste* -race|run|goal|you|du|back|password"},
		{"digest", "how|wie often|oft -i|ich"},
		{"name", "nenn*|call|heisse|heiße mich|me|ich -when|back"},
		{gistBack, "im|i|am|bin|ich back|wieder|zuruck da|back|fit|zuruck|gesund -want|will|was"},
		{gistJoin, "add|trag*|nimm|mach|melde*|set|log|count me|mich in|up|on|ein|rein|drauf|auf|an|mit|pls|please|bitte -off|out|raus|aus|dont|nicht|runter"},
		{gistJoin, "add|eintragen me|mich -not|dont|off"},
		{gistJoin, "wanna|want|will|mochte|moechte be|sein|auf|on|in|da board|leaderboard|list*|liste|rangliste|tabelle|drauf|drin|dabei|rein -not|nicht|mehr|out|off|dont|nie"},
		{gistJoin, "how|wie connect|verbinde|verbinden|verknupfe -why"},
		{gistJoin, "have|got|habe|hab|hast|uhr|watch garmin|forerunner|fenix|edge|instinct|venu|vivoactive|epix -dont|not|no|kein*|nicht|havent|never|password|account|email|konto|new|neue|changed|two"},
		{"help", "what|was|wie do|muss|soll|gehts i|ich|weiter|jetzt do|to|machen|tun|weiter|jetzt -now"},
		{"help", "understand|versteh*|kapier*|confused -why|warum"},

		{gistForgot, "forgot*|forget|lost|vergessen|vergass|olvid*|esquec*|oublie*|dimentic*|vergeten password|passwort|kennwort|contrasena|clave|senha|passe|mdp|wachtwoord"},
		{gistForgot, "souviens|rappelle|ricordo|kwijt|remember|erinner*|acuerdo|lembro|retrouve|trovo plus|pas|non|no|niet|kwijt|dont|nicht|nao password|passe|mdp|wachtwoord|passwort|kennwort|contrasena|senha|clave"},
		{"privacy", "do|dou|doy|donne|donnerai|geef|gebe|give non|no|nao|niet|pas|nicht|dont dat|password|passe|mdp|wachtwoord|passwort|kennwort|contrasena|senha|clave"},
		{"privacy", "rgpd|gdpr|dsgvo|avg|lgpd"},
		{"privacy", "sell|sells|selling|vend|vends|vendez|vendre|vende|vendi|vendete|vendono|vendes|verkoop*|verkop*|verkauf*|doorverko* data|daten|datos|dados|donnees|dati|gegevens|info|infos"},
		{gistAsked, "why|warum|wieso|porque|pourquoi|perche|waarom mail|email|emailadres|adresse|correo|endereco|indirizzo"},
		{gistStop, "arrete|arretez|arreter|smetti|smettila|stop|hou|ophouden envoyer|menvoyer|ecrire|mecrire|scrivermi|mandarmi|messages|messaggi|sturen|berichten|berichtjes"},
		{gistStop, "niet meer laten|tonen|zichtbaar"},
		{gistStop, "non mostrarmi|pubblicarmi|farmi"},
		{gistSee, "dove|ou|waar corro|vado|cours|loop|fiets|ren sanno|sapete|sai|vedi|vede*|savez|savent|sais|weten|weet|zien|zie|ziet"},
		{"privacy", "veilig|securise*|sicuri|sicure donnees|gegevens|dati|data"},
		{"privacy", "quoi|cosa|wat fais|faites|fai|fate|doe|doet|doen infos|info|donnees|dati|gegevens|data -export*|ik"},
		{"privacy", "quelles|quoi|che|quali|wat|welke infos|info|informations|informazioni|donnees|dati|gegevens|data tas|as|hai|heb|hebt|avez|avete"},
		{"privacy", "salvi|conservi|tieni|memorizzi|registri me"},
		{"me", "hoe|combien|come sta|suis|fais|sono|vado ervoor|messo|messa|semaine|mois"},
		{"hide", "cache|cacher|masque|masquer|nascondi|nascondere|verberg|verbergen|hide course|sortie|seance|activite|corsa|uscita|allenamento|attivita|giro|rondje|training|loop|rit|run|ride|workout"},
		{gistStop, "veux|voudrais|voglio|vorrei|wil|will|mochte|want plus|pas|non|no|niet|nicht|dont voient|voie|voit|vedano|vedono|veda|zien|ziet|sehen|sieht"},
		{gistStop, "plus|geen|keine|keinen|stop|basta|niente|piu message|messages|messaggi|messaggio|berichten|berichtjes|bericht|nachrichten|notif*"},
		{gistAsked, "why|warum|wieso|wozu|porque|porq|xq|pq|pourquoi|perche|waarom need|want|ask|brauch*|willst|fragst|necesita*|quieres|precisa*|quer|queres|besoin|veux|demande*|serve|chiedi|vuoi|nodig|vraag*|wil"},
		{gistForgot, "no|nao me|la|a se|sei|acuerdo|recuerdo|lembro"},
		{gistAsked, "para|pra que quieres|necesitas|precisa*|queres|quer|isso|isto|eso|esto|disso|disto -bot|grupo|sirve|serve"},
		{gistAsked, "what|which|whose|welche*|wessen|cual|qual|que|quel*|quale|welk* mail|email|adresse|address|correo|correos|endereco|indirizzo|password|passwort|kennwort|contrasena|senha|wachtwoord"},
		{"privacy", "password|passwort|kennwort|contrasena|clave|senha|passe|mdp|wachtwoord need*|give|gebe|geb|brauch*|doy|dar|necesit*|dou|precis*|donne*|besoin|serve|geef|geven|nodig|keep|store*|see*|sieh*"},
		{"link", "changed|new|neues|neue|geandert|nueva|nuevo|nova|novo|nouveau|nouvelle|nuova|nieuw* password|passwort|contrasena|senha|passe|mdp|wachtwoord|watch|uhr|reloj|relogio|montre|orologio|horloge"},
		{"name", "otro|outro|another|different|autre|altro nombre|nome|name|nom"},
		{"name", "anonym*|anonim*|pseudonym*|nickname|spitzname*|apodo|alcunha|surnom|soprannome|bijnaam"},
		{"name", "what|which|welche*|wat|welke|que|quel|quale|cual name|namen|nombre|nome|nom|naam see|show*|seh*|sieht|steh*|ver|veran|voir|vedono|zien"},

		{gistWhy, "sta|staat ik nog op|bij|tussen -pauze"},
		{gistWhy, "still|noch|todavia|aun|ainda|encore|toujours|ancora|nog see*|visible|shown|listed|there|sehen|sieht|sichtbar|dabei|drin|ve|ven|ver|visto|voir|voit|vois|vede*|zien|ziet|zichtbaar"},
		{gistWhy, "encore|toujours|ancora|nog voient|vedono|vedo|zien|ziet|visibile|visible|zichtbaar|dedans|dentro|erin|erop"},
		{gistWhy, "apparait|napparait|apparaissent|napparaissent|compare|compaiono|ontbreekt|ontbreken sortie|course|seance|sorties|courses|seances|corsa|uscita|allenamento|corse|uscite|allenamenti|loop|rondje|rit|training -comment|come|hoe"},
		{gistWhy, "rondje|loop|rit|training staat|zit|telt|sta niet"},
		{gistWhy, "corsa|uscita|allenamento|giro|pedalata vedo|conta|risulta|esce|figura non|no|nessun*"},
		{gistWhy, "sortie|course|seance compte|comptee|affiche|vois|voit|trouve pas|plus"},
		{gistPause, "weken|semaines|settimane|weeks|wochen|dagen|jours|giorni|days|tage weg|absent*|parti|partie|pars|via|fuori|away -train*|loop|run"},
		{gistWhy, "am|bin|ben i|ich|ik visible|shown|gone|out|listed|sichtbar|raus|weg|drin|zichtbaar|eruit|erin"},
		{gistWhy, "estoy|sigo|estou|suis|sono visible|dentro|fuera|visivel|fora|dehors|visibile|fuori"},
		{gistWhy, "why|warum|wieso|weshalb|pourquoi|perche|waarom|porque not|isnt|arent|dont|cant|missing|nicht|nichts|fehl*|no|falta*|nao|pas|manque*|non|manca*|niet|mist"},
		{gistWhy, "por que|q no|nao estoy|salgo|aparezco|estou|apareco|lista"},
		{gistWhy, "sigo|continuo|ainda|aun|todavia apareciendo|saliendo|aparecer|aparezco|apareco|visible|visivel"},
		{gistWhy, "ya|ja|aun|todavia|ainda no|nao estoy|salgo|aparezco|estou|apareco"},
		{gistWhy, "no|nao sale|salen|salio|ve|aparece|aparecen|apareceu|cuenta|conta|contou|veo|vejo carrera|salida|entreno|entrenos|actividad|corrida|treino|treinos|atividade|caminata|caminhada"},
		{gistWhy, "where|wheres|wo|donde|onde|ou|dove|waar run|ride|swim|workout*|activity|lauf|fahrt|training*|einheit|carrera|salida|entreno|actividad|corrida|treino|atividade|sortie|course|seance|corsa|uscita|allenamento|loop|rit -code|address"},
		{gistWhy, "run|ride|swim|workout*|activity|lauf|fahrt|training*|einheit|carrera|salida|entreno|corrida|treino|sortie|course|seance|corsa|uscita|allenamento|loop|rit missing|gone|fehlt|weg|falta|manque|manca|mist|ontbreekt"},

		{gistSee, "who|qui|chi|wie|wer|quien|quem acces|access|accesso|accede|toegang|zugriff|acceso|acesso"},
		{gistSee, "cosa|che|quoi|wat vedono|vedranno|voient|verront|zien -ik|io|je"},
		{gistSee, "ils|elles|ze verront|voir|voient|zien quoi|wat"},
		{gistSee, "jhabite|jhabites|habite|habites|abito|woon vois|voit|savez|sais|vedi|vede*|sai|sapete|zie|zien|weet"},
		{gistSee, "posizione|localisation|position|locatie|gps|standort hai|have|hast|heb|hebt|as|connais|conosci|ken|kennst"},
		{gistSee, "baas|patron|chef|capo|boss|jefe|patrao see|zien|ziet|voir|voit|vedere|vede|ver|ve|sehen|sieht"},
		{gistSee, "who|whos|wer|quien|quienes|quem|qui|chi see*|sehen|sieht|seht|ve|ven|ver|voit|voir|vede|vedono|vedere"},
		{gistSee, "who|wie can|kan|kunnen|ziet|zien see|ziet|zien"},
		{gistSee, "can|could|do|does|will|kann|konnen|koennen|puede*|pode*|peut|peuvent|puo|possono|kan|kunnen see*|sehen|ver|voir|vedere|zien my|me|it|they|mein*|mich|mi|mis|meu*|minha*|mon|ma|mes|moi|mio|mia|miei|mijn|others|everyone -i|ich|ik|yo|eu|je|io"},
		{gistSee, "what|was|que|quoi|cosa|che|wat they|others|people|group|sie|anderen|gruppe|otros|grupo|outros|autres|groupe|altri|gruppo|ze|anderen|groep see|sehen|ven|ver|veem|voient|vedono|zien"},
		{gistSee, "what|whats|was|que|quoi|cosa|wat shared|geteilt|gezeigt|angezeigt|comparte|partilha*|partage*|condivis*|condivide|gedeeld|getoond"},
		{gistSee, "heart*|puls|pulse|herz*|pulsaciones|cardiac*|cardiaque|cardiaca|battit*|hartslag see*|read*|know|share*|sehen|sieht|lies*|zeig*|teil*|ver|ve|voit|voir|vede*|zien|ziet"},
		{gistSee, "where|wo|wohne|donde|vivo|onde|moro|habite|abito|woon live|leb*|wohn*|vivo|moro|habite|abito|woon"},
		{gistSee, "donde|onde corro|entreno|treino|pedaleo|pedalo|ando|estoy|estou"},
		{gistSee, "que|o veran|verao"},
		{gistSee, "que|quais|cuales van|vao|va|vai ver"},
		{gistSee, "track*|gps|location|map|route|ruta|rutas|recorrido|recorridos|percurso|percursos|standort|karte|strecke|ubicacion|mapa|localizacao|trajet|carte|posizione|mappa|locatie|kaart see*|show*|know|share*|sehen|sieht|zeig*|teil*|ver|mostr*|voit|voir|montr*|vede*|zien|ziet|toon*"},

		{"export", "montre|envoie|donne|mostra|mostrami|mandami|vedere|laat|toon|geef|stuur tout|tutto|alles sur|su|over|about|uber|van|sobre|of moi|me|mij|mich|mi|mim"},
		{"privacy", "where|ou|dove|waar|wo|donde|onde password|passe|mdp|wachtwoord|passwort|kennwort|contrasena|senha|clave"},
		{"privacy", "opgesla*|bewaard|gespeichert|stocke*|gardes|gardez|enregistr*|conservi|conservate|salvat*|memorizz* sur|su|over|about|uber|van|sobre|of moi|me|mij|mich|mi|mim"},
		{"privacy", "data|dati|donnees|gegevens|info|infos|informations|informazioni tas|as|avez|hai|avete|heb|hebt|hast sur|su|over|about|uber|van|sobre|of moi|me|mij|mich|mi|mim"},
		{"privacy", "et|e|en|fine donnees|dati|gegevens -want|give|send|will|quiero|quero|veux|voglio|wil|export*|telecharg*|recuper*|scaric*|download*|csv|json"},
		{"privacy", "scam|scammer|fraud|betrug|betruger|abzocke|verarsche|estafa|timo|fraude|golpe|burla|arnaque|truffa|oplichting|oplichter|nep|echt|fake|virus|malware|spam|phishing|serios|legit"},
		{"privacy", "safe|secure|trust*|sicher|vertrau*|seguro|segura|confiar|confiable|confiavel|fiable|fiavel|fiar|confiance|securise|sicuro|sicura|affidabile|veilig|betrouwbaar is|it|this|that|you|ist|das|dir|hier|es|esto|e|isto|isso|cest|ca|est|dit|het|questo"},
		{"privacy", "vertrouwen|fidarsi|confiance|affidabile te|da|de|est|e is|cest|ci|si|faire"},
		{"privacy", "cuando|quando borra*|borran|apaga*|elimina*"},
		{"privacy", "vende|vendes|vendeis|venden|vendem|seguros|seguras|protegidos|protegida|terceros|terceiros datos|dados|informacion|informacao"},
		{"privacy", "que|cual|qual|quais|cuales informacion|informacao|informacoes"},
		{"privacy", "no|nao fio|confio"},
		{"privacy", "know*|store*|save*|keep|collect* about me|us"},
		{"privacy", "got|have|know on|of me"},
		{"privacy", "trauen|vertrauen|trust|fidarmi|fidarsi|vertrouwen|confiar|confiance can|kann|posso|puedo|puede|pode|peux|peut|kan|on|man|dir|you|ti|ten"},
		{"privacy", "sono meu|dados|guarda*|sabe*|ler"},
		{"privacy", "weight|gewicht|peso|poids|sleep|schlaf|sueno|sommeil|sonno|slaap|messages|nachrichten|mensajes|mensagens|messaggi|berichten -training|run|lauf|no|nao|stop|keine"},
		{"privacy", "keep|store*|speicher*|guarda*|gardes|gardez|conserv*|bewaar* how|long|lange|was|what|que|quoi|cosa|wat|mi|mim|moi|mij|cuanto|quanto|combien|lang"},
		{"privacy", "weiss*|weiß*|speicher*|sammel* mich|mir"},
		{"privacy", "nummer|numero|number meine*|mi|meu|mon|mio|mijn|my wer|woher|who|where|how|quien|donde|quem|onde|qui|ou|chi|dove|wie|waar"},
		{"privacy", "sabes|sabe|sabeis|saben|sabem|tienes|tens|sais|sait|savez|sai|sa|weet|weten mi|mim|moi|me|mij"},
		{"privacy", "what|was|que|quoi|cosa|wat|where|wohin|donde|onde|happens|passiert|and|und|who|wer|chi|quien|quem|qui|wie data|daten|datos|dados|donnees|dati|gegevens -want|give|send|will|schick|quiero|quero|veux|voglio|wil"},
		{"privacy", "who|whos|wer|quien|quem|qui|chi|wie read*|lies*|mitlies*|lee|leen|lit|lisent|legge|leest"},

		{gistPay, "pay|paying|paid|cost|costs|free|price|money|subscription|kostet|kosten|kostenlos|gratis|umsonst|bezahlen|zahlen|abo|geld|cuesta|cobra*|pagar|pago|precio|dinero|gratuito|gratuita|custa|preco|dinheiro|gratuit|gratuite|payer|payant|coute|prix|costa|pagare|prezzo|soldi|betalen|kost"},

		{gistPay, "graca|paga|pagas|pagam|cobras|cobran|cobram"},
		{gistPay, "cuanto|quanto sale|vale|fica"},

		{gistPay, "paga|paghi|pagano|betaal|betaald|cotisation|abonnement|abbonamento"},
		{"link", "forerunner|fenix|vivoactive|epix|instinct -sync*|show*"},
		{gistOther, "strava|polar|coros|suunto|fitbit|apple|samsung|wahoo|zepp|amazfit|huawei|xiaomi|komoot|whoop|zwift"},
		{gistOther, "only|just|with|nur|ohne|solo|solamente|so|apenas|alleen|seulement|soltanto|mit|con|com phone|handy|telefon|telefono|movil|celular|telemovel|telephone|portable|telefoon|mobile"},
		{gistOther, "dont|havent|no|not|without|kein*|ohne|nicht|sin|nao|sem|pas|sans|non|senza|geen|zonder garmin|watch|uhr|reloj|relogio|montre|orologio|horloge -sync*|connect*|show*|work*"},

		{gistStop, "supprim*|efface*|enleve*|retire*|vire*|verwijder*|haal|schrap|cancell*|togli*|leva*|rimuov* moi|me|mij|mi liste|classement|lijst|klassement|groep|groupe|gruppo|classifica|lista|elenco"},
		{"delete", "delete|erase|wipe|losch*|loesch*|borra*|borre*|elimina*|elimine*|apaga*|apague*|supprim*|efface*|cancell*|verwijder*|exclu*|wis all|everything|data|account|alles|alle|daten|konto|todo|datos|cuenta|tudo|dados|conta|tout|donnees|compte|tutto|dati|gegevens|me|mich|mi|moi|mij"},

		{gistJoin, "salgo|salir|estar|aparecer|aparezco como|quiero|puedo|hago en tabla|lista|ranking|clasificacion|resumen -no|mas|dejar|ya"},
		{gistJoin, "sair|saio|estar|aparecer|apareco como|quero|posso|faco na|no tabela|lista|ranking|classificacao|resumo -nao|mais|deixar|ja"},
		{gistStop, "sacame|sacarme|quitame|quitarme|borrarme|salirme|desapuntame|desapuntarme|desuscrib*|desinscrev*"},
		{gistStop, "tira|tirem|retira|remove|saca|saquen|quita me|daqui|aqui -foto"},
		{gistStop, "dame|darme|date|dar|denme|da baja"},
		{gistStop, "no|nao escribas|escriban|mandes|manden|envies|molestes|mandem|escrevas|escreva|chateies|mensajes|mensagens"},
		{gistStop, "dejame|dejadme|dejenme|deixa|deixem paz"},
		{gistStop, "haz|hagan|faz|faca|fazer|hacer pare|pares|parar"},
		{gistStop, "para|pare|parem|deja|deixa|dejad publicar|mostrar|escribir|escrever|enviar|mandar|molestar|isto|esto|isso|eso -que"},
		{gistStop, "no|nao quiero|quero vea|vean|vejam|salga|aparezca|apareca|seguir|continuar"},
		{gistStop, "como borro|desapunto|desinscrevo|cancelo|desisto|apago"},
		{gistStop, "cancel*|anular subscri*|suscri*|inscri*|isto|esto|isso|eso"},
		{gistStop, "me quiero ir -a|correr"},
		{gistStop, "quero|quiero desistir|desapuntar*|irme|embora|abandonar"},
		{gistStop, "no|nao me mostr*|muestr* -mi|mis|minha*|meu*|os|as"},
		{gistStop, "ya|ja|por chega|basta"},
		{gistStop, "ya|ja no|nao quiero|quero"},
		{gistStop, "make|please|want|how|can|wie|wil|hoe stop*|ends|quit|unsubscribe|ophouden|stoppen"},
		{gistStop, "enleve*|retire*|vire*|sors|sortez|ote|otez moi"},
		{gistStop, "toglimi|togliermi|cancellami|levami|levarmi|rimuovimi|disiscriv*|smettila|smetti|fermati|fermatevi|disattiv*"},
		{gistStop, "tolgo|levo|cancello mi"},
		{gistStop, "desabonn*|desinscri*|disiscri*|uitschrijv*|afmeld*|uitgeschreven"},
		{gistStop, "laisse|laissez|lasciami|lasciatemi|laat tranquille|paix|pace|rust"},
		{gistStop, "hou|houd|kap|kappen|nokken op|ermee|mee"},
		{gistStop, "haal|schrijf|gooi|schrap me|mij eraf|af|uit|lijst|weg|eruit"},
		{gistStop, "zet me|mij eraf|af|uit|weg|eruit"},
		{gistStop, "doe|laat mij|me maar niet|zitten"},
		{gistStop, "stop|stopp showing|posting|me|it|das|this|damit"},
		{gistStop, "mach|macht|machen das|es|mich weg|aus"},
		{gistStop, "non|no|ne|nao voglio|veux|quiero|quero apparire|apparaitre|aparecer|comparire|salir|sair"},
		{gistStop, "how|i|want|wanna|let leave|out|quit|exit"},
		{gistStop, "take|get|remove|keep|leave|kick|throw me off|out|from|remove"},
		{gistStop, "hide|remove|unlist me -my"},
		{gistStop, "dont|do show|list|post not|dont me"},
		{gistStop, "forget it|about|that"},
		{gistStop, "wie|wo|will|mochte|moechte|lass* raus|aussteigen|abmelden|kundigen|austreten|aufhoren|aufhoeren"},
		{gistStop, "will|mag nicht mehr"},
		{gistStop, "nicht dabei|mitmachen will|mochte|moechte|mag"},
		{gistStop, "nimm|lass|streich|entfern* mich -auf"},
		{gistStop, "como|quiero|quisiera|quero|queria|puedo|posso|dejar salgo|salir*|saio|sair|parar|darme|baja|irme|dejar"},
		{gistStop, "no|nao quiero|quero mas|mais"},
		{gistStop, "veux|voudrais|comment|peux partir|quitter|arreter|sortir|desinscri*|desabonn*|plus"},
		{gistStop, "voglio|vorrei|come|posso|basta uscire|esco|smettere|togliermi|cancellarmi|disiscriver*"},
		{gistStop, "hoe|wil|kan eruit|hieruit|eraf|uit|weg|afmelden|uitschrijven"},
		{gistStop, "wil niet meer"},
		{"hide", "oculta|ocultar|ocultes|esconde|esconder|tapa carrera|salida|entreno|actividad|corrida|treino|atividade|volta"},
		{"unlink", "desconect*|deslig*|desvincul* garmin|cuenta|conta|reloj|relogio|conexion"},
		{"types", "dont|hide show*|my|see rides|runs|walks|swims|activities|workouts"},
		{"types", "zeig*|muestr*|mostr*|montr*|mostr*|toon nicht|no|nao|pas|non|niet"},

		{gistJoin, "vuelveme|anotame|anotarme|agregame|agregarme|agreguenme|sumame|sumarme|meteme|metanme|anademe|incluyeme|inscribeme|registrame|registrarme|regista|cadastra"},
		{gistJoin, "fazer|formar|ser parte -no|nao"},
		{gistJoin, "hago|hacer|faco|fazer aparecer|tabla|lista|ranking|tabela|classificacao|clasificacion -no|nao|dejar|de"},
		{gistJoin, "tengo|tenho garmin|reloj|relogio -no|nao|sin|sem|otro|outro"},
		{gistJoin, "me sumo|anoto|inscribo|adiciona|coloca|bota|poe|mete|inclui|inscreve -fora|fuera|de"},
		{gistJoin, "conta|cuenta|contem|cuenten comigo|conmigo"},
		{gistJoin, "tambem|tambien|tb|tmb|tbm quero|quiero -no|nao|ver|saber"},
		{gistJoin, "voltar|volver|vuelve|vuelvo|regresar quero|quiero|meterme|dentro|lista|puedo|posso|como"},
		{gistJoin, "cambie|cambiado|mudei idea|opinion|ideia|ideias"},
		{gistJoin, "ahora|agora|afinal si|sim|quiero|quero -ver|saber|no|nao"},
		{gistJoin, "join*|participate -how"},
		{gistJoin, "sign|add|put|get|count|let me|us up|in|on|to|back -off|out"},
		{gistJoin, "how|want|can|can|like join|board|leaderboard|list|participate|take"},
		{gistJoin, "changed mind"},
		{gistJoin, "how|wie|hoe get|komm|komme|kom on|in|rein|drauf|erin|bij"},
		{gistJoin, "comment|como|come|veux|quiero|quero|voglio apparaitre|figurer|classement|ranking|classifica|clasificacion|classificacao|tabela|aparezco|apareco|aparecer|apparire|comparire"},
		{"me", "show|zeig* me|mir last|this|letzte*|diese* week|month|year|woche|monat|jahr"},
		{gistJoin, "show|zeig* me|mich -my|stats|data|how|nicht"},
		{gistStop, "non piu ci|voglio|sto|partecipo -capisco|so"},
		{gistStop, "quitte|quitter|lascio|verlaat groupe|gruppo|groep"},
		{gistJoin, "schrijf|schrijven me|mij in"},
		{gistJoin, "wil|wou|graag|mag|kan klassement|lijst|ranglijst ook|in|op -niet|uit|af|zien"},
		{gistJoin, "mets|mettez|ajoute|ajoutez|rajoute|inscris|inscrivez moi -pause|nom"},
		{gistJoin, "sinscrire|inscription|inscriptions|iscrizione|aanmelding"},
		{gistJoin, "remets|remettez|rimettimi|rimettetemi"},
		{gistJoin, "veux|voudrais|voglio|vorrei|wil revenir|rientrare|ritornare|tornare|terug|terugkomen"},
		{gistJoin, "zet|plaats me|mij erop|erin|erbij|lijst|terug|in -uit|af|pauze"},
		{gistJoin, "voeg me|mij|mijn toe"},
		{gistJoin, "zet|plaats me|mij weer|terug|ook -af|uit|pauze"},
		{gistJoin, "wil|wou|mag|kan|hoe|doe erbij|erop|mee|meedoen|meelopen|meefietsen -niet|geen|af|uit|ermee|stop*"},
		{gistJoin, "hoe kom|sta|krijg lijst|klassement|ranglijst|op"},
		{gistJoin, "aggiungimi|mettimi|inseriscimi|iscrivimi|segnami|includimi|aggiungetemi|mettetemi -pausa"},
		{gistJoin, "mi aggiungi|aggiungete|metti|mettete|inserisci|segni|iscrivi"},
		{gistJoin, "come|posso|voglio|vorrei|volevo entrare|entro|esserci|classifica -uscire|non|vedere|funziona"},
		{gistJoin, "veux|voudrais|voulais|souhaite*|aimerais|jaimerais participer|rejoindre|inscri*|classement|liste -plus|pas|sortir|quitter|voir"},
		{gistJoin, "mitmachen|teilnehmen|eintragen|anmelden|reinkommen"},
		{gistJoin, "dabei|mit will|mochte|moechte|bin|gern*|ich"},
		{gistJoin, "liste|tabelle|rangliste|board will|mochte|moechte|wie|komm*|auch"},
		{gistJoin, "wieder|doch|nochmal rein|dabei|mit"},
		{gistJoin, "unirme|apunt*|inscribir*|participar|entrar|aderir|inscrev*|juntar*"},
		{gistJoin, "participer|minscrire|rejoindre|inscri* -desinscri*"},
		{gistJoin, "partecip*|iscriv*|unirmi"},
		{gistJoin, "meedoen|aanmelden|inschrijven"},
		{gistJoin, "connect*|link|verbind*|conect*|vincul*|enlaz*|ligar|ligo|liga|connecte*|colleg*|koppel* garmin|watch|uhr|account|me|reloj|relogio|montre|orologio|horloge"},

		{gistPause, "holiday*|vacation|sick|ill|injured|injury|urlaub|krank|verletzt|vacaciones|enferm*|lesion*|viaje|viagem|roto|fractur*|esguince|entorse|ferias|doente|vacances|malade|blesse*|vacanza|ferie|malat*|infortun*|vakantie|ziek|geblesseerd"},
		{gistPause, "fatta|fatto|fait male|mal"},
		{gistPause, "genou|ginocchio|knie|cheville|caviglia|enkel|tendon*|achille* -garmin"},
		{gistPause, "take|need|brauche|mache|necesito|preciso|besoin|bisogno|neem break|pause|pausa|pauze"},

		{"name", "change|andern|aendern|cambiar|mudar|changer|cambiare|veranderen name|namen|nombre|nome|nom|naam"},
		{"name", "otro|outro|another|different|autre|altro nombre|nome|name|nom"},
		{"week", "who|wer|quien|quem|qui|chi won|wins|winning|first|gewonnen|gewinnt|gano|gana|ganando|ganhou|ganha|ganhar|ganhando|primero|primeiro|lidera|gagne|vinto|vince"},
		{"schedule", "when|wann|cuando|quando|quand|wanneer|ora|laat digest|bericht|resumen|resumo|bilan|riepilogo|verslag|overzicht"},
		{"me", "combien|quanti|quanto|quante|hoeveel|cuantos|cuanto|quantos|wieviel|wieviele km|kms|kilometre*|chilometri|kilometer*|kilometros|quilometros|heures|ore|uur|couru|corso|gelopen|gefietst|pedalato|roule"},
		{"week", "qui|chi|wie premier|premiere|tete|bovenaan|eerste|primo|prima|vinto"},
		{"week", "how we|us|group|club|team|everyone|everybody doing|did|going"},
		{"me", "how far|much|many|doing|did|am -is|are|was|were|does|has"},
		{"me", "como voy|vou|ando|estou"},
		{"me", "que hice|fiz|corri|entrene|treinei"},
		{"me", "cuantos|cuanto|quantos|quanto km|kilometros|quilometros|llevo|corri|corrido|fiz|treinei|entrene|entrenado"},
		{"me", "my|mein*|mi|mis|meu*|minha*|mon|ma|mes|mio|mia|miei|mie|mijn stats|stat|numbers|week|month|year|km|woche|monat|zahlen|werte|kilometer|semana|numeros|estadisticas|estatisticas|semaine|chiffres|stats|settimana|numeri|cijfers"},
		{"export", "my|mein*|mis|meus|mes|miei|mijn data|daten|datos|dados|donnees|dati|gegevens"},

		{"help", "how|wie|como|comment|come|hoe does|do|works|work|funktioniert|geht|funciona|marche|fonctionne|funziona|werkt -i|ich"},
		{"help", "what|was|que|quoi|cosa|wat|whats this|is|das|ist|es|isto|e|cest|dit|here|hier bot|thing|this|hier|esto|isto|ca|questo|dit|das"},
		{"help", "what|was|que|quoi|cosa|wat can|kann|kannst|puedo|puedes|posso|podes|peux|puoi|kan|kun you|i|ich|du|hacer|fazer|faire|fare|doen|je"},
		{"help", "bot|robot*|roboter|human|real|mensch|humano|humain|umano are|bist|eres|es|sei|ben|you|du|tu|je"},
		{"help", "who|wer|quien|quem|qui|chi|wie are|made|built|bist|eres|es|sei|ben|hat|te you|this|du|dich|tu|je|hizo"},
		{"help", "buenas|buenos|buen|bom|boa|boas|oi|oie|saludos dias|dia|tardes|tarde|noches|noite|tudo|bem|oi|todos"},
		{"help", "para|pra que sirve|serve"},
		{"help", "socorro|holi|holis|oie|oii|entiendo|entendi|percebo|percebi"},
		{"help", "comprends|compris|capisco|capito|snap|begrijp|perdu|perso|entiendo|percebo|entendo|verstehe rien|pas|non|niente|nulla|niks|niet|nada|no|nao|nicht|nichts|perdu|perso"},
		{"help", "help*|hilf*|ayuda*|ajuda*|aide*|aiuto|aiuta*|hulp|hey|hello|hallo"},
		{"week", "classement|classifica|klassement|ranglijst"},
	}
}
