package sqlite_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// lively is a database in which a group has one of everything that a season
// tells, and another group has the same, of other people.
type lively struct {
	db   *sqlite.DB
	g    store.Group
	who  map[string]store.Athlete
	acts map[string]store.Activity
	week store.Span
}

func enliven(t *testing.T) lively {
	t.Helper()
	db := atNoon(t)
	l := lively{db: db, who: map[string]store.Athlete{}, acts: map[string]store.Activity{}, week: store.WeekOf(store.DayOf(noon), time.Monday)}
	l.fill(t, "H", "xana", "xben", "xcaro")
	l.g = l.fill(t, "G", "ana", "ben", "caro")
	return l
}

// fill lets a group of three live: the first two ran together and duel, the
// second one pauses, the third raced and was cheered, and all were named last
// week.
func (l lively) fill(t *testing.T, name string, people ...string) store.Group {
	t.Helper()
	ctx, db := t.Context(), l.db
	g := storetest.Group(t, db, name)
	var mentions []store.Mention
	for i, p := range people {
		a := storetest.Member(t, db, g, p)
		l.who[p] = a
		l.acts[p] = storetest.Activity(t, db, a.ID, noon.Add(time.Duration(i)*time.Minute))
		storetest.Activity(t, db, a.ID, noon.AddDate(0, 0, -20))
		mentions = append(mentions, store.Mention{Athlete: a.ID, Kind: "longest"})
	}
	a, b, c := l.who[people[0]], l.who[people[1]], l.who[people[2]]
	check(t, db.Pause(ctx, storetest.Actor(b), b.ID, store.Span{Start: l.week.Start - 9, End: l.week.Start - 2}, store.Reply{}))
	check(t, db.SaveTogether(ctx, []store.Together{{A: l.acts[people[1]].ID, B: l.acts[people[0]].ID}}))
	for weeks := range 14 {
		week := store.Span{Start: l.week.Start - store.Day(7*weeks), End: l.week.End - store.Day(7*weeks)}
		_, err := db.SaveDigest(ctx, store.Digest{Group: g.ID, Week: week, State: store.DigestSent, Mentions: mentions}, nil)
		check(t, err)
	}
	check(t, db.SetGoal(ctx, storetest.Actor(a), store.Goal{Group: g.ID, Metric: store.ByDistance, Sport: store.Run, Target: 1e6,
		Span: store.Span{Start: l.week.Start - 30, End: l.week.End + 30}, Route: "camino"}, store.Reply{}))
	check(t, db.AskDuel(ctx, storetest.Actor(a), store.Duel{Group: g.ID, From: a.ID, To: b.ID, Metric: store.ByTime, Week: l.week}, store.Reply{}))
	asked, err := db.DuelsOf(ctx, b.ID)
	if err != nil || len(asked) != 1 {
		t.Fatalf("asked %v, %v", asked, err)
	}
	check(t, db.AnswerDuel(ctx, storetest.Actor(b), asked[0].ID, true, store.Reply{}))
	post := racePost(t, db, g, l.acts[people[2]].ID)
	for _, fan := range []string{"lid-stranger", a.User, c.User} {
		check(t, db.Cheered(ctx, g.Chat, post, fan, "👏🏽"))
	}
	return g
}

// racePost posts about a race and returns the message's id.
func racePost(t *testing.T, db *sqlite.DB, g store.Group, activity int64) string {
	t.Helper()
	post := text(fmt.Sprintf("race:%d:%d", g.ID, activity), g.Chat)
	owe(t, db, post)
	o := claim(t, db, noon)
	id := "3EB0-" + o.Key
	check(t, db.Sending(t.Context(), o.ID, id))
	check(t, db.Accepted(t.Context(), o.ID, noon))
	return id
}

func (l lively) season(t *testing.T) store.Season {
	t.Helper()
	s, err := l.db.Season(t.Context(), l.g.ID, l.wide())
	check(t, err)
	return s
}

func (l lively) wide() store.Span { return store.Span{Start: l.week.Start - 21, End: l.week.End} }

func same(t *testing.T, name string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}

