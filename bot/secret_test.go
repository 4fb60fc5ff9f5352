package bot_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// scan fails where one of the secrets stands in a file of the database or in
// the log.
func (w *world) scan(when string, secrets ...string) {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(w.path), "*"))
	if err != nil || len(files) == 0 {
		w.t.Fatal("no database", err)
	}
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, secret := range secrets {
			if strings.Contains(string(bytes), secret) {
				w.t.Errorf("%s: %q stands in %s", when, secret, filepath.Base(file))
			}
		}
	}
	for _, secret := range secrets {
		if strings.Contains(w.log.String(), secret) {
			w.t.Errorf("%s: %q stands in the log", when, secret)
		}
	}
}

func TestNoSecretReachesTheDatabase(t *testing.T) {
	play(t, func(w *world) {
		w.say("ana", "/link chat")
		w.say("ana", "ana@example.org")
		w.say("ana", "ana-pass-1")
		w.say("ana", "987654") // wrong
		code := w.code("ana")
		w.say("ana", code)
		w.scan("chat road", "ana@example.org", "ana-pass-1", "987654", code)

		ticket := w.filled("ben", "{ticket}")
		w.say("ben", "/link garmin")
		w.say("ben", ticket)
		w.scan("garmin road", ticket[strings.Index(ticket, "ST-"):])
	})
}

// A password is not only dangerous where it is expected.
func TestNoStrayPasswordReachesTheDatabase(t *testing.T) {
	play(t, func(w *world) {
		for i, text := range []string{
			"canary-0-secret", "ana@example.org canary-1-secret", "/link ana@example.org canary-2-secret", "link chat canary-3-secret",
			"my password is canary-4-secret", "stats canary-5-secret", "password: canary-6-secret", "!canary-7-secret", "/canary-8-secret",
		} {
			w.say("ana", text)
			w.say("ana@Tuesday Runners", text)
			w.say("zoe", text)
			_ = i
		}
		w.say("ana", "/link chat")
		w.receive(w.message("ana", "ana@example.org")) // all three before the bot answers
		w.receive(w.message("ana", "canary-9-secret"))
		in := w.message("ana", "canary-X-secret")
		in.Edits = "M" + itoa(w.number-1)
		w.receive(in)
		w.answers()
		w.scan("stray", "canary-", "ana@example.org")
	})
}

// Where a password is awaited, a word that is a command elsewhere is one.
func TestAPasswordMayReadLikeACommand(t *testing.T) {
	play(t, func(w *world) {
		for i, password := range []string{"semaine", "!settimana", "annuleren2", "oui"} {
			name := people[i%3].name
			w.say(name, "/link chat")
			w.say(name, name+"@example.org")
			if got := w.say(name, password); !strings.Contains(got, "wrong") {
				t.Errorf("%q is no password here: %s", password, got)
			}
		}
		w.scan("words", "semaine", "settimana", "annuleren", "oui")
	})
}

func TestPostedPasswordsAreNoticedAndTalkIsNot(t *testing.T) {
	posted := []string{
		"/link ana@example.org hunter2", "/Link: ana@example.org", "link ana@example.org", "! link ana@example.org x", "/verbinden ana@example.org geheim",
		"/conectar ana@example.org", "ana@example.org hunter22", "ana@example.org\nHunter22!", "hunter22 ana@example.org",
		"email: ana@example.org password: x", "user ana@example.org pw hunter", "ana@example.org Passwort: sesam", "ana@example.org contraseña abre",
		"ana@example.org senha abre", "mon mot de passe: tralala, ana@example.org", "ana@example.org wachtwoord=abc",
	}
	talk := []string{
		"mail me at ana@example.org", "ana@example.org", "ana@example.org please", "see you at 10 @ the track", "link to the race: https://example.org/a",
		"good pass at 10k, well run", "@ana nice one", "the new link is on the site", "hunter22",
	}
	play(t, func(w *world) {
		for _, text := range posted {
			if got := w.say("ana@Tuesday Runners", text); !strings.Contains(got, "looks like a password") {
				t.Errorf("%q was not noticed: %s", text, got)
			}
			if got := w.say("ana@Parkside RC", text); got != "" {
				t.Errorf("%q was answered where the bot is not started: %s", text, got)
			}
		}
		for _, text := range talk {
			if got := w.say("ana@Tuesday Runners", text); got != "" {
				t.Errorf("%q was answered: %s", text, got)
			}
		}
		w.scan("posted", "ana@example.org", "hunter", "Hunter", "sesam")
	})
}

func TestGroupTalkIsNotStored(t *testing.T) {
	play(t, func(w *world) {
		w.say("ana@Tuesday Runners", "canary: who runs on sunday?")
		w.say("ana@Tuesday Runners", "/canary")
		w.scan("talk", "canary")
	})
}

func TestASecretIsForgottenAfterTenMinutes(t *testing.T) {
	play(t, func(w *world) {
		w.say("ben", "/link chat")
		w.say("ben", "ben@example.org")
		time.Sleep(9 * time.Minute)
		w.say("ana", "/link chat") // somebody else's message changes nothing
		if got := w.say("ben", "ben-pass-1"); !strings.Contains(got, "Linked") {
			t.Errorf("after 9 minutes: %s", got)
		}
		w.say("caro", "/link chat")
		w.say("caro", "caro@example.org")
		time.Sleep(11 * time.Minute)
		if got := w.say("caro", "caro-pass-1"); !strings.Contains(got, "took too long") {
			t.Errorf("after 11 minutes: %s", got)
		}
		if n := w.garmin.Logins("caro@example.org"); n != 0 {
			t.Errorf("%d passwords were tried", n)
		}
	})
}

func TestErasedIsErased(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.say("ben", "/files on")
		w.say("ben", "/delete")
		w.say("ben", "DELETE")
		if _, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben")); err == nil {
			t.Error("ben is still known")
		}
		if talk, err := w.db.Talk(w.t.Context(), storetest.User("ben")); err != nil || talk != (store.Talk{}) {
			t.Errorf("a dialogue is left: %v, %v", talk, err)
		}
		g, err := w.db.GroupByChat(w.t.Context(), chatOf("Tuesday Runners"))
		if err != nil {
			t.Fatal(err)
		}
		if members, err := w.db.Members(w.t.Context(), g.ID); err != nil || len(members) != 0 {
			t.Errorf("still shown: %v, %v", members, err)
		}
	})
}
