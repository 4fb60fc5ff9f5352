package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// sent is the source, in store, of files that were handed in.
const sent = "file"

// When two activities of one athlete are the same: they began that close to each
// other, and share that much of the longer one.
const (
	sameStart   = 15 * time.Minute
	sameOverlap = 0.6
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
	New   int    // activities that are kept now
	Known int    // activities that were kept already
	Kept  bool   // the file itself is kept, too
	Fault string // what is wrong with the file: it was read up to there
}

// Import keeps the activities of a file that was handed in: FIT, TCX or GPX. A
// file whose bytes were seen before, and an activity that is kept already from
// wherever, are not kept twice. The file itself is kept for who agreed to that,
// also beside an activity that lacks it. The zone is where the activities
// happened as far as the file does not say. A damaged file is read up to the
// fault. A *FileError names what is wrong
// with the file: nothing of it is kept.
func (e *Engine) Import(ctx context.Context, athlete int64, name string, data []byte, zone *time.Location) (Imported, error) {
	rec, fault := decode.File(name, data)
	if fault != nil && (!errors.Is(fault, decode.ErrDamaged) || len(rec.Sessions) == 0) {
		return Imported{}, &FileError{fault}
	}
	leave, err := e.enter(ctx, athlete)
	if err != nil {
		return Imported{}, err
	}
	defer leave()
	who, err := e.Store.Athlete(ctx, athlete)
	if err != nil {
		return Imported{}, err
	}
	sum := sha256.Sum256(data)
	in := handed{Engine: e, athlete: who, format: rec.Format, data: data, sum: hex.EncodeToString(sum[:])}
	if in.acts, err = in.read(rec, zone); err != nil {
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
	athlete store.Athlete
	format  string
	data    []byte
	sum     string // SHA-256 in hexadecimal
	acts    []store.Activity
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
		a.Synced, a.Known = h.Now(), h.Now()
		acts = append(acts, a)
	}
	if len(acts) == 0 {
		return nil, ErrNoActivity
	}
	return acts, nil
}

// keep keeps what is new of the file.
func (h *handed) keep(ctx context.Context) (Imported, error) {
	_, err := h.Store.Raw(ctx, h.athlete.ID, sent, h.format, h.sum)
	if err == nil {
		return Imported{Known: len(h.acts)}, nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return Imported{}, err
	}
	around, err := h.around(ctx)
	if err != nil {
		return Imported{}, err
	}
	var fresh []store.Activity
	var place *store.Activity // beside which the file is kept
	whole := sameWhole(h.acts, around)
	for _, a := range h.acts {
		known := whole
		if known == nil {
			known = sameIn(a, around)
		}
		if known == nil {
			fresh = append(fresh, a)
		} else if place == nil {
			place = known
		}
	}
	raw := store.Raw{Athlete: h.athlete.ID, Source: sent, Kind: h.format, External: h.sum, Hash: h.sum, Fetched: h.Now()}
	created, err := h.Store.KeepAll(ctx, []store.Kept{{Raw: raw, Activities: fresh}})
	if err != nil {
		return Imported{}, err
	}
	done := Imported{New: created, Known: len(h.acts) - created}
	if !h.keepsFilesOf(h.athlete) {
		return done, nil
	}
	done.Kept, err = h.keepBeside(ctx, place, fresh)
	return done, err
}

// around returns what the athlete did about the days of the file.
func (h *handed) around(ctx context.Context) ([]store.Activity, error) {
	span := store.Span{Start: h.acts[0].Day() - 2, End: h.acts[0].Day() + 3}
	for _, a := range h.acts {
		span.Start, span.End = min(span.Start, a.Day()-2), max(span.End, a.Day()+3)
	}
	return h.Store.Activities(ctx, h.athlete.ID, span)
}

// keepBeside keeps the file beside the known activity, or the first of the new
// ones.
func (h *handed) keepBeside(ctx context.Context, place *store.Activity, fresh []store.Activity) (bool, error) {
	if place == nil {
		all, err := h.around(ctx)
		if err != nil {
			return false, err
		}
		for i := range all {
			if all[i].Source == sent && all[i].External == fresh[0].External {
				place = &all[i]
			}
		}
	}
	if place == nil {
		return false, nil // deleted meanwhile
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
	f, err = h.keepFile(ctx, *place, f, h.data)
	return f.State == store.FileKept, err
}

// sameWhole returns the multisport activity that all of a file's parts
// together are, nil where there is none.
func sameWhole(parts, all []store.Activity) *store.Activity {
	if len(parts) < 2 {
		return nil
	}
	whole := parts[0]
	for _, p := range parts {
		end := p.Start.Add(p.Elapsed)
		if p.Start.Before(whole.Start) {
			whole.Elapsed += whole.Start.Sub(p.Start)
			whole.Start = p.Start
		}
		whole.Elapsed = max(whole.Elapsed, end.Sub(whole.Start))
	}
	for i := range all {
		if strings.Contains(all[i].Type, "multi") && sameTime(whole, all[i]) {
			return &all[i]
		}
	}
	return nil
}

// sameIn returns the activity that is the same one, nil where there is none.
func sameIn(a store.Activity, all []store.Activity) *store.Activity {
	for i := range all {
		if decode.AlikeSport(a.Sport, all[i].Sport) && sameTime(a, all[i]) {
			return &all[i]
		}
	}
	return nil
}

// sameTime says whether nobody could have done both.
func sameTime(a, b store.Activity) bool {
	if apart := a.Start.Sub(b.Start).Abs(); apart > sameStart {
		return false
	}
	return decode.Overlap(a, b, sameOverlap)
}
