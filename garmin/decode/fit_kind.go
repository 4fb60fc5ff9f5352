package decode

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/tormoder/fit"
)

// fitKind is a definition message: how data messages of one local number are
// laid out. Its buffers are used again when the number is defined anew.
type fitKind struct {
	defined bool
	big     bool // the high byte comes first
	global  fit.MesgNum
	fields  []fitField
	place   [256]uint8   // by field number: one more than its index in fields
	columns []fitColumn  // of a record: what to read
	size    int          // of the data message without its header
	stamp   int          // where field 253 stands, -1 for nowhere
	wanted  bool         // something of it is kept
	own     []fitOwnKind // developer fields
}

// fitField is where a field stands in a data message.
type fitField struct {
	num, size, base byte
	at              int32
}

// fitOwnKind is a developer field of a definition.
type fitOwnKind struct {
	num, developer byte
	field          fitField
}

// define reads a definition message and returns its length.
func (k *fitKind) define(data []byte) (int, error) {
	if len(data) < 6 {
		return 0, errCutDefinition()
	}
	n := 6 + 3*int(data[5])
	if len(data) < n {
		return 0, errCutDefinition()
	}
	*k = fitKind{defined: true, big: data[2] != 0, stamp: -1, fields: k.fields[:0], columns: k.columns[:0], own: k.own[:0]}
	k.global = fit.MesgNum(binary.LittleEndian.Uint16(data[3:]))
	if k.big {
		k.global = fit.MesgNum(binary.BigEndian.Uint16(data[3:]))
	}
	k.wanted = wantedFIT(k.global)
	for at := 6; at < n; at += 3 {
		k.add(fitField{num: data[at], size: data[at+1], base: data[at+2] & 0x1f, at: int32(k.size)})
	}
	if data[0]&fitDeveloper == 0 {
		return n, nil
	}
	if len(data) < n+1 || len(data) < n+1+3*int(data[n]) {
		return 0, errCutDefinition()
	}
	end := n + 1 + 3*int(data[n])
	for at := n + 1; at < end; at += 3 {
		own := fitOwnKind{num: data[at], developer: data[at+2], field: fitField{size: data[at+1], at: int32(k.size)}}
		k.size += int(data[at+1])
		k.own = append(k.own, own)
	}
	return end, nil
}

func errCutDefinition() error { return fmt.Errorf("%w: a definition is cut off", ErrDamaged) }

// add appends a field. Of several with one number the first counts; one
// without bytes says nothing.
func (k *fitKind) add(f fitField) {
	if f.size == 0 {
		return
	}
	if f.num == fitTimestamp && f.size == 4 {
		k.stamp = int(f.at)
	}
	k.fields = append(k.fields, f)
	if k.place[f.num] == 0 {
		k.place[f.num] = uint8(len(k.fields))
	}
	k.size += int(f.size)
}

// field returns where a field stands.
func (k *fitKind) field(num byte) (fitField, bool) {
	i := k.place[num]
	if i == 0 {
		return fitField{}, false
	}
	return k.fields[i-1], true
}

// baseSizes gives the bytes of the FIT base types by the low five bits of
// their number; 0 marks a string.
var baseSizes = [...]int{1, 1, 1, 2, 2, 4, 4, 0, 4, 8, 1, 2, 4, 1, 8, 8, 8}

// elementSize returns the bytes of one value of a field. Where the size is not
// a multiple of the type's, or the type is unknown, the bytes are taken as one
// unsigned number; base is then -1.
func (f fitField) elementSize() (size, base int) {
	base = int(f.base)
	if base < len(baseSizes) {
		size = baseSizes[base]
	}
	if size == 0 || int(f.size) < size {
		return int(f.size), -1
	}
	return size, base
}

// value reads the nth value of a field; ok is false where it says that it has
// none.
func (k *fitKind) value(data []byte, f fitField, n int) (v float64, ok bool) {
	size, base := f.elementSize()
	if (n+1)*size > int(f.size) {
		return 0, false
	}
	raw, ok := k.bits(data, int(f.at)+n*size, size)
	if !ok {
		return 0, false
	}
	full := uint64(math.MaxUint64) >> (64 - 8*size)
	switch base {
	case 8:
		v := float64(math.Float32frombits(uint32(raw)))
		return v, raw != full && math.Abs(v) <= mostNumber
	case 9:
		v := math.Float64frombits(raw)
		return v, raw != full && math.Abs(v) <= mostNumber
	case 1, 3, 5, 14: // signed
		shift := 64 - 8*size
		return float64(int64(raw<<shift) >> shift), raw != full>>1
	case 10, 11, 12, 16: // zero says none
		return float64(raw), raw != 0
	}
	return float64(raw), raw != full
}

func (k *fitKind) bits(data []byte, at, size int) (uint64, bool) {
	b := data[at : at+size]
	switch {
	case size == 1:
		return uint64(b[0]), true
	case size == 2 && k.big:
		return uint64(binary.BigEndian.Uint16(b)), true
	case size == 2:
		return uint64(binary.LittleEndian.Uint16(b)), true
	case size == 4:
		return uint64(k.uint32(b)), true
	case size == 8 && k.big:
		return binary.BigEndian.Uint64(b), true
	case size == 8:
		return binary.LittleEndian.Uint64(b), true
	}
	return 0, false
}

func (k *fitKind) uint32(b []byte) uint32 {
	if k.big {
		return binary.BigEndian.Uint32(b)
	}
	return binary.LittleEndian.Uint32(b)
}
