package bot_test

import (
	"strings"
	"testing"

	"clubrun/bot"
)

// Every line that people are known to type at these commands.
func TestWhatPeopleType(t *testing.T) {
	book := bot.NewBook()
	for _, c := range []struct{ text, want string }{
		{"/Week", "/week"}, {"/WEEK", "/week"}, {"/ week", "/week"}, {"／week", "/week"}, {"!week", "/week"}, {".week", "/week"},
		{"week?", "week"}, {"/week?!…", "/week"}, {"  /week  ", "/week"}, {"/we\u200bek", "/week"}, {"/week@bot", "/week"},
		{"@351900000 /week", "/week"}, {"@Clubrun week", "week"}, {"/ｗｅｅｋ", "/week"}, {"/wéék", "/week"},
		{"/week last", "/week last"}, {"/last week", "/week last"}, {"/week letzte", "/week letzte"}, {"/semana passada", "/week passada"},
		{"/letzte woche", "/week letzte"}, {"/semaine dernière", "/week derniere"}, {"/week 37", "/week 37"}, {"/kw37", "/week 37"},
		{"/KW 37", "/week 37"}, {"/kw 2026-37", "/week 2026-37"}, {"/the last week", "/week last"}, {"/la semana pasada", "/week pasada"}, {"/this week", "/week this"}, {"/diese woche", "/week diese"}, {"/last week @ana", "/week last @ana"}, {"last week was hard", ""}, {"/résumé", "/digest"}, {"/RÉSUMÉ!", "/digest"}, {"/re\u0301sume\u0301", "/digest"}, {"/resume", "/resume"}, {"/week @ana", "/week @ana"}, {"/week ana", "/week ana"}, {"/week run", "/week run"}, {"/week läufe", "/week laufe"},
		{"/week please 🙏", "/week"}, {"/week, bitte!", "/week"}, {"/weeks", ""}, {"/weel", ""}, {"/s", ""}, {"/", ""}, {"...", ""}, {"!!!", ""},
		{"... week was hard", "week was hard"}, {"/stats me", "/stats me"}, {"/stats @me", "/stats @me"}, {"/stats all", "/stats all"}, {"/stats 2025", "/stats 2025"},
		{"/Estadísticas", "/stats"}, {"/schedule Sunday 6pm", "/schedule sunday 6pm"}, {"/schedule so 18 uhr", "/schedule so 18 uhr"},
		{"/schedule domingo às 18h", "/schedule domingo as 18h"}, {"/zeitplan", "/schedule"}, {"/link", "/link"}, {"Link", "link"},
		{"link me", "link me"}, {"link PRC7", "link prc7"}, {"/verbinden", "/link"}, {"/löschen", "/delete"}, {"/déconnecter", "/unlink"},
		{"?", "help"}, {"Hi!", "help"}, {"/hilfe", "/help"}, {"", ""}, {"   ", ""}, {"\u200b", ""}, {strings.Repeat("/week ", 300), ""},
	} {
		r := book.Parse(c.text)
		got := strings.Join(append([]string{r.Command}, r.Args...), " ")
		if r.Command == "" {
			got = ""
		}
		if r.Slash && got != "" {
			got = "/" + got
		}
		if got != c.want {
			t.Errorf("%.40q reads as %q, want %q", c.text, got, c.want)
		}
	}
}

// "Aliases (all languages accepted always)": each as it is written in its
// language, with a slash and, in a direct message, without.
func TestAliasesOfAllLanguagesAreAcceptedAlways(t *testing.T) {
	book := bot.NewBook()
	for want, words := range map[string]string{
		"help": "help hilfe ayuda ajuda aide aiuto hulp ? hi", "link": "link verbinden vincular conectar connecter collega koppelen",
		"resend": "resend reenviar renvoyer rinvia", "me": "me ich yo eu moi io ik",
		"stats": "stats statistik estadísticas estatísticas statistiques statistiche statistieken", "week": "week woche semana semaine settimana",
		"month": "month monat mes mês mois mese maand", "year": "year jahr ano año année anno jaar", "races": "races rennen carreras corridas courses gare wedstrijden",
		"goal": "goal ziel meta objectif obiettivo doel", "join": "join share teilen compartir partilhar partager condividi delen", "leave": "leave",
		"hide": "hide ausblenden ocultar masquer nascondi verberg", "types": "types sportarten tipos sport", "private": "private", "pause": "pause pausieren pausa pauze",
		"resume": "resume weiter reanudar retomar reprendre riprendi hervat", "sync": "sync aktualisieren actualizar", "units": "units einheiten", "language": "language lang sprache idioma langue lingua taal",
		"timezone": "timezone tz zeitzone", "remind": "remind", "export": "export", "unlink": "unlink trennen desvincular desconectar déconnecter scollega ontkoppel",
		"delete": "delete löschen borrar apagar supprimer elimina verwijderen", "privacy": "privacy datenschutz privacidad privacidade confidentialité",
		"prize": "prize", "duel": "duel", "schedule": "schedule zeitplan horario horário planning orario", "digest": "digest bericht resumen resumo résumé riassunto overzicht",
		"metric": "metric", "sports": "sports", "weekstart": "weekstart", "quiet": "quiet ruhe silencio silence silenzio stil", "members": "members mitglieder miembros membros membres membri leden",
	} {
		for word := range strings.FieldsSeq(words) {
			for _, typed := range []string{"/" + word, strings.ToUpper("/" + word), "／" + word, "!" + word + "!", word, "*" + word + "*"} {
				if got := book.Parse(typed).Command; got != want && (word != "?" || !strings.ContainsAny(typed, "!*")) {
					t.Errorf("%q reads as %q, want %s", typed, got, want)
				}
			}
		}
	}
}

func TestEveryAliasIsFoldedAndMeansOneCommand(t *testing.T) {
	book := bot.NewBook()
	owner := map[string]string{}
	for _, c := range book.Commands {
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			if other, taken := owner[name]; taken {
				t.Errorf("%q means %s and %s", name, other, c.Name)
			}
			owner[name] = c.Name
			if got := book.Parse("/" + name).Command; got != c.Name {
				t.Errorf("/%s reads as %q, want %s", name, got, c.Name)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"/week last", "／ week？", "@ana /kw37", "... no", "!\u0301\u200b", "/\xff\xfe", "/last week", "?"} {
		f.Add(s)
	}
	book := bot.NewBook()
	f.Fuzz(func(t *testing.T, text string) {
		r := book.Parse(text)
		if r.Command != "" && r.Word == "" {
			t.Errorf("a command without a word: %q", text)
		}
		if r.Command == "" {
			return
		}
		// What was read, written out, reads the same.
		again := book.Parse(strings.Join(append([]string{"/" + r.Command}, r.Args...), " "))
		if again.Command != r.Command && len(text) < 300 {
			t.Errorf("%q reads as %s, and that as %s", text, r.Command, again.Command)
		}
	})
}
