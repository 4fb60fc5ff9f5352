package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"clubrun/cmd/clubrun/control"
	"clubrun/digest/locale"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// console is the terminal that a command was typed at: text and files go out,
// a bar is drawn where somebody looks, questions are asked where somebody can
// answer, and the files of the command line are read.
type console struct {
	terminal
	bar   *os.File // where the bar is drawn; nil draws none
	in    *os.File // where answers are typed; nil asks nobody
	errs  io.Writer
	files feed
	sink  sink // of a command that writes one file

	mu    sync.Mutex
	drawn bool
}

// newConsole returns the terminal of a command; named are the files and folders
// of its command line.
func newConsole(cmd *cobra.Command, folder string, named []string) *console {
	c := &console{terminal: terminal{cmd.OutOrStdout(), folder}, errs: cmd.ErrOrStderr(), files: feed{named: named}}
	if f, ok := cmd.ErrOrStderr().(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		c.bar = f
	}
	if f, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		c.in = f
	}
	return c
}

// takeFile makes the console take the one file of a command. Where that goes to
// standard output, all that is said goes to standard error.
func (c *console) takeFile(path string, binary bool) error {
	c.sink = sink{path: path, out: c.terminal.Writer}
	if path != "-" {
		return nil
	}
	f, ok := c.terminal.Writer.(*os.File)
	if ok && binary && term.IsTerminal(int(f.Fd())) {
		return &exitError{exitUsage, errors.New("an archive is nothing for a terminal: name a file with --to")}
	}
	c.terminal.Writer = c.errs
	return nil
}

// Part takes a part of a command's file.
func (c *console) Part(name string, data []byte, last bool) error {
	return c.sink.Part(name, data, last)
}

// Write prints text; a bar makes room for it.
func (c *console) Write(text []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wipe()
	return c.terminal.Write(text)
}

// Step draws the bar, or prints the line where there is none.
func (c *console) Step(s control.Step) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wipe()
	if s.Line != "" && (s.Keep || s.Plain && c.bar == nil) {
		if _, err := fmt.Fprintln(c.terminal, s.Line); err != nil {
			return err
		}
	}
	if c.bar == nil || s.Total == 0 && s.Done == 0 || s.Total > 0 && s.Done >= s.Total {
		return nil
	}
	width, _, err := term.GetSize(int(c.bar.Fd()))
	if err != nil || width < 20 {
		width = 80
	}
	c.drawn = true
	_, err = io.WriteString(c.bar, barOf(s, width-1))
	return err
}

// wipe takes the bar away.
func (c *console) wipe() {
	if c.drawn {
		_, _ = io.WriteString(c.bar, "\r\x1b[K")
		c.drawn = false
	}
}

// Close leaves the terminal as it was.
func (c *console) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wipe()
	return errors.Join(c.sink.Close(), c.files.Close())
}

// barWidth is how many signs a bar has.
const barWidth = 24

// barOf draws a step in one line of at most so many signs.
func barOf(s control.Step, width int) string {
	if s.Total == 0 {
		return cutTo(fmt.Sprintf("%d %s", s.Done, s.Line), width)
	}
	full := min(barWidth, barWidth*s.Done/max(1, s.Total))
	return cutTo(fmt.Sprintf("%s%s %d/%d %s", strings.Repeat("█", full), strings.Repeat("░", barWidth-full), s.Done, s.Total, s.Line), width)
}

func cutTo(line string, width int) string {
	for locale.Width(line) > width {
		r := []rune(line)
		line = string(r[:len(r)-1])
	}
	return line
}

// Ask asks the person at the terminal. What is hidden is not shown while it is
// typed.
func (c *console) Ask(ctx context.Context, question string, hidden bool) (string, error) {
	c.mu.Lock()
	c.wipe()
	c.mu.Unlock()
	if c.in == nil {
		return "", control.ErrNobody
	}
	before, err := term.GetState(int(c.in.Fd()))
	if err != nil {
		return "", control.ErrNobody
	}
	type typed struct {
		text string
		err  error
	}
	done := make(chan typed, 1)
	go func() { // a read of a terminal cannot be ended; the process soon is
		text, err := c.typed(question+" ", hidden)
		done <- typed{text, err}
	}()
	select {
	case t := <-done:
		if errors.Is(t.err, errLeft) {
			wait(ctx, time.Second) // for the signal to arrive
			return "", errors.Join(ctx.Err(), t.err)
		}
		return strings.TrimSpace(t.text), t.err
	case <-ctx.Done():
		fmt.Fprintln(c.errs)
		return "", errors.Join(ctx.Err(), term.Restore(int(c.in.Fd()), before))
	}
}

// typed asks and reads a line. Where it is hidden the terminal shows nothing
// before the question stands there, however fast somebody pastes; it then takes
// Ctrl-C for a sign like any other.
func (c *console) typed(question string, hidden bool) (string, error) {
	if !hidden {
		if _, err := fmt.Fprint(c.errs, question); err != nil {
			return "", err
		}
		text, err := bufio.NewReaderSize(c.in, 1).ReadString('\n')
		if errors.Is(err, io.EOF) && text != "" {
			err = nil
		}
		return text, err
	}
	before, err := term.MakeRaw(int(c.in.Fd()))
	if err != nil {
		return "", err
	}
	both := struct {
		io.Reader
		io.Writer
	}{c.in, c.errs}
	text, err := term.NewTerminal(both, "").ReadPassword(question)
	err = errors.Join(err, term.Restore(int(c.in.Fd()), before))
	if errors.Is(err, io.EOF) {
		err = errors.Join(errLeft, syscall.Kill(os.Getpid(), syscall.SIGINT))
	}
	return text, err
}

// errLeft says that somebody left a question instead of answering.
var errLeft = errors.New("interrupted")

// Give hands over the next file of the command line.
func (c *console) Give(ctx context.Context, name string) (control.Given, error) {
	if ctx.Err() != nil {
		return control.Given{}, ctx.Err()
	}
	return c.files.next(name)
}
