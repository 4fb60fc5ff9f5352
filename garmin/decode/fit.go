package decode

import (
	"encoding/binary"
	"fmt"

	"github.com/tormoder/fit"
	"github.com/tormoder/fit/dyncrc16"
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

func readFIT(data []byte) (Recording, error) {
	var log fitLog
	err := walkFIT(data, &log)
	if err == nil && log.empty() {
		err = fmt.Errorf("%w: a FIT file of type %s", ErrNoActivity, log.kind())
	}
	return Recording{Format: "fit", Sessions: log.finish()}, err
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
		if rest == nil {
			break
		}
		data = rest
	}
	return fault
}

func startsFIT(data []byte) bool {
	return len(data) >= fitHeader && data[0] >= fitHeader && string(data[8:12]) == ".FIT"
}

// walkOne reads the first file of data and returns what follows it, nil when
// that cannot be told.
func walkOne(data []byte, log *fitLog) (rest []byte, err error) {
	if !startsFIT(data) || int(data[0]) > len(data) {
		return nil, fmt.Errorf("%w: no FIT header", ErrDamaged)
	}
	start := int(data[0])
	size := int64(binary.LittleEndian.Uint32(data[4:]))
	end := int64(start) + size
	if size == 0 || end+fitChecksum > int64(len(data)) {
		// The header was never completed, or the tail is missing.
		err := walkMessages(data[start:], log)
		if err == nil {
			err = fmt.Errorf("%w: the file ends early", ErrDamaged)
		}
		return nil, err
	}
	if err := walkMessages(data[start:end], log); err != nil {
		return data[end+fitChecksum:], err
	}
	sum := binary.LittleEndian.Uint16(data[end:])
	if sum != 0 && sum != dyncrc16.Checksum(data[:end]) {
		err = fmt.Errorf("%w: wrong checksum", ErrDamaged)
	}
	return data[end+fitChecksum:], err
}

// walkMessages reads definition and data messages until the bytes end.
func walkMessages(data []byte, log *fitLog) error {
	var w fitWalk
	for at := 0; at < len(data); {
		n, err := w.message(data[at:], log)
		if err != nil {
			return fmt.Errorf("%w at byte %d of the data", err, at)
		}
		at += n
	}
	return nil
}

// fitWalk is the state between the messages of one file.
type fitWalk struct {
	kinds [16]*fitKind // by local message number
	clock uint32       // the last full timestamp, for compressed ones
}

// message reads the message at the head of data and returns its length.
func (w *fitWalk) message(data []byte, log *fitLog) (int, error) {
	head := data[0]
	if head&fitCompressed == 0 && head&fitDefinition != 0 {
		kind, n, err := parseKind(data)
		if err != nil {
			return 0, err
		}
		w.kinds[head&0x0f] = kind
		return n, nil
	}
	local := head & 0x0f
	if head&fitCompressed != 0 {
		local = head >> 5 & 0x03
	}
	kind := w.kinds[local]
	if kind == nil {
		return 0, fmt.Errorf("%w: a message that nothing defines", ErrDamaged)
	}
	if 1+kind.size > len(data) {
		return 0, fmt.Errorf("%w: a message is cut off", ErrDamaged)
	}
	if !kind.wanted() {
		w.keepClock(head, kind, data[1:])
		return 1 + kind.size, nil
	}
	m := fitMessage{kind: kind, data: data[1 : 1+kind.size]}
	w.keepClock(head, kind, data[1:])
	m.time = w.clock
	return 1 + kind.size, log.take(m)
}

// keepClock follows the time: full in field 253, or in a compressed header by
// the five lowest bits, which have rolled over when they are smaller.
func (w *fitWalk) keepClock(head byte, kind *fitKind, data []byte) {
	if head&fitCompressed != 0 {
		low := uint32(head & 0x1f)
		w.clock += (low - w.clock) & 0x1f
		return
	}
	if kind.stamp < 0 {
		return
	}
	if t := kind.order.Uint32(data[kind.stamp:]); t != fitNoTime {
		w.clock = t
	}
}

// fitKind is a definition message: how data messages of one local number are
// laid out.
type fitKind struct {
	global fit.MesgNum
	order  binary.ByteOrder
	fields []fitField
	size   int // of the data message without its header
	stamp  int // where field 253 stands, -1 for nowhere
}

type fitField struct {
	num, size, base byte
	at              int
}

func (k *fitKind) wanted() bool {
	switch k.global {
	case fit.MesgNumFileId, fit.MesgNumSession, fit.MesgNumLap, fit.MesgNumRecord, fit.MesgNumActivity:
		return true
	}
	return false
}

func parseKind(data []byte) (*fitKind, int, error) {
	cut := fmt.Errorf("%w: a definition is cut off", ErrDamaged)
	if len(data) < 6 {
		return nil, 0, cut
	}
	kind := &fitKind{order: binary.LittleEndian, stamp: -1}
	if data[2] != 0 {
		kind.order = binary.BigEndian
	}
	kind.global = fit.MesgNum(kind.order.Uint16(data[3:]))
	n := 6 + 3*int(data[5])
	if len(data) < n {
		return nil, 0, cut
	}
	for at := 6; at < n; at += 3 {
		kind.add(fitField{num: data[at], size: data[at+1], base: data[at+2] & 0x1f, at: kind.size})
	}
	if data[0]&fitDeveloper == 0 {
		return kind, n, nil
	}
	if len(data) < n+1 || len(data) < n+1+3*int(data[n]) {
		return nil, 0, cut
	}
	end := n + 1 + 3*int(data[n])
	for at := n + 1; at < end; at += 3 {
		kind.size += int(data[at+1])
	}
	return kind, end, nil
}

func (k *fitKind) add(f fitField) {
	if f.num == fitTimestamp && f.size == 4 {
		k.stamp = f.at
	}
	k.fields = append(k.fields, f)
	k.size += int(f.size)
}
