package charts

// Where the columns of a compact row stand.
const (
	smallRankX = 96.0 // middle
	smallNameX = 144.0
	smallBarX  = 536.0
	smallBarH  = 24.0
	smallGap   = 24.0
)

// compactRows draws each person on one line: name, bar, value.
func (b *board) compactRows() {
	value := style{size: 38, weight: display, ink: b.theme.ink, align: 1, digits: true}
	widest := 0.0
	for i := range b.rows {
		b.rows[i].Text, _ = b.fit(b.rows[i].Text, value, 340)
		widest = max(widest, b.measure(b.rows[i].Text, value))
	}
	room := right - widest - smallGap - smallBarX
	for i, r := range b.rows {
		mid := b.top + b.height*(float64(i)+0.5)
		b.rank(r.Rank, smallRankX, mid, 26)
		name, _ := b.fit(r.Name, style{size: 36, weight: semibold}, smallBarX-smallGap-smallNameX)
		b.writeMid(name, smallNameX, mid, style{size: 36, weight: semibold, ink: b.theme.ink})
		b.writeMid(r.Text, right, mid, value)
		if r.Value > 0 {
			box := Rect{smallBarX, mid - smallBarH/2, max(barLeast, room*(r.Value/b.best)), smallBarH}
			b.bar(box, r.Parts, i)
		}
	}
}
