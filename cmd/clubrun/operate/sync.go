package operate

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"clubrun/cmd/clubrun/house"
	"clubrun/store"
)

// syncJob is the name of the job that syncs.
const syncJob = "sync"

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
	s := syncing{d: d, c: c, total: len(people), failures: store.Failures{}}
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
	failures              store.Failures
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
		if err := s.glance(at, p); err != nil {
			return err
		}
		tally, err := s.d.House.Ingest.Sync(ctx, p.ID)
		s.sum = s.sum.Add(tally)
		if err != nil {
			s.failed++
			s.failures[house.ClassOf(err)]++
			said = "failed: " + err.Error()
			break
		}
		s.done++
		said = told(tally)
	}
	if s.json() {
		return nil
	}
	return s.c.note(at+1, s.total, p.Name+": "+said)
}

func (s *syncing) json() bool { return s.c.output == "json" }

func (s *syncing) glance(at int, p person) error {
	if s.json() {
		return nil
	}
	return s.c.glance(at, s.total, "reading "+p.Name)
}

// syncReport is what a sync did.
type syncReport struct {
	Members    int            `json:"members"` // read whole
	Skipped    int            `json:"skipped"` // not to be asked at present
	Failed     store.Failures `json:"failed"`  // members, by the class of what went wrong
	New        int            `json:"new"`
	Changed    int            `json:"changed"`
	Gone       int            `json:"gone"`
	Unreadable int            `json:"unreadable"`
	Files      int            `json:"files"`
	Health     int            `json:"health"` // days
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
		run.Result, run.Message = store.JobError, s.failures.String()
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
	err := s.print()
	if err == nil && s.failed > 0 {
		err = failure("clubrun members shows whose account needs something", "%d of %d members could not be synced", s.failed, s.failed+s.done+s.skipped)
	}
	return err
}

func (s *syncing) print() error {
	if t := s.sum; s.json() {
		return printJSON(s.c.out, []syncReport{{s.done, s.skipped, s.failures, t.New, t.Changed, t.Gone, t.Unreadable, t.Files, t.Health}})
	}
	text := fmt.Sprintf("Read %s: %s.\n", count(s.done, "member", "members"), told(s.sum))
	for _, line := range failedWords(s.failures) {
		text += "Failed: " + line + ".\n"
	}
	_, err := fmt.Fprint(s.c.out, text)
	return err
}

// failedWords says how many accounts failed in which way.
func failedWords(f store.Failures) (lines []string) {
	for _, class := range slices.Sorted(maps.Keys(f)) {
		lines = append(lines, fmt.Sprintf("%s %s", count(f[class], "member", "members"), house.ClassWords(class)))
	}
	return lines
}

// took writes how long something took, to the second.
func took(d time.Duration) string { return d.Round(time.Second).String() }
