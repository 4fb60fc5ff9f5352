package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// ErrNoActivity says that a file is sound and holds no activity: settings, a
// route, a night's sleep.
var ErrNoActivity = decode.ErrNoActivity

var errFuture = errors.New("it begins in the future")

// FileError is what is wrong with a file.
type FileError struct{ Err error }

// Error says what is wrong.
func (e *FileError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// Imported is what became of a file that was handed in.
type Imported struct {
	New    int    // activities that are kept now
	Known  int    // activities that were kept already
	Broken int    // activities of an account's export that could not be read
	Kept   bool   // the file itself is kept, too
	Fault  string // what is wrong with the file: it was read up to there
}

// Import keeps the activities of a file that was handed in: FIT, TCX or GPX, or
// the list of activities in the export of a whole Garmin account. A file whose bytes were seen before, and an activity that is kept already from
// wherever, are not kept twice. The file itself is kept for who agreed to that,
// also beside an activity that lacks it. The zone is where the activities
// happened as far as the file does not say. A damaged file is read up to the
// fault. A *FileError names what is wrong
// with the file: nothing of it is kept.
func (e *Engine) Import(ctx context.Context, athlete int64, name string, data []byte, zone *time.Location) (Imported, error) {
	if decode.IsExport(name, data) {
		return e.importExport(ctx, athlete, data)
	}
	rec, fault := decode.File(name, data)
	if fault != nil && (!errors.Is(fault, decode.ErrDamaged) || len(rec.Sessions) == 0) {
		return Imported{}, &FileError{fault}
	}
	leave, err := e.enter(ctx, athlete)
	if err != nil {
		return Imported{}, err
	}
	defer leave()
	in, err := e.handed(ctx, athlete, rec, data)
	if err != nil {
		return Imported{}, err
	}
	if in.acts, err = in.read(in.rec, zone); err != nil {
		return Imported{}, &FileError{cmp.Or(fault, err)}
	}
	done, err := in.keep(ctx)
	if fault != nil {
		done.Fault = fault.Error()
	}
	return done, err
}

// handed is a file that was handed in.
type handed struct {
	*Engine
	note    []byte // of the message that it came with; nil where it came with none
	athlete store.Athlete
	rec     decode.Recording
	format  string
	data    []byte
	sum     string // SHA-256 in hexadecimal
	acts    []store.Activity
}

// handed makes ready to keep a file.
func (e *Engine) handed(ctx context.Context, athlete int64, rec decode.Recording, data []byte) (*handed, error) {
	who, err := e.Store.Athlete(ctx, athlete)
	if err != nil {
		return nil, err
	}
	if rec, err = e.withHeart(ctx, athlete, rec); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	return &handed{Engine: e, athlete: who, rec: rec, format: rec.Format, data: data, sum: hex.EncodeToString(sum[:])}, nil
}

// read returns the activities of a file.
func (h *handed) read(rec decode.Recording, zone *time.Location) (acts []store.Activity, err error) {
	for i, s := range rec.Sessions {
		external := h.sum[:16]
		if i > 0 {
			external += fmt.Sprint("-", i+1)
		}
		a := s.Activity(h.athlete.ID, sent, external, zone)
		if a.Start.IsZero() || a.Elapsed <= 0 {
			continue
		}
		if a.Start.After(h.Now().Add(24 * time.Hour)) {
			return nil, errFuture
		}
		if slices.ContainsFunc(acts, func(b store.Activity) bool { return sameRow(a, b) }) {
			continue // the file holds it twice
		}
		a.Synced, a.Known, a.Checksum = h.Now(), h.Now(), h.sum
		acts = append(acts, a)
	}
	if len(acts) == 0 {
		return nil, fmt.Errorf("%w that has a date and a duration", ErrNoActivity)
	}
	return acts, nil
}

// sameRow says whether two activities of one file are the same to the digit.
func sameRow(a, b store.Activity) bool {
	return a.Start.Equal(b.Start) && a.Elapsed == b.Elapsed && a.Timer == b.Timer && a.Distance == b.Distance && a.Type == b.Type
}

// keep keeps what is new of the file, and the file itself also where only that
// is missing: nobody had agreed to it, or a crash came between.
func (h *handed) keep(ctx context.Context) (Imported, error) {
	done := Imported{Known: len(h.acts)}
	_, err := h.Store.Raw(ctx, h.athlete.ID, sent, h.format, h.sum)
	if errors.Is(err, store.ErrNotFound) {
		var change store.Changed
		change, err = h.reconcile(ctx, store.Change{Athlete: h.athlete.ID, Kept: []store.Kept{{Raw: h.raw(), Activities: h.acts}}})
		done.New, done.Known = change.New, max(0, len(h.acts)-change.New)
	}
	if err != nil {
		return Imported{}, err
	}
	if !h.keepsFilesOf(h.athlete) {
		return done, nil
	}
	done.Kept, err = h.keepBeside(ctx)
	return done, err
}

// raw is the record of the file. Its bytes are not in it.
func (h *handed) raw() store.Raw {
	return store.Raw{Athlete: h.athlete.ID, Source: sent, Kind: h.format, External: h.sum, Hash: h.sum, Body: h.note, Fetched: h.Now()}
}

// place returns the activity that the file's first record tells of.
func (h *handed) place(ctx context.Context) (store.Activity, error) {
	span := store.Span{Start: h.acts[0].Day() - 2, End: h.acts[0].Day() + 3}
	told, err := h.Store.Told(ctx, h.athlete.ID, sent, span)
	if err != nil {
		return store.Activity{}, err
	}
	acts, err := h.Store.Activities(ctx, h.athlete.ID, span)
	if err != nil {
		return store.Activity{}, err
	}
	for _, t := range told {
		for _, a := range acts {
			if t.Told.External == h.acts[0].External && t.Activity == a.ID {
				return a, nil
			}
		}
	}
	return store.Activity{}, store.ErrNotFound // deleted meanwhile
}

// keepBeside keeps the file beside the activity that it tells of.
func (h *handed) keepBeside(ctx context.Context) (bool, error) {
	place, err := h.place(ctx)
	if err != nil {
		return false, ignoreGone(err)
	}
	had, err := h.attempts(ctx, h.athlete.ID)
	if err != nil {
		return false, err
	}
	f := had[place.ID][h.format]
	if f.State == store.FileKept {
		return false, nil
	}
	f = store.File{Activity: place.ID, Format: h.format, Attempts: f.Attempts}
	f, err = h.keepFile(ctx, place, f, h.data)
	return f.State == store.FileKept, err
}

func ignoreGone(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
