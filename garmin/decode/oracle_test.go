package decode

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	mfit "github.com/muktihari/fit/decoder"
	"github.com/muktihari/fit/profile/filedef"
	"github.com/muktihari/fit/profile/mesgdef"
)

// muktiharis reads all records of a file, of chained files as well.
func muktiharis(data []byte) (records []*mesgdef.Record, ok bool) {
	d := mfit.New(bytes.NewReader(data), mfit.WithIgnoreChecksum())
	for d.Next() {
		file, err := d.Decode()
		if err != nil {
			return nil, false
		}
		records = append(records, filedef.NewActivity(file.Messages...).Records...)
	}
	return records, true
}

// bare is what both readers can say of a record.
type bare struct {
	at       int64
	lat, lon int32
	distance uint32
	height   int32
}

// TestOraclesSayTheSame holds every record of every file against muktihari's
// decoder, and of unchained ones against tormoder's.
func TestOraclesSayTheSame(t *testing.T) {
	files, _ := common(t)
	records := 0
	for _, f := range files {
		var log fitLog
		if err := walkFIT(f.data, &log); err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		theirs, ok := muktiharis(f.data)
		if !ok || len(theirs) != len(log.points) {
			t.Errorf("%s: %d records, muktihari has %d (%v)", f.name, len(log.points), len(theirs), ok)
			continue
		}
		for i, r := range theirs {
			records++
			p := blank()
			p.at, p.lat, p.lon, p.distance = fitMillis(r.Timestamp), r.PositionLat, r.PositionLong, r.Distance
			p.height = millimetres(r.EnhancedAltitudeScaled())
			if p.height == noHeight {
				p.height = millimetres(r.AltitudeScaled())
			}
			want, got := bareOf(p), bareOf(log.points[i])
			if r.Timestamp.IsZero() || r.Timestamp.Unix() < fitEpochUnix {
				want.at = got.at // it follows no clock without one
			}
			if want != got {
				t.Errorf("%s: record %d: %s", f.name, i, cmp.Diff(want, got, cmp.AllowUnexported(bare{})))
				break
			}
		}
		if second, ok := secondFIT(f.data); ok && len(second.Track()) == len(log.points) {
			mine := log.recording()
			for i, s := range second.Sessions {
				if m := mine.Sessions[i]; m.Distance != s.Distance || m.Elapsed != s.Elapsed || m.Records != s.Records || m.Calories != s.Calories {
					t.Errorf("%s: session %d %+v, tormoder %+v", f.name, i, m, s)
				}
			}
		}
	}
	t.Logf("%d files, %d records", len(files), records)
}

func bareOf(p point) bare { return bare{p.at, p.lat, p.lon, p.distance, p.height} }
