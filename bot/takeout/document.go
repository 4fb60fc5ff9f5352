package takeout

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"clubrun/store"
)

// document writes what the database holds of a member: an object with one list
// for each part, one row a line.
func (m *Maker) document(ctx context.Context, w io.Writer, athlete int64) error {
	d := &document{out: bufio.NewWriter(w)}
	d.text("{")
	if err := m.Store.Holdings(ctx, athlete, d.row); err != nil {
		return err
	}
	if d.part != "" {
		d.text("\n ]")
	}
	d.text("\n}\n")
	return d.out.Flush() // tells the first error of any write
}

type document struct {
	out  *bufio.Writer
	part string
}

func (d *document) text(s string) { _, _ = d.out.WriteString(s) } // Flush tells the error

func (d *document) row(h store.Holding) error {
	line, err := object(h)
	if err != nil {
		return fmt.Errorf("%s: %w", h.Part, err)
	}
	switch {
	case d.part == h.Part:
		d.text(",")
	case d.part != "":
		d.text("\n ],")
	}
	if d.part != h.Part {
		d.text(fmt.Sprintf("\n %q: [", h.Part))
		d.part = h.Part
	}
	d.text("\n  ")
	_, err = d.out.Write(line)
	return err
}

// object writes a row as JSON, its columns in their order. Bytes that are no
// text are in base64.
func object(h store.Holding) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	out.WriteByte('{')
	for i, name := range h.Names {
		if i > 0 {
			out.WriteByte(',')
		}
		if _, raw := h.Values[i].([]byte); raw {
			name += "_base64"
		}
		fmt.Fprintf(&out, "%q:", name)
		if err := e.Encode(h.Values[i]); err != nil {
			return nil, err
		}
		out.Truncate(out.Len() - 1) // the line end
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
