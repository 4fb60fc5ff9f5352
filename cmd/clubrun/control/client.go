package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"
)

// ErrSilent says that whoever holds the socket did not take the request, or
// went away before the command was done.
var ErrSilent = errors.New("the running clubrun does not answer")

// Do sends a command over a connection, passes on what comes back and returns
// how it ended. It closes the connection. An error means that the outcome is
// not known.
func Do(ctx context.Context, conn net.Conn, words []string, out Out) (Outcome, error) {
	defer func() { _ = conn.Close() }()
	hangUp := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer hangUp()
	outcome, err := do(ctx, conn, words, out)
	if err != nil && ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	return outcome, err
}

func do(ctx context.Context, conn net.Conn, words []string, out Out) (Outcome, error) {
	if err := writeLine(conn, request{words}); err != nil {
		return Outcome{}, fmt.Errorf("%w: %w", ErrSilent, err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(readLimit)); err != nil {
		return Outcome{}, err
	}
	r := bufio.NewReader(conn)
	if _, err := readFrame(r); err != nil {
		return Outcome{}, fmt.Errorf("%w: %w", ErrSilent, err)
	}
	_ = conn.SetReadDeadline(time.Time{}) // a command takes its time; reading tells what fails
	for {
		f, err := readFrame(r)
		if err != nil {
			return Outcome{}, fmt.Errorf("%w: %w", ErrSilent, err)
		}
		if err := f.pass(out); err != nil {
			return Outcome{}, err
		}
		if f.Ask != nil {
			if err := f.Ask.answer(ctx, conn, out); err != nil {
				return Outcome{}, err
			}
		}
		if f.Outcome != nil {
			return *f.Outcome, nil
		}
	}
}

func readFrame(r *bufio.Reader) (frame, error) {
	var f frame
	line, err := readLine(r, frameLimit)
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(line, &f); err != nil {
		return f, fmt.Errorf("answer: %w", err)
	}
	return f, nil
}

func (f frame) pass(out Out) error {
	if f.Text != "" {
		if _, err := out.Write([]byte(f.Text)); err != nil {
			return err
		}
	}
	if f.Step != nil {
		return Show(out, *f.Step)
	}
	if f.Part {
		return givePart(out, f.File, f.Data, f.Last)
	}
	if f.File != "" {
		return out.File(f.File, f.Data)
	}
	return nil
}
