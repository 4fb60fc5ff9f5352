package schedule_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/schedule"
	"clubrun/store"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

func TestARunKeepsWhatFailedByClass(t *testing.T) {
	for name, c := range map[string]struct {
		out     schedule.Outcome
		result  store.JobResult
		message string
	}{
		"some":  {schedule.Outcome{Failures: store.Failures{"service": 2, "network": 1}, Whole: 3}, store.JobPartial, "network 1, service 2"},
		"all":   {schedule.Outcome{Processed: 9, Failures: store.Failures{"service": 2}}, store.JobError, "service 2"},
		"more":  {schedule.Outcome{Failures: store.Failures{"service": 2}, Message: "races: disk full"}, store.JobError, "service 2; races: disk full"},
		"other": {schedule.Outcome{}, store.JobError, "list: long story"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				db := storetest.Open(t)
				r := &schedule.Runner{Rows: db, Now: time.Now, Zone: time.UTC, Log: zerolog.Nop(), Jobs: []schedule.Job{
					{Name: "sync", When: schedule.Every(time.Hour), Run: func(context.Context) (schedule.Outcome, error) {
						return c.out, errors.New("list: long story")
					}},
				}}
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan error, 1)
				go func() { ended <- r.Run(ctx) }()
				time.Sleep(time.Hour)
				synctest.Wait()
				cancel()
				if err := <-ended; err != nil {
					t.Error(err)
				}
				jobs, err := db.Jobs(t.Context(), 2)
				if err != nil || len(jobs) != 1 || jobs[0].Result != c.result || jobs[0].Message != c.message {
					t.Errorf("%+v, %v", jobs, err)
				}
			})
		})
	}
}
