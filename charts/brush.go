package charts

import (
	"image"
	"image/color"
	"math"

	"github.com/golang/freetype/raster"
)

// brush lays the spans of a shape on the image: in one colour, in the colour
// that rows gives each row of pixels, or in the one that shade gives each
// pixel.
type brush struct {
	*raster.RGBAPainter
	img   *image.RGBA
	rows  func(y int) color.NRGBA
	shade func(x, y int) color.NRGBA
}

func newBrush(img *image.RGBA) *brush {
	return &brush{RGBAPainter: raster.NewRGBAPainter(img), img: img}
}

// Paint implements the engine's painter.
func (b *brush) Paint(spans []raster.Span, done bool) {
	switch {
	case b.shade != nil:
		for _, s := range spans {
			b.shadeSpan(s)
		}
	case b.rows != nil:
		for i, s := range spans {
			b.SetColor(b.rows(s.Y))
			b.RGBAPainter.Paint(spans[i:i+1], false)
		}
	default:
		b.RGBAPainter.Paint(spans, done)
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
		noise := grain(x, s.Y) - 0.5
		p := b.img.Pix[b.img.PixOffset(x, s.Y):][:4]
		for i, v := range [3]uint8{c.R, c.G, c.B} {
			mixed := float64(p[i]) + (float64(v)-float64(p[i]))*a
			if p[i] != v {
				mixed += noise * min(1, 4*a)
			}
			p[i] = uint8(max(0, min(255, math.Round(mixed))))
		}
	}
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
