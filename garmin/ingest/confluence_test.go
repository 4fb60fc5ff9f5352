package ingest_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"clubrun/garmin/decode"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

var runs = flag.Int("confluence.runs", 60, "how often the test of records in random order is run")

// shelf is a source whose records can come, change and go.
type shelf struct {
	name string
	rows map[string]string
}

func (s *shelf) List(_ context.Context, athlete int64, _, _ store.Day) (all []store.Raw, err error) {
	for _, id := range slices.Sorted(maps.Keys(s.rows)) {
		all = append(all, store.Raw{Athlete: athlete, Source: s.name, Kind: "list", External: id, Body: []byte(s.rows[id])})
	}
	return all, nil
}

func (s *shelf) Gone(_ context.Context, _ int64, external string) (bool, error) {
	_, there := s.rows[external]
	return !there, nil
}

func (s *shelf) Original(context.Context, int64, string) (string, []byte, error) {
	return "", nil, store.ErrNotFound
}

// item is one record of a source, or all of one multisport event.
type item struct {
	source string
	rows   map[string]string
	file   []byte
}

// scene is what somebody's sources hold in the end.
type scene struct {
	r     *rand.Rand
	next  int
	items []item
	like  bool // what is made now is like others
}

var sceneDay = time.Date(2026, time.September, 7, 5, 0, 0, 0, time.UTC)

func (s *scene) row(at time.Time, kind string, more string) (id, row string) {
	s.next++
	minutes, metres := 20+s.r.IntN(6)*15, 5000+s.r.IntN(4)*700
	if s.like { // an hour and ten kilometres, as in a file
		minutes, metres = 55+s.r.IntN(9), 9600+s.r.IntN(5)*200
	}
	hr := ""
	if s.r.IntN(2) == 0 {
		hr = fmt.Sprintf(`,"averageHR":%d`, 120+s.r.IntN(40))
	}
	return fmt.Sprint(s.next), fmt.Sprintf(`{"activityId":%d,"activityName":"no %d","activityType":{"typeKey":%q},"beginTimestamp":%d,"duration":%d,"elapsedDuration":%d,"distance":%d%s%s}`,
		s.next, s.next, kind, at.UnixMilli(), minutes*60, minutes*60+s.r.IntN(3)*30, metres, hr, more)
}

func (s *scene) at() time.Time { return sceneDay.Add(time.Duration(s.r.IntN(100)) * 4 * time.Minute) }

func (s *scene) kind() string {
	if s.like {
		return []string{"road_biking", "e_bike_fitness"}[s.r.IntN(2)]
	}
	return []string{"running", "road_biking", "e_bike_fitness", "other", "walking"}[s.r.IntN(5)]
}

func newScene(seed uint64) *scene {
	s := &scene{r: rand.New(rand.NewPCG(seed, 1))}
	for range 3 + s.r.IntN(8) {
		at := s.at()
		s.like = s.r.IntN(2) == 0
		switch s.r.IntN(6) {
		case 0, 1:
			s.single("garmin", at)
		case 2:
			s.single("other", at)
		case 3:
			s.event([]string{"garmin", "other"}[s.r.IntN(2)], at)
		default:
			starts := []time.Time{at}
			for range s.r.IntN(3) {
				starts = append(starts, starts[len(starts)-1].Add(time.Hour+time.Duration(s.r.IntN(3))*20*time.Minute))
			}
			sport := []string{"Running", "Biking", "Other"}[s.r.IntN(3)]
			s.items = append(s.items, item{source: "file", file: tcx(sport, starts...)})
		}
		for range s.r.IntN(3) { // and other devices recorded it, too
			s.single([]string{"garmin", "other"}[s.r.IntN(2)], at.Add(time.Duration(s.r.IntN(9)-4)*time.Minute))
		}
	}
	return s
}

func (s *scene) single(source string, at time.Time) {
	id, row := s.row(at, s.kind(), "")
	s.items = append(s.items, item{source: source, rows: map[string]string{id: row}})
}

