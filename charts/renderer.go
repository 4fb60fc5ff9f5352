package charts

import (
	"errors"
	"fmt"
	"image/color"
	"io"
	"math"

	"github.com/golang/freetype/truetype"
	"github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// Units is how many units of a chart make one pixel: its coordinates are whole
// numbers, and whole pixels would make lines wobble. A chart that is drawn by
// a Renderer is Units times as wide and as high as its picture.
const Units = 4

// Renderer draws a chart.Chart with the fonts, strokes and circles of this
// package. Coordinates are Units to the pixel; font sizes, widths of strokes
// and radii of dots are pixels. Fonts and resolutions that are set are
// ignored. Points that are not numbers break a line. It belongs to one chart.
type Renderer struct {
	c      *canvas
	origin pt // of the chart, in pixels
	style  chart.Style
	turn   float64 // of text, in radians
	paths  [][]pt
}

var _ chart.Renderer = (*Renderer)(nil)

// maxPixels is the largest side of a picture that a Provider makes.
const maxPixels = 4096

// Provider makes Renderers on pictures of their own, for chart.Chart.Render.
// The chart's Width and Height are in Units; what it writes is PNG.
func Provider(dark bool) chart.RendererProvider {
	return func(w, h int) (chart.Renderer, error) {
		if w < Units || h < Units || w > Units*maxPixels || h > Units*maxPixels {
			return nil, fmt.Errorf("a chart of %d by %d units cannot be drawn", w, h)
		}
		ts, err := newTypesetter()
		if err != nil {
			return nil, err
		}
		return &Renderer{c: newSheet(ts, themeFor(dark), float64(w)/Units, float64(h)/Units, 1)}, nil
	}
}

// Picture hands over what was drawn, with its description in one sentence.
func (r *Renderer) Picture(alt string) Picture { return r.c.picture(alt) }

// Save writes what was drawn as PNG.
func (r *Renderer) Save(w io.Writer) error {
	if w == io.Discard {
		return nil
	}
	b, err := r.c.picture("").PNG()
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// ResetStyle forgets all that was set.
func (r *Renderer) ResetStyle() { r.style, r.turn = chart.Style{}, 0 }

// GetDPI is 72: a point is a pixel.
func (r *Renderer) GetDPI() float64 { return 72 }

// SetDPI does nothing.
func (r *Renderer) SetDPI(float64) {}

// SetClassName does nothing: pictures have no classes.
func (r *Renderer) SetClassName(string) {}

// SetStrokeColor sets the colour of lines.
func (r *Renderer) SetStrokeColor(c drawing.Color) { r.style.StrokeColor = c }

// SetFillColor sets the colour of areas.
func (r *Renderer) SetFillColor(c drawing.Color) { r.style.FillColor = c }

// SetStrokeWidth sets the width of lines, in pixels.
func (r *Renderer) SetStrokeWidth(w float64) { r.style.StrokeWidth = w }

// SetStrokeDashArray sets the lengths on and off of lines, in pixels.
func (r *Renderer) SetStrokeDashArray(d []float64) { r.style.StrokeDashArray = d }

// SetFont does nothing: the text font has every script.
func (r *Renderer) SetFont(*truetype.Font) {}

// SetFontColor sets the colour of text.
func (r *Renderer) SetFontColor(c drawing.Color) { r.style.FontColor = c }

// SetFontSize sets the size of text, in pixels.
func (r *Renderer) SetFontSize(size float64) { r.style.FontSize = size }

// SetTextRotation turns the text that follows, clockwise, in radians.
func (r *Renderer) SetTextRotation(radians float64) { r.turn = radians }

// ClearTextRotation lets text run from left to right again.
func (r *Renderer) ClearTextRotation() { r.turn = 0 }

// MoveTo begins a line.
func (r *Renderer) MoveTo(x, y int) { r.paths = append(r.paths, []pt{r.at(float64(x), float64(y))}) }

// LineTo continues a line.
func (r *Renderer) LineTo(x, y int) { r.add(r.at(float64(x), float64(y))) }

// QuadCurveTo continues a line as a quadratic curve.
func (r *Renderer) QuadCurveTo(cx, cy, x, y int) {
	from, ok := r.last()
	b, to := r.at(float64(cx), float64(cy)), r.at(float64(x), float64(y))
	if !ok {
		from = b
	}
	for i := 1; i <= 16; i++ {
		t := float64(i) / 16
		u := 1 - t
		r.add(pt{u*u*from.x + 2*u*t*b.x + t*t*to.x, u*u*from.y + 2*u*t*b.y + t*t*to.y})
	}
}

// ArcTo continues a line along an ellipse: from the angle start on, clockwise
// from three o'clock, by delta, in radians.
func (r *Renderer) ArcTo(cx, cy int, rx, ry, start, delta float64) {
	if !finite(rx) || !finite(ry) || !finite(start) || !finite(delta) {
		return
	}
	delta = max(-2*math.Pi, min(2*math.Pi, delta))
	n := int(math.Ceil(math.Abs(delta)*16)) + 1
	for i := 0; i <= n; i++ {
		s, k := math.Sincos(start + delta*float64(i)/float64(n))
		r.add(r.at(float64(cx)+rx*k, float64(cy)+ry*s))
	}
}

// Close leads a line back to where it began.
func (r *Renderer) Close() {
	if n := len(r.paths); n > 0 && len(r.paths[n-1]) > 0 {
		r.add(r.paths[n-1][0])
	}
}

// Circle adds a circle to the path; its radius is pixels.
func (r *Renderer) Circle(radius float64, x, y int) {
	p := r.at(float64(x), float64(y))
	r.paths = append(r.paths, nil)
	for i := range 49 {
		r.add(onCircle(p.x, p.y, radius, float64(i)/48))
	}
}

// Stroke draws the lines of the path and forgets it.
func (r *Renderer) Stroke() { r.stroke(); r.paths = nil }

// Fill paints the areas of the path and forgets it.
func (r *Renderer) Fill() { r.fill(nil); r.paths = nil }

// FillStroke paints the areas, draws the lines and forgets the path.
func (r *Renderer) FillStroke() { r.fill(nil); r.stroke(); r.paths = nil }

// FillFade paints the areas of the path in its colour and forgets it: covering
// by the share from at the y top, by the share to at the y bottom.
func (r *Renderer) FillFade(top, bottom int, from, to float64) {
	y0, y1 := r.at(0, float64(top)).y, r.at(0, float64(bottom)).y
	col := nrgba(r.style.FillColor)
	r.fill(func(_, y float64) color.NRGBA {
		return ramp(y, y0, y1, alpha(col, from), alpha(col, to))
	})
	r.paths = nil
}

// Text writes a line with its baseline at y.
func (r *Renderer) Text(body string, x, y int) {
	p, st := r.at(float64(x), float64(y)), r.text()
	if body = r.c.typesetter.text(body); body == "" || !finite(p.x) || !finite(p.y) {
		return
	}
	if r.turn == 0 {
		r.c.write(body, p.x, p.y, st)
		return
	}
	r.c.writeTurned(body, p.x, p.y, r.turn, st)
}

// MeasureText is the room that a line takes, turned as it will be.
func (r *Renderer) MeasureText(body string) chart.Box {
	st := r.text()
	box := chart.Box{
		Right:  int(math.Ceil(r.c.measure(r.c.typesetter.text(body), st) * Units)),
		Bottom: int(math.Ceil(st.size * capHeight * Units)),
	}
	if r.turn == 0 {
		return box
	}
	return box.Corners().Rotate(chart.RadiansToDegrees(r.turn)).Box()
}

// text is the style of text as it was set.
func (r *Renderer) text() style {
	size := r.style.FontSize
	if !(size >= 1 && size <= 400) {
		size = chart.DefaultFontSize
	}
	return style{size: size, weight: medium, ink: nrgba(r.style.FontColor), digits: true}
}

// far is where a coordinate counts as no number: what is not finite becomes a
// huge integer on its way here.
const far = 1 << 24

// at is a point of the chart in pixels.
func (r *Renderer) at(x, y float64) pt {
	if math.Abs(x) > far || math.Abs(y) > far {
		return pt{math.NaN(), math.NaN()}
	}
	return pt{r.origin.x + x/Units, r.origin.y + y/Units}
}

func (r *Renderer) add(p pt) {
	if len(r.paths) == 0 {
		r.paths = [][]pt{nil}
	}
	n := len(r.paths) - 1
	r.paths[n] = append(r.paths[n], p)
}

func (r *Renderer) last() (pt, bool) {
	if n := len(r.paths); n > 0 && len(r.paths[n-1]) > 0 {
		return r.paths[n-1][len(r.paths[n-1])-1], true
	}
	return pt{}, false
}

func (r *Renderer) stroke() {
	col, w := nrgba(r.style.StrokeColor), r.style.StrokeWidth
	if col.A == 0 || !(w > 0 && w < 1000) {
		return
	}
	st := stroke{width: w, dash: r.style.StrokeDashArray, butt: len(r.style.StrokeDashArray) > 0, data: w >= 3}
	for _, path := range r.paths {
		if len(path) == 1 && finite(path[0].x) && finite(path[0].y) {
			r.c.circle(path[0].x, path[0].y, w/2, col)
			continue
		}
		r.c.polyline(path, st, col)
	}
}

// fill paints the path in its colour or in that of a shade.
func (r *Renderer) fill(shade func(x, y float64) color.NRGBA) {
	if r.style.FillColor.A == 0 {
		return
	}
	any := false
	for _, path := range r.paths {
		for _, whole := range unbroken(path) {
			if len(whole) < 3 {
				continue
			}
			any = true
			r.c.moveTo(whole[0].x, whole[0].y)
			for _, p := range whole[1:] {
				r.c.lineTo(p.x, p.y)
			}
			r.c.gc.Close()
		}
	}
	switch {
	case !any:
	case shade != nil:
		r.c.fillShade(shade)
	default:
		r.c.fill(nrgba(r.style.FillColor))
	}
}

func nrgba(c drawing.Color) color.NRGBA { return color.NRGBA{R: c.R, G: c.G, B: c.B, A: c.A} }

func ink(c color.NRGBA) drawing.Color { return drawing.Color{R: c.R, G: c.G, B: c.B, A: c.A} }

// errScale says that a chart has no room to scale to.
var errScale = errors.New("a plot without width or height")
