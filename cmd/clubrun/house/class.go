package house

import (
	"context"
	"errors"

	"clubrun/garmin"
	"clubrun/garmin/ingest"
	"clubrun/store"
)

// Class is a class of what can go wrong with an account, as job runs and
// metrics name it, and what follows from it.
type Class struct {
	Name  string // label of a metric, and word of a job run
	Words string // for the operator, behind a number of accounts
	Retry bool   // the bot tries again by itself
	// Told is what a member hears whose sign-in ends with it, where the kind of
	// the error asks for nothing more special.
	Told store.RefusalKind
}

// The classes that are none of Garmin's.
const (
	unfinished = "unfinished" // the account's turn was over
	internal   = "internal"   // the bot's own
)

// fine is the label of what went well.
const fine = "ok"

// AllClasses is the one table of what follows from a class, in the order in
// which they are told.
func AllClasses() []Class {
	garmins := map[garmin.Class]Class{
		garmin.Authentication: {Words: "must sign in again", Told: store.RefusedPassword},
		garmin.RateLimit:      {Words: "limited by Garmin for a while", Told: store.RefusedRate},
		garmin.NoNetwork:      {Words: "without an answer from Garmin", Told: store.RefusedDown},
		garmin.DataIntegrity:  {Words: "with an answer that nobody understands", Told: store.RefusedDown},
		garmin.ServiceDown:    {Words: "turned away by an outage or a firewall at Garmin", Told: store.RefusedDown},
	}
	var all []Class
	for _, class := range garmin.Classes() {
		c := garmins[class]
		c.Name, c.Retry = string(class), class.Retry()
		all = append(all, c)
	}
	return append(all,
		Class{Name: unfinished, Words: "not finished in their time, to go on next time", Retry: true, Told: store.RefusedDown},
		Class{Name: internal, Words: "stopped by a fault of the bot's own", Retry: true, Told: store.RefusedDown})
}

// ClassWords returns the words for a class, or its name where it is unknown.
func ClassWords(name string) string {
	for _, c := range AllClasses() {
		if c.Name == name {
			return c.Words
		}
	}
	return name
}

// LabelOf returns the name of a class of Garmin's, "ok" for none.
func LabelOf(class garmin.Class) string {
	if class == "" {
		return fine
	}
	return string(class)
}

// ClassOf returns the name of an error's class, "ok" for none.
func ClassOf(err error) string {
	switch class := garmin.ClassOf(err); {
	case err == nil:
		return fine
	case class != "":
		return string(class)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return unfinished
	}
	return internal
}

// Failed counts the accounts that the error of a sync tells of, and returns
// what else it tells.
func Failed(err error) (store.Failures, error) {
	of, other := ingest.Failures(err)
	if len(of) == 0 {
		return nil, err
	}
	failed := store.Failures{}
	for _, f := range of {
		failed[ClassOf(f.Err)]++
	}
	return failed, errors.Join(other...)
}
