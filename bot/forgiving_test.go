package bot_test

import (
	"strings"
	"testing"
	"time"

	"clubrun/bot"
	"clubrun/store"
	"clubrun/store/storetest"
)

// "Unknown slash words: group = ignored in silence (other bots, "/s"); DM = one
// suggestion at edit distance <=1-2 ("Did you mean /week? Send *y*")."
func TestAMisspeltCommandIsSuggestedInPrivateAlone(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		for _, c := range []struct{ lang, typed, name, yes, does string }{
			{"en", "/weel", "/week", "y", "Week 37"}, {"en", "weeks", "/week", "yes", "Week 37"}, {"en", "/sttas", "/stats", "Y", "your numbers"},
			{"de", "/wocha", "/woche", "j", "KW 37"}, {"de", "/statistk", "/statistik", "ja", "[picture]"}, {"de", "/hilfa", "/hilfe", "Ja!", "/"},
			{"es", "/semna", "/semana", "s", "semana 37"}, {"es", "/estadisticos", "/estadisticas", "sí", "[picture]"}, {"es", "/ayda", "/ayuda", "claro", "/"},
			{"pt", "/semanna", "/semana", "sim", "semana 37"}, {"pt", "/estatisticos", "/estatisticas", "s", "[picture]"}, {"pt", "/ajjuda", "/ajuda", "sim", "/"},
			{"fr", "/semiane", "/semaine", "oui", "semaine 37"}, {"fr", "/statistiquess", "/statistiques", "o", "[picture]"}, {"fr", "/aid", "/aide", "d'accord", "/"},
			{"it", "/settimna", "/settimana", "sì", "settimana 37"}, {"it", "/statistche", "/statistiche", "s", "[picture]"}, {"it", "/aiutto", "/aiuto", "certo", "/"},
			{"nl", "/statistiekn", "/statistieken", "j", "[picture]"}, {"nl", "/hulpp", "/hulp", "ja", "/"}, {"nl", "/wek", "/week", "jazeker", "eek 37"},
		} {
			w.calm()
			w.say("ana", "/language "+c.lang)
			if got := w.say("ana@"+room, "/"+strings.TrimPrefix(c.typed, "/")); got != "" || w.kept() != "-" {
				t.Errorf("%s in the group: %q, kept as %q", c.typed, got, w.kept())
			}
			got := w.say("ana", c.typed)
			if !strings.Contains(got, c.name) || strings.Contains(got, c.name+"s") || strings.Count(got, "\n") != 1 {
				t.Errorf("%s: %s: want one suggestion of %s, got %s", c.lang, c.typed, c.name, got)
			}
			if got := w.say("ana", c.yes); !strings.Contains(strings.ToLower(got), strings.ToLower(c.does)) {
				t.Errorf("%s: %s after %s: want %q, got %s", c.lang, c.yes, c.typed, c.does, got)
			}
			if got := w.say("ana", c.yes); got != "" {
				t.Errorf("%s: a second %s: %s", c.lang, c.yes, got)
			}
		}
		for _, word := range []string{"/s", "/x", "/xyzzyplugh", "/poll", "/kick", "/tagall"} {
			if got := w.say("ana@"+room, word); got != "" {
				t.Errorf("%s in the group: %s", word, got)
			}
		}
	})
}

