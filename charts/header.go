package charts

import (
	"image/color"
	"strings"
)

// The styles that several pictures share. Sizes are for a phone: what must be
// read is 38 or more, what helps 30.
func (t theme) eyebrow() style {
	return style{size: 30, weight: semibold, ink: t.accent, track: 2.2}
}
func (t theme) title() style {
	return style{size: 72, weight: display, ink: t.ink, track: -1}
}
func (t theme) subtitle() style { return style{size: 34, weight: medium, ink: t.ink2} }
func (t theme) label() style    { return style{size: 30, weight: medium, ink: t.ink2} }
func (t theme) quiet() style    { return style{size: 30, weight: medium, ink: t.ink3} }

// The styles of what stands in cards. Figures have digits of one width.
func (t theme) hero() style  { return style{size: 104, weight: heavy, ink: t.ink, track: -2} }
func (t theme) stat() style  { return style{size: 58, weight: display, ink: t.ink, digits: true} }
func (t theme) value() style { return style{size: 44, weight: display, ink: t.ink, digits: true} }
func (t theme) name() style  { return style{size: 38, weight: semibold, ink: t.ink} }
func (t theme) heading() style {
	return style{size: 38, weight: semibold, ink: t.ink}
}
func (t theme) body() style  { return style{size: 34, weight: medium, ink: t.ink2} }
func (t theme) small() style { return style{size: 28, weight: medium, ink: t.ink3} }
func (t theme) axisText() style {
	return style{size: 30, weight: medium, ink: t.ink3, digits: true}
}

// to is the style with another part of the text at x: 0 its left end, 0.5 its
// middle, 1 its right end.
func (st style) to(align float64) style { st.align = align; return st }

// in is the style in another ink.
func (st style) in(ink color.NRGBA) style { st.ink = ink; return st }

// header is the text over the card.
type header struct{ eyebrow, title, subtitle string }

// cleanHeader makes the three lines drawable.
func (ts *typesetter) cleanHeader(eyebrow, title, subtitle string) header {
	return header{ts.text(capitals(eyebrow)), ts.text(title), ts.text(subtitle)}
}

// capitals is a text in capital letters; ß, which has none of its own in most
// fonts, becomes two.
func capitals(s string) string { return strings.ToUpper(strings.ReplaceAll(s, "ß", "ss")) }

// Where the lines of the header stand. The title is inside the middle square
// of a picture 1350 high, which is what some phones show.
const (
	eyebrowLine  = 104.0
	titleLine    = 188.0
	subtitleLine = 241.0
	cardTop      = 276.0
	cardTopNoSub = 224.0
)

// bottom is where the header ends and a card may begin.
func (h header) bottom() float64 {
	if h.subtitle == "" {
		return cardTopNoSub
	}
	return cardTop
}

// header draws the three lines. A long title shrinks before it is cut.
func (c *canvas) header(h header) {
	const room = width - 2*margin
	c.writeFit(h.eyebrow, margin, eyebrowLine, room, c.theme.eyebrow())
	title := c.shrink(c.theme.title(), 54, room, h.title)
	// Large letters have room on their left: pull them to the margin.
	c.writeFit(h.title, margin-title.size*0.05, titleLine, room, title)
	sub := c.shrink(c.theme.subtitle(), 30, room, h.subtitle)
	c.writeFit(h.subtitle, margin, subtitleLine, room, sub)
}
