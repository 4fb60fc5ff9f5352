package bot

import (
	"context"

	"clubrun/bot/access"
)

// Where says in which kind of chat a command works.
type Where int

// The kinds of chat.
const (
	Direct Where = 1 << iota // with one person
	Room                     // in a group
)

// Command is something that people can ask for. The one table of them gives
// both the parser and /help.
type Command struct {
	Name    string   // English, without its slash
	Aliases []string // of all languages, folded: lower case without accents
	Where   Where
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
}

// NewBook returns all commands in the order in which /help tells them.
func NewBook() *Book {
	b := &Book{Commands: commands(), index: map[string]int{}}
	for i, c := range b.Commands {
		b.index[c.Name] = i
		for _, alias := range c.Aliases {
			if _, taken := b.index[alias]; !taken {
				b.index[alias] = i
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
		{Name: "link", Where: Direct, Needs: access.Link, Run: runLink, Aliases: []string{
			"verbinden", "verknuepfen", "verknupfen", "vincular", "conectar", "connecter", "lier", "collega", "koppelen", "connect"}},
		{Name: "resend", Where: Direct, Needs: access.Link, Run: runResend, Aliases: []string{
			"newcode", "neuercode", "reenviar", "reenvia", "renvoyer", "renvoie", "rinvia", "opnieuw", "nochmal"}},
		{Name: "join", Where: Direct, Needs: access.Share, Run: runJoin, Aliases: []string{
			"share", "mitmachen", "teilen", "unirme", "compartir", "participar", "partilhar", "rejoindre", "partager", "partecipa", "condividi", "meedoen", "delen"}},
		{Name: "week", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Figures: true, Run: runWeek, Aliases: []string{
			"woche", "semana", "semaine", "settimana", "weekly"}},
		{Name: "stats", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Figures: true, Run: runStats, Aliases: []string{
			"stat", "statistik", "estadisticas", "estatisticas", "statistiques", "statistiche", "statistieken"}},
		{Name: "month", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Figures: true, Run: runMonth, Aliases: []string{
			"monat", "mes", "mois", "mese", "maand"}},
		{Name: "year", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Figures: true, Run: runYear, Aliases: []string{
			"jahr", "ano", "annee", "anno", "jaar"}},
		{Name: "me", Where: Direct, Needs: access.ReadOwn, Figures: true, Run: runMe, Aliases: []string{
			"ich", "yo", "eu", "moi", "io", "ik"}},
		{Name: "goal", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Sets: setsGoal, Run: runGoal, Aliases: []string{
			"ziel", "meta", "objetivo", "objectif", "obiettivo", "doel", "challenge"}},
		{Name: "races", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Sets: setsRaces, Run: runRaces, Aliases: []string{
			"race", "rennen", "wettkaempfe", "wettkampfe", "carreras", "corridas", "provas", "courses", "gare", "wedstrijden"}},
		{Name: "prize", Where: Direct | Room, Needs: access.ReadGroup, Calm: true, Run: runPrize, Aliases: []string{
			"prizes", "preis", "premio", "prix", "prijs"}},
		{Name: "duel", Where: Direct | Room, Needs: access.Duel, Run: runDuel, Aliases: []string{
			"duell", "duelo", "duello"}},
		{Name: "pause", Where: Direct, Needs: access.SetOwn, Run: runPause, Aliases: []string{
			"pausieren", "pausa", "pausar", "pauze"}},
		{Name: "resume", Where: Direct, Needs: access.SetOwn, Run: runResume, Aliases: []string{
			"weiter", "reanudar", "retomar", "reprendre", "riprendi", "hervat", "hervatten", "unpause"}},
		{Name: "remind", Where: Direct, Needs: access.SetOwn, Run: runRemind, Aliases: []string{
			"reminder", "nudge", "erinnern", "erinnere", "erinnerung", "recordar", "recuerdame", "lembrar", "lembra-me", "rappel", "rappelle-moi", "ricorda", "ricordami", "herinner", "herinnering"}},
		{Name: "digest", Where: Direct | Room, Needs: access.SteerDigest, Ruled: true, Run: runDigest, Aliases: []string{
			"bericht", "resumen", "resumo", "bilan", "riassunto", "riepilogo", "overzicht", "verslag"}},
		{Name: "metric", Where: Direct | Room, Needs: access.SetMetric, Ruled: true, Run: runMetric, Aliases: []string{
			"metrik", "wertung", "metrica", "metrique", "maatstaf"}},
		{Name: "schedule", Where: Direct | Room, Needs: access.SetSchedule, Ruled: true, Silent: true, Run: runSchedule, Aliases: []string{
			"zeitplan", "plan", "horario", "planning", "orario", "schema"}},
		{Name: "sports", Where: Direct | Room, Needs: access.ReadGroup, Run: runSports, Aliases: []string{
			"deportes", "desportos", "esportes"}},
		{Name: "weekstart", Where: Direct | Room, Needs: access.ReadGroup, Run: runWeekstart, Aliases: []string{
			"wochenstart", "wochenbeginn", "iniciosemana", "debutsemaine", "iniziosettimana", "weekbegin"}},
		{Name: "quiet", Where: Direct | Room, Needs: access.ReadGroup, Run: runQuiet, Aliases: []string{
			"ruhe", "ruhezeit", "silencio", "silence", "silenzio", "stil", "stilte"}},
		{Name: "invite", Where: Direct | Room, Needs: access.SetGroup, Ruled: true, Calm: true, Run: runInvite, Aliases: []string{
			"invitation", "invitelink", "einladen", "einladung", "invitar", "invitacion", "convidar", "convite", "inviter", "invita", "invitare", "invito", "uitnodigen", "uitnodiging", "qr"}},
		{Name: "members", Where: Direct | Room, Needs: access.ReadMembers, Ruled: true, Run: runMembers, Aliases: []string{
			"member", "mitglieder", "miembros", "membros", "membres", "membri", "leden"}},
		{Name: "language", Where: Direct | Room, Needs: access.SetOwn, Run: runLanguage, Aliases: []string{
			"lang", "sprache", "idioma", "langue", "lingua", "taal"}},
		{Name: "units", Where: Direct | Room, Needs: access.SetOwn, Run: runUnits, Aliases: []string{
			"unit", "einheiten", "einheit", "unidades", "unites", "unita", "eenheden"}},
		{Name: "timezone", Where: Direct | Room, Needs: access.SetOwn, Run: runTimezone, Aliases: []string{
			"tz", "zeitzone", "zona", "zonahoraria", "fuso", "fuseau", "fusoorario", "tijdzone"}},
		{Name: "start", Where: Direct | Room, Needs: access.AskHelp, Silent: true, Always: true, Run: runStart, Aliases: []string{
			"starten", "iniciar", "empezar", "comecar", "demarrer", "commencer", "inizia", "avvia", "begin"}},
		{Name: "leave", Where: Direct | Room, Needs: access.Share, Silent: true, Always: true, Run: runLeave, Aliases: []string{
			"aussteigen", "salir", "sair", "quitter", "esci", "verlaten"}},
		{Name: "hide", Where: Direct, Needs: access.SetOwn, Run: runHide, Aliases: []string{
			"ausblenden", "verstecken", "ocultar", "esconder", "masquer", "cacher", "nascondi", "verberg", "verbergen"}},
		{Name: "split", Where: Direct, Needs: access.SetOwn, Run: runSplit, Aliases: []string{
			"trenne", "aufteilen", "dividir", "separar", "separer", "diviser", "dividi", "separa", "splitsen"}},
		{Name: "undo", Where: Direct, Needs: access.SetOwn, Run: runUndo, Aliases: []string{
			"ruckgangig", "rueckgaengig", "deshacer", "desfazer", "annuler", "annulla", "ongedaan"}},
		{Name: "keep", Where: Direct, Needs: access.SetOwn, Run: runKeep, Aliases: []string{
			"behalten", "conservar", "quedar", "manter", "garder", "tieni", "behouden"}},
		{Name: "types", Where: Direct, Needs: access.SetOwn, Run: runTypes, Aliases: []string{
			"type", "sport", "sportarten", "tipos", "tipi", "soorten"}},
		{Name: "name", Where: Direct, Needs: access.SetOwn, Run: runName, Aliases: []string{
			"rename", "nombre", "nome", "nom", "naam"}},
		{Name: "files", Where: Direct, Needs: access.SetOwn, Run: runFiles, Aliases: []string{
			"file", "dateien", "archivos", "ficheiros", "arquivos", "fichiers", "bestanden"}},
		{Name: "health", Where: Direct, Needs: access.SetOwn, Run: runHealth, Aliases: []string{
			"gesundheit", "salud", "saude", "sante", "salute", "gezondheid"}},
		{Name: "private", Where: Direct, Needs: access.SetOwn, Run: runPrivate, Aliases: []string{
			"privat", "privado", "prive", "privato"}},
		{Name: "export", Where: Direct, Needs: access.Export, Run: runExport, Aliases: []string{
			"exportieren", "exportar", "exporter", "esporta", "esportare", "exporteren", "exportacion", "exportacao", "takeout", "mydata"}},
		{Name: "unlink", Where: Direct, Needs: access.Unlink, Run: runUnlink, Aliases: []string{
			"trennen", "desvincular", "desconectar", "deconnecter", "delier", "scollega", "ontkoppel", "ontkoppelen", "disconnect"}},
		{Name: "delete", Where: Direct, Needs: access.Erase, Run: runDelete, Aliases: []string{
			"loschen", "loeschen", "borrar", "apagar", "supprimer", "elimina", "verwijderen", "erase"}},
		{Name: "privacy", Where: Direct | Room, Needs: access.ReadTerms, Calm: true, Run: runPrivacy, Aliases: []string{
			"datenschutz", "privacidad", "privacidade", "confidentialite", "terms"}},
		{Name: "help", Where: Direct | Room, Needs: access.AskHelp, Calm: true, Run: runHelp, Aliases: []string{
			"hilfe", "ayuda", "ajuda", "aide", "aiuto", "hulp", "?", "hi", "hello", "hallo", "hola", "ola", "bonjour", "ciao", "commands", "menu", "info"}},
	}
}
