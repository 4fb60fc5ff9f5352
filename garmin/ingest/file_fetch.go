package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	connect "clubrun/garmin"
	"clubrun/garmin/decode"
	"clubrun/store"
)

// The format under which an activity's original is asked for, and the one that
// holds no activity.
const (
	original = "fit"
	drawing  = "kml"
)

// When a file is asked for again, and how long the second try of an original
// waits.
const (
	fileAgain  = 24 * time.Hour      // after it failed, or where the source had none of a young activity
	fileLater  = 30 * 24 * time.Hour // after the source had none of an older one
	fileYoung  = 7 * 24 * time.Hour
	secondWait = 5 * time.Second
)

// Exporter is a Source that makes TCX, GPX and KML of an activity,
// store.ErrNotFound where it makes none.
type Exporter interface {
	Export(ctx context.Context, athlete int64, external, format string) ([]byte, error)
}

// ErrNotAgreed says that the athlete has not agreed that files are kept, or
// that this instance keeps none.
var ErrNotAgreed = errors.New("files of this member are not kept")

// Formats returns in which order the formats of a file are tried: only the one
// that is named, or the original, then what the source makes of it. KML, which
// tells places without times, stands in for nothing: only who names it gets it.
func Formats(only string) []string {
	if only != "" {
		return []string{only}
	}
	return []string{original, "tcx", "gpx"}
}

// Missing returns the athlete's activities of the span that have no file in the
// format that is named, or, where none is, no file at all, and whose file is
// worth asking for now, in the order in which they began.
func (e *Engine) Missing(ctx context.Context, athlete int64, format string, span store.Span) ([]store.Activity, error) {
	acts, err := e.Store.Activities(ctx, athlete, span)
	if err != nil {
		return nil, err
	}
	had, err := e.attempts(ctx, athlete)
	if err != nil {
		return nil, err
	}
	now := e.Now()
	return slices.DeleteFunc(acts, func(a store.Activity) bool {
		return a.Source != garmin || a.Parent != "" || !worth(had[a.ID], Formats(format), now)
	}), nil
}

// attempts returns what became of every file, by activity and format.
func (e *Engine) attempts(ctx context.Context, athlete int64) (map[int64]map[string]store.File, error) {
	all, err := e.Store.Files(ctx, athlete)
	if err != nil {
		return nil, err
	}
	had := map[int64]map[string]store.File{}
	for _, f := range all {
		if had[f.Activity] == nil {
			had[f.Activity] = map[string]store.File{}
		}
		had[f.Activity][f.Format] = f
	}
	return had, nil
}

// worth says whether one of the formats is worth asking for: none of them is
// kept, or the original is due again that something else stands in for.
func worth(had map[string]store.File, formats []string, now time.Time) bool {
	due := false
	for _, format := range formats {
		f, tried := had[format]
		if f.State == store.FileKept {
			return due && format != original && had[original].State == store.FileFailed
		}
		due = due || !tried || dueAgain(f, now)
	}
	return due
}

func dueAgain(f store.File, now time.Time) bool { return !f.Retry.IsZero() && !now.Before(f.Retry) }

// Fetch fetches the file of one activity and keeps it: the format that is
// named, or the original, once more if it fails, then TCX, then GPX. It returns
// the file, or the last attempt, which is remembered with its reason. An error
// is not the file's: nobody agreed, the account cannot be asked, the disk is
// full. Then nothing is remembered.
func (e *Engine) Fetch(ctx context.Context, a store.Activity, format string) (store.File, error) {
	leave, err := e.enter(ctx, a.Athlete)
	if err != nil {
		return store.File{}, err
	}
	defer leave()
	athlete, err := e.Store.Athlete(ctx, a.Athlete)
	if err != nil {
		return store.File{}, err
	}
	if !e.keepsFilesOf(athlete) {
		return store.File{}, ErrNotAgreed
	}
	had, err := e.attempts(ctx, a.Athlete)
	if err != nil {
		return store.File{}, err
	}
	return e.fetch(ctx, a, had[a.ID], Formats(format))
}

func (e *Engine) keepsFilesOf(athlete store.Athlete) bool {
	return !e.NoFiles && e.Folder != nil && athlete.Prefs.Files
}

// fetch goes through the formats until one is kept.
func (e *Engine) fetch(ctx context.Context, a store.Activity, had map[string]store.File, formats []string) (last store.File, err error) {
	for _, format := range formats {
		f, tried := had[format]
		if f.State == store.FileKept {
			return f, nil
		}
		if tried && !dueAgain(f, e.Now()) {
			last = f
			continue
		}
		f = store.File{Activity: a.ID, Format: format, Attempts: f.Attempts}
		if last, err = e.attempt(ctx, a, f); err != nil || last.State == store.FileKept {
			return last, err
		}
	}
	return last, nil
}

