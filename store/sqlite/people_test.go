package sqlite_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
	"clubrun/store/storetest"
)

func TestMeetingAgainKeepsTheNameAndLearnsTheNumber(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	_, err := db.Meet(ctx, "lid1", "", "Ana")
	check(t, err)
	_, err = db.Meet(ctx, "lid1", "49151", "Ana from work")
	check(t, err)
	got, err := db.Meet(ctx, "lid1", "", "?")
	want := store.Athlete{ID: 1, User: "lid1", Phone: "49151", Name: "Ana", Created: noon, Updated: noon,
		Prefs: store.Prefs{Private: store.PrivateOut}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestPrefsAreReplacedAndAudited(t *testing.T) {
	db := atNoon(t)
	a := storetest.Athlete(t, db, "ana")
	p := store.Prefs{Language: "de", Units: store.Miles, Zone: "Europe/Berlin", Private: store.PrivateTotals, Files: true}
	check(t, db.SetPrefs(t.Context(), storetest.Actor(a), a.ID, p, store.Reply{}))
	check(t, db.Synced(t.Context(), a.ID, noon))
	all, err := db.Athletes(t.Context())
	a.Prefs, a.LastSync = p, noon
	if diff := cmp.Diff([]store.Athlete{a}, all); diff != "" || err != nil {
		t.Error(diff, err)
	}
	entries, err := db.Audited(t.Context(), 1)
	want := []store.AuditEntry{{ID: 1, At: noon, Actor: storetest.Actor(a), Action: "athlete.prefs", Subject: "athlete 1"}}
	if diff := cmp.Diff(want, entries); diff != "" || err != nil {
		t.Error(diff, err)
	}
	check(t, db.SetPrefs(t.Context(), storetest.Actor(a), a.ID, store.Prefs{}, store.Reply{}))
	if a, _ = db.Athlete(t.Context(), a.ID); a.Prefs.Private != store.PrivateOut {
		t.Errorf("no policy became %q", a.Prefs.Private)
	}
}

func TestRelinkReplacesTheTokens(t *testing.T) {
	db := atNoon(t)
	a, first := storetest.Linked(t, db, "ana")
	check(t, db.SetAccountState(t.Context(), first.ID, store.AccountSignedOut, "401", time.Time{}))
	want := store.Account{ID: first.ID, Athlete: a.ID, Source: "garmin", Profile: "new profile", Name: "Ana A.",
		Tokens: "new", State: store.AccountHealthy, Linked: noon, Updated: noon}
	again := want
	again.ID, again.State = 0, ""
	linked, err := db.Link(t.Context(), storetest.Actor(a), again, store.Reply{})
	kept, err2 := db.Account(t.Context(), a.ID, "garmin")
	for _, got := range []store.Account{linked, kept} {
		if diff := cmp.Diff(want, got); diff != "" || errors.Join(err, err2) != nil {
			t.Error(diff, err, err2)
		}
	}
}

func TestOneProfileHasOneAthlete(t *testing.T) {
	db := atNoon(t)
	var wins, taken atomic.Int32
	var race sync.WaitGroup
	for i := range 20 {
		a := storetest.Athlete(t, db, fmt.Sprint("racer ", i))
		race.Go(func() {
			_, err := db.Link(t.Context(), storetest.Actor(a), store.Account{Athlete: a.ID, Source: "garmin", Profile: "p"}, store.Reply{})
			if err == nil {
				wins.Add(1)
			}
			if errors.Is(err, store.ErrTaken) {
				taken.Add(1)
			}
		})
	}
	race.Wait()
	if wins.Load() != 1 || taken.Load() != 19 {
		t.Errorf("%d won, %d were told that it is taken", wins.Load(), taken.Load())
	}
}

func TestAccountStateIsKept(t *testing.T) {
	db := atNoon(t)
	_, acc := storetest.Linked(t, db, "ana")
	check(t, db.SetAccountState(t.Context(), acc.ID, store.AccountCooling, "429", noon.Add(time.Hour)))
	check(t, db.SaveTokens(t.Context(), acc.ID, "rotated"))
	all, err := db.Accounts(t.Context())
	acc.State, acc.Reason, acc.Until, acc.Tokens = store.AccountCooling, "429", noon.Add(time.Hour), "rotated"
	if diff := cmp.Diff([]store.Account{acc}, all); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestTokensMovedToAnotherRowAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, time.Now)
	a, _ := storetest.Linked(t, db, "ana")
	b, _ := storetest.Linked(t, db, "ben")
	thief := raw(t, path)
	_, err := thief.Exec(`UPDATE account SET tokens = (SELECT tokens FROM account WHERE athlete = ?) WHERE athlete = ?`, a.ID, b.ID)
	check(t, err)
	if got, err := db.Account(t.Context(), b.ID, "garmin"); err == nil || got.Tokens != "" {
		t.Errorf("ben's row opened %q", got.Tokens.Reveal())
	}
	all, err := db.Accounts(t.Context())
	if err != nil || len(all) != 2 || all[0].Tokens.Reveal() != "tokens of ana" ||
		all[1].Tokens != "" || all[1].State != store.AccountSignedOut {
		t.Errorf("accounts: %+v, %v", all, err)
	}
}

func TestTokensAreNowhereInTheFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, time.Now)
	_, acc := storetest.Linked(t, db, "ana")
	check(t, db.SaveTokens(t.Context(), acc.ID, "tokens of ana, rotated"))
	if hits := grep(t, filepath.Dir(path), "tokens of ana"); hits > 0 {
		t.Errorf("%d copies on disk", hits)
	}
}

