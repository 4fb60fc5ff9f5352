package bot_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// post holds the files that people send, by their handles. While it is down it
// hands out none.
type post struct {
	files map[string][]byte
	down  bool
	asked int
}

func (p *post) Fetch(_ context.Context, d store.Document) ([]byte, error) {
	p.asked++
	if p.down {
		return nil, errors.New("no connection")
	}
	data, ok := p.files[string(d.Handle)]
	if !ok {
		return nil, store.ErrNotFound
	}
	return data, nil
}

// handing starts the bot anew with the real engine behind it, and a post.
func (w *world) handing(p *post) {
	w.t.Helper()
	w.stop()
	w.given = p
	w.start()
}

// sent is a message with a file.
func (w *world) sent(who, name string, size int64) store.Incoming {
	m := w.message(who, "")
	m.Document = &store.Document{Name: name, Size: size, Handle: []byte(name)}
	return m
}

func (w *world) sends(who, name string) string {
	w.t.Helper()
	w.receive(w.sent(who, name, 1000))
	return w.answers()
}

func river(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/stories/no-garmin.gpx")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (w *world) acts(name string) []store.Activity {
	w.t.Helper()
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		w.t.Fatal(err)
	}
	all, err := w.db.Activities(w.t.Context(), a.ID, store.Span{Start: 0, End: 40_000})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func wants(t *testing.T, what, got string, want ...string) {
	t.Helper()
	for _, part := range want {
		if !strings.Contains(got, part) {
			t.Errorf("%s: want %q: %s", what, part, got)
		}
	}
}

func TestFilesOfADirectChatCountAndOthersAreRefused(t *testing.T) {
	play(t, func(w *world) {
		p := &post{files: map[string][]byte{
			"run.gpx": river(t), "RUN.GPX": river(t), "odd.fit": []byte("hello"), "route.gpx": []byte(`<gpx><rte><rtept lat="1" lon="2"/></rte></gpx>`),
			"bomb.gpx": []byte("<gpx><trk><name>" + strings.Repeat("a", 2<<20)),
		}}
		w.handing(p)
		wants(t, "before /link", w.sends("ben", "run.gpx"), "/link files")
		if got := w.sends("zoe", "run.gpx"); got != "" {
			t.Errorf("a stranger: %s", got)
		}
		if p.asked != 0 {
			t.Error("a file of somebody who does not count was fetched")
		}
		wants(t, "link", w.say("ben", "/link files"), "Linked", "Tuesday Runners")
		wants(t, "a file amid the question", w.sends("ben", "run.gpx"), "📎 🏃 *Run* 5 km · 28:00 · yesterday 07:30 – counted")
		wants(t, "yes", w.say("ben", "yes"), "Done")
		wants(t, "again", w.sends("ben", "RUN.GPX"), "here already: it counts once")
		wants(t, "odd", w.sends("ben", "odd.fit"), "damaged")
		wants(t, "route", w.sends("ben", "route.gpx"), "no workout in that file")
		wants(t, "bomb", w.sends("ben", "bomb.gpx"), "too large", "25 MB")
		wants(t, "gone", w.sends("ben", "gone.gpx"), "send it again")
		wants(t, "photo", w.sends("ben", "photo.jpg"), "I read activity files")
		asked := p.asked
		w.receive(w.sent("ben", "huge.fit", 26<<20))
		wants(t, "huge", w.answers(), "too large", "25 MB")
		if got := w.sends("ben@Tuesday Runners", "run.gpx"); got != "" || p.asked != asked {
			t.Errorf("in a group: %s", got)
		}
		if got := w.acts("ben"); len(got) != 1 || got[0].Manual || got[0].Source != "file" {
			t.Errorf("%+v", got)
		}
	})
}

// TestNoFileIsLost: neither where WhatsApp cannot be reached, nor by a stop
// between the receipt and the answer.
func TestNoFileIsLost(t *testing.T) {
	play(t, func(w *world) {
		p := &post{files: map[string][]byte{"run.gpx": river(t)}}
		w.handing(p)
		w.say("ben", "/link files")
		w.say("ben", "yes")
		p.down = true
		w.receive(w.sent("ben", "run.gpx", 1000))
		time.Sleep(time.Second)
		w.stop()
		w.stop = func() {}
		p.down = false
		w.handing(p)
		wants(t, "after the stop", w.answers(), "– counted")
		if got := w.acts("ben"); len(got) != 1 {
			t.Errorf("%+v", got)
		}
	})
}

