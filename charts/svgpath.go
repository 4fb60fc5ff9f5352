package charts

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// segment is one piece of a path: M and L with one point, C with three, Z
// with none, all absolute.
type segment struct {
	op byte
	p  [6]float64
}

var errPath = errors.New("bad path")

// pathReader reads the path language of SVG 1.1, section 8.3, without
// quadratic curves, which the icons do not use.
type pathReader struct {
	s   string
	out []segment

	x, y   float64 // where the pen is
	mx, my float64 // where the contour began
	hx, hy float64 // second handle of the last cubic
	smooth bool    // the last command was a cubic
}

// parsePath turns a path into absolute segments.
func parsePath(d string) ([]segment, error) {
	r := &pathReader{s: d}
	var op byte
	for r.skip(); r.s != ""; r.skip() {
		if c := r.s[0]; c >= 'A' {
			op, r.s = c, r.s[1:]
		} else if op == 'M' || op == 'm' {
			op-- // points after a move are lines: L before M
		}
		if err := r.step(op); err != nil {
			return nil, fmt.Errorf("%w: %q before %q", err, op, r.s)
		}
	}
	return r.out, nil
}

func (r *pathReader) skip() { r.s = strings.TrimLeft(r.s, " ,\t\n") }

// step reads the arguments of one command and draws it.
func (r *pathReader) step(op byte) error {
	upper, rel := op&^0x20, op >= 'a'
	ox, oy := 0.0, 0.0
	if rel {
		ox, oy = r.x, r.y
	}
	cubic := false
	var err error
	switch upper {
	case 'Z':
		r.out = append(r.out, segment{op: 'Z'})
		r.x, r.y = r.mx, r.my
		return nil
	case 'M', 'L':
		var v [2]float64
		if err = r.numbers(v[:]); err == nil {
			r.line(upper, v[0]+ox, v[1]+oy)
		}
	case 'H', 'V':
		var v [1]float64
		if err = r.numbers(v[:]); err == nil && upper == 'H' {
			r.line('L', v[0]+ox, r.y)
		} else if err == nil {
			r.line('L', r.x, v[0]+oy)
		}
	case 'C', 'S':
		cubic = true
		err = r.cubic(upper, ox, oy)
	case 'A':
		err = r.arc(ox, oy)
	default:
		err = errPath
	}
	r.smooth = cubic
	return err
}

func (r *pathReader) line(op byte, x, y float64) {
	r.x, r.y = x, y
	if op == 'M' {
		r.mx, r.my = x, y
	}
	r.out = append(r.out, segment{op, [6]float64{x, y}})
}

func (r *pathReader) cubic(op byte, ox, oy float64) error {
	var v [6]float64
	from := 0
	if op == 'S' {
		from = 2
		v[0], v[1] = r.x, r.y
		if r.smooth {
			v[0], v[1] = 2*r.x-r.hx, 2*r.y-r.hy
		}
	}
	if err := r.numbers(v[from:]); err != nil {
		return err
	}
	for i := from; i < 6; i += 2 {
		v[i], v[i+1] = v[i]+ox, v[i+1]+oy
	}
	r.hx, r.hy, r.x, r.y = v[2], v[3], v[4], v[5]
	r.out = append(r.out, segment{'C', v})
	return nil
}

// arc draws an elliptical arc as cubics, by the change from end points to
// centre of SVG 1.1, appendix F.6. Icons use circles only, so radii are equal.
func (r *pathReader) arc(ox, oy float64) error {
	var radii [3]float64
	if err := r.numbers(radii[:]); err != nil {
		return err
	}
	large, err1 := r.flag()
	sweep, err2 := r.flag()
	var end [2]float64
	if err := errors.Join(err1, err2, r.numbers(end[:])); err != nil {
		return err
	}
	rad, x, y := radii[0], end[0]+ox, end[1]+oy
	half := math.Hypot(x-r.x, y-r.y) / 2
	if rad <= 0 || radii[1] != rad || half == 0 {
		return errPath
	}
	rad = max(rad, half)
	off := math.Sqrt(max(0, rad*rad-half*half)) / (2 * half)
	if large == sweep {
		off = -off
	}
	cx, cy := (r.x+x)/2-off*(y-r.y), (r.y+y)/2+off*(x-r.x)
	from := math.Atan2(r.y-cy, r.x-cx)
	turn := math.Atan2(y-cy, x-cx) - from
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	r.sweep(cx, cy, rad, from, turn)
	r.x, r.y = x, y
	return nil
}

// sweep draws a turn around a centre, a quarter of a circle at a time.
func (r *pathReader) sweep(cx, cy, rad, from, turn float64) {
	n := math.Ceil(math.Abs(turn)/(math.Pi/2) - 1e-9)
	step := turn / n
	k := rad * 4 / 3 * math.Tan(step/4)
	for i := range int(n) {
		a := from + step*float64(i)
		b := a + step
		sa, ca := math.Sincos(a)
		sb, cb := math.Sincos(b)
		r.out = append(r.out, segment{'C', [6]float64{
			cx + rad*ca - k*sa, cy + rad*sa + k*ca,
			cx + rad*cb + k*sb, cy + rad*sb - k*cb,
			cx + rad*cb, cy + rad*sb,
		}})
	}
}

func (r *pathReader) numbers(v []float64) error {
	for i := range v {
		r.skip()
		n := numberLen(r.s)
		f, err := strconv.ParseFloat(r.s[:n], 64)
		if err != nil || math.IsInf(f, 0) {
			return errPath
		}
		v[i], r.s = f, r.s[n:]
	}
	return nil
}

// flag reads one digit, which may stand glued to the next number.
func (r *pathReader) flag() (bool, error) {
	r.skip()
	if r.s == "" || r.s[0] != '0' && r.s[0] != '1' {
		return false, errPath
	}
	on := r.s[0] == '1'
	r.s = r.s[1:]
	return on, nil
}

// numberLen is the length of the number at the start of s. A second point or
// a sign begins the next number.
func numberLen(s string) int {
	point := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case c == '-' && i == 0:
		case c == '.' && !point:
			point = true
		default:
			return i
		}
	}
	return len(s)
}
