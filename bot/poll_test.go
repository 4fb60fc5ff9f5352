package bot_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// asks lets Ana ask the group and returns the poll as it was posted.
func (w *world) asks() store.Outgoing {
	w.t.Helper()
	w.receive(w.message("ana@Tuesday Runners", "/metric poll"))
	for _, o := range w.take() {
		if o.Kind == store.KindPoll {
			return o
		}
	}
	w.t.Fatal("no poll was posted")
	return store.Outgoing{}
}

// votes lets somebody choose the nth option.
func (w *world) votes(o store.Outgoing, name string, n int) {
	w.t.Helper()
	sum := sha256.Sum256([]byte(strings.Split(o.Text, "\n")[n]))
	if err := w.db.Voted(w.t.Context(), o.Chat, sentAs(o), storetest.User(name), []string{hex.EncodeToString(sum[:])}); err != nil {
		w.t.Fatal(err)
	}
}

// counted lets hours pass as the jobs do and returns what was said.
func (w *world) counted(until time.Duration) (said string) {
	w.t.Helper()
	for end := time.Now().Add(until); time.Now().Before(end); time.Sleep(time.Hour) {
		if _, err := w.bot.Count(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		said += w.answers()
	}
	return said
}

const (
	effort = iota + 1
	days
)

// What the group chose is told to who asked, a day later and by day; it counts
// on that admin's yes, and each person in the group once.
func TestAPollChangesNothingWithoutAYes(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.say("ana@Tuesday Runners", "/language de")
		o := w.asks()
		if o.Chat != chatOf("Tuesday Runners") || !strings.HasPrefix(o.Text, "Wonach ") || strings.Count(o.Text, "\n") != len(store.AllMetrics()) {
			t.Fatalf("asked %+v", o)
		}
		w.votes(o, "ana", effort)
		w.votes(o, "ana", days) // changed her mind
		w.votes(o, "ben", days)
		w.votes(o, "caro", effort)
		w.votes(o, "zoe", effort) // is not in the group
		if said := w.counted(23 * time.Hour); said != "" {
			t.Fatalf("too early: %s", said)
		}
		said := w.counted(24 * time.Hour)
		if strings.Count(said, "3 Stimmen") != 1 || !strings.Contains(said, "to "+strings.TrimPrefix(storetest.User("ana"), "lid-")) {
			t.Fatalf("said %s", said)
		}
		if g := w.known("Tuesday Runners"); g.Metric != store.ByEffort {
			t.Errorf("it ranks by %s before a yes", g.Metric)
		}
		w.say("ana", "ja")
		if g := w.known("Tuesday Runners"); g.Metric != store.ByDays {
			t.Errorf("it ranks by %s after the yes", g.Metric)
		}
		if said := w.counted(24 * time.Hour); said != "" {
			t.Errorf("told twice: %s", said)
		}
	})
}

// Whoever asked is no admin any more: the present admin who has written is
// told; who has no say gets nowhere with a yes.
func TestAPollOutlivesTheAdminWhoAsked(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.link("ben")
		o := w.asks()
		w.votes(o, "ben", days)
		r := w.rosters[chatOf("Tuesday Runners")]
		r.People[0].Admin, r.People[2].Admin = false, true // Caro, who has not written
		if said := w.counted(48 * time.Hour); said != "" {
			t.Fatalf("who has not written is told %s", said)
		}
		r.People[1].Admin = true
		if said := w.counted(24 * time.Hour); !strings.Contains(said, "1 vote") || strings.Contains(said, storetest.User("ana")) {
			t.Fatalf("said %s", said)
		}
		r.People[1].Admin = false
		if got := w.say("ben", "yes"); !strings.Contains(got, "Only admins") {
			t.Errorf("told %s", got)
		}
		if g := w.known("Tuesday Runners"); g.Metric != store.ByEffort {
			t.Errorf("it ranks by %s", g.Metric)
		}
	})
}

func TestAPollWithoutAWinnerAsksNothing(t *testing.T) {
	for name, c := range map[string]struct {
		votes map[string]int
		said  string
	}{
		"nobody": {nil, "Nobody voted"}, "tie": {map[string]int{"ben": effort, "caro": days}, "A tie"}, "same": {map[string]int{"ben": effort}, "already"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, func(w *world) {
				w.link("ana")
				o := w.asks()
				for who, n := range c.votes {
					w.votes(o, who, n)
				}
				if got := w.say("ana", "/metric poll end"); !strings.Contains(got, c.said) {
					t.Errorf("said %s", got)
				}
				if got := w.say("ana", "yes"); got != "" {
					t.Errorf("a yes to nothing: %s", got)
				}
				if got := w.say("ana", "/metric poll end"); !strings.Contains(got, "No poll") {
					t.Errorf("ended twice: %s", got)
				}
				w.votes(o, "ben", days) // too late
				if left, err := w.db.Votes(w.t.Context(), 1); err != nil || len(left) > 0 {
					t.Errorf("votes %v, %v", left, err)
				}
			})
		})
	}
}
