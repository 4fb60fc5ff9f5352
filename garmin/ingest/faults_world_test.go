package ingest_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/tormoder/fit"

	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/failpoint"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// twin is one of two Garmins that hold the same world, told of the same changes
// at the same moments.
type twin struct {
	*garmintest.Server
	wire  *plain
	watch *wire
}

// life is one bot with its database, in front of one Garmin.
type life struct {
	*twin
	db     *sqlite.DB
	folder *os.Root
	now    func() time.Time
	body   *mortal
	keeper *account.Keeper
	engine *ingest.Engine
	people []person

	tokens atomic.Int32 // saves of tokens until the bot dies in one; 0 means never
	before bool         // and whether it dies before it has saved them
	begun  int          // sign-ins that the members have begun
}

type person struct {
	store.Athlete
	name string
}

func (p person) mail() string { return p.name + "@example.org" }

// scribe is a database before or behind whose saving of tokens the bot can die.
type scribe struct {
	*sqlite.DB
	life *life
}

func (s scribe) SaveTokens(ctx context.Context, id int64, tokens store.Secret) error {
	dies := s.life.tokens.Load() > 0 && s.life.tokens.Add(-1) == 0
	if dies && s.life.before {
		s.life.body.die()
	}
	err := s.DB.SaveTokens(ctx, id, tokens)
	if dies {
		s.life.body.die()
	}
	return err
}

// restart begins with an empty memory.
func (l *life) restart() {
	l.body = &mortal{wire: l.watch}
	l.keeper = &account.Keeper{Garmin: &garmin.Client{Transport: l.body, Now: l.now}, Store: scribe{l.db, l}, Now: l.now,
		Pace: faultPace, Steady: faultSteady, Log: zerolog.Nop()}
	l.engine = &ingest.Engine{Source: l.keeper, Probe: l.keeper.News, Store: l.db, Folder: l.folder, Now: l.now, Backfill: faultDays, Log: zerolog.Nop()}
	l.watch.reborn()
}

// faultDays is how far back a first sync reads: a small world is a fast one.
const faultDays = 8

// born opens a database for some people, who link their accounts.
func born(t *testing.T, of *twin, dir string, template []byte, now func() time.Time, names []string, files bool) *life {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "clubrun.db"), template, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "clubrun.db"), sqlite.Options{Key: storetest.Key, Rand: rand.Reader, Now: now, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	l := &life{twin: of, db: db, folder: folder, now: now}
	l.restart()
	for _, name := range names {
		p := person{storetest.Athlete(t, db, name), name}
		prefs := p.Prefs
		prefs.Files = files
		if err := db.SetPrefs(t.Context(), storetest.Actor(p.Athlete), p.ID, prefs, store.Reply{}); err != nil {
			t.Fatal(err)
		}
		l.people = append(l.people, p)
		if !l.link(t, p, true) {
			t.Fatal("no link on a good day")
		}
	}
	return l
}

func (l *life) end(t *testing.T) {
	t.Helper()
	if err := errors.Join(l.db.Close(), l.folder.Close()); err != nil {
		t.Error(err)
	}
}

