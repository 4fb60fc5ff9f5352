package charts

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
)

// zone is a disc in which nothing of a track is shown. It covers the end of a
// track, but its middle is not there: who finds out the disc by comparing
// pictures still does not know the end.
type zone struct{ x, y, r float64 }

// The measures of zones, in metres. The way from an end to where the line
// begins is between near and far.
const (
	zoneNear  = 220.0 // 200 are promised; the rest is what drawing may round
	zoneFar   = 400.0
	zoneShift = 45.0 // from the end to the middle, at least
)

// zoneAt hides an end of a track. Shift and size come from the id and from the
// square kilometre in which the end lies: the same door is always hidden by
// the same disc, so more pictures tell nothing more, and who knows one end of
// somebody's tracks learns nothing of another.
func zoneAt(p plane, end Fix, id string) zone {
	cell := fmt.Sprintf("%s\x00%.0f\x00%.0f", id, end.Lat*100, end.Lon*100)
	sum := sha256.Sum256([]byte(cell))
	share := func(i int) float64 { return float64(binary.BigEndian.Uint32(sum[4*i:])) / math.MaxUint32 }
	shift := zoneShift + share(0)*((zoneFar-zoneNear)/2-zoneShift)
	sin, cos := math.Sincos(2 * math.Pi * share(1))
	r := zoneNear + shift + share(2)*(zoneFar-zoneNear-2*shift)
	at := p.spot(end)
	return zone{at.x + shift*cos, at.y + shift*sin, r}
}

// zones hides both ends of every stretch.
func zones(p plane, tracks []Track, id string) []zone {
	var out []zone
	for _, t := range tracks {
		first, last := t[0], t[len(t)-1]
		z := zoneAt(p, first, id)
		out = append(out, z)
		y := zoneAt(p, last, id)
		if a, b := p.spot(first), p.spot(last); a.to(b) < zoneFar {
			// A loop ends where it began: two different discs would say more
			// about that place than one that is moved along.
			y = zone{z.x + b.x - a.x, z.y + b.y - a.y, z.r}
		}
		out = append(out, y)
	}
	return out
}

// holds says whether a spot is hidden.
func (z zone) holds(s spot) bool { return math.Hypot(s.x-z.x, s.y-z.y) < z.r }

// hidden says whether any zone hides a spot.
func hidden(zs []zone, s spot) bool {
	for _, z := range zs {
		if z.holds(s) {
			return true
		}
	}
	return false
}

// cut leaves the pieces of a way that no zone hides. They end at the edge of a
// zone, to a tenth of a metre.
func cut(way []spot, zs []zone) [][]spot {
	var out [][]spot
	var cur []spot
	for i, s := range way {
		in := hidden(zs, s)
		if i > 0 && in != hidden(zs, way[i-1]) {
			cur = append(cur, border(way[i-1], s, zs))
		}
		if !in {
			cur = append(cur, s)
			continue
		}
		out, cur = keep(out, cur), nil
	}
	return keep(out, cur)
}

// keep adds a piece that is long enough to be seen.
func keep(pieces [][]spot, piece []spot) [][]spot {
	if len(piece) < 2 || piece[len(piece)-1].along-piece[0].along < leastPiece {
		return pieces
	}
	return append(pieces, piece)
}

// border is the last spot outside the zones between one outside and one
// inside, in either order.
func border(a, b spot, zs []zone) spot {
	if hidden(zs, a) {
		a, b = b, a
	}
	out, in := 0.0, 1.0
	for range 10 {
		mid := (out + in) / 2
		if hidden(zs, a.between(b, mid)) {
			in = mid
		} else {
			out = mid
		}
	}
	return a.between(b, out)
}
