package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// down disturbs Garmin for everybody, or ends that with "ok".
func (w *world) down(what string) {
	w.t.Helper()
	if err := w.garmin.Disturb("", what, ""); err != nil {
		w.t.Fatal(err)
	}
}

// tried signs in with e-mail and password and returns the answer.
func (w *world) tried(name string) string {
	w.t.Helper()
	w.say(name, "/link chat")
	w.say(name, name+"@example.org")
	return w.say(name, name+"-pass-1")
}

// rounds lets the jobs run four times an hour and returns what was said, each
// with the hour in Lisbon.
func (w *world) rounds(d time.Duration) (said []string) {
	w.t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(15 * time.Minute) {
		if _, err := w.bot.Again(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		if got := spelled(w.take()); got != "" {
			said = append(said, time.Now().In(lisbon(w.t)).Format("Mon 15:04 ")+got)
		}
	}
	return said
}

// spelled writes texts with their chats, to the last line.
func spelled(owed []store.Outgoing) string {
	var b strings.Builder
	for _, o := range owed {
		fmt.Fprintf(&b, "%s < %s\n", o.Chat, o.Text)
	}
	return b.String()
}

// hears writes a message and returns all of the answer.
func (w *world) hears(who, text string) string {
	w.t.Helper()
	w.receive(w.message(who, text))
	return spelled(w.take())
}

const promised = "I'll write to you *once*"

func TestWhoIsRefusedByAnOutageIsWrittenToOnce(t *testing.T) {
	play(t, func(w *world) {
		w.down("down")
		if got := w.tried("ben"); !strings.Contains(got, promised) || !strings.Contains(got, "It is not you") || strings.Contains(got, "/link again") {
			t.Fatalf("refused: %s", got)
		}
		if said := w.rounds(3 * time.Hour); len(said) > 0 {
			t.Fatalf("while it is down: %q", said)
		}
		w.calm() // a restart forgets nothing
		w.down("ok")
		said := w.rounds(26 * time.Hour)
		if len(said) != 1 || !strings.Contains(said[0], "Garmin answers again") || !strings.Contains(said[0], "lid-ben") {
			t.Fatalf("said %q", said)
		}
		w.link("ben")
		if said := w.rounds(26 * time.Hour); len(said) > 0 {
			t.Errorf("again: %q", said)
		}
	})
}

// TestOneFindsOutForTheOthers: while nobody has signed in, one is told at a
// time; once somebody has, the others are told that it works.
func TestOneFindsOutForTheOthers(t *testing.T) {
	play(t, func(w *world) {
		w.group("More", true, "gil", "hugo", "ivo")
		w.down("down")
		for _, name := range []string{"zoe", "ben", "ines"} {
			w.group("With "+name, true, name)
			if got := w.tried(name); !strings.Contains(got, "bot") && !strings.Contains(got, promised) {
				t.Fatalf("%s: %s", name, got)
			}
		}
		time.Sleep(31 * time.Minute)
		w.down("ok")
		if said := w.rounds(10 * time.Minute); len(said) != 1 || strings.Count(said[0], " < ") != 1 {
			t.Fatalf("the first round: %q", said)
		}
		w.link("zoe")
		said := strings.Join(w.rounds(10*time.Minute), "")
		if strings.Count(said, "works again") != 2 || strings.Contains(said, "lid-zoe") {
			t.Errorf("after a sign-in: %q", said)
		}
	})
}

func TestAPromiseIsKeptByDayWithinAWeekAndOnlyWhereItIsOfUse(t *testing.T) {
	night := func(w *world) { // 20:30 in Lisbon
		time.Sleep(time.Until(time.Date(2026, 9, 9, 19, 30, 0, 0, time.UTC)))
	}
	for name, c := range map[string]struct {
		then func(w *world) // after the refusal
		want string         // the hour at which ben is told; empty for never
	}{
		"at night":      {night, "Thu 09:00"},
		"linked":        {func(w *world) { w.down("ok"); w.link("ben") }, ""},
		"unlinked":      {func(w *world) { w.say("ben", "/unlink") }, ""},
		"deleted":       {func(w *world) { w.say("ben", "/delete"); w.say("ben", "DELETE") }, ""},
		"over a week":   {func(w *world) { time.Sleep(7*24*time.Hour + time.Minute) }, ""},
		"files instead": {func(w *world) { w.say("ben", "/link files") }, "Wed 12:30"},
		"no sign-in left": {func(w *world) { // each try counts, also in an outage
			w.tried("ben")
			w.tried("ben")
		}, "Thu 12:00"},
	} {
		play(t, func(w *world) {
			w.down("down")
			if got := w.tried("ben"); !strings.Contains(got, promised) {
				t.Fatalf("%s: %s", name, got)
			}
			c.then(w)
			w.down("ok")
			said := w.rounds(48 * time.Hour)
			switch {
			case c.want == "" && len(said) > 0, c.want != "" && (len(said) != 1 || !strings.HasPrefix(said[0], c.want)):
				t.Errorf("%s: want %q, said %q", name, c.want, said)
			}
		})
	}
}

// TestWhoAloneIsLimitedIsPromisedNothing: the text names a time.
func TestWhoAloneIsLimitedIsPromisedNothing(t *testing.T) {
	for _, trouble := range []string{"429", "captcha", "locked"} {
		play(t, func(w *world) {
			if err := w.garmin.Disturb("ben@example.org", trouble, ""); err != nil {
				t.Fatal(err)
			}
			if got := w.tried("ben"); strings.Contains(got, promised) || !strings.Contains(got, "/link") {
				t.Errorf("%s: %s", trouble, got)
			}
			w.down("ok")
			if said := w.rounds(30 * time.Hour); len(said) > 0 {
				t.Errorf("%s: %q", trouble, said)
			}
		})
	}
}

// TestWhatAnsweredNobodyIsSaidOnce: each command that tells figures says once
// that Garmin is down, and of when they are; others say nothing of it.
func TestWhatAnsweredNobodyIsSaidOnce(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.fed("ben")
		w.stop()
		w.fresh()
		w.bot.Outage = func() bool { return true }
		w.bot.Sync = unanswered{}
		w.run()
		time.Sleep(26 * time.Hour) // from Wednesday noon to Thursday at two
		w.group("Night Owls", true, "zoe")
		for _, c := range []struct{ who, text, want string }{
			{"ben", "/me", "as of *yesterday 12:"},
			{"ben", "/week", "as of *yesterday 12:"},
			{"ben", "/stats", "as of *yesterday 12:"},
			{"ben", "/sync", "I keep trying by myself"},
			{"ben", "/link", ""}, // linked: no sign-in is needed
			{"ben@Tuesday Runners", "/week", "As of *yesterday 12:"},
			{"ben@Tuesday Runners", "/stats", "As of *yesterday 12:"},
			{"ben@Tuesday Runners", "/month", "As of *yesterday 12:"},
			{"zoe@Night Owls", "/week", "what is missing comes by itself"},
			{"ben", "/help", ""},
			{"zoe", "/me", ""}, // not linked: there is nothing to be out of date
		} {
			time.Sleep(2 * time.Minute)
			got := w.hears(c.who, c.text)
			if n := strings.Count(got, "Garmin does not answer") + strings.Count(got, "Garmin isn't answering"); c.want == "" && n != 0 || c.want != "" && (n != 1 || !strings.Contains(got, c.want)) {
				t.Errorf("%s in %s: %d times in %s", c.text, c.who, n, got)
			}
		}
	})
}

