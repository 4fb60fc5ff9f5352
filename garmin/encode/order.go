package encode

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/tormoder/fit"
	"github.com/tormoder/fit/dyncrc16"
)

var errLayout = errors.New("unexpected layout")

// fileOrder is the order in which devices write the kinds of messages, which is
// also that of time: sums come after what they sum up.
func fileOrder() []fit.MesgNum {
	return []fit.MesgNum{
		fit.MesgNumFileId, fit.MesgNumEvent, fit.MesgNumRecord, fit.MesgNumLength, fit.MesgNumLap, fit.MesgNumSession, fit.MesgNumActivity,
	}
}

// The lengths of the parts of a file as tormoder's encoder writes it.
const (
	headerSize     = 14
	checksumSize   = 2
	definitionSize = 6
	fieldSize      = 3
	isDefinition   = 0x40
)

// part is a definition with all its messages.
type part struct {
	kind fit.MesgNum
	body []byte
}

// ordered returns a file that tormoder's encoder wrote with its messages in the
// order of fileOrder and the fields of each by number: the encoder begins with
// the activity, and writes fields in an order that changes from call to call.
func ordered(file []byte) ([]byte, error) {
	if len(file) < headerSize+checksumSize || file[0] != headerSize {
		return nil, errLayout
	}
	var parts []part
	for rest := file[headerSize : len(file)-checksumSize]; len(rest) > 0; {
		p, n, err := cut(rest)
		if err != nil {
			return nil, err
		}
		parts, rest = append(parts, p), rest[n:]
	}
	order := fileOrder()
	slices.SortStableFunc(parts, func(a, b part) int { return slices.Index(order, a.kind) - slices.Index(order, b.kind) })
	out := slices.Clone(file[:headerSize])
	for _, p := range parts {
		out = append(out, p.body...)
	}
	return binary.LittleEndian.AppendUint16(out, dyncrc16.Checksum(out)), nil
}

// cut takes the first definition and its messages from data, fields by number,
// and returns how many bytes these were.
func cut(data []byte) (p part, n int, err error) {
	if len(data) < definitionSize || data[0] != isDefinition || len(data) < definitionSize+fieldSize*int(data[5]) {
		return part{}, 0, errLayout
	}
	p.kind = fit.MesgNum(binary.LittleEndian.Uint16(data[3:]))
	fields, size := fieldsOf(data[definitionSize : definitionSize+fieldSize*int(data[5])])
	p.body = append(p.body, data[:definitionSize]...)
	for _, f := range fields {
		p.body = append(p.body, f.def...)
	}
	n = definitionSize + fieldSize*len(fields)
	for n < len(data) && data[n] != isDefinition {
		if data[n] != 0 || len(data) < n+size {
			return part{}, 0, errLayout
		}
		p.body = append(p.body, data[n])
		for _, f := range fields {
			p.body = append(p.body, data[n+f.at:n+f.at+int(f.def[1])]...)
		}
		n += size
	}
	return p, n, nil
}

// field is one field of a definition: its number, size and type, and where it
// stands in a message.
type field struct {
	def []byte
	at  int
}

// fieldsOf returns the fields by number, and how long a message of them is.
func fieldsOf(defs []byte) (fields []field, size int) {
	size = 1
	for def := range slices.Chunk(defs, fieldSize) {
		fields = append(fields, field{def, size})
		size += int(def[1])
	}
	slices.SortFunc(fields, func(a, b field) int { return int(a.def[0]) - int(b.def[0]) })
	return fields, size
}
