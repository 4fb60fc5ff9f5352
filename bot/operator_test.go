package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"clubrun/bot"
	"clubrun/digest/locale"
	"clubrun/store"
	"clubrun/store/storetest"
)

// own is the chat of the bot's number with itself.
const own = store.Chat("phone")

// desk tells how the instance is as a test says it is.
type desk struct {
	mu         sync.Mutex
	health     bot.Health
	complaints []bot.Complaint
}

func newDesk() *desk {
	return &desk{health: bot.Health{
		Since: begin.Add(-26 * time.Hour), Online: true, Paired: begin.AddDate(0, -3, -8), Free: 41e9, Disk: 100e9, Inbox: 1,
		Members: bot.MemberHealth{Linked: 8, Healthy: 6, SignedOut: 1, Cooling: 1}, Garmin: bot.GarminHealth{Asked: 8},
		Sync: bot.SyncHealth{Last: begin.Add(-36 * time.Minute), Next: begin.Add(24 * time.Minute)},
	}}
}

// Health returns how the instance is said to be.
func (d *desk) Health(context.Context) (bot.Health, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.health, nil
}

// Complaints returns what is said to have gone wrong.
func (d *desk) Complaints(n int) []bot.Complaint {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.complaints[max(0, len(d.complaints)-n):]
}

func (d *desk) set(change func(d *desk)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(d)
}

// garmins sets how Garmin is.
func (d *desk) garmins(g bot.GarminHealth) {
	d.set(func(d *desk) {
		d.health.Garmin, d.health.Sync.Next = g, time.Now().Add(24*time.Minute)
		if g.Down {
			d.health.Garmin.Until = time.Now().Add(30 * time.Minute)
		}
	})
}

