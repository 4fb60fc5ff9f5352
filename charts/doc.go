// Package charts draws the pictures of a digest from plain numbers and
// strings. Every string comes in as it is to be shown, so the package knows
// no language, no unit and no clock. It never reads a file, never uses a font
// of the system and draws the same input to the same pixels on every machine.
//
// Pictures are 1080 pixels wide, made to be read on a phone inside a chat:
// nothing is smaller than 28 pixels and no fact rests on colour alone.
package charts

// How a card is built. A card is an exported struct of values that are ready
// to be shown, with Eyebrow, Title, Subtitle, Alt and Dark, and one method:
//
//	func (x Card) Draw() (Picture, error) { return x.draw(1) }
//
// Its draw(scale) takes these steps, and no other:
//
//  1. ErrEmpty where there is nothing to show.
//  2. newTypesetter, then make every string drawable: text for formatted
//     strings, name for what people call themselves, amount for numbers that
//     lengths are made of. No other string or number goes on from here.
//  3. Lay out: measure with ts.measure, ts.fit, ts.shrink, ts.layLegend, and
//     find the height of the sheet.
//  4. newCanvas(ts, th, height, scale); then header, panel for each card, and
//     the marks. Text is cut to its room with writeFit or fit, never drawn
//     over something. Whatever stands for a value is recorded: mark for
//     shapes, stroke{data: true} for lines.
//  5. c.picture(alt).
//
// Tools: rect, circle, polygon, fillRamp, fillShade (shape.go); polyline,
// segment with round or butt ends and dashes (stroke.go); band, ring, glow,
// iconDisc, pill, panel (round.go); icon (icon.go); bar with its parts
// (bar.go); disc, rank, medal, change (person.go); legend (legend.go); hero,
// stat, value, name, heading, body, label, quiet, small, axisText
// (header.go); scale (scale.go). The colours are in theme.go: never write a
// colour anywhere else.
//
// A card is tested by being in a list of samples: see samples_test.go.
