package publish_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"clubrun/digest/publish"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

// veterans is a group of so many with five years of training on disk, about
// two hundred workouts a year each.
func veterans(b *testing.B, members int) (*sqlite.DB, store.Group) {
	b.Helper()
	now := func() time.Time { return sunday }
	db := storetest.OpenAt(b, b.TempDir()+"/clubrun.db", now)
	g := storetest.Group(b, db, "Veterans")
	r := rand.New(rand.NewPCG(uint64(members), 5))
	sports := []store.Sport{store.Run, store.Run, store.Ride, store.Strength}
	for m := range members {
		a := storetest.Member(b, db, g, fmt.Sprint("Member", m))
		var kept []store.Kept
		for back := range 5 * 365 {
			if r.IntN(100) >= 55 {
				continue
			}
			start := sunday.AddDate(0, 0, -back).Add(-time.Duration(r.IntN(600)) * time.Minute)
			d := time.Duration(25+r.IntN(70)) * time.Minute
			act := store.Activity{
				Athlete: a.ID, Source: "garmin", External: fmt.Sprint(m, "/", back), Sport: sports[r.IntN(len(sports))], Type: "running",
				Start: start, Local: start, Elapsed: d, Timer: d, Moving: d, Distance: d.Seconds() * 3, Climb: float64(r.IntN(400)), AvgHR: 140, Moderate: 20,
				Metrics: store.Metrics{Zones: [5]float64{60, 600, 600, 300, 60}, Splits: map[string]float64{"1000": 280 + float64(r.IntN(60))}},
			}
			kept = append(kept, store.Kept{
				Raw:        store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: act.External, Hash: "h", Fetched: start},
				Activities: []store.Activity{act},
			})
		}
		if _, err := db.KeepAll(b.Context(), kept); err != nil {
			b.Fatal(err)
		}
	}
	return db, g
}

// BenchmarkDigest makes a whole digest from the database on: season, report,
// text and pictures. Beside it stands the reading alone, below which nothing
// can go.
func BenchmarkDigest(b *testing.B) {
	for _, members := range []int{8, 60, 1000} {
		db, g := veterans(b, members)
		week := publish.WeekFor(g, sunday)
		p := &publish.Publisher{Store: db, Now: func() time.Time { return sunday }, Log: zerolog.Nop()}
		b.Run(fmt.Sprintf("members=%d/digest", members), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c, err := p.Preview(b.Context(), g, week)
				if err != nil || len(c.Pictures) == 0 {
					b.Fatal(len(c.Pictures), err)
				}
				for _, card := range c.Pictures {
					if _, err := card.Media(); err != nil {
						b.Fatal(err)
					}
					card.Picture.Release()
				}
			}
		})
		b.Run(fmt.Sprintf("members=%d/reading", members), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := db.Season(b.Context(), g.ID, store.Span{Start: week.Start - 400, End: week.End}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
