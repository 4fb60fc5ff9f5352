package sqlite_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// holdings are the parts that are handed over to somebody, each as lines of
// JSON.
func holdings(t *testing.T, db *sqlite.DB, athlete int64) map[string][]string {
	t.Helper()
	parts := map[string][]string{}
	check(t, db.Holdings(t.Context(), athlete, func(h store.Holding) error {
		row := map[string]any{}
		for i, name := range h.Names {
			row[name] = h.Values[i]
		}
		line, err := json.Marshal(row)
		parts[h.Part] = append(parts[h.Part], string(line))
		return err
	}))
	return parts
}

func TestHoldingsOfSomebodyHaveNothingOfTheOthers(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	ana, ben := live(t, db, g, "canary-ana"), live(t, db, g, "canary-ben")
	check(t, db.AskDuel(t.Context(), storetest.Actor(ana), store.Duel{Group: g.ID, From: ana.ID, To: ben.ID, Metric: store.ByDays, Week: store.WeekOf(store.DayOf(noon), 1)}, store.Reply{}))
	about := text("what ana asked for", store.Chat(ana.User+"@lid"))
	about.Text, about.Media = "1. canary-ben", &store.Media{Mime: "image/jpeg", Data: []byte("canary-ben"), Thumbnail: []byte("canary-ben"), Alt: "canary-ben leads"}
	owe(t, db, about)
	parts := holdings(t, db, ana.ID)
	if text := fmt.Sprint(parts); strings.Contains(text, "canary-ben") || strings.Contains(text, fmt.Sprintf(`athlete %d"`, ben.ID)) || strings.Contains(text, "tokens of") {
		t.Errorf("something of somebody else, or a token:\n%s", text)
	}
	for part, rows := range map[string]int{
		"profile": 1, "accounts": 1, "memberships": 1, "activities": 12, "raw_records": 12, "files": 1, "messages_from_you": 12,
		"messages_to_you": 13, "pictures_and_files_to_you": 7, "duels": 1, "dialogue": 1,
	} {
		if len(parts[part]) != rows {
			t.Errorf("%d %s, want %d", len(parts[part]), part, rows)
		}
	}
	if raw := strings.Join(parts["raw_records"], ""); strings.Count(raw, "canary-ana"+strings.Repeat("x", 11*700)) != 1 {
		t.Error("a packed record is not handed over as it was")
	}
	if duel := parts["duels"][0]; !strings.Contains(duel, `"from_athlete":"you"`) || !strings.Contains(duel, `"to_athlete":"another member"`) {
		t.Errorf("the duel: %s", duel)
	}
}

func TestHoldingsCountTheCheersThatSomebodyGave(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	ana, ben := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, g, "ben")
	act := storetest.Activity(t, db, ana.ID, noon)
	post := text(fmt.Sprintf("race:%d:%d", g.ID, act.ID), g.Chat)
	owe(t, db, post)
	o := claim(t, db, noon)
	check(t, db.Sending(t.Context(), o.ID, "RACE"))
	check(t, db.Cheered(t.Context(), g.Chat, "RACE", ben.User, "👏"))
	if got := holdings(t, db, ana.ID); len(got["cheers"]) != 1 || got["cheers_by_you"] != nil {
		t.Errorf("who was cheered: %v, %v", got["cheers"], got["cheers_by_you"])
	}
	if got := holdings(t, db, ben.ID); got["cheers"] != nil || strings.Join(got["cheers_by_you"], "") != `{"count":1}` {
		t.Errorf("who cheered: %v, %v", got["cheers"], got["cheers_by_you"])
	}
}

func TestHoldingsOfWhoIsErasedMeanwhileAreNotFound(t *testing.T) {
	db := atNoon(t)
	ana := live(t, db, storetest.Group(t, db, "G"), "ana")
	erased := false
	err := db.Holdings(t.Context(), ana.ID, func(store.Holding) error {
		if erased {
			return nil
		}
		erased = true
		return db.Erase(t.Context(), storetest.Actor(ana), ana.ID, store.Reply{})
	})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%v, want ErrNotFound", err)
	}
	if err := db.Holdings(t.Context(), 77, func(store.Holding) error { return nil }); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
}