func (s *scene) event(source string, at time.Time) {
	id, row := s.row(at, "multi_sport", "")
	all := map[string]string{id: row}
	for i, kind := range []string{"lap_swimming", "road_biking", "running"} {
		leg, row := s.row(at.Add(time.Duration(i)*30*time.Minute), kind, `,"parentId":`+id)
		all[leg] = row
	}
	s.items = append(s.items, item{source: source, rows: all})
}

// party is one athlete with the two sources.
type party struct {
	t       *testing.T
	db      *sqlite.DB
	engine  *ingest.Engine
	shelves map[string]*shelf
	athlete store.Athlete
}

func newParty(t *testing.T, db *sqlite.DB, name string, now func() time.Time) *party {
	a, _ := storetest.Linked(t, db, name)
	_, err := db.Link(t.Context(), storetest.Actor(a), store.Account{Athlete: a.ID, Source: "other", Profile: "other " + name, Tokens: "x"}, store.Reply{})
	if err != nil {
		t.Fatal(err)
	}
	p := &party{t: t, db: db, athlete: a, shelves: map[string]*shelf{}}
	for _, name := range []string{"garmin", "other"} {
		p.shelves[name] = &shelf{name: name, rows: map[string]string{}}
	}
	p.engine = p.fresh(db, now)
	return p
}

// fresh is an engine as after a restart.
func (p *party) fresh(s ingest.Store, now func() time.Time) *ingest.Engine {
	read := func(athlete int64, row json.RawMessage) (store.Activity, error) {
		a, err := decode.Garmin(athlete, row)
		a.Source = "other"
		return a, err
	}
	return &ingest.Engine{Source: p.shelves["garmin"], Store: s, Now: now, Backfill: 60, Log: zerolog.Nop(),
		More: []ingest.Feed{{Name: "other", Source: p.shelves["other"], Read: read, Hash: decode.StableHash}}}
}

func (p *party) show(i item) {
	if i.rows != nil {
		maps.Copy(p.shelves[i.source].rows, i.rows)
	}
}

func (p *party) withdraw(i item) {
	for id := range i.rows {
		delete(p.shelves[i.source].rows, id)
	}
}

func (p *party) hand(i item) error {
	if i.file == nil {
		return nil
	}
	_, err := p.engine.Import(p.t.Context(), p.athlete.ID, "a.tcx", i.file, time.UTC)
	return err
}

func (p *party) sync() error {
	_, err := p.engine.Sync(p.t.Context(), p.athlete.ID)
	return err
}

// told is what is kept, but for what tells when it came.
func (p *party) told() (all []store.Activity) {
	acts, err := p.db.Activities(p.t.Context(), p.athlete.ID, store.Span{Start: 0, End: 40_000})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, a := range acts {
		a.ID, a.Athlete, a.Synced, a.Known = 0, 0, time.Time{}, time.Time{}
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b store.Activity) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.External, b.External))
	})
	return all
}

var errKilled = errors.New("killed")

// dying is a store that dies between matching and the commit.
type dying struct{ ingestStore }

func (d dying) Reconcile(ctx context.Context, c store.Change, merge store.Merge) (done store.Changed, err error) {
	defer func() {
		if recover() != nil {
			done, err = store.Changed{}, errKilled
		}
	}()
	return d.ingestStore.Reconcile(ctx, c, func(told []store.Activity, apart []store.Apart) []store.Workout {
		_ = merge(told, apart)
		panic(errKilled)
	})
}

