package charts

import (
	"image"
	"image/color"
	"math"

	"github.com/golang/freetype/raster"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// The sheet on which every picture is laid out, in pixels.
const (
	width  = 1080.0
	edge   = 32.0 // outer edge of cards
	margin = 56.0 // outer edge of text
	inner  = 68.0 // outer edge of what stands in a card
	right  = width - inner
)

// fine is how many units of the drawing engine make one pixel. The engine
// flattens curves to half a unit, so finer units make smoother curves.
const fine = 8

// canvas draws shapes and text on one picture and records them. It hides the
// drawing engine and belongs to one picture only.
type canvas struct {
	*typesetter
	theme theme

	img   *image.RGBA
	scale float64 // pixels of the image to one pixel of the layout
	limit float64 // coordinates beyond it are cut: the engine spins on huge ones
	gc    *drawing.RasterGraphicContext
	ras   *raster.Rasterizer // for strokes: the engine's own ignores caps and joins
	brush *brush

	texts   []Text
	marks   []Mark
	strokes []Stroke
}

// newCanvas prepares a sheet of the given height.
func newCanvas(ts *typesetter, th theme, height, scale float64) *canvas {
	return newSheet(ts, th, width, height, scale)
}

// newSheet prepares a sheet of any size.
func newSheet(ts *typesetter, th theme, width, height, scale float64) *canvas {
	height = math.Round(height)
	img := newImage(int(math.Round(width*scale)), int(math.Round(height*scale)))
	repeat(img.Pix, [4]byte{th.ground.R, th.ground.G, th.ground.B, 255})
	b := newBrush(img)
	gc := drawing.NewRasterGraphicContextWithPainter(img, b)
	gc.SetMatrixTransform(drawing.NewScaleMatrix(scale/fine, scale/fine))
	// Letters are drawn with overlapping contours: even-odd would leave holes.
	gc.SetFillRule(drawing.FillRuleWinding)
	return &canvas{typesetter: ts, theme: th, img: img, scale: scale, limit: 2 * (width + height), gc: gc, brush: b,
		ras: raster.NewRasterizer(img.Rect.Dx(), img.Rect.Dy())}
}

// picture hands over what was drawn.
func (c *canvas) picture(alt string) Picture {
	return Picture{Image: c.img, Alt: alt, Texts: c.texts, Marks: c.marks, Strokes: c.strokes}
}

// mark records a shape that carries a value.
func (c *canvas) mark(kind MarkKind, index int, s Sport, box Rect) {
	c.marks = append(c.marks, Mark{Kind: kind, Index: index, Sport: s, Box: box})
}

// worst is the lowest contrast of an ink against the pixels now in a box.
func (c *canvas) worst(box Rect, ink color.NRGBA) float64 {
	const cols, rows = 9, 3
	least := 21.0
	for i := range cols * rows {
		x := box.X + box.W*(float64(i%cols)+0.5)/cols
		y := box.Y + box.H*(float64(i/cols)+0.5)/rows
		at := image.Pt(int(x*c.scale), int(y*c.scale))
		if !at.In(c.img.Rect) {
			continue
		}
		p := c.img.RGBAAt(at.X, at.Y)
		least = min(least, contrast(ink, color.NRGBA(p)))
	}
	return least
}
