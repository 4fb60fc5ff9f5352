package bot_test

import (
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// under is a message of somebody under another phone number.
func (w *world) under(number, who, text string) string {
	w.t.Helper()
	in := w.message(who, text)
	in.Phone = number
	w.receive(in)
	return spelled(w.take())
}

const hasMoved = "your phone number has changed"

func TestAMovedNumberIsToldOnceInTheDirectChat(t *testing.T) {
	for _, first := range []string{"ben", "ben@Tuesday Runners"} {
		play(t, func(w *world) {
			w.link("ben")
			got := w.under("491700000001", first, "/week")
			if strings.Count(got, hasMoved) != 1 || !strings.Contains(got, "lid-ben@lid < 📱") || !strings.Contains(got, "/unlink") || !strings.Contains(got, "/delete") {
				t.Errorf("%s: %s", first, got)
			}
			for _, who := range []string{"ben", "ben@Tuesday Runners"} {
				w.calm()
				if got := w.under("491700000001", who, "/week"); strings.Contains(got, hasMoved) || !strings.Contains(got, "Week 37") {
					t.Errorf("again, %s: %s", who, got)
				}
			}
			a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
			if err != nil || a.Phone != "491700000001" {
				t.Errorf("%+v, %v", a, err)
			}
		})
	}
}

func TestWhoHasNothingHereIsToldOfNoMove(t *testing.T) {
	play(t, func(w *world) {
		w.say("ben", "/units mi") // known, and neither linked nor shown
		if got := w.under("491700000001", "ben", "/me"); strings.Contains(got, hasMoved) {
			t.Error(got)
		}
	})
}

// TestALateMessageMovesNobody: it tells the number of when it was written.
func TestALateMessageMovesNobody(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		in := w.message("ben", "/me")
		in.Phone, in.Sent = "491700000001", time.Now().Add(-time.Hour)
		w.receive(in)
		if got := spelled(w.take()); strings.Contains(got, hasMoved) || !strings.Contains(got, "your numbers") {
			t.Error(got)
		}
	})
}

// TestWhoGetsANumberInheritsNothing: not the link, not the groups, not what an
// admin may, not a name by which others ask; and nothing is sent to them.
func TestWhoGetsANumberInheritsNothing(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana") // an admin of Tuesday Runners
		w.link("ben")
		anas := phone("ana")
		for _, c := range []struct{ who, text, not, want string }{
			{"nia", "/me", "your numbers", ""},
			{"nia", "/share", "Tuesday Runners", ""},
			{"nia", "/unlink", "access removed", ""},
			{"nia@Tuesday Runners", "/schedule sun 18:00", "18:00", "🔒"},
			{"nia@Tuesday Runners", "/leave", "no longer", ""},
		} {
			got := w.under(anas, c.who, c.text)
			if strings.Contains(got, c.not) || !strings.Contains(got, c.want) {
				t.Errorf("%s: %s: %s", c.who, c.text, got)
			}
		}
		a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ana"))
		if err != nil || a.Phone != "" {
			t.Errorf("Ana is still known by %q, %v", a.Phone, err)
		}
		if got := w.hears("ben@Tuesday Runners", "/week @"+anas); strings.Contains(got, "Ana") {
			t.Errorf("asked for by the number: %s", got)
		}
		// What is Ana's stays hers, and goes to her.
		w.signedOut("ana")
		if _, err := w.bot.Remind(w.t.Context()); err != nil {
			t.Fatal(err)
		}
		if owed := w.take(); len(owed) != 1 || owed[0].Chat != "lid-ana@lid" {
			t.Errorf("reminded: %s", spelled(owed))
		}
		if got := w.under("491700000002", "ana", "/me"); strings.Contains(got, hasMoved) || !strings.Contains(got, "your numbers") {
			t.Errorf("Ana under another number: %s", got)
		}
		if got := w.hears("ben@Tuesday Runners", "/week"); !strings.Contains(got, "Ana") {
			t.Errorf("Ana is gone from the group: %s", got)
		}
	})
}

// TestOnlyARosterThatKnowsNoIDsGoesByNumber: by whom WhatsApp says is in the
// group now, which is not who was there under the number.
func TestOnlyARosterThatKnowsNoIDsGoesByNumber(t *testing.T) {
	play(t, func(w *world) {
		w.group("Bare", true)
		chat := chatOf("Bare")
		w.rosters[chat].People = []store.Person{{User: phone("ana"), Phone: phone("ana"), Admin: true}}
		if got := w.say("ana@Bare", "/schedule sun 18:00"); !strings.Contains(got, "18:00") {
			t.Errorf("Ana, by number: %s", got)
		}
		w.rosters[chat].People = []store.Person{{User: storetest.User("nia"), Phone: phone("ana"), Admin: true}}
		if got := w.say("ana@Bare", "/schedule sun 19:00"); strings.Contains(got, "19:00") {
			t.Errorf("the number is Nia's now: %s", got)
		}
	})
}
