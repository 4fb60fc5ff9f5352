package decode

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
)

// piece is a message of a FIT file taken apart: a definition, or data under
// the last definition of its local number.
type piece struct {
	define bool
	head   byte
	big    bool
	global uint16
	fields [][3]byte // number, size, base type
	own    [][3]byte // of developers
	data   [][]byte  // by field, then by developer field
}

// apart takes the data of a file's first FIT apart, nil where it cannot.
func apart(data []byte) (pieces []piece) {
	var defs [16]*piece
	for len(data) > 0 {
		head := data[0]
		if head&0xc0 == 0x40 {
			if len(data) < 6 || len(data) < 6+3*int(data[5]) {
				return nil
			}
			p := piece{define: true, head: head, big: data[2] != 0, global: binary.LittleEndian.Uint16(data[3:])}
			if p.big {
				p.global = binary.BigEndian.Uint16(data[3:])
			}
			n := 6 + 3*int(data[5])
			for f := range slices.Chunk(data[6:n], 3) {
				p.fields = append(p.fields, [3]byte(f))
			}
			if head&0x20 != 0 {
				if len(data) <= n || len(data) < n+1+3*int(data[n]) {
					return nil
				}
				end := n + 1 + 3*int(data[n])
				for f := range slices.Chunk(data[n+1:end], 3) {
					p.own = append(p.own, [3]byte(f))
				}
				n = end
			}
			defs[head&15] = &p
			pieces, data = append(pieces, p), data[n:]
			continue
		}
		local := head & 15
		if head&0x80 != 0 {
			local = head >> 5 & 3
		}
		def := defs[local]
		if def == nil {
			return nil
		}
		p := piece{head: head}
		n := 1
		for _, f := range slices.Concat(def.fields, def.own) {
			if len(data) < n+int(f[1]) {
				return nil
			}
			p.data = append(p.data, data[n:n+int(f[1])])
			n += int(f[1])
		}
		pieces, data = append(pieces, p), data[n:]
	}
	return pieces
}

// together puts a file together again, with a header of so many bytes.
func together(pieces []piece, header int) []byte {
	var body []byte
	for _, p := range pieces {
		if !p.define {
			body = append(body, p.head)
			for _, d := range p.data {
				body = append(body, d...)
			}
			continue
		}
		body = append(body, p.head, 0, byte(btoi(p.big)))
		if p.big {
			body = binary.BigEndian.AppendUint16(body, p.global)
		} else {
			body = binary.LittleEndian.AppendUint16(body, p.global)
		}
		body = append(body, byte(len(p.fields)))
		for _, f := range p.fields {
			body = append(body, f[:]...)
		}
		if p.head&0x20 != 0 {
			body = append(body, byte(len(p.own)))
			for _, f := range p.own {
				body = append(body, f[:]...)
			}
		}
	}
	out := append([]byte{byte(header), 0x20, 0x54, 0x08}, binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...)
	out = append(out, ".FIT"...)
	if header > 12 {
		out = append(out, make([]byte, header-12)...)
	}
	out = append(out, body...)
	return binary.LittleEndian.AppendUint16(out, checksum(out))
}

// bent changes a FIT file in ways that real writers have, or breaks it.
func bent(r *rand.Rand, data []byte) []byte {
	if !startsFIT(data) {
		return mutant(r, data)
	}
	start, size := int(data[0]), int(binary.LittleEndian.Uint32(data[4:]))
	if start+size+2 > len(data) || r.IntN(6) == 0 {
		return mutant(r, data)
	}
	pieces := apart(data[start : start+size])
	if pieces == nil {
		return mutant(r, data)
	}
	for range 1 + r.IntN(3) {
		pieces = bend(r, pieces)
	}
	out := together(pieces, []int{12, 14, 14, 16}[r.IntN(4)])
	switch r.IntN(8) {
	case 0:
		out = append(out, out...)
	case 1:
		out = append(append(out, make([]byte, r.IntN(40))...), data...)
	case 2:
		out = mutant(r, out)
	}
	return out
}

// bend changes every definition of one local number, and all its data.
func bend(r *rand.Rand, pieces []piece) []piece {
	how, local, at, add := r.IntN(8), byte(r.IntN(4)), r.IntN(256), byte(r.IntN(5))
	out := make([]piece, 0, len(pieces))
	var def piece
	clock := byte(0)
	for _, p := range pieces {
		own := p.head&15 == local
		if !p.define && p.head&0x80 != 0 {
			own = p.head>>5&3 == local
		}
		if !own {
			out = append(out, p)
			continue
		}
		p.fields, p.own, p.data = slices.Clone(p.fields), slices.Clone(p.own), slices.Clone(p.data)
		if p.define {
			def = p
			def.fields, def.own = slices.Clone(p.fields), slices.Clone(p.own)
		}
		n := len(def.fields)
		if n == 0 {
			out = append(out, p)
			continue
		}
		i := at % n
		switch {
		case how == 0 && p.define: // the other byte order
			p.big = !p.big
		case how == 0:
			for k, f := range def.fields {
				p.data[k] = turned(p.data[k], f[2])
			}
		case how == 1 && p.define: // a field without bytes
			p.fields = slices.Insert(p.fields, i, [3]byte{byte(at), 0, 0x02})
		case how == 1:
			p.data = slices.Insert(p.data, i, nil)
		case how == 2 && p.define: // a field that is wider
			p.fields[i][1] += add
		case how == 2:
			p.data[i] = append(slices.Clone(p.data[i]), make([]byte, add)...)
		case how == 3 && p.define: // a field of another type
			p.fields[i][2] = byte(at)
		case how == 4 && p.define: // a field that nobody knows
			p.fields[i][0] = 200 + add
		case how == 5 && p.define: // a developer's field
			p.head |= 0x20
			p.own = append(p.own, [3]byte{byte(at), add, 0})
		case how == 5:
			p.data = append(p.data, make([]byte, add))
		case how == 6: // times in the header
			k := slices.IndexFunc(def.fields, func(f [3]byte) bool { return f[0] == 253 && f[1] == 4 })
			if k < 0 || def.global != 20 || len(def.own) > 0 {
				break
			}
			if p.define {
				p.fields = slices.Delete(p.fields, k, k+1)
				break
			}
			clock = p.data[k][0]
			if def.big {
				clock = p.data[k][3]
			}
			p.head = 0x80 | local<<5 | clock&31
			p.data = slices.Delete(p.data, k, k+1)
		case how == 7 && p.define: // a message that nobody knows
			if def.global != 0 && def.global != 20 && def.global != 18 {
				p.global = 0xff00 + uint16(add)
			}
		}
		out = append(out, p)
	}
	return out
}

// turned turns the bytes of each value of a field round.
func turned(data []byte, base byte) []byte {
	out := slices.Clone(data)
	size := 1
	if i := int(base & 0x1f); i < len(baseSizes) && baseSizes[i] > 0 {
		size = baseSizes[i]
	}
	for at := 0; at+size <= len(out); at += size {
		slices.Reverse(out[at : at+size])
	}
	return out
}
