package charts

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
)

// ErrEmpty says that there is nothing to draw.
var ErrEmpty = errors.New("nothing to draw")

// The limits that pictures and thumbnails keep, in bytes.
const (
	maxJPEG      = 300 << 10
	maxThumbnail = 3 << 10
)

// Picture is a finished drawing with a record of what is on it.
type Picture struct {
	Image   *image.RGBA
	Alt     string   // what the picture says, in one sentence
	Texts   []Text   // in the order they were drawn
	Marks   []Mark   // in the order they were drawn
	Strokes []Stroke // pieces of lines that carry values
}

// Rect is a rectangle in pixels of a picture 1080 wide.
type Rect struct{ X, Y, W, H float64 }

// Text is a piece of text on a picture.
type Text struct {
	S        string  // as shown: cleaned and perhaps cut
	Box      Rect    // from capital height to baseline
	Size     float64 // of the font, in pixels
	Cut      bool    // ends in an ellipsis for want of room
	Tofu     bool    // holds a sign that no font has
	Contrast float64 // WCAG ratio to the worst pixel under it
}

// Stroke is a straight piece of a line that carries values.
type Stroke struct{ X0, Y0, X1, Y1, Width float64 }

// Mark is a shape that carries a value.
type Mark struct {
	Kind  MarkKind
	Index int   // of the row or column
	Sport Sport // empty for a whole bar
	Box   Rect
}

// MarkKind is the kind of a Mark.
type MarkKind string

// The kinds of marks.
const (
	MarkBar  MarkKind = "bar"  // a whole bar
	MarkPart MarkKind = "part" // one sport's part of a bar
	MarkLine MarkKind = "line" // a line of the grid
	MarkBand MarkKind = "band" // a bar that may hold its own text
	MarkRing MarkKind = "ring" // part of a ring: its box is the whole ring's
	MarkCell MarkKind = "cell" // a day in a calendar
	MarkRay  MarkKind = "ray"  // a day on a dial
	MarkDot  MarkKind = "dot"  // a point
	MarkTick MarkKind = "tick" // a place that a bar should reach
)

// JPEG returns the picture as a chat takes it: quality 90, or as much below it
// as 300 KB need.
func (p Picture) JPEG() ([]byte, error) { return shrink(p.Image, 90, maxJPEG) }

// Thumbnail returns a small JPEG of the picture: 72 pixels on its longer side,
// at most 3 KB.
func (p Picture) Thumbnail() ([]byte, error) {
	if p.Image == nil {
		return nil, ErrEmpty
	}
	return shrink(reduce(p.Image, 72), 60, maxThumbnail)
}

// PNG returns the picture without loss.
func (p Picture) PNG() ([]byte, error) {
	if p.Image == nil {
		return nil, ErrEmpty
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p.Image); err != nil {
		return nil, fmt.Errorf("png: %w", err)
	}
	return b.Bytes(), nil
}

// shrink encodes at the given quality and lowers it until limit bytes hold it
// or the quality is at its floor.
func shrink(m *image.RGBA, quality, limit int) ([]byte, error) {
	if m == nil {
		return nil, ErrEmpty
	}
	for {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
			return nil, fmt.Errorf("jpeg: %w", err)
		}
		if b.Len() <= limit || quality <= 30 {
			return b.Bytes(), nil
		}
		quality -= 5
	}
}

// reduce averages the picture down to long pixels on its longer side.
func reduce(m *image.RGBA, long int) *image.RGBA {
	b := m.Bounds()
	w, h := long, long
	if b.Dx() < b.Dy() {
		w = max(1, (long*b.Dx()+b.Dy()/2)/b.Dy())
	} else {
		h = max(1, (long*b.Dy()+b.Dx()/2)/b.Dx())
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			r := image.Rect(x*b.Dx()/w, y*b.Dy()/h, (x+1)*b.Dx()/w, (y+1)*b.Dy()/h)
			copy(out.Pix[out.PixOffset(x, y):][:4], average(m, r))
		}
	}
	return out
}

// average is the mean colour of an area.
func average(m *image.RGBA, r image.Rectangle) []byte {
	r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
	var sum [4]int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p := m.Pix[m.PixOffset(x, y):][:4]
			for i, v := range p {
				sum[i] += int(v)
			}
		}
	}
	n := r.Dx() * r.Dy()
	var out [4]byte
	for i, v := range sum {
		out[i] = byte((v + n/2) / n)
	}
	return out[:]
}
