package charts

import (
	"image/color"
	"strconv"
	"strings"
	"unicode"
)

// disc draws the round badge of a person: initials on a colour that the id
// chooses.
func (c *canvas) disc(id, name string, x, y, r float64) {
	ground, ink := c.theme.tint(tintOf(id))
	c.circle(x, y, r, ground)
	st := style{size: 30, weight: semibold, ink: ink, align: 0.5}
	s := c.text(initials(name))
	st = c.shrink(st, 28, 1.6*r, s)
	if s, cut := c.fit(s, st, 1.9*r); !cut {
		c.writeMid(s, x, y, st)
	}
}

// initials are the first letters of the first and the last word, or the first
// sign alone in scripts that have no capitals.
func initials(name string) string {
	var first []string
	for _, w := range strings.FieldsFunc(name, apart) {
		cl := clusters(w)[0]
		r := []rune(cl)[0]
		if !unicode.IsLetter(r) {
			continue
		}
		if unicode.ToUpper(r) == r && unicode.ToLower(r) == r {
			return cl
		}
		first = append(first, strings.ToUpper(cl))
	}
	switch len(first) {
	case 0:
		return firstSign(name)
	case 1:
		return first[0]
	}
	return first[0] + first[len(first)-1]
}

// apart says whether a rune parts the words of a name.
func apart(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`/.,(["'`, r) }

// firstSign is the first letter or digit of a name without words, or its first
// picture.
func firstSign(name string) string {
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
	}
	for _, cl := range clusters(name) {
		if isEmoji([]rune(cl)) {
			return cl
		}
	}
	return ""
}

// rank draws a medal for the first three and a number for the others.
func (c *canvas) rank(n int, x, y, r float64) {
	if n < 1 {
		return
	}
	if n <= len(c.theme.medals) {
		c.medal(n, x, y+r*0.22, r)
		return
	}
	st := style{size: r * 1.27, weight: semibold, ink: c.theme.ink3, align: 0.5, digits: true}
	s := strconv.Itoa(n)
	st = c.shrink(st, 28, 2*r, s)
	if s, cut := c.fit(s, st, 3*r); !cut {
		c.writeMid(s, x, y, st)
	}
}

// medal draws a ribbon and a disc with the rank on it, around the disc.
func (c *canvas) medal(n int, x, y, r float64) {
	metal, dark, white := c.theme.medals[n-1], hex(0x3A2500), hex(0xFFFFFF)
	top, low := y-r*1.36, y-r*0.5
	c.polygon(c.theme.ribbonHi, x+r*0.74, top, x+r*0.14, top, x-r*0.3, low, x+r*0.3, low)
	c.polygon(c.theme.ribbon, x-r*0.74, top, x-r*0.14, top, x+r*0.3, low, x-r*0.3, low)
	c.circle(x, y, r, mix(metal, dark, 0.32))
	c.traceCircle(x, y, r*0.89)
	c.fillRamp(y-r, y+r, mix(metal, white, 0.42), metal, mix(metal, dark, 0.12))
	c.traceCircle(x, y, r*0.72)
	c.fillRamp(y-r*0.72, y+r*0.72, mix(metal, dark, 0.10), metal, mix(metal, white, 0.22))
	c.writeMid(strconv.Itoa(n), x, y, style{size: r * 1.08, weight: display, ink: dark, align: 0.5})
}

// change draws a difference that ends at x, centred on y, with a triangle for
// its way. A
// fall is quiet, never red: nobody is blamed.
func (c *canvas) change(s string, t Trend, x, y, room float64) {
	st := style{size: 30, weight: semibold, ink: c.theme.ink3, align: 1, digits: true}
	switch t {
	case Up:
		st.ink = c.theme.good
	case NoTrend:
		st.ink = c.theme.news
	}
	if s, _ = c.fit(s, st, room); s == "" {
		return
	}
	w := c.writeMid(s, x, y, st)
	if t == Up || t == Down {
		c.triangle(x-w-7, y, t == Up, st.ink)
	}
}

// triangle draws an arrow head whose right corner is at x, centred on y.
func (c *canvas) triangle(x, y float64, up bool, col color.NRGBA) {
	const w, h = 19.0, 15.0
	if up {
		c.polygon(col, x-w, y+h/2, x, y+h/2, x-w/2, y-h/2)
		return
	}
	c.polygon(col, x-w, y-h/2, x, y-h/2, x-w/2, y+h/2)
}