// unanswered reads from a source that does not answer.
type unanswered struct{}

func (unanswered) Sync(context.Context, int64) (store.Tally, error) {
	return store.Tally{}, errors.New("no answer")
}

// TestOldFiguresSaySo: though Garmin answers in general.
func TestOldFiguresSaySo(t *testing.T) {
	play(t, func(w *world) {
		w.set.Late = 3 * time.Hour
		w.calm()
		for _, name := range []string{"ana", "ben"} {
			w.link(name)
			w.fed(name)
		}
		stale := func(who, text string) string {
			time.Sleep(2 * time.Minute)
			got := w.hears(who, text)
			i := strings.Index(got, "⏳ As of")
			if i < 0 {
				return ""
			}
			if strings.Count(got, "⏳") != 1 {
				t.Errorf("said twice: %s", got)
			}
			line, _, _ := strings.Cut(got[i:], "\n")
			return line
		}
		if got := stale("ben@Tuesday Runners", "/week"); got != "" {
			t.Errorf("fresh: %q", got)
		}
		time.Sleep(12 * time.Hour)
		w.fed("ana")
		time.Sleep(2 * time.Hour)
		if got := stale("ben", "/me"); !strings.HasPrefix(got, "⏳ As of *yesterday 12:0") || !strings.HasSuffix(got, "(Garmin is slow). Later: /sync") {
			t.Errorf("Ben's own: %q", got)
		}
		if got := stale("ana", "/me"); got != "" {
			t.Errorf("Ana's own: %q", got)
		}
		if got := stale("ben@Tuesday Runners", "/week"); !strings.HasPrefix(got, "⏳ As of *yesterday 12:0") || !strings.HasSuffix(got, "(Garmin is slow).") {
			t.Errorf("half of the group: %q", got)
		}
		w.fed("ben")
		if got := stale("ben@Tuesday Runners", "/stats"); got != "" {
			t.Errorf("read again: %q", got)
		}
		w.signedOut("ben")
		time.Sleep(50 * time.Hour)
		w.fed("ana")
		if got := stale("ana@Tuesday Runners", "/week"); got != "" {
			t.Errorf("who is signed out counts: %q", got)
		}
	})
}

