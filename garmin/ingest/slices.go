package ingest

import (
	"context"

	"clubrun/store"
)

// slice is how many days are listed at once. A year is six lists: none is so
// long that a slow answer brings nothing, and what is kept of one needs not be
// asked for again. The oldest may be half as long again, so that no short one is
// left over.
const (
	slice     = 61
	sliceMost = slice + slice/2
)

// slices cuts the days to list, newest first, so that this week is there before
// last winter. Neighbours share a day, for what is edited meanwhile. A backfill
// that was broken off goes on where it was: the newest days are listed again,
// for what came since, and then those from one slice after the oldest day that
// it has kept, for that slice may not have been kept whole.
func (r *run) slices(ctx context.Context) (all []store.Span, err error) {
	end := r.span.End
	for end-r.span.Start > sliceMost {
		all = append(all, store.Span{Start: end - slice, End: end})
		end -= slice - 1
		if len(all) > 1 {
			continue
		}
		reached, err := r.reached(ctx)
		if err != nil {
			return nil, err
		}
		if on := reached + sliceMost; on < end {
			r.skipped = store.Span{Start: on, End: end - 1}
			end = on
		}
	}
	return append(all, store.Span{Start: r.span.Start, End: end}), nil
}

// reached is the oldest day of which a record was kept since the account was
// linked, while no sync since has come to its end; else that after the span.
func (r *run) reached(ctx context.Context) (store.Day, error) {
	acc, err := r.Store.Account(ctx, r.athlete.ID, r.feed.Name)
	if err != nil {
		return 0, err
	}
	day := r.span.End
	if !acc.Linked.After(r.athlete.LastSync) {
		return day, nil
	}
	for _, a := range r.told {
		if !a.Synced.Before(acc.Linked) {
			day = min(day, a.Day())
		}
	}
	return day, nil
}
