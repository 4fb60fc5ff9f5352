package decode

import "github.com/tormoder/fit"

// DeveloperField is a field that an app of the device's owner has put into the
// file.
type DeveloperField struct {
	Name  string
	Units string // as the app spells them
}

// fitOwn are the descriptions of developer fields that a file has given, by
// developer and number. A hostile file asks for them a million times.
type fitOwn map[[2]byte]fitOwnField

// fitOwnField describes one developer field. native is the number of the
// record's field that it stands for, 0 for none that is kept.
type fitOwnField struct {
	developer, num, base, native byte
	name, units                  string
}

func ownOf(m fitMessage) fitOwnField {
	byteOf := func(num, otherwise byte) byte {
		if v, ok := m.number(num); ok && v >= 0 && v < 256 {
			return byte(v)
		}
		return otherwise
	}
	d := fitOwnField{developer: byteOf(0, 255), num: byteOf(1, 255), base: byteOf(2, 255) & 0x1f, name: m.text(3), units: m.text(8)}
	if of, _ := m.number(14); fit.MesgNum(of) != fit.MesgNumRecord {
		return d
	}
	switch native := byteOf(15, 0); native {
	case 3, 4, 7:
		d.native = native
	}
	return d
}

// add keeps a description; of several for one field the last counts.
func (o *fitOwn) add(d fitOwnField) {
	if *o == nil {
		*o = fitOwn{}
	}
	(*o)[[2]byte{d.developer, d.num}] = d
}

func (o fitOwn) find(developer, num byte) (fitOwnField, bool) {
	d, known := o[[2]byte{developer, num}]
	return d, known
}
