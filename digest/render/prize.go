package render

import (
	"cmp"
	"math"
	"time"

	"clubrun/digest"
	"clubrun/store"
)

// prize is the prize of the week: its title, whose it is and why, and the same
// without the reason. Both are empty where a rule has no words, neither ours
// nor an operator's.
func (p pen) prize() (long, short string) {
	z := p.r.Prize
	if z == nil {
		return "", ""
	}
	title, text := p.prizeWords(z)
	if title == "" || text == "" {
		return "", ""
	}
	icon, names := cmp.Or(z.Icon, "🏆"), []string{z.Name}
	if z.With != "" {
		names = append(names, z.With)
	}
	return p.Say("prize.line", "icon", icon, "title", title, "text", text),
		p.Say("prize.line", "icon", icon, "title", title, "text", p.names(names, namesMost))
}

// prizeWords are the title and the sentence of a prize.
func (p pen) prizeWords(z *digest.Prize) (title, text string) {
	args := []any{"name", p.name(z.Athlete, z.Name), "with", p.harmless(z.With), "value", p.prizeValue(z)}
	if own, ok := p.ownWords(z); ok {
		return own.Title, p.Fill(own.Text, args...)
	}
	key := "prize." + z.Rule
	if !p.Has(key) || !p.Has(key+".title") {
		return "", ""
	}
	if z.Value >= 0 && z.Value < 1e6 {
		args = append(args, "n", int(math.Round(z.Value)))
	}
	return p.Say(key + ".title"), p.Say(key, args...)
}

// ownWords are an operator's words for a prize in the report's language, else
// in English.
func (p pen) ownWords(z *digest.Prize) (digest.PrizeWords, bool) {
	for _, lang := range []string{p.Language(), "en"} {
		if own, ok := z.Words[lang]; ok && own.Title != "" && own.Text != "" {
			return own, true
		}
	}
	return digest.PrizeWords{}, false
}

// prizeValue writes what a prize was given for in its unit.
func (p pen) prizeValue(z *digest.Prize) string {
	x := z.Value
	if math.IsNaN(x) || x < 0 || x > 1e9 {
		x = 0
	}
	whole := int(math.Round(x))
	switch z.Unit {
	case digest.UnitTime:
		return p.lasting(x)
	case digest.UnitDistance:
		return p.near(x)
	case digest.UnitClimb:
		return p.Climb(x)
	case digest.UnitClock:
		return p.clockOf(whole)
	case digest.UnitMoment:
		day := p.r.Span.Start + store.Day(whole/secondsADay)
		return p.Say("moment", "weekday", p.Weekday(day.Weekday()), "time", p.clockOf(whole))
	case digest.UnitPace:
		return p.Single().Pace(1000, seconds(x), store.Run)
	case digest.UnitLag:
		return p.Say("lag", "n", whole)
	case digest.UnitSpeed:
		return p.Pace(x*1000, time.Hour, store.Ride)
	case digest.UnitShare:
		return p.share(min(x, 1))
	case digest.UnitSlope:
		return p.Single().Climb(x)
	case digest.UnitEffort:
		return p.Say("effort.minutes", "n", whole)
	case digest.UnitWorkouts:
		return p.workouts(whole)
	case digest.UnitDays:
		return p.Say("card.days", "n", whole)
	}
	return p.Number(x, 0)
}

const secondsADay = 24 * 60 * 60

// clockOf is a time of day from seconds after midnight.
func (p pen) clockOf(s int) string {
	return p.Time(time.Unix(int64(s%secondsADay), 0).UTC())
}

// lasting is a time to the second where it is short.
func (p pen) lasting(x float64) string {
	if x < 120 {
		return p.gap(seconds(x))
	}
	return p.Duration(seconds(x))
}

// near is a distance in metres or yards where it is short.
func (p pen) near(metres float64) string {
	if metres < 1000 {
		return p.Distance(metres, store.Swim)
	}
	return p.Distance(metres, "")
}
