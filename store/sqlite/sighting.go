package sqlite

import (
	"context"
	"encoding/json"
	"time"

	"clubrun/store"
)

// told is what one record tells, and the row that shows it.
type told struct {
	store.Activity
	row     int64
	sighted bool   // it is a sighting: several tell of the row
	text    string // of a sighting, as it is kept
}

// toldText is how a sighting is kept: as a record tells it, without what only a
// row has. The offset of the place is apart, for JSON knows none beyond a day.
type toldText struct {
	store.Activity
	ID      *int64     `json:",omitempty"`
	Hidden  *time.Time `json:",omitempty"`
	Vouched *bool      `json:",omitempty"`
	Apart   *bool      `json:",omitempty"`
	Local   int        // seconds east of UTC
}

// plainly returns an activity as a row keeps it, without what only a row has:
// the same whether it comes from a row, from a sighting or from its source.
func plainly(a store.Activity) store.Activity {
	local := moment(a.Local, a.Start.UTC())
	_, east := local.Zone()
	a.Start = a.Start.UTC().Truncate(time.Millisecond)
	a.Local = a.Start
	if east != 0 {
		a.Local = a.Start.In(time.FixedZone("", east))
	}
	a.Elapsed, a.Timer, a.Moving = whole(a.Elapsed), whole(a.Timer), whole(a.Moving)
	a.Synced, a.Known = a.Synced.UTC().Truncate(time.Millisecond), a.Known.UTC().Truncate(time.Millisecond)
	a.ID, a.Hidden, a.Vouched, a.Apart = 0, time.Time{}, false, false
	return a
}

// whole is a duration as a row keeps it.
func whole(d time.Duration) (kept time.Duration) {
	_ = seconds{&kept}.Scan(d.Seconds()) // fails for what is no number only
	return kept
}

// textOf writes a sighting. Equal texts tell the same.
func textOf(a store.Activity) (string, error) {
	a = plainly(a)
	_, east := a.Local.Zone()
	text, err := json.Marshal(toldText{Activity: a, Local: east})
	return string(text), err
}

func scanSighting(row scanner) (told, error) {
	t := told{sighted: true}
	if err := row.Scan(&t.row, &t.text); err != nil {
		return t, err
	}
	var kept toldText
	if err := json.Unmarshal([]byte(t.text), &kept); err != nil {
		return t, err
	}
	t.Activity = kept.Activity
	t.Local = t.Start.In(time.FixedZone("", kept.Local))
	t.Activity = plainly(t.Activity)
	return t, nil
}

func scanAlone(row scanner) (told, error) {
	a, err := scanActivity(row)
	return told{Activity: plainly(a), row: a.ID}, err
}

const (
	fromSightings   = `SELECT a.activity, a.told FROM sighting a `
	selectSightings = fromSightings + ofAthlete
	ofAthlete       = `WHERE a.athlete = :athlete AND `
	selectAlone     = `SELECT ` + activityColumns + ` FROM activity a WHERE a.athlete = :athlete
		AND NOT EXISTS (SELECT 1 FROM sighting s WHERE s.activity = a.id) AND `
)

// Told returns what each record of a source tells of what began in the span, in
// the order of their ids there, with the id of the row that shows it.
func (db *DB) Told(ctx context.Context, athlete int64, source string, span store.Span) ([]store.Sighting, error) {
	args := named(athlete, "source", source, "from", stamp(span.Start.In(time.UTC).AddDate(0, 0, -2)), "to", stamp(span.End.In(time.UTC).AddDate(0, 0, 2)))
	const there = `a.source = :source AND a.start >= :from AND a.start < :to ORDER BY a.external`
	alone, err := list(ctx, db.reader, scanAlone, selectAlone+there, args...)
	if err != nil {
		return nil, err
	}
	sighted, err := list(ctx, db.reader, scanSighting, selectSightings+there, args...)
	if err != nil {
		return nil, err
	}
	var all []store.Sighting
	for _, t := range append(alone, sighted...) {
		if span.Contains(t.Day()) {
			all = append(all, store.Sighting{Activity: t.row, Told: t.Activity})
		}
	}
	return all, nil
}

// Sightings returns what each record tells of those activities of the athlete
// that began in the span and of which several tell, in the order of the
// activities' ids.
func (db *DB) Sightings(ctx context.Context, athlete int64, span store.Span) ([]store.Sighting, error) {
	all, err := list(ctx, db.reader, scanSighting, `SELECT s.activity, s.told FROM activity a JOIN sighting s ON s.activity = a.id
		WHERE a.athlete = ? AND a.day >= ? AND a.day < ? ORDER BY s.activity, s.source, s.external`,
		athlete, span.Start.String(), span.End.String())
	var sightings []store.Sighting
	for _, t := range all {
		sightings = append(sightings, store.Sighting{Activity: t.row, Told: t.Activity})
	}
	return sightings, err
}

// Apart returns the records of which the athlete says that they are workouts of
// their own, what was said last first.
func (db *DB) Apart(ctx context.Context, athlete int64) ([]store.Apart, error) {
	return apart(ctx, db.reader, athlete)
}

func apart(ctx context.Context, q queryer, athlete int64) ([]store.Apart, error) {
	return list(ctx, q, scanApart, `SELECT source, external, other_source, other_external, since FROM apart WHERE athlete = ?
		ORDER BY since DESC, source, external, other_source, other_external`, athlete)
}

func scanApart(row scanner) (store.Apart, error) {
	var p store.Apart
	err := row.Scan(&p.A.Source, &p.A.External, &p.B.Source, &p.B.External, instant{&p.Since})
	return p, err
}
