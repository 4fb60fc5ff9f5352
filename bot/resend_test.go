package bot_test

import (
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/store"
	"clubrun/store/storetest"
)

// byForm leaves only the form of the website as a road, on which Garmin sends
// another code.
func (w *world) byForm() {
	table, err := garmin.ParseSignIn([]byte("roads = [\"widget\"]\n"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.client.Table = table
}

// toCode walks somebody to where a code is awaited.
func (w *world) toCode(name string) string {
	w.say(name, "/link chat")
	w.say(name, name+"@example.org")
	return w.say(name, name+"-pass-1")
}

func TestWordOfAMissingCodeIsUnderstoodInEveryLanguage(t *testing.T) {
	for _, text := range []string{
		"/resend", "resend", "new code", "New code please!", "code again", "no code", "I didn't get a code", "didnt get it", "nothing came", "/reenviar", "/renvoyer", "/rinvia", "/opnieuw", "/nochmal",
		"neuer code", "kein Code da", "nichts bekommen", "noch mal bitte", "nuevo código", "no me llega", "no me ha llegado", "novo código", "não chegou", "não recebi nada",
		"nouveau code", "je n'ai rien reçu", "pas de code", "nuovo codice", "non è arrivato", "non ho ricevuto niente", "nieuwe code", "geen code", "nog niets ontvangen",
	} {
		play(t, func(w *world) {
			w.toCode("ana")
			got := w.say("ana", text)
			if !strings.Contains(got, "new sign-in") || !strings.Contains(got, "2 left") {
				t.Errorf("%s: %s", text, got)
			}
			if n := w.garmin.Logins("ana@example.org"); n != 1 {
				t.Errorf("%s: %d sign-ins without a yes", text, n)
			}
			if got := w.say("ana", w.code("ana")); !strings.Contains(got, "Linked") {
				t.Errorf("%s: the code that came is void: %s", text, got)
			}
		})
	}
}

func TestANewCodeOnTheFormIsSentAfterItsPause(t *testing.T) {
	play(t, func(w *world) {
		w.byForm()
		if got := w.toCode("ana"); !strings.Contains(got, "an…@example.org") {
			t.Errorf("not told where the code went: %s", got)
		}
		first := w.code("ana")
		if got := w.say("ana", "/resend"); !strings.Contains(got, "from *12:01* on") {
			t.Errorf("too soon: %s", got)
		}
		time.Sleep(31 * time.Second)
		got := w.say("ana", "kein Code")
		if !strings.Contains(got, "new code is on its way to *an…@example.org*") || w.code("ana") == first {
			t.Errorf("no new code: %s", got)
		}
		if got := w.say("ana", first); !strings.Contains(got, "2 tries left") {
			t.Errorf("the old code: %s", got)
		}
		if got := w.say("ana", w.code("ana")); !strings.Contains(got, "Linked") {
			t.Errorf("the new code: %s", got)
		}
		if n := w.garmin.Logins("ana@example.org"); n != 1 {
			t.Errorf("%d sign-ins", n)
		}
	})
}

// Whoever has asked for a new sign-in may still send the code of the first.
func TestTheFirstCodeCountsUntilTheNewSignInBegins(t *testing.T) {
	play(t, func(w *world) {
		w.toCode("ana")
		w.say("ana", "/resend")
		if got := w.say("ana", "sí"); !strings.Contains(got, "password") {
			t.Fatalf("asked: %s", got)
		}
		if got := w.say("ana", w.code("ana")); !strings.Contains(got, "Linked") {
			t.Errorf("answered: %s", got)
		}
		if n := w.garmin.Logins("ana@example.org"); n != 1 {
			t.Errorf("%d sign-ins", n)
		}
	})
}

func TestNoFourthSignInIsOfferedForACode(t *testing.T) {
	play(t, func(w *world) {
		w.toCode("ana")
		for _, want := range []string{"2 left", "1 left"} {
			if got := w.say("ana", "/resend"); !strings.Contains(got, want) {
				t.Fatalf("want %s: %s", want, got)
			}
			w.say("ana", "yes")
			w.say("ana", "ana-pass-1")
		}
		got := w.say("ana", "/resend")
		if !strings.Contains(got, "until *Thu 12:00*") || !strings.Contains(got, "/link garmin") {
			t.Errorf("the third: %s", got)
		}
		if got := w.say("ana", w.code("ana")); !strings.Contains(got, "Linked") {
			t.Errorf("the last code: %s", got)
		}
	})
}

func TestAnAppsCodeIsSentByNobody(t *testing.T) {
	play(t, func(w *world) {
		w.toCode("caro")
		if got := w.say("caro", "neuer code"); !strings.Contains(got, "authenticator app shows it") {
			t.Errorf("answered: %s", got)
		}
		if got := w.say("caro", "000000"); !strings.Contains(got, "Is your app showing a newer one? *2 tries left.*") {
			t.Errorf("a wrong one: %s", got)
		}
		if got := w.say("caro", w.code("caro")); !strings.Contains(got, "Linked") {
			t.Errorf("answered: %s", got)
		}
		if got := w.say("caro", "/new code"); !strings.Contains(got, "not waiting for a code") {
			t.Errorf("later: %s", got)
		}
	})
}

// The sign-in lives in memory: who was in the middle of it hears of a restart,
// once, wherever they stood.
func TestARestartIsToldToWhoeverWasSigningIn(t *testing.T) {
	play(t, func(w *world) {
		w.say("ana", "/link chat")
		w.say("ana", "ana@example.org") // at the password
		w.toCode("caro")                // at the code
		w.say("ben", "/link chat")      // at the address: nothing is lost
		w.stop()
		w.start()
		w.chat = ""
		got := w.answers()
		if n := strings.Count(got, "just restarted"); n != 2 || strings.Contains(got, "ben") {
			t.Errorf("told %d times:\n%s", n, got)
		}
		w.stop()
		w.start()
		if got := w.answers(); got != "" {
			t.Errorf("told again:\n%s", got)
		}
		if got := w.toCode("caro"); !strings.Contains(got, "authenticator") {
			t.Errorf("answered: %s", got)
		}
		time.Sleep(11 * time.Minute)
		w.stop()
		w.start()
		if got := w.answers(); got != "" {
			t.Errorf("told of what was over:\n%s", got)
		}
	})
}

// After two restarts there are two questions, and people answer both.
func TestAnAddressThatIsSentTwiceIsNoPassword(t *testing.T) {
	play(t, func(w *world) {
		w.say("ben", "/link chat")
		w.say("ben", "ben@example.org")
		if got := w.say("ben", " ben@example.org "); !strings.Contains(got, "And the password?") {
			t.Errorf("answered: %s", got)
		}
		if got := w.say("ben", "ben-pass-1"); !strings.Contains(got, "Linked as") {
			t.Errorf("answered: %s", got)
		}
	})
}

func TestSignedOutIsToldByDayOnceAndThenWeekly(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.link("ben")
		a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
		if err != nil {
			t.Fatal(err)
		}
		account, err := w.db.Account(w.t.Context(), a.ID, "garmin")
		if err == nil {
			err = w.db.SetAccountState(w.t.Context(), account.ID, store.AccountSignedOut, "test", time.Time{})
		}
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(9 * time.Hour) // 21:00
		var told []string
		for hour := 0; hour < 60*24; hour++ {
			if hour == 100 {
				w.stop()
				w.start()
			}
			if _, err := w.bot.Remind(w.t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, o := range w.take() {
				told = append(told, time.Now().UTC().Format("2 15:04 ")+string(o.Chat)+strings.Fields(o.Text)[1])
			}
			time.Sleep(time.Hour)
		}
		if got := strings.Join(told, " | "); len(told) != 4 || strings.Count(got, "lid-ben@lidGarmin") != 4 || !strings.HasPrefix(got, "10 08:0") {
			t.Errorf("told %d times: %s", len(told), got)
		}
	})
}

func TestAChineseAccountIsLinkedWhereItLives(t *testing.T) {
	play(t, func(w *world) {
		if err := w.garmin.Disturb("ben@example.org", "china", ""); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ text, want string }{
			{"/link chat", "e-mail address"}, {"ben@example.org", "password"}, {"ben-pass-1", "wrong"},
			{"/link garmin", "sso.garmin.com"}, {"ST-0000-none-cas", "used or too old"},
			{"/link cn", "*2* With your password"}, {"2", "e-mail address"}, {"stop", "Stopped"},
			{"/link garmin china", "https://sso.garmin.cn/"},
		} {
			if got := w.say("ben", c.text); !strings.Contains(got, c.want) {
				t.Errorf("%s: want %q: %s", c.text, c.want, got)
			}
		}
		ticket, err := w.garmin.Ticket("ben@example.org")
		if err != nil {
			t.Fatal(err)
		}
		_, bare, _ := strings.Cut(ticket, "ticket=")
		if got := w.say("ben", bare); !strings.Contains(got, "Linked") {
			t.Errorf("a bare ticket: %s", got)
		}
	})
	play(t, func(w *world) {
		if err := w.garmin.Disturb("ben@example.org", "china", ""); err != nil {
			t.Fatal(err)
		}
		w.say("ben", "/link garmin")
		ticket, err := w.garmin.Ticket("ben@example.org")
		if err != nil {
			t.Fatal(err)
		}
		_, bare, _ := strings.Cut(ticket, "ticket=")
		if got := w.say("ben", bare); !strings.Contains(got, "/link cn") || strings.Contains(got, "too old") {
			t.Errorf("at the wrong database: %s", got)
		}
	})
}

