package sqlite_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

func TestAGroupsChoicesAreKeptAndAudited(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	g := storetest.Group(t, db, "G")
	by := storetest.Actor(storetest.Member(t, db, g, "ana"))
	want, err := db.Group(ctx, g.ID)
	check(t, err)
	check(t, db.SetStyle(ctx, by, g.ID, "short", store.Reply{}))
	check(t, db.SkipDigest(ctx, by, g.ID, store.Date(2026, 9, 14), store.Reply{}))
	check(t, db.SetRaces(ctx, by, g.ID, true, store.Reply{}))
	check(t, db.SetMetric(ctx, by, g.ID, store.ByClimb, store.Reply{Owed: []store.Outgoing{text("answer", g.Chat)}}))
	want.Style, want.Skip, want.Races, want.Metric = "short", store.Date(2026, 9, 14), true, store.ByClimb
	got, err := db.Group(ctx, g.ID)
	check(t, err)
	same(t, "group", want, got)
	if o := claim(t, db, noon); o.Key != "answer" {
		t.Errorf("owed %+v", o)
	}
	check(t, db.SkipDigest(ctx, by, g.ID, 0, store.Reply{}))
	check(t, db.SetRaces(ctx, by, g.ID, false, store.Reply{}))
	check(t, db.SetStyle(ctx, by, g.ID, "", store.Reply{}))
	want.Style, want.Skip, want.Races = "", 0, false
	got, err = db.GroupByChat(ctx, g.Chat)
	check(t, err)
	same(t, "group", want, got)
	entries, err := db.Audited(ctx, 7)
	check(t, err)
	var actions []string
	for _, e := range entries {
		actions = append(actions, e.Action+": "+e.Detail)
	}
	same(t, "audit", []string{"group.style: ", "group.races: false", "group.skip: none", "group.metric: climb", "group.races: true",
		"group.skip: 2026-09-14", "group.style: short"}, actions)
	if err := db.SetStyle(ctx, by, 99, "short", store.Reply{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a style of no group: %v", err)
	}
}

func TestANewGroupHasTheChoicesOfItsDefaults(t *testing.T) {
	db := atNoon(t)
	g, err := db.KnowGroup(t.Context(), store.Roster{Chat: "g", Name: "G"}, store.Group{Metric: store.ByTime, Style: "points", Races: true})
	if err != nil || g.Style != "points" || !g.Races || g.Skip != 0 {
		t.Errorf("%+v, %v", g, err)
	}
}

func TestAGroupHasOneGoal(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	g, other := storetest.Group(t, db, "G"), storetest.Group(t, db, "H")
	by := storetest.Actor(storetest.Athlete(t, db, "ana"))
	if _, err := db.Goal(ctx, g.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a goal that nobody set: %v", err)
	}
	first := store.Goal{Group: g.ID, Metric: store.ByDays, Target: 100, Span: store.YearOf(store.DayOf(noon))}
	theirs := first
	theirs.Group = other.ID
	want := store.Goal{Group: g.ID, Metric: store.ByDistance, Sport: store.Ride, Target: 1234.5, Span: store.MonthOf(store.DayOf(noon)), Route: "r"}
	for _, set := range []store.Goal{first, theirs, want} {
		check(t, db.SetGoal(ctx, by, set, store.Reply{}))
	}
	for _, bad := range []store.Goal{{Group: g.ID, Metric: store.ByDays, Span: first.Span}, {Group: g.ID, Metric: store.ByDays, Target: 1}, {Group: 99, Metric: store.ByDays, Target: 1, Span: first.Span}} {
		if err := db.SetGoal(ctx, by, bad, store.Reply{}); err == nil {
			t.Errorf("kept %+v", bad)
		}
	}
	got, err := db.Goal(ctx, g.ID)
	want.ID, want.Set = 3, noon
	if err != nil {
		t.Error(err)
	}
	same(t, "goal", want, got)
	check(t, db.EndGoal(ctx, by, g.ID, store.Reply{}))
	if err := db.EndGoal(ctx, by, g.ID, store.Reply{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("ended twice: %v", err)
	}
	if _, err := db.Goal(ctx, other.ID); err != nil {
		t.Errorf("the other group's: %v", err)
	}
}

func TestAGoalIsInForceAsLongAsItsTime(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	day := store.DayOf(noon)
	goal := store.Goal{Group: g.ID, Metric: store.ByDays, Target: 9, Span: store.Span{Start: day, End: day + 10}}
	check(t, db.SetGoal(t.Context(), store.Actor{}, goal, store.Reply{}))
	for end, want := range map[store.Day]bool{day: false, day + 1: true, day + 17: true, day + 18: false} {
		s, err := db.Season(t.Context(), g.ID, store.Span{Start: day - 100, End: end})
		if err != nil || (s.Goal != nil) != want {
			t.Errorf("at %v: %v, %v", end, s.Goal, err)
		}
	}
}

func TestPausesDoNotOverlap(t *testing.T) {
	d := store.DayOf(noon)
	span := func(from, to store.Day) store.Span { return store.Span{Start: d + from, End: d + to} }
	for name, c := range map[string]struct{ kept, want []store.Span }{
		"apart":       {[]store.Span{span(0, 3), span(5, 8)}, []store.Span{span(0, 3), span(5, 8)}},
		"longer":      {[]store.Span{span(0, 7), span(3, 14)}, []store.Span{span(0, 14)}},
		"shorter":     {[]store.Span{span(0, 30), span(3, 6)}, []store.Span{span(0, 6)}},
		"touching":    {[]store.Span{span(0, 7), span(7, 14)}, []store.Span{span(0, 14)}},
		"thought new": {[]store.Span{span(10, 20), span(5, 8)}, []store.Span{span(5, 8)}},
		"same":        {[]store.Span{span(0, 7), span(0, 7)}, []store.Span{span(0, 7)}},
	} {
		t.Run(name, func(t *testing.T) {
			db := atNoon(t)
			a, b := storetest.Athlete(t, db, "ana"), storetest.Athlete(t, db, "ben")
			check(t, db.Pause(t.Context(), storetest.Actor(b), b.ID, span(-10, 100), store.Reply{}))
			for _, s := range c.kept {
				check(t, db.Pause(t.Context(), storetest.Actor(a), a.ID, s, store.Reply{}))
			}
			got, err := db.Pauses(t.Context(), a.ID)
			check(t, err)
			var spans []store.Span
			for _, p := range got {
				spans = append(spans, p.Span)
			}
			same(t, "pauses", c.want, spans)
			if others, err := db.Pauses(t.Context(), b.ID); err != nil || len(others) != 1 || others[0].Span != span(-10, 100) {
				t.Errorf("ben's: %v, %v", others, err)
			}
		})
	}
	db := atNoon(t)
	a := storetest.Athlete(t, db, "ana")
	if err := db.Pause(t.Context(), storetest.Actor(a), a.ID, span(3, 3), store.Reply{}); err == nil {
		t.Error("a pause without a day is kept")
	}
}

func TestResumingEndsThePauseThatRuns(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	a := storetest.Athlete(t, db, "ana")
	by, d := storetest.Actor(a), store.DayOf(noon)
	check(t, db.Pause(ctx, by, a.ID, store.Span{Start: d - 30, End: d - 20}, store.Reply{}))
	if err := db.Resume(ctx, by, a.ID, d, store.Reply{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("none runs: %v", err)
	}
	check(t, db.Pause(ctx, by, a.ID, store.Span{Start: d - 3, End: d + 20}, store.Reply{}))
	check(t, db.Resume(ctx, by, a.ID, d, store.Reply{}))
	if err := db.Resume(ctx, by, a.ID, d, store.Reply{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("resumed twice: %v", err)
	}
	check(t, db.Pause(ctx, by, a.ID, store.Span{Start: d + 5, End: d + 9}, store.Reply{}))
	check(t, db.Resume(ctx, by, a.ID, d+5, store.Reply{}))
	got, err := db.Pauses(ctx, a.ID)
	check(t, err)
	same(t, "pauses", []store.Pause{{Athlete: a.ID, Span: store.Span{Start: d - 30, End: d - 20}}, {Athlete: a.ID, Span: store.Span{Start: d - 3, End: d}}}, got)
}

func TestADuelIsToldWhenBothSaidYes(t *testing.T) {
	l := enliven(t)
	ctx, db := t.Context(), l.db
	next := store.Span{Start: l.week.End, End: l.week.End + 7}
	ana, ben, caro := l.who["ana"], l.who["ben"], l.who["caro"]
	ask := func(from, to store.Athlete, week store.Span) error {
		return db.AskDuel(ctx, storetest.Actor(from), store.Duel{Group: l.g.ID, From: from.ID, To: to.ID, Metric: store.ByDays, Week: week}, store.Reply{})
	}
	season := func() []store.Duel {
		s, err := db.Season(ctx, l.g.ID, next)
		check(t, err)
		return s.Duels
	}
	check(t, ask(ana, ben, next))
	asked, err := db.DuelsOf(ctx, ana.ID)
	if err != nil || len(asked) != 1 || len(season()) != 1 {
		t.Fatalf("%v, %v; told %v", asked, err, season())
	}
	want := store.Duel{ID: asked[0].ID, Group: l.g.ID, From: ana.ID, To: ben.ID, Metric: store.ByDays, Week: next, State: store.DuelAsked, Asked: noon}
	same(t, "asked", want, asked[0])
	for _, other := range []store.Athlete{ana, caro} {
		if err := db.AnswerDuel(ctx, storetest.Actor(other), want.ID, true, store.Reply{}); !errors.Is(err, store.ErrDenied) {
			t.Errorf("%s answers for ben: %v", other.Name, err)
		}
	}
	check(t, db.AnswerDuel(ctx, storetest.Actor(ben), want.ID, true, store.Reply{}))
	if err := db.AnswerDuel(ctx, storetest.Actor(ben), want.ID, false, store.Reply{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("answered twice: %v", err)
	}
	want.State = store.DuelOn
	now, err := db.Duels(ctx, l.g.ID, l.week)
	check(t, err)
	same(t, "told", append(now, want), season()) // of the week, and of the one before
	if s, err := db.Season(ctx, l.g.ID, store.Span{Start: next.Start, End: next.End + 7}); err != nil || len(s.Duels) != 1 {
		t.Errorf("a week later: %v, %v", s.Duels, err)
	}
	for err, pair := range map[error][2]store.Athlete{store.ErrTaken: {caro, ben}, store.ErrDenied: {caro, caro}, store.ErrNotFound: {caro, l.who["xana"]}} {
		if got := ask(pair[0], pair[1], next); !errors.Is(got, err) {
			t.Errorf("%s asks %s: %v, want %v", pair[0].Name, pair[1].Name, got, err)
		}
	}
}

func TestADeclinedDuelIsNotAskedForAgain(t *testing.T) {
	l := enliven(t)
	ctx, db := t.Context(), l.db
	next := store.Span{Start: l.week.End, End: l.week.End + 7}
	ana, ben, caro := l.who["ana"], l.who["ben"], l.who["caro"]
	ask := func(from, to store.Athlete) error {
		return db.AskDuel(ctx, storetest.Actor(from), store.Duel{Group: l.g.ID, From: from.ID, To: to.ID, Metric: store.ByDays, Week: next}, store.Reply{})
	}
	check(t, ask(ana, ben))
	asked, err := db.DuelsOf(ctx, ben.ID)
	check(t, err)
	check(t, db.AnswerDuel(ctx, storetest.Actor(ben), asked[0].ID, false, store.Reply{}))
	if err := ask(ana, ben); !errors.Is(err, store.ErrDenied) {
		t.Errorf("ana asks again: %v", err)
	}
	check(t, ask(ben, ana)) // who thought better of it
	if err := ask(caro, ana); !errors.Is(err, store.ErrTaken) {
		t.Errorf("ana was asked already: %v", err)
	}
}

func TestOfManyWhoAskAtOnceOneIsKept(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	ben := storetest.Member(t, db, g, "ben")
	week := store.WeekOf(store.DayOf(noon), time.Monday)
	var wins, taken atomic.Int32
	var race sync.WaitGroup
	for i := range 12 {
		a := storetest.Member(t, db, g, fmt.Sprint("racer ", i))
		race.Go(func() {
			err := db.AskDuel(t.Context(), storetest.Actor(a), store.Duel{Group: g.ID, From: a.ID, To: ben.ID, Metric: store.ByDays, Week: week}, store.Reply{})
			if err == nil {
				wins.Add(1)
			}
			if errors.Is(err, store.ErrTaken) {
				taken.Add(1)
			}
		})
	}
	race.Wait()
	if wins.Load() != 1 || taken.Load() != 11 {
		t.Errorf("%d kept, %d told that it is taken", wins.Load(), taken.Load())
	}
}

func TestACheerCountsOncePerPersonWhileItLasts(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	g, other := storetest.Group(t, db, "G"), storetest.Group(t, db, "H")
	a := storetest.Member(t, db, g, "ana")
	act := storetest.Activity(t, db, a.ID, noon)
	post, second := racePost(t, db, g, act.ID), "picture"
	picture := text(fmt.Sprintf("race:%d:%d:picture", g.ID, act.ID), g.Chat)
	owe(t, db, picture)
	o := claim(t, db, noon)
	check(t, db.Sending(ctx, o.ID, second))
	check(t, db.Accepted(ctx, o.ID, noon))
	owe(t, db, text("re:1:0", g.Chat))
	check(t, db.Sending(ctx, claim(t, db, noon).ID, "answer"))
	cheers := func() int {
		s, err := db.Season(ctx, g.ID, always)
		check(t, err)
		n := 0
		for _, c := range s.Cheers {
			n += c.People
		}
		return n
	}
	for i, step := range []struct {
		chat                 store.Chat
		message, user, emoji string
		want                 int
	}{
		{g.Chat, post, "ben", "👏", 1},
		{g.Chat, post, "ben", "👏", 1},
		{g.Chat, post, "ben", "❤️", 1},
		{g.Chat, second, "ben", "🔥", 1},
		{g.Chat, post, "caro", "👍🏿", 2},
		{g.Chat, post, a.User, "🏆", 2},     // one's own
		{g.Chat, post, "", "🏆", 2},         // nobody's
		{other.Chat, post, "dora", "🎉", 2}, // no message of that chat
		{g.Chat, "answer", "dora", "🎉", 2}, // not about a race
		{g.Chat, "unknown", "dora", "🎉", 2},
		{g.Chat, post, "ben", "😂", 1}, // no cheer any more
		{g.Chat, post, "caro", "", 0}, // taken back
		{g.Chat, post, "caro", "", 0},
	} {
		check(t, db.Cheered(ctx, step.chat, step.message, step.user, step.emoji))
		if got := cheers(); got != step.want {
			t.Errorf("step %d: %d cheers, want %d", i, got, step.want)
		}
	}
	check(t, db.Cheered(ctx, g.Chat, post, "ben", "👏"))
	reconcile(t, db, alone, store.Change{Athlete: a.ID, Gone: []store.Record{{Source: "garmin", External: act.External}}, Reason: "gone"})
	check(t, db.Cheered(ctx, g.Chat, post, "caro", "👏"))
	if got := cheers(); got != 0 {
		t.Errorf("%d cheers for what is gone", got)
	}
}

func TestWhoIsErasedHasCheeredNobody(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	g := storetest.Group(t, db, "G")
	a, b := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, g, "ben")
	for i := range 3 {
		act := storetest.Activity(t, db, a.ID, noon.Add(time.Duration(i)*time.Hour))
		post := racePost(t, db, g, act.ID)
		check(t, db.Cheered(ctx, g.Chat, post, b.User, "👏"))
		check(t, db.Cheered(ctx, g.Chat, post, "stranger", "👏"))
	}
	check(t, db.Erase(ctx, storetest.Actor(b), b.ID, store.Reply{}))
	s, err := db.Season(ctx, g.ID, always)
	if err != nil || len(s.Cheers) != 3 || s.Cheers[0].People != 1 || s.Cheers[2].People != 1 {
		t.Errorf("cheers %+v, %v", s.Cheers, err)
	}
}

func TestARacePostIsTakenBackWithTheConsent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, func() time.Time { return noon })
	ctx := t.Context()
	g := storetest.Group(t, db, "G")
	a, b := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, g, "ben")
	of := func(who store.Athlete) string {
		return fmt.Sprintf("race:%d:%d", g.ID, storetest.Activity(t, db, who.ID, noon).ID)
	}
	anas, bens := of(a), of(b)
	posted := text(anas+":posted", g.Chat)
	posted.Text = "once she was called anna"
	owe(t, db, posted)
	check(t, db.Accepted(ctx, claim(t, db, noon).ID, noon))
	owe(t, db, text(anas+":0", g.Chat))
	leaving := claim(t, db, noon)
	owe(t, db, text(anas, g.Chat), text(bens, g.Chat))
	check(t, db.Unshare(ctx, storetest.Actor(a), a.ID, g.ID, store.Reply{}))
	check(t, db.Requeue(ctx, leaving.ID, noon, "no connection"))
	if o := claim(t, db, noon); o.Key != bens {
		t.Errorf("claimed %q", o.Key)
	}
	if o := claim(t, db, noon); o.ID != 0 {
		t.Errorf("claimed %q", o.Key)
	}
	check(t, db.Erase(ctx, storetest.Actor(a), a.ID, store.Reply{}))
	var left string
	check(t, raw(t, path).QueryRow(`SELECT text FROM outbox WHERE key = ?`, posted.Key).Scan(&left))
	if left != "" {
		t.Errorf("the posted race still says %q", left)
	}
}

func TestAPairIsKeptOnceInOrder(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	a, b := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, g, "ben")
	x, y, z := storetest.Activity(t, db, a.ID, noon).ID, storetest.Activity(t, db, b.ID, noon).ID, storetest.Activity(t, db, b.ID, noon.Add(time.Minute)).ID
	for range 2 {
		check(t, db.SaveTogether(t.Context(), []store.Together{{A: y, B: x}, {A: x, B: y}, {A: x, B: 99}, {A: x, B: x}, {A: y, B: z}}))
	}
	s, err := db.Season(t.Context(), g.ID, always)
	check(t, err)
	same(t, "together", []store.Together{{A: x, B: y}}, s.Together)
}

