package bot

import (
	"context"
	"strings"

	"clubrun/bot/access"
	"clubrun/digest/locale"

	"golang.org/x/text/unicode/norm"
)

// Where says in which kind of chat a command works.
type Where int

// The kinds of chat.
const (
	Direct Where = 1 << iota // with one person
	Room                     // in a group
)

// Command is something that people can ask for. The one table of them gives
// the parser, /help, the suggestions and the printed page of all commands.
type Command struct {
	Name    string   // English, without its slash
	Aliases []string // of all languages, folded; one with an accent counts with its accents only
	Usage   string   // what may follow, in English
	Does    string   // what it is for, in an English sentence
	Where   Where
	Reads   reads    // says whether words are what may follow; nil where nothing may
	Talk    []string // those of its names that people also say to each other: in an answer to the bot they are no command without a slash
	Grave   bool     // it takes something away for good: nobody gets there by a guess
	Needs   access.Action
	Ruled   bool                     // Run itself asks WhatsApp who is an admin
	Calm    bool                     // the same again within a minute is not answered in a group
	Sets    func(args []string) bool // says whether it changes something: then it is never too soon; may be nil
	Figures bool                     // tells figures, which may be out of date
	Silent  bool                     // works where the bot is not started
	Always  bool                     // works where the operator does not let the bot in
	Run     func(ctx context.Context, t *turn, args []string) error
}

// Book is the table of commands with its index.
type Book struct {
	Commands []Command
	index    map[string]int
	accented map[string]int // names that count with their accents only
}

// NewBook returns all commands in the order in which /help tells them.
func NewBook() *Book {
	b := &Book{Commands: commands(), index: map[string]int{}, accented: map[string]int{}}
	for i, c := range b.Commands {
		b.index[c.Name] = i
		for _, alias := range c.Aliases {
			index := b.index
			if fold(alias) != alias {
				index = b.accented
			}
			if _, taken := index[alias]; !taken {
				index[alias] = i
			}
		}
	}
	return b
}

// name returns the name of the command that a folded word stands for.
func (b *Book) name(word string) string {
	if i, ok := b.index[word]; ok {
		return b.Commands[i].Name
	}
	return ""
}

// named returns the name of the command that a word stands for as it was typed,
// behind its prefix: some words mean another command with an accent than
// without.
func (b *Book) named(typed, folded string) string {
	if i, ok := b.accented[norm.NFC.String(strings.ToLower(typed))]; ok {
		return b.Commands[i].Name
	}
	return b.name(folded)
}

// find returns the command of a name.
func (b *Book) find(name string) (Command, bool) {
	i, ok := b.index[name]
	if !ok {
		return Command{}, false
	}
	return b.Commands[i], true
}