func TestASeasonIsWhatTheSingleQuestionsAnswer(t *testing.T) {
	l := enliven(t)
	ctx, s := t.Context(), l.season(t)
	members, err := l.db.Members(ctx, l.g.ID)
	check(t, err)
	acts, err := l.db.GroupActivities(ctx, l.g.ID, l.wide())
	check(t, err)
	var pauses []store.Pause
	for _, m := range members {
		all, err := l.db.Pauses(ctx, m.ID)
		check(t, err)
		pauses = append(pauses, all...)
	}
	goal, err := l.db.Goal(ctx, l.g.ID)
	check(t, err)
	duels, err := l.db.Duels(ctx, l.g.ID, l.week)
	check(t, err)
	if len(members) != 3 || len(acts) != 6 || len(pauses) != 1 || len(duels) != 1 {
		t.Fatalf("%d members, %d activities, %d pauses, %d duels", len(members), len(acts), len(pauses), len(duels))
	}
	same(t, "members", members, s.Members)
	same(t, "activities", acts, s.Activities)
	same(t, "pauses", pauses, s.Pauses)
	same(t, "goal", &goal, s.Goal)
	same(t, "duels", duels, s.Duels)
	same(t, "together", []store.Together{{A: l.acts["ana"].ID, B: l.acts["ben"].ID}}, s.Together)
	same(t, "cheers", []store.Cheer{{Athlete: l.who["caro"].ID, Activity: l.acts["caro"].ID, People: 2}}, s.Cheers)

	var mentions []store.Mention
	for _, back := range []store.Day{84, 77, 70, 63, 56, 49, 42, 35, 28, 21, 14, 7} {
		for _, p := range []string{"ana", "ben", "caro"} {
			mentions = append(mentions, store.Mention{Athlete: l.who[p].ID, Week: l.week.Start - back, Kind: "longest"})
		}
	}
	same(t, "mentions", mentions, s.Mentions)
	if len(s.Posted) != 3 || s.Posted[0].Week != l.week.Before() || s.Posted[2].Week.Start != l.week.Start-21 {
		t.Errorf("posted: %+v", s.Posted)
	}
}

func TestASeasonTellsWhenItsAccountsWereRead(t *testing.T) {
	l := enliven(t)
	ctx, caro := t.Context(), l.who["caro"]
	check(t, l.db.Synced(ctx, l.who["ana"].ID, noon.Add(time.Hour)))
	check(t, l.db.Synced(ctx, caro.ID, noon.Add(2*time.Hour)))
	check(t, l.db.Synced(ctx, l.who["xana"].ID, noon.Add(3*time.Hour)))
	same(t, "reads", []time.Time{noon.Add(time.Hour), {}, noon.Add(2 * time.Hour)}, l.season(t).Reads)
	account, err := l.db.Account(ctx, caro.ID, "garmin")
	check(t, err)
	check(t, l.db.SetAccountState(ctx, account.ID, store.AccountSignedOut, "revoked", time.Time{}))
	same(t, "reads of who is signed in", []time.Time{noon.Add(time.Hour), {}}, l.season(t).Reads)
	reads, err := l.db.Reads(ctx, l.g.ID)
	check(t, err)
	same(t, "reads alone", l.season(t).Reads, reads)
}

func TestASeasonOfAnEmptyGroupIsEmpty(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	s, err := db.Season(t.Context(), g.ID, always)
	check(t, err)
	same(t, "season", store.Season{}, s)
}

func TestARunningWeekSeesTheDigestOfTheLast(t *testing.T) {
	l := enliven(t)
	monday := store.Span{Start: l.week.Start, End: l.week.Start + 1}
	s, err := l.db.Season(t.Context(), l.g.ID, monday)
	check(t, err)
	if len(s.Posted) == 0 || s.Posted[0].Week != l.week.Before() {
		t.Errorf("posted: %+v", s.Posted)
	}
	if n := len(s.Mentions); n == 0 || s.Mentions[n-1].Week != l.week.Before().Start {
		t.Errorf("mentions: %+v", s.Mentions)
	}
}

