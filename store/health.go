package store

import "time"

// HealthMetric is a figure of a day.
type HealthMetric string

// The figures of a day that are kept of who agreed.
const (
	Steps       HealthMetric = "steps"
	RestingHR   HealthMetric = "resting_hr"   // beats per minute
	Sleep       HealthMetric = "sleep"        // seconds, of the night that ended on the day
	HRV         HealthMetric = "hrv"          // last night's mean, milliseconds (RMSSD)
	BodyBattery HealthMetric = "body_battery" // the day's highest, 0 to 100
	VO2Max      HealthMetric = "vo2max"       // millilitres a minute and kilogram
	Intensity   HealthMetric = "intensity"    // minutes, vigorous ones counted twice
)

// Health is one figure of one local day of one athlete.
type Health struct {
	Athlete int64
	Day     Day
	Metric  HealthMetric
	Value   float64
}

// HealthMetrics returns every metric, in the order in which they are told.
func HealthMetrics() []HealthMetric {
	return []HealthMetric{Steps, RestingHR, Sleep, HRV, BodyBattery, VO2Max, Intensity}
}

// HealthKind is the kind of the raw records that a metric is read from; their
// external id is the day.
func HealthKind(m HealthMetric) string { return "health." + string(m) }

// HealthRead is how the reading of one metric of one athlete stands.
type HealthRead struct {
	Athlete int64
	Metric  HealthMetric
	Asked   time.Time // when the source was last asked for it
	Good    time.Time // when it last answered; zero for never
	Barren  bool      // it answered that it has none, as for a device that cannot tell
}

// HealthKept is what one answer of a source told of one metric: what is known
// of the days of the span from now on.
type HealthKept struct {
	Read   HealthRead
	Span   Span
	Values []Health
	Raw    []Raw // one of each day that has a value
}