func (w *world) signedOut(name string) {
	w.t.Helper()
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		w.t.Fatal(err)
	}
	acc, err := w.db.Account(w.t.Context(), a.ID, "garmin")
	if err == nil {
		err = w.db.SetAccountState(w.t.Context(), acc.ID, store.AccountSignedOut, "revoked", time.Time{})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestNoHistoryBringsMoreRemindersThanAgreed: whatever becomes of an account,
// nobody is told more than four times of one link, never twice within a week,
// and never at night.
func TestNoHistoryBringsMoreRemindersThanAgreed(t *testing.T) {
	seeds := 6
	if testing.Short() || racing {
		seeds = 2
	}
	for seed := range seeds {
		play(t, func(w *world) {
			r := rand.New(rand.NewPCG(uint64(seed), 7))
			w.link("ben")
			a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
			if err != nil {
				t.Fatal(err)
			}
			var told []time.Time
			links, ofLink := 0, map[int]int{}
			for end := time.Now().AddDate(0, 0, 75); time.Now().Before(end); time.Sleep(time.Duration(15+r.IntN(90)) * time.Minute) {
				switch r.IntN(60) {
				case 0:
					_, err = w.db.Link(w.t.Context(), storetest.Actor(a), store.Account{Athlete: a.ID, Source: "garmin", Profile: "p", Name: "Ben", Tokens: "t"}, store.Reply{})
					links++
				case 1, 2, 3, 4:
					if acc, failed := w.db.Account(w.t.Context(), a.ID, "garmin"); failed == nil {
						err = w.db.SetAccountState(w.t.Context(), acc.ID, store.AccountSignedOut, "401", time.Time{})
					}
				case 5:
					if r.IntN(6) == 0 {
						_ = w.db.Unlink(w.t.Context(), storetest.Actor(a), a.ID, "garmin", store.Reply{})
					}
				case 6:
					w.calm()
				}
				if err != nil {
					t.Fatal(err)
				}
				if _, err := w.bot.Remind(w.t.Context()); err != nil {
					t.Fatal(err)
				}
				for _, o := range w.take() {
					if !strings.HasPrefix(o.Key, "relink:") {
						continue
					}
					now := time.Now()
					if hour := now.In(lisbon(w.t)).Hour(); hour < 9 || hour >= 20 {
						t.Errorf("seed %d: at %d o'clock", seed, hour)
					}
					if expires := o.Expires.In(lisbon(w.t)); expires.Hour() > 20 || expires.Hour() == 20 && expires.Minute() > 0 || expires.Day() != now.In(lisbon(w.t)).Day() {
						t.Errorf("seed %d: may be sent until %v", seed, expires)
					}
					if n := len(told); n > 0 && now.Sub(told[n-1]) < 7*24*time.Hour {
						t.Errorf("seed %d: again after %v", seed, now.Sub(told[n-1]))
					}
					told = append(told, now)
					if ofLink[links]++; ofLink[links] > 4 {
						t.Errorf("seed %d: %d times of one link", seed, ofLink[links])
					}
				}
			}
			if len(told) == 0 {
				t.Errorf("seed %d: nobody was told anything", seed)
			}
		})
	}
}