func TestADigestThatCameToNothingHasNamedNobody(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	a := storetest.Member(t, db, g, "ana")
	week := store.WeekOf(store.DayOf(noon), time.Monday)
	for i, state := range []store.DigestState{store.DigestFailed, store.DigestExpired, store.DigestPending} {
		past := store.Span{Start: week.Start - store.Day(7*(i+1)), End: week.End - store.Day(7*(i+1))}
		_, err := db.SaveDigest(t.Context(), store.Digest{Group: g.ID, Week: past, State: state, Mentions: []store.Mention{{Athlete: a.ID, Kind: string(state)}}}, nil)
		check(t, err)
	}
	s, err := db.Season(t.Context(), g.ID, week)
	if err != nil || len(s.Posted) != 1 || len(s.Mentions) != 1 || s.Mentions[0].Kind != "pending" {
		t.Errorf("%+v, %+v, %v", s.Posted, s.Mentions, err)
	}
}

func TestAMentionIsKeptWithItsDigestOnce(t *testing.T) {
	l := enliven(t)
	stranger := storetest.Athlete(t, l.db, "stranger")
	next := store.Digest{Group: l.g.ID, Week: store.Span{Start: l.week.End, End: l.week.End + 7}}
	next.Mentions = []store.Mention{{Athlete: stranger.ID, Kind: "first"}}
	if fresh, err := l.db.SaveDigest(t.Context(), next, nil); fresh || !errors.Is(err, store.ErrDenied) {
		t.Errorf("a stranger is named: %v, %v", fresh, err)
	}
	ana := store.Mention{Athlete: l.who["ana"].ID, Week: next.Week.Start, Kind: "first"}
	next.Mentions = []store.Mention{ana, ana}
	for _, want := range []bool{true, false} {
		if fresh, err := l.db.SaveDigest(t.Context(), next, nil); fresh != want || err != nil {
			t.Errorf("fresh %v, %v", fresh, err)
		}
	}
	s, err := l.db.Season(t.Context(), l.g.ID, store.Span{Start: next.Week.End, End: next.Week.End + 7})
	check(t, err)
	var got []store.Mention
	for _, m := range s.Mentions {
		if m.Week == next.Week.Start {
			got = append(got, m)
		}
	}
	same(t, "mentions", []store.Mention{ana}, got)
}

// traces counts what a season tells of an athlete.
func traces(s store.Season, a store.Athlete, acts ...int64) (n int) {
	of := func(id int64) {
		if id == a.ID {
			n++
		}
	}
	for _, x := range s.Members {
		of(x.ID)
	}
	for _, x := range s.Activities {
		of(x.Athlete)
	}
	for _, x := range s.Pauses {
		of(x.Athlete)
	}
	for _, x := range s.Mentions {
		of(x.Athlete)
	}
	for _, x := range s.Cheers {
		of(x.Athlete)
	}
	for _, x := range s.Duels {
		of(x.From)
		of(x.To)
	}
	for _, x := range s.Together {
		if slices.Contains(acts, x.A) || slices.Contains(acts, x.B) {
			n++
		}
	}
	return n
}

func TestOfSomebodyWhoLeftASeasonTellsNothing(t *testing.T) {
	for _, leaver := range []string{"ana", "ben", "caro"} {
		l := enliven(t)
		a := l.who[leaver]
		if traces(l.season(t), a, l.acts[leaver].ID) < 13 {
			t.Fatalf("%s has left no traces to begin with", leaver)
		}
		check(t, l.db.Unshare(t.Context(), storetest.Actor(a), a.ID, l.g.ID, store.Reply{}))
		if n := traces(l.season(t), a, l.acts[leaver].ID); n != 0 {
			t.Errorf("%d traces of %s", n, leaver)
		}
		duels, err := l.db.Duels(t.Context(), l.g.ID, l.week)
		if err != nil || len(duels) > 0 && leaver != "caro" {
			t.Errorf("%s still duels: %v, %v", leaver, duels, err)
		}
		m := store.Membership{Athlete: a.ID, Group: l.g.ID, Consent: store.Consent{Text: "v1"}}
		check(t, l.db.Share(t.Context(), storetest.Actor(a), m, "", store.Reply{}))
		if traces(l.season(t), a, l.acts[leaver].ID) < 13 {
			t.Errorf("%s is back, and was forgotten", leaver)
		}
	}
}

