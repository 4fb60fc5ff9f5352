package charts

import "image/color"

// Sign is a small picture that stands beside a value. It helps to tell values
// apart and never says what no text says.
type Sign string

// The signs; any other value is drawn as nothing.
const (
	SignDistance Sign = "straighten"
	SignTime     Sign = "schedule"
	SignDays     Sign = "calendar_month"
	SignClimb    Sign = "terrain"
	SignEffort   Sign = "favorite"
	SignCount    Sign = "check_circle"
	SignBest     Sign = "emoji_events"
	SignFlame    Sign = "local_fire_department"
	SignTrend    Sign = "trending_up"
	SignPace     Sign = "timer"
	SignStar     Sign = "star"
	SignFlag     Sign = "flag"
)

// known says whether there is such a sign.
func (s Sign) known() bool {
	switch s {
	case SignDistance, SignTime, SignDays, SignClimb, SignEffort, SignCount,
		SignBest, SignFlame, SignTrend, SignPace, SignStar, SignFlag:
		return true
	}
	return false
}

// inkOver is white or the dark ink, whichever has more contrast on a ground.
func (t theme) inkOver(ground color.NRGBA) color.NRGBA {
	white, night := hex(0xFFFFFF), hex(0x0F1B2D)
	if contrast(white, ground) > contrast(night, ground) {
		return white
	}
	return night
}
