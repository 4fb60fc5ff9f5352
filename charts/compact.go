package charts

// Where the columns of a compact row stand.
const (
	smallRankX = 96.0 // middle
	smallNameX = 144.0
	smallName  = 420.0 // width of the names, at most
	smallBarH  = 28.0
	smallGap   = 26.0
	smallBar   = 200.0 // width of a full bar, at least
)

// compactRows draws each person on one line: name, bar, value. The columns
// are as wide as what stands in them.
func (b *board) compactRows() {
	name := style{size: 36, weight: semibold, ink: b.theme.ink}
	value := style{size: 38, weight: display, ink: b.theme.ink, align: 1, digits: true}
	texts, names, wide := make([]string, len(b.rows)), make([]string, len(b.rows)), 0.0
	for i, r := range b.rows {
		texts[i], _ = b.fit(r.Text, value, 300)
		wide = max(wide, b.measure(texts[i], value))
	}
	most := min(smallName, right-wide-2*smallGap-smallBar-smallNameX)
	barX := smallNameX + 200
	for i := range b.rows {
		names[i] = b.short(i, name, most)
		barX = max(barX, smallNameX+b.measure(names[i], name)+smallGap)
	}
	room := right - wide - smallGap - barX
	for i, r := range b.rows {
		mid := b.top + b.height*(float64(i)+0.5)
		b.rank(r.Rank, smallRankX, mid, 26)
		b.writeMid(names[i], smallNameX, mid, name)
		b.writeMid(texts[i], right, mid, value)
		if r.Value > 0 {
			b.bar(Rect{barX, mid - smallBarH/2, max(barLeast, room*(r.Value/b.best)), smallBarH}, r.Parts, i)
		}
	}
}
