package charts

import (
	"image/color"
	"strconv"
	"strings"
)

// The measures of the card with the shares.
const (
	mostShares  = 4
	sharesDirH  = 260.0 // height with names under their parts
	sharesTop   = 98.0  // to the bar
	sharesBarH  = 72.0
	sharesName  = 44.0  // from the bar to the base line of the names
	sharesFirst = 230.0 // to the middle of the first line of a list
	sharesStep  = 50.0
	sharesGap   = 36.0 // between the columns of a list
)

// shareBar is the shares, laid out: with names under the parts where all fit,
// else as a list.
type shareBar struct {
	high   float64 // of the card; 0 for none
	parts  []Share // what is drawn, the others last
	wide   []float64
	names  []string // under the parts; nil for a list
	others bool     // the last part is the others
	column float64  // width of a column of the list
}

func shareText(th theme) style {
	return style{size: 36, weight: semibold, ink: th.ink, align: 0.5, digits: true}
}

// layShares cleans the shares and finds how they are named.
func (ts *typesetter) layShares(g Challenge, th theme) shareBar {
	var b shareBar
	rest := g.Others
	rest.Value = amount(rest.Value)
	for _, s := range g.Shares {
		if s.Value = amount(s.Value); s.Value == 0 {
			continue
		}
		if len(b.parts) == mostShares {
			rest.Value = min(most, rest.Value+s.Value)
			continue
		}
		s.Name, s.Text = ts.name(s.Name, s.Fallback), ts.text(s.Text)
		if s.Name == "" {
			s.Name = "#" + strconv.Itoa(len(b.parts)+1)
		}
		b.parts = append(b.parts, s)
	}
	if len(b.parts) == 0 {
		return shareBar{}
	}
	if rest.Value > 0 {
		rest.Name, rest.Text = ts.text(rest.Name), ts.text(rest.Text)
		b.parts, b.others = append(b.parts, rest), true
	}
	values := make([]Part, len(b.parts))
	for i, s := range b.parts {
		values[i].Value = s.Value
	}
	b.wide = divide(right-inner, values)
	if b.names = ts.under(b, th); b.names != nil {
		b.high = sharesDirH
		return b
	}
	b.column = (right - inner - sharesGap) / 2
	lines := float64((len(b.parts) + 1) / 2)
	b.high = sharesFirst + (lines-1)*sharesStep + 54
	return b
}

// under are the names as they stand under their parts, or nil where one of
// them does not fit.
func (ts *typesetter) under(b shareBar, th theme) []string {
	names := make([]string, len(b.parts))
	for i, s := range b.parts {
		room := b.wide[i] - partGap
		if ts.measure(s.Text, shareText(th)) > room-20 {
			return nil
		}
		found := false
		for _, name := range shorter(s.Name) {
			if ts.measure(name, th.label()) <= room-6 {
				names[i], found = name, true
				break
			}
		}
		if !found {
			return nil
		}
	}
	return names
}

// shorter is a name and how people shorten it: the given name with an initial.
func shorter(name string) []string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return []string{name}
	}
	last := clusters(words[len(words)-1])[0]
	return []string{name, words[0] + " " + last + "."}
}

// colours of the parts, in order.
func (b shareBar) colour(th theme, i int) (ground, ink color.NRGBA) {
	if b.others && i == len(b.parts)-1 {
		return th.axis, th.inkOver(th.axis)
	}
	ground = th.sport([]Sport{Run, Ride, WalkHike, Strength}[i])
	return ground, th.textOn(ground)
}

// shares draws the card with what each member brought.
func (c *challenge) shares(b shareBar, card Rect) {
	th := c.theme
	c.panel(card)
	c.headed(c.Heading, c.Note, card.Y+60)
	x, st := inner, shareText(th)
	for i, s := range b.parts {
		k, gap := round(5), partGap
		if i == 0 {
			k.tl, k.bl = 20, 20
		}
		if i == len(b.parts)-1 {
			k.tr, k.br, gap = 20, 20, 0
		}
		box := Rect{x, card.Y + sharesTop, max(1, b.wide[i]-gap), sharesBarH}
		ground, ink := b.colour(th, i)
		c.rect(box, k, ground)
		c.mark(MarkBand, 1+i, "", box)
		if c.measure(s.Text, st) <= box.W-20 {
			c.writeMid(s.Text, box.X+box.W/2, box.Y+box.H/2, st.in(ink))
		}
		if b.names != nil {
			c.write(b.names[i], box.X+box.W/2, box.Bottom()+sharesName, th.label().to(0.5))
		} else {
			c.listed(b, i, card)
		}
		x += b.wide[i]
	}
}

// listed writes a share on its line of the list.
func (c *challenge) listed(b shareBar, i int, card Rect) {
	th, s := c.theme, b.parts[i]
	x := inner + float64(i%2)*(b.column+sharesGap)
	y := card.Y + sharesFirst + float64(i/2)*sharesStep
	ground, _ := b.colour(th, i)
	c.rect(Rect{x, y - 14, 28, 28}, round(8), ground)
	value := th.total().to(1)
	text, _ := c.fit(s.Text, value, b.column/2)
	w := c.writeMid(text, x+b.column, y, value)
	name, _ := c.fit(s.Name, th.label(), b.column-44-w-16)
	c.writeMid(name, x+44, y, th.label())
}
