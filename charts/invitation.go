package charts

import (
	"fmt"
	"math"

	"rsc.io/qr"
)

// Invitation is a QR code that leads somewhere, to be scanned from another
// screen or from paper. The code is always dark on white: cameras read no
// other well.
type Invitation struct {
	Eyebrow string // small line over the name, shown in capitals
	Name    string // of the group, as people write it: anything may be in it
	Link    string // what the code says
	Scan    string // what to do with it
	Code    string // what can be typed instead
	Note    string // what holds for whoever comes
	Alt     string // what the picture says, in one sentence
	Dark    bool
}

// The measures of an invitation.
const (
	inviteHigh  = 1350.0
	inviteTop   = 236.0
	inviteSide  = 720.0 // of the white ground of the code
	inviteFoot  = 168.0
	quietZone   = 4 // modules of white around a code, as its standard asks
	finderSide  = 7 // modules of the squares in its corners
	logoShare   = 0.2
	moduleRound = 0.36 // of a module's side
)

// Draw draws the picture. It fails with ErrEmpty without a link.
func (v Invitation) Draw() (Picture, error) { return v.draw(1) }

// invitation is an Invitation that has been laid out.
type invitation struct {
	*canvas
	Invitation
	code *qr.Code
}

func (v Invitation) draw(scale float64) (Picture, error) {
	if v.Link == "" {
		return Picture{}, ErrEmpty
	}
	code, err := qr.Encode(v.Link, qr.H) // a third may be hidden: the sign stands in the middle
	if err != nil {
		return Picture{}, fmt.Errorf("qr code: %w", err)
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	th := themeFor(v.Dark)
	p := invitation{newCanvas(ts, th, inviteHigh, scale), v, code}
	p.Scan, p.Code, p.Note = ts.text(v.Scan), ts.text(v.Code), ts.text(v.Note)
	head := ts.cleanHeader(v.Eyebrow, "", "")
	head.title = ts.name(v.Name, v.Eyebrow)
	p.header(head)
	card := Rect{edge, inviteTop, width - 2*edge, inviteHigh - inviteTop - inviteFoot}
	p.panel(card)
	ground := Rect{(width - inviteSide) / 2, card.Y + 52, inviteSide, inviteSide}
	p.ground(ground)
	p.modules(ground)
	p.words(ground.Bottom(), card.Bottom())
	return p.picture(v.Alt), nil
}

// ground paints the white under the code, with an edge that shows on white.
func (p *invitation) ground(r Rect) {
	light := lightTheme()
	p.rect(Rect{r.X - 3, r.Y - 3, r.W + 6, r.H + 6}, round(47), light.line)
	p.rect(r, round(44), light.card)
}

// modules paints the code: dots that flow into those beside them, rings in
// three corners, and the sign of a runner in the middle.
func (p *invitation) modules(r Rect) {
	light := lightTheme()
	n := p.code.Size
	// Whole pixels: an edge between two dark modules would show otherwise.
	side := math.Floor(r.W / float64(n+2*quietZone))
	x0 := math.Round(r.X + (r.W-side*float64(n))/2)
	y0 := math.Round(r.Y + (r.H-side*float64(n))/2)
	logo := math.Floor(logoShare * float64(n) / 2)
	middle := float64(n) / 2
	covered := func(i, j int) bool {
		return math.Hypot(float64(i)+0.5-middle, float64(j)+0.5-middle) < logo+0.3
	}
	dark := func(i, j int) bool {
		return i >= 0 && j >= 0 && i < n && j < n && p.code.Black(i, j) && !covered(i, j) && !finder(i, j, n)
	}
	for j := range n {
		for i := range n {
			if !dark(i, j) {
				continue
			}
			k := side * moduleRound
			soft := func(a, b bool) float64 {
				if a || b {
					return 0
				}
				return k
			}
			up, down, left, beside := dark(i, j-1), dark(i, j+1), dark(i-1, j), dark(i+1, j)
			box := Rect{x0 + side*float64(i), y0 + side*float64(j), side, side}
			p.rect(box, corners{soft(up, left), soft(up, beside), soft(down, beside), soft(down, left)}, light.ink)
		}
	}
	for _, at := range [][2]int{{0, 0}, {n - finderSide, 0}, {0, n - finderSide}} {
		p.finder(x0+side*float64(at[0]), y0+side*float64(at[1]), side)
	}
	x, y := r.X+r.W/2, r.Y+r.H/2
	p.iconDisc(Run.icon(), x, y, side*logo, light.vivid, light.card)
}

// finder says whether a module belongs to one of the squares in the corners.
func finder(i, j, n int) bool {
	far := n - finderSide
	return (i < finderSide || i >= far) && j < finderSide || i < finderSide && j >= far
}

// finder paints one of the squares in the corners.
func (p *invitation) finder(x, y, side float64) {
	light := lightTheme()
	for _, ring := range []struct {
		in, round float64
		paint     func(r Rect, k corners)
	}{
		{0, 2, func(r Rect, k corners) { p.rect(r, k, light.ink) }},
		{1, 1.3, func(r Rect, k corners) { p.rect(r, k, light.card) }},
		{2, 0.9, func(r Rect, k corners) { p.rect(r, k, light.accent) }},
	} {
		w := side * (finderSide - 2*ring.in)
		ring.paint(Rect{x + side*ring.in, y + side*ring.in, w, w}, round(ring.round*side))
	}
}

// words writes under the code what to do with it.
func (p *invitation) words(top, bottom float64) {
	const room = width - 2*edge - 2*48
	th := p.theme
	scan := p.shrink(style{size: 50, weight: display, ink: th.ink, align: 0.5, track: -0.5}, 38, room, p.Scan)
	y := top + (bottom-top-pillHigh)/3 + scan.size*capHeight/2
	p.writeFit(p.Scan, width/2, y, room, scan)
	code := p.shrink(style{size: 32, weight: semibold, ink: th.accent, align: 0.5}, 28, room-2*pillSide, p.Code)
	text, _ := p.fit(p.Code, code, room-2*pillSide)
	p.pill(text, width/2, y+(bottom-y)/2, code, th.pale(th.vivid, 0.1))
	note := style{size: 32, weight: medium, ink: th.ink2, align: 0.5}
	lines := p.broken(p.Note, note, width-2*margin, 2)
	at := bottom + (inviteHigh-bottom)/2 + note.size*capHeight/2 - float64(len(lines)-1)*22
	for i, line := range lines {
		p.write(line, width/2, at+44*float64(i), note)
	}
}