// TestWhatWasSentWhileTheBotWasAwayAllCounts: of old messages of one person only
// the newest is answered, but for what counts.
func TestWhatWasSentWhileTheBotWasAwayAllCounts(t *testing.T) {
	play(t, func(w *world) {
		w.handing(&post{files: map[string][]byte{"run.gpx": river(t)}})
		w.say("ben", "/link files")
		w.say("ben", "yes")
		w.stop()
		w.stop = func() {}
		for _, text := range []string{"+45min yoga yesterday", "/week", "+30min walk yesterday"} {
			m := w.message("ben", text)
			m.Sent = time.Now().Add(-time.Hour)
			w.receive(m)
		}
		m := w.sent("ben", "run.gpx", 1000)
		m.Sent = time.Now().Add(-time.Hour)
		w.receive(m)
		rows, err := w.db.Unanswered(w.t.Context(), 10)
		if err != nil || len(rows) != 4 || rows[0].Text != "+45min yoga yesterday" {
			t.Errorf("%+v, %v", rows, err)
		}
		w.handing(&post{files: map[string][]byte{"run.gpx": river(t)}})
		wants(t, "all", w.answers(), "*Yoga*", "*Walk*", "📎")
		if got := w.acts("ben"); len(got) != 3 {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnEntryIsAskedBackInTheLanguageOfItsAuthor(t *testing.T) {
	play(t, func(w *world) {
		w.handing(&post{})
		w.say("ben", "/link files")
		w.say("ben", "yes")
		for lang, c := range map[string]struct{ typed, counted, more, undo, undone string }{
			"en": {"+5k run 28min yesterday", "yesterday – counted", "+5k run", "undo", "Taken back"},
			"de": {"+5k lauf 28min gestern", "gestern – zählt", "+5k lauf", "rückgängig", "Zurückgenommen"},
			"es": {"+5k correr 28min ayer", "ayer – cuenta", "+5k correr", "deshacer", "Deshecho"},
			"pt": {"+5k corrida 28min ontem", "ontem – conta", "+5k corrida", "desfazer", "Desfeito"},
			"fr": {"+5k course 28min hier", "hier – c’est compté", "+5k course", "annuler", "Annulé"},
			"it": {"+5k corsa 28min ieri", "ieri – conta", "+5k corsa", "annulla", "Annullato"},
			"nl": {"+5k hardlopen 28min gisteren", "gisteren – telt mee", "+5k hardlopen", "ongedaan", "Teruggedraaid"},
		} {
			w.calm()
			w.handing(&post{})
			w.say("ben", "/language "+lang)
			wants(t, lang, w.say("ben", c.typed), "✍️", c.counted)
			wants(t, lang, w.say("ben", c.undo), c.undone)
			wants(t, lang, w.say("ben", c.more), "*1h20*")
			wants(t, lang, w.say("ben", "28:15"), "28:15")
			wants(t, lang, w.say("ben", "/undo"), c.undone)
		}
		if got := w.acts("ben"); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// TestWhoIsTooFastIsAskedAndThenBelieved: the digest does not ask once more.
func TestWhoIsTooFastIsAskedAndThenBelieved(t *testing.T) {
	play(t, func(w *world) {
		w.handing(&post{})
		w.say("ben", "/link files")
		w.say("ben", "yes")
		wants(t, "too fast", w.say("ben", "+10km run 12min"), "really")
		wants(t, "yes", w.say("ben", "yes"), "counted")
		if got := w.acts("ben"); len(got) != 1 || !got[0].Vouched {
			t.Errorf("%+v", got)
		}
		wants(t, "as it was", w.say("ben", "+10km run 52min"), "counted")
		for _, text := range []string{"+1", "+351 912 345 678", "+"} {
			if got := w.say("ben", text); strings.Contains(got, "counted") || strings.Contains(got, "sport") {
				t.Errorf("%s: %s", text, got)
			}
		}
	})
}
