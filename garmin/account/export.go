package account

import (
	"context"
	"fmt"

	"clubrun/garmin"
)

// Export returns what Garmin makes of a recording: "tcx", "gpx" or
// "kml". store.ErrNotFound means that it makes none, as of typed activities, and
// no GPX and no KML without a track.
func (k *Keeper) Export(ctx context.Context, athlete int64, external, format string) (data []byte, err error) {
	id, err := activityID(external)
	if err != nil {
		return nil, err
	}
	err = k.askFile(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
		data, err = k.Garmin.Export(ctx, t, id, format)
		return err
	})
	if kind := garmin.KindOf(err); kind == garmin.NotFound || kind == garmin.NoData {
		return nil, lacks(format, external, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", format, external, err)
	}
	return data, nil
}
