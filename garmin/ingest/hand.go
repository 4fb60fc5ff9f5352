package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// message is what is kept with a record that came in the chat: by which message
// it did. What is imported otherwise has none.
type message struct {
	Message string `json:"message"`
}

func noteOf(by store.Actor) []byte {
	note, err := json.Marshal(message{by.Message})
	if err != nil {
		return nil // cannot be: it is a plain text
	}
	return note
}

// HandFile is Import for a member who sent the file in the chat. To repeat it
// for the same message, after a crash, is harmless and says the same again.
func (e *Engine) HandFile(ctx context.Context, by store.Actor, name string, data []byte, zone *time.Location) (store.Handed, error) {
	if decode.IsExport(name, data) {
		done, err := e.importExport(ctx, by.Athlete, data)
		return refused(store.Handed{New: done.New, Known: done.Known, Cut: done.Fault != ""}, err)
	}
	rec, fault := decode.File(name, data)
	if fault != nil && (!errors.Is(fault, decode.ErrDamaged) || len(rec.Sessions) == 0) {
		return refused(store.Handed{}, &FileError{fault})
	}
	leave, err := e.enter(ctx, by.Athlete)
	if err != nil {
		return store.Handed{}, err
	}
	defer leave()
	h, err := e.handed(ctx, by.Athlete, rec, data)
	if err != nil {
		return store.Handed{}, err
	}
	h.note = noteOf(by)
	if h.acts, err = h.read(h.rec, zone); err != nil {
		return refused(store.Handed{}, &FileError{errors.Join(fault, err)})
	}
	done, err := h.take(ctx)
	done.Cut = fault != nil
	return refused(done, err)
}

// refused says why nothing of a file is kept, where that is the file's own.
func refused(done store.Handed, err error) (store.Handed, error) {
	var broken *FileError
	switch {
	case !errors.As(err, &broken):
		return done, err
	case errors.Is(err, errFuture):
		done.Refused = store.RefusedFuture
	case errors.Is(err, decode.ErrTooLarge), errors.Is(err, store.ErrCrowded):
		done.Refused = store.RefusedLarge
	case errors.Is(err, decode.ErrDamaged):
		done.Refused = store.RefusedDamaged
	case errors.Is(err, decode.ErrNoActivity):
		done.Refused = store.RefusedEmpty
	default:
		done.Refused = store.RefusedFormat
	}
	return done, nil
}

// take keeps the file, unless it was handed in before otherwise than by this
// message, and says what it tells of.
func (h *handed) take(ctx context.Context) (store.Handed, error) {
	was, err := h.Store.Raw(ctx, h.athlete.ID, sent, h.format, h.sum)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.Handed{}, err
	}
	again := err == nil && !bytes.Equal(was.Body, h.note)
	if err != nil {
		if _, err := h.reconcile(ctx, store.Change{Athlete: h.athlete.ID, Kept: []store.Kept{{Raw: h.raw(), Activities: h.acts}}}); err != nil {
			return store.Handed{}, err
		}
	}
	done, err := h.shown(ctx, h.athlete.ID, h.acts)
	if done.Again = again; again || err != nil || !h.keepsFilesOf(h.athlete) {
		return done, err
	}
	done.Kept, err = h.keepBeside(ctx)
	return done, err
}

// HandTyped keeps what a member typed in the chat, as one record of a workout
// with an id of the message's. To repeat it is harmless.
func (e *Engine) HandTyped(ctx context.Context, by store.Actor, a store.Activity) (store.Handed, error) {
	leave, err := e.enter(ctx, by.Athlete)
	if err != nil {
		return store.Handed{}, err
	}
	defer leave()
	a.Athlete, a.Source, a.Manual = by.Athlete, typed, true
	a.Synced, a.Known = e.Now(), e.Now()
	raw := store.Raw{Athlete: a.Athlete, Source: typed, Kind: typed, External: a.External, Hash: a.External, Body: noteOf(by), Fetched: e.Now()}
	if _, err := e.reconcile(ctx, store.Change{Athlete: a.Athlete, Kept: []store.Kept{{Raw: raw, Activities: []store.Activity{a}}}}); err != nil {
		return store.Handed{}, fmt.Errorf("typed entry: %w", err)
	}
	return e.shown(ctx, a.Athlete, []store.Activity{a})
}

