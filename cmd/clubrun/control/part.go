package control

import (
	"errors"
	"io"
)

// Filler is an Out that takes a large file in parts, in their order. The last
// part makes it whole; one that has no last part is no file.
type Filler interface {
	Part(name string, data []byte, last bool) error
}

// ErrNoRoom says that no file in parts can be taken.
var ErrNoRoom = errors.New("no file can be written from here")

// partSize is the bytes of a part: few enough for whoever reads slowly.
const partSize = 64 << 10

// Pour returns a writer of a file that goes out in parts, and what makes it
// whole.
func Pour(out Out, name string) (w io.Writer, whole func() error) {
	p := &pouring{out: out, name: name}
	return p, func() error { return p.send(true) }
}

type pouring struct {
	out  Out
	name string
	held []byte
}

// Write holds bytes until they are a part.
func (p *pouring) Write(data []byte) (int, error) {
	n := len(data)
	for len(p.held)+len(data) >= partSize {
		fits := partSize - len(p.held)
		p.held = append(p.held, data[:fits]...)
		data = data[fits:]
		if err := p.send(false); err != nil {
			return 0, err
		}
	}
	p.held = append(p.held, data...)
	return n, nil
}

func (p *pouring) send(last bool) error {
	err := givePart(p.out, p.name, p.held, last)
	p.held = p.held[:0]
	return err
}

func givePart(out Out, name string, data []byte, last bool) error {
	f, ok := out.(Filler)
	if !ok {
		return ErrNoRoom
	}
	return f.Part(name, data, last)
}
