package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"clubrun/store"
	"clubrun/store/storetest"
)

// Who may set the schedule is decided by WhatsApp's roster alone.
func TestNobodyBecomesAdminByTheirLooks(t *testing.T) {
	ana, other := storetest.User("ana"), "lid-other"
	for _, c := range []struct {
		name   string
		roster []store.Person
		sender string
		phone  string
		admin  bool
	}{
		{"admin by user id", []store.Person{{User: ana, Admin: true}}, ana, "", true},
		{"admin by both", []store.Person{{User: ana, Phone: "1", Admin: true}}, ana, "1", true},
		{"admin of whom only the number is known", []store.Person{{Phone: "1", Admin: true}}, ana, "1", true},
		{"user id of an admin with another number", []store.Person{{User: ana, Phone: "1", Admin: true}}, ana, "2", false},
		{"number of an admin with another user id", []store.Person{{User: other, Phone: "1", Admin: true}}, ana, "1", false},
		{"member", []store.Person{{User: ana}, {User: other, Admin: true}}, ana, "", false},
		{"member with the number of an admin", []store.Person{{User: ana}, {User: other, Phone: "1", Admin: true}}, ana, "1", false},
		{"unknown user id", []store.Person{{User: other, Admin: true}}, ana, "", false},
		{"device behind the user id", []store.Person{{User: ana, Admin: true}}, ana + ":3", "", false},
		{"no number on either side", []store.Person{{Phone: "", Admin: true}}, ana, "", false},
		{"empty group", nil, ana, "1", false},
	} {
		play(t, func(w *world) {
			w.rosters[chatOf("Tuesday Runners")].People = c.roster
			in := w.message("ana@Tuesday Runners", "/schedule sun 18:00")
			in.Sender, in.Phone, in.Name = c.sender, c.phone, "Ana (admin)"
			w.receive(in)
			got := w.answers()
			g, err := w.db.GroupByChat(w.t.Context(), chatOf("Tuesday Runners"))
			if err != nil {
				t.Fatal(err)
			}
			if set := g.Schedule == "0 18 * * 0"; set != c.admin {
				t.Errorf("%s: schedule %q, answered %q", c.name, g.Schedule, got)
			}
			if !c.admin && got != "< reacts 🔒\n" {
				t.Errorf("%s: answered %q", c.name, got)
			}
			w.audited(c.name, !c.admin)
		})
	}
}

// audited fails unless the last entry is about the schedule, as denied or not.
func (w *world) audited(name string, denied bool) {
	w.t.Helper()
	entries, err := w.db.Audited(w.t.Context(), 1)
	if err != nil || len(entries) != 1 {
		w.t.Fatalf("%s: audit %v, %v", name, entries, err)
	}
	if e := entries[0]; e.Action != "group.schedule" || e.Denied != denied || e.Subject != "group 1" {
		w.t.Errorf("%s: audited %+v", name, e)
	}
}

func TestAScheduleIsReadInEveryLanguage(t *testing.T) {
	play(t, func(w *world) {
		for _, c := range []struct{ text, cron, next string }{
			{"/schedule Sunday 6pm", "0 18 * * 0", "2026-09-13 18:00"},
			{"/schedule so 18 uhr", "0 18 * * 0", "2026-09-13 18:00"},
			{"/schedule domingo às 18h", "0 18 * * 0", "2026-09-13 18:00"},
			{"/schedule dimanche 18h30", "30 18 * * 0", "2026-09-13 18:30"},
			{"/schedule zo 18.00", "0 18 * * 0", "2026-09-13 18:00"},
			{"/schedule 18:00 sun", "0 18 * * 0", "2026-09-13 18:00"},
			{"/schedule every monday 7am", "0 7 * * 1", "2026-09-14 07:00"},
			{"/schedule am Mittwoch um 12:30", "30 12 * * 3", "2026-09-09 12:30"},
			{"/schedule wed 11:00", "0 11 * * 3", "2026-09-16 11:00"},
			{"/schedule tous les samedis à 9h", "0 9 * * 6", "2026-09-12 09:00"},
			{"/horario viernes 1800", "0 18 * * 5", "2026-09-11 18:00"},
			{"/schedule sun", "", ""}, {"/schedule 25:00", "", ""}, {"/schedule sun 25:00", "", ""}, {"/schedule 18:00", "", ""}, {"/schedule soon", "", ""},
		} {
			w.say("ana@Tuesday Runners", "/schedule off")
			got := w.say("ana@Tuesday Runners", c.text)
			g, err := w.db.GroupByChat(w.t.Context(), chatOf("Tuesday Runners"))
			if err != nil {
				t.Fatal(err)
			}
			next := ""
			if !g.NextRun.IsZero() {
				next = g.NextRun.In(g.Location()).Format("2006-01-02 15:04")
			}
			if g.Schedule != c.cron || c.cron != "" && next != c.next {
				t.Errorf("%s: %q, next %s; answered %s", c.text, g.Schedule, next, got)
			}
			w.calm()
		}
	})
}

// The bot is in the group, too, and is nobody whom its members would count.
func TestTheBotIsNoneOfThePeople(t *testing.T) {
	play(t, func(w *world) {
		r := w.rosters[chatOf("Tuesday Runners")]
		people := len(r.People)
		w.link("ana")
		w.say("ana", "no")
		r.People = append(r.People, store.Person{User: "lid-bot", Phone: "351900000"})
		w.receive(w.message("ana", "/members"))
		if got, want := w.heard(), fmt.Sprintf("People in *Tuesday Runners*: %d ", people); !strings.Contains(got, want) {
			t.Errorf("want %s, got %s", want, got)
		}
	})
}
