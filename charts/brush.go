package charts

import (
	"image"
	"image/color"

	"github.com/golang/freetype/raster"
)

// brush lays the spans of a shape on the image, in one colour or, while grad
// is set, in the colour that grad gives each row of pixels.
type brush struct {
	*raster.RGBAPainter
	img  *image.RGBA
	grad func(y int) color.NRGBA
}

func newBrush(img *image.RGBA) *brush {
	return &brush{RGBAPainter: raster.NewRGBAPainter(img), img: img}
}

// Paint implements the engine's painter.
func (b *brush) Paint(spans []raster.Span, done bool) {
	if b.grad == nil {
		b.RGBAPainter.Paint(spans, done)
		return
	}
	for i, s := range spans {
		b.SetColor(b.grad(s.Y))
		b.RGBAPainter.Paint(spans[i:i+1], false)
	}
}

// ramp goes through the colours evenly as y goes from top to bottom.
func ramp(y, top, bottom float64, stops ...color.NRGBA) color.NRGBA {
	last := len(stops) - 1
	t := max(0, min(1, (y-top)/(bottom-top))) * float64(last)
	i := min(int(t), last-1)
	return mix(stops[i], stops[i+1], t-float64(i))
}
