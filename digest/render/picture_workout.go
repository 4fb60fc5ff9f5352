package render

import (
	"errors"
	"math"
	"time"

	"clubrun/charts"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// Workout is one recorded activity of a member, for pictures that only its
// owner gets to see.
type Workout struct {
	store.Activity
	Who   string // the member's name
	Track []store.Moment
	// Hide chooses which surroundings of the ends are hidden: the same for all
	// pictures of a person, and known to nobody.
	Hide string
}

// RoutePicture draws where a workout led, its ends hidden; nothing where too
// little of it is left, or where no place is known.
func RoutePicture(w Workout, l *locale.Locale) (Card, bool, error) {
	p := drawer(digest.Report{Span: store.Span{Start: w.Day(), End: w.Day() + 1}}, l)
	track := w.fixes()
	seen, err := track.Survey(w.Hide)
	if errors.Is(err, charts.ErrHidden) || errors.Is(err, charts.ErrEmpty) {
		return Card{}, false, nil
	}
	if err != nil {
		return Card{}, false, err
	}
	title, metres, unit := p.workoutTitle(w), 1000.0, "km"
	if p.Units() == store.Miles {
		metres, unit = metresAMile, "mi"
	}
	r := charts.Route{
		Eyebrow: p.within(locale.Plain(w.Who), p.Day(w.Day())), Title: title, Sport: drawn(w.Sport), Track: track, ID: w.Hide,
		Unit: unit, UnitMeters: metres, Lengths: p.lengths(), Stats: p.workoutStats(w), Elevation: p.Say("card.route.elevation"),
		Alt: p.Say("card.alt.route", "name", locale.Plain(w.Who), "title", title, "time", p.Duration(w.spent())),
	}
	if seen.Fast > 0 {
		r.Slow, r.Fast = p.Pace(seen.Slow*1000, 1000*time.Second, w.Sport), p.Pace(seen.Fast*1000, 1000*time.Second, w.Sport)
	}
	if !math.IsNaN(seen.High) {
		r.Peak = p.Climb(seen.High)
	}
	return p.card(title, r.Draw, p.workoutLine(w))
}

// fixes are the moments at which the place is known.
func (w Workout) fixes() charts.Track {
	var track charts.Track
	for _, m := range w.Track {
		if !math.IsNaN(m.Latitude) && !math.IsNaN(m.Longitude) {
			track = append(track, charts.Fix{Lat: m.Latitude, Lon: m.Longitude, Seconds: m.Seconds, Altitude: m.Altitude})
		}
	}
	return track
}

// lengths are what a scale bar may measure.
func (p pen) lengths() []charts.Length {
	var all []charts.Length
	for _, metres := range []float64{200, 500, 1000, 2000, 5000, 10000, 20000, 50000} {
		text := p.Distance(metres, store.Run)
		if p.Units() == store.Miles {
			metres *= metresAMile / 1000
			text = p.Distance(metres, store.Run)
		} else if metres < 1000 {
			text = p.Number(metres, 0) + " m"
		}
		all = append(all, charts.Length{Meters: metres, Text: text})
	}
	return all
}

// PacePicture draws pace and heart rate of a workout over its way; nothing
// where neither is known.
func PacePicture(w Workout, l *locale.Locale) (Card, bool, error) {
	p := drawer(digest.Report{Span: store.Span{Start: w.Day(), End: w.Day() + 1}}, l)
	c := p.paceHeart(w)
	card, drawn, err := p.card(c.Title, c.Draw, p.workoutLine(w))
	if errors.Is(err, charts.ErrEmpty) {
		return Card{}, false, nil
	}
	return card, drawn, err
}

const metresAMile = 1609.344

func (p pen) paceHeart(w Workout) charts.PaceHeart {
	title := p.workoutTitle(w)
	c := charts.PaceHeart{
		Eyebrow: p.within(locale.Plain(w.Who), p.Day(w.Day())), Title: title, Stats: p.workoutStats(w),
		Length: 1000, Unit: "km", Minutes: p.Say("card.minutes"),
		Heart: charts.Panel{Title: p.Say("card.heart"), Note: p.Say("card.heart.unit")},
		Alt:   p.Say("card.alt.pace", "name", locale.Plain(w.Who), "title", title, "time", p.Duration(w.spent())),
	}
	if p.Units() == store.Miles {
		c.Length, c.Unit = metresAMile, "mi"
	}
	c.Over = p.over(w.Sport)
	c.Pace = charts.Panel{Title: p.tempo(w.Sport), Note: p.Say("card.pace.note")}
	if c.Over == 0 {
		c.Pace.Note = ""
	}
	if pace := p.Pace(w.Distance, w.spent(), w.Sport); pace != "" {
		c.Pace.Mean = p.Say("card.mean", "x", pace)
		c.Pace.At = w.Distance / w.spent().Hours() / c.Length
		if c.Over > 0 {
			c.Pace.At = w.spent().Seconds() * c.Over / w.Distance
		}
	}
	if w.AvgHR > 0 {
		c.Heart.Mean, c.Heart.At = p.Say("card.mean", "x", p.Number(w.AvgHR, 0)), w.AvgHR
	}
	for _, m := range w.Track {
		c.Samples = append(c.Samples, charts.Sample{Seconds: m.Seconds, Distance: m.Distance, Speed: m.Speed, Heart: m.Heart})
	}
	return c
}

// over is the length that a sport's pace is told over, in metres; 0 where its
// speed is.
func (p pen) over(s store.Sport) float64 {
	miles := p.Units() == store.Miles
	switch {
	case s == store.Ride || s == store.EBike || s == store.Ski:
		return 0
	case s == store.Swim && miles:
		return 91.44
	case s == store.Swim:
		return 100
	case s == store.Row:
		return 500
	case miles:
		return metresAMile
	}
	return 1000
}

// tempo is what is told of how fast a sport was done: its pace or its speed.
func (p pen) tempo(s store.Sport) string {
	if p.over(s) == 0 {
		return p.Say("card.speed")
	}
	return p.Say("card.pace")
}

// spent is the time over which the pace of a workout is told.
func (w Workout) spent() time.Duration {
	for _, d := range []time.Duration{w.Moving, w.Timer, w.Elapsed} {
		if d > 0 {
			return d
		}
	}
	return 0
}

func (p pen) workoutTitle(w Workout) string {
	if w.Sport.Travels() && w.Distance >= 100 {
		return p.sportName(w.Sport) + ", " + p.Distance(w.Distance, w.Sport)
	}
	return p.sportName(w.Sport) + ", " + p.Duration(w.spent())
}

// workoutLine tells a workout under its picture: its time, pace and climb.
func (p pen) workoutLine(w Workout) string {
	return dotted(p.Duration(w.spent()), p.Pace(w.Distance, w.spent(), w.Sport), p.climbed(w.Climb))
}

// workoutStats are up to four figures of a workout.
func (p pen) workoutStats(w Workout) []charts.Stat {
	all := []charts.Stat{{Value: p.Clock(w.spent()), Label: p.Say("own.what.time")}}
	if pace := p.Pace(w.Distance, w.spent(), w.Sport); pace != "" {
		all = append(all, charts.Stat{Value: pace, Label: p.tempo(w.Sport)})
	}
	if w.AvgHR > 0 {
		all = append(all, charts.Stat{Value: p.Number(w.AvgHR, 0), Label: p.Say("card.heart")})
	}
	if w.Climb >= 10 {
		all = append(all, charts.Stat{Value: p.Climb(w.Climb), Label: p.Say("own.what.climb")})
	}
	return all
}