func TestStrangersWereNeverTogether(t *testing.T) {
	db := atNoon(t)
	g, other := storetest.Group(t, db, "G"), storetest.Group(t, db, "H")
	a, b := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, other, "ben")
	pair := store.Together{A: storetest.Activity(t, db, a.ID, noon).ID, B: storetest.Activity(t, db, b.ID, noon).ID}
	check(t, db.SaveTogether(t.Context(), []store.Together{pair}))
	m := store.Membership{Athlete: b.ID, Group: g.ID, Consent: store.Consent{Text: "v1"}}
	check(t, db.Share(t.Context(), storetest.Actor(b), m, "", store.Reply{}))
	for _, want := range [][]store.Together{nil, {pair}} {
		s, err := db.Season(t.Context(), g.ID, always)
		check(t, err)
		same(t, "together", want, s.Together)
		check(t, db.SaveTogether(t.Context(), []store.Together{pair}))
	}
}

func TestAnActivityIsKnownSinceItWasFirstStored(t *testing.T) {
	now := noon
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return now })
	a := storetest.Athlete(t, db, "ana")
	for range 3 {
		act := full(a.ID)
		act.Synced, act.Name = now, now.String()
		_, err := db.Keep(t.Context(), store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: "77", Hash: now.String()}, []store.Activity{act})
		check(t, err)
		now = now.Add(24 * time.Hour)
	}
	got, err := db.Activities(t.Context(), a.ID, always)
	if err != nil || len(got) != 1 || !got[0].Known.Equal(noon) || !got[0].Synced.Equal(noon.Add(48*time.Hour)) {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestADatabaseOfTheSecondSchemaIsTakenAlong opens one as an earlier version
// has left it, with rows.
func TestADatabaseOfTheSecondSchemaIsTakenAlong(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, func() time.Time { return noon })
	g := storetest.Group(t, db, "G")
	a := storetest.Member(t, db, g, "ana")
	storetest.Activity(t, db, a.ID, noon)
	check(t, db.Close())
	file := raw(t, path)
	backTo2(t, file)
	_ = file.Close()

	db = storetest.OpenAt(t, path, func() time.Time { return noon.Add(time.Hour) })
	acts, err := db.Activities(t.Context(), a.ID, always)
	if err != nil || len(acts) != 1 || !acts[0].Known.Equal(noon) {
		t.Errorf("%+v, %v", acts, err)
	}
	got, err := db.Group(t.Context(), g.ID)
	check(t, err)
	g.Invite = "" // WhatsApp's next word of the group brings one
	same(t, "group", g, got)
	want, err := os.ReadFile("testdata/schema.golden.sql")
	check(t, err)
	same(t, "schema", string(want), schema(t, path))
}