func TestUnlinkDestroysTokensAndConsent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, time.Now)
	g := storetest.Group(t, db, "G")
	a := storetest.Member(t, db, g, "ana")
	storetest.Activity(t, db, a.ID, noon)
	var sealed []byte
	check(t, raw(t, path).QueryRow(`SELECT tokens FROM account`).Scan(&sealed))

	check(t, db.Unlink(t.Context(), storetest.Actor(a), a.ID, "garmin", store.Reply{Owed: []store.Outgoing{text("re:1:0", "c")}}))
	if _, err := db.Account(t.Context(), a.ID, "garmin"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("account: %v", err)
	}
	if members, _ := db.Members(t.Context(), g.ID); len(members) != 0 {
		t.Errorf("members: %v", members)
	}
	day := store.DayOf(noon)
	if acts, _ := db.Activities(t.Context(), a.ID, store.Span{Start: day, End: day + 1}); len(acts) != 1 {
		t.Errorf("%d activities are left, want them kept", len(acts))
	}
	if hits := grep(t, filepath.Dir(path), string(sealed)); hits > 0 {
		t.Errorf("%d copies of the sealed tokens on disk", hits)
	}
}

func TestGroupIsKnownByItsChat(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	defaults := store.Group{Language: "pt", Units: store.Kilometres, Zone: "Europe/Lisbon", WeekStart: time.Sunday, Metric: store.ByTime}
	_, err := db.KnowGroup(ctx, store.Roster{Chat: "g", Name: "Old"}, defaults)
	check(t, err)
	operator := store.Actor{Role: store.RoleOperator}
	check(t, db.AllowGroup(ctx, operator, 1, true))
	check(t, db.StartGroup(ctx, operator, 1, store.Reply{}))
	check(t, db.SetSchedule(ctx, operator, 1, "0 18 * * 0", noon.Add(time.Hour), store.Reply{}))
	check(t, db.SetNextRun(ctx, 1, noon, noon.Add(2*time.Hour)))
	check(t, db.SetNextRun(ctx, 1, time.Time{}, noon.Add(3*time.Hour)))

	got, err := db.KnowGroup(ctx, store.Roster{Chat: "g", Name: "New", Description: "d"}, store.Group{Language: "de", Zone: "UTC"})
	want := defaults
	want.ID, want.Chat, want.Name, want.Description, want.Allowed, want.Enabled = 1, "g", "New", "d", true, true
	want.Schedule, want.Scheduled, want.LastRun, want.NextRun = "0 18 * * 0", noon, noon, noon.Add(3*time.Hour)
	want.Created, want.Updated, want.Invite = noon, noon, "OLD4" // of its first name: links that were posted lead here for good
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	check(t, db.SetSchedule(ctx, operator, 1, "", noon, store.Reply{}))
	check(t, db.LeaveGroup(ctx, "g"))
	want.Schedule, want.NextRun, want.Enabled = "", time.Time{}, false
	all, err := db.Groups(ctx)
	if diff := cmp.Diff([]store.Group{want}, all); diff != "" || err != nil {
		t.Error(diff, err)
	}
	entries, err := db.Audited(ctx, 10)
	check(t, err)
	var actions []string
	for _, e := range entries {
		actions = append(actions, e.Action+" "+e.Subject+" "+e.Detail)
	}
	wantActions := []string{"group.schedule group 1 ", "group.schedule group 1 0 18 * * 0", "group.start group 1 ", "group.allow group 1 true"}
	if diff := cmp.Diff(wantActions, actions); diff != "" {
		t.Error(diff)
	}
}

