package operate

import (
	"context"
	"errors"
	"fmt"

	"clubrun/cmd/clubrun/house"
	"clubrun/digest/locale"
	"clubrun/garmin/ingest"
	"clubrun/store"
)

// patience is how many files of one member may fail in a row.
const patience = 3

// downloadMissing fetches the activity files that are not here.
func downloadMissing(ctx context.Context, d *Desk, c *Call) error {
	if d.House == nil {
		return Nobody("the data folder")
	}
	if d.House.Settings.KeepFiles == house.FilesNone {
		return failure("set KEEP_FILES to asked, and members write /files on", "this instance keeps no activity files (KEEP_FILES is none)")
	}
	span, err := d.span(c)
	if err != nil {
		return err
	}
	people, err := d.chosen(ctx, c)
	if err == nil {
		people, err = linkedOf(people, c)
	}
	if err != nil {
		return err
	}
	l := &downloading{d: d, c: c}
	if err := l.plan(ctx, people, span); err != nil {
		return err
	}
	run := store.JobRun{Operation: "download", Start: d.Now(), Cause: store.JobCause("download", d.Now())}
	ctx = store.WithCause(ctx, run.Cause)
	if run.ID, err = d.DB.StartJob(ctx, run); err != nil {
		return err
	}
	for _, o := range l.orders {
		if err = l.member(ctx, o); err != nil {
			break
		}
	}
	return errors.Join(err, d.DB.EndJob(context.WithoutCancel(ctx), l.ended(run)), l.summary(ctx))
}

// downloading is one download while it goes on.
type downloading struct {
	d      *Desk
	c      *Call
	orders []order

	done, total          int // activities
	kept, none, failed   int // files
	bytes                int64
	out, halted, fetched int // members: left out, not finished, of whom a file came
}

// order is what is missing of one member.
type order struct {
	person
	missing []store.Activity
}

// plan looks what is missing, of members who agreed that it is kept.
func (l *downloading) plan(ctx context.Context, people []person, span store.Span) error {
	for _, p := range people {
		if !p.Prefs.Files {
			l.out++
			if err := l.c.note(0, 0, p.Name+": left out, has not agreed that files are kept"+l.agreeing()); err != nil {
				return err
			}
			continue
		}
		missing, err := l.d.House.Ingest.Missing(ctx, p.ID, l.c.format, span)
		if err != nil {
			return err
		}
		l.total += len(missing)
		l.orders = append(l.orders, order{p, missing})
	}
	return nil
}

// agreeing says how a member agrees.
func (l *downloading) agreeing() string {
	if l.d.House.Settings.KeepFiles == house.FilesAll {
		return " (terms that say so are agreed to with /join or /files on)"
	}
	return " (/files on)"
}

// member fetches what is missing of one member. Its error means that nobody
// listens any more; what keeps the member from going on is told.
func (l *downloading) member(ctx context.Context, o order) error {
	if len(o.missing) == 0 {
		return l.c.step(l.done, l.total, o.Name+": nothing is missing")
	}
	before, bad := l.kept, 0
	for i, a := range o.missing {
		f, err := l.fetch(ctx, o, a)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil && f.State == store.FileFailed {
			bad++
			err = errors.New("three files failed one after another")
			if bad < patience {
				err = nil
			}
		} else if err == nil {
			bad = 0
		}
		if err != nil {
			l.halted++
			left := len(o.missing) - i
			if bad > 0 {
				left-- // the last one was asked for, and failed
			}
			l.done += len(o.missing) - i - 1
			if err := l.c.note(l.done, l.total, fmt.Sprintf("%s: stopped with %s left: %s", o.Name, count(left, "file", "files"), l.halt(ctx, o, err))); err != nil {
				return err
			}
			break
		}
	}
	if l.kept > before {
		l.fetched++
	}
	return nil
}

// fetch fetches one file and shows how that went.
func (l *downloading) fetch(ctx context.Context, o order, a store.Activity) (store.File, error) {
	if err := l.c.glance(l.done, l.total, l.title(o, a)); err != nil {
		return store.File{}, err
	}
	f, err := l.d.House.Ingest.Fetch(ctx, a, l.c.format)
	l.done++
	if err != nil {
		return f, err
	}
	show, said := l.c.step, ""
	switch f.State {
	case store.FileKept:
		l.kept++
		l.bytes += f.Size
		said = fmt.Sprintf("%s, %s", f.Format, size(f.Size))
		if f.Reason != "" {
			show, said = l.c.note, said+", "+f.Reason
		}
	case store.FileNone:
		l.none++
		said = "none: " + f.Reason
	default:
		l.failed++
		show, said = l.c.note, "failed: "+f.Reason
	}
	if !f.Retry.IsZero() {
		said += ", again from " + l.d.clock(f.Retry)
	}
	return f, show(l.done, l.total, l.title(o, a)+": "+said)
}

func (l *downloading) title(o order, a store.Activity) string {
	english := locale.For("en", store.Kilometres)
	text := fmt.Sprintf("%s %s %s", o.Name, a.Local.Format("2006-01-02 15:04"), either(a.Type, string(a.Sport)))
	if a.Distance > 0 {
		text += " " + english.Distance(a.Distance, a.Sport)
	}
	return text
}

// halt says why a member's files are not fetched any further.
func (l *downloading) halt(ctx context.Context, o order, err error) string {
	if errors.Is(err, ingest.ErrNotAgreed) {
		return "files are not wanted any more"
	}
	people, failed := l.d.people(ctx)
	for _, p := range people {
		if failed == nil && p.ID == o.ID && l.d.resting(p) {
			return "the account " + l.d.stateWords(p)
		}
	}
	return err.Error()
}

func (l *downloading) ended(run store.JobRun) store.JobRun {
	run.End, run.Result, run.Processed, run.Downloaded = l.d.Now(), store.JobSuccess, l.done, l.kept
	if l.halted+l.failed > 0 {
		run.Result, run.Message = store.JobPartial, count(l.failed, "file failed", "files failed")
	}
	if l.halted > 0 {
		run.Message += ", " + count(l.halted, "member", "members") + " not finished"
	}
	if l.halted+l.failed > 0 && l.kept == 0 {
		run.Result = store.JobError
	}
	return run
}

func (l *downloading) summary(ctx context.Context) error {
	if ctx.Err() != nil {
		return nil //nolint:nilerr // who asked is gone, and hears no summary
	}
	text := "Fetched nothing"
	if l.kept > 0 {
		text = fmt.Sprintf("Fetched %s of %s, %s", count(l.kept, "file", "files"), count(l.fetched, "member", "members"), size(l.bytes))
	}
	for _, more := range []struct {
		n         int
		one, many string
	}{
		{l.none, "activity has none", "activities have none"},
		{l.failed, "failed", "failed"},
		{l.out, "member left out", "members left out"},
	} {
		if more.n > 0 {
			text += "; " + count(more.n, more.one, more.many)
		}
	}
	_, err := fmt.Fprintln(l.c.out, text+".")
	if err == nil && l.halted+l.failed > 0 {
		err = failure("run it again later: what is here is not fetched twice", "not every file could be fetched")
	}
	return err
}

// size writes bytes as people read them.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.0f kB", float64(n)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1_000_000)
}
