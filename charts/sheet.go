package charts

import (
	"image"
	"image/color"
	"math"
)

// The measures of a contact sheet, in pixels.
const (
	sheetWide  = 300 // width of a picture
	sheetGap   = 18
	sheetRound = 12.0
)

// Sheet lays small copies of pictures side by side, each under the shortest
// column so far, on one ground. It fails with ErrEmpty without a picture. Less
// than one column counts as one.
func Sheet(pictures []Picture, columns int) (*image.RGBA, error) {
	var small []*image.RGBA
	for _, p := range pictures {
		if p.Image != nil && !p.Image.Rect.Empty() {
			small = append(small, narrow(p.Image, sheetWide))
		}
	}
	if len(small) == 0 {
		return nil, ErrEmpty
	}
	columns = max(1, min(columns, len(small)))
	at, size := places(small, columns)
	sheet := image.NewRGBA(size)
	ground := mix(lightTheme().axis, darkTheme().axis, 0.35)
	for i := 0; i < len(sheet.Pix); i += 4 {
		sheet.Pix[i], sheet.Pix[i+1], sheet.Pix[i+2], sheet.Pix[i+3] = ground.R, ground.G, ground.B, 255
	}
	for i, m := range small {
		paste(sheet, m, at[i])
	}
	return sheet, nil
}

// places finds where each picture goes and how large the sheet is.
func places(small []*image.RGBA, columns int) ([]image.Point, image.Rectangle) {
	ends := make([]int, columns)
	for i := range ends {
		ends[i] = sheetGap
	}
	at := make([]image.Point, len(small))
	for i, m := range small {
		col := 0
		for c, end := range ends {
			if end < ends[col] {
				col = c
			}
		}
		at[i] = image.Pt(sheetGap+col*(sheetWide+sheetGap), ends[col])
		ends[col] += m.Rect.Dy() + sheetGap
	}
	high := 0
	for _, end := range ends {
		high = max(high, end)
	}
	return at, image.Rect(0, 0, sheetGap+columns*(sheetWide+sheetGap), high)
}

// narrow averages a picture down to a width.
func narrow(m *image.RGBA, wide int) *image.RGBA {
	b := m.Bounds()
	high := max(1, (wide*b.Dy()+b.Dx()/2)/b.Dx())
	return reduce(m, max(wide, high))
}

// paste copies a picture with its corners rounded.
func paste(sheet, m *image.RGBA, at image.Point) {
	b := m.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			p, q := m.RGBAAt(x, y), sheet.RGBAAt(at.X+x, at.Y+y)
			t := cover(float64(x)+0.5, float64(y)+0.5, float64(b.Dx()), float64(b.Dy()))
			sheet.SetRGBA(at.X+x, at.Y+y, color.RGBA(mix(color.NRGBA(q), color.NRGBA(p), t)))
		}
	}
}

// cover is how much of a pixel lies inside a rectangle with round corners.
func cover(x, y, w, h float64) float64 {
	dx := max(sheetRound-x, x-(w-sheetRound), 0)
	dy := max(sheetRound-y, y-(h-sheetRound), 0)
	return max(0, min(1, sheetRound+0.5-math.Hypot(dx, dy)))
}