func TestWhatIsPrivateWasNotDoneTogether(t *testing.T) {
	l := enliven(t)
	hidden := l.acts["ben"]
	hidden.Private = true
	record := store.Raw{Athlete: hidden.Athlete, Source: "garmin", Kind: "list", External: hidden.External, Hash: "new"}
	_, err := l.db.Keep(t.Context(), record, []store.Activity{hidden})
	check(t, err)
	if s := l.season(t); len(s.Together) != 0 {
		t.Errorf("together: %v", s.Together)
	}
}

// TestASeasonIsOfOneMoment reads while somebody joins and leaves: who is a
// member is also whose activities are told.
func TestASeasonIsOfOneMoment(t *testing.T) {
	l := enliven(t)
	ben := l.who["ben"]
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		m := store.Membership{Athlete: ben.ID, Group: l.g.ID, Consent: store.Consent{Text: "v1"}}
		for {
			select {
			case <-stop:
				return
			default:
			}
			err := errors.Join(l.db.Unshare(t.Context(), storetest.Actor(ben), ben.ID, l.g.ID, store.Reply{}),
				l.db.Share(t.Context(), storetest.Actor(ben), m, "", store.Reply{}))
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 100 {
		s := l.season(t)
		if n := traces(s, ben, l.acts["ben"].ID); n != 0 && n < 13 {
			t.Errorf("%d traces: half a member", n)
		}
		if len(s.Activities) != 2*len(s.Members) {
			t.Errorf("%d activities of %d members", len(s.Activities), len(s.Members))
		}
	}
	close(stop)
	writer.Wait()
}

func TestErasureLeavesNoRowOfASeason(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, func() time.Time { return noon })
	l := lively{db: db, who: map[string]store.Athlete{}, acts: map[string]store.Activity{}, week: store.WeekOf(store.DayOf(noon), time.Monday)}
	l.g = l.fill(t, "G", "ana", "ben", "caro")
	for _, p := range []string{"ben", "caro", "ana"} {
		check(t, db.Erase(t.Context(), storetest.Actor(l.who[p]), l.who[p].ID, store.Reply{}))
		if n := traces(l.season(t), l.who[p], l.acts[p].ID); n != 0 {
			t.Errorf("%d traces of %s", n, p)
		}
	}
	file := raw(t, path)
	for _, table := range []string{"pause", "mention", "together", "cheer", "duel"} {
		var n int
		if err := file.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows in %s, %v", n, table, err)
		}
	}
	if _, err := db.Goal(t.Context(), l.g.ID); err != nil {
		t.Errorf("the goal was everybody's: %v", err)
	}
	for _, p := range []string{"stranger", "ana", "ben", "caro"} {
		if hits := grep(t, filepath.Dir(path), storetest.User(p)); hits > 0 {
			t.Errorf("%s is on the disk %d times", p, hits)
		}
	}
}

// TestNoQueryOfASeasonScansATable: the plans use indexes, whatever has
// gathered over the years.
func TestNoQueryOfASeasonScansATable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	storetest.OpenAt(t, path, time.Now)
	file := raw(t, path)
	for _, query := range sqlite.SeasonQueries {
		rows, err := file.Query(`EXPLAIN QUERY PLAN ` + strings.NewReplacer(":group", "1", ":start", "''", ":end", "''",
			":week", "''", ":before", "''", ":mentioned", "''", ":posted", "''").Replace(query))
		check(t, err)
		for rows.Next() {
			var id, parent, unused int
			var step string
			check(t, rows.Scan(&id, &parent, &unused, &step))
			if strings.HasPrefix(step, "SCAN") {
				t.Errorf("%s\n%s", step, query)
			}
		}
		check(t, errors.Join(rows.Err(), rows.Close()))
	}
}

// TestAGoalThatHasJustEndedIsThere: the digest of its last week may have been
// made before all was done.
func TestAGoalThatHasJustEndedIsThere(t *testing.T) {
	l := enliven(t)
	for end, want := range map[store.Day]bool{l.week.Start: true, l.week.Start - 1: false} {
		goal := store.Goal{Group: l.g.ID, Metric: store.ByTime, Target: 3600, Span: store.Span{Start: l.week.Start - 30, End: end}}
		check(t, l.db.SetGoal(t.Context(), store.Actor{}, goal, store.Reply{}))
		if got := l.season(t).Goal; (got != nil) != want {
			t.Errorf("one that ended on %s: %+v", end-1, got)
		}
	}
}
