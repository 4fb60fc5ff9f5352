// Package store holds the words that Clubrun keeps: athletes, groups,
// activities, messages, digests. It has types and the small rules that belong
// to them; it opens no file, knows no SQL and speaks to no network.
package store

import "errors"

// The errors that rooms above tell apart. Everything else is a fault.
var (
	// ErrNotFound says that nothing is kept under that name.
	ErrNotFound = errors.New("not found")
	// ErrTaken says that the thing already belongs to somebody else.
	ErrTaken = errors.New("taken by somebody else")
	// ErrDenied says that the actor may not do this.
	ErrDenied = errors.New("not allowed")
	// ErrCrowded says that nobody can have done so much at one time.
	ErrCrowded = errors.New("more workouts at one time than anybody can have done")
	// ErrSkipped says that somebody who may wanted the thing left out this time.
	ErrSkipped = errors.New("skipped")
	// ErrPaused says that a source is left alone for a while, by everybody:
	// nothing was asked, and nothing will be of any other athlete.
	ErrPaused = errors.New("left alone for a while")
	// ErrWrongKey says that a sealed value was sealed under another key.
	ErrWrongKey = errors.New("sealed under another key")
)
