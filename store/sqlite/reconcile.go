package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"clubrun/store"
)

// Reconcile makes a change of an athlete's records, and whatever follows from
// it: which of them are one workout is asked anew of merge, for those alone on
// which the change has a bearing, and what is told otherwise is written. All of
// it is kept, or nothing. An activity keeps its id, of several that become one
// the lowest; what hangs on the others moves to it, and what was hidden stays
// hidden.
func (db *DB) Reconcile(ctx context.Context, c store.Change, merge store.Merge) (store.Changed, error) {
	packs := make([]packedBody, len(c.Kept))
	for i, k := range c.Kept {
		if k.Raw.Athlete != c.Athlete || slices.ContainsFunc(k.Activities, func(a store.Activity) bool { return a.Athlete != c.Athlete }) {
			return store.Changed{}, errors.New("reconcile: the record is another athlete's")
		}
		packs[i].packed, packs[i].body = db.pack(k.Raw.Body)
	}
	var changed store.Changed
	err := db.reply(ctx, c.Reply, func(tx *tx) (err error) {
		for i, k := range c.Kept {
			if err := tx.saveRaw(k.Raw, packs[i].packed, packs[i].body); err != nil {
				return fmt.Errorf("keep %s %s %s: %w", k.Raw.Source, k.Raw.Kind, k.Raw.External, err)
			}
		}
		changed, err = tx.reconcile(c, merge)
		return err
	})
	if err != nil {
		return store.Changed{}, fmt.Errorf("reconcile: %w", err)
	}
	return changed, nil
}

// reconcile is Reconcile within a transaction, but for the raw records.
func (t *tx) reconcile(c store.Change, merge store.Merge) (store.Changed, error) {
	var coming []store.Activity
	for _, k := range c.Kept {
		for _, a := range k.Activities {
			a.Synced, a.Known = moment(a.Synced, t.at), moment(a.Known, t.at)
			coming = append(coming, plainly(a))
		}
	}
	meant := slices.Clone(coming)
	about := append(slices.Concat(c.Part...), c.Gone...)
	for _, p := range c.Join {
		about = append(about, p.A, p.B)
	}
	for _, r := range about {
		meant = append(meant, store.Activity{Source: r.Source, External: r.External})
	}
	if len(meant) == 0 {
		return store.Changed{}, nil
	}
	n, err := t.nearby(c.Athlete, c.Sources)
	if err != nil {
		return store.Changed{}, err
	}
	if err := n.grow(meant); err != nil {
		return store.Changed{}, err
	}
	if len(coming) > 0 && len(n.records)+len(coming) > crowdMost {
		return store.Changed{}, store.ErrCrowded
	}
	if err := errors.Join(t.gone(c, n.records), t.parted(c), t.joined(c)); err != nil {
		return store.Changed{}, err
	}
	now := changedBy(n.records, coming, c.Gone)
	pairs, err := apart(t.ctx, t.sql, c.Athlete)
	if err != nil {
		return store.Changed{}, err
	}
	w := rewriting{tx: t, athlete: c.Athlete, before: n.records}
	return w.write(merge(now, pairs))
}

// changedBy returns what is told after a change.
func changedBy(before map[store.Record]told, coming []store.Activity, gone []store.Record) []store.Activity {
	after := map[store.Record]store.Activity{}
	for key, was := range before {
		lost := slices.ContainsFunc(gone, func(r store.Record) bool {
			return r == key || r.Source == key.Source && r.External == was.Parent
		})
		if !lost {
			after[key] = was.Activity
		}
	}
	for _, a := range coming {
		if was, ok := before[a.Key()]; ok {
			a.Known = was.Known
		}
		after[a.Key()] = a
	}
	all := make([]store.Activity, 0, len(after))
	for _, a := range after {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b store.Activity) int { return compareKeys(a.Key(), b.Key()) })
	return all
}

// gone forgets the raw records of what is no more.
func (t *tx) gone(c store.Change, before map[store.Record]told) error {
	for _, r := range c.Gone {
		had := false
		for key, was := range before {
			if key.Source != r.Source || key != r && was.Parent != r.External {
				continue
			}
			had = true
			if err := t.exec(`DELETE FROM raw WHERE athlete = ? AND source = ? AND external = ?`, c.Athlete, key.Source, key.External); err != nil {
				return err
			}
		}
		if err := t.exec(`DELETE FROM raw WHERE athlete = ? AND source = ? AND external = ?`, c.Athlete, r.Source, r.External); err != nil {
			return err
		}
		if had {
			if err := t.audit(store.Actor{}, "activity.drop", athleteSubject(c.Athlete), c.Reason); err != nil {
				return err
			}
		}
	}
	return nil
}

// parted notes which records are workouts of their own.
func (t *tx) parted(c store.Change) error {
	for i, unit := range c.Part {
		for _, a := range unit {
			for _, b := range slices.Concat(c.Part[i+1:]...) {
				if err := t.part(c.Athlete, a, b); err != nil {
					return err
				}
			}
		}
	}
	if len(c.Part) == 0 {
		return nil
	}
	return t.audit(c.By, "activity.split", athleteSubject(c.Athlete), "")
}

func (t *tx) part(athlete int64, a, b store.Record) error {
	if compareKeys(a, b) > 0 {
		a, b = b, a
	}
	return t.exec(`INSERT INTO apart (athlete, source, external, other_source, other_external, since) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, athlete, a.Source, a.External, b.Source, b.External, stamp(t.at))
}

// joined forgets that records are workouts of their own.
func (t *tx) joined(c store.Change) error {
	for _, p := range c.Join {
		err := t.exec(`DELETE FROM apart WHERE athlete = ? AND source = ? AND external = ? AND other_source = ? AND other_external = ?`,
			c.Athlete, p.A.Source, p.A.External, p.B.Source, p.B.External)
		if err != nil {
			return err
		}
	}
	if len(c.Join) == 0 {
		return nil
	}
	return t.audit(c.By, "activity.join", athleteSubject(c.Athlete), "")
}
