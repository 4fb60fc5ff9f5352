package charts

import (
	"fmt"
	"slices"
)

// Stat is one figure with the word that explains it.
type Stat struct {
	Value string // formatted, with its unit
	Label string
}

// Length is a round length that a scale bar may have.
type Length struct {
	Meters float64
	Text   string // formatted, such as "500 m"
}

// Route is the way of one activity, seen from above: the line coloured by
// pace, with a dot at every kilometre or mile. It is always dark and north is
// up.
//
// The ends are hidden here: nothing that lies within 200 to 400 metres of the
// first and the last fix is drawn, wherever else the track comes by. Kilometres
// and heights are counted from where the line begins, so that they do not tell
// how much is hidden.
type Route struct {
	Eyebrow string // small line over the title, shown in capitals: who and when
	Title   string
	Sport   Sport // colours the line where there is no pace
	Track   Track
	// ID chooses how the ends are hidden. It is the same for all pictures of a
	// person and known to nobody: derive it from a secret of the installation
	// and the person's key. Without it nothing is drawn.
	ID         string
	Unit       string  // of the dots, such as "km"
	UnitMeters float64 // from dot to dot: 1000 or 1609.344; 0 means 1000
	Lengths    []Length
	Slow, Fast string // what the ends of the colours stand for; see Survey
	Stats      []Stat // at most four
	Elevation  string // heading of the profile, which is left out below 15 m
	Peak       string // the highest point, formatted; see Survey
	Alt        string // what the picture says, in one sentence
}

// Survey is what a Route shows of a track, for the caller to put into words.
type Survey struct {
	Meters     float64 // between the ends of the line
	Slow, Fast float64 // metres per second at the ends of the colours; 0 without pace
	Low, High  float64 // metres above the sea; NaN without altitudes
}

// Survey measures what is left of a track when its ends are hidden by id. It
// fails with ErrHidden where that is too little for a picture, and with
// ErrEmpty where the track has no place at all.
func (t Track) Survey(id string) (Survey, error) {
	w, err := newWay(t, id)
	if err != nil {
		return Survey{}, err
	}
	return Survey{Meters: w.length(), Slow: w.slow, Fast: w.fast, Low: w.low, High: w.high}, nil
}

// The measures of a route.
const (
	routeTall   = 1350.0
	routeSquare = 1080.0 // height without a profile
	mostStats   = 4

	routeEyebrow = 118.0 // base lines
	routeTitle   = 188.0
	mapTop       = 236.0 // where the line may begin
	mapFoot      = 106.0 // from there to the end of its card
	mapSide      = 112.0
	statRoom     = 174.0 // under the map
	profileH     = 312.0
	profileLeast = 15.0 // metres between the lowest and the highest point
)

// Draw draws the route. It fails as Survey does.
func (r Route) Draw() (Picture, error) { return r.draw(1) }

// routeMap is a Route that has been laid out.
type routeMap struct {
	*canvas
	way  way
	view view
	unit float64 // metres from dot to dot
	card Rect
}

