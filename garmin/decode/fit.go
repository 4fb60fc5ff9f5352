package decode

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/tormoder/fit"
)

// The layout of a FIT file: a header of 12 or 14 bytes (size, protocol,
// profile, length of the data, ".FIT", perhaps a checksum), the data, and a
// checksum of two bytes over both. Files may follow one another ("chained").
// Source: Flexible and Interoperable Data Transfer Protocol, revision 2.
const (
	fitHeader   = 12
	fitChecksum = 2
)

// The bits of a record header.
const (
	fitCompressed = 0x80
	fitDefinition = 0x40
	fitDeveloper  = 0x20
)

// readFIT reads a FIT file with our own reader, and only where that gets
// nothing out of it with tormoder's.
func readFIT(data []byte) (Recording, error) {
	log := fitLog{room: len(data)}
	err := walkFIT(data, &log)
	switch {
	case errors.Is(err, ErrDamaged) && log.empty():
		if second, ok := secondFIT(data); ok {
			return second, nil
		}
	case errors.Is(err, ErrDamaged):
		err = kept(err, len(log.points))
	case err == nil && log.empty():
		err = fmt.Errorf("%w: a FIT file %s", ErrNoActivity, log.kind())
	}
	return log.recording(), err
}

// walkFIT shows the messages of all chained files to log. It goes on to the
// fault, and past a wrong checksum.
func walkFIT(data []byte, log *fitLog) error {
	var fault error
	for first := true; first || startsFIT(data); first = false {
		rest, err := walkOne(data, log)
		if fault == nil {
			fault = err
		}
		if rest == nil || errors.Is(err, ErrTooLarge) {
			break
		}
		data = bytes.TrimLeft(rest, "\x00") // some pad
	}
	return fault
}

func startsFIT(data []byte) bool {
	return len(data) >= fitHeader && data[0] >= fitHeader && string(data[8:12]) == ".FIT"
}

// walkOne reads the first file of data and returns what follows it, nil when
// that cannot be told. The checksum is over header and data, whatever the
// header's size and whether it has a checksum of its own; 0 stands for a
// device that made none.
func walkOne(data []byte, log *fitLog) (rest []byte, err error) {
	if !startsFIT(data) || int(data[0]) > len(data) {
		return nil, fmt.Errorf("%w: no FIT header", ErrDamaged)
	}
	start := int(data[0])
	size := int64(binary.LittleEndian.Uint32(data[4:]))
	end := int64(start) + size
	var w fitWalk
	if size == 0 || end+fitChecksum > int64(len(data)) {
		// The header was never completed, or the tail is missing.
		if _, err := w.messages(data[start:], 0, len(data)-start, log); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: the file ends early", ErrDamaged)
	}
	chained := startsFIT(data[end+fitChecksum:])
	body := data[start:]
	if chained {
		body = data[start:end]
	}
	at, err := w.messages(body, 0, int(size), log)
	if err != nil {
		return data[end+fitChecksum:], err
	}
	sum := binary.LittleEndian.Uint16(data[end:])
	if at == int(size) && (sum == 0 || sum == checksum(data[:end])) {
		return data[end+fitChecksum:], nil
	}
	if tail := len(body) - fitChecksum; !chained && tail > int(size)+fitChecksum {
		// The header was written too early: its length is wrong.
		_, _ = w.messages(body, at, tail, log)
	}
	return data[end+fitChecksum:], fmt.Errorf("%w: wrong checksum", ErrDamaged)
}

// messages reads definition and data messages from one byte on, until a size is
// reached, and returns where that was: the last message may go beyond.
func (w *fitWalk) messages(data []byte, at, size int, log *fitLog) (end int, err error) {
	for at < size {
		n, err := w.message(data[at:], log)
		if err != nil {
			return at, fmt.Errorf("%w at byte %d of the data", err, at)
		}
		at += n
	}
	return at, nil
}

// fitWalk is the state between the messages of one file.
type fitWalk struct {
	kinds [16]fitKind // by local message number
	clock uint32      // the last full timestamp, for compressed ones
	own   fitOwn
	sum   footpod
}

// message reads the message at the head of data and returns its length.
func (w *fitWalk) message(data []byte, log *fitLog) (int, error) {
	head := data[0]
	if head&(fitCompressed|fitDefinition) == fitDefinition {
		return w.define(data)
	}
	local := head & 0x0f
	if head&fitCompressed != 0 {
		local = head >> 5 & 0x03
	}
	kind := &w.kinds[local]
	if !kind.defined {
		return 0, fmt.Errorf("%w: a message that nothing defines", ErrDamaged)
	}
	n := 1 + kind.size
	if n > len(data) {
		return 0, fmt.Errorf("%w: a message is cut off", ErrDamaged)
	}
	left := len(data)
	data = data[1:n]
	w.keepClock(head, kind, data)
	if kind.global == fit.MesgNumRecord {
		p, err := log.point(left)
		if err == nil {
			p.at = int64(w.clock) * 1000
			kind.record(data, p, &w.sum)
		}
		return n, err
	}
	if !kind.wanted {
		return n, nil
	}
	return n, w.rare(fitMessage{kind: kind, data: data, time: w.clock}, log)
}

func (w *fitWalk) define(data []byte) (int, error) {
	kind := &w.kinds[data[0]&0x0f]
	n, err := kind.define(data)
	if err == nil && kind.global == fit.MesgNumRecord {
		kind.compile(w.own)
	}
	return n, err
}

// rare takes the messages of which there are few.
func (w *fitWalk) rare(m fitMessage, log *fitLog) error {
	if m.kind.global != fit.MesgNumFieldDescription {
		return log.take(m)
	}
	d := ownOf(m)
	w.own.add(d)
	if len(log.own) == maxOwn {
		return ErrTooLarge
	}
	log.own = append(log.own, DeveloperField{Name: d.name, Units: d.units})
	return nil
}

// keepClock follows the time: full in field 253, or in a compressed header by
// the five lowest bits, which have rolled over when they are smaller.
func (w *fitWalk) keepClock(head byte, kind *fitKind, data []byte) {
	if head&fitCompressed != 0 {
		w.clock += (uint32(head&0x1f) - w.clock) & 0x1f
		return
	}
	if kind.stamp < 0 {
		return
	}
	if t := kind.uint32(data[kind.stamp:]); t != fitNoTime {
		w.clock = t
	}
}

func validText(b []byte) string { return strings.ToValidUTF8(string(b), "\uFFFD") }
