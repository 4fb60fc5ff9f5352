package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"clubrun/garmin/ingest"
)

func TestFailuresAreTakenApartByAthlete(t *testing.T) {
	lost := errors.Join(errors.New("list"), errors.New("files"))
	of, other := ingest.Failures(errors.Join(&ingest.Failure{Athlete: 2, Err: lost}, context.Canceled, errors.Join(&ingest.Failure{Athlete: 5, Err: lost})))
	if len(of) != 2 || of[0].Athlete != 2 || of[1].Athlete != 5 || len(other) != 1 || !errors.Is(other[0], context.Canceled) {
		t.Errorf("%v and %v", of, other)
	}
	if of, other := ingest.Failures(fmt.Errorf("sync: %w", lost)); of != nil || len(other) != 1 {
		t.Errorf("%v and %v", of, other)
	}
	if of, other := ingest.Failures(nil); of != nil || other != nil {
		t.Errorf("%v and %v", of, other)
	}
}