func (r Route) draw(scale float64) (Picture, error) {
	w, err := newWay(r.Track, r.ID)
	if err != nil {
		return Picture{}, fmt.Errorf("route: %w", err)
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	r = ts.cleanRoute(r)
	height, foot := routeSquare, edge
	if w.hilly() {
		height, foot = routeTall, profileH+edge
	}
	switch {
	case len(r.Stats) > 0:
		foot += statRoom
	case w.hilly():
		foot += cardGap
	}
	m := routeMap{canvas: newCanvas(ts, themeFor(true), height, scale), way: w, unit: r.UnitMeters}
	m.card = Rect{edge, edge, width - 2*edge, height - edge - foot}
	box := Rect{mapSide, mapTop, width - 2*mapSide, m.card.Bottom() - mapFoot - mapTop}
	m.view = newView(w.pieces, box)
	bar := m.scaleFor(r.Lengths)

	m.ground(bar.Meters / m.view.mpp)
	m.titles(r)
	m.scaleBar(bar)
	m.paceKey(r.Slow, r.Fast)
	m.line(r.Sport)
	m.dots()
	m.stats(r.Stats, m.card.Bottom(), m.theme.stat().size)
	if w.hilly() {
		m.profile(r, Rect{edge, height - edge - profileH, width - 2*edge, profileH})
	}
	return m.picture(r.Alt), nil
}

// cleanRoute makes the strings of a route drawable.
func (ts *typesetter) cleanRoute(r Route) Route {
	head := ts.cleanHeader(r.Eyebrow, r.Title, "")
	r.Eyebrow, r.Title = head.eyebrow, head.title
	r.Unit, r.Elevation, r.Peak = ts.text(r.Unit), ts.text(r.Elevation), ts.text(r.Peak)
	r.Slow, r.Fast = ts.text(r.Slow), ts.text(r.Fast)
	r.Stats = ts.cleanStats(r.Stats, mostStats)
	if !finite(r.UnitMeters) || r.UnitMeters < 1 {
		r.UnitMeters = 1000
	}
	return r
}

// cleanStats makes at most so many figures drawable.
func (ts *typesetter) cleanStats(stats []Stat, most int) []Stat {
	out := slices.Clone(stats[:min(len(stats), most)])
	for i, s := range out {
		out[i] = Stat{ts.text(s.Value), ts.text(s.Label)}
	}
	return out
}

// hilly says whether the heights are worth a picture.
func (w way) hilly() bool { return w.high-w.low >= profileLeast }

// length is the way from where the line begins to where it ends.
func (w way) length() float64 { return w.last().along - w.first().along }

func (w way) first() spot { return w.pieces[0][0] }

func (w way) last() spot {
	p := w.pieces[len(w.pieces)-1]
	return p[len(p)-1]
}

// titles writes the two lines over the map.
func (m *routeMap) titles(r Route) {
	const room = width - 2*76
	m.writeFit(r.Eyebrow, 76, routeEyebrow, room, m.theme.eyebrow())
	st := style{size: 56, weight: display, ink: m.theme.ink, track: -0.6}
	st = m.shrink(st, 42, room, r.Title)
	m.writeFit(r.Title, 76-st.size*0.04, routeTitle, room, st)
}

// stats writes the figures side by side, as large as size where they fit,
// under a card that ends at y.
func (c *canvas) stats(stats []Stat, y, size float64) {
	if len(stats) == 0 {
		return
	}
	value, label := c.theme.stat().to(0.5), c.theme.label().to(0.5)
	value.size, value.track = size, -0.5
	rooms := c.statRooms(stats, &value, label)
	for i, s := range stats {
		value = c.shrink(value, 38, rooms[i]-2*statGap, s.Value)
		label = c.shrink(label, 28, rooms[i]-statGap, s.Label)
	}
	x := edge
	for i, s := range stats {
		c.writeFit(s.Value, x+rooms[i]/2, y+94, rooms[i]-statGap, value)
		c.writeFit(s.Label, x+rooms[i]/2, y+140, rooms[i]-statGap, label)
		x += rooms[i]
	}
}

// statGap is the room that stays free between figures side by side.
const statGap = 28.0

// statRooms are the widths of figures side by side: the same for all where
// everything fits so, in somewhat smaller type if need be, otherwise to the
// need of each, with the values as small as that takes.
func (c *canvas) statRooms(stats []Stat, value *style, label style) []float64 {
	n := float64(len(stats))
	same := (width - 2*edge) / n
	rooms := make([]float64, len(stats))
	label.size = 28
	measure := func(st style) (most, spare float64) {
		spare = width - 2*edge
		for i, s := range stats {
			rooms[i] = max(c.measure(s.Value, st)+2*statGap, c.measure(s.Label, label)+statGap)
			most, spare = max(most, rooms[i]), spare-rooms[i]
		}
		return most, spare / n
	}
	small := *value
	small.size *= 0.75
	most, _ := measure(small)
	for st := *value; most > same && st.size >= 38; st.size -= 2 {
		_, spare := measure(st)
		if spare < 0 {
			continue
		}
		for i := range rooms {
			rooms[i] += spare
		}
		*value = st
		return rooms
	}
	for i := range rooms {
		rooms[i] = same
	}
	return rooms
}
