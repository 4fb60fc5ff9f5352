package bot_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

var update = flag.Bool("update", false, "rewrite the golden dialogues")

// TestGoldenDialogues plays the dialogues of testdata: a line that begins with
// > is what happens, the lines that begin with < are what the bot owes for it.
func TestGoldenDialogues(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no dialogues", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			play(t, func(w *world) { w.perform(string(want), &got) })
			golden(t, file, string(want), got.String())
		})
	}
}

// perform plays a dialogue and writes it anew.
func (w *world) perform(script string, out *strings.Builder) {
	for line := range strings.Lines(script) {
		if strings.HasPrefix(line, "<") {
			continue
		}
		out.WriteString(line)
		if act, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "> "); ok {
			out.WriteString(w.act(act))
		}
	}
}

// act does what a line says and returns what the bot owes for it.
func (w *world) act(line string) string {
	before, text, found := strings.Cut(line, ": ")
	words := strings.Fields(before)
	text = w.filled(words[len(words)-1], text)
	switch {
	case !found:
		w.happen(strings.Fields(line))
	case words[0] == "garmin":
		if err := w.garmin.Disturb(words[1]+"@example.org", text, ""); err != nil {
			w.t.Fatal(err)
		}
	case words[0] == "crash": // after the message was stored, before it was handled
		w.stop()
		w.receive(w.message(words[1], text))
		w.start()
	case len(words) > 1 && words[len(words)-1] == "edits":
		in := w.message(strings.Join(words[:len(words)-1], " "), text)
		in.Edits = "M" + itoa(w.number-1)
		w.receive(in)
	default:
		w.receive(w.message(before, text))
	}
	return w.answers()
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// filled puts the code or the ticket of somebody into a text.
func (w *world) filled(who, text string) string {
	name, _, _ := strings.Cut(who, "@")
	if strings.Contains(text, "{code}") {
		text = strings.ReplaceAll(text, "{code}", w.code(name))
	}
	if strings.Contains(text, "{ticket}") {
		ticket, err := w.garmin.Ticket(name + "@example.org")
		if err != nil {
			w.t.Fatal(err)
		}
		text = strings.ReplaceAll(text, "{ticket}", ticket)
	}
	return text
}

// happen does what nobody says: wait 11m, restart, calm, linked ana, recorded ana
// fast, handing, allow, add, remove, promote and demote in groups.
func (w *world) happen(words []string) {
	switch words[0] {
	case "wait":
		d, err := time.ParseDuration(words[1])
		if err != nil {
			w.t.Fatal(err)
		}
		time.Sleep(d)
	case "restart":
		w.stop()
		w.start()
	case "linked":
		for _, name := range words[1:] {
			w.link(name)
		}
	case "allow":
		w.allow(strings.Join(words[1:], " "))
	case "add":
		name, group, _ := strings.Cut(strings.Join(words[1:], " "), "@")
		r := w.rosters[chatOf(group)]
		r.People = append(r.People, store.Person{User: storetest.User(name), Phone: phone(name)})
	case "calm":
		w.calm()
	case "handing": // files and typed entries are taken from here on
		w.handing(&post{})
	case "recorded":
		w.recorded(words[1], words[2])
	case "promote", "demote":
		name, group, _ := strings.Cut(strings.Join(words[1:], " "), "@")
		w.promote(name, group, words[0] == "promote")
	case "remove":
		name, group, _ := strings.Cut(strings.Join(words[1:], " "), "@")
		w.remove(name, group)
	default:
		w.operates(words)
	}
}

func (w *world) allow(group string) {
	g, err := w.db.GroupByChat(w.t.Context(), chatOf(group))
	if err == nil {
		err = w.db.AllowGroup(w.t.Context(), store.Actor{Role: store.RoleOperator}, g.ID, true)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) remove(name, group string) {
	r := w.rosters[chatOf(group)]
	for i, p := range r.People {
		if p.User == storetest.User(name) {
			r.People = append(r.People[:i:i], r.People[i+1:]...)
			break
		}
	}
	if err := w.bot.Left(w.t.Context(), r.Chat, storetest.User(name)); err != nil {
		w.t.Fatal(err)
	}
}

// promote makes somebody an admin of a group, or no longer one.
func (w *world) promote(name, group string, admin bool) {
	w.stop()
	for i, p := range w.rosters[chatOf(group)].People {
		if p.User == storetest.User(name) {
			w.rosters[chatOf(group)].People[i].Admin = admin
		}
	}
	w.start()
}

// recorded gives somebody a workout of this Tuesday: one that is too fast to be
// true, one that is private at Garmin, or a walk; or a second recording of the
// one of Monday.
func (w *world) recorded(name, how string) {
	who, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		w.t.Fatal(err)
	}
	a := store.Activity{
		Athlete: who.ID, Source: "garmin", External: how, Sport: store.Run, Type: "running",
		Start: time.Date(2026, 9, 8, 6, 0, 0, 0, time.UTC), Elapsed: time.Hour, Timer: time.Hour, Moving: time.Hour, Distance: 10_000,
	}
	switch how {
	case "fast":
		a.Moving = 12 * time.Minute
		a.Elapsed, a.Timer = a.Moving, a.Moving
	case "private":
		a.Private = true
	case "walk":
		a.Sport, a.Type, a.Distance = store.Walk, "walking", 5_000
		a.Start = a.Start.Add(10 * time.Hour)
	case "twice":
		a.Start = time.Date(2026, 9, 7, 17, int(who.ID), 20, 0, time.UTC)
		a.Distance = 9_900
	default:
		w.t.Fatalf("nobody knows how to record %q", how)
	}
	a.Local = a.Start
	raw := store.Raw{Athlete: who.ID, Source: a.Source, Kind: "list", External: how, Hash: how, Body: []byte("{}")}
	if _, err := w.db.Keep(w.t.Context(), raw, []store.Activity{a}); err != nil {
		w.t.Fatal(err)
	}
}