// What takes something away for good is done by nobody's guess: whoever means
// it types it. What the operator alone may do is no guess at all.
func TestNothingGoesAwayByAGuess(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		for _, c := range []struct{ lang, typed, name string }{
			{"en", "/delet", "delete"}, {"en", "/unlnk", "unlink"}, {"en", "/deelete", "delete"}, {"de", "/loschn", "loschen"}, {"de", "/trennnen", "trennen"},
			{"es", "/borar", "borrar"}, {"es", "/desvincullar", "desvincular"}, {"pt", "/apagr", "apagar"}, {"fr", "/suprimer", "supprimer"}, {"it", "/elimna", "elimina"},
			{"it", "/scolega", "scollega"}, {"nl", "/verwijdern", "verwijderen"}, {"nl", "/ontkopel", "ontkoppel"},
		} {
			w.calm()
			w.say("ana", "/language "+c.lang)
			if got := w.say("ana", c.typed); !strings.Contains(got, "/"+c.name) || strings.Contains(got, "*y*") || strings.Contains(got, "*j") || strings.Contains(got, "*s") || strings.Contains(got, "*o") {
				t.Errorf("%s: %s", c.typed, got)
			}
			if got := w.say("ana", "y"); got != "" {
				t.Errorf("y after %s: %s", c.typed, got)
			}
		}
		w.say("ana", "/language en")
		if !w.linkedNow("ana") {
			t.Fatal("Ana is not linked any more")
		}
		for _, typed := range []string{"/statu", "/status", "/statuss", "/logs", "/log", "/lgos", "/pairr", "/pair"} {
			w.calm()
			got := w.say("ana", typed)
			if strings.Contains(got, "/status") || strings.Contains(got, "/logs") || strings.Contains(got, "/pair") {
				t.Errorf("%s: %s", typed, got)
			}
			w.say("ana", "no")
		}
	})
}

// Whatever is misspelt: a guess of a grave command never waits for a yes.
func TestGraveCommandsAreThoseThatTakeAway(t *testing.T) {
	var grave []string
	for _, c := range bot.NewBook().Commands {
		if c.Grave {
			grave = append(grave, c.Name)
		}
	}
	if got := strings.Join(grave, " "); got != "unlink delete" {
		t.Errorf("grave: %s", got)
	}
}

// "Typed name ("/week ana") matched by unique prefix, else list of at most 5
// with numbers", which comes to the direct chat where the question was asked in
// a group.
func TestATypedNameIsFoundByItsBeginning(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		g, err := w.db.GroupByChat(w.t.Context(), chatOf(room))
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range []string{"Marta", "Maria", "Mario", "Marina", "Marisa", "Maricarmen", "Mara Lopes", "Júlia", "Marike"} {
			a, err := w.db.Meet(w.t.Context(), "user"+itoa(i), "3519300000"+itoa(i), name)
			if err != nil {
				t.Fatal(err)
			}
			storetest.Activity(w.t, w.db, a.ID, time.Date(2026, 9, 8, 7, i, 0, 0, time.UTC))
			m := store.Membership{Athlete: a.ID, Group: g.ID, Consent: store.Consent{Text: "yes", Given: time.Now(), Message: "M0"}}
			if err := w.db.Share(w.t.Context(), storetest.Actor(a), m, name, store.Reply{}); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct{ typed, want string }{
			{"/week marta", "*Marta*"}, {"/week MART", "*Marta*"}, {"/week julia", "*Júlia*"}, {"/week jú", "*Júlia*"}, {"/week mara lopes", "*Mara Lopes*"}, {"/week mara", "*Mara Lopes*"},
			{"/week @user7", "*Júlia*"}, {"/week @35193000007", "*Júlia*"}, {"/week nobody", "nothing shared"}, {"/week @351999", "nothing shared"},
			{"/week last marta", "nothing shared"}, {"/week marta run", "*Marta*"}, {"/week mart last", "nothing shared"}, {"/week mar", "March"}, {"/week tue", "Tue 8 Sep"}, {"/month juli", "July"},
		} {
			w.calm()
			if got := w.say("ana@"+room, c.typed); !strings.Contains(got, c.want) {
				t.Errorf("%s: want %s, got %s", c.typed, c.want, got)
			}
		}
		w.calm()
		got := w.say("ana@"+room, "/week mari")
		if !strings.Contains(got, "reacts 👉") || !strings.Contains(got, "to ana@lid") || !strings.Contains(got, "5") || strings.Contains(got, "6") {
			t.Errorf("six begin with mari: %s", got)
		}
		if got := w.say("ana", "2"); !strings.Contains(got, "*Mario*") {
			t.Errorf("the second: %s", got)
		}
	})
}