func commands() []Command {
	return []Command{
		{
			Name: "link", Where: Direct, Needs: access.Link, Run: runLink,
			Usage: "[CODE] [cn] [garmin | chat | page | files]", Does: "Links your Garmin account, or what you type and send yourself.",
			Aliases: []string{
				"verbinden", "verknuepfen", "verknupfen", "vincular", "conectar", "connecter", "lier", "collega", "koppelen", "connect", "anmelden", "registrieren", "register", "signup", "login"},
		},
		{
			Name: "resend", Where: Direct, Needs: access.Link, Run: runResend,
			Does: "Begins the sign-in anew, for a new code.",
			Talk: []string{"nochmal", "opnieuw"},
			Aliases: []string{
				"newcode", "neuercode", "reenviar", "reenvia", "renvoyer", "renvoie", "rinvia", "opnieuw", "nochmal"},
		},
		{
			Name: "join", Where: Direct, Needs: access.Share, Run: runJoin,
			Does: "Asks for your yes to being shown in a group.",
			Talk: []string{"share"},
			Aliases: []string{
				"share", "mitmachen", "teilen", "unirme", "compartir", "participar", "partilhar", "rejoindre", "partager", "partecipa", "condividi", "meedoen", "delen"},
		},
		{
			Name: "week", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Figures: true, Run: runWeek,
			Usage: "[last | 37 | 2026-37] [sport] [@name]", Does: "Tells how the running week of the group stands, or another one.",
			Reads: readsFigures(locale.UnitWeek),
			Aliases: []string{
				"woche", "semana", "semaine", "settimana", "weekly", "kw", "wk"},
		},
		{
			Name: "stats", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Figures: true, Run: runStats,
			Usage: "[period] [sport] [@name | me | all]", Does: "Tells this month and this year, or any period: last month, since march, 2025, 30d.",
			Reads: readsFigures(locale.UnitWeek),
			Aliases: []string{
				"stat", "statistik", "estadisticas", "estadistica", "estatisticas", "estatistica", "statistiques", "statistique", "statistiche", "statistica", "statistieken", "statistiek"},
		},
		{
			Name: "month", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Figures: true, Run: runMonth,
			Usage: "[last | 9 | september] [sport] [@name]", Does: "Tells a month of the group, with a picture.",
			Reads: readsFigures(locale.UnitMonth),
			Aliases: []string{
				"monat", "mes", "mois", "mese", "maand"},
		},
		{
			Name: "year", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Figures: true, Run: runYear,
			Usage: "[last | 2025] [sport] [@name]", Does: "Tells a year of the group, with a picture.",
			Reads: readsFigures(locale.UnitYear),
			Aliases: []string{
				"jahr", "ano", "annee", "anno", "jaar"},
		},
		{
			Name: "me", Where: Direct, Needs: access.ReadOwn, Figures: true, Run: runMe,
			Usage: "[period] [sport] | why | health [period] | route [nr] | pace [nr]", Does: "Tells your own week, month and year, or why something of yours is in no group; draws one of your last workouts.",
			Reads: readsFigures(locale.UnitWeek), Talk: []string{"me", "ich", "yo", "eu", "moi", "io", "ik"},
			Aliases: []string{
				"ich", "yo", "eu", "moi", "io", "ik"},
		},
		{
			Name: "sync", Where: Direct, Needs: access.ReadOwn, Run: runSync,
			Does: "Looks for new workouts at Garmin now.",
			Talk: []string{"sync"},
			Aliases: []string{
				"syncen", "synchronisieren", "aktualisieren", "sincronizar", "actualizar", "atualizar", "synchroniser", "actualiser", "sincronizza", "aggiorna", "synchroniseren", "verversen", "refresh"},
		},
		{
			Name: "goal", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Sets: setsGoal, Run: runGoal,
			Usage: "[1000 km by 30 sep | along lisbon-berlin | off]", Does: "Tells how the group's goal comes on; its admins set one.",
			Reads: readsAim, Talk: []string{"goal", "challenge", "meta"},
			Aliases: []string{
				"ziel", "meta", "objetivo", "objectif", "obiettivo", "doel", "challenge"},
		},
		{
			Name: "races", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Sets: setsRaces, Run: runRaces,
			Usage: "[period] [sport] | post on | post off", Does: "Lists the races of this year or of a period; admins say whether races are posted at once.",
			Reads: readsRaces, Talk: []string{"race", "rennen", "gare", "courses", "provas"},
			Aliases: []string{
				"race", "rennen", "wettkaempfe", "wettkampfe", "carreras", "corridas", "provas", "courses", "gare", "wedstrijden"},
		},
		{
			Name: "prize", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Run: runPrize,
			Usage: "[list]", Does: "Tells who leads in this week's prize, or which prizes there are.",
			Reads: readsWord(isList), Talk: []string{"preis", "premio", "prix", "prijs"},
			Aliases: []string{
				"prizes", "preis", "premio", "prix", "prijs"},
		},
		{
			Name: "duel", Where: Direct | Room, Needs: access.Duel, Run: runDuel,
			Usage: "[@name [metric] | yes | no]", Does: "Asks another member for a friendly week, or answers.",
			Reads: readsDuel,
			Aliases: []string{
				"duell", "duelo", "duello"},
		},
		{
			Name: "pause", Where: Direct, Needs: access.SetOwn, Run: runPause,
			Usage: "[2w | until 5 oct | off]", Does: "Takes a break: your streak is frozen, and nothing is said of you.",
			Reads: readsUntil,
			Aliases: []string{
				"pausieren", "pausa", "pausar", "pauze"},
		},
		{
			Name: "resume", Where: Direct, Needs: access.SetOwn, Run: runResume,
			Does: "Ends your break.",
			Talk: []string{"weiter"},
			Aliases: []string{
				"weiter", "reanudar", "retomar", "reprendre", "riprendi", "hervat", "hervatten", "unpause"},
		},
		{
			Name: "remind", Where: Direct, Needs: access.SetOwn, Run: runRemind,
			Usage: "[2d | off]", Does: "Asks for a word after days without a workout.",
			Reads: readsUntil,
			Aliases: []string{
				"reminder", "nudge", "erinnern", "erinnere", "erinnerung", "recordar", "recuerdame", "lembrar", "lembra-me", "rappel", "rappelle-moi", "ricorda", "ricordami", "herinner", "herinnering"},
		},
		{
			Name: "digest", Where: Direct | Room, Needs: access.SteerDigest, Ruled: true, Run: runDigest,
			Usage: "[preview | now | skip [off] | style short | style full | style points]", Does: "Shows how the weekly digest stands, and steers it.",
			Reads: readsDigest,
			Aliases: []string{
				"bericht", "resumen", "resumo", "résumé", "bilan", "riassunto", "riepilogo", "overzicht", "verslag"},
		},
		{
			Name: "metric", Where: Direct | Room, Needs: access.SetMetric, Ruled: true, Run: runMetric,
			Usage: "[effort | days | time | km | climb | count | points | poll | poll end]", Does: "Tells or sets what the group ranks by, or asks the group.",
			Reads: readsMetric,
			Aliases: []string{
				"metrik", "wertung", "metrica", "metrique", "maatstaf"},
		},
		{
			Name: "schedule", Where: Direct | Room, Needs: access.SetSchedule, Ruled: true, Silent: true, Run: runSchedule,
			Usage: "[sun 18:00 | off]", Does: "Tells or sets when the weekly digest comes.",
			Reads: readsWeekly, Talk: []string{"plan", "planning", "schema"},
			Aliases: []string{
				"zeitplan", "plan", "horario", "planning", "orario", "schema"},
		},
		{
			Name: "sports", Where: Direct | Room, Needs: access.ReadGroup, Run: runSports,
			Usage: "[run ride | +virtual -commute | all]", Does: "Tells which workouts count in the group; its admins choose.",
			Reads: readsClasses,
			Aliases: []string{
				"deportes", "desportos", "esportes"},
		},
		{
			Name: "weekstart", Where: Direct | Room, Needs: access.ReadGroup, Run: runWeekstart,
			Usage: "[mon | sat | sun]", Does: "Tells on which day the group's week begins; its admins choose.",
			Reads: readsWeekday,
			Aliases: []string{
				"wochenstart", "wochenbeginn", "iniciosemana", "debutsemaine", "iniziosettimana", "weekbegin"},
		},
		{
			Name: "quiet", Where: Direct | Room, Needs: access.ReadGroup, Run: runQuiet,
			Usage: "[21-07 | on | off]", Does: "Tells in which hours nothing unasked is posted; admins choose.",
			Reads: readsQuiet, Talk: []string{"quiet", "ruhe", "silencio", "silence", "silenzio", "stil", "stilte"},
			Aliases: []string{
				"ruhe", "ruhezeit", "silencio", "silence", "silenzio", "stil", "stilte"},
		},
		{
			Name: "invite", Where: Direct | Room, Needs: access.SetGroup, Ruled: true, Calm: true, Run: runInvite,
			Does: "Shows the group's invitation to the bot, with its picture.",
			Aliases: []string{
				"invitation", "invitelink", "einladen", "einladung", "invitar", "invitacion", "convidar", "convite", "inviter", "invita", "invitare", "invito", "uitnodigen", "uitnodiging", "qr"},
		},
		{
			Name: "members", Where: Direct | Room, Needs: access.ReadMembers, Ruled: true, Run: runMembers,
			Does: "Tells how many are linked, and who is shown.",
			Aliases: []string{
				"member", "mitglieder", "miembros", "membros", "membres", "membri", "leden"},
		},
		{
			Name: "language", Where: Direct | Room, Needs: access.SetOwn, Run: runLanguage,
			Usage: "[de | English]", Does: "Sets the language: yours in private, the group's by its admins.",
			Reads: readsLanguage, Talk: []string{"language", "lang", "idioma", "lingua", "langue"},
			Aliases: []string{
				"lang", "sprache", "idioma", "langue", "lingua", "taal"},
		},
		{
			Name: "units", Where: Direct | Room, Needs: access.SetOwn, Run: runUnits,
			Usage: "[km | mi | both]", Does: "Sets the units: yours in private, the group's by its admins.",
			Reads: readsUnits,
			Aliases: []string{
				"unit", "einheiten", "einheit", "unidades", "unites", "unita", "eenheden"},
		},
		{
			Name: "timezone", Where: Direct | Room, Needs: access.SetOwn, Run: runTimezone,
			Usage: "[Lisbon | Europe/Berlin]", Does: "Sets the clock: yours in private, the group's by its admins.",
			Reads: readsZone,
			Aliases: []string{
				"tz", "zeitzone", "zona", "zonahoraria", "fuso", "fuseau", "fusoorario", "tijdzone"},
		},
		{
			Name: "start", Where: Direct | Room, Needs: access.AskHelp, Silent: true, Always: true, Run: runStart,
			Does: "Lets the bot begin its work in a group, by one of its admins.",
			Talk: []string{"start", "begin", "empezar", "commencer"},
			Aliases: []string{
				"starten", "iniciar", "empezar", "comecar", "demarrer", "commencer", "inizia", "avvia", "begin"},
		},
		{
			Name: "leave", Where: Direct | Room, Needs: access.Share, Silent: true, Always: true, Run: runLeave,
			Usage: "[group]", Does: "Ends being shown: in the group where it is said, or in the one you name.",
			Talk: []string{"salir"},
			Aliases: []string{
				"aussteigen", "salir", "sair", "quitter", "esci", "verlaten"},
		},
		{
			Name: "stop", Where: Direct, Needs: access.AskHelp, Run: runStop,
			Does: "Asks what shall stop: a break, being shown, the link, or everything.",
			Aliases: []string{
				"unsubscribe", "stopp", "abmelden", "baja", "parar", "arreter", "arrete", "desinscrire", "desabonner", "basta", "stoppen", "uitschrijven"},
		},
		{
			Name: "hide", Where: Direct, Needs: access.SetOwn, Run: runHide,
			Usage: "[last | 2] [undo]", Does: "Takes one workout out of every group.",
			Aliases: []string{
				"ausblenden", "verstecken", "ocultar", "esconder", "masquer", "cacher", "nascondi", "verberg", "verbergen"},
		},
		{
			Name: "split", Where: Direct, Needs: access.SetOwn, Run: runSplit,
			Usage: "[last | 2] [undo]", Does: "Makes two workouts of what was taken for one.",
			Talk: []string{"split"},
			Aliases: []string{
				"trenne", "aufteilen", "dividir", "separar", "separer", "diviser", "dividi", "separa", "splitsen"},
		},
		{
			Name: "undo", Where: Direct, Needs: access.SetOwn, Run: runUndo,
			Does: "Takes back the last workout that you sent or typed.",
			Aliases: []string{
				"ruckgangig", "rueckgaengig", "deshacer", "desfazer", "annuler", "annulla", "ongedaan"},
		},
		{
			Name: "keep", Where: Direct, Needs: access.SetOwn, Run: runKeep,
			Does: "Lets a workout count that looked too fast.",
			Talk: []string{"keep"},
			Aliases: []string{
				"behalten", "conservar", "quedar", "manter", "garder", "tieni", "behouden"},
		},
		{
			Name: "types", Where: Direct, Needs: access.SetOwn, Run: runTypes,
			Usage: "[+run -commute]", Does: "Takes a sport of yours out of every group.",
			Reads: readsClasses, Talk: []string{"type", "sport"},
			Aliases: []string{
				"type", "sport", "sportarten", "tipos", "tipi", "soorten"},
		},
		{
			Name: "name", Where: Direct, Needs: access.SetOwn, Run: runName,
			Usage: "Annie", Does: "Sets the name under which you are shown.",
			Talk: []string{"name", "nome", "nom", "naam", "nombre"},
			Aliases: []string{
				"rename", "nombre", "nome", "nom", "naam"},
		},
		{
			Name: "files", Where: Direct, Needs: access.SetOwn, Run: runFiles,
			Usage: "[on | off]", Does: "Says whether your activity files are kept, too.",
			Reads: readsSwitch,
			Aliases: []string{
				"file", "dateien", "archivos", "ficheiros", "arquivos", "fichiers", "bestanden"},
		},
		{
			Name: "health", Where: Direct, Needs: access.SetOwn, Run: runHealth,
			Usage: "[on | off]", Does: "Says whether your daily figures of health are kept, for you alone.",
			Reads: readsSwitch, Talk: []string{"health", "gesundheit", "salud", "salute"},
			Aliases: []string{
				"gesundheit", "salud", "saude", "sante", "salute", "gezondheid"},
		},
		{
			Name: "private", Where: Direct, Needs: access.SetOwn, Run: runPrivate,
			Usage: "[totals | exclude]", Does: "Says what becomes of workouts that are private at Garmin.",
			Talk: []string{"private", "privat", "privado", "prive", "privato"},
			Aliases: []string{
				"privat", "privado", "prive", "privato"},
		},
		{
			Name: "export", Where: Direct, Needs: access.Export, Run: runExport,
			Usage: "[csv | json | fit]", Does: "Sends you all that is kept about you.",
			Aliases: []string{
				"exportieren", "exportar", "exporter", "esporta", "esportare", "exporteren", "exportacion", "exportacao", "takeout", "mydata"},
		},
		{
			Name: "unlink", Where: Direct, Needs: access.Unlink, Run: runUnlink,
			Does:  "Cuts the bot off from your Garmin account.",
			Grave: true,
			Aliases: []string{
				"trennen", "desvincular", "desconectar", "deconnecter", "delier", "scollega", "ontkoppel", "ontkoppelen", "disconnect"},
		},
		{
			Name: "delete", Where: Direct, Needs: access.Erase, Run: runDelete,
			Does:  "Erases everything about you, after one more word.",
			Grave: true,
			Aliases: []string{
				"loschen", "loeschen", "borrar", "eliminar", "apagar", "supprimer", "elimina", "verwijderen", "erase"},
		},
		{
			Name: "privacy", Where: Direct | Room, Needs: access.ReadTerms, Calm: true, Run: runPrivacy,
			Does: "Says what is read and kept, and for how long.",
			Aliases: []string{
				"datenschutz", "privacidad", "privacidade", "confidentialite", "terms"},
		},
		{
			Name: "help", Where: Direct | Room, Needs: access.AskHelp, Calm: true, Run: runHelp,
			Usage: "[command]", Does: "Says what the bot can do, or one command.",
			Reads: readsCommand, Talk: []string{"hi", "hello", "hallo", "hola", "ola", "bonjour", "ciao", "info"},
			Aliases: []string{
				"hilfe", "ayuda", "ajuda", "aide", "aiuto", "hulp", "?", "hi", "hello", "hallo", "hola", "ola", "bonjour", "ciao", "commands", "menu", "info"},
		},
	}
}
