package charts

import (
	"hash/fnv"
	"image/color"
)

// theme is the set of colours of a picture. The sports come from the palette
// of Okabe and Ito, which stays apart for colour-blind eyes.
type theme struct {
	dark             bool
	ground, card     color.NRGBA
	ink, ink2, ink3  color.NRGBA // text: main, second, quiet
	line, thin, axis color.NRGBA // of the grid: labelled, between, base
	track            color.NRGBA
	accent, vivid    color.NRGBA    // accent for text, for areas
	card2            color.NRGBA    // a card on a card
	heat             [5]color.NRGBA // from nothing to much
	pace             [4]color.NRGBA // from slow to fast, ever lighter
	good, news       color.NRGBA
	medals           [3]color.NRGBA
	ribbon, ribbonHi color.NRGBA
	sports           map[Sport]color.NRGBA
}

// themeFor returns the light or the dark theme.
func themeFor(dark bool) theme {
	if dark {
		return darkTheme()
	}
	return lightTheme()
}

func lightTheme() theme {
	return theme{
		ground: hex(0xF1F4F9), card: hex(0xFFFFFF),
		ink: hex(0x0F1B2D), ink2: hex(0x475569), ink3: hex(0x586679),
		line: hex(0xE2E8F1), thin: hex(0xEDF1F6), axis: hex(0xAAB4C3), track: hex(0xEDF1F7),
		accent: hex(0xAD4700), vivid: hex(0xD55E00), card2: hex(0xF6F8FB),
		heat: [5]color.NRGBA{hex(0xE9EDF3), hex(0xFFD3B5), hex(0xFFA467), hex(0xE8701E), hex(0xA83C00)},
		pace: [4]color.NRGBA{hex(0x2F66D0), hex(0x2AA6C9), hex(0x7FDD8A), hex(0xFFF07A)},
		good: hex(0x007A58), news: hex(0x0068A8),
		medals: [3]color.NRGBA{hex(0xF2B705), hex(0xAEB9C8), hex(0xCF8A4F)},
		ribbon: hex(0x0068A8), ribbonHi: hex(0x3F8EBE),
		sports: map[Sport]color.NRGBA{
			Run: hex(0xD55E00), Ride: hex(0x0068A8), Swim: hex(0x3AA5DE),
			WalkHike: hex(0x00916A), Strength: hex(0xCC79A7), Other: hex(0x475063),
		},
	}
}

func darkTheme() theme {
	return theme{
		dark:   true,
		ground: hex(0x0D1524), card: hex(0x162136),
		ink: hex(0xF4F7FB), ink2: hex(0xB4C0D2), ink3: hex(0x8C9AB0),
		line: hex(0x263550), thin: hex(0x1E2B43), axis: hex(0x4A5A76), track: hex(0x22304A),
		accent: hex(0xFF9B57), vivid: hex(0xFF8A3D), card2: hex(0x1C2942),
		heat: [5]color.NRGBA{hex(0x1E2B44), hex(0x5A3520), hex(0xA5531C), hex(0xF07F2B), hex(0xFFC48F)},
		pace: [4]color.NRGBA{hex(0x2F66D0), hex(0x2AA6C9), hex(0x7FDD8A), hex(0xFFF07A)},
		good: hex(0x3FD6A6), news: hex(0x5AA6EA),
		medals: [3]color.NRGBA{hex(0xF7C62F), hex(0xB9C4D4), hex(0xD8925A)},
		ribbon: hex(0x3B8EDB), ribbonHi: hex(0x76B3E8),
		sports: map[Sport]color.NRGBA{
			Run: hex(0xF5792A), Ride: hex(0x3B8EDB), Swim: hex(0x8AD7FA),
			WalkHike: hex(0x12A87C), Strength: hex(0xE79AC8), Other: hex(0x76849C),
		},
	}
}

// pale is a colour mixed into the card's by a share: what stands back.
func (t theme) pale(c color.NRGBA, share float64) color.NRGBA { return mix(t.card, c, share) }

// inkOn picks the ink for an icon on the colour of a sport. In the dark theme
// all of them are bright and take the dark ink; in the light one white, but
// where it has less than the 3:1 that WCAG asks of graphics.
func (t theme) inkOn(ground color.NRGBA) color.NRGBA {
	white, night := hex(0xFFFFFF), hex(0x0F1B2D)
	if t.dark || contrast(white, ground) < 3 {
		return night
	}
	return white
}

// textOn picks the ink for text on any ground: white where it has the 4.5:1
// that WCAG asks of text, else one that is almost black.
func (t theme) textOn(ground color.NRGBA) color.NRGBA {
	if white := hex(0xFFFFFF); contrast(white, ground) >= 4.5 {
		return white
	}
	return hex(0x0A101C)
}

// sport is the colour of a sport; the empty sport has the accent of a bar
// that is not divided.
func (t theme) sport(s Sport) color.NRGBA {
	if s == "" {
		return t.sports[Run]
	}
	return t.sports[s.known()]
}

// tints is how many colours the discs of people have.
const tints = 8

// tint returns ground and ink of the nth disc.
func (t theme) tint(n int) (ground, ink color.NRGBA) {
	hues := [tints]uint32{0xD55E00, 0x0068A8, 0x00916A, 0xA8487F, 0x475063, 0x8A6D00, 0x1E7FB8, 0x7A4FB5}
	hue := hex(hues[n%tints])
	if t.dark {
		return mix(t.card, hue, 0.55), hex(0xFFFFFF)
	}
	return mix(t.card, hue, 0.16), mix(hue, hex(0), 0.34)
}

// tintOf gives a stable id its disc.
func tintOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return int(h.Sum32() >> 7 % tints)
}
