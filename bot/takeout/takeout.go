// Package takeout hands over all that is kept about one member, as a zip
// archive: a text that says what is what, a table of the activities, everything
// in the database as JSON, and the activity files. The same data gives the same
// bytes. It reads in pages and from files one after another, decides nothing
// about who may ask, sends nothing, and never hands over a token or anything of
// another person.
package takeout

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"clubrun/store"
)

// Store has what is kept.
type Store interface {
	Athlete(ctx context.Context, id int64) (store.Athlete, error)
	Holdings(ctx context.Context, athlete int64, each func(store.Holding) error) error
	ActivityPage(ctx context.Context, athlete int64, after store.Activity, limit int) ([]store.Activity, error)
	Files(ctx context.Context, athlete int64) ([]store.File, error)
}

// The formats that can be asked for.
const (
	All  = ""     // everything
	CSV  = "csv"  // the table of activities alone
	JSON = "json" // what the database holds, as JSON, alone
	FIT  = "fit"  // everything, and a FIT file of each activity that has none
)

// Formats returns all formats but that of everything.
func Formats() []string { return []string{CSV, JSON, FIT} }

// errTooLarge says that an archive goes beyond its limit.
var errTooLarge = errors.New("too large")

// Maker makes archives. Its methods may be called from any goroutine.
type Maker struct {
	Store Store
	Files fs.FS // the data folder; nil where no files are kept
	Limit int64 // bytes of an archive that Pack makes; 0 is without

	seats sync.Once
	seat  chan struct{} // whoever packs holds it: one archive is in memory at a time
}

// Order is one archive that is wanted.
type Order struct {
	Athlete int64
	Format  string
	Bare    bool                                   // of "fit" and everything: without the activity files, and the text says so
	Say     func(key string, args ...any) string   // the words of the text that says what is what
	Step    func(done, total int, at string) error // told before each file; may be nil
}

// Pack returns an archive that stays within the limit. Whole is false where the
// activity files were left out for that; none is returned where that does not
// help. One archive is made at a time.
func (m *Maker) Pack(ctx context.Context, athlete int64, format string, say func(key string, args ...any) string) (archive []byte, whole bool, err error) {
	m.seats.Do(func() { m.seat = make(chan struct{}, 1) })
	select {
	case m.seat <- struct{}{}:
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	defer func() { <-m.seat }()
	for _, bare := range []bool{false, true} {
		out := &limited{most: m.Limit}
		err := m.Write(ctx, out, Order{Athlete: athlete, Format: format, Bare: bare, Say: say})
		if err == nil {
			return out.Bytes(), !bare, nil
		}
		if !errors.Is(err, errTooLarge) {
			return nil, false, err
		}
	}
	return nil, false, nil
}

// limited is a buffer that takes no more than most bytes; 0 is without limit.
type limited struct {
	bytes.Buffer
	most int64
}

// Write takes a part of an archive.
func (l *limited) Write(p []byte) (int, error) {
	if l.most > 0 && int64(l.Len()+len(p)) > l.most {
		return 0, errTooLarge
	}
	return l.Buffer.Write(p)
}

// Write writes an archive. With an error what was written is of no use;
// store.ErrNotFound says that the member is not known, or was erased meanwhile.
func (m *Maker) Write(ctx context.Context, w io.Writer, o Order) error {
	a := &archive{Maker: m, Order: o, zip: zip.NewWriter(w)}
	err := a.write(ctx)
	if err == nil {
		_, err = m.Store.Athlete(ctx, o.Athlete) // who was erased meanwhile gets nothing any more
	}
	if err != nil {
		return fmt.Errorf("hand over: %w", err)
	}
	if err := a.zip.Close(); err != nil {
		return fmt.Errorf("hand over: %w", err)
	}
	return nil
}

// Stream writes an archive as Write does, without a limit.
func (m *Maker) Stream(ctx context.Context, w io.Writer, athlete int64, format string, say func(key string, args ...any) string) error {
	return m.Write(ctx, w, Order{Athlete: athlete, Format: format, Say: say})
}

// WriteCSV writes the table of activities alone.
func (m *Maker) WriteCSV(ctx context.Context, w io.Writer, athlete int64) error {
	if _, err := m.Store.Athlete(ctx, athlete); err != nil {
		return fmt.Errorf("hand over: %w", err)
	}
	return m.table(ctx, w, athlete, nil)
}

// WriteJSON writes what the database holds, alone.
func (m *Maker) WriteJSON(ctx context.Context, w io.Writer, athlete int64) error {
	return m.document(ctx, w, athlete)
}

// archive is one archive while it is written.
type archive struct {
	*Maker
	Order
	zip   *zip.Writer
	who   store.Athlete
	kept  []store.File         // on disk
	named map[int64]store.File // those of them that the table names, by activity
	done  int
	total int
	lost  int // files that could not be read
	made  int // FIT files that were made
}

func (a *archive) write(ctx context.Context) error {
	if err := a.begin(ctx); err != nil {
		return err
	}
	if a.Format != JSON {
		if err := a.entry("activities.csv", a.read(), func(w io.Writer) error { return a.table(ctx, w, a.Athlete, a.named) }); err != nil {
			return err
		}
	}
	if a.Format != CSV {
		if err := a.entry("member.json", a.read(), func(w io.Writer) error { return a.document(ctx, w, a.Athlete) }); err != nil {
			return err
		}
	}
	if err := a.files(ctx); err != nil {
		return err
	}
	return a.entry("README.txt", a.read(), a.readme)
}

// begin finds out whose archive it is and which files belong into it.
func (a *archive) begin(ctx context.Context) (err error) {
	if a.who, err = a.Store.Athlete(ctx, a.Athlete); err != nil {
		return err
	}
	if a.Bare || a.Format == CSV || a.Format == JSON || a.Maker.Files == nil {
		return nil
	}
	all, err := a.Store.Files(ctx, a.Athlete)
	a.named = map[int64]store.File{}
	for _, f := range all {
		if f.State != store.FileKept || f.Path == "" {
			continue
		}
		a.kept = append(a.kept, f)
		if _, is := a.named[f.Activity]; !is || f.Format == FIT {
			a.named[f.Activity] = f
		}
	}
	a.total = len(a.kept)
	return err
}

// read is when the member's data was last read or changed.
func (a *archive) read() time.Time {
	if a.who.LastSync.After(a.who.Updated) {
		return a.who.LastSync
	}
	return a.who.Updated
}

// entry writes one file of the archive.
func (a *archive) entry(name string, at time.Time, write func(io.Writer) error) error {
	w, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at.UTC().Truncate(2 * time.Second)})
	if err != nil {
		return err
	}
	if err := write(w); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// inArchive is where a kept file lies in the archive: below files/, without the
// number of the member.
func inArchive(f store.File) string {
	parts := strings.SplitN(f.Path, "/", 3)
	if len(parts) == 3 && parts[0] == "files" {
		return "files/" + parts[2]
	}
	return "files/" + path.Base(f.Path)
}
