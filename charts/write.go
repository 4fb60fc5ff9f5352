package charts

import (
	"math"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/shaping"
)

// write draws text with its baseline at y and returns its width.
func (c *canvas) write(s string, x, y float64, st style) float64 {
	if s == "" {
		return 0
	}
	l := c.shape(s, st)
	pen := x - l.width*st.align
	box := Rect{pen, y - st.size*capHeight, l.width, st.size * capHeight}
	text := Text{S: s, Box: box, Size: st.size, Cut: strings.HasSuffix(s, "…"), Contrast: c.worst(box, st.ink)}
	for _, run := range l.runs {
		track := c.trackOf(run.Face, st)
		for _, g := range run.Glyphs {
			text.Tofu = text.Tofu || g.GlyphID == 0
			if !c.isEmoji(run.Face) {
				c.glyph(run.Face, g, pen, y, st.size)
			} else if g.Advance > 0 {
				text.Tofu = !c.emoji(run.Face, g.GlyphID, pen, y, float64(g.Advance)/64, st.size) || text.Tofu
			}
			pen += float64(g.Advance)/64 + track
		}
	}
	c.fill(st.ink)
	c.texts = append(c.texts, text)
	return l.width
}

// glyph traces the outline of a glyph.
func (c *canvas) glyph(f *font.Face, g shaping.Glyph, x, y, size float64) {
	o, ok := f.GlyphDataOutline(g.GlyphID)
	if !ok {
		return
	}
	x, y = x+float64(g.XOffset)/64, y-float64(g.YOffset)/64
	k := size / float64(f.Upem())
	for _, s := range o.Segments {
		var px, py [3]float64
		for i, a := range s.Args {
			px[i], py[i] = x+float64(a.X)*k, y-float64(a.Y)*k
		}
		switch s.Op {
		case ot.SegmentOpMoveTo:
			c.moveTo(px[0], py[0])
		case ot.SegmentOpLineTo:
			c.lineTo(px[0], py[0])
		case ot.SegmentOpQuadTo:
			c.quadTo(px[0], py[0], px[1], py[1])
		case ot.SegmentOpCubeTo:
			c.cubicTo(px[0], py[0], px[1], py[1], px[2], py[2])
		}
	}
}

// writeMid draws text with its capitals centred on y.
func (c *canvas) writeMid(s string, x, y float64, st style) float64 {
	return c.write(s, x, y+st.size*capHeight/2, st)
}

// writeFit draws text cut to the room it has.
func (c *canvas) writeFit(s string, x, y, room float64, st style) {
	s, _ = c.fit(s, st, room)
	c.write(s, x, y, st)
}

// writeTurned draws text that is turned clockwise around its start, by radians.
func (c *canvas) writeTurned(s string, x, y, turn float64, st style) {
	sin, cos := math.Sincos(turn)
	w, h := c.measure(s, st), st.size*capHeight
	xs, ys := []float64{0, w * cos, h * sin, w*cos + h*sin}, []float64{0, w * sin, -h * cos, w*sin - h*cos}
	box := Rect{x + slices.Min(xs), y + slices.Min(ys), slices.Max(xs) - slices.Min(xs), slices.Max(ys) - slices.Min(ys)}
	least := c.worst(box, st.ink)
	was := c.gc.GetMatrixTransform()
	c.gc.Translate(c.units(x), c.units(y))
	c.gc.Rotate(turn)
	c.write(s, 0, 0, st)
	c.gc.SetMatrixTransform(was)
	last := &c.texts[len(c.texts)-1]
	last.Box, last.Contrast = box, least
}
