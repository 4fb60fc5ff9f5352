package schedule

import (
	"context"
	"fmt"
	"strings"
	"time"

	"clubrun/store"

	"github.com/robfig/cron/v3"
	"github.com/rs/zerolog"
)

// Outcome is what a job run did.
type Outcome struct {
	Processed  int
	Downloaded int
	Failed     int
	Message    string
	// Failures are the accounts that failed, and Whole those that did not: of
	// jobs that go through accounts.
	Failures store.Failures
	Whole    int
}

// partly says whether some of what failed went well.
func (o Outcome) partly() bool {
	if o.Failures != nil {
		return o.Whole > 0
	}
	return o.Processed > o.Failed
}

// Job is something that is done again and again.
type Job struct {
	Name string
	When cron.Schedule
	Run  func(ctx context.Context) (Outcome, error)
	// Quiet leaves no row of a run that had nothing to do and nothing to tell.
	Quiet bool
}

// Rows keep the job runs.
type Rows interface {
	StartJob(ctx context.Context, j store.JobRun) (int64, error)
	EndJob(ctx context.Context, j store.JobRun) error
}

// Runner runs jobs. Each waits for itself alone: a slow one delays no other.
type Runner struct {
	Jobs []Job
	Rows Rows
	Now  func() time.Time
	Zone *time.Location // of cron lines of jobs
	Log  zerolog.Logger
}

// Run starts the jobs and returns when ctx has ended and no job runs. A job
// that is still running when its time comes again is left to finish.
func (r *Runner) Run(ctx context.Context) error {
	clock := cron.New(cron.WithLocation(r.Zone), cron.WithLogger(cron.DiscardLogger))
	for _, j := range r.Jobs {
		clock.Schedule(j.When, cron.NewChain(cron.SkipIfStillRunning(cron.DiscardLogger)).Then(cron.FuncJob(func() { r.once(ctx, j) })))
	}
	// What fell due while nobody was there is dealt with at once.
	for _, j := range r.Jobs {
		if j.Quiet {
			r.once(ctx, j)
		}
	}
	clock.Start()
	<-ctx.Done()
	<-clock.Stop().Done()
	return nil
}

// once runs a job and survives its panic.
func (r *Runner) once(ctx context.Context, j Job) {
	if ctx.Err() != nil {
		return
	}
	start := r.Now()
	ctx = store.WithCause(ctx, store.JobCause(j.Name, start))
	out, err := guarded(ctx, j.Run)
	if err != nil && ctx.Err() == nil {
		r.Log.Error().Ctx(ctx).Err(err).Str("job", j.Name).Msg("job failed")
	}
	if j.Quiet && err == nil && out.Processed == 0 && out.Message == "" {
		return
	}
	r.Log.Info().Ctx(ctx).Str("job", j.Name).Int("processed", out.Processed).Int("downloaded", out.Downloaded).
		Dur("took", r.Now().Sub(start)).Msg("job ended")
	if err := r.keep(context.WithoutCancel(ctx), j.Name, start, out, err); err != nil {
		r.Log.Error().Ctx(ctx).Err(err).Str("job", j.Name).Msg("job run not kept")
	}
}

func guarded(ctx context.Context, run func(context.Context) (Outcome, error)) (out Outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return run(ctx)
}

func (r *Runner) keep(ctx context.Context, name string, start time.Time, out Outcome, cause error) error {
	row := store.JobRun{
		Operation: name, Start: start, Result: store.JobSuccess,
		Message: out.Message, Processed: out.Processed, Downloaded: out.Downloaded, Cause: store.CauseOf(ctx),
	}
	if cause != nil {
		row.Result, row.Message = store.JobError, cause.Error()
		if out.partly() {
			row.Result = store.JobPartial
		}
	}
	if out.Failures != nil {
		row.Message = strings.TrimSuffix(out.Failures.String()+"; "+out.Message, "; ")
	}
	id, err := r.Rows.StartJob(ctx, row)
	if err != nil {
		return err
	}
	row.ID, row.End = id, r.Now()
	return r.Rows.EndJob(ctx, row)
}

// every comes each period, some time after its round moments: at full hours
// and minutes digests are due.
type every struct{ period, after time.Duration }

// Every returns a schedule for jobs that may run at any time.
func Every(period time.Duration) cron.Schedule {
	const after = 23*time.Minute + 30*time.Second
	return every{period, after % period}
}

// Next returns the first moment after t.
func (e every) Next(t time.Time) time.Time {
	return t.Add(-e.after).Truncate(e.period).Add(e.period + e.after)
}

// When reads how often a job runs: a duration such as 1h, or a cron line.
func When(s string) (cron.Schedule, error) {
	if d, err := time.ParseDuration(s); err == nil && d >= time.Minute {
		return Every(d), nil
	}
	line, err := cron.ParseStandard(s)
	if err != nil {
		return nil, fmt.Errorf("%q is neither a duration of a minute or more, such as 1h, nor a cron line: %w", s, err)
	}
	return line, nil
}
