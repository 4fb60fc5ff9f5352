package ingest

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// Track returns what the kept file of an activity recorded, moment by moment.
// store.ErrNotFound says that none is kept which could be read.
func (e *Engine) Track(ctx context.Context, athlete, activity int64) ([]store.Moment, error) {
	if e.Folder == nil {
		return nil, store.ErrNotFound
	}
	files, err := e.Store.Files(ctx, athlete)
	if err != nil {
		return nil, fmt.Errorf("track of activity %d: %w", activity, err)
	}
	for _, f := range files { // by format: fit, gpx, kml, tcx
		if f.Activity != activity || f.State != store.FileKept || f.Format == drawing {
			continue
		}
		data, err := fs.ReadFile(e.Folder.FS(), f.Path)
		if err != nil {
			e.Log.Warn().Ctx(ctx).Int64("activity", activity).Err(err).Msg("kept file not readable")
			continue
		}
		rec, err := decode.File(strings.ToLower(f.Path), data)
		if track := rec.Track(); err == nil && len(track) > 0 {
			return track, nil
		}
	}
	return nil, store.ErrNotFound
}
