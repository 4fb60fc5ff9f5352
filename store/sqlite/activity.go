package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"clubrun/store"
)

const activityColumns = `a.id, a.athlete, a.source, a.external, a.parent, a.name, a.sport, a.type, a.start, a.utc_offset,
	a.elapsed, a.timer, a.moving, a.distance, a.climb, a.calories, a.avg_hr, a.max_hr, a.moderate, a.vigorous,
	a.metrics, a.private, a.manual, a.race, a.record, a.synced, a.known, a.hidden, a.vouched, a.checksum,
	EXISTS (SELECT 1 FROM apart p WHERE p.athlete = a.athlete AND (p.source = a.source AND p.external = a.external
		OR p.other_source = a.source AND p.other_external = a.external))`

func scanActivity(row scanner) (store.Activity, error) {
	var a store.Activity
	var offset int
	var metrics string
	err := row.Scan(&a.ID, &a.Athlete, &a.Source, &a.External, &a.Parent, &a.Name, &a.Sport, &a.Type, instant{&a.Start}, &offset,
		seconds{&a.Elapsed}, seconds{&a.Timer}, seconds{&a.Moving}, &a.Distance, &a.Climb, &a.Calories, &a.AvgHR, &a.MaxHR,
		&a.Moderate, &a.Vigorous, &metrics, &a.Private, &a.Manual, &a.Race, &a.Record, instant{&a.Synced}, instant{&a.Known}, instant{&a.Hidden}, &a.Vouched, &a.Checksum, &a.Apart)
	if err != nil {
		return a, err
	}
	a.Local = a.Start
	if offset != 0 {
		a.Local = a.Start.In(time.FixedZone("", offset))
	}
	if metrics == "" {
		return a, nil
	}
	return a, json.Unmarshal([]byte(metrics), &a.Metrics)
}

// Keep stores a raw record together with the activities read from it: new
// ones are created, known ones (by athlete, source and external id) changed.
// A record with a Reason and no activities is kept for a better decoder. What
// other records may tell of, too, is for Reconcile.
func (db *DB) Keep(ctx context.Context, raw store.Raw, acts []store.Activity) (created int, err error) {
	return db.KeepAll(ctx, []store.Kept{{Raw: raw, Activities: acts}})
}

// KeepAll keeps many records, all or none.
func (db *DB) KeepAll(ctx context.Context, all []store.Kept) (created int, err error) {
	packs := make([]packedBody, len(all))
	for i, k := range all {
		for _, a := range k.Activities {
			if a.Athlete != k.Raw.Athlete {
				return 0, errors.New("keep: the activity is another athlete's")
			}
		}
		packs[i].packed, packs[i].body = db.pack(k.Raw.Body)
	}
	err = db.write(ctx, func(tx *tx) error {
		for i, k := range all {
			n, err := tx.keep(k, packs[i])
			if err != nil {
				return fmt.Errorf("keep %s %s %s: %w", k.Raw.Source, k.Raw.Kind, k.Raw.External, err)
			}
			created += n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return created, nil
}

// packedBody is a record's body as it goes to the disk.
type packedBody struct {
	packed bool
	body   []byte
}

func (t *tx) keep(k store.Kept, p packedBody) (created int, err error) {
	if err := t.saveRaw(k.Raw, p.packed, p.body); err != nil {
		return 0, err
	}
	for _, a := range k.Activities {
		fresh, err := t.saveActivity(a)
		if err != nil {
			return 0, err
		}
		if fresh {
			created++
		}
	}
	return created, nil
}

// saveActivity creates or changes the activity and says which. When it was
// first stored is not changed any more, nor whether it is hidden; a leg of what
// is hidden is hidden from the start.
func (t *tx) saveActivity(a store.Activity) (fresh bool, err error) {
	var before int
	err = t.row(`SELECT count(*) FROM activity WHERE athlete = ? AND source = ? AND external = ?`,
		[]any{a.Athlete, a.Source, a.External}, &before)
	if err != nil {
		return false, err
	}
	metrics, err := metricsText(a.Metrics)
	if err != nil {
		return false, err
	}
	local := moment(a.Local, a.Start.UTC())
	_, offset := local.Zone()
	err = t.exec(`INSERT INTO activity (athlete, source, external, parent, name, sport, type, start, utc_offset, local, day,
			elapsed, timer, moving, distance, climb, calories, avg_hr, max_hr, moderate, vigorous,
			metrics, private, manual, race, record, synced, known, checksum, hidden)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
			(SELECT hidden FROM activity WHERE athlete = ? AND source = ? AND external = ?))
		ON CONFLICT (athlete, source, external) DO UPDATE SET parent = excluded.parent, name = excluded.name,
			sport = excluded.sport, type = excluded.type, start = excluded.start, utc_offset = excluded.utc_offset,
			local = excluded.local, day = excluded.day, elapsed = excluded.elapsed, timer = excluded.timer,
			moving = excluded.moving, distance = excluded.distance, climb = excluded.climb, calories = excluded.calories,
			avg_hr = excluded.avg_hr, max_hr = excluded.max_hr, moderate = excluded.moderate, vigorous = excluded.vigorous,
			metrics = excluded.metrics, private = excluded.private, manual = excluded.manual, race = excluded.race,
			record = excluded.record, synced = excluded.synced, checksum = excluded.checksum`,
		a.Athlete, a.Source, a.External, a.Parent, a.Name, a.Sport, a.Type, stamp(a.Start), offset,
		local.Format(wallLayout), store.DayOf(local).String(),
		a.Elapsed.Seconds(), a.Timer.Seconds(), a.Moving.Seconds(), a.Distance, a.Climb, a.Calories, a.AvgHR, a.MaxHR,
		a.Moderate, a.Vigorous, metrics, a.Private, a.Manual, a.Race, a.Record, stamp(moment(a.Synced, t.at)), stamp(moment(a.Known, t.at)), a.Checksum,
		a.Athlete, a.Source, a.Parent)
	return before == 0, err
}

// metricsText is empty for no metrics.
func metricsText(m store.Metrics) (string, error) {
	if reflect.ValueOf(m).IsZero() {
		return "", nil
	}
	text, err := json.Marshal(m)
	return string(text), err
}

// Activities returns what the athlete did in the span, in the order of local
// start and id.
func (db *DB) Activities(ctx context.Context, athlete int64, span store.Span) ([]store.Activity, error) {
	return list(ctx, db.reader, scanActivity, `SELECT `+activityColumns+` FROM activity a
		WHERE a.athlete = ? AND a.day >= ? AND a.day < ? ORDER BY a.local, a.id`,
		athlete, span.Start.String(), span.End.String())
}

// GroupActivities returns what the members who agreed to be shown in the group
// did in the span, in the order of local start and id.
func (db *DB) GroupActivities(ctx context.Context, group int64, span store.Span) ([]store.Activity, error) {
	return list(ctx, db.reader, scanActivity, `SELECT `+activityColumns+` FROM membership m
		JOIN activity a ON a.athlete = m.athlete
		WHERE m.chatgroup = ? AND a.day >= ? AND a.day < ? ORDER BY a.local, a.id`,
		group, span.Start.String(), span.End.String())
}
