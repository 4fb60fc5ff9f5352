package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot"
	"clubrun/store"
	"clubrun/store/storetest"
)

func TestTheSameMessageIsAnsweredOnce(t *testing.T) {
	play(t, func(w *world) {
		in := w.message("ana@Tuesday Runners", "/help")
		w.receive(in)
		first := w.answers()
		for range 3 {
			w.receive(in)
		}
		w.stop()
		w.start()
		w.receive(in)
		if again := w.answers(); first == "" || again != "" {
			t.Errorf("first %q, again %q", first, again)
		}
	})
}

// Two bots on one database are what a crash between the answer and its being
// noted would look like.
func TestARowThatIsHandledTwiceOwesOnce(t *testing.T) {
	play(t, func(w *world) {
		stop := w.stop
		w.start()
		defer stop()
		got := w.say("ben", "/link chat")
		if strings.Count(got, "e-mail address") != 1 {
			t.Errorf("answered: %s", got)
		}
	})
}

// slowSync blocks until it is let go or stopped.
type slowSync struct{ started, free chan struct{} }

func (s slowSync) Sync(ctx context.Context, _ int64) (store.Tally, error) {
	close(s.started)
	select {
	case <-s.free:
		return store.Tally{}, nil
	case <-ctx.Done():
		return store.Tally{}, ctx.Err()
	}
}

func TestACrashAfterLinkedStillAsksForTheYes(t *testing.T) {
	play(t, func(w *world) {
		slow := slowSync{make(chan struct{}), make(chan struct{})}
		w.stop()
		w.fresh()
		w.bot.Sync = slow
		w.run()
		w.say("ben", "/link chat")
		w.say("ben", "ben@example.org")
		w.receive(w.message("ben", "ben-pass-1"))
		<-slow.started
		w.stop()
		w.start()
		got := w.answers()
		if strings.Count(got, "Linked as") != 1 || strings.Count(got, "May I show you") != 1 || strings.Contains(got, "restarted") {
			t.Errorf("after the crash: %s", got)
		}
		if got := w.say("ben", "yes"); !strings.Contains(got, "Done") {
			t.Errorf("after the yes: %s", got)
		}
		if n := w.garmin.Logins("ben@example.org"); n != 1 {
			t.Errorf("%d sign-ins", n)
		}
	})
}

func TestTheRealSyncReadsTwelveMonthsInSilence(t *testing.T) {
	play(t, func(w *world) {
		w.stop()
		w.fresh()
		w.bot.Sync = w.engine()
		w.run()
		w.say("ben", "/link chat")
		w.say("ben", "ben@example.org")
		got := w.say("ben", "ben-pass-1")
		if !strings.Contains(got, "workouts of the last 12 months read") || !strings.Contains(got, "`Ben ") {
			t.Errorf("answered: %s", got)
		}
		if _, outbox, err := w.db.Pending(w.t.Context()); err != nil || outbox != 0 {
			t.Errorf("%d more are owed, %v", outbox, err)
		}
	})
}

func TestASlowSignInDelaysNobodyElse(t *testing.T) {
	play(t, func(w *world) {
		slow := slowSync{make(chan struct{}), make(chan struct{})}
		w.stop()
		w.fresh()
		w.bot.Sync = slow
		w.run()
		w.say("ben", "/link chat")
		w.say("ben", "ben@example.org")
		w.receive(w.message("ben", "ben-pass-1"))
		<-slow.started
		before := time.Now()
		w.receive(w.message("ben", "/help")) // waits for its turn
		w.receive(w.message("ana", "/link chat"))
		synctest.Wait()
		if inbox, _, _ := w.db.Pending(w.t.Context()); inbox != 2 || !w.bot.Busy() {
			t.Errorf("%d rows wait, busy %v", inbox, w.bot.Busy())
		}
		close(slow.free)
		got := w.answers()
		if time.Since(before) > time.Minute || !strings.Contains(got, "Everything: /help all") || w.bot.Busy() {
			t.Errorf("after %v: %s", time.Since(before), got)
		}
	})
}