// link signs somebody in, by password or with a browser; that may fail.
func (l *life) link(t *testing.T, p person, password bool) bool {
	t.Helper()
	l.watch.signing(true)
	defer l.watch.signing(false)
	var err error
	if password {
		before := l.Logins(p.mail())
		_, err = l.keeper.Begin(t.Context(), p.ID, p.mail(), p.name+"-pass-1")
		l.begun += l.Logins(p.mail()) - before
	} else {
		var ticket string
		if ticket, err = l.Ticket(p.mail()); err == nil {
			_, err = l.keeper.Redeem(t.Context(), p.ID, ticket)
		}
	}
	if err != nil {
		return false
	}
	if _, err := l.keeper.Link(t.Context(), storetest.Actor(p.Athlete), p.ID, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	l.watch.warm()
	return true
}

func (l *life) logins() (n int) {
	for _, p := range l.people {
		n += l.Logins(p.mail())
	}
	return n
}

// death is how a sync is cut short.
type death struct {
	point failpoint.Point // at which the bot dies, once
	after time.Duration   // that its context lasts; 0 means for ever
}

// sync lets the bot do its round; it may die in it.
func (l *life) sync(ctx context.Context, d death, do func(context.Context)) (died bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if d.after > 0 {
		ctx, cancel = context.WithTimeout(ctx, d.after)
		defer cancel()
	}
	if d.point != "" {
		ctx = failpoint.Arm(ctx, func(p failpoint.Point) {
			if p == d.point {
				l.body.die()
			}
		})
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(ctx)
	}()
	<-done
	return l.body.dead.Load()
}

// kept is all that a bot knows of one athlete, by names that do not depend on
// when it learned it.
type kept struct {
	Activities []store.Activity
	Hashes     map[string]string
	Files      map[string]string
	Told       map[string]string // by which activity a record is shown
	Distance   float64
	Elapsed    time.Duration
}

// state reads what is kept of the days from one on.
func (l *life) state(t *testing.T, p person, from store.Day) kept {
	t.Helper()
	acts, err := l.db.Activities(t.Context(), p.ID, store.Span{Start: from, End: from + 1000})
	if err != nil {
		t.Fatal(err)
	}
	seen, err := l.db.Seen(t.Context(), p.ID, "garmin")
	if err != nil {
		t.Fatal(err)
	}
	files, err := l.db.Files(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	told, err := l.db.Sightings(t.Context(), p.ID, store.Span{Start: from, End: from + 1000})
	if err != nil {
		t.Fatal(err)
	}
	k := kept{Hashes: map[string]string{}, Files: map[string]string{}, Told: map[string]string{}}
	names := map[int64]string{}
	for _, a := range acts {
		names[a.ID] = a.External
		k.Hashes[a.External] = seen[a.External]
		a.ID, a.Athlete, a.Synced, a.Known = 0, 0, time.Time{}, time.Time{}
		k.Activities = append(k.Activities, a)
		k.Distance, k.Elapsed = k.Distance+a.Distance, k.Elapsed+a.Elapsed
	}
	for _, s := range told {
		k.Told[s.Told.External] = names[s.Activity]
	}
	original := map[int64]bool{}
	for _, f := range files {
		original[f.Activity] = original[f.Activity] || f.State == store.FileKept && f.Format == "fit"
	}
	for _, f := range files {
		if original[f.Activity] && f.Format != "fit" {
			continue // what stood in for it while there was none
		}
		if name, of := names[f.Activity]; of && f.State == store.FileKept {
			if data, err := l.folder.ReadFile(f.Path); err != nil || int64(len(data)) != f.Size {
				t.Errorf("%s is not there: %v", f.Path, err)
			}
			k.Files[name+"."+f.Format] = f.SHA256
		}
	}
	return k
}

// latecomer is the file of a workout whose watch was forgotten in a drawer.
func latecomer(t *testing.T, start time.Time, minutes int) []byte {
	t.Helper()
	file, err := fit.NewFile(fit.FileTypeActivity, fit.NewHeader(fit.V20, true))
	if err != nil {
		t.Fatal(err)
	}
	a, err := file.Activity()
	if err != nil {
		t.Fatal(err)
	}
	span := time.Duration(minutes) * time.Minute
	s := fit.NewSessionMsg()
	s.StartTime, s.Timestamp = start, start.Add(span)
	s.Sport, s.SubSport = fit.SportCycling, fit.SubSportRoad
	s.TotalElapsedTime, s.TotalTimerTime = uint32(span.Milliseconds()), uint32(span.Milliseconds())
	s.TotalDistance, s.TotalCalories = uint32(minutes*45_000), uint16(minutes*9)
	a.Sessions = append(a.Sessions, s)
	a.Activity = fit.NewActivityMsg()
	a.Activity.Timestamp = start.Add(span)
	file.FileId.SerialNumber = uint32(start.Unix())
	var b bytes.Buffer
	if err := fit.Encode(&b, file, binary.LittleEndian); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// emptyDB is the file of a database that holds nothing yet.
func emptyDB(t *testing.T) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "template.db")
	db, err := sqlite.Open(t.Context(), name, sqlite.Options{Key: storetest.Key, Rand: rand.Reader, Now: time.Now, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var errLives = errors.New("not as in the undisturbed life")

func wrongs(w *wire) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.wrong) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %q", errLives, w.wrong)
}
