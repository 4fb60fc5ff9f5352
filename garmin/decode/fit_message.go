package decode

import (
	"math"
	"time"
)

const (
	fitTimestamp = 253        // the field number of a message's time
	fitNoTime    = 0xFFFFFFFF // a timestamp that says nothing
)

// fitEpoch is second 0 of FIT times: 31 December 1989, UTC.
var fitEpoch = time.Date(1989, time.December, 31, 0, 0, 0, 0, time.UTC)

// fitSystemTime is the first value that counts from the epoch; smaller ones
// count from the start of the device and are no dates.
const fitSystemTime = 0x10000000

func fitTime(seconds uint32) time.Time {
	if seconds < fitSystemTime || seconds == fitNoTime {
		return time.Time{}
	}
	return fitEpoch.Add(time.Duration(seconds) * time.Second)
}

// fitMessage is one data message.
type fitMessage struct {
	kind *fitKind
	data []byte
	time uint32 // FIT seconds: its own timestamp, else the last one before it
}

// number returns a field's value, of an array the first; ok is false where the
// field is missing or says that it has none.
func (m fitMessage) number(num byte) (value float64, ok bool) {
	for _, f := range m.kind.fields {
		if f.num == num {
			return m.read(f)
		}
	}
	return 0, false
}

// stamp returns a field that is a time.
func (m fitMessage) stamp(num byte) (uint32, bool) {
	v, ok := m.number(num)
	return uint32(v), ok && v >= 0 && v <= math.MaxUint32
}

// scaled returns a field divided by its scale.
func (m fitMessage) scaled(num byte, scale float64) (float64, bool) {
	v, ok := m.number(num)
	return v / scale, ok
}

// baseSizes gives the bytes of the FIT base types by the low five bits of
// their number; 0 marks a string.
var baseSizes = [...]int{1, 1, 1, 2, 2, 4, 4, 0, 4, 8, 1, 2, 4, 1, 8, 8, 8}

// read reads a field by its base type. Where the size is not a multiple of the
// type's, or the type is unknown, the bytes are taken as one unsigned number.
func (m fitMessage) read(f fitField) (float64, bool) {
	size, base := 0, int(f.base)
	if base < len(baseSizes) {
		size = baseSizes[base]
	}
	if size == 0 || int(f.size) < size {
		size, base = int(f.size), -1
	}
	raw, ok := m.bits(f.at, size)
	if !ok {
		return 0, false
	}
	full := uint64(math.MaxUint64) >> (64 - 8*size)
	switch base {
	case 8:
		v := float64(math.Float32frombits(uint32(raw)))
		return v, raw != full && !math.IsNaN(v) && !math.IsInf(v, 0)
	case 9:
		v := math.Float64frombits(raw)
		return v, raw != full && !math.IsNaN(v) && !math.IsInf(v, 0)
	case 1, 3, 5, 14: // signed
		shift := 64 - 8*size
		return float64(int64(raw<<shift) >> shift), raw != full>>1
	case 10, 11, 12, 16: // zero says none
		return float64(raw), raw != 0
	}
	return float64(raw), raw != full
}

func (m fitMessage) bits(at, size int) (uint64, bool) {
	switch size {
	case 1:
		return uint64(m.data[at]), true
	case 2:
		return uint64(m.kind.order.Uint16(m.data[at:])), true
	case 4:
		return uint64(m.kind.order.Uint32(m.data[at:])), true
	case 8:
		return m.kind.order.Uint64(m.data[at:]), true
	}
	return 0, false
}
