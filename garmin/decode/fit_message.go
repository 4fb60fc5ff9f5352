package decode

import (
	"math"
	"time"
)

const (
	fitTimestamp = 253        // the field number of a message's time
	fitIndex     = 254        // the field number of a message's place among its kind
	fitNoTime    = 0xFFFFFFFF // a timestamp that says nothing
	fitEpochUnix = 631065600  // second 0 of FIT times since 1970
)

// fitSystemTime is the first value that counts from the epoch; smaller ones
// count from the start of a device whose clock was never set.
const fitSystemTime = 0x10000000

// fitTime turns seconds since 31 December 1989, UTC, into a time.
func fitTime(seconds uint32) time.Time {
	if seconds == 0 || seconds == fitNoTime {
		return time.Time{}
	}
	return time.Unix(fitEpochUnix+int64(seconds), 0).UTC()
}

// fitMessage is one data message.
type fitMessage struct {
	kind *fitKind
	data []byte
	time uint32 // FIT seconds: its own timestamp, else the last one before it
}

// number returns a field's value, of an array the first; ok is false where the
// field is missing or says that it has none.
func (m fitMessage) number(num byte) (value float64, ok bool) { return m.nth(num, 0) }

// nth returns a value of an array.
func (m fitMessage) nth(num byte, n int) (value float64, ok bool) {
	f, ok := m.kind.field(num)
	if !ok {
		return 0, false
	}
	if value, ok = m.kind.value(m.data, f, n); !ok {
		return 0, false
	}
	return value, true
}

// amount returns a field divided by its scale, 0 where there is none or it is
// negative.
func (m fitMessage) amount(num byte, scale float64) float64 {
	v, _ := m.number(num)
	return max(0, v/scale)
}

// duration returns a field of milliseconds.
func (m fitMessage) duration(num byte) time.Duration { return milliseconds(m.amount(num, 1)) }

// stamp returns a field that is a time.
func (m fitMessage) stamp(num byte) (uint32, bool) {
	v, ok := m.number(num)
	return uint32(v), ok && v >= 0 && v <= math.MaxUint32
}

// begin returns a field that is a start, else the message's own time.
func (m fitMessage) begin(num byte) uint32 {
	if t, ok := m.stamp(num); ok {
		return t
	}
	return m.time
}

// text returns a field of letters up to its first zero byte.
func (m fitMessage) text(num byte) string {
	f, ok := m.kind.field(num)
	if !ok {
		return ""
	}
	b := m.data[f.at : int(f.at)+int(f.size)]
	for i, c := range b {
		if c == 0 {
			b = b[:i]
			break
		}
	}
	return validText(b)
}
