package house

import (
	"clubrun/store"

	"github.com/rs/zerolog"
)

// causes writes into every line of the log that was written under a context
// what caused it: the field cause is the id that rows and apologies have, too;
// within is the id of what that happened in, such as the run of a job.
type causes struct{}

// Run adds the fields.
func (causes) Run(e *zerolog.Event, _ zerolog.Level, _ string) {
	ctx := e.GetCtx()
	if c := store.CauseOf(ctx); c != "" {
		e.Str("cause", c)
	}
	if c := store.OuterCause(ctx); c != "" {
		e.Str("within", c)
	}
}
