package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// noon is the moment at which the tests' world stands.
var noon = time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC)

func atNoon(t *testing.T) *sqlite.DB {
	t.Helper()
	return storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return noon })
}

func text(key string, chat store.Chat) store.Outgoing {
	return store.Outgoing{Key: key, Chat: chat, Kind: store.KindText, Urgency: store.UrgencyReply, Text: "text of " + key}
}

// keyless cannot be stored: it stands for an answer that fails.
var keyless = store.Outgoing{Chat: "c", Kind: store.KindText, Urgency: store.UrgencyReply}

func receive(t *testing.T, db *sqlite.DB, in store.Incoming) store.Incoming {
	t.Helper()
	if _, err := db.Receive(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	kept, err := db.Message(t.Context(), in.Chat, in.Message)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func unanswered(t *testing.T, db *sqlite.DB) []string {
	t.Helper()
	all, err := db.Unanswered(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, in := range all {
		ids = append(ids, in.Message)
	}
	return ids
}

func pending(t *testing.T, db *sqlite.DB) [2]int {
	t.Helper()
	in, out, err := db.Pending(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return [2]int{in, out}
}

func TestMessageIsKeptAsItCame(t *testing.T) {
	db := atNoon(t)
	want := store.Incoming{
		ID: 1, Chat: "g@g.us", Sender: "ana", Phone: "49151", Name: "Ana", Message: "M1", Group: true, Text: "/week",
		Edits: "M0", Quotes: "Q", Document: &store.Document{Name: "a.fit", Mime: "x/y", Size: 12},
		Sent: noon.Add(-time.Second), Received: noon,
	}
	if diff := cmp.Diff(want, receive(t, db, want)); diff != "" {
		t.Error(diff)
	}
}

func TestSecondReceiveIsNotFresh(t *testing.T) {
	db := atNoon(t)
	in := store.Incoming{Chat: "c", Sender: "ana", Message: "M1", Text: "first"}
	for i, want := range []bool{true, false} {
		fresh, err := db.Receive(t.Context(), in)
		if err != nil || fresh != want {
			t.Errorf("receive %d: fresh = %v, %v", i, fresh, err)
		}
		in.Text = "second"
	}
	select {
	case <-db.Arrived():
	default:
		t.Error("nobody was told")
	}
	if kept := receive(t, db, in); kept.Text != "first" {
		t.Errorf("text became %q", kept.Text)
	}
	select {
	case <-db.Arrived():
		t.Error("a repeated message was told")
	default:
	}
	in.Sender = "ben"
	if fresh, _ := db.Receive(t.Context(), in); !fresh {
		t.Error("the same id of another sender is another message")
	}
}

func TestWithheldTextIsNotStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, time.Now)
	kept := receive(t, db, store.Incoming{Chat: "c", Sender: "ana", Message: "M1", Text: "canary-password", Withheld: true})
	if kept.Text != "" || !kept.Withheld {
		t.Errorf("kept %+v", kept)
	}
	empty := receive(t, db, store.Incoming{Chat: "c", Sender: "ana", Message: "M2"})
	if empty.Withheld {
		t.Error("an empty text became a withheld one")
	}
	if hits := grep(t, filepath.Dir(path), "canary-password"); hits > 0 {
		t.Errorf("%d copies on disk", hits)
	}
}

func TestAnswerSettlesTheMessageOnce(t *testing.T) {
	db := atNoon(t)
	in := receive(t, db, store.Incoming{Chat: "c", Sender: "ana", Message: "M1"})
	r := store.Reply{
		To:   in.ID,
		Talk: &store.Talk{User: "ana", Topic: "link", Step: "email", Data: "{}", Until: noon.Add(time.Minute)},
		Owed: []store.Outgoing{text("re:M1:0", "c"), text("re:M1:1", "c")},
	}
	for range 2 {
		if err := db.Answer(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if got := pending(t, db); got != [2]int{0, 2} {
		t.Errorf("pending = %v, want no message and two answers", got)
	}
	talk, err := db.Talk(t.Context(), "ana")
	if diff := cmp.Diff(*r.Talk, talk); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if err := db.Answer(t.Context(), store.Reply{Talk: &store.Talk{User: "ana"}}); err != nil {
		t.Fatal(err)
	}
	if talk, err := db.Talk(t.Context(), "ana"); err != nil || talk != (store.Talk{}) {
		t.Errorf("talk after its end: %+v, %v", talk, err)
	}
}

func TestFailingAnswerRollsBackItsEffect(t *testing.T) {
	db := atNoon(t)
	a, acc := storetest.Linked(t, db, "ana")
	g := storetest.Group(t, db, "G")
	by := storetest.Actor(a)
	in := receive(t, db, store.Incoming{Chat: "c", Sender: a.User, Message: "M1"})
	r := store.Reply{To: in.ID, Talk: &store.Talk{User: a.User, Topic: "x"}, Owed: []store.Outgoing{text("re:M1:0", "c"), keyless}}
	before := everything(t, db, a.ID, g.ID)

	ctx := t.Context()
	relink := store.Account{Athlete: a.ID, Source: "garmin", Profile: "other", Tokens: "other"}
	share := store.Membership{Athlete: a.ID, Group: g.ID, Consent: store.Consent{Text: "v1"}}
	_, linking := db.Link(ctx, by, relink, r)
	_, saving := db.SaveDigest(ctx, store.Digest{Group: g.ID, Week: store.Span{Start: 0, End: 7}}, r.Owed)
	for name, err := range map[string]error{
		"answer":   db.Answer(ctx, r),
		"owe":      db.Owe(ctx, r.Owed...),
		"prefs":    db.SetPrefs(ctx, by, a.ID, store.Prefs{Language: "de"}, r),
		"link":     linking,
		"unlink":   db.Unlink(ctx, by, a.ID, acc.Source, r),
		"erase":    db.Erase(ctx, by, a.ID, r),
		"start":    db.StartGroup(ctx, by, g.ID, r),
		"schedule": db.SetSchedule(ctx, by, g.ID, "0 18 * * 0", noon, r),
		"share":    db.Share(ctx, by, share, "A", r),
		"digest":   saving,
	} {
		if err == nil {
			t.Errorf("%s is kept without its answer", name)
		}
	}
	if diff := cmp.Diff(before, everything(t, db, a.ID, g.ID)); diff != "" {
		t.Errorf("something is left: %s", diff)
	}
}

// everything reads what an effect could have touched.
func everything(t *testing.T, db *sqlite.DB, athlete, group int64) []any {
	t.Helper()
	ctx := t.Context()
	a, err1 := db.Athlete(ctx, athlete)
	accounts, err2 := db.Accounts(ctx)
	g, err3 := db.Group(ctx, group)
	members, err4 := db.Members(ctx, group)
	entries, err5 := db.Audited(ctx, 100)
	talk, err6 := db.Talk(ctx, a.User)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		t.Fatal(err)
	}
	var tokens []string
	for _, acc := range accounts {
		tokens = append(tokens, acc.Tokens.Reveal())
	}
	return []any{a, accounts, tokens, g, members, entries, talk, pending(t, db)}
}

func TestThirdFailureMakesAMessageDead(t *testing.T) {
	db := atNoon(t)
	first := receive(t, db, store.Incoming{Chat: "c", Sender: "ana", Message: "M1"})
	receive(t, db, store.Incoming{Chat: "c", Sender: "ana", Message: "M2"})
	for want := 1; want <= 3; want++ {
		if diff := cmp.Diff([]string{"M1", "M2"}, unanswered(t, db)); diff != "" {
			t.Errorf("before failure %d: %s", want, diff)
		}
		got, err := db.Defer(t.Context(), first.ID, "broken")
		if err != nil || got != want {
			t.Errorf("Defer = %d, %v, want %d", got, err, want)
		}
	}
	if diff := cmp.Diff([]string{"M2"}, unanswered(t, db)); diff != "" {
		t.Error(diff)
	}
	if _, err := db.Defer(t.Context(), 99, "broken"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("unknown message: %v", err)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	_, message := db.Message(ctx, "c", "M")
	_, athlete := db.Athlete(ctx, 1)
	_, user := db.AthleteByUser(ctx, "u")
	_, account := db.Account(ctx, 1, "garmin")
	_, group := db.Group(ctx, 1)
	_, chat := db.GroupByChat(ctx, "c")
	_, digest := db.Digest(ctx, 1, store.Span{})
	_, last := db.LastDigest(ctx, 1)
	_, claim := db.Claim(ctx, noon, nil)
	_, record := db.Raw(ctx, 1, "garmin", "list", "1")
	for name, err := range map[string]error{
		"message": message, "athlete": athlete, "user": user, "account": account, "group": group, "chat": chat,
		"digest": digest, "last": last, "claim": claim, "record": record,
		"tokens": db.SaveTokens(ctx, 1, "x"), "state": db.SetAccountState(ctx, 1, store.AccountHealthy, "", noon),
		"prefs": db.SetPrefs(ctx, store.Actor{}, 1, store.Prefs{}, store.Reply{}), "synced": db.Synced(ctx, 1, noon),
		"unlink": db.Unlink(ctx, store.Actor{}, 1, "garmin", store.Reply{}), "erase": db.Erase(ctx, store.Actor{}, 1, store.Reply{}),
		"allow": db.AllowGroup(ctx, store.Actor{}, 1, true), "start": db.StartGroup(ctx, store.Actor{}, 1, store.Reply{}),
		"schedule": db.SetSchedule(ctx, store.Actor{}, 1, "", noon, store.Reply{}), "next": db.SetNextRun(ctx, 1, noon, noon),
		"leave": db.LeaveGroup(ctx, "c"), "unshare": db.Unshare(ctx, store.Actor{}, 1, 1, store.Reply{}),
		"sending": db.Sending(ctx, 1, "M"), "accepted": db.Accepted(ctx, 1, noon), "requeue": db.Requeue(ctx, 1, noon, ""),
		"bury": db.Bury(ctx, 1, ""), "job": db.EndJob(ctx, store.JobRun{ID: 1}),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
	entries, err := db.Audited(ctx, 10)
	if len(entries) != 0 || err != nil {
		t.Errorf("audited %v, %v", entries, err)
	}
}

func TestTheWayToADocumentIsKeptUntilItsMessageIsAnswered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, func() time.Time { return noon })
	for _, id := range []string{"M1", "M2"} {
		_, err := db.Receive(t.Context(), store.Incoming{
			Chat: "a@lid", Sender: "a", Message: id, Document: &store.Document{Name: "run.fit", Size: 7, Handle: []byte("the way " + id)},
		})
		check(t, err)
	}
	waiting, err := db.Unanswered(t.Context(), 10)
	if err != nil || len(waiting) != 2 || string(waiting[0].Document.Handle) != "the way M1" {
		t.Fatalf("%+v, %v", waiting, err)
	}
	check(t, db.Answer(t.Context(), store.Reply{To: waiting[0].ID}))
	for range 3 {
		_, err := db.Defer(t.Context(), waiting[1].ID, "no")
		check(t, err)
	}
	var left int
	check(t, raw(t, path).QueryRow(`SELECT count(*) FROM inbox WHERE doc_handle IS NOT NULL`).Scan(&left))
	if left != 0 {
		t.Errorf("%d ways are left", left)
	}
}
