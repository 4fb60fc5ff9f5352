package bot_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"clubrun/bot"
	"clubrun/digest/locale"
	"clubrun/store/storetest"
)

// A command that a sentence names can be sent as it stands there.
func TestSentencesNameOnlyCommandsThatExist(t *testing.T) {
	named := regexp.MustCompile(`(?:^|[\s(*«„“,;]|\\n)(/\pL+)`)
	book, operators := bot.NewBook(), []string{"/status", "/pair", "/logs"}
	for _, lang := range locale.Languages() {
		file, err := os.ReadFile("../digest/locale/words/" + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(file)) {
			key, text, _ := strings.Cut(line, " = ")
			for _, m := range named.FindAllStringSubmatch(text, -1) {
				if !strings.HasPrefix(line, "#") && book.Parse(m[1]).Command == "" && !slices.Contains(operators, m[1]) {
					t.Errorf("%s: %s names %s, which is no command", lang, key, m[1])
				}
			}
		}
	}
}

func TestNameIsChosenInEveryLanguage(t *testing.T) {
	play(t, func(w *world) {
		w.say("ben", "/link chat")
		w.say("ben", "ben@example.org")
		w.say("ben", "ben-pass-1")
		for text, want := range map[string]string{
			"name: Annie": "Annie", "Nombre: Anita": "Anita", "nome:Annina": "Annina", "NOM : Anne": "Anne", "naam: Anna": "Anna",
			"name Annie": "Annie", "nombre Anita": "Anita", "call me Ann": "Ann", "nenn mich Änni": "Änni", "Je m’appelle Anne!": "Anne", "als Anna": "Anna",
		} {
			if got := w.say("ben", text); !strings.Contains(got, "as *"+want+"*") {
				t.Errorf("%q: %s", text, got)
			}
		}
		for _, text := range []string{"name:", "nombre", "number: 5"} {
			if got := w.say("ben", text); strings.Contains(got, "from now on, as") {
				t.Errorf("%q was taken for a name: %s", text, got)
			}
		}
	})
}

func TestDeleteIsConfirmedInEveryLanguage(t *testing.T) {
	for _, word := range []string{"DELETE", "LÖSCHEN", "Loeschen", "*BORRAR*", "apagar", "SUPPRIMER.", "ELIMINA", "VERWIJDEREN"} {
		play(t, func(w *world) {
			w.link("ben")
			w.say("ben", "/delete")
			w.say("ben", word)
			if _, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben")); err == nil {
				t.Errorf("%s: ben is still known", word)
			}
		})
	}
	for _, word := range []string{"yes", "delete me", "cancelar", "wissen"} {
		play(t, func(w *world) {
			w.link("ben")
			w.say("ben", "/delete")
			w.say("ben", word)
			if _, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben")); err != nil {
				t.Errorf("%s: ben is gone: %v", word, err)
			}
		})
	}
}