func TestConsentDecidesWhoIsShown(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	g, other := storetest.Group(t, db, "G"), storetest.Group(t, db, "H")
	ana, ben := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, g, "ben")
	caro, _ := storetest.Linked(t, db, "caro")
	dev := storetest.Member(t, db, other, "dev")
	for _, a := range []store.Athlete{ana, ben, caro, dev} {
		storetest.Activity(t, db, a.ID, noon)
	}
	shown := func() (names []string) {
		day := store.DayOf(noon)
		acts, err := db.GroupActivities(ctx, g.ID, store.Span{Start: day, End: day + 1})
		check(t, err)
		members, err := db.Members(ctx, g.ID)
		check(t, err)
		if len(acts) != len(members) {
			t.Fatalf("%d activities of %d members", len(acts), len(members))
		}
		for i, a := range acts {
			if a.Athlete != members[i].ID {
				t.Errorf("activity of %d, member %d", a.Athlete, members[i].ID)
			}
			names = append(names, members[i].Name)
		}
		return names
	}
	if diff := cmp.Diff([]string{"ana", "ben"}, shown()); diff != "" {
		t.Error(diff)
	}
	check(t, db.Unshare(ctx, storetest.Actor(ana), ana.ID, g.ID, store.Reply{}))
	if diff := cmp.Diff([]string{"ben"}, shown()); diff != "" {
		t.Error(diff)
	}
	m := store.Membership{Athlete: caro.ID, Group: g.ID}
	if err := db.Share(ctx, storetest.Actor(caro), m, "", store.Reply{}); err == nil {
		t.Error("shared without a consent text")
	}
	m = store.Membership{Athlete: caro.ID, Group: g.ID, Role: store.RoleAdmin, Joined: noon,
		Consent: store.Consent{Text: "v2", Given: noon, Message: "YES"}}
	check(t, db.Share(ctx, storetest.Actor(caro), m, "Caro C.", store.Reply{}))
	if diff := cmp.Diff([]string{"ben", "Caro C."}, shown()); diff != "" {
		t.Error(diff)
	}
	of, err := db.MembershipsOf(ctx, caro.ID)
	if diff := cmp.Diff([]store.Membership{m}, of); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestJobsAndCountersAreKept(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	id, err := db.StartJob(ctx, store.JobRun{Operation: "sync", Cause: "c1"})
	check(t, err)
	_, err = db.StartJob(ctx, store.JobRun{Operation: "digest"})
	check(t, err)
	check(t, db.EndJob(ctx, store.JobRun{ID: id, Result: store.JobPartial, Message: "m", Processed: 3, Downloaded: 2}))
	jobs, err := db.Jobs(ctx, 10)
	want := []store.JobRun{
		{ID: 2, Operation: "digest", Start: noon},
		{ID: 1, Operation: "sync", Start: noon, End: noon, Result: store.JobPartial, Message: "m", Processed: 3, Downloaded: 2, Cause: "c1"},
	}
	if diff := cmp.Diff(want, jobs); diff != "" || err != nil {
		t.Error(diff, err)
	}
	denial := store.AuditEntry{ID: 1, At: noon, Actor: store.Actor{Role: store.RoleStranger, User: "u"}, Action: "digest.send",
		Subject: "group 4", Denied: true, Detail: "d"}
	check(t, db.Audit(ctx, denial))
	entries, err := db.Audited(ctx, 5)
	if diff := cmp.Diff([]store.AuditEntry{denial}, entries); diff != "" || err != nil {
		t.Error(diff, err)
	}
	for _, want := range []string{"", "5 left", "4 left"} {
		if want != "" {
			check(t, db.SetCounter(ctx, "bucket:1", want))
		}
		if got, err := db.Counter(ctx, "bucket:1"); got != want || err != nil {
			t.Errorf("counter = %q, %v, want %q", got, err, want)
		}
	}
}