// operates does what concerns the operator alone: operator zoe, added GROUP,
// complain N, outage, answer, watch, late GROUP.
func (w *world) operates(words []string) {
	rest := strings.Join(words[1:], " ")
	var err error
	switch words[0] {
	case "operator":
		w.stop()
		w.set.OperatorPhone = phone(rest)
		w.start()
	case "added":
		r := &store.Roster{Chat: chatOf(rest), Name: rest, People: []store.Person{{User: storetest.User("zoe"), Phone: phone("zoe"), Admin: true}}}
		w.rosters[r.Chat] = r
		err = w.bot.Joined(w.t.Context(), *r)
	case "complain":
		w.desk.set(func(d *desk) {
			n := len(d.complaints)
			d.complaints = append(d.complaints, bot.Complaint{At: time.Now(), Error: n%2 == 1, Text: fmt.Sprintf("#J%02d *sync* failed", n)})
		})
	case "outage":
		w.desk.garmins(bot.GarminHealth{Down: true, Failing: 3, Asked: 4})
	case "answer":
		w.desk.garmins(bot.GarminHealth{Asked: 4, Failing: len(words) - 1})
	case "watch":
		_, err = w.bot.Watch(w.t.Context())
	case "late":
		g, e := w.db.GroupByChat(w.t.Context(), chatOf(rest))
		_, err = w.bot.LetGo(w.t.Context(), g, begin.Add(-66*time.Hour))
		err = errors.Join(e, err)
	default:
		w.t.Fatalf("nobody knows how to %q", words)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// rowsOf counts what is in the inbox from a sender.
func (w *world) inboxed() string {
	w.t.Helper()
	rows, err := w.db.Unanswered(w.t.Context(), 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%+v\n", r)
	}
	return b.String()
}

// TestOfANotebookOrdersAloneAreKept: whatever the owner of the number writes to
// themselves, only the four orders reach the database, in the bot's own words;
// nothing else is answered, stored, logged or kept in memory.
func TestOfANotebookOrdersAloneAreKept(t *testing.T) {
	play(t, func(w *world) {
		w.say("phone", "/status")
		w.stop()
		defer w.start()
		random := rand.New(rand.NewPCG(1, 2))
		starts := []string{"", "", "", "/", "/ ", "／", "!", ".", "//", "/status ", "/logs ", "/pair ", "/help ", "/week ", "/link ", "/delete", "yes ", "+5k ", "@bot "}
		for i := range 2000 {
			text := starts[random.IntN(len(starts))]
			for range 1 + random.IntN(6) {
				text += fmt.Sprintf("canary%d%c ", random.IntN(1e6), rune('a'+random.IntN(26)))
			}
			in := w.message("phone", text)
			if i%7 == 0 {
				in.Edits = "M1"
			}
			if i%11 == 0 {
				in.Document = &store.Document{Name: "canary0.fit"}
			}
			if i%13 == 0 {
				in.Text = "canary" + in.Text[min(len(in.Text), 3):]
			}
			w.receive(in)
		}
		if left := w.inboxed(); left != "" {
			t.Errorf("stored: %.300s", left)
		}
		for _, text := range []string{"/status", " /Status! ", "／STATUS", "/ status", "/logs", "/logs 5", "/pair", "/help", "/hilfe"} {
			in := w.message("phone", text)
			in.Name, in.Quotes = "canary", "canary"
			w.receive(in)
		}
		kept := w.inboxed()
		if n := strings.Count(kept, "Text:/"); n != 9 || !strings.Contains(kept, "Text:/logs 5 ") || strings.Contains(kept, "canary") || strings.Contains(kept, "hilfe") {
			t.Errorf("kept: %s", kept)
		}
		for _, end := range []string{"", "-wal"} {
			data, err := os.ReadFile(w.path + end)
			if err != nil || strings.Contains(string(data), "canary") {
				t.Errorf("a note lies in clubrun.db%s, %v", end, err)
			}
		}
		if strings.Contains(w.log.String(), "canary") {
			t.Error("a note is in the log")
		}
	})
}

// TestNobodyElseIsTheOperator: the same words from anybody else, from a group,
// and from whoever merely says so.
func TestNobodyElseIsTheOperator(t *testing.T) {
	play(t, func(w *world) {
		w.operates([]string{"operator", "zoe"})
		w.link("ana")
		for _, who := range []string{"ana", "ben", "ines", "ana@Tuesday Runners", "zoe@Tuesday Runners", "zoe@Parkside RC", "phone@Tuesday Runners"} {
			for _, text := range []string{"/status", "/pair", "/logs", "/logs 3", "status", "pair", "logs"} {
				w.calm()
				odd := w.say(who, strings.ReplaceAll(text, "s", "ſ")) // folds alike
				w.calm()
				in := w.message(who, text)
				in.Name = "Olga" // who runs this bot, by name
				if in.Sender != store.Owner {
					w.receive(in)
				}
				got := w.answers()
				if strings.Contains(got+odd, "Garmin: ") || strings.Contains(got+odd, "351900000") && strings.Contains(got+odd, "linked as") || strings.Contains(got+odd, "complain") {
					t.Errorf("%s: %q is answered %q", who, text, got)
				}
				if strings.Contains(who, "@") && got != "" {
					t.Errorf("%s: %q is answered %q in a group", who, text, got)
				}
			}
		}
		w.calm()
		in := w.message("zoe", "/status")
		in.Phone = "" // WhatsApp did not say
		w.receive(in)
		if got := w.answers(); strings.Contains(got, "Garmin: ") {
			t.Errorf("a sender without a number is answered %q", got)
		}
		if got := w.say("zoe", "/status"); !strings.Contains(got, "Garmin: answers") {
			t.Errorf("the operator is answered %q", got)
		}
		entries, err := w.db.Audited(w.t.Context(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		denied := map[string]int{}
		for _, e := range entries {
			if e.Denied {
				denied[e.Action]++
			}
		}
		if denied["instance.status"] == 0 || denied["instance.pair"] == 0 || denied["instance.logs"] == 0 {
			t.Errorf("denied: %v", denied)
		}
	})
}

// TestAFaultIsToldToWhoeverRunsTheBot: the member is told that the operator
// hears of it only where that is so, which is once a day.
func TestAFaultIsToldToWhoeverRunsTheBot(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		fail := func() string {
			w.stop()
			w.fresh()
			w.bot.Takeout = nil // the handler panics
			w.run()
			return w.say("ben", "/export")
		}
		const told = "letting *Olga* know"
		if got := fail(); !strings.Contains(got, "My fault") || strings.Contains(got, told) || strings.Contains(got, "phone") {
			t.Errorf("without a chat of the operator: %s", got)
		}
		w.say("phone", "/status")
		got := fail()
		if !strings.Contains(got, told) || !strings.Contains(got, "< to phone:") || strings.Count(got, "*#M") != 2 {
			t.Errorf("told: %s", got)
		}
		if got := fail(); strings.Contains(got, told) || strings.Contains(got, "to phone") {
			t.Errorf("a second one on that day: %s", got)
		}
		time.Sleep(24 * time.Hour)
		if got := fail(); !strings.Contains(got, told) {
			t.Errorf("a day later: %s", got)
		}
	})
}

// TestAGroupIsNamedAsATerminalCanTakeIt: strangers choose the names of groups.
func TestAGroupIsNamedAsATerminalCanTakeIt(t *testing.T) {
	play(t, func(w *world) {
		w.say("phone", "/status")
		for name, want := range map[string]string{
			"Läufer 07": "allow Läufer 07\n", "x; rm -rf ~": "allow 3\n", "$(reboot)": "allow 4\n", "17": "allow 5\n", "--help": "allow 6\n", "a`b": "allow 7\n",
		} {
			r := store.Roster{Chat: store.Chat(fmt.Sprintf("%x@g.us", name)), Name: name}
			if err := w.bot.Joined(w.t.Context(), r); err != nil {
				t.Fatal(err)
			}
			want, number, _ := strings.Cut(want, " ")
			got := w.answers()
			if !strings.Contains(got, want) || strings.Contains(got, "allow "+name) != (number == name+"\n") {
				t.Errorf("%q: %s", name, got)
			}
		}
	})
}

func TestTheOperatorIsAnsweredInTheLanguageOfTheInstance(t *testing.T) {
	said := map[string]string{}
	for _, lang := range locale.Languages() {
		play(t, func(w *world) {
			w.stop()
			w.set.Language = lang
			w.start()
			w.desk.set(func(d *desk) {
				d.health.Inbox, d.health.Outbox, d.health.Sync.Failed = 3, 2, store.Failures{"network": 2}
			})
			for _, line := range []string{
				"phone: /help", "phone: /status", "phone: /pair", "phone: /logs", "complain", "phone: /logs", "complain", "phone: /logs",
				"added Night Owls", "outage", "phone: /status", "watch", "answer some", "watch", "phone: /status", "late Tuesday Runners",
			} {
				got := w.act(line)
				if strings.ContainsAny(got, "{}") || got == "" && !slices.Contains([]string{"complain", "outage", "answer some"}, line) {
					t.Errorf("%s: %s: %q", lang, line, got)
				}
				if other := said[line+got]; other != "" && got != "" {
					t.Errorf("%s: %s is answered as in %s: %s", lang, line, other, got)
				}
				said[line+got] = lang
			}
		})
	}
}
