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

const (
	fileDays  = 28             // back from today, of which files are fetched
	fileAgain = 24 * time.Hour // after which a file that failed is tried again
)

// files downloads the originals of an athlete who agreed to that. One that
// fails stops no other, unless the source refuses to be asked at all.
func (r *run) files(ctx context.Context) error {
	if r.NoFiles || r.Folder == nil || !r.athlete.Prefs.Files {
		return nil
	}
	today := store.DayOf(r.Now().UTC())
	wanted, err := r.Store.FilesWanted(ctx, r.athlete.ID, "fit", store.Span{Start: today - fileDays, End: today + 2})
	if err != nil {
		return err
	}
	wait, err := r.resting(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, a := range wanted {
		if a.Source != garmin || a.Parent != "" || wait[a.ID] {
			continue
		}
		if err := r.file(ctx, a); err != nil {
			errs = append(errs, err)
		}
		if ctx.Err() != nil || len(errs) > 2 {
			break
		}
	}
	return errors.Join(errs...)
}

// resting returns the activities whose file failed a short time ago.
func (r *run) resting(ctx context.Context) (map[int64]bool, error) {
	all, err := r.Store.Files(ctx, r.athlete.ID)
	if err != nil {
		return nil, err
	}
	wait := map[int64]bool{}
	for _, f := range all {
		if f.State == store.FileFailed && r.Now().Before(f.Updated.Add(fileAgain)) {
			wait[f.Activity] = true
		}
	}
	return wait, nil
}

// file fetches one original. That there is none is no error but remembered.
func (r *run) file(ctx context.Context, a store.Activity) error {
	f := store.File{Activity: a.ID, Format: "fit", Updated: r.Now()}
	if a.Manual {
		f.State, f.Reason = store.FileNone, "typed, not recorded"
		return r.Store.SaveFile(ctx, f)
	}
	_, data, err := r.Source.Original(ctx, r.athlete.ID, a.External)
	if errors.Is(err, store.ErrNotFound) {
		f.State, f.Reason = store.FileNone, "the source has none"
		return r.Store.SaveFile(ctx, f)
	}
	if err != nil {
		return err
	}
	format := decode.Format(data)
	if format == "" {
		r.Log.Warn().Ctx(ctx).Err(decode.ErrUnknown).Int64("activity", a.ID).Msg("file not readable")
		f.State, f.Reason = store.FileFailed, decode.ErrUnknown.Error()
		return r.Store.SaveFile(ctx, f)
	}
	if format != "fit" {
		f.State, f.Reason = store.FileNone, "the original is "+format
		if err := r.Store.SaveFile(ctx, f); err != nil {
			return err
		}
	}
	return r.keep(ctx, a, format, data)
}

// keep writes a file and then its row: a row promises the file.
func (r *run) keep(ctx context.Context, a store.Activity, format string, data []byte) error {
	sum := sha256.Sum256(data)
	f := store.File{
		Activity: a.ID, Format: format, Path: filePath(a, format), SHA256: hex.EncodeToString(sum[:]),
		Size: int64(len(data)), State: store.FileKept, Updated: r.Now(),
	}
	if _, err := decode.File(f.Path, data); err != nil {
		f.Reason = err.Error() // it is the original all the same
		r.Log.Warn().Ctx(ctx).Err(err).Int64("activity", a.ID).Msg("file not readable")
	}
	if err := write(r.Folder, f.Path, data); err != nil {
		return fmt.Errorf("file of activity %s: %w", a.External, err)
	}
	if err := r.Store.SaveFile(ctx, f); err != nil {
		return err
	}
	r.tally.Files++
	return nil
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

// paths returns where an activity's files lie.
func (r *run) paths(ctx context.Context, activity int64) (paths []string, err error) {
	all, err := r.Store.Files(ctx, r.athlete.ID)
	for _, f := range all {
		if f.Activity == activity && f.Path != "" {
			paths = append(paths, f.Path)
		}
	}
	return paths, err
}

func (r *run) remove(paths []string) error {
	var errs []error
	for _, p := range paths {
		if r.Folder != nil {
			errs = append(errs, ignoreMissing(r.Folder.Remove(p)))
		}
	}
	return errors.Join(errs...)
}
