package garmintest

import (
	"math"
	"time"
)

// workout is what happened: the truth from which list, detail and file are
// made.
type workout struct {
	id    int64
	owner *member
	wall  time.Time // local start as a clock on the wall shows it
	key   uint64    // seeds its series
	sport *sport
	name  string
	note  string
	place place
	zone  *time.Location
	start time.Time // UTC, whole seconds

	timer    float64 // seconds
	moving   float64 // seconds; 0 without distance
	elapsed  float64 // seconds
	distance float64 // metres; 0 means none
	climb    float64 // metres, whole
	hills    int     // over which the climb is spread
	topSpeed float64 // metres a second
	cadence  float64
	power    float64
	effort   float64

	avgHR, maxHR, minHR  float64 // beats per minute; 0 means none
	zones                [5]float64
	moderate, vigorous   int
	calories, bmr        float64
	load                 float64
	aerobic, anaerobic   float64
	laps                 int
	splits               []split
	manual, hidden, race bool
	record               bool
	blank, trimmed       bool // the service lost name and distance; the member cut the end off
	device               device

	uploaded time.Time
	updated  time.Time
	deleted  bool
	parent   *workout   // the whole of which this is a leg
	legs     []*workout // the legs of a multisport workout
	recorded *workout   // as the device has it, once the member changed it
	file     []byte     // the upload itself, for what a member uploaded
	told     []byte     // what the upload tells, as FIT
}

// split is the fastest stretch of a length.
type split struct{ metres, seconds float64 }

func (w *workout) end() time.Time {
	return w.start.Add(time.Duration(w.elapsed * float64(time.Second)))
}

func (w *workout) visible(now time.Time) bool { return !w.deleted && !w.uploaded.After(now) }

// local is the start where it happened.
func (w *workout) local() time.Time { return w.start.In(w.zone) }

func (w *workout) speed() float64 {
	if w.timer == 0 {
		return 0
	}
	return w.distance / w.timer
}

// pool says whether it happened in lanes.
func (w *workout) pool() bool { return w.sport.key == "lap_swimming" }

const poolLength = 25 // metres

// gps says whether it has a track.
func (w *workout) gps() bool { return w.sport.outdoor && !w.manual && w.distance > 0 }

// measure fills in all figures that follow from the others.
func (w *workout) measure(b body) {
	if w.distance > 0 {
		w.distance = round(w.distance, 2)
		w.topSpeed = round(w.speed()*1.28, 3)
		w.fastest()
	}
	w.laps = 1
	if w.sport.lap > 0 && w.distance > 0 {
		w.laps = int(math.Ceil(w.distance / w.sport.lap))
	}
	minutes := w.timer / 60
	w.calories = math.Round(minutes * w.sport.burn * (.62 + .7*w.effort) * b.weight / 70)
	w.bmr = math.Round(minutes * b.weight * .0172)
	if w.manual {
		return
	}
	w.heartSummary(b)
	w.load = round(minutes*(w.effort*w.effort*2.4+.12), 1)
	w.aerobic = round(min(5, .6+w.effort*3.2+minutes/120), 1)
	w.anaerobic = round(max(0, min(4, (w.effort-.55)*6)), 1)
}

func (w *workout) heartSummary(b body) {
	series := w.heart(b)
	var sum float64
	w.minHR = 255
	for _, v := range series {
		bpm := float64(v)
		sum += bpm
		w.maxHR, w.minHR = max(w.maxHR, bpm), min(w.minHR, bpm)
		if z := b.zone(bpm); z > 0 {
			w.zones[z-1]++
		}
	}
	w.avgHR = math.Round(sum / float64(len(series)))
	each := w.timer / float64(len(series))
	for i := range w.zones {
		w.zones[i] = round(w.zones[i]*each, 3)
	}
	w.moderate = int(math.Round((.6*w.zones[1] + .5*w.zones[2]) / 60))
	w.vigorous = int(math.Round((.5*w.zones[2] + w.zones[3] + w.zones[4]) / 60))
}

// fastest fills in the stretches that Garmin keeps for the kind of sport.
func (w *workout) fastest() {
	var lengths []float64
	switch w.sport.family() {
	case runningType:
		lengths = []float64{1000, 1609, 5000, 10000, 21098, 42195}
	case cyclingType:
		lengths = []float64{5000, 20000, 40000}
	case swimmingType:
		lengths = []float64{100, 400, 1000}
	}
	w.splits = nil
	for _, m := range lengths {
		if m > w.distance || w.manual {
			break
		}
		gain := .085 * (1 - m/w.distance)
		w.splits = append(w.splits, split{m, round(m/w.speed()*(1-gain), 3)})
	}
}

func round(x float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(x*p) / p
}