// shown finds the activities that records tell of, and whether others tell of
// them, too.
func (e *Engine) shown(ctx context.Context, athlete int64, records []store.Activity) (done store.Handed, err error) {
	span := around(records)
	told, err := e.Store.Told(ctx, athlete, records[0].Source, span)
	if err != nil {
		return done, err
	}
	all, err := e.Store.Sightings(ctx, athlete, span)
	if err != nil {
		return done, err
	}
	acts, err := e.Store.Activities(ctx, athlete, span)
	if err != nil {
		return done, err
	}
	ours := func(a store.Activity) bool {
		return slices.ContainsFunc(records, func(r store.Activity) bool { return r.Key() == a.Key() })
	}
	for _, a := range acts {
		if !slices.ContainsFunc(told, func(s store.Sighting) bool { return s.Activity == a.ID && ours(s.Told) }) {
			continue
		}
		done.Shown = append(done.Shown, a)
		if slices.ContainsFunc(all, func(s store.Sighting) bool { return s.Activity == a.ID && !ours(s.Told) }) {
			done.Known++
		} else {
			done.New++
		}
	}
	return done, nil
}

// around are the days of records, and some more: of what is told by several,
// another may say when it began.
func around(records []store.Activity) store.Span {
	span := store.Span{Start: records[0].Day(), End: records[0].Day()}
	for _, r := range records {
		span.Start, span.End = min(span.Start, r.Day()), max(span.End, r.Day())
	}
	return store.Span{Start: span.Start - 2, End: span.End + 3}
}

// TakeBack takes back what a member handed in last in the chat, where that was
// since a time: exactly the records of that file or entry, and the copy of the
// file. What others tell of stays. The reply tells what is gone. ErrOne says
// that there is nothing to take back.
func (e *Engine) TakeBack(ctx context.Context, by store.Actor, since time.Time, reply func(gone []store.Activity) store.Reply) error {
	leave, err := e.enter(ctx, by.Athlete)
	if err != nil {
		return err
	}
	defer leave()
	raw, err := e.Store.LastHanded(ctx, by.Athlete)
	if errors.Is(err, store.ErrNotFound) || err == nil && raw.Fetched.Before(since) {
		return ErrNothing
	}
	if err != nil {
		return err
	}
	records, err := e.recordsOf(ctx, raw)
	if err != nil {
		return err
	}
	gone := []store.Record{{Source: raw.Source, External: raw.External}} // of the record itself, for that of a file has another name
	for _, a := range records {
		gone = append(gone, a.Key())
	}
	if err := e.dropCopy(ctx, by.Athlete, records); err != nil {
		return err
	}
	change := store.Change{Athlete: by.Athlete, Gone: gone, Reason: "taken back", By: by, Reply: reply(records)}
	_, err = e.reconcile(ctx, change)
	return err
}

// ErrNothing says that there is nothing to take back.
var ErrNothing = fmt.Errorf("nothing was handed in: %w", store.ErrNotFound)

// recordsOf returns what the records of a file or an entry tell.
func (e *Engine) recordsOf(ctx context.Context, raw store.Raw) (records []store.Activity, err error) {
	const first = store.Day(-366 * 100)
	told, err := e.Store.Told(ctx, raw.Athlete, raw.Source, store.Span{Start: first, End: store.DayOf(e.Now().UTC()) + 3})
	for _, s := range told {
		if s.Told.External == raw.External || s.Told.Checksum == raw.External {
			records = append(records, s.Told)
		}
	}
	return records, err
}

// dropCopy removes the copy of a file that is taken back. What the source has
// of the activity is asked for again.
func (e *Engine) dropCopy(ctx context.Context, athlete int64, records []store.Activity) error {
	files, err := e.Store.Files(ctx, athlete)
	if err != nil {
		return err
	}
	for _, f := range files {
		same := func(a store.Activity) bool { return a.Checksum != "" && a.Checksum == f.SHA256 }
		if f.State != store.FileKept || !slices.ContainsFunc(records, same) {
			continue
		}
		path := f.Path
		f = store.File{Activity: f.Activity, Format: f.Format, State: store.FileNone, Reason: "taken back", Attempts: f.Attempts, Retry: e.Now(), Updated: e.Now()}
		if err := errors.Join(e.Store.SaveFile(ctx, f), e.remove([]string{path})); err != nil {
			return err
		}
	}
	return nil
}
