package garmintest

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/tormoder/fit/dyncrc16"
)

var errLayout = errors.New("unexpected layout of a FIT file")

// field is one field of a message definition, and where its bytes stand.
type field struct {
	def  [3]byte // number, size, type
	from int
}

// fileOrder is the order in which a device writes the kinds of message:
// file_id, events, records, laps, session, activity.
var fileOrder = []uint16{0, 21, 20, 19, 18, 34}

// canonical sorts the fields of each message by number, and the messages as a
// device does: the encoder writes fields in an order that changes from call to
// call, and the activity first. Only what the encoder writes is understood.
func canonical(file []byte) ([]byte, error) {
	if len(file) < 16 || file[0] != 14 {
		return nil, errLayout
	}
	var known [16][]field
	groups := make([][]byte, len(fileOrder)+1) // of a definition and its messages
	kind := 0
	for rest := file[14 : len(file)-2]; len(rest) > 0; {
		n, err := canonicalMessage(rest, &known)
		if err != nil {
			return nil, err
		}
		if rest[0]&0x40 != 0 {
			kind = slices.Index(fileOrder, binary.LittleEndian.Uint16(rest[3:]))
			if kind < 0 {
				kind = len(fileOrder)
			}
		}
		groups[kind] = append(groups[kind], rest[:n]...)
		rest = rest[n:]
	}
	out := slices.Concat(append([][]byte{file[:14]}, groups...)...)
	return binary.LittleEndian.AppendUint16(out, dyncrc16.Checksum(out)), nil
}

// canonicalMessage sorts the first message in place and returns its length.
func canonicalMessage(b []byte, known *[16][]field) (int, error) {
	if b[0]&0x40 == 0 {
		return canonicalData(b, known[b[0]&0x0f])
	}
	if len(b) < 6 || b[0]&0x20 != 0 || len(b) < 6+3*int(b[5]) {
		return 0, errLayout
	}
	var fields []field
	at := 1
	for i := range int(b[5]) {
		f := field{[3]byte(b[6+3*i:]), at}
		fields = append(fields, f)
		at += int(f.def[1])
	}
	slices.SortFunc(fields, func(x, y field) int { return int(x.def[0]) - int(y.def[0]) })
	for i, f := range fields {
		copy(b[6+3*i:], f.def[:])
	}
	known[b[0]&0x0f] = fields
	return 6 + 3*len(fields), nil
}

func canonicalData(b []byte, fields []field) (int, error) {
	size := 1
	for _, f := range fields {
		size += int(f.def[1])
	}
	if b[0]&0x80 != 0 || len(fields) == 0 || len(b) < size {
		return 0, errLayout
	}
	old := slices.Clone(b[:size])
	at := 1
	for _, f := range fields {
		at += copy(b[at:], old[f.from:f.from+int(f.def[1])])
	}
	return size, nil
}