// backTo2 undoes what the third migration and those after it did.
func backTo2(t *testing.T, file *sql.DB) {
	t.Helper()
	for _, s := range []string{`DROP TABLE promise`, `DROP INDEX athlete_phone`, `DROP TABLE vote`, `DROP TABLE poll`, `DROP INDEX chatgroup_invite`, `ALTER TABLE chatgroup DROP COLUMN invite`, `ALTER TABLE athlete DROP COLUMN remind`,
		`DROP TABLE mention`, `DROP TABLE pause`, `DROP TABLE together`, `DROP TABLE cheer`, `DROP TABLE goal`, `DROP TABLE duel`, `DROP TABLE sighting`, `DROP TABLE apart`, `DROP TABLE health`, `DROP TABLE health_read`,
		`ALTER TABLE activity DROP COLUMN known`, `ALTER TABLE chatgroup DROP COLUMN style`, `ALTER TABLE chatgroup DROP COLUMN skip`,
		`ALTER TABLE chatgroup DROP COLUMN races`,
		`ALTER TABLE chatgroup DROP COLUMN excluded`, `ALTER TABLE chatgroup DROP COLUMN quiet_from`, `ALTER TABLE chatgroup DROP COLUMN quiet_to`,
		`ALTER TABLE chatgroup DROP COLUMN edition`, `ALTER TABLE athlete DROP COLUMN hidden`, `ALTER TABLE athlete DROP COLUMN health`, `ALTER TABLE activity DROP COLUMN hidden`, `ALTER TABLE activity DROP COLUMN vouched`, `DROP INDEX activity_checksum`, `DROP INDEX activity_parent`, `ALTER TABLE activity DROP COLUMN checksum`,
		`ALTER TABLE inbox DROP COLUMN doc_handle`, `ALTER TABLE file DROP COLUMN attempts`, `ALTER TABLE file DROP COLUMN retry`, `PRAGMA user_version = 2`} {
		if _, err := file.Exec(s); err != nil {
			t.Fatal(s, err)
		}
	}
}
