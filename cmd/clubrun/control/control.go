// Package control is the socket in the data folder by which commands reach the
// running instance; in stories it is a net.Pipe. It carries words there, and
// text, files and an outcome back. It knows no command and decides nothing.
//
// The protocol is one JSON object a line. The client sends one request. The
// server answers with any number of frames: first an empty one, which says
// that the request was read, then text, files and steps in their order, last an
// outcome. Between them it may ask: for what a person types, or for the next
// file that the command line names; the client answers each question with one
// object. Whoever hangs up first ends the command.
package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// Out takes what a command has to say.
type Out interface {
	io.Writer
	// File takes a file under a name without a folder.
	File(name string, data []byte) error
}

// Outcome is how a command ended.
type Outcome struct {
	Code  int    `json:"code"` // the exit code; 0 is success
	Error string `json:"error,omitempty"`
	Hint  string `json:"hint,omitempty"` // what to do about it
}

// Handler runs a command until it is done or ctx ends.
type Handler func(ctx context.Context, words []string, out Out) Outcome

type request struct {
	Words []string `json:"words"`
}

type frame struct {
	Text    string    `json:"text,omitempty"`
	File    string    `json:"file,omitempty"`
	Data    []byte    `json:"data,omitempty"`
	Part    bool      `json:"part,omitempty"` // of the file
	Last    bool      `json:"last,omitempty"` // part of it
	Step    *Step     `json:"step,omitempty"`
	Ask     *question `json:"ask,omitempty"`
	Outcome *Outcome  `json:"outcome,omitempty"`
}

// The limits of a talk.
const (
	requestLimit = 64 << 10         // bytes of a request
	frameLimit   = 16 << 20         // bytes of a frame
	readLimit    = 5 * time.Second  // from the connection to its request, and to the first frame
	writeLimit   = 10 * time.Second // of one frame
)

// errLong says that a line has no end within its limit.
var errLong = errors.New("the line is too long")

// readLine reads one line of at most limit bytes.
func readLine(r *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > limit {
			return nil, errLong
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// writeLine writes a value as one line.
func writeLine(conn net.Conn, v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	if err := conn.SetWriteDeadline(time.Now().Add(writeLimit)); err != nil {
		return err
	}
	_, err = conn.Write(append(line, '\n'))
	return err
}