func TestWhoAsksDuringAnOutageIsTold(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.say("ben", "yes")
		down := false
		w.stop()
		w.fresh()
		w.bot.Outage = func() bool { return down }
		w.run()
		if got := w.say("ben", "/me"); strings.Contains(got, "does not answer") {
			t.Errorf("all is well: %s", got)
		}
		down = true
		for _, text := range []string{"/me", "/week"} {
			if got := whole(w, "ben", text); !strings.Contains(got, "does not answer") {
				t.Errorf("%s: %s", text, got)
			}
		}
		if got := whole(w, "ben", "/help"); strings.Contains(got, "does not answer") {
			t.Errorf("nobody asked: %s", got)
		}
	})
}

// whole is what is owed for a message, unshortened.
func whole(w *world, who, text string) string {
	w.t.Helper()
	w.receive(w.message(who, text))
	var b strings.Builder
	for _, o := range w.take() {
		b.WriteString(o.Text + "\n")
	}
	return b.String()
}

// A day on which Garmin signs everybody out is no reason to write to everybody
// at once.
func TestAFewAtOnceAreToldThatTheyAreSignedOut(t *testing.T) {
	play(t, func(w *world) {
		for _, name := range strings.Fields("a b c d e f g") {
			a := storetest.Athlete(w.t, w.db, name)
			account := store.Account{Athlete: a.ID, Source: "garmin", Profile: name, Tokens: "x", State: store.AccountSignedOut}
			if _, err := w.db.Link(w.t.Context(), storetest.Actor(a), account, store.Reply{}); err != nil {
				t.Fatal(err)
			}
		}
		for _, want := range []int{5, 2, 0} {
			if told, err := w.bot.Remind(w.t.Context()); err != nil || told != want || len(w.take()) != want {
				t.Errorf("%d told, %v; want %d", told, err, want)
			}
		}
	})
}
