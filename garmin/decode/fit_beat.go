package decode

import (
	"cmp"
	"slices"
	"sort"
)

// strap holds the heart rates that a chest strap hands over after a swim, apart
// from the records ("HR messages"): a first message ties the strap's clock to
// the watch's, the following ones count on in twelve bits. Source: FIT SDK,
// "Plugin: HR".
type strap struct {
	all    []beat
	zero   float64 // FIT milliseconds at the strap's 0
	count  uint32  // the strap's last time, 1024ths of a second
	anchor bool
}

type beat struct {
	at    int64 // milliseconds since the FIT epoch
	heart uint8
}

func (b *strap) take(m fitMessage) {
	if v, ok := m.number(9); ok {
		b.tie(m, uint32(v))
	}
	if !b.anchor {
		return
	}
	for n := 0; n < 255; n++ {
		v, ok := m.nth(9, n)
		if !ok {
			break
		}
		b.count = uint32(v)
		b.keep(m, n)
	}
	b.takeShort(m)
}

// tie notes the watch's time at the strap's.
func (b *strap) tie(m fitMessage, count uint32) {
	at, ok := m.stamp(fitTimestamp)
	if !ok {
		return
	}
	fraction, _ := m.number(0)
	part := fraction / 32768
	if f, ok := m.number(1); ok {
		part = f / 256
	}
	b.zero, b.anchor = (float64(at)+part)*1000-float64(count)*1000/1024, true
}

// takeShort reads times of twelve bits, two in three bytes.
func (b *strap) takeShort(m fitMessage) {
	f, ok := m.kind.field(10)
	if !ok {
		return
	}
	raw := m.data[f.at : int(f.at)+int(f.size)]
	for n := 0; n < len(raw)*2/3; n++ {
		i := n / 2 * 3
		v := uint32(raw[i]) | uint32(raw[i+1]&0x0f)<<8
		if n%2 == 1 {
			v = uint32(raw[i+1])>>4 | uint32(raw[i+2])<<4
		}
		b.count += (v - b.count) & 0x0fff
		b.keep(m, n)
	}
}

// keep notes the nth heart rate of a message at the strap's last time.
func (b *strap) keep(m fitMessage, n int) {
	if v, ok := m.nth(6, n); ok && v > 0 && v < 255 {
		if b.all == nil {
			b.all = make([]beat, 0, 8192) // an hour and a half of a swim
		}
		b.all = append(b.all, beat{at: int64(b.zero + float64(b.count)*1000/1024), heart: uint8(v)})
	}
}

// The span in which a beat belongs to a record, and the most that are looked
// at for one.
const (
	beatSpan = 5_000 // milliseconds
	beatMost = 64
)

// fill gives each point without a heart rate the mean of the beats since the
// point before, as Garmin's own SDK does.
func (b *strap) fill(points []point) {
	if len(b.all) == 0 {
		return
	}
	slices.SortStableFunc(b.all, func(x, y beat) int { return cmp.Compare(x.at, y.at) })
	before := int64(noTime)
	for i := range points {
		p := &points[i]
		from := max(before, p.at-beatSpan)
		if before >= p.at {
			from = p.at - 1000
		}
		if before = p.at; p.heart == 0 {
			p.heart = b.mean(from, p.at)
		}
	}
}

// mean returns the mean of the beats after one time up to another, 0 where
// there are none.
func (b *strap) mean(after, until int64) uint8 {
	first := sort.Search(len(b.all), func(i int) bool { return b.all[i].at > after })
	sum, n := 0, 0
	for i := first; i < len(b.all) && b.all[i].at <= until && n < beatMost; i++ {
		sum, n = sum+int(b.all[i].heart), n+1
	}
	if n == 0 {
		return 0
	}
	return uint8((sum + n/2) / n)
}
