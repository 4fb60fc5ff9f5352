// Command clubrun is a self-hosted WhatsApp bot for running and cycling
// groups: it links members' Garmin Connect accounts and posts each group's
// weekly digest. This package has one file per subcommand and reads flags and
// settings; it wires, and nothing else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // groups name their zones, and an image has no zone files

	"clubrun/bot/whatsapp"
	"clubrun/cmd/clubrun/house"
	"clubrun/cmd/clubrun/operate"
	"clubrun/store"
	"clubrun/store/sqlite"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the process at once
	code := execute(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes that scripts may rely on.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitConfig      = 3
	exitInUse       = 10
	exitWrongKey    = 11
	exitNewer       = 12
	exitCorrupt     = 13
	exitInterrupted = 130
)

// slowExit is how long `run` waits before it ends with a code that a restart
// cannot cure, so that a restart loop stays slow.
const slowExit = 30 * time.Second

// exitError carries an exit code that is not told by the error's kind.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// execute runs a command line and returns the exit code.
func execute(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	code := exitCode(ctx, err)
	if code == exitInterrupted {
		return code
	}
	fmt.Fprintf(errs, "clubrun: %v\n", err)
	if h := hint(code, err); h != "" {
		fmt.Fprintf(errs, "clubrun: hint: %s\n", h)
	}
	return code
}

func exitCode(ctx context.Context, err error) int {
	var own *exitError
	var config *house.ConfigError
	var command *operate.Error
	switch {
	case errors.As(err, &own):
		return own.code
	case errors.As(err, &command):
		return command.Code
	case errors.As(err, &config):
		return exitConfig
	case errors.Is(err, house.ErrInUse):
		return exitInUse
	case errors.Is(err, store.ErrWrongKey):
		return exitWrongKey
	case errors.Is(err, sqlite.ErrNewer), errors.Is(err, whatsapp.ErrNewer):
		return exitNewer
	case errors.Is(err, sqlite.ErrCorrupt), errors.Is(err, whatsapp.ErrCorrupt):
		return exitCorrupt
	case ctx.Err() != nil:
		return exitInterrupted
	}
	return exitFailure
}

func hint(code int, err error) string {
	var config *house.ConfigError
	if errors.As(err, &config) && config.Hint != "" {
		return config.Hint
	}
	var command *operate.Error
	if errors.As(err, &command) && command.Hint != "" {
		return command.Hint
	}
	switch {
	case full(err):
		return "make room where the data folder lies; what was acknowledged is kept"
	case errors.Is(err, whatsapp.ErrCorrupt):
		return "keep the file, and put back the last good copy of whatsapp.db; without one move it away, and the phone is paired anew"
	case errors.Is(err, sqlite.ErrCorrupt):
		return "keep the file, and put back the last good copy of clubrun.db"
	}
	switch code {
	case exitUsage:
		return "clubrun --help lists the commands, and each of them has --help"
	case exitInUse:
		return "stop the other clubrun, or give this one another folder with --data"
	case exitWrongKey:
		return "put back the secret.key that belongs to this data folder, or set CLUBRUN_KEY to it"
	case exitNewer:
		return "a newer clubrun has written this database: use that version"
	}
	return ""
}

// full says that the disk had no room. SQLite tells it in words alone.
func full(err error) bool {
	said := err.Error()
	return strings.Contains(said, syscall.ENOSPC.Error()) || strings.Contains(said, "database or disk is full")
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:     "clubrun",
		Version: version,
		Short:   "A WhatsApp bot that posts your running group's week",
		Long: "Clubrun is a self-hosted WhatsApp bot for running and cycling groups.\n" +
			"Members link Garmin Connect in a direct chat; each group gets its weekly digest.",
		Example:       "  clubrun demo\n  clubrun run --data ./data",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &exitError{exitUsage, err} })
	root.AddCommand(runCommand(), demoCommand(), demoLifeCommand(), inspectCommand(), healthcheckCommand(), simulateCommand(), examplesCommand(), versionCommand())
	root.AddCommand(operatorCommands()...)
	exemplify(root)
	for _, c := range root.Commands() {
		if c.Args != nil {
			c.Args = usageArgs(c.Args)
		}
	}
	root.Args = usageArgs(func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return fmt.Errorf("there is no command %q", args[0])
		}
		return nil
	})
	return root
}

// exemplify gives the commands that cobra adds by itself examples, as ours have.
func exemplify(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	lines := map[string]string{
		"help":       "  clubrun help groups allow",
		"completion": "  clubrun completion bash > /etc/bash_completion.d/clubrun",
		"bash":       "  clubrun completion bash > /etc/bash_completion.d/clubrun",
		"zsh":        "  clubrun completion zsh > \"${fpath[1]}/_clubrun\"",
		"fish":       "  clubrun completion fish > ~/.config/fish/completions/clubrun.fish",
		"powershell": "  clubrun completion powershell | Out-String | Invoke-Expression",
	}
	for _, c := range root.Commands() {
		if c.Name() != "help" && c.Name() != "completion" {
			continue
		}
		for _, one := range append(c.Commands(), c) {
			one.Example = lines[one.Name()]
		}
	}
}

// usageArgs gives wrong arguments the exit code of wrong usage.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return &exitError{exitUsage, err}
		}
		return nil
	}
}
