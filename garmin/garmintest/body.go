package garmintest

// body is what a person brings along: the figures behind all workouts.
type body struct {
	rest    float64 // heart rate, beats per minute
	max     float64
	weight  float64 // kilograms
	height  float64 // centimetres
	ability float64 // 1 is average speed
	female  bool
	born    int // year
	watch   device
	second  device // a bike computer
}

// device is what records.
type device struct {
	id      int64
	name    string
	key     string
	product uint16 // number in FIT files
	maker   string // as the list names it
}

var watches = []device{
	{0, "Forerunner 265", "fr265", 4257, "GARMIN"}, {0, "fēnix 7", "fenix7", 3906, "GARMIN"}, {0, "Forerunner 55", "fr55", 3869, "GARMIN"},
	{0, "Venu 3", "venu3", 4260, "GARMIN"}, {0, "Instinct 2", "instinct2", 3888, "GARMIN"}, {0, "vívoactive 5", "vivoactive5", 4426, "GARMIN"},
}

func newBody(seed int64, email string) body {
	r := draw(seed, "body", email)
	b := body{rest: 46 + float64(r.IntN(20)), max: 168 + float64(r.IntN(28)), female: r.IntN(2) == 0,
		weight: 58 + float64(r.IntN(32)), ability: .86 + .3*r.Float64(), born: 1960 + r.IntN(42)}
	b.height = 158 + float64(r.IntN(18))
	if !b.female {
		b.height += 10
	}
	b.watch = watches[r.IntN(len(watches))]
	b.watch.id = 3_400_000_000 + r.Int64N(90_000_000)
	b.second = device{3_500_000_000 + r.Int64N(90_000_000), "Edge 840", "edge840", 4062, "GARMIN"}
	return b
}

// zoneFloor is the lowest heart rate of zone 1 to 5.
func (b body) zoneFloor(zone int) float64 { return b.max * (.4 + .1*float64(zone)) }

// zone tells the zone of a heart rate, 0 below all.
func (b body) zone(bpm float64) int {
	for z := 5; z > 0; z-- {
		if bpm >= b.zoneFloor(z) {
			return z
		}
	}
	return 0
}
