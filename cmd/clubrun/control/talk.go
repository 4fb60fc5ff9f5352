package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
)

// Step is how far a command has come.
type Step struct {
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Line  string `json:"line,omitempty"`  // what it is about, one line
	Plain bool   `json:"plain,omitempty"` // the line is printed where no bar is drawn
	Keep  bool   `json:"keep,omitempty"`  // the line is printed in any case
}

// Gauge is an Out that draws how far a command has come.
type Gauge interface{ Step(s Step) error }

// Show shows a step on whatever the command speaks to.
func Show(out Out, s Step) error {
	if g, ok := out.(Gauge); ok {
		return g.Step(s)
	}
	if s.Line == "" || !s.Keep && !s.Plain {
		return nil
	}
	_, err := fmt.Fprintln(out, s.Line)
	return err
}

// Asker is an Out with a person in front of it. What is typed at a hidden
// question is not shown.
type Asker interface {
	Ask(ctx context.Context, question string, hidden bool) (string, error)
}

// ErrNobody says that a question was asked where no person is.
var ErrNobody = errors.New("there is no terminal to ask on")

// Ask asks whoever the command speaks to. It is ErrNobody where nobody is.
func Ask(ctx context.Context, out Out, question string, hidden bool) (string, error) {
	if a, ok := out.(Asker); ok {
		return a.Ask(ctx, question, hidden)
	}
	return "", ErrNobody
}

// Given is a file that a command was given: one of those that lie in a folder
// or an archive, or the named one itself.
type Given struct {
	Name   string `json:"name"`
	Data   []byte `json:"data,omitempty"`
	Reason string `json:"reason,omitempty"` // why it could not be read
}

// Giver is an Out that hands over the files which its command line names, one
// with each call, then io.EOF.
type Giver interface {
	Give(ctx context.Context, name string) (Given, error)
}

// ErrNoFiles says that no files can be handed over.
var ErrNoFiles = errors.New("no files can be read from here")

// Give returns the next file under a name of the command line.
func Give(ctx context.Context, out Out, name string) (Given, error) {
	if g, ok := out.(Giver); ok {
		return g.Give(ctx, name)
	}
	return Given{}, ErrNoFiles
}

// question is what a server wants to know: from a person, or the next file.
type question struct {
	Text   string `json:"text,omitempty"`
	Hidden bool   `json:"hidden,omitempty"`
	File   string `json:"file,omitempty"`
}

// reply is a client's answer to a question.
type reply struct {
	Text  string `json:"text,omitempty"`
	File  *Given `json:"file,omitempty"`
	End   bool   `json:"end,omitempty"`    // there are no more files
	Alone bool   `json:"nobody,omitempty"` // there is nobody to ask, or nothing to give
	Error string `json:"error,omitempty"`
}

// replyLimit is the most bytes of a reply: a file of 64 MiB in base64.
const replyLimit = 96 << 20

// answer asks a client's Out and sends what it says.
func (q question) answer(ctx context.Context, conn net.Conn, out Out) error {
	var r reply
	var err error
	if q.File != "" {
		var file Given
		if file, err = Give(ctx, out, q.File); err == nil {
			r.File = &file
		}
	} else {
		r.Text, err = Ask(ctx, out, q.Text, q.Hidden)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, io.EOF):
		r.End = true
	case errors.Is(err, ErrNobody), errors.Is(err, ErrNoFiles):
		r.Alone = true
	case err != nil:
		r.Error = err.Error()
	}
	return writeLine(conn, r)
}

// wire sends what a command says over its connection, and hears what its
// client replies.
type wire struct {
	conn    net.Conn
	replies <-chan reply
}

func (w wire) Write(text []byte) (int, error) {
	if err := writeLine(w.conn, frame{Text: string(text)}); err != nil {
		return 0, err
	}
	return len(text), nil
}

func (w wire) File(name string, data []byte) error {
	return writeLine(w.conn, frame{File: name, Data: data})
}

// Part sends a part of a file.
func (w wire) Part(name string, data []byte, last bool) error {
	return writeLine(w.conn, frame{File: name, Data: data, Part: true, Last: last})
}

// Step sends a step.
func (w wire) Step(s Step) error { return writeLine(w.conn, frame{Step: &s}) }

// Ask asks the person at the client.
func (w wire) Ask(ctx context.Context, text string, hidden bool) (string, error) {
	r, err := w.ask(ctx, question{Text: text, Hidden: hidden})
	if err == nil && r.Alone {
		err = ErrNobody
	}
	return r.Text, err
}

// Give asks for the client's next file.
func (w wire) Give(ctx context.Context, name string) (Given, error) {
	r, err := w.ask(ctx, question{File: name})
	switch {
	case err != nil:
		return Given{}, err
	case r.End:
		return Given{}, io.EOF
	case r.File == nil:
		return Given{}, ErrNoFiles
	}
	return *r.File, nil
}

func (w wire) ask(ctx context.Context, q question) (reply, error) {
	if err := writeLine(w.conn, frame{Ask: &q}); err != nil {
		return reply{}, err
	}
	select {
	case r := <-w.replies:
		if r.Error != "" {
			return r, errors.New(r.Error)
		}
		return r, nil
	case <-ctx.Done():
		return reply{}, ctx.Err()
	}
}

// hearReplies passes on a client's replies until it hangs up or says what is none.
func hearReplies(ctx context.Context, r *bufio.Reader, replies chan<- reply) {
	for {
		line, err := readLine(r, replyLimit)
		if err != nil {
			return
		}
		var one reply
		if json.Unmarshal(line, &one) != nil {
			return
		}
		select {
		case replies <- one:
		case <-ctx.Done():
			return
		}
	}
}
