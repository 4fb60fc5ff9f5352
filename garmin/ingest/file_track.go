package ingest

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// Tracks returns what the kept files of the first activities recorded, moment by
// moment, by activity: of at most so many. One without a file that can be read is
// missing.
func (e *Engine) Tracks(ctx context.Context, athlete int64, most int, activities ...int64) (map[int64][]store.Moment, error) {
	found := map[int64][]store.Moment{}
	if e.Folder == nil {
		return found, nil
	}
	files, err := e.Store.Files(ctx, athlete)
	if err != nil {
		return nil, fmt.Errorf("tracks of athlete %d: %w", athlete, err)
	}
	kept := map[int64][]store.File{} // by format: fit, gpx, kml, tcx
	for _, f := range files {
		if f.State == store.FileKept && f.Format != drawing {
			kept[f.Activity] = append(kept[f.Activity], f)
		}
	}
	for _, id := range activities {
		if len(found) == most {
			break
		}
		if track := e.track(ctx, kept[id]); len(track) > 0 {
			found[id] = track
		}
	}
	return found, ctx.Err()
}

// track reads the first of an activity's files that tells one.
func (e *Engine) track(ctx context.Context, files []store.File) []store.Moment {
	for _, f := range files {
		data, err := fs.ReadFile(e.Folder.FS(), f.Path)
		if err != nil {
			e.Log.Warn().Ctx(ctx).Int64("activity", f.Activity).Err(err).Msg("kept file not readable")
			continue
		}
		rec, err := decode.File(strings.ToLower(f.Path), data)
		if track := rec.Track(); err == nil && len(track) > 0 {
			return track
		}
	}
	return nil
}