// brokenRooms fails or panics instead of telling who is in a group.
type brokenRooms struct {
	panics bool
	asked  *int
}

func (b brokenRooms) Roster(context.Context, store.Chat) (store.Roster, error) {
	*b.asked++
	if b.panics {
		panic("canary-password in a panic")
	}
	return store.Roster{}, errors.New("no connection")
}

// lateRooms fails once.
type lateRooms struct {
	bot.Rooms
	asked *int
}

func (l lateRooms) Roster(ctx context.Context, chat store.Chat) (store.Roster, error) {
	if *l.asked++; *l.asked == 1 {
		return store.Roster{}, errors.New("no connection")
	}
	return l.Rooms.Roster(ctx, chat)
}

func TestAGroupThatCannotBeAskedIsAskedAgain(t *testing.T) {
	for _, text := range []string{"yes", "/join"} {
		play(t, func(w *world) {
			w.say("ben", "/link chat")
			w.say("ben", "ben@example.org")
			w.say("ben", "ben-pass-1")
			w.stop()
			w.fresh()
			w.bot.Rooms = lateRooms{w, new(int)}
			w.run()
			if got := w.say("ben", text); !strings.Contains(got, "Tuesday Runners") || strings.Contains(got, "no other group") {
				t.Errorf("%s is answered %q", text, got)
			}
		})
	}
}

func TestAFailureIsTriedThreeTimesAndThenTold(t *testing.T) {
	for _, panics := range []bool{false, true} {
		play(t, func(w *world) {
			w.stop()
			w.fresh()
			asked := 0
			w.bot.Rooms = brokenRooms{panics, &asked}
			w.run()
			if got := w.say("ana@Tuesday Runners", "/schedule off"); got != "< reacts ⚠️\n" {
				t.Errorf("answered %q", got)
			}
			if asked != 3 {
				t.Errorf("tried %d times", asked)
			}
			if !strings.Contains(w.say("ana@Tuesday Runners", "/help"), "Clubrun") {
				t.Error("the next message is not answered")
			}
			if strings.Contains(w.log.String(), "canary") {
				t.Error("what was panicked with stands in the log")
			}
		})
	}
}

func TestOldMessagesAreNotAnsweredInGroups(t *testing.T) {
	play(t, func(w *world) {
		old := w.message("ana@Tuesday Runners", "/help")
		old.Sent = old.Sent.Add(-6 * time.Minute)
		w.receive(old)
		if got := w.answers(); got != "" {
			t.Errorf("an old question was answered: %s", got)
		}
		w.stop()
		w.receive(w.message("ana@Tuesday Runners", "/privacy")) // just before the bot goes down
		time.Sleep(4 * time.Minute)
		w.start()
		if got := w.answers(); got == "" {
			t.Error("a question from before a short break was not answered")
		}
		w.stop()
		w.receive(w.message("ana@Tuesday Runners", "/week"))
		for _, text := range []string{"/help", "/privacy", "/link page"} {
			w.receive(w.message("ana", text))
		}
		time.Sleep(time.Hour)
		w.start()
		got := w.answers()
		if strings.Count(got, "\n") != 1 || !strings.Contains(got, "does not offer") {
			t.Errorf("after a long break: %s", got)
		}
	})
}

func TestAnEditReplacesACommandForAMinute(t *testing.T) {
	play(t, func(w *world) {
		edit := func(after time.Duration, text string) string {
			w.say("ana@Tuesday Runners", "runners, week?")
			first := w.last
			time.Sleep(after)
			in := w.message("ana@Tuesday Runners", text)
			in.Edits = first
			w.receive(in)
			return w.answers()
		}
		if got := edit(50*time.Second, "/week"); !strings.Contains(got, "Week 37") {
			t.Errorf("after 50 s: %q", got)
		}
		if got := edit(70*time.Second, "/week last"); got != "" {
			t.Errorf("after 70 s: %q", got)
		}
		w.stop()
		w.receive(w.message("ana@Tuesday Runners", "/stats"))
		in := w.message("ana@Tuesday Runners", "/privacy")
		in.Edits = "M" + itoa(w.number-1)
		w.receive(in)
		w.run()
		if got := w.answers(); strings.Contains(got, "2026") || !strings.Contains(got, "I read from Garmin") {
			t.Errorf("both were answered: %s", got)
		}
	})
}

