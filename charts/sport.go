package charts

// Sport is a family of activities that shares one colour and one icon.
type Sport string

// The sports that pictures tell apart; any other value is drawn as Other.
const (
	Run      Sport = "run"
	Ride     Sport = "ride"
	Swim     Sport = "swim"
	WalkHike Sport = "walk"
	Strength Sport = "strength"
	Other    Sport = "other"
)

// known returns the sport itself, or Other where pictures do not know it.
func (s Sport) known() Sport {
	switch s {
	case Run, Ride, Swim, WalkHike, Strength:
		return s
	}
	return Other
}

// icon names the file of the sport's icon.
func (s Sport) icon() string {
	switch s.known() {
	case Run:
		return "directions_run"
	case Ride:
		return "directions_bike"
	case Swim:
		return "pool"
	case WalkHike:
		return "hiking"
	case Strength:
		return "fitness_center"
	}
	return "bolt"
}

// Part is one sport's share of a bar. Its unit is the caller's.
type Part struct {
	Sport Sport
	Value float64
}

// Legend explains a sport: its name and what the group did of it.
type Legend struct {
	Sport Sport
	Label string // the name of the sport
	Text  string // the group's total, formatted; may be empty
}

// Trend says how a value moved against the one before it.
type Trend int

// The trends.
const (
	NoTrend Trend = iota // nothing to compare with
	Up
	Down
	Same
)