// "Future or empty period -> friendly line, no error."
func TestAPeriodWithNothingInItIsAnsweredKindly(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		for typed, want := range map[string]string{
			"/week next": "to come", "/month december 2026": "to come", "/stats from 1 nov 2026 to 14 nov 2026": "to come", "/year 2019": "2019", "/week 2": "Week 2", "/stats 2001": "2001",
			"/stats from 1 jan 2000 to 1 jan 2026": "years",
		} {
			w.calm()
			for _, who := range []string{"ana", "ana@" + room} {
				if got := w.say(who, typed); !strings.Contains(got, want) || strings.Contains(got, "⚠️") || strings.Contains(got, "fault") {
					t.Errorf("%s: %s: %s", who, typed, got)
				}
			}
		}
	})
}

// "Ambiguous across languages ("do" = Thursday de / Sunday pt-short "dom"):
// group's language wins, reply always echoes the full weekday name and next
// date."
func TestAShortDayIsTheGroupsAndToldInFull(t *testing.T) {
	play(t, func(w *world) {
		for _, c := range []struct{ lang, typed, day, date string }{
			{"de", "do 18:00", "Donnerstag", "10"}, {"es", "do 18:00", "domingo", "13"}, {"pt", "do 18h", "domingo", "13"}, {"it", "do 18", "domenica", "13"}, {"nl", "do 18 uur", "donderdag", "10"},
			{"de", "so 18 uhr", "Sonntag", "13"}, {"nl", "so 18 uhr", "zondag", "13"}, {"en", "zo 18.00", "Sunday", "13"}, {"de", "zo 18.00", "Sonntag", "13"}, {"en", "dim 18h", "Sunday", "13"},
			{"fr", "di 18h", "dimanche", "13"}, {"de", "di 18 uhr", "Dienstag", "15"}, {"nl", "di 18 uur", "dinsdag", "15"}, {"nl", "ma 7 uur", "maandag", "14"}, {"es", "ma 7h", "martes", "15"},
			{"it", "me 18", "mercoledì", "9"}, {"fr", "me 18h", "mercredi", "9"}, {"en", "do 18:00", "Thursday", "10"},
			{"es", "domingo a las 6 de la tarde", "domingo", "18:00"}, {"nl", "zondag 6 uur 's avonds", "zondag", "18:00"}, {"fr", "dimanche midi", "dimanche", "12:00"}, {"it", "domenica a mezzogiorno", "domenica", "12:00"},
			{"pt", "domingo ao meio-dia", "domingo", "12:00"}, {"de", "Sonntag halb sieben", "so 18:00", ""}, {"nl", "zo half zeven", "zo 18:00", ""}, {"en", "sun half six", "sun 18:00", ""},
		} {
			w.calm()
			w.say("ana@"+room, "/language "+c.lang)
			if got := w.say("ana@"+room, "/schedule "+c.typed); !strings.Contains(got, c.day) || !strings.Contains(got, c.date) {
				t.Errorf("%s: %s: want %s and %s, got %s", c.lang, c.typed, c.day, c.date, got)
			}
		}
	})
}

// "Numbers: 1 000, 1.000, 1,000, 12,5 by language", in a goal and in what is
// typed after a workout.
func TestNumbersAreReadAsTheyAreWritten(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		for _, typed := range []string{"1000 km", "1 000 km", "1.000 km", "1,000 km", "1'000 km", "1\u202f000 km", "1000km"} {
			w.calm()
			if got := w.say("ana@"+room, "/goal set "+typed+" by 30 sep"); !strings.Contains(got, "1,000 km") {
				t.Errorf("%s: %s", typed, got)
			}
		}
		for typed, want := range map[string]string{"12,5 km": "12.5 km", "12.5km": "12.5 km", "1.234,5 km": "1,234", "1 234,5 km": "1,234", "12,500 m up": "12,500"} {
			w.calm()
			if got := w.say("ana@"+room, "/goal set "+typed); !strings.Contains(got, want) {
				t.Errorf("%s: %s", typed, got)
			}
		}
	})
}