// disturb does something that has no bearing on the end.
func (p *party) disturb(s *scene, r *rand.Rand, now func() time.Time) {
	i := s.items[r.IntN(len(s.items))]
	switch r.IntN(8) {
	case 0, 1, 2:
		p.show(i)
		must(p.t, p.hand(i))
	case 3:
		p.withdraw(i)
	case 4: // another name and length, until the next change
		for id, row := range i.rows {
			p.shelves[i.source].rows[id] = strings.NewReplacer(`"no `, `"was no `, `"distance":5`, `"distance":9`, `00000,"duration"`, fmt.Sprint(r.IntN(9), `0000,"duration"`)).Replace(row)
		}
	case 5: // killed, and started again
		p.show(i)
		p.engine = p.fresh(dying{p.db}, now)
		_ = p.sync()
		_ = p.hand(i)
		p.engine = p.fresh(p.db, now)
	case 6:
		acts, err := p.db.Activities(p.t.Context(), p.athlete.ID, store.Span{Start: 0, End: 40_000})
		must(p.t, err)
		if len(acts) > 0 {
			err := p.engine.Split(p.t.Context(), storetest.Actor(p.athlete), acts[r.IntN(len(acts))], store.Reply{})
			if !errors.Is(err, ingest.ErrOne) {
				must(p.t, err)
			}
		}
		return
	}
	must(p.t, p.sync())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestRecordsInWhateverOrderAreTheSameActivities: two sources and files come
// early, late, twice, change for a while, go and come back, with kills and
// restarts in between; in the end all is as if nothing of it had happened.
func TestRecordsInWhateverOrderAreTheSameActivities(t *testing.T) {
	now := func() time.Time { return time.Date(2026, time.September, 9, 11, 0, 0, 0, time.UTC) }
	db := storetest.OpenAt(t, t.TempDir()+"/clubrun.db", now)
	merged, scenes := 0, uint64(*runs)
	if testing.Short() {
		scenes = max(1, scenes/10)
	}
	for seed := range scenes {
		s := newScene(seed)
		calm, wild := newParty(t, db, fmt.Sprint("calm", seed), now), newParty(t, db, fmt.Sprint("wild", seed), now)
		for _, i := range s.items {
			calm.show(i)
			must(t, calm.hand(i))
		}
		must(t, calm.sync())
		r := rand.New(rand.NewPCG(seed, 2))
		for range 5 + r.IntN(20) {
			wild.disturb(s, r, now)
		}
		r.Shuffle(len(s.items), func(i, j int) { s.items[i], s.items[j] = s.items[j], s.items[i] })
		for _, i := range s.items {
			wild.show(i)
			must(t, wild.hand(i))
			must(t, wild.sync())
		}
		for {
			err := wild.engine.Unsplit(t.Context(), storetest.Actor(wild.athlete), store.Reply{})
			if errors.Is(err, ingest.ErrOne) {
				break
			}
			must(t, err)
		}
		merged += records(s) - len(calm.told())
		if d := diff.Diff(calm.told(), wild.told()); d != "" {
			t.Fatalf("seed %d:\n%s", seed, d)
		}
		sighted(t, calm, wild)
	}
	if merged < 2*int(scenes) {
		t.Errorf("only %d records were told by others", merged)
	}
}

// sighted compares what each record tells.
func sighted(t *testing.T, calm, wild *party) {
	t.Helper()
	all := func(p *party) (texts []string) {
		told, err := p.db.Sightings(t.Context(), p.athlete.ID, store.Span{Start: 0, End: 40_000})
		must(t, err)
		for _, s := range told {
			texts = append(texts, fmt.Sprint(s.Told.Key(), s.Told.Name, s.Told.Start, s.Told.Distance))
		}
		slices.Sort(texts)
		return texts
	}
	if d := diff.Diff(all(calm), all(wild)); d != "" {
		t.Fatalf("sightings of %s:\n%s", wild.athlete.Name, d)
	}
}

func records(s *scene) (n int) {
	for _, i := range s.items {
		n += len(i.rows) + bytes.Count(i.file, []byte("<Id>"))
	}
	return n
}

// TestMergeIsAFunctionOfTheSet: the order of the records does not matter, nor
// what began at another time.
func TestMergeIsAFunctionOfTheSet(t *testing.T) {
	for seed := range uint64(300) {
		s := newScene(seed)
		var all []store.Activity
		for _, i := range s.items {
			for _, id := range slices.Sorted(maps.Keys(i.rows)) {
				a, err := decode.Garmin(1, []byte(i.rows[id]))
				must(t, err)
				a.Source = i.source
				all = append(all, a)
			}
		}
		want := ingest.Merge(all, nil)
		s.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if d := diff.Diff(want, ingest.Merge(all, nil)); d != "" {
			t.Fatalf("seed %d:\n%s", seed, d)
		}
		n := 0
		for _, w := range want {
			n += len(w.Told)
		}
		if n != len(all) {
			t.Fatalf("seed %d: %d of %d records are told", seed, n, len(all))
		}
	}
}
