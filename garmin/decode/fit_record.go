package decode

import (
	"encoding/binary"
	"math"
)

// fitForm is how a column stands in a record: the common forms by name, all
// others by their field's base type. Of the commonest the column is in it.
type fitForm uint8

const (
	formOther fitForm = iota
	form16
	form16Big
	form32
	form32Big
	formHeart
	formCadence
	formPower
	formDistance
)

// fitRecordFields are the fields of a record that are kept, by their numbers in
// the FIT profile, with the base type that the profile gives them. Where two
// say the same, the better one comes later.
var fitRecordFields = [...]struct{ num, base byte }{
	{0, 5}, {1, 5}, // position
	{8, 13},         // speed and distance in three bytes
	{5, 6},          // distance
	{6, 4}, {73, 6}, // speed, enhanced speed
	{2, 4}, {78, 6}, // altitude, enhanced altitude
	{3, 2}, {4, 2}, {7, 4}, // heart rate, cadence, power
}

// fitColumn is one field of a record that is kept.
type fitColumn struct {
	num   byte
	form  fitForm
	at    int32
	none  uint32 // the value that says nothing
	field fitField
}

// compile finds out which bytes of a record matter. A developer's field that
// says to be heart rate, cadence or power counts where the record's own says
// nothing.
func (k *fitKind) compile(own fitOwn) {
	for _, o := range k.own {
		if d, known := own.find(o.developer, o.num); known && d.native != 0 && o.field.size > 0 {
			o.field.num, o.field.base = d.native, d.base
			k.columns = append(k.columns, fitColumn{num: d.native, at: o.field.at, field: o.field})
		}
	}
	for _, known := range fitRecordFields {
		f, ok := k.field(known.num)
		if !ok {
			continue
		}
		c := fitColumn{num: f.num, at: f.at, field: f}
		if size, base := f.elementSize(); base == int(known.base) && f.num != 8 {
			c.form, c.none = formOf(f.num, size, k.big), uint32(uint64(math.MaxUint64)>>(64-8*size))
		}
		if known.base == 5 {
			c.none = math.MaxInt32
		}
		k.columns = append(k.columns, c)
	}
}

func formOf(num byte, size int, big bool) fitForm {
	switch {
	case num == 3:
		return formHeart
	case num == 4:
		return formCadence
	case num == 7 && !big:
		return formPower
	case num == 5 && !big:
		return formDistance
	case size == 2 && big:
		return form16Big
	case size == 2:
		return form16
	case big:
		return form32Big
	}
	return form32
}

// record reads a record into a point.
func (k *fitKind) record(data []byte, p *point, sum *footpod) {
	for i := range k.columns {
		c := &k.columns[i]
		var v uint32
		switch b := data[c.at:]; c.form {
		case formHeart:
			if b[0] != 0xff {
				p.heart = b[0]
			}
			continue
		case formCadence:
			if b[0] != noCadence {
				p.cadence = b[0]
			}
			continue
		case formPower:
			if watts := binary.LittleEndian.Uint16(b); watts != noPower {
				p.power = watts
			}
			continue
		case formDistance:
			if d := binary.LittleEndian.Uint32(b); d != noCount {
				p.distance = d
			}
			continue
		case form16:
			v = uint32(binary.LittleEndian.Uint16(b))
		case form32:
			v = binary.LittleEndian.Uint32(b)
		case form16Big:
			v = uint32(binary.BigEndian.Uint16(b))
		case form32Big:
			v = binary.BigEndian.Uint32(b)
		default:
			k.other(data, c, p, sum)
			continue
		}
		if v != c.none {
			p.set(c.num, v)
		}
	}
}

// other reads a field of unusual width or type.
func (k *fitKind) other(data []byte, c *fitColumn, p *point, sum *footpod) {
	if c.num == 8 {
		if c.field.size == 3 {
			sum.add(data[c.at:c.at+3], p)
		}
		return
	}
	v, ok := k.value(data, c.field, 0)
	switch {
	case !ok:
	case c.num <= 1 && v >= math.MinInt32 && v < math.MaxInt32:
		p.set(c.num, uint32(int32(v)))
	case c.num > 1 && v >= 0 && v < math.MaxUint32:
		p.set(c.num, uint32(v))
	}
}

// set keeps a value under its number in the profile.
func (p *point) set(num byte, v uint32) {
	switch num {
	case 0:
		p.lat = int32(v)
	case 1:
		p.lon = int32(v)
	case 5:
		p.distance = v
	case 6, 73:
		p.speed = v
	case 2, 78: // fifths of a metre above -500 m
		if v < 100_000 {
			p.height = int32(v)*200 - 500_000
		}
	case 3:
		if v < 255 {
			p.heart = uint8(v)
		}
	case 4:
		if v < noCadence {
			p.cadence = uint8(v)
		}
	case 7:
		if v < noPower {
			p.power = uint16(v)
		}
	}
}

// footpod adds up the distance that old footpods send in twelve bits of
// sixteenths of a metre, beside twelve bits of speed in hundredths.
type footpod struct{ last, total uint32 }

func (f *footpod) add(b []byte, p *point) {
	if b[0] == 0xff && b[1] == 0xff && b[2] == 0xff {
		return
	}
	p.speed = (uint32(b[0]) | uint32(b[1]&0x0f)<<8) * 10
	d := uint32(b[1])>>4 | uint32(b[2])<<4
	f.total += (d - f.last) & 0x0fff
	f.last = d
	p.distance = uint32(uint64(f.total) * 100 / 16)
}
