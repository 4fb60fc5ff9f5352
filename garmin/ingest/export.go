package ingest

import (
	"context"
	"errors"
	"slices"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// exportBatch is how many activities of an account's export are kept in one
// transaction.
const exportBatch = 100

// importExport keeps the activities that the export of a whole Garmin account
// lists. Their ids are Garmin's own: what the list tells, too, is the same
// activity.
func (e *Engine) importExport(ctx context.Context, athlete int64, data []byte) (done Imported, err error) {
	all, broken, fault := decode.Export(athlete, data)
	if fault != nil && (!errors.Is(fault, decode.ErrDamaged) || len(all) == 0) {
		return Imported{}, &FileError{fault}
	}
	leave, err := e.enter(ctx, athlete)
	if err != nil {
		return Imported{}, err
	}
	defer leave()
	seen, err := e.Store.Seen(ctx, athlete, exported)
	if err != nil {
		return Imported{}, err
	}
	slices.SortFunc(all, func(a, b decode.Summary) int { return a.Activity.Start.Compare(b.Activity.Start) })
	var news []store.Kept
	for _, s := range all {
		if hash, known := seen[s.Activity.External]; known && hash == s.Hash {
			continue
		}
		s.Activity.Synced, s.Activity.Known = e.Now(), e.Now()
		raw := store.Raw{Athlete: athlete, Source: exported, Kind: "list", External: s.Activity.External, Hash: s.Hash, Body: s.Body, Fetched: e.Now()}
		news = append(news, store.Kept{Raw: raw, Activities: []store.Activity{s.Activity}})
	}
	for some := range slices.Chunk(news, exportBatch) {
		if ctx.Err() != nil {
			return done, ctx.Err()
		}
		change, err := e.reconcile(ctx, store.Change{Athlete: athlete, Kept: some})
		if err != nil {
			return done, err
		}
		done.New += change.New
	}
	done.Known, done.Broken = len(all)-done.New, broken
	if fault != nil {
		done.Fault = fault.Error()
	}
	return done, nil
}