func TestWhoAsksAllTheTimeIsTurnedDownOnce(t *testing.T) {
	play(t, func(w *world) {
		var all strings.Builder
		for range 15 {
			all.WriteString(w.say("ana@Tuesday Runners", "/schedule"))
			time.Sleep(time.Second)
		}
		if n := strings.Count(all.String(), "No digest is scheduled"); n != 10 {
			t.Errorf("%d answers", n)
		}
		if n := strings.Count(all.String(), "🤐"); n != 1 {
			t.Errorf("%d zippers", n)
		}
		if got := w.say("ben@Tuesday Runners", "/help"); got == "" {
			t.Error("somebody else is turned down too")
		}
	})
}

func TestStrangersCannotFillTheOutbox(t *testing.T) {
	play(t, func(w *world) {
		answers := 0
		for i := range 200 {
			in := w.message("zoe", "/link")
			in.Sender += itoa(i)
			in.Phone += itoa(i)
			in.Chat = store.Chat(in.Sender + "@lid")
			w.receive(in)
		}
		answers = strings.Count(w.answers(), "Hi!")
		if answers == 0 || answers > 20 {
			t.Errorf("%d strangers were answered", answers)
		}
	})
}

func TestTheBotIgnoresItself(t *testing.T) {
	play(t, func(w *world) {
		in := w.message("ana@Tuesday Runners", "/help")
		in.Phone = "351900000"
		w.receive(in)
		if got := w.answers(); got != "" {
			t.Errorf("answered itself: %s", got)
		}
	})
}

func TestWhoLeavesAGroupIsNotShownThere(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.remove("ben", "Tuesday Runners")
		a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
		if err != nil {
			t.Fatal(err)
		}
		if ms, err := w.db.MembershipsOf(w.t.Context(), a.ID); err != nil || len(ms) != 0 {
			t.Errorf("still shown: %v, %v", ms, err)
		}
		if err := w.bot.Left(w.t.Context(), chatOf("Tuesday Runners"), ""); err != nil {
			t.Fatal(err)
		}
		if got := w.say("ana@Tuesday Runners", "/week"); got != "" {
			t.Errorf("answered in a group that the bot has left: %s", got)
		}
	})
}

func TestWhoLeftWhileNobodyLookedIsNotShown(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.link("ana")
		r := *w.rosters[chatOf("Tuesday Runners")]
		g, err := w.db.GroupByChat(w.t.Context(), r.Chat)
		if err != nil {
			t.Fatal(err)
		}
		shown := func(people []store.Person) (names string) {
			r.People = people
			if err := w.bot.Joined(w.t.Context(), r); err != nil {
				t.Fatal(err)
			}
			members, err := w.db.Members(w.t.Context(), g.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range members {
				names += m.Name + " "
			}
			return names
		}
		ana, ben := store.Person{Phone: phone("ana")}, store.Person{User: storetest.User("ben")}
		if got := shown([]store.Person{ana, ben}) + shown(nil) + shown([]store.Person{ana}); got != "Ben Ana Ben Ana Ana " {
			t.Errorf("shown one after the other: %s", got)
		}
		if got := shown([]store.Person{{User: "other", Phone: phone("ana")}}); got != "" {
			t.Errorf("shown where somebody else has the number now: %s", got)
		}
	})
}

func TestAConsentKeepsTextTimeAndMessage(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ben"))
		if err != nil {
			t.Fatal(err)
		}
		ms, err := w.db.MembershipsOf(w.t.Context(), a.ID)
		if err != nil || len(ms) != 1 {
			t.Fatal(ms, err)
		}
		c := ms[0].Consent
		if c.Text == "" || c.Message != w.last || time.Since(c.Given) > time.Minute {
			t.Errorf("consent: %+v", c)
		}
	})
}
