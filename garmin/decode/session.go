package decode

import "time"

// Recording is what one activity file holds.
type Recording struct {
	Format    string // "fit", "tcx" or "gpx"
	Sessions  []Session
	Device    string           // maker and serial number, as in "GARMIN 3947123456"; empty when the file does not say
	Developer []DeveloperField // what apps have added to a FIT file
}

// Figure names a figure of a session.
type Figure uint16

// The figures of which a session can say that they are known.
const (
	HasElapsed Figure = 1 << iota
	HasTimer
	HasMoving
	HasDistance
	HasAscent
	HasCalories
	HasAvgHR
	HasMaxHR
	HasDescent
	HasAvgCadence
	HasMaxCadence
	HasAvgPower
	HasMaxPower
	HasPool
	HasLoad
	HasZones
)

// Session is one sport's part of a recording: one a file as a rule, more in a
// multisport file, one for each track of a GPX file. The figures are the
// file's own; only GPX, which states none, has them computed from its points.
type Session struct {
	Name     string    // as the file names it; may be empty
	Sport    string    // in FIT's snake_case; empty when the file does not say
	SubSport string    // in FIT's snake_case; empty when the file does not say
	Start    time.Time // UTC, as the file states it, see Dated; zero when the file does not say
	Local    time.Time // the same instant with the offset where it happened; zero when the file does not say

	Elapsed    time.Duration // from start to end
	Timer      time.Duration // while the timer ran
	Moving     time.Duration
	Distance   float64 // metres
	Ascent     float64 // metres gained
	Descent    float64 // metres lost
	Calories   float64 // kilocalories
	AvgHR      float64 // beats per minute
	MaxHR      float64 // beats per minute
	AvgCadence float64 // revolutions per minute; of a run steps of one leg
	MaxCadence float64 // revolutions per minute
	AvgPower   float64 // watts
	MaxPower   float64 // watts
	Pool       float64 // metres from end to end
	Load       float64 // training load as the device computes it

	ZoneTimes [5]float64 // seconds in heart rate zones 1 to 5, as the device counted them
	Heart     Heart      // what the file says of the athlete; a caller who knows better writes it here
	Device    string     // as of the recording

	Records int    // track points
	Laps    int    // laps; in a GPX file segments
	Known   Figure // which of the figures the file states, were they zero

	LapList []Lap    // in a GPX file the segments
	Lengths []Length // of a pool
	Sets    []Set    // of strength training

	points []point
	base   uint32 // centimetres that the points' distances had when the session began
}

// Knows says whether the file states a figure.
func (s Session) Knows(f Figure) bool { return s.Known&f != 0 }

// Dated says whether the start is a date. A device whose clock was never set
// counts from when it was switched on, and its workouts seem to be of the years
// before 4 July 1998 (FIT's date_time below 0x10000000).
func (s Session) Dated() bool {
	return s.Start.Unix() >= fitEpochUnix+fitSystemTime
}

// Lap is a part of a session that the athlete or the device has marked. Zero
// is unknown.
type Lap struct {
	Start      time.Time
	Elapsed    time.Duration
	Timer      time.Duration
	Distance   float64 // metres
	Ascent     float64 // metres gained
	Calories   float64 // kilocalories
	AvgHR      float64 // beats per minute
	MaxHR      float64
	AvgCadence float64 // revolutions per minute
	AvgPower   float64 // watts
}

// Length is one length of a pool.
type Length struct {
	Start   time.Time
	Elapsed time.Duration
	Stroke  string // in FIT's snake_case; empty for a rest and when the file does not say
	Strokes int
	Active  bool // false for a rest
}

// Set is one set of strength training, or the rest between two.
type Set struct {
	Start       time.Time
	Duration    time.Duration
	Active      bool // false for a rest
	Repetitions int
	Weight      float64 // kilograms
	Category    int     // FIT's number of the exercise's kind; -1 when the file does not say
}