// attempt asks for one format and remembers how that ended.
func (e *Engine) attempt(ctx context.Context, a store.Activity, f store.File) (store.File, error) {
	if a.Manual {
		f.State, f.Reason, f.Updated = store.FileNone, "typed, not recorded", e.Now()
		return f, e.Store.SaveFile(ctx, f)
	}
	data, err := e.asked(ctx, a, &f)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		if stopped := e.stopped(ctx, a.Athlete); stopped != nil {
			return store.File{}, errors.Join(stopped, err)
		}
		if !ofFile(err) {
			return store.File{}, err
		}
	}
	f.Updated = e.Now()
	switch {
	case errors.Is(err, store.ErrNotFound):
		f.State, f.Reason, f.Retry = store.FileNone, "the source has none"+statusOf(err), e.Now().Add(laterFor(a, e.Now()))
	case err != nil:
		f.State, f.Reason, f.Retry = store.FileFailed, brief(err), e.Now().Add(fileAgain)
	default:
		f, err := e.keepFile(ctx, a, f, data)
		return f, errors.Join(err, e.recorded(ctx, a, f, data))
	}
	return f, e.Store.SaveFile(ctx, f)
}

// recorded takes over what an original file tells of its activity, where it is
// one workout alone.
func (e *Engine) recorded(ctx context.Context, a store.Activity, f store.File, data []byte) error {
	rec, err := decode.File(f.Path, data)
	if err != nil || f.State != store.FileKept || f.Format != decode.Format(data) || len(rec.Sessions) != 1 || a.Source != garmin {
		return nil //nolint:nilerr // it is kept all the same
	}
	if rec, err = e.withHeart(ctx, a.Athlete, rec); err != nil {
		return err
	}
	told := rec.Sessions[0].Activity(a.Athlete, recorded, a.External, a.Local.Location())
	if told.Start.IsZero() || told.Elapsed <= 0 {
		return nil
	}
	told.Checksum, told.Synced, told.Known = f.SHA256, e.Now(), a.Known
	raw := store.Raw{Athlete: a.Athlete, Source: recorded, Kind: f.Format, External: a.External, Hash: f.SHA256, Fetched: e.Now()}
	_, err = e.reconcile(ctx, store.Change{Athlete: a.Athlete, Kept: []store.Kept{{Raw: raw, Activities: []store.Activity{told}}}})
	return err
}

// statusOf is the status of the source's answer, where there was one.
func statusOf(err error) string {
	var e *connect.Error
	if !errors.As(err, &e) || e.Status == 0 {
		return ""
	}
	return fmt.Sprintf(" (status %d)", e.Status)
}

// laterFor is how long nobody asks again for a file that the source lacks: it
// may come late to an activity that is young.
func laterFor(a store.Activity, now time.Time) time.Duration {
	if now.Sub(a.Start) < fileYoung {
		return fileAgain
	}
	return fileLater
}

// asked asks the source, for an original that fails or comes damaged a second
// time.
func (e *Engine) asked(ctx context.Context, a store.Activity, f *store.File) (data []byte, err error) {
	if f.Format != original {
		f.Attempts++
		x, ok := e.Source.(Exporter)
		if !ok {
			return nil, store.ErrNotFound
		}
		if data, err = x.Export(ctx, a.Athlete, a.External, f.Format); err == nil && decode.Format(data) != f.Format {
			err = decode.ErrUnknown
		}
		return data, err
	}
	for try := 0; ; try++ {
		f.Attempts++
		var name string
		if name, data, err = e.Source.Original(ctx, a.Athlete, a.External); err == nil {
			err = readable(name, data)
		}
		again := ofFile(err) || connect.ClassOf(err) == connect.NoNetwork
		if err == nil || try > 0 || !again || errors.Is(err, store.ErrNotFound) || e.stopped(ctx, a.Athlete) != nil {
			break
		}
		if pause(ctx, secondWait) != nil {
			break
		}
	}
	if errors.Is(err, decode.ErrDamaged) && decode.Format(data) != "" {
		f.Reason, err = err.Error(), nil // twice the same: it is the original all the same
	}
	return data, err
}

// readable refuses what is no activity file, or a damaged one.
func readable(name string, data []byte) error {
	if decode.Format(data) == "" {
		return decode.ErrUnknown
	}
	if _, err := decode.File(name, data); errors.Is(err, decode.ErrDamaged) {
		return err
	}
	return nil
}

// ofFile says whether a failure may be the file's own: not that of the network,
// the account, or a source that is left alone.
func ofFile(err error) bool {
	if connect.ClassOf(err) == connect.DataIntegrity || connect.KindOf(err) == connect.Unavailable {
		return true
	}
	return errors.Is(err, decode.ErrDamaged) || errors.Is(err, decode.ErrUnknown)
}

// stopped says why the source is not asked any more for an athlete: the
// caller's end, or an account that is not well.
func (e *Engine) stopped(ctx context.Context, athlete int64) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	acc, err := e.Store.Account(ctx, athlete, garmin)
	if err != nil {
		return err
	}
	if !e.askable(acc) {
		return fmt.Errorf("%w: %s", ErrAccount, strings.ReplaceAll(string(acc.State), "_", " "))
	}
	return nil
}

// ErrAccount says that an account cannot be asked at present.
var ErrAccount = errors.New("the account cannot be asked")

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// brief is an error as it is kept with a file.
func brief(err error) string {
	text := strings.Join(strings.Fields(err.Error()), " ")
	if _, own, ok := strings.Cut(text, "garmin: "); ok {
		text = own // without the activity, beside which it stands
	}
	if r := []rune(text); len(r) > 200 {
		text = string(r[:199]) + "…"
	}
	return text
}