// "`123456` · `123 456` · `Code: 123456` · `the code is 123456` · `G-123456` ·
// `123456` twice · `12345`" while a code is awaited, and "/code /mfa".
func TestACodeIsReadInAnyForm(t *testing.T) {
	for _, form := range []string{"123456", "123 456", "Code: 123456", "the code is 123456", "G-123456", "/code 123456", "/mfa 123456", "code 123456", "*123456*", "１２３４５６", "It's 123-456!"} {
		play(t, func(w *world) {
			for _, text := range []string{"/link chat", "ana@example.org", "ana-pass-1"} {
				w.say("ana", text)
			}
			code := w.code("ana")
			if got := w.say("ana", "12345"); !strings.Contains(got, "6 digits") {
				t.Errorf("five digits: %s", got)
			}
			text := strings.NewReplacer("123456", code, "123 456", code[:3]+" "+code[3:], "123-456", code[:3]+"-"+code[3:], "１２３４５６", wide(code)).Replace(form)
			got := w.say("ana", text)
			if !strings.Contains(got, "Linked") {
				t.Errorf("%s: %s", form, got)
			}
			if got := w.say("ana", text); strings.Contains(got, "Linked") || strings.Contains(got, "not accept") {
				t.Errorf("%s twice: %s", form, got)
			}
		})
	}
}

// "Digits: only while a code is awaited; else ignored", also behind "/code" and
// "/mfa", by whomever and wherever.
func TestACodeThatNobodyWaitsForIsIgnored(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		for _, text := range []string{"123456", "123 456", "/code 123456", "/mfa 123 456", "Code: 123456", "the code is 123456", "G-123456"} {
			for _, who := range []string{"ana", "ana@" + room} {
				if got := w.say(who, text); got != "" {
					t.Errorf("%s: %q: %s", who, text, got)
				}
			}
		}
	})
}

// wide writes digits in full width.
func wide(digits string) string {
	var b strings.Builder
	for _, r := range digits {
		b.WriteRune(r - '0' + '０')
	}
	return b.String()
}

// "stop" / "unsubscribe" (= ask: pause or delete?)": in private, at any time; in
// a group it leads there, and in a dialogue it ends that.
func TestStopAsksWhat(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		for lang, words := range map[string]string{
			"en": "stop|unsubscribe|/stop|/unsubscribe|STOP!|Stop.", "de": "stopp|/abmelden|stop", "es": "parar|/baja|stop", "pt": "parar|/parar|stop", "fr": "arrêter|/arrête|stop|/désinscrire", "it": "basta|/basta|stop", "nl": "stoppen|/uitschrijven|stop",
		} {
			w.say("ana", "/language "+lang)
			for text := range strings.SplitSeq(words, "|") {
				w.calm()
				if got := w.say("ana", text); !strings.Contains(got, "/pausa") && !strings.Contains(got, "/pause") && !strings.Contains(got, "/pauze") {
					t.Errorf("%s: %s: %s", lang, text, got)
				}
			}
		}
		w.say("ana", "/language en")
		w.calm()
		if got := w.say("ben@"+room, "/unsubscribe"); !strings.Contains(got, "?text=/stop") {
			t.Errorf("in the group, unknown: %s", got)
		}
		if got := w.say("ben@"+room, "/stop"); got != "< reacts 👉\n" {
			t.Errorf("again: %s", got)
		}
		if got := w.say("ben", "/stop"); !strings.Contains(got, "nothing to stop") {
			t.Errorf("in private, unknown: %s", got)
		}
		w.say("ben", "/link chat")
		if got := w.say("ben", "/stop"); strings.Contains(got, "/pause") || got == "" {
			t.Errorf("in a dialogue: %s", got)
		}
		if got := w.say("ben", "ben@example.org"); strings.Contains(got, "password") {
			t.Errorf("the dialogue goes on: %s", got)
		}
	})
}
