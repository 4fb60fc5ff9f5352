package sqlite_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// frozen makes a digest due at noon that names Ana and Ben, as a text and a
// picture, and notes that its moment has been dealt with.
func frozen(t *testing.T) (db *sqlite.DB, g store.Group, ben store.Athlete) {
	t.Helper()
	db = atNoon(t)
	g = storetest.Group(t, db, "G")
	storetest.Member(t, db, g, "ana")
	ben = storetest.Member(t, db, g, "ben")
	freeze(t, db, g)
	check(t, db.SetNextRun(t.Context(), g.ID, noon, noon.Add(7*24*time.Hour)))
	return db, g, ben
}

func freeze(t *testing.T, db *sqlite.DB, g store.Group) {
	t.Helper()
	words, picture := text("digest:1:text", g.Chat), text("digest:1:picture", g.Chat)
	picture.Kind, picture.Media = store.KindImage, &store.Media{Mime: "image/jpeg", Data: []byte("ana and ben")}
	d := store.Digest{Group: g.ID, Week: store.WeekOf(store.DayOf(noon), time.Monday), Due: noon, Content: "ana, ben"}
	s, err := db.Season(t.Context(), g.ID, d.Week)
	check(t, err)
	d.Edition = s.Edition
	fresh, err := db.SaveDigest(t.Context(), d, []store.Outgoing{words, picture})
	if err != nil || !fresh {
		t.Fatalf("fresh %v, %v", fresh, err)
	}
}

// again fails unless the group's digest is gone with its rows, and due.
func again(t *testing.T, db *sqlite.DB, g store.Group) {
	t.Helper()
	if d, err := db.LastDigest(t.Context(), g.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the digest is still there: %+v, %v", d, err)
	}
	if o := claim(t, db, noon); o.ID != 0 {
		t.Errorf("a part is still owed: %+v", o)
	}
	now, err := db.Group(t.Context(), g.ID)
	if err != nil || !noon.After(now.LastRun) {
		t.Errorf("last run %v, %v: want it before what is due anew", now.LastRun, err)
	}
	freeze(t, db, g) // under the same keys
}

func TestAWithdrawalTakesBackWhatWaits(t *testing.T) {
	for name, withdraw := range map[string]func(*sqlite.DB, store.Group, store.Athlete) error{
		"unshare": func(db *sqlite.DB, g store.Group, ben store.Athlete) error {
			return db.Unshare(t.Context(), storetest.Actor(ben), ben.ID, g.ID, store.Reply{})
		},
		"unlink": func(db *sqlite.DB, _ store.Group, ben store.Athlete) error {
			return db.Unlink(t.Context(), storetest.Actor(ben), ben.ID, "garmin", store.Reply{})
		},
		"erase": func(db *sqlite.DB, _ store.Group, ben store.Athlete) error {
			return db.Erase(t.Context(), storetest.Actor(ben), ben.ID, store.Reply{})
		},
		"pause": func(db *sqlite.DB, _ store.Group, ben store.Athlete) error {
			today := store.DayOf(noon)
			return db.Pause(t.Context(), storetest.Actor(ben), ben.ID, store.Span{Start: today, End: today + 9}, store.Reply{})
		},
		"forbid": func(db *sqlite.DB, g store.Group, _ store.Athlete) error {
			return db.AllowGroup(t.Context(), store.Actor{Role: store.RoleOperator}, g.ID, false)
		},
	} {
		t.Run(name, func(t *testing.T) {
			db, g, ben := frozen(t)
			select {
			case <-db.Owed():
			default:
			}
			check(t, withdraw(db, g, ben))
			select {
			case <-db.Owed():
			default:
				t.Error("nobody is told that the way is free")
			}
			again(t, db, g)
		})
	}
}

// Whoever asked what a group did just before somebody in it withdraws gets no
// answer that tells of them, in the group or in the direct chat; a reaction, and
// what is said elsewhere or of another group, stays.
func TestAWithdrawalTakesBackAnswersThatWait(t *testing.T) {
	db, g, ben := atNoon(t), store.Group{}, store.Athlete{}
	g = storetest.Group(t, db, "G")
	ben = storetest.Member(t, db, g, "ben")
	figures, picture, reaction, elsewhere := text("re:M1:1", g.Chat), text("re:M1:2", g.Chat), text("re:M1:3", g.Chat), text("re:M2:1", "dm")
	picture.Kind, reaction.Kind = store.KindImage, store.KindReaction
	private, other := text(fmt.Sprintf("re:M4:g%d:1", g.ID), "dm"), text(fmt.Sprintf("re:M5:g%d0:1", g.ID), "dm")
	owe(t, db, figures, picture, reaction, elsewhere, private, other)
	sending := claim(t, db, noon)
	check(t, db.Unshare(t.Context(), storetest.Actor(ben), ben.ID, g.ID, store.Reply{Owed: []store.Outgoing{text("re:M3:1", g.Chat)}}))
	check(t, db.Requeue(t.Context(), sending.ID, noon, "no connection"))
	var left []string
	for o := claim(t, db, noon); o.ID != 0; o = claim(t, db, noon) {
		left = append(left, o.Key)
		check(t, db.Accepted(t.Context(), o.ID, noon))
	}
	slices.Sort(left)
	if got := strings.Join(left, " "); got != "re:M1:3 re:M2:1 re:M3:1 "+other.Key {
		t.Errorf("still sent: %s", got)
	}
}

func TestAPictureIsWithdrawnAfterItsTextHasLeft(t *testing.T) {
	db, g, ben := frozen(t)
	check(t, db.Accepted(t.Context(), claim(t, db, noon).ID, noon))
	check(t, db.Unshare(t.Context(), storetest.Actor(ben), ben.ID, g.ID, store.Reply{}))
	if o := claim(t, db, noon); o.ID != 0 {
		t.Errorf("the picture is still owed: %+v", o)
	}
	if d, err := db.LastDigest(t.Context(), g.ID); err != nil || d.State != store.DigestSent {
		t.Errorf("digest %+v, %v", d, err)
	}
	if now, err := db.Group(t.Context(), g.ID); err != nil || !now.LastRun.Equal(noon) {
		t.Errorf("last run %v, %v: the text would be posted twice", now.LastRun, err)
	}
}

func TestAPartBeingSentIsLeftUnlessItComesBack(t *testing.T) {
	db, g, ben := frozen(t)
	sending := claim(t, db, noon)
	check(t, db.Unshare(t.Context(), storetest.Actor(ben), ben.ID, g.ID, store.Reply{}))
	check(t, db.Sending(t.Context(), sending.ID, "ID"))
	check(t, db.Requeue(t.Context(), sending.ID, noon, "no connection"))
	again(t, db, g)

	db, g, ben = frozen(t)
	sending = claim(t, db, noon)
	check(t, db.Unshare(t.Context(), storetest.Actor(ben), ben.ID, g.ID, store.Reply{}))
	check(t, db.Accepted(t.Context(), sending.ID, noon))
	if d, err := db.LastDigest(t.Context(), g.ID); err != nil || d.State != store.DigestSent {
		t.Errorf("digest %+v, %v", d, err)
	}
	if o := claim(t, db, noon); o.ID != 0 {
		t.Errorf("the picture is still owed: %+v", o)
	}
}
