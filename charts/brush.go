package charts

import (
	"image"
	"image/color"

	"github.com/golang/freetype/raster"
)

// brush lays the spans of a shape on the image: in one colour, in the colour
// that rows gives each row of pixels, or in the one that shade gives each
// pixel.
type brush struct {
	*raster.RGBAPainter
	img    *image.RGBA
	solid  [4]byte // the one colour
	opaque bool    // it covers what is under it
	rows   func(y int) color.NRGBA
	shade  func(x, y int) color.NRGBA
}

func newBrush(img *image.RGBA) *brush {
	return &brush{RGBAPainter: raster.NewRGBAPainter(img), img: img}
}

// SetColor implements the engine's painter.
func (b *brush) SetColor(c color.Color) {
	r, g, u, a := c.RGBA()
	b.solid, b.opaque = [4]byte{byte(r >> 8), byte(g >> 8), byte(u >> 8), 255}, a == 0xffff
	b.RGBAPainter.SetColor(c)
}

// Paint implements the engine's painter.
func (b *brush) Paint(spans []raster.Span, done bool) {
	if b.shade != nil {
		for _, s := range spans {
			b.shadeSpan(s)
		}
		return
	}
	for i, s := range spans {
		if b.rows != nil {
			b.SetColor(b.rows(s.Y))
		}
		if b.opaque && s.Alpha == 0xffff {
			b.cover(s)
			continue
		}
		b.RGBAPainter.Paint(spans[i:i+1], false)
	}
}

// cover writes the colour over a span, without blending.
func (b *brush) cover(s raster.Span) {
	r := b.img.Rect
	x0, x1 := max(s.X0, r.Min.X), min(s.X1, r.Max.X)
	if s.Y < r.Min.Y || s.Y >= r.Max.Y || x0 >= x1 {
		return
	}
	at := b.img.PixOffset(x0, s.Y)
	repeat(b.img.Pix[at:at+4*(x1-x0)], b.solid)
}

// repeat fills pixels with one colour.
func repeat(pix []byte, c [4]byte) {
	n := copy(pix, c[:])
	for n < len(pix) {
		n += copy(pix[n:], pix[:n])
	}
}

// shadeSpan blends each pixel of a span with its own colour. A small fixed
// noise hides the steps between the levels of a slow gradient.
func (b *brush) shadeSpan(s raster.Span) {
	r := b.img.Rect
	if s.Y < r.Min.Y || s.Y >= r.Max.Y {
		return
	}
	for x := max(s.X0, r.Min.X); x < min(s.X1, r.Max.X); x++ {
		c := b.shade(x, s.Y)
		a := float64(c.A) / 255 * float64(s.Alpha) / 0xffff
		if a <= 0 {
			continue
		}
		noise := (grain(x, s.Y) - 0.5) * min(1, 4*a)
		at := b.img.PixOffset(x, s.Y)
		p := b.img.Pix[at : at+4 : at+4]
		p[0], p[1], p[2] = blend(p[0], c.R, a, noise), blend(p[1], c.G, a, noise), blend(p[2], c.B, a, noise)
	}
}

// blend lays a level over another by a share, with a noise where they differ.
func blend(under, over uint8, share, noise float64) uint8 {
	if under == over {
		return under
	}
	v := float64(under) + (float64(over)-float64(under))*share + noise
	return uint8(max(0, min(255, v+0.5)))
}

// grain is a fixed noise between 0 and 1 for each pixel.
func grain(x, y int) float64 {
	h := uint32(x)*0x9E3779B1 ^ uint32(y)*0x85EBCA77
	h ^= h >> 15
	h *= 0x2C1B3C6D
	h ^= h >> 12
	return float64(h>>8) / (1 << 24)
}

// ramp goes through the colours evenly as y goes from top to bottom.
func ramp(y, top, bottom float64, stops ...color.NRGBA) color.NRGBA {
	if len(stops) == 1 || !(bottom > top) {
		return stops[0]
	}
	last := len(stops) - 1
	t := max(0, min(1, (y-top)/(bottom-top))) * float64(last)
	i := min(int(t), last-1)
	return mix(stops[i], stops[i+1], t-float64(i))
}
