package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"clubrun/garmin/decode"
)

// inspectLimit is the most bytes of a file that inspect reads.
const inspectLimit = 64 << 20

// inspectCommand shows what activity files hold, without storing anything.
func inspectCommand() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:     "inspect FILE…",
		Short:   "Show what activity files hold, without storing anything",
		Long:    "Show what FIT, TCX and GPX files hold, also in .gz and .zip, without storing anything.\nA file that cannot be read is named and does not stop the others; the exit code is then 1.",
		Example: "  clubrun inspect ride.fit run.gpx\n  clubrun inspect -o json *.fit | jq .sessions",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			print, err := inspectPrinter(output)
			if err != nil {
				return &exitError{exitUsage, err}
			}
			return inspectAll(cmd.OutOrStdout(), files, print)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "table", "output as a table or as json, one object a line")
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions([]string{"table", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// inspected is what one file holds; err may stand beside what was readable.
type inspected struct {
	file string
	rec  decode.Recording
	err  error
}

type inspectFunc func(w io.Writer, in inspected) error

func inspectPrinter(output string) (inspectFunc, error) {
	switch output {
	case "json":
		return inspectJSON, nil
	case "table":
		return inspectTable, nil
	}
	return nil, fmt.Errorf("unknown output %q: table or json", output)
}

func inspectAll(w io.Writer, files []string, print inspectFunc) error {
	bad := 0
	for _, file := range files {
		in := inspectFile(file)
		if in.err != nil {
			bad++
		}
		if err := print(w, in); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d files could not be read in full", bad, len(files))
	}
	return nil
}

func inspectFile(file string) inspected {
	data, err := inspectRead(file)
	if err != nil {
		return inspected{file: file, err: err}
	}
	rec, err := decode.File(file, data)
	return inspected{file, rec, err}
}

// inspectRead reads a file that is not larger than inspectLimit.
func inspectRead(file string) ([]byte, error) {
	// A pipe that nobody writes to is empty, and keeps nobody waiting.
	f, err := os.OpenFile(file, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, inspectCause(err)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errors.New("is a folder")
	}
	data, err := io.ReadAll(io.LimitReader(f, inspectLimit+1))
	if err != nil {
		return nil, inspectCause(err)
	}
	if len(data) > inspectLimit {
		return nil, decode.ErrTooLarge
	}
	return data, nil
}

// inspectCause drops the name of the file from an error, which stands beside it.
func inspectCause(err error) error {
	var e *os.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
