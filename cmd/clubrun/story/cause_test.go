package story

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"clubrun/store"
	"clubrun/store/storetest"
)

// followed plays a story and lets check follow what it caused.
func followed(t *testing.T, text string, check func(t *testing.T, w *witness)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p, err := New(t.Context(), Options{World: Default(), Seed: 1, Data: storetest.Folder(t), Out: &bytes.Buffer{}, Base: stories})
		if err != nil {
			t.Fatal(err)
		}
		w := &witness{t: t, Player: p}
		if w.play(text); !t.Failed() {
			check(t, w)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
}

// witness knows what the bot wrote down.
type witness struct {
	*Player
	t *testing.T
}

func (w *witness) play(text string) {
	w.t.Helper()
	if err := w.Play(w.t.Context(), read(w.t, text)); err != nil {
		w.t.Error(err)
	}
}

// message returns the cause of what somebody last wrote to the bot.
func (w *witness) message(who string) string {
	w.t.Helper()
	p := w.people[who]
	in, err := w.house.DB.Message(w.t.Context(), store.Chat(p.account.LID().String()), p.last.id)
	if err != nil {
		w.t.Fatalf("the message of %s: %v", who, err)
	}
	return in.Cause()
}

// logged checks that the lines of a cause say at least these messages, and
// that each of the lines stands within the other cause.
func (w *witness) logged(cause, within string, messages ...string) {
	w.t.Helper()
	var said []string
	for d := json.NewDecoder(bytes.NewReader(w.record.shown.bytes())); d.More(); {
		var line struct{ Cause, Within, Message string }
		if err := d.Decode(&line); err != nil {
			w.t.Fatal(err)
		}
		if line.Cause != cause {
			continue
		}
		said = append(said, line.Message)
		if line.Within != "" && line.Within != within {
			w.t.Errorf("%q of %s is within %q", line.Message, cause, line.Within)
		}
	}
	for _, m := range messages {
		if !slices.Contains(said, m) {
			w.t.Errorf("the log of %s lacks %q; it has %q", cause, m, said)
		}
	}
}

// rows returns a column of the rows of a cause, in their order.
func (w *witness) rows(query, cause string) []string {
	w.t.Helper()
	rows, err := w.sql().QueryContext(w.t.Context(), query, cause)
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			w.t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

func (w *witness) owed(cause string) []string {
	return w.rows(`SELECT state FROM outbox WHERE cause = ? ORDER BY id`, cause)
}

func (w *witness) audited(cause string) []string {
	return w.rows(`SELECT action FROM audit WHERE actor_message = ? ORDER BY id`, cause)
}

// sql opens the bot's database beside the bot.
func (w *witness) sql() *sql.DB {
	w.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(w.data(), "clubrun.db")+"?_busy_timeout=5000")
	if err != nil {
		w.t.Fatal(err)
	}
	db.SetMaxIdleConns(0)
	w.t.Cleanup(func() { db.Close() })
	return db
}

func (w *witness) spoil(statement string) {
	w.t.Helper()
	if _, err := w.sql().ExecContext(w.t.Context(), statement); err != nil {
		w.t.Fatal(err)
	}
}

// job returns the latest run of a job.
func (w *witness) job(name string) store.JobRun {
	w.t.Helper()
	all, err := w.house.DB.Jobs(w.t.Context(), 100)
	i := slices.IndexFunc(all, func(j store.JobRun) bool { return j.Operation == name })
	if err != nil || i < 0 {
		w.t.Fatalf("no run of %s: %v", name, err)
	}
	return all[i]
}

func TestAMessageIsFollowedThroughTheHouse(t *testing.T) {
	followed(t, "ana: /link chat\nana: ana@example.org\nana: ana-pass-1\nana: {code}\nexpect: Linked\n", func(t *testing.T, w *witness) {
		code := w.message("ana")
		w.logged(code, "", "message received", "account linked", "synced", "message handled", "message sent", "message delivered")
		if got := w.audited(code); !slices.Equal(got, []string{"account.link"}) {
			t.Errorf("audited because of the code: %q", got)
		}
		if got := w.owed(code); !slices.Equal(got, []string{"delivered", "delivered"}) {
			t.Errorf("owed because of the code: %q", got)
		}
		w.play("ana: yes\nexpect: Tuesday Runners\nrestart\n")
		yes := w.message("ana")
		if got := w.audited(yes); yes == code || !slices.Equal(got, []string{"membership.share"}) {
			t.Errorf("audited because of the yes, %s after %s: %q", yes, code, got)
		}
	})
}

var told = regexp.MustCompile(`logged as \*#(M[0-9A-Z]{6})\*`)

func TestAnApologyTellsWhatTheOperatorLooksUp(t *testing.T) {
	followed(t, "linked: ben@Tuesday Runners\n", func(t *testing.T, w *witness) {
		w.spoil(`ALTER TABLE activity RENAME TO mislaid`)
		w.play("ben: /me\nexpect: My fault\n")
		cause := w.message("ben")
		if id := told.FindStringSubmatch(w.heard[len(w.heard)-1].Text); id == nil || id[1] != cause {
			t.Errorf("ben was told %q, and not %s", w.heard[len(w.heard)-1].Text, cause)
		}
		w.logged(cause, "", "message received", "message not handled", "message sent", "message delivered")
		if got := w.owed(cause); !slices.Equal(got, []string{"delivered"}) {
			t.Errorf("owed for the fault: %q", got)
		}
		w.spoil(`ALTER TABLE mislaid RENAME TO activity`)
		w.play("ben: /me\nexpect: week\nexpect not: My fault\n")
	})
}

func TestASyncHasTheCauseOfItsJob(t *testing.T) {
	followed(t, "linked: ben@Tuesday Runners\ngarmin ben: delete last\nwait 2h\n", func(t *testing.T, w *witness) {
		w.play("operator: sync\n")
		var dropped []string
		for _, cause := range w.rows(`SELECT cause FROM job_run WHERE operation = ?`, "sync") {
			w.logged(cause, "", "synced")
			dropped = append(dropped, w.audited(cause)...)
		}
		if !slices.Equal(dropped, []string{"activity.drop"}) {
			t.Errorf("audited because of syncs: %q", dropped)
		}
	})
}

func TestADigestIsFollowedThroughTheHouse(t *testing.T) {
	followed(t, "linked: ana, ben@Tuesday Runners\nana@Tuesday Runners: /schedule sun 18:00\n", func(t *testing.T, w *witness) {
		w.spoil(`ALTER TABLE membership RENAME TO mislaid`)
		w.play("until sun 18:00\nexpect none\n")
		failed := w.job("digest")
		w.logged(failed.Cause, "", "job failed")
		w.spoil(`ALTER TABLE mislaid RENAME TO membership`)
		w.play("wait 1m\nexpect image\n")
		w.play("operator: digest send --group 1 --week 2026-W36\nwait 1m\n")
		earlier := store.Digest{Group: 1, Week: store.WeekOf(store.DayOf(w.World.Start), 1).Before()}.Cause()
		w.logged(earlier, "", "digest owed", "message sent")
		job := w.job("digest")
		week := store.WeekOf(store.DayOf(w.World.Start), 1)
		digest := store.Digest{Group: 1, Week: week}.Cause()
		if !strings.HasPrefix(failed.Message, digest+": ") || failed.Result != store.JobError || failed.Cause == job.Cause {
			t.Errorf("the job that failed is %+v, the digest %s", failed, digest)
		}
		if job.Message != digest || job.Cause == "" || job.Cause == digest {
			t.Errorf("the job is %+v, the digest %s", job, digest)
		}
		w.logged(job.Cause, "", "synced", "job ended")
		w.logged(digest, job.Cause, "digest owed", "message sent", "message delivered")
		if got := w.owed(digest); !slices.Equal(got, []string{"delivered", "delivered"}) {
			t.Errorf("owed for the digest: %q", got)
		}
	})
}
