package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// fileDays is how far back from today a sync fetches files.
const fileDays = 28

// files fetches the files of an athlete who agreed to that. One that fails
// stops no other, unless the source refuses to be asked at all.
func (r *run) files(ctx context.Context) error {
	if !r.keepsFilesOf(r.athlete) {
		return nil
	}
	today := store.DayOf(r.Now().UTC())
	wanted, err := r.Missing(ctx, r.athlete.ID, "", store.Span{Start: today - fileDays, End: today + 2})
	if err != nil || len(wanted) == 0 {
		return err
	}
	had, err := r.attempts(ctx, r.athlete.ID)
	if err != nil {
		return err
	}
	failed := 0
	for _, a := range wanted {
		f, err := r.fetch(ctx, a, had[a.ID], Formats(""))
		if err != nil {
			return err
		}
		switch f.State {
		case store.FileKept:
			r.tally.Files++
		case store.FileFailed:
			if failed++; failed > 2 {
				return fmt.Errorf("files: %s", f.Reason)
			}
		}
	}
	return nil
}

// keepFile writes a file and then its row: a row promises the file. Where the
// original is of another format, that is remembered, too.
func (e *Engine) keepFile(ctx context.Context, a store.Activity, f store.File, data []byte) (store.File, error) {
	if format := decode.Format(data); format != f.Format {
		f.State, f.Reason, f.Retry = store.FileNone, "the original is "+format, time.Time{}
		if err := e.Store.SaveFile(ctx, f); err != nil {
			return f, err
		}
		f.Format, f.Reason = format, ""
	}
	sum := sha256.Sum256(data)
	f.Path, f.SHA256, f.Size = filePath(a, f.Format), hex.EncodeToString(sum[:]), int64(len(data))
	f.State, f.Updated = store.FileKept, e.Now()
	if _, err := decode.File(f.Path, data); err != nil && f.Format != drawing {
		f.Reason = err.Error() // it is the original all the same
		e.Log.Warn().Ctx(ctx).Err(err).Int64("activity", a.ID).Msg("file not readable")
	}
	if err := write(e.Folder, f.Path, data); err != nil {
		return f, fmt.Errorf("file of activity %s: %w", a.External, err)
	}
	return f, e.Store.SaveFile(ctx, f)
}

// Clear removes every file of an athlete from the disk. It waits for a sync of
// the athlete that is under way.
func (e *Engine) Clear(ctx context.Context, athlete int64) error {
	leave, err := e.enter(ctx, athlete)
	if err != nil {
		return fmt.Errorf("clear files of athlete %d: %w", athlete, err)
	}
	defer leave()
	if e.Folder == nil {
		return nil
	}
	if err := e.Folder.RemoveAll(memberFolder(athlete)); err != nil {
		return fmt.Errorf("clear files of athlete %d: %w", athlete, err)
	}
	return nil
}

// memberFolder holds all files of one athlete.
func memberFolder(athlete int64) string { return path.Join("files", strconv.FormatInt(athlete, 10)) }

// filePath is where an original is kept below the data folder, by the UTC
// start.
func filePath(a store.Activity, format string) string {
	start := a.Start.UTC()
	name := "activity_" + a.External + "_" + start.Format("20060102T150405Z") + "." + format
	return path.Join(memberFolder(a.Athlete), start.Format("2006"), start.Format("01"), name)
}

// write puts a file in place whole or not at all: under a temporary name,
// synced, renamed.
func write(folder *os.Root, name string, data []byte) error {
	dir := path.Dir(name)
	if err := folder.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temporary := path.Join(dir, "."+path.Base(name)+".tmp")
	if err := writeSynced(folder, temporary, data); err != nil {
		return errors.Join(err, ignoreMissing(folder.Remove(temporary)))
	}
	if err := folder.Rename(temporary, name); err != nil {
		return errors.Join(err, ignoreMissing(folder.Remove(temporary)))
	}
	return syncFolder(folder, dir)
}

func writeSynced(folder *os.Root, name string, data []byte) error {
	f, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncFolder makes a rename outlive a power cut.
func syncFolder(folder *os.Root, dir string) error {
	d, err := folder.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// reconcile makes a change of an athlete's records, with all that follows from
// it, and removes the files that nothing needs any more.
func (e *Engine) reconcile(ctx context.Context, c store.Change) (store.Changed, error) {
	c.Sources = e.sources()
	done, err := e.Store.Reconcile(ctx, c, Merge)
	if errors.Is(err, store.ErrCrowded) {
		return done, &FileError{store.ErrCrowded}
	}
	if err != nil {
		return done, err
	}
	return done, e.remove(done.Paths)
}

func (e *Engine) remove(paths []string) error {
	var errs []error
	for _, p := range paths {
		if e.Folder != nil {
			errs = append(errs, ignoreMissing(e.Folder.Remove(p)))
		}
	}
	return errors.Join(errs...)
}
