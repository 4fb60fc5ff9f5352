// Package operate holds the operator's commands: what they ask of the database
// and of the running house, and what they print. One table serves the command
// line, the socket of a running instance, and stories. It opens nothing itself
// and never prints a phone number unless it is asked for.
package operate

import (
	"clubrun/digest/publish"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/house"
	"clubrun/store"
	"clubrun/store/sqlite"

	"github.com/spf13/cobra"
)

// Desk is what commands work on.
type Desk struct {
	DB    *sqlite.DB
	House *house.House // nil where no instance runs
	Now   func() time.Time
	Zone  string        // IANA name, of the times that are printed
	Voice publish.Voice // of previews where no instance runs
	Files fs.FS         // the data folder, with the activity files; nil where none are handed over

	Version string
	Started time.Time
	Stop    func() // ends the running instance
}

// Running returns the desk of a house.
func Running(h *house.House, version string, now func() time.Time, stop func()) *Desk {
	return &Desk{DB: h.DB, House: h, Now: now, Zone: h.Settings.Zone, Version: version, Started: now(), Stop: stop, Files: h.Takeout.Files}
}

// The exit codes of commands.
const (
	Failure = 1
	Usage   = 2
)

// Error is how a command failed, and what there is to do.
type Error struct {
	Code int
	Err  error
	Hint string
}

// Error returns what went wrong.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func usage(format string, args ...any) error {
	return &Error{Code: Usage, Err: fmt.Errorf(format, args...)}
}

func failure(hint, format string, args ...any) error {
	return &Error{Code: Failure, Err: fmt.Errorf(format, args...), Hint: hint}
}

// Nobody is the error of a command that needs a running instance where there
// is none; folder names the data folder.
func Nobody(folder string) error {
	return failure("start one with clubrun run --data "+folder, "%w on %s", control.ErrAbsent, folder)
}

// operator is the actor of these commands.
var operator = store.Actor{Role: store.RoleOperator}

// Handle runs a command line, without the word clubrun, at the desk.
func (d *Desk) Handle(ctx context.Context, words []string, out control.Out) control.Outcome {
	root := &cobra.Command{
		Use: "clubrun", SilenceUsage: true, SilenceErrors: true, Args: cobra.ArbitraryArgs,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(_ *cobra.Command, args []string) error {
			return usage("%q does not work beside the running bot", strings.Join(args, " "))
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &Error{Code: Usage, Err: err} })
	root.AddCommand(Commands(func(cmd *cobra.Command, c *Call) error { return c.Run(cmd.Context(), d, out) })...)
	root.SetArgs(append([]string{}, words...))
	root.SetOut(out)
	root.SetErr(out)
	return outcome(ctx, root.ExecuteContext(ctx))
}

func outcome(ctx context.Context, err error) control.Outcome {
	var own *Error
	switch {
	case err == nil:
		return control.Outcome{}
	case errors.As(err, &own):
		return control.Outcome{Code: own.Code, Error: err.Error(), Hint: own.Hint}
	case ctx.Err() != nil:
		return control.Outcome{Code: Failure, Error: "interrupted"}
	}
	return control.Outcome{Code: Failure, Error: err.Error()}
}

// FromOutcome returns the error that an outcome tells of, nil for success.
func FromOutcome(o control.Outcome) error {
	if o.Code == 0 {
		return nil
	}
	return &Error{Code: o.Code, Err: errors.New(o.Error), Hint: o.Hint}
}
