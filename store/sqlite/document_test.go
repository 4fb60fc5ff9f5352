package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

func TestAFileThatIsNotSentAnyMoreIsNowhere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, func() time.Time { return noon })
	send := func(key string, expires time.Time) {
		o := text(key, store.Chat(key+"@lid"))
		o.Kind, o.Expires = store.KindDocument, expires
		o.Media = &store.Media{Mime: "application/zip", Name: "export.zip", Data: []byte("canary of " + key)}
		owe(t, db, o)
	}
	ends := map[string]func(o store.Outgoing) error{
		"accepted":  func(o store.Outgoing) error { return db.Accepted(t.Context(), o.ID, noon) },
		"delivered": func(o store.Outgoing) error { return db.Delivered(t.Context(), "ID-"+o.Key, noon) },
		"given up":  func(o store.Outgoing) error { return db.Bury(t.Context(), o.ID, "refused") },
	}
	for key, end := range ends {
		send(key, time.Time{})
		o := claim(t, db, noon)
		if o.Media == nil || string(o.Media.Data) != "canary of "+key {
			t.Fatalf("%s: the file to be sent is %+v", key, o.Media)
		}
		check(t, db.Sending(t.Context(), o.ID, "ID-"+o.Key))
		check(t, db.Requeue(t.Context(), o.ID, noon, "restarted"))
		o = claim(t, db, noon)
		if o.Media == nil {
			t.Errorf("%s: the file is gone before it was sent", key)
		}
		check(t, end(o))
	}
	send("expired", noon.Add(time.Minute))
	claim(t, db, noon.Add(time.Hour))
	if n := grep(t, filepath.Dir(path), "canary of"); n != 0 {
		t.Errorf("%d files are still there", n)
	}
	if s, err := os.Stat(path + "-wal"); err == nil && s.Size() > 0 {
		t.Errorf("the log has %d bytes", s.Size())
	}
}
