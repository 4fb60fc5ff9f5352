package operate

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"clubrun/store"
)

// syncNow reads new activities of everybody, or of one member.
func syncNow(ctx context.Context, d *Desk, c *Call) error {
	if d.House == nil {
		return Nobody("the data folder")
	}
	people, err := d.toSync(ctx, c)
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
	s := syncing{d: d, c: c}
	for _, p := range people {
		if err = s.one(ctx, p); err != nil {
			break
		}
	}
	return errors.Join(err, d.DB.EndJob(context.WithoutCancel(ctx), s.ended(run)), s.summary(ctx))
}

// toSync returns the linked member that is named, or all of them.
func (d *Desk) toSync(ctx context.Context, c *Call) ([]person, error) {
	people, err := d.people(ctx)
	if err != nil {
		return nil, err
	}
	var linked []person
	for _, p := range people {
		if p.account.ID != 0 {
			linked = append(linked, p)
		}
	}
	if c.member == "" {
		return linked, nil
	}
	a, err := d.findMember(ctx, strings.Join(named(c.member, c.args), " "))
	if err != nil {
		return nil, err
	}
	for _, p := range linked {
		if p.ID == a.ID {
			return []person{p}, nil
		}
	}
	return nil, failure("members link an account by writing /link to the bot", "%s has linked no account", plain(a.Name))
}

// syncing is one sync while it goes on.
type syncing struct {
	d                     *Desk
	c                     *Call
	sum                   store.Tally
	done, skipped, failed int
}

// one syncs somebody and prints a line; its error means that nobody listens.
func (s *syncing) one(ctx context.Context, p person) error {
	said := ""
	switch state := p.account.State; {
	case ctx.Err() != nil:
		return ctx.Err()
	case state == store.AccountSignedOut, state == store.AccountCooling && s.d.Now().Before(p.account.Until):
		s.skipped++
		said = "skipped: " + s.d.stateWords(p)
	default:
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
	_, err := fmt.Fprintf(s.c.out, "%s: %s\n", plain(p.Name), plain(said))
	return err
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
