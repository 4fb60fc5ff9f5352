package bot_test

import (
	"strings"
	"testing"

	"clubrun/store"
	"clubrun/store/storetest"
)

// known returns what is kept of a group.
func (w *world) known(group string) store.Group {
	w.t.Helper()
	g, err := w.db.GroupByChat(w.t.Context(), chatOf(group))
	if err != nil {
		w.t.Fatal(err)
	}
	return g
}

// forbid is the operator's word that the bot works in a group no more.
func (w *world) forbid(group string) {
	w.t.Helper()
	if err := w.db.AllowGroup(w.t.Context(), store.Actor{Role: store.RoleOperator}, w.known(group).ID, false); err != nil {
		w.t.Fatal(err)
	}
}

// shown says whether somebody is shown in any group.
func (w *world) shown(name string) bool {
	w.t.Helper()
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		w.t.Fatal(err)
	}
	ms, err := w.db.MembershipsOf(w.t.Context(), a.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(ms) > 0
}

func TestAForbiddenGroupIsSilent(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.forbid("Tuesday Runners")
		for _, text := range []string{"/week", "/stats", "/help", "/privacy", "/link", "/schedule sun 18:00", "/leave", "ben@example.org hunter22"} {
			if got := w.say("ben@Tuesday Runners", text); got != "" {
				t.Errorf("%s: answered %s", text, got)
			}
		}
		if got := w.say("ana@Tuesday Runners", "/start"); !strings.Contains(got, "allowed") {
			t.Errorf("its admin is told %s", got)
		}
		if got := w.say("ana@Tuesday Runners", "/week"); got != "" {
			t.Errorf("answered %s", got)
		}
		if got := w.say("caro", "/link"); !strings.Contains(got, "I see none that we share") {
			t.Errorf("somebody of it is told %s", got)
		}
		if got := w.say("ana", "/schedule sun 18:00"); strings.Contains(got, "Next") {
			t.Errorf("its schedule is set: %s", got)
		}
		if g := w.known("Tuesday Runners"); g.Schedule != "" {
			t.Errorf("schedule %q", g.Schedule)
		}
	})
}

// A yes can be taken back wherever it was given.
func TestLeavingWorksWhereTheBotDoesNot(t *testing.T) {
	gone := func(w *world) {
		if err := w.bot.Left(w.t.Context(), chatOf("Tuesday Runners"), ""); err != nil {
			w.t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		off  func(*world)
		who  string
		want string
	}{
		{"removed, in private", gone, "ana", "sees nothing of you"},
		{"removed and back, in the group", gone, "ana@Tuesday Runners", "no longer show you"},
		{"forbidden, in private", func(w *world) { w.forbid("Tuesday Runners") }, "ana", "sees nothing of you"},
		{"forbidden, in the group", func(w *world) { w.forbid("Tuesday Runners") }, "ana@Tuesday Runners", "reacts 👍"},
	} {
		t.Run(c.name, func(t *testing.T) {
			play(t, func(w *world) {
				w.link("ana")
				c.off(w)
				if got := w.say(c.who, "/leave"); !strings.Contains(got, c.want) {
					t.Errorf("answered %s", got)
				}
				if w.shown("ana") {
					t.Error("still shown")
				}
			})
		})
	}
}

func TestAGroupThatAnyMayStartIsPostedTo(t *testing.T) {
	play(t, func(w *world) {
		w.set.AnyGroup = true
		w.calm()
		w.say("ines@Parkside RC", "/start")
		if g := w.known("Parkside RC"); !g.Enabled || !g.Allowed {
			t.Errorf("started %v, allowed %v", g.Enabled, g.Allowed)
		}
		entries, err := w.db.Audited(w.t.Context(), 2)
		if err != nil || len(entries) != 2 || entries[1].Action != "group.allow" || entries[1].Actor.User != storetest.User("ines") {
			t.Errorf("audited %+v, %v", entries, err)
		}
	})
}

func TestNobodyIsShownUnderAnothersName(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.say("ben", "/link chat")
		w.say("ben", "ben@example.org")
		w.say("ben", "ben-pass-1")
		for _, name := range []string{"Ana", " aNA ", "A\u200bna"} {
			if got := w.say("ben", "name: "+name); !strings.Contains(got, "already") || strings.Contains(got, "May I show you") {
				t.Errorf("%q: %s", name, got)
			}
		}
		if got := w.say("ben", "name: Benny"); !strings.Contains(got, "as *Benny*") {
			t.Errorf("a free name: %s", got)
		}
		// Somebody else takes it before the yes.
		a, err := w.db.AthleteByUser(w.t.Context(), storetest.User("ana"))
		if err != nil {
			t.Fatal(err)
		}
		m := store.Membership{Athlete: a.ID, Group: 1, Consent: store.Consent{Text: "v1"}}
		if err := w.db.Share(w.t.Context(), storetest.Actor(a), m, "Benny", store.Reply{}); err != nil {
			t.Fatal(err)
		}
		if got := w.say("ben", "yes"); !strings.Contains(got, "already") || w.shown("ben") {
			t.Errorf("a name that was taken meanwhile: %s", got)
		}
		if got := w.say("ben", "yes"); !strings.Contains(got, "as *Ben*") || !w.shown("ben") {
			t.Errorf("his own name: %s", got)
		}
	})
}
