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
	if _, ok := spokenOf(words); ok {
		return gistSpeak
	}
	for _, rule := range gistRules() {
		if rule.keeps(words) {
			return rule.topic
		}
	}
	return ""
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
	if len(s) > 200 || strings.ContainsAny(s, "@/\\_=<>{}[]#$%&*+|") {
		return nil
	}
	s = strings.NewReplacer("'", "", "’", "", "`", "", "´", "").Replace(s)
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// spokenOf returns the language that a sentence asks to be answered in.
func spokenOf(words []string) (lang string, ok bool) {
	for i, w := range words {
		lang, ok := languageOf(w)
		if !ok || len(w) < 5 {
			continue
		}
		asked := slices.ContainsFunc(words, func(w string) bool {
			return oneOf("speak*|talk*|write|answer|reply|sprich*|sprech*|antwort*|habla*|fala*|parl*|repond*|rispond*|respond*|spreek*|praat*", w)
		})
		if asked || len(words) == 1 || i > 0 && i < 3 && len(words) < 5 && oneOf("auf|in|en|em|op|a", words[i-1]) {
			return lang, true
		}
	}
	return "", false
}

// gistRules are the rules for all languages. The first that is kept counts, so
// that questions come before wishes, and erasing before stopping.
func gistRules() []gistRule {
	return []gistRule{
		{gistForgot, "forgot*|forget|lost|vergessen|vergass|olvid*|esquec*|oublie*|dimentic*|vergeten password|passwort|kennwort|contrasena|clave|senha|passe|mdp|wachtwoord"},
		{gistAsked, "why|warum|wieso|wozu|porque|pourquoi|perche|waarom need|want|ask|brauch*|willst|fragst|necesita*|quieres|precisa*|quer|queres|besoin|veux|demande*|serve|chiedi|vuoi|nodig|vraag*|wil"},
		{gistAsked, "para|pra que quieres|necesitas|sirve|serve|precisa*|queres|quer|isso|isto|eso|esto|disso|disto -bot|grupo"},
		{gistAsked, "what|which|whose|welche*|wessen|cual|qual|que|quel*|quale|welk* mail|email|adresse|address|correo|endereco|indirizzo|password|passwort|kennwort|contrasena|senha|wachtwoord"},
		{"privacy", "password|passwort|kennwort|contrasena|clave|senha|passe|mdp|wachtwoord need*|give|gebe|geb|brauch*|doy|dar|necesit*|dou|precis*|donne*|besoin|serve|geef|nodig|keep|store*|see*|sieh*"},
		{"link", "changed|new|neues|neue|geandert|nueva|nuevo|nova|novo|nouveau|nouvelle|nuova|nieuw* password|passwort|contrasena|senha|passe|mdp|wachtwoord|watch|uhr|reloj|relogio|montre|orologio|horloge"},
		{"name", "anonym*|anonim*|pseudonym*|nickname|spitzname*|apodo|alcunha|surnom|soprannome|bijnaam"},
		{"name", "what|which|welche*|wat|welke|que|quel|quale|cual name|namen|nombre|nome|nom|naam see|show*|seh*|sieht|steh*|ver|veran|voir|vedono|zien"},

		{gistWhy, "still|noch|todavia|aun|ainda|encore|toujours|ancora|nog see*|visible|shown|listed|there|sehen|sieht|sichtbar|dabei|drin|ve|ven|ver|visto|voir|voit|vois|vede*|zien|ziet|zichtbaar"},
		{gistWhy, "am|bin|ben i|ich|ik visible|shown|gone|out|listed|sichtbar|raus|weg|drin|zichtbaar|eruit|erin"},
		{gistWhy, "estoy|sigo|estou|suis|sono visible|dentro|fuera|visivel|fora|dehors|visibile|fuori"},
		{gistWhy, "why|warum|wieso|weshalb|pourquoi|perche|waarom|porque not|isnt|arent|dont|cant|missing|nicht|nichts|fehl*|no|falta*|nao|pas|manque*|non|manca*|niet|mist"},
		{gistWhy, "por que|q no|nao estoy|salgo|aparezco|estou|apareco|lista"},
		{gistWhy, "ya|ja|aun|todavia|ainda no|nao estoy|salgo|aparezco|estou|apareco"},
		{gistWhy, "no|nao sale|salen|salio|aparece|aparecen|apareceu|cuenta|conta|contou|veo|vejo carrera|salida|entreno|entrenos|actividad|corrida|treino|treinos|atividade|caminata|caminhada"},
		{gistWhy, "where|wheres|wo|donde|onde|ou|dove|waar run|ride|swim|workout*|activity|lauf|fahrt|training*|einheit|carrera|salida|entreno|actividad|corrida|treino|atividade|sortie|course|seance|corsa|uscita|allenamento|loop|rit -code|address"},
		{gistWhy, "run|ride|swim|workout*|activity|lauf|fahrt|training*|einheit|carrera|salida|entreno|corrida|treino|sortie|course|seance|corsa|uscita|allenamento|loop|rit missing|gone|fehlt|weg|falta|manque|manca|mist|ontbreekt"},

		{gistSee, "who|whos|wer|quien|quienes|quem|qui|chi see*|sehen|sieht|seht|ve|ven|ver|voit|voir|vede|vedono|vedere"},
		{gistSee, "who|wie can|kan|kunnen|ziet|zien see|ziet|zien"},
		{gistSee, "can|could|do|does|will|kann|konnen|koennen|puede*|pode*|peut|peuvent|puo|possono|kan|kunnen see*|sehen|ver|voir|vedere|zien my|me|it|they|mein*|mich|mi|mis|meu*|minha*|mon|ma|mes|moi|mio|mia|miei|mijn|others|everyone -i|ich|ik|yo|eu|je|io"},
		{gistSee, "what|was|que|quoi|cosa|che|wat they|others|people|group|sie|anderen|gruppe|otros|grupo|outros|autres|groupe|altri|gruppo|ze|anderen|groep see|sehen|ven|ver|veem|voient|vedono|zien"},
		{gistSee, "what|whats|was|que|quoi|cosa|wat shared|geteilt|gezeigt|angezeigt|comparte|partilha*|partage*|condivis*|condivide|gedeeld|getoond"},
		{gistSee, "heart*|puls|pulse|herz*|pulsaciones|cardiac*|cardiaque|cardiaca|battit*|hartslag see*|read*|know|share*|sehen|sieht|lies*|zeig*|teil*|ver|ve|voit|voir|vede*|zien|ziet"},
		{gistSee, "where|wo|wohne|donde|vivo|onde|moro|habite|abito|woon live|leb*|wohn*|vivo|moro|habite|abito|woon"},
		{gistSee, "donde|onde corro|entreno|treino|pedaleo|pedalo"},
		{gistSee, "track*|gps|location|map|route|standort|karte|strecke|ubicacion|mapa|localizacao|trajet|carte|posizione|mappa|locatie|kaart see*|show*|know|share*|sehen|sieht|zeig*|teil*|ver|mostr*|voit|voir|montr*|vede*|zien|ziet|toon*"},

		{"privacy", "scam|scammer|fraud|betrug|betruger|abzocke|verarsche|estafa|timo|fraude|golpe|burla|arnaque|truffa|oplichting|oplichter|nep|echt|fake|virus|malware|spam|phishing|serios|legit"},
		{"privacy", "safe|secure|trust*|sicher|vertrau*|seguro|segura|confiar|confiable|confiavel|fiable|fiavel|fiar|confiance|securise|sicuro|sicura|affidabile|veilig|betrouwbaar is|it|this|that|you|ist|das|dir|hier|es|esto|e|isto|isso|cest|ca|est|dit|het|questo"},
		{"privacy", "know*|store*|save*|keep|collect* about me|us"},
		{"privacy", "got|have|know on|of me"},
		{"privacy", "trauen|vertrauen|trust|fidarmi|fidarsi|vertrouwen|confiar|confiance can|kann|posso|puedo|peux|peut|kan|on|man|dir|you|ti|ten"},
		{"privacy", "weight|gewicht|peso|poids|sleep|schlaf|sueno|sono|sommeil|sonno|slaap|messages|nachrichten|mensajes|mensagens|messaggi|berichten -training|run|lauf|no|nao|stop|keine"},
		{"privacy", "keep|store*|speicher*|guarda*|gardes|gardez|conserv*|bewaar* how|long|lange|was|what|que|quoi|cosa|wat|mi|mim|moi|mij|cuanto|quanto|combien|lang"},
		{"privacy", "weiss*|weiß*|speicher*|sammel* mich|mir"},
		{"privacy", "nummer|numero|number meine*|mi|meu|mon|mio|mijn|my wer|woher|who|where|how|quien|donde|quem|onde|qui|ou|chi|dove|wie|waar"},
		{"privacy", "sabes|sabe|sabeis|saben|sabem|tienes|tens|sais|sait|savez|sai|sa|weet|weten mi|mim|moi|me|mij"},
		{"privacy", "what|was|que|quoi|cosa|wat|where|wohin|donde|onde|happens|passiert|and|und|who|wer|chi|quien|quem|qui|wie data|daten|datos|dados|donnees|dati|gegevens -want|give|send|will|schick|quiero|quero|veux|voglio|wil"},
		{"privacy", "who|whos|wer|quien|quem|qui|chi|wie read*|lies*|mitlies*|lee|leen|lit|lisent|legge|leest"},

		{gistPay, "pay|paying|paid|cost|costs|free|price|money|subscription|kostet|kosten|kostenlos|gratis|umsonst|bezahlen|zahlen|abo|geld|cuesta|cobra*|pagar|pago|precio|dinero|gratuito|gratuita|custa|preco|dinheiro|gratuit|gratuite|payer|payant|coute|prix|costa|pagare|prezzo|soldi|betalen|kost"},

		{gistPay, "graca|paga|pagas|pagam|cobras|cobran|cobram"},
		{gistPay, "cuanto|quanto sale|vale|fica"},

		{gistOther, "strava|polar|coros|suunto|fitbit|apple|samsung|wahoo|zepp|amazfit|huawei|xiaomi|komoot|whoop|zwift"},
		{gistOther, "only|just|with|nur|ohne|solo|solamente|so|apenas|alleen|seulement|soltanto|mit|con|com phone|handy|telefon|telefono|movil|celular|telemovel|telephone|portable|telefoon|mobile"},
		{gistOther, "dont|havent|no|not|without|kein*|ohne|nicht|sin|nao|sem|pas|sans|non|senza|geen|zonder garmin|watch|uhr|reloj|relogio|montre|orologio|horloge -sync*|connect*|show*|work*"},

		{"delete", "delete|erase|wipe|losch*|loesch*|borra*|elimina*|apaga*|supprim*|efface*|cancell*|verwijder*|exclu*|wis all|everything|data|account|alles|alle|daten|konto|todo|datos|cuenta|tudo|dados|conta|tout|donnees|compte|tutto|dati|gegevens|me|mich|mi"},

		{gistJoin, "salgo|salir|sair|estar|aparecer|aparezco|apareco como|quiero|quero|puedo|posso tabla|lista|ranking|clasificacion|tabela|classificacao|resumen -no|nao|mas|mais|dejar|ya|ja|de|del|da|do|fuera|fora"},
		{gistStop, "sacame|sacarme|quitame|quitarme|borrarme|salirme|desapuntame|desapuntarme|desuscrib*|desinscrev*"},
		{gistStop, "tira|tirem|retira|remove|saca|saquen|quita me|daqui|aqui -foto"},
		{gistStop, "dame|darme|date|dar|denme|da baja"},
		{gistStop, "no|nao escribas|escriban|mandes|manden|envies|molestes|mandem|escrevas|escreva|chateies|mensajes|mensagens"},
		{gistStop, "dejame|dejadme|dejenme|deixa|deixem paz"},
		{gistStop, "haz|hagan|faz|faca|fazer|hacer pare|pares|parar"},
		{gistStop, "para|pare|parem|deja|deixa|dejad publicar|mostrar|escribir|escrever|enviar|mandar|molestar|isto|esto|isso|eso -que"},
		{gistStop, "no|nao quiero|quero vean|vejam|salga|aparezca|apareca|seguir|continuar"},
		{gistStop, "ya|ja|por chega|basta"},
		{gistStop, "ya|ja no|nao quiero|quero"},
		{gistStop, "make|please|want|how|can|wie|wil|hoe stop*|ends|quit|unsubscribe|ophouden|stoppen"},
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
		{"types", "dont|hide show*|my|see rides|runs|walks|swims|activities|workouts"},
		{"types", "zeig*|muestr*|mostr*|montr*|mostr*|toon nicht|no|nao|pas|non|niet"},

		{gistJoin, "anotame|anotarme|agregame|agregarme|agreguenme|sumame|sumarme|meteme|metanme|anademe|incluyeme|inscribeme"},
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
		{gistJoin, "show|zeig* me|mich -my|stats|data|how|nicht"},
		{gistJoin, "mitmachen|teilnehmen|eintragen|anmelden|reinkommen"},
		{gistJoin, "dabei|mit will|mochte|moechte|bin|gern*|ich"},
		{gistJoin, "liste|tabelle|rangliste|board will|mochte|moechte|wie|komm*|auch"},
		{gistJoin, "wieder|doch|nochmal rein|dabei|mit"},
		{gistJoin, "unirme|apunt*|inscribir*|participar|entrar|aderir|inscrev*|juntar*"},
		{gistJoin, "participer|minscrire|rejoindre|inscri* -desinscri*"},
		{gistJoin, "partecip*|iscriver*|unirmi"},
		{gistJoin, "meedoen|aanmelden|inschrijven"},
		{gistJoin, "connect*|link|verbind*|conect*|vincul*|ligar|ligo|liga|connecte*|colleg*|koppel* garmin|watch|uhr|account|me|reloj|relogio|montre|orologio|horloge"},

		{gistPause, "holiday*|vacation|sick|ill|injured|injury|urlaub|krank|verletzt|vacaciones|enferm*|lesion*|ferias|doente|vacances|malade|blesse*|vacanza|ferie|malat*|infortun*|vakantie|ziek|geblesseerd"},
		{gistPause, "take|need|brauche|mache|necesito|preciso|besoin|bisogno|neem break|pause|pausa|pauze"},

		{"name", "change|andern|aendern|cambiar|mudar|changer|cambiare|veranderen name|namen|nombre|nome|nom|naam"},
		{"name", "otro|outro|another|different|autre|altro nombre|nome|name|nom"},
		{"week", "who|wer|quien|quem|qui|chi won|wins|winning|first|gewonnen|gewinnt|gano|gana|ganando|ganhou|ganha|ganhar|ganhando|primero|primeiro|lidera|gagne|vinto|vince"},
		{"me", "how far|much|many|doing|did|am"},
		{"me", "como voy|vou|ando|estou"},
		{"me", "cuantos|cuanto|quantos|quanto km|kilometros|quilometros|llevo|corri|fiz|treinei|entrene"},
		{"me", "my|mein*|mi|mis|meu*|minha*|mon|ma|mes|mio|mia|miei|mie|mijn stats|stat|numbers|week|month|year|km|woche|monat|zahlen|werte|kilometer|semana|numeros|estadisticas|estatisticas|semaine|chiffres|stats|settimana|numeri|cijfers"},
		{"export", "my|mein*|mis|meus|mes|miei|mijn data|daten|datos|dados|donnees|dati|gegevens"},

		{"help", "how|wie|como|comment|come|hoe does|do|works|work|funktioniert|geht|funciona|marche|fonctionne|funziona|werkt -i|ich"},
		{"help", "what|was|que|quoi|cosa|wat|whats this|is|das|ist|es|isto|e|cest|dit|here|hier bot|thing|this|hier|esto|isto|ca|questo|dit|das"},
		{"help", "what|was|que|quoi|cosa|wat can|kann|kannst|puedo|puedes|posso|podes|peux|puoi|kan|kun you|i|ich|du|hacer|fazer|faire|fare|doen|je"},
		{"help", "bot|robot*|roboter|human|real|mensch|humano|humain|umano are|bist|eres|es|sei|ben|you|du|tu|je"},
		{"help", "who|wer|quien|quem|qui|chi|wie are|made|built|bist|eres|es|sei|ben|hat|te you|this|du|dich|tu|je|hizo"},
		{"help", "buenas|buenos|buen|bom|boa|boas|oi|oie|saludos dias|dia|tardes|tarde|noches|noite|tudo|bem|oi|todos"},
		{"help", "socorro|entiendo|entendi|percebo|percebi"},
		{"help", "help*|hilf*|ayuda*|ajuda*|aide*|aiuto|aiuta*|hulp|hey|hello|hallo"},
	}
}
