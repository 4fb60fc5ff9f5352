package bot_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// export writes a message and returns the names in the archive that is owed for
// it; none where no archive is, and what is said.
func (w *world) export(who, text string) (names []string, said string) {
	w.t.Helper()
	w.receive(w.message(who, text))
	for _, o := range w.take() {
		said += o.Text
		if o.Kind != store.KindDocument {
			continue
		}
		if o.Chat != w.chat || o.Media.Name != "export.zip" || o.Media.Mime != "application/zip" {
			w.t.Errorf("a file %+v to %s", o.Media, o.Chat)
		}
		r, err := zip.NewReader(bytes.NewReader(o.Media.Data), int64(len(o.Media.Data)))
		if err != nil {
			w.t.Fatal(err)
		}
		for _, f := range r.File {
			names = append(names, f.Name)
		}
	}
	return names, said
}

func TestAnExportComesOnceAnHour(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		if names, said := w.export("ben", "/export"); len(names) != 3 || !strings.Contains(said, "all that I keep") {
			t.Errorf("the first: %v %s", names, said)
		}
		until := time.Now().Add(time.Hour).In(lisbon(t)).Truncate(time.Minute)
		time.Sleep(59 * time.Minute)
		w.calm()
		if names, said := w.export("ben", "/export csv"); len(names) != 0 || !strings.Contains(said, until.Format("15:0")) {
			t.Errorf("within the hour, after a restart: %v %s, want from about %s", names, said, until)
		}
		time.Sleep(2 * time.Minute)
		if names, said := w.export("ben", "/export json"); strings.Join(names, " ") != "member.json README.txt" {
			t.Errorf("after the hour: %v %s", names, said)
		}
	})
}

func lisbon(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestExportIsAskedForInEveryLanguage(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		for _, text := range []string{"/exportieren", "/EXPORTAR fit", "exporter", "/esporta csv", "/exporteren alles", "/export todo"} {
			if names, said := w.export("ben", text); len(names) < 2 {
				t.Errorf("%s: %s", text, said)
			}
			time.Sleep(61 * time.Minute)
		}
		if names, said := w.export("ben", "/export pdf"); names != nil || !strings.Contains(said, "/export csv") {
			t.Errorf("another format: %v %s", names, said)
		}
	})
}

func TestAnExportThatIsTooLargeIsForTheOperator(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.limit = 100
		w.calm()
		if names, said := w.export("ben", "/export"); names != nil || !strings.Contains(said, "*Olga*") {
			t.Errorf("%v %s", names, said)
		}
		w.limit = 0
		w.calm()
		if names, said := w.export("ben", "/export"); len(names) != 3 {
			t.Errorf("what was not made is not waited for: %v %s", names, said)
		}
	})
}

func TestOfWhomNothingIsKeptThereIsNoExport(t *testing.T) {
	play(t, func(w *world) {
		if names, said := w.export("caro", "/export"); names != nil || !strings.Contains(said, "nothing about you") {
			t.Errorf("%v %s", names, said)
		}
		if _, said := w.export("zoe", "/export"); !strings.Contains(said, "none that we share") {
			t.Errorf("a stranger: %s", said)
		}
	})
}

func TestAnExportIsAudited(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.export("ben", "/export")
		entries, err := w.db.Audited(w.t.Context(), 1)
		if err != nil || len(entries) != 1 || entries[0].Action != "own.export" || entries[0].Actor.User != storetest.User("ben") {
			t.Errorf("%+v, %v", entries, err)
		}
	})
}
