package operate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/store"
)

// syncNow reads new activities of everybody, or of one member.
func syncNow(ctx context.Context, d *Desk, c *Call) error {
	if d.House == nil {
		return Nobody("the data folder")
	}
	people, err := d.chosen(ctx, c)
	if err == nil {
		people, err = linkedOf(people, c)
	}
	if err != nil {
		return err
	}
	if len(people) == 0 {
		_, err := fmt.Fprintln(c.out, "Nobody has linked an account yet.")
		return err
	}
	start := d.Now()
	run := store.JobRun{Operation: syncJob, Start: start, Cause: store.JobCause(syncJob, start)}
	ctx = store.WithCause(ctx, run.Cause)
	if run.ID, err = d.DB.StartJob(ctx, run); err != nil {
		return err
	}
	s := syncing{d: d, c: c, total: len(people)}
	for i, p := range people {
		if err = s.one(ctx, i, p); err != nil {
			break
		}
	}
	return errors.Join(err, d.DB.EndJob(context.WithoutCancel(ctx), s.ended(run)), s.summary(ctx))
}

// syncing is one sync while it goes on.
type syncing struct {
	d                     *Desk
	c                     *Call
	sum                   store.Tally
	total                 int // members
	done, skipped, failed int
}

// one syncs somebody and prints a line; its error means that nobody listens.
func (s *syncing) one(ctx context.Context, at int, p person) error {
	said := ""
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case s.d.resting(p):
		s.skipped++
		said = "skipped: " + s.d.stateWords(p)
	default:
		if err := s.c.glance(at, s.total, "reading "+p.Name); err != nil {
			return err
		}
		tally, err := s.d.House.Ingest.Sync(ctx, p.ID)
		s.sum = s.sum.Add(tally)
		if err != nil {
			s.failed++
			said = "failed: " + err.Error()
			break
		}
		s.done++
		said = told(tally)
	}
	return s.c.note(at+1, s.total, p.Name+": "+said)
}

// told says what a sync found.
func told(t store.Tally) string {
	text := fmt.Sprintf("%d new", t.New)
	for _, more := range []struct {
		n    int
		word string
	}{{t.Changed, "changed"}, {t.Gone, "deleted"}, {t.Unreadable, "unreadable"}} {
		if more.n > 0 {
			text += fmt.Sprintf(", %d %s", more.n, more.word)
		}
	}
	if t.Files > 0 {
		text += ", " + count(t.Files, "file", "files")
	}
	if t.Health > 0 {
		text += ", " + count(t.Health, "day", "days") + " of health"
	}
	return text
}

func (s *syncing) ended(run store.JobRun) store.JobRun {
	run.End, run.Result = s.d.Now(), store.JobSuccess
	run.Processed, run.Downloaded = s.sum.Listed, s.sum.Files
	if s.failed > 0 {
		run.Result, run.Message = store.JobError, fmt.Sprintf("%d failed", s.failed)
	}
	if s.failed > 0 && s.done > 0 {
		run.Result = store.JobPartial
	}
	return run
}

func (s *syncing) summary(ctx context.Context) error {
	if ctx.Err() != nil {
		return nil //nolint:nilerr // who asked is gone, and hears no summary
	}
	_, err := fmt.Fprintf(s.c.out, "Read %s: %s.\n", count(s.done, "member", "members"), told(s.sum))
	if err == nil && s.failed > 0 {
		err = failure("clubrun members shows whose account needs something", "%d of %d members could not be synced", s.failed, s.failed+s.done+s.skipped)
	}
	return err
}

// took writes how long something took, to the second.
func took(d time.Duration) string { return d.Round(time.Second).String() }
