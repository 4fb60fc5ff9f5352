package charts

import "strings"

// Empty is the picture for when there is nothing to compare: it says what is,
// and how to begin.
type Empty struct {
	Eyebrow string // small line over the title, shown in capitals
	Title   string
	Sport   Sport // its icon stands in the disc
	Sign    Sign  // stands there instead of a sport's icon
	Fact    string
	Invite  string
	Alt     string // what the picture says, in one sentence
	Dark    bool
}

// The measures of an empty picture.
const (
	emptyHigh = 760.0
	emptyRoom = width - 2*edge - 2*64
)

// Draw draws the picture. It fails with ErrEmpty without a fact.
func (e Empty) Draw() (Picture, error) { return e.draw(1) }

func (e Empty) draw(scale float64) (Picture, error) {
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	e.Fact, e.Invite = ts.text(e.Fact), ts.text(e.Invite)
	if e.Fact == "" {
		return Picture{}, ErrEmpty
	}
	th := themeFor(e.Dark)
	c := newCanvas(ts, th, emptyHigh, scale)
	c.header(ts.cleanHeader(e.Eyebrow, e.Title, ""))
	card := Rect{edge, 216, width - 2*edge, emptyHigh - 216 - 36}
	c.panel(card)

	fact := c.shrink(style{size: 54, weight: display, ink: th.ink, align: 0.5, track: -0.5}, 44, emptyRoom, e.Fact)
	invite := style{size: 36, weight: medium, ink: th.ink2, align: 0.5}
	facts, invites := c.broken(e.Fact, fact, emptyRoom, 2), c.broken(e.Invite, invite, emptyRoom, 2)
	for invite.size > 30 && len(invites) > 1 && strings.HasSuffix(invites[1], "…") {
		invite.size--
		invites = c.broken(e.Invite, invite, emptyRoom, 2)
	}
	// Disc and words stand in the middle of the card, however many lines.
	const disc, toFact, toInvite = 168.0, 46.0, 30.0
	factStep, inviteStep := fact.size*1.2, invite.size*1.38
	high := disc + toFact + fact.size*capHeight + factStep*float64(len(facts)-1)
	if len(invites) > 0 {
		high += toInvite + invite.size*capHeight + inviteStep*float64(len(invites)-1)
	}
	y := card.Y + (card.H-high)/2 - 4
	c.emptyDisc(e, width/2, y+disc/2, disc/2)
	y += disc + toFact + fact.size*capHeight
	for i, s := range facts {
		c.write(s, width/2, y+factStep*float64(i), fact)
	}
	y += factStep*float64(len(facts)-1) + toInvite + invite.size*capHeight
	for i, s := range invites {
		c.write(s, width/2, y+inviteStep*float64(i), invite)
	}
	return c.picture(e.Alt), nil
}

// emptyDisc draws the icon on a pale disc of its colour.
func (c *canvas) emptyDisc(e Empty, x, y, r float64) {
	icon, col := e.Sport.known().icon(), c.theme.sport(e.Sport.known())
	if e.Sign.known() {
		icon, col = string(e.Sign), c.theme.vivid
	}
	c.iconDisc(icon, x, y, r, c.theme.pale(col, 0.14), col)
}

// broken breaks text between words into at most most lines; the last one is cut
// to its room.
func (ts *typesetter) broken(s string, st style, room float64, most int) []string {
	var out []string
	words := strings.Split(s, " ")
	for len(words) > 0 && words[0] != "" {
		n := len(words)
		if len(out) < most-1 {
			for n > 1 && ts.measure(strings.Join(words[:n], " "), st) > room {
				n--
			}
		}
		line, _ := ts.fit(strings.Join(words[:n], " "), st, room)
		out, words = append(out, line), words[n:]
	}
	return out
}
